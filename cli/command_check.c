/* `assay check`: rules and facts in, verdicts and reports out. */
#include "cli/document.h"
#include "cli/file.h"
#include "cli/outputs.h"
#include "cli/progress.h"
#include "cli/review.h"
#include "cli/signals.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

/* Reports that go to a file of their own, by option. */
static const struct {
    enum option_id option;
    enum review_format format;
} report_files[] = {
    {OPTION_SARIF, REVIEW_SARIF},   {OPTION_JUNIT, REVIEW_JUNIT},
    {OPTION_JSON, REVIEW_JSON},     {OPTION_MARKDOWN, REVIEW_MARKDOWN},
    {OPTION_HTML, REVIEW_HTML},     {OPTION_TAP, REVIEW_TAP},
    {OPTION_GITLAB, REVIEW_GITLAB}, {OPTION_CSV, REVIEW_CSV},
};

enum { REPORT_FILES = sizeof report_files / sizeof *report_files };

/* The budget of time, which an alarm ends. */
static volatile sig_atomic_t time_is_up;
static struct session *timed;

static void
take_alarm(int number)
{
    (void)number;
    time_is_up = 1;
    if (timed) {
        session_interrupt(timed);
    }
}

static bool
out_of_time(void)
{
    return time_is_up != 0;
}

static void
start_clock(struct session *session, uint64_t seconds)
{
    struct sigaction action = {.sa_handler = take_alarm};
    timed = session;
    sigemptyset(&action.sa_mask);
    if (seconds) {
        sigaction(SIGALRM, &action, NULL);
        alarm((unsigned)seconds);
    }
}

static void
stop_clock(void)
{
    alarm(0);
    timed = NULL;
}

static bool
open_session(struct cli *cli, const struct inputs *inputs, bool states_nothing)
{
    struct session_options own = {.facts = cli->options.facts,
                                  .as_of = cli->options.as_of,
                                  .states_nothing = states_nothing,
                                  .progress = progress_tell,
                                  .out_of_time = out_of_time};
    return review_open_session(cli, inputs, own);
}

static bool
is_true(const char *text)
{
    return text && (strcmp(text, "true") == 0 || strcmp(text, "1") == 0);
}

static enum rule_severity
level_of(const char *word)
{
    enum rule_severity level = RULE_ERROR;
    for (int i = RULE_ERROR; word && i <= RULE_INFO; i++) {
        if (strcmp(word, severity_word((enum rule_severity)i)) == 0) {
            level = (enum rule_severity)i;
        }
    }
    return level;
}

static bool
wants_passes(const struct options *options)
{
    const char *format = options->values[OPTION_FORMAT];
    return options->given[OPTION_JUNIT] || options->given[OPTION_TAP] ||
           (format &&
            (strcmp(format, "junit") == 0 || strcmp(format, "tap") == 0));
}

static struct review_request
request_of(const struct options *options, const struct inputs *inputs)
{
    return (struct review_request){
        .inputs = inputs->items,
        .input_count = inputs->item_count,
        .fail_level = level_of(options->values[OPTION_FAIL_LEVEL]),
        .require_subjects =
            options->given[OPTION_REQUIRE_SUBJECTS] || is_true(getenv("CI")),
        .keeps_passes = wants_passes(options),
        .profiles = options->given[OPTION_PROFILE],
        .strict_baseline = options->given[OPTION_STRICT_BASELINE],
        .against = options->values[OPTION_AGAINST],
        .max_rows = options->numbers[OPTION_MAX_ROWS],
        .max_bytes = options->numbers[OPTION_MAX_MEMORY] * 1024 * 1024,
    };
}

/* Reports ------------------------------------------------------------------ */

static bool
write_report(struct cli *cli, const struct review *review,
             enum review_format format, const char *path, const char *root)
{
    struct buffer text = {0};
    struct report_output output = review_output(&text);
    struct review_options look = review_look(cli, format);
    look.root = root;
    review_write(review, &look, &output);
    return review_put(cli, path, &text);
}

/* The report that a run on GitHub shows on its page, behind what other steps
 * put there. */
static bool
append_summary(struct cli *cli, const struct review *review, const char *root)
{
    const char *path = getenv("GITHUB_STEP_SUMMARY");
    struct buffer text = {0};
    struct report_output output = review_output(&text);
    struct review_options look = review_look(cli, REVIEW_MARKDOWN);
    if (!path || !*path) {
        buffer_free(&text);
        return true;
    }
    look.root = root;
    review_write(review, &look, &output);
    int error = file_append(path, buffer_slice(&text));
    if (error) {
        cli_report_file(cli, DIAGNOSTIC_CANNOT_WRITE, path, error);
    }
    buffer_free(&text);
    return !error;
}

static bool
write_baseline(struct cli *cli, const struct review *review)
{
    const char *path = cli->options.values[OPTION_WRITE_BASELINE];
    struct buffer text = {0};
    if (!path || review->status == REVIEW_BROKEN) {
        return true;
    }
    review_write_baseline(review, &text);
    return review_put(cli, path, &text);
}

static bool
write_reports(struct cli *cli, const struct review *review)
{
    const struct options *options = &cli->options;
    enum review_format format = REVIEW_TEXT;
    char *root = getcwd(NULL, 0);
    const char *word = options->values[OPTION_FORMAT];
    bool text = !options->given[OPTION_GITHUB];
    bool done = true;
    for (size_t i = 0; i < REPORT_FILES; i++) {
        const char *path = options->values[report_files[i].option];
        text = text && !(path && strcmp(path, "-") == 0);
        done = (!path || write_report(cli, review, report_files[i].format, path,
                                      root)) &&
               done;
    }
    if (options->given[OPTION_GITHUB]) {
        done = write_report(cli, review, REVIEW_GITHUB, NULL, root) &&
               append_summary(cli, review, root) && done;
    }
    if (word) {
        review_format_find(slice_of(word), &format);
    }
    if (text || word) {
        done = write_report(cli, review, format, NULL, root) && done;
    }
    free(root);
    return write_baseline(cli, review) && done;
}

/* -------------------------------------------------------------------------- */

static enum status
status_of(const struct review *review, enum run_status run)
{
    if (run == RUN_INTERRUPTED && !out_of_time()) {
        return STATUS_INTERRUPTED;
    }
    if (run == RUN_SYSTEM) {
        return STATUS_SYSTEM;
    }
    switch (review->status) {
    case REVIEW_PASSED:
        return STATUS_DONE;
    case REVIEW_FAILED:
        return STATUS_FALSE;
    case REVIEW_BROKEN:
        return STATUS_WRONG;
    case REVIEW_UNDECIDED:
        return STATUS_UNDECIDED;
    }
    return STATUS_WRONG;
}

/* What the same rules find in another base is known.  The facts of the inputs
 * are not in that base. */
static bool
review_against(struct cli *cli, const struct inputs *inputs, const char *base,
               struct buffer *known)
{
    struct review review;
    const char *facts = cli->options.facts;
    struct review_request request = request_of(&cli->options, inputs);
    cli->options.facts = base;
    bool done = open_session(cli, inputs, true);
    cli->options.facts = facts;
    if (done) {
        review_init(&review);
        session_review(cli->session, &request, &review);
        done = review.status != REVIEW_BROKEN;
        review_write_baseline(&review, known);
        review_free(&review);
    }
    cli_write_messages(cli);
    if (cli->session) {
        session_close(cli->session);
        cli->session = NULL;
    }
    return done;
}

static bool
read_known(struct cli *cli, const struct inputs *inputs, struct buffer *known)
{
    const char *path = cli->options.values[OPTION_BASELINE];
    const char *base = cli->options.values[OPTION_AGAINST];
    if (path && base) {
        usage_error(&cli->diagnostics,
                    "--baseline and --against both say what is known");
        return false;
    }
    if (path) {
        int error = file_read(path, known);
        if (error) {
            cli_report_file(cli, DIAGNOSTIC_CANNOT_READ, path, error);
        }
        return !error;
    }
    return !base || review_against(cli, inputs, base, known);
}

static enum status
check_inputs(struct cli *cli, struct inputs *inputs, struct buffer *known)
{
    const struct options *options = &cli->options;
    struct review review;
    if (!open_session(cli, inputs, false)) {
        return cli->session ? STATUS_WRONG : STATUS_SYSTEM;
    }
    struct review_request request = request_of(options, inputs);
    if (options->values[OPTION_BASELINE] || options->values[OPTION_AGAINST]) {
        request.baseline =
            (struct slice){known->text ? known->text : "", known->len};
    }
    struct printed printed;
    printed_open(&printed, cli, inputs);
    request.answers = &printed.answers;
    request.accepts = options->given[OPTION_ACCEPT];
    review_init(&review);
    signals_watch(cli->session);
    progress_start();
    start_clock(cli->session, options->numbers[OPTION_MAX_SECONDS]);
    enum run_status run = session_review(cli->session, &request, &review);
    stop_clock();
    progress_stop();
    signals_watch(NULL);
    enum status status = status_of(&review, run);
    bool accepts = request.accepts && review.status != REVIEW_BROKEN;
    if (!write_reports(cli, &review) ||
        (accepts && !documents_accept(&printed))) {
        status = STATUS_SYSTEM;
    }
    printed_free(&printed);
    review_free(&review);
    return status;
}

/* Nothing to accept is a slip of the command line. */
static bool
may_accept(struct cli *cli, const struct inputs *inputs)
{
    if (!cli->options.given[OPTION_ACCEPT] || inputs_have_documents(inputs)) {
        return true;
    }
    usage_error(&cli->diagnostics,
                "--accept rewrites Markdown documents, and none is named");
    return false;
}

enum status
command_check(struct cli *cli)
{
    const struct options *options = &cli->options;
    struct inputs inputs = {0};
    struct buffer known = {0};
    enum status status = STATUS_WRONG;
    if (options->argument_count == 0) {
        struct diagnostic *error =
            usage_error(&cli->diagnostics, "`assay check` needs a rule file");
        diagnostics_help(&cli->diagnostics, error,
                         "write `assay check RULES... [FACTS...]`; - is "
                         "standard input");
        return cli_finish(cli, STATUS_WRONG);
    }
    if (inputs_find(cli, options->arguments, options->argument_count,
                    &inputs) &&
        outputs_may_be_written(cli, &inputs) && inputs_read(cli, &inputs) &&
        may_accept(cli, &inputs) && read_known(cli, &inputs, &known)) {
        status = check_inputs(cli, &inputs, &known);
    }
    status = cli_finish(cli, status);
    if (status == STATUS_SYSTEM) {
        status = STATUS_WRONG; /* no verdict, whatever the reason */
    }
    buffer_free(&known);
    inputs_free(&inputs);
    return status;
}
