/* `assay help` explains commands; topics of the language are the session's. */
#include "cli/cli.h"
#include "cli/usage.h"

static enum status
help_topic(struct cli *cli, const char *topic)
{
    stream_allow_pager(&cli->out);
    if (!cli_open_session(cli, DAY_NONE)) {
        return cli_finish(cli, cli->session ? STATUS_WRONG : STATUS_SYSTEM);
    }
    struct buffer text = {0};
    struct report *report = cli_open_report(cli, 0);
    buffer_format(&text, "help %s", topic);
    enum run_status status =
        cli_run_text(cli, "help", buffer_slice(&text), report);
    report_close(report);
    buffer_free(&text);
    return cli_finish(cli, cli_status(status));
}

enum status
command_help(struct cli *cli)
{
    const struct options *options = &cli->options;
    enum command command = COMMAND_PROMPT;
    if (options->argument_count > 1) {
        usage_error(&cli->diagnostics, "`assay help` takes one topic");
        return cli_finish(cli, STATUS_WRONG);
    }
    if (options->argument_count == 1) {
        command = command_find(options->arguments[0]);
        bool is_statement_only = command == COMMAND_COUNT ||
                                 commands[command].state == COMMAND_MISSING;
        if (is_statement_only) {
            return help_topic(cli, options->arguments[0]);
        }
    }
    struct buffer text = {0};
    stream_allow_pager(&cli->out);
    usage_add(&text, command);
    cli_print(cli, buffer_slice(&text));
    buffer_free(&text);
    return cli_finish(cli, STATUS_DONE);
}
