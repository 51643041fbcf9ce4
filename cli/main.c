/* The program: from a command line to the command, and to an exit status. */
#include "base/version.h"
#include "cli/cli.h"
#include "cli/signals.h"

#include <fcntl.h>
#include <unistd.h>

/* A stream that the caller closed must not be taken by a file of ours.  What
 * is written to standard output then fails, and is reported. */
static void
hold_streams(void)
{
    static const int modes[] = {O_RDONLY, O_RDONLY, O_WRONLY};
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        if (fcntl(fd, F_GETFD) < 0) {
            open("/dev/null", modes[fd]);
        }
    }
}

static enum status
command_version(struct cli *cli)
{
    cli_print(cli, SLICE("assay " ASSAY_VERSION "\n"));
    return cli_finish(cli, STATUS_DONE);
}

/* `assay COMMAND --help` is `assay help COMMAND`. */
static void
turn_into_help(struct options *options)
{
    static char word[16];
    static char *arguments[] = {word, NULL};
    const char *command = commands[options->command].word;
    memcpy(word, command, strlen(command) + 1);
    options->arguments = arguments;
    options->argument_count = *word != '\0';
    options->command = COMMAND_HELP;
}

static enum status
dispatch(struct cli *cli)
{
    switch (cli->options.command) {
    case COMMAND_PROMPT:
        return command_prompt(cli);
    case COMMAND_RUN:
        return command_run(cli);
    case COMMAND_FMT:
        return command_fmt(cli);
    case COMMAND_EXPORT:
        return command_export(cli);
    case COMMAND_DIFF:
        return command_diff(cli);
    case COMMAND_IMPORT:
        return command_import(cli);
    case COMMAND_VERIFY:
        return command_verify(cli);
    case COMMAND_EXPLAIN:
        return command_explain(cli);
    case COMMAND_HELP:
        return command_help(cli);
    case COMMAND_VERSION:
        return command_version(cli);
    case COMMAND_COMPLETIONS:
        return command_completions(cli);
    case COMMAND_CHECK:
        return command_check(cli);
    case COMMAND_TEST:
        return command_test(cli);
    case COMMAND_RULES:
        return command_rules(cli);
    case COMMAND_COUNT:
        break;
    }
    return STATUS_FAULT;
}

int
main(int argc, char **argv)
{
    struct cli cli;
    enum status status = STATUS_WRONG;
    hold_streams();
    signals_start();
    cli_init(&cli);
    if (options_parse(&cli.options, argc, argv, &cli.arena, &cli.diagnostics)) {
        if (cli.options.given[OPTION_VERSION]) {
            cli.options.command = COMMAND_VERSION;
        } else if (cli.options.given[OPTION_HELP]) {
            turn_into_help(&cli.options);
        }
        status = dispatch(&cli);
    } else {
        status = cli_finish(&cli, STATUS_WRONG);
    }
    cli_free(&cli);
    return (int)status;
}
