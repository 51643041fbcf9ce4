#include "cli/cli.h"

#include "cli/progress.h"
#include "cli/terminal.h"
#include "report/diagnostics.h"

#include <locale.h>
#include <unistd.h>

void
cli_init(struct cli *cli)
{
    *cli = (struct cli){0};
    arena_init(&cli->arena);
    diagnostics_init(&cli->diagnostics);
    sources_init(&cli->no_sources);
    stream_open(&cli->out, STDOUT_FILENO);
}

void
cli_free(struct cli *cli)
{
    if (cli->session) {
        session_close(cli->session);
    }
    sources_free(&cli->no_sources);
    diagnostics_free(&cli->diagnostics);
    arena_free(&cli->arena);
}

void
cli_know_characters(struct cli *cli)
{
    if (!cli->knows_characters) {
        setlocale(LC_CTYPE, "C.UTF-8");
        cli->knows_characters = true;
    }
}

/* Columns that tables may fill; 0 for no limit. */
static size_t
answer_width(const struct cli *cli)
{
    size_t columns = 0;
    size_t rows;
    if (cli->options.width != WIDTH_OF_TERMINAL) {
        return (size_t)cli->options.width;
    }
    terminal_size(STDOUT_FILENO, &columns, &rows);
    return columns;
}

bool
cli_open_session(struct cli *cli, day_number today)
{
    const struct options *options = &cli->options;
    struct session_options wanted = {
        .facts = options->facts,
        .read_only = options->given[OPTION_READ_ONLY] ||
                     options->command == COMMAND_EXPORT,
        .strict = options->given[OPTION_STRICT],
        .interactive = today != DAY_NONE,
        .writes_files = options->command == COMMAND_PROMPT ||
                        options->command == COMMAND_RUN,
        .bounds =
            options->format != REPORT_CSV && options->format != REPORT_TSV,
        .ascii = options->given[OPTION_ASCII],
        .owns_params = today == DAY_NONE,
        .people = options->format == REPORT_TABLE ||
                  options->format == REPORT_MARKDOWN,
        .as_of = options->as_of,
        .today = today,
        .reject = options->reject,
        .progress = progress_tell,
    };
    cli->session = session_open(&wanted, &cli->diagnostics);
    for (size_t i = 0; cli->session && i < options->param_count; i++) {
        if (!session_set_param(cli->session, options->params[i].name,
                               options->params[i].value)) {
            return false;
        }
    }
    return cli->session != NULL;
}

/* Takes the notices out of the list. */
static void
drop_notices(struct diagnostics *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i]->severity != SEVERITY_NOTICE) {
            list->items[kept++] = list->items[i];
        }
    }
    list->count = kept;
}

void
cli_write_messages_of(struct cli *cli, const struct sources *sources)
{
    const struct options *options = &cli->options;
    struct buffer text = {0};
    if (cli->diagnostics.count == 0) {
        return;
    }
    if (options->given[OPTION_QUIET]) {
        drop_notices(&cli->diagnostics);
    }
    diagnostics_render(&cli->diagnostics, 0, sources, options->messages,
                       terminal_has_color(options->color, STDERR_FILENO),
                       &text);
    stream_flush(&cli->out);
    write_all(STDERR_FILENO, text.text ? text.text : "", text.len);
    buffer_free(&text);
    diagnostics_clear(&cli->diagnostics);
}

void
cli_write_messages(struct cli *cli)
{
    cli_write_messages_of(cli, cli->session ? session_sources(cli->session)
                                            : &cli->no_sources);
}

void
cli_report_file(struct cli *cli, enum diagnostic_code code, const char *path,
                int error)
{
    bool is_input = strcmp(path, "-") == 0;
    diagnostics_add(
        &cli->diagnostics, SEVERITY_ERROR, code, (struct span){0, 0},
        "%s cannot be %s: %s", is_input ? "standard input" : path,
        code == DIAGNOSTIC_CANNOT_READ ? "read" : "written", strerror(error));
}

struct report *
cli_open_report(struct cli *cli, size_t max_rows)
{
    const struct options *options = &cli->options;
    struct report_options wanted = {
        .format = options->format,
        .width = answer_width(cli),
        .max_rows = max_rows,
        .ascii = options->given[OPTION_ASCII],
        .color = terminal_has_color(options->color, STDOUT_FILENO),
        .as_of = options->as_of,
    };
    struct report_output output = {&cli->out, stream_write};
    return report_open(&wanted, &output);
}

enum status
cli_status(enum run_status status)
{
    switch (status) {
    case RUN_DONE:
        return STATUS_DONE;
    case RUN_UNDECIDED:
        return STATUS_UNDECIDED;
    case RUN_FALSE:
        return STATUS_FALSE;
    case RUN_WRONG:
        return STATUS_WRONG;
    case RUN_SYSTEM:
        return STATUS_SYSTEM;
    case RUN_INTERRUPTED:
        return STATUS_INTERRUPTED;
    }
    return STATUS_FAULT;
}

void
cli_print(struct cli *cli, struct slice text)
{
    stream_write(&cli->out, text.at, text.len);
}

enum status
cli_finish(struct cli *cli, enum status status)
{
    stream_close(&cli->out);
    if (cli->out.error) {
        diagnostics_add(&cli->diagnostics, SEVERITY_ERROR,
                        DIAGNOSTIC_CANNOT_WRITE, (struct span){0, 0},
                        "the answers could not be written: %s",
                        strerror(cli->out.error));
        status = STATUS_SYSTEM;
    }
    cli_write_messages(cli);
    return status;
}
