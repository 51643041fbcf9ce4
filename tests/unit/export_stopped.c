/* An export that is stopped, or whose sink takes no more, ends there, says so
 * once, and leaves the session as it was.  The sink itself stops it, so that it
 * happens at the same byte in each run.
 */
#include "eval/session.h"

#include <check.h>
#include <stdlib.h>

#include "tests/unit/reading_sink.h"

enum { FACTS = 30000, FORMS = 3 };

static const enum export_form forms[FORMS] = {
    EXPORT_FORM_ASSAY, EXPORT_FORM_CSV, EXPORT_FORM_SDMX};

struct taker {
    struct buffer text;
    struct session *session; /* to be interrupted; NULL: nobody */
    size_t most;             /* bytes that are taken; 0: all */
    size_t calls;
};

static bool
take(void *context, const char *bytes, size_t len)
{
    struct taker *taker = context;
    taker->calls++;
    buffer_add(&taker->text, bytes, len);
    if (taker->session) {
        session_interrupt(taker->session);
    }
    return !taker->most || taker->text.len < taker->most;
}

static struct diagnostics messages;
static struct session *session;

static void
open_facts(void)
{
    struct session_options options = {.facts = NULL};
    struct buffer text = {0};
    diagnostics_init(&messages);
    session = session_open(&options, &messages);
    ck_assert_ptr_nonnull(session);
    buffer_add_text(&text, "metric x daily in USD\n");
    for (int i = 0; i < FACTS; i++) {
        buffer_format(&text, "actual %04d-%02d-%02d x = %d\n", 1600 + i / 336,
                      1 + i / 28 % 12, 1 + i % 28, i);
    }
    ck_assert_int_eq(
        session_run(session, "facts", buffer_slice(&text), &reading_sink),
        RUN_DONE);
    diagnostics_clear(&messages);
    buffer_free(&text);
}

static void
close_facts(void)
{
    session_close(session);
    diagnostics_free(&messages);
}

static enum run_status
export_to(enum export_form form, struct taker *taker)
{
    struct export_sink sink = {taker, take, false};
    buffer_clear(&taker->text);
    return session_export(session, form, &sink);
}

START_TEST(stops_where_the_sink_interrupts)
{
    struct taker whole = {0};
    struct taker stopped = {.session = session};
    struct taker again = {0};
    enum export_form form = forms[_i];
    ck_assert_int_eq(export_to(form, &whole), RUN_DONE);
    ck_assert_uint_gt(whole.calls, 3);
    ck_assert_uint_eq(messages.count, 0);
    ck_assert_int_eq(export_to(form, &stopped), RUN_INTERRUPTED);
    ck_assert_uint_eq(stopped.calls, 1);
    ck_assert_uint_eq(messages.count, 1);
    ck_assert_int_eq(messages.items[0]->code, DIAGNOSTIC_INTERRUPTED);
    ck_assert_mem_eq(stopped.text.text, whole.text.text, stopped.text.len);
    diagnostics_clear(&messages);
    /* Nothing of the interrupt is left. */
    ck_assert_int_eq(export_to(form, &again), RUN_DONE);
    ck_assert(
        slice_equal(buffer_slice(&again.text), buffer_slice(&whole.text)));
    buffer_free(&whole.text);
    buffer_free(&stopped.text);
    buffer_free(&again.text);
}
END_TEST

/* The last piece of all is not too late. */
START_TEST(stops_at_the_end)
{
    struct taker whole = {0};
    struct taker last = {0};
    ck_assert_int_eq(export_to(EXPORT_FORM_NAMES, &whole), RUN_DONE);
    ck_assert_uint_eq(whole.calls, 1);
    session_interrupt(session);
    ck_assert_int_eq(export_to(EXPORT_FORM_NAMES, &last), RUN_INTERRUPTED);
    ck_assert_uint_eq(last.calls, 0);
    ck_assert_uint_eq(messages.count, 1);
    buffer_free(&whole.text);
    buffer_free(&last.text);
}
END_TEST

START_TEST(stops_where_the_sink_takes_no_more)
{
    struct taker full = {.most = 100000};
    ck_assert_int_eq(export_to(forms[_i], &full), RUN_WRONG);
    ck_assert_uint_eq(full.calls, 2);
    ck_assert_uint_eq(messages.count, 0); /* the client tells why */
    buffer_free(&full.text);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("export_stopped");
    TCase *tests = tcase_create("stopped");
    tcase_add_checked_fixture(tests, open_facts, close_facts);
    tcase_add_loop_test(tests, stops_where_the_sink_interrupts, 0, FORMS);
    tcase_add_test(tests, stops_at_the_end);
    tcase_add_loop_test(tests, stops_where_the_sink_takes_no_more, 0, FORMS);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
