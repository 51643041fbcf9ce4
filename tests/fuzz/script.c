/* Whole scripts in a session in memory, as a client runs them: answers go to
 * all formats at once, messages are rendered in all styles, and the same text
 * runs a second time in the session that the first run left.
 *
 * A run that went wrong has a message, and one that is done has none that is
 * an error.
 */
#include "eval/session.h"
#include "report/diagnostics.h"
#include "report/report.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FORMATS = REPORT_MARKDOWN + 1 };

/* Hands what it gets to a report of each format. */
struct reports {
    struct report *items[FORMATS];
};

static const struct result_sink *
sink_of(struct reports *reports, int format)
{
    return report_sink(reports->items[format]);
}

static void
begin_all(void *context, const struct result_head *head)
{
    for (int i = 0; i < FORMATS; i++) {
        const struct result_sink *sink = sink_of(context, i);
        sink->begin(sink->context, head);
    }
}

static bool
row_all(void *context, const struct result_value *values, const char *note)
{
    bool goes_on = true;
    for (int i = 0; i < FORMATS; i++) {
        const struct result_sink *sink = sink_of(context, i);
        goes_on = sink->row(sink->context, values, note) && goes_on;
    }
    return goes_on;
}

static void
end_all(void *context, const struct result_foot *foot)
{
    for (int i = 0; i < FORMATS; i++) {
        const struct result_sink *sink = sink_of(context, i);
        sink->end(sink->context, foot);
    }
}

static void
text_all(void *context, struct slice text)
{
    for (int i = 0; i < FORMATS; i++) {
        const struct result_sink *sink = sink_of(context, i);
        sink->text(sink->context, text);
    }
}

/* Reads every byte, so that a sanitizer sees those that are not there. */
static bool
take(void *context, const char *bytes, size_t len)
{
    unsigned *sum = context;
    for (size_t i = 0; i < len; i++) {
        *sum = *sum * 31 + (unsigned char)bytes[i];
    }
    return true;
}

static void
render_messages(struct session *session, struct diagnostics *diagnostics)
{
    static const enum diagnostics_style styles[] = {
        DIAGNOSTICS_TEXT, DIAGNOSTICS_SHORT, DIAGNOSTICS_JSON};
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++) {
        struct buffer text = {0};
        diagnostics_render(diagnostics, 0, session_sources(session), styles[i],
                           i == 0, &text);
        buffer_free(&text);
    }
}

static void
run(struct session *session, struct slice text, struct diagnostics *diagnostics,
    size_t width, unsigned *sum)
{
    struct reports reports;
    struct result_sink sink = {&reports, begin_all, row_all, end_all, text_all};
    struct report_output output = {sum, take};
    for (int i = 0; i < FORMATS; i++) {
        struct report_options options = {
            .format = (enum report_format)i,
            .width = width,
            .ascii = width % 2 == 1,
            .color = width != 0,
            .max_rows = width,
            .as_of = DAY_NONE,
        };
        reports.items[i] = report_open(&options, &output);
    }
    enum run_status status = session_run(session, "script", text, &sink);
    for (int i = 0; i < FORMATS; i++) {
        report_close(reports.items[i]);
    }
    render_messages(session, diagnostics);
    bool wrong = status >= RUN_WRONG;
    if (wrong != (diagnostics->error_count > 0)) {
        fprintf(stderr, "status %d with %zu errors\n", (int)status,
                diagnostics->error_count);
        abort();
    }
    diagnostics_clear(diagnostics);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* The settings follow from the size, so that any script is an input. */
    struct session_options options = {
        .strict = size % 5 == 1,
        .interactive = size % 3 == 1,
        .bounds = size % 2 == 1,
        .as_of = size % 7 == 1 ? day_from_civil(2020, 6, 30) : DAY_NONE,
        .today = day_from_civil(2023, 10, 5),
    };
    struct diagnostics diagnostics;
    struct slice text = {(const char *)data, size};
    unsigned sum = 0;
    diagnostics_init(&diagnostics);
    struct session *session = session_open(&options, &diagnostics);
    run(session, text, &diagnostics, 0, &sum);
    run(session, text, &diagnostics, 1 + size % 100, &sum);
    session_close(session);
    diagnostics_free(&diagnostics);
    return 0;
}
