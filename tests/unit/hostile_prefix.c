/* A script that is cut off anywhere, and one whose bytes are torn out
 * anywhere, runs or says what is wrong, at once and again in the same session.
 */
#include "eval/session.h"

#include <check.h>
#include <stdlib.h>

#include "tests/unit/reading_sink.h"

static const char script[] =
    "unit coin \"Coin\" symbol \"\xE2\x82\xBF\"; kind plan \"P\" like target\n"
    "dimension country; member KR \"Korea\" of country; member JP of country\n"
    "member EA of country = KR + JP\n"
    "calendar us starts 10-01 named by end\n"
    "metric exports \"Exports\" flow yearly in B USD by country\n"
    "metric jobless rate monthly in %; metric `odd name` once in job\n"
    "actor moef; source wire \"W\" on 2023-10-05 url \"https://x\"\n"
    "define twice(x) \"T\" = x * 2; param start = 2015\n"
    "using country KR, source wire\n"
    "actual exports: 2019 = 542.2, 2020 = 512.5B, 2021 in 640..650\n"
    "target 2023 exports = 685B up 0.2% from 2022 note \"\\u{20AC} {x}\"\n"
    "forecast 2023 exports = down 4.5% from 2022\n"
    "    by moef on ..2023-10-05 if \"so\"\n"
    "2023-01 jobless = about 3.5%; `odd name` = exactly 3\n"
    "compare forecast; compare exports for 2023\n"
    "show exports, growth(exports) as g, twice(exports) to T USD\n"
    "    for 2019..2023 by country where exports > 0 sort by g desc top 3\n"
    "show sum(exports over country) for last 2\n"
    "check all(exports > 0) and not 2019 exports ~ 542 within 1%\n"
    "print \"{target 2023 exports:,.1} {$start} {twice(2)}\"\n"
    "(if known(2030 exports) then 1 else 2 ^ -3 ? 4) in 1..5\n"
    "explain show exports; describe exports; list metrics; help\n";

static void
run_twice(struct slice text)
{
    struct session_options options = {.facts = NULL};
    struct diagnostics diagnostics;
    diagnostics_init(&diagnostics);
    struct session *session = session_open(&options, &diagnostics);
    for (int i = 0; i < 2; i++) {
        enum run_status status =
            session_run(session, "text", text, &reading_sink);
        ck_assert_int_le(status, RUN_WRONG);
        ck_assert_msg((status == RUN_WRONG) == (diagnostics.error_count > 0),
                      "status %d with %zu errors for:\n%.*s", (int)status,
                      diagnostics.error_count, (int)text.len, text.at);
        diagnostics_clear(&diagnostics);
    }
    session_close(session);
    diagnostics_free(&diagnostics);
}

START_TEST(cut_off_anywhere)
{
    for (size_t len = 0; len < sizeof script; len++) {
        char *copy = malloc(len ? len : 1); /* of just that size */
        memcpy(copy, script, len);
        run_twice((struct slice){copy, len});
        free(copy);
    }
}
END_TEST

START_TEST(torn_anywhere)
{
    for (size_t at = 0; at + 7 < sizeof script; at += 3) {
        char copy[sizeof script];
        size_t gap = at % 7 + 1;
        memcpy(copy, script, at);
        memcpy(copy + at, script + at + gap, sizeof script - 1 - at - gap);
        run_twice((struct slice){copy, sizeof script - 1 - gap});
    }
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("hostile_prefix");
    TCase *texts = tcase_create("texts");
    tcase_set_timeout(texts, 60);
    tcase_add_test(texts, cut_off_anywhere);
    tcase_add_test(texts, torn_anywhere);
    suite_add_tcase(suite, texts);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
