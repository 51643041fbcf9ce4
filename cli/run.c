/* Scripts: each is one transaction; the first that fails is the last. */
#include "cli/cli.h"
#include "cli/file.h"
#include "cli/signals.h"

#include <unistd.h>

static enum run_status
run_script(struct cli *cli, const char *path, struct report *report)
{
    if (strcmp(path, "-") != 0) {
        return cli_run_file(cli, path, report);
    }
    struct buffer text = {0};
    enum run_status status = RUN_WRONG;
    int error = file_read_open(STDIN_FILENO, &text);
    if (error) {
        cli_report_file(cli, DIAGNOSTIC_CANNOT_READ, path, error);
    } else {
        status = cli_run_text(cli, "<stdin>", buffer_slice(&text), report);
    }
    buffer_free(&text);
    return status;
}

/* Is there reason to go on to the next input?  Ctrl-C that came too late for
 * the last one stops here. */
static bool
goes_on(const struct cli *cli, enum run_status *worst)
{
    if (*worst >= RUN_WRONG || session_quits(cli->session)) {
        return false;
    }
    if (signals_interrupted()) {
        *worst = RUN_INTERRUPTED;
        return false;
    }
    return true;
}

static enum run_status
run_all(struct cli *cli, char **scripts, size_t count, struct report *report)
{
    const struct options *options = &cli->options;
    enum run_status worst = RUN_DONE;
    for (size_t i = 0; i < options->text_count && goes_on(cli, &worst); i++) {
        session_expect_more(cli->session, i + 1 < options->text_count + count);
        enum run_status status =
            cli_run_text(cli, "-e", slice_of(options->texts[i]), report);
        worst = status > worst ? status : worst;
    }
    for (size_t i = 0; i < count && goes_on(cli, &worst); i++) {
        session_expect_more(cli->session, i + 1 < count);
        enum run_status status = run_script(cli, scripts[i], report);
        worst = status > worst ? status : worst;
    }
    return worst;
}

/* Answers name the date that they were judged by, where nobody chose it: JSON
 * carries it, the other formats leave it to standard error. */
static void
tell_as_of(struct cli *cli)
{
    const struct options *options = &cli->options;
    day_number as_of = cli->as_of;
    bool told = options->format == REPORT_JSON ||
                options->given[OPTION_AS_OF] || options->given[OPTION_QUIET];
    bool asked = cli->answered || options->given[OPTION_VERBOSE];
    if (told || !asked || as_of == DAY_NONE) {
        return;
    }
    struct buffer line = {0};
    buffer_add_text(&line, "as of ");
    day_print(&line, as_of);
    buffer_add_text(&line, ", the latest date in the facts\n");
    stream_flush(&cli->out);
    write_all(STDERR_FILENO, line.text, line.len);
    buffer_free(&line);
}

enum status
run_inputs(struct cli *cli, char **scripts, size_t count, bool paged)
{
    if (paged) {
        stream_allow_pager(&cli->out);
    }
    if (!cli_open_session(cli, DAY_NONE)) {
        return cli_finish(cli, cli->session ? STATUS_WRONG : STATUS_SYSTEM);
    }
    struct report *report = cli_open_report(cli, 0);
    enum run_status worst = run_all(cli, scripts, count, report);
    report_close(report);
    tell_as_of(cli);
    return cli_finish(cli, cli_status(worst));
}

enum status
command_run(struct cli *cli)
{
    const struct options *options = &cli->options;
    if (options->argument_count == 0 && options->text_count == 0) {
        struct diagnostic *error =
            usage_error(&cli->diagnostics, "`assay run` needs a script");
        diagnostics_help(&cli->diagnostics, error,
                         "write `assay run FILE...`; `-` is standard input");
        return cli_finish(cli, STATUS_WRONG);
    }
    return run_inputs(cli, options->arguments, options->argument_count, false);
}
