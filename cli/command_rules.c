/* `assay rules`: policies documented from their own clauses, as Markdown. */
#include "cli/review.h"

static enum status
describe(struct cli *cli, const struct inputs *inputs)
{
    struct session_options own = {.as_of = DAY_NONE};
    struct review_request request = {.inputs = inputs->items,
                                     .input_count = inputs->item_count,
                                     .describes_only = true};
    struct review review;
    if (!review_open_session(cli, inputs, own)) {
        return cli->session ? STATUS_WRONG : STATUS_SYSTEM;
    }
    review_init(&review);
    session_review(cli->session, &request, &review);
    enum status status =
        review.status == REVIEW_BROKEN ? STATUS_WRONG : STATUS_DONE;
    if (status == STATUS_DONE) {
        struct buffer text = {0};
        struct report_output output = review_output(&text);
        review_write_rules(&review, &output);
        review_put(cli, NULL, &text);
    }
    review_free(&review);
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
    if (inputs_find(cli, options->arguments, options->argument_count,
                    &inputs) &&
        inputs_read(cli, &inputs)) {
        status = describe(cli, &inputs);
    }
    status = cli_finish(cli, status);
    inputs_free(&inputs);
    return status;
}
