/* Running a text: the way from the session's sink to the report, with
 * everything that surrounds it. */
#include "cli/cli.h"
#include "cli/progress.h"
#include "cli/signals.h"

/* A sink in front of the report's: before a result, a document needs to know
 * the date against which it was judged. */
struct relay {
    struct cli *cli;
    struct report *report;
    const struct result_sink *sink; /* the report's */
};

/* Between runs another process may have written; then the day that the answers
 * were judged by stands. */
static void
note_as_of(struct cli *cli, struct report *report)
{
    day_number day = session_as_of(cli->session);
    cli->as_of = day == DAY_NONE ? cli->as_of : day;
    report_set_as_of(report, cli->as_of);
}

static void
relay_begin(void *context, const struct result_head *head)
{
    struct relay *relay = context;
    relay->cli->answered = true;
    if (relay->cli->options.format == REPORT_TABLE) {
        cli_know_characters(relay->cli);
    }
    note_as_of(relay->cli, relay->report);
    relay->sink->begin(relay->sink->context, head);
}

static bool
relay_row(void *context, const struct result_value *values, const char *note)
{
    struct relay *relay = context;
    return relay->sink->row(relay->sink->context, values, note);
}

static void
relay_end(void *context, const struct result_foot *foot)
{
    struct relay *relay = context;
    relay->sink->end(relay->sink->context, foot);
}

static void
relay_text(void *context, struct slice text)
{
    struct relay *relay = context;
    note_as_of(relay->cli, relay->report);
    relay->sink->text(relay->sink->context, text);
}

/* Runs TEXT, or the file at PATH when PATH is not NULL. */
static enum run_status
run_either(struct cli *cli, const char *path, const char *name,
           struct slice text, struct report *report)
{
    struct relay relay = {cli, report, report_sink(report)};
    struct result_sink sink = {&relay, relay_begin, relay_row, relay_end,
                               relay_text};
    signals_watch(cli->session);
    progress_start();
    enum run_status status = path
                                 ? session_run_file(cli->session, path, &sink)
                                 : session_run(cli->session, name, text, &sink);
    progress_stop();
    note_as_of(cli, report);
    cli_write_messages(cli);
    signals_watch(NULL);
    return status;
}

enum run_status
cli_run_text(struct cli *cli, const char *name, struct slice text,
             struct report *report)
{
    return run_either(cli, NULL, name, text, report);
}

enum run_status
cli_run_file(struct cli *cli, const char *path, struct report *report)
{
    return run_either(cli, path, NULL, (struct slice){NULL, 0}, report);
}
