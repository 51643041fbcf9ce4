/* `assay rules`: policies documented from their own clauses, as Markdown. */
#include "cli/inputs.h"
#include "report/review/review.h"

static bool
append(void *context, const char *bytes, size_t len)
{
    buffer_add(context, bytes, len);
    return true;
}

static enum status
describe(struct cli *cli, const struct inputs *inputs)
{
    struct session_options wanted = {.review = true,
                                     .bounds = true,
                                     .as_of = DAY_NONE,
                                     .today = DAY_NONE,
                                     .named_files_only = true,
                                     .named_files = inputs->paths,
                                     .named_file_count = inputs->path_count};
    struct review_request request = {.inputs = inputs->items,
                                     .input_count = inputs->item_count,
                                     .describes_only = true};
    struct review review;
    struct buffer text = {0};
    struct report_output output = {&text, append};
    const struct options *options = &cli->options;
    cli->session = session_open(&wanted, &cli->diagnostics);
    for (size_t i = 0; cli->session && i < options->param_count; i++) {
        if (!session_set_param(cli->session, options->params[i].name,
                               options->params[i].value)) {
            return STATUS_WRONG;
        }
    }
    if (!cli->session) {
        return STATUS_SYSTEM;
    }
    review_init(&review);
    session_review(cli->session, &request, &review);
    enum status status =
        review.status == REVIEW_BROKEN ? STATUS_WRONG : STATUS_DONE;
    if (status == STATUS_DONE) {
        buffer_reserve(&text, 1);
        review_write_rules(&review, &output);
        cli_print(cli, buffer_slice(&text));
    }
    review_free(&review);
    buffer_free(&text);
    return status;
}

enum status
command_rules(struct cli *cli)
{
    const struct options *options = &cli->options;
    struct inputs inputs = {0};
    enum status status = STATUS_WRONG;
    if (options->argument_count == 0) {
        usage_error(&cli->diagnostics, "`assay rules` needs a rule file");
        return cli_finish(cli, STATUS_WRONG);
    }
    if (inputs_read(cli, options->arguments, options->argument_count,
                    &inputs)) {
        status = describe(cli, &inputs);
    }
    status = cli_finish(cli, status);
    inputs_free(&inputs);
    return status;
}
