/* `assay test`: the test blocks of files, each on facts of its own. */
#include "cli/outputs.h"
#include "cli/review.h"
#include "cli/signals.h"

static const struct {
    enum option_id option;
    enum review_format format;
} report_files[] = {
    {OPTION_JUNIT, REVIEW_JUNIT},
    {OPTION_TAP, REVIEW_TAP},
    {OPTION_JSON, REVIEW_JSON},
};

static bool
write_report(struct cli *cli, const struct review_tests *tests,
             enum review_format format, const char *path)
{
    struct buffer text = {0};
    struct report_output output = review_output(&text);
    struct review_options look = review_look(cli, format);
    review_write_tests(tests, &look, &output);
    return review_put(cli, path, &text);
}

static bool
write_reports(struct cli *cli, const struct review_tests *tests)
{
    const struct options *options = &cli->options;
    const char *word = options->values[OPTION_FORMAT];
    enum review_format format = REVIEW_TEXT;
    bool text = true;
    bool done = true;
    for (size_t i = 0; i < sizeof report_files / sizeof *report_files; i++) {
        const char *path = options->values[report_files[i].option];
        text = text && !(path && strcmp(path, "-") == 0);
        done =
            (!path || write_report(cli, tests, report_files[i].format, path)) &&
            done;
    }
    if (word) {
        review_format_find(slice_of(word), &format);
    }
    if (text || word) {
        done = write_report(cli, tests, format, NULL) && done;
    }
    return done;
}

static enum status
test_inputs(struct cli *cli, struct inputs *inputs)
{
    const struct options *options = &cli->options;
    struct review_tests tests;
    struct session_options own = {.as_of = DAY_NONE};
    if (!review_open_session(cli, inputs, own)) {
        return cli->session ? STATUS_WRONG : STATUS_SYSTEM;
    }
    signals_watch(cli->session);
    enum run_status run =
        session_test(cli->session, inputs->items, inputs->item_count, &tests);
    signals_watch(NULL);
    if (!options->given[OPTION_COVERAGE]) {
        tests.coverage_count = 0; /* told when it is asked for */
    }
    bool written = write_reports(cli, &tests);
    double least = (double)options->numbers[OPTION_MIN_COVERAGE];
    enum status status = run == RUN_INTERRUPTED          ? STATUS_INTERRUPTED
                         : run == RUN_SYSTEM || !written ? STATUS_SYSTEM
                         : tests.status == REVIEW_BROKEN ? STATUS_WRONG
                         : tests.status == REVIEW_FAILED ? STATUS_FALSE
                         : tests.percent + 1e-9 < least  ? STATUS_FALSE
                                                         : STATUS_DONE;
    if (status == STATUS_FALSE && tests.status == REVIEW_PASSED) {
        diagnostics_add(&cli->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_USAGE,
                        (struct span){0, 0},
                        "the tests have seen %.0f%% of passes and fails, less "
                        "than the %.0f%% that are wanted",
                        tests.percent, least);
    }
    review_tests_free(&tests);
    return status;
}

enum status
command_test(struct cli *cli)
{
    const struct options *options = &cli->options;
    struct inputs inputs = {0};
    enum status status = STATUS_WRONG;
    if (options->argument_count == 0) {
        struct diagnostic *error =
            usage_error(&cli->diagnostics, "`assay test` needs a file");
        diagnostics_help(&cli->diagnostics, error,
                         "write `assay test FILE...`; - is standard input");
        return cli_finish(cli, STATUS_WRONG);
    }
    if (inputs_find(cli, options->arguments, options->argument_count,
                    &inputs) &&
        outputs_may_be_written(cli, &inputs) && inputs_read(cli, &inputs)) {
        status = test_inputs(cli, &inputs);
    }
    status = cli_finish(cli, status);
    if (status == STATUS_SYSTEM) {
        status = STATUS_WRONG; /* no verdict, whatever the reason */
    }
    inputs_free(&inputs);
    return status;
}
