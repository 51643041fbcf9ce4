/* `assay import`: from data files to a script that imports them, and with a
 * fact base to the facts. */
#include "cli/cli.h"

static bool
check_files(struct cli *cli)
{
    const struct options *options = &cli->options;
    if (options->argument_count == 0) {
        struct diagnostic *error =
            usage_error(&cli->diagnostics, "`assay import` needs a file");
        diagnostics_help(&cli->diagnostics, error,
                         "write `assay import FILE...`; with --facts BASE the "
                         "facts are kept");
        return false;
    }
    for (size_t i = 0; i < options->argument_count; i++) {
        if (strcmp(options->arguments[i], "-") == 0) {
            struct diagnostic *error = usage_error(
                &cli->diagnostics, "`assay import` cannot read standard input");
            diagnostics_help(&cli->diagnostics, error,
                             "what it prints names the file: keep it as one "
                             "first");
            return false;
        }
    }
    if (options->reject && !options->facts) {
        struct diagnostic *error =
            usage_error(&cli->diagnostics, "`--reject` needs `--facts` here");
        diagnostics_help(&cli->diagnostics, error,
                         "without a fact base nothing is imported");
        return false;
    }
    return true;
}

static enum status
guess_and_run(struct cli *cli, struct buffer *text)
{
    const struct options *options = &cli->options;
    if (!session_guess(cli->session, options->arguments,
                       options->argument_count, text)) {
        return STATUS_WRONG;
    }
    cli_print(cli, buffer_slice(text));
    if (!options->facts) {
        return STATUS_DONE;
    }
    stream_flush(&cli->out);
    struct report *report = cli_open_report(cli, 0);
    enum run_status status =
        cli_run_text(cli, "<import>", buffer_slice(text), report);
    report_close(report);
    return cli_status(status);
}

enum status
command_import(struct cli *cli)
{
    struct buffer text = {0};
    if (!check_files(cli)) {
        return cli_finish(cli, STATUS_WRONG);
    }
    if (!cli_open_session(cli, DAY_NONE)) {
        return cli_finish(cli, STATUS_SYSTEM);
    }
    enum status status = guess_and_run(cli, &text);
    buffer_free(&text);
    return cli_finish(cli, status);
}
