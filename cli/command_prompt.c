/* `assay [FACTS.db]`: around the prompt. */
#include "base/version.h"
#include "cli/prompt.h"
#include "cli/terminal.h"

#include <time.h>
#include <unistd.h>

static day_number
today(void)
{
    time_t now = time(NULL);
    struct tm date;
    if (now == (time_t)-1 || !localtime_r(&now, &date)) {
        return DAY_NONE;
    }
    return day_from_civil(date.tm_year + 1900, date.tm_mon + 1, date.tm_mday);
}

/* Who, on what, as of when. */
static void
show_banner(struct cli *cli)
{
    struct buffer text = {0};
    const char *facts = cli->options.facts;
    buffer_add_text(&text, "Assay " ASSAY_VERSION ", as of ");
    day_print(&text, session_as_of(cli->session));
    buffer_add_text(&text, "; `help` helps, `quit` ends\n");
    if (facts) {
        buffer_format(&text, "Facts are kept in %s\n", facts);
    } else {
        buffer_add_text(&text, "Facts are in memory and lost at the end; "
                               "`assay FACTS.db` keeps them\n");
    }
    write_all(STDERR_FILENO, text.text, text.len);
    buffer_free(&text);
}

/* The person's own statements, run before the first prompt. */
static void
run_init(struct cli *cli)
{
    struct buffer path = {0};
    if (history_path(&path, "XDG_CONFIG_HOME", ".config", "assay/init.assay") &&
        access(path.text, F_OK) == 0) {
        struct report *report = cli_open_report(cli, 0);
        cli_run_file(cli, path.text, report);
        report_close(report);
        stream_flush(&cli->out);
    }
    buffer_free(&path);
}

static enum status
open_prompt(struct cli *cli)
{
    if (!cli_open_session(cli, today())) {
        return cli_finish(cli, cli->session ? STATUS_WRONG : STATUS_SYSTEM);
    }
    cli_know_characters(cli);
    cli_write_messages(cli);
    if (!cli->options.given[OPTION_NO_INIT]) {
        run_init(cli);
    }
    if (!cli->options.given[OPTION_QUIET]) {
        show_banner(cli);
    }
    struct prompt prompt = {.cli = cli, .rich = terminal_is_rich()};
    prompt_run(&prompt);
    if (session_is_unsaved(cli->session) && !cli->options.given[OPTION_QUIET]) {
        static const char lost[] = "The facts were in memory and are gone; "
                                   "`assay FACTS.db` keeps them\n";
        write_all(STDERR_FILENO, lost, sizeof lost - 1);
    }
    enum status status = cli_finish(cli, STATUS_DONE);
    return prompt.killed_by ? (enum status)(128 + prompt.killed_by) : status;
}

enum status
command_prompt(struct cli *cli)
{
    static char dash[] = "-";
    char *input[] = {dash};
    if (cli->options.text_count) {
        return run_inputs(cli, NULL, 0, true);
    }
    if (!isatty(STDIN_FILENO)) {
        return run_inputs(cli, input, 1, false);
    }
    return open_prompt(cli);
}
