/* `assay fmt`: scripts in canonical form. */
#include "cli/cli.h"
#include "cli/diff.h"
#include "cli/file.h"
#include "parser/format.h"

#include <errno.h>
#include <unistd.h>

/* Shows or writes what became of a file.  Returns what it means for the exit
 * status. */
static enum status
deliver(struct cli *cli, const char *path, struct slice before,
        struct slice after)
{
    const struct options *options = &cli->options;
    bool is_input = strcmp(path, "-") == 0;
    bool changed = !slice_equal(before, after);
    bool asked = options->given[OPTION_CHECK] || options->given[OPTION_DIFF];
    if (options->given[OPTION_DIFF]) {
        struct buffer text = {0};
        diff_add(&text, path, before, path, after);
        cli_print(cli, buffer_slice(&text));
        buffer_free(&text);
    } else if (options->given[OPTION_CHECK] && changed) {
        cli_print(cli, slice_of(path));
        cli_print(cli, SLICE("\n"));
    }
    if (asked) {
        return changed ? STATUS_FALSE : STATUS_DONE;
    }
    if (is_input) {
        cli_print(cli, after);
    } else if (changed) {
        int error = file_replace(path, after);
        if (error) {
            cli_report_file(cli, DIAGNOSTIC_CANNOT_WRITE, path, error);
            return STATUS_SYSTEM;
        }
    }
    return STATUS_DONE;
}

/* The texts of one file on its way. */
struct formatter {
    struct atoms atoms;
    struct sources sources;
    struct buffer text; /* in canonical form, or the tree */
};

static bool
format(struct cli *cli, struct formatter *formatter, const char *name,
       struct slice text)
{
    struct source *source = sources_add(&formatter->sources, name, text);
    if (!source) {
        cli_report_file(cli, DIAGNOSTIC_CANNOT_READ, name, EFBIG);
        return false;
    }
    return (cli->options.given[OPTION_TREE] ? format_tree : format_source)(
        &formatter->atoms, &formatter->sources, source, &cli->diagnostics,
        &formatter->text);
}

static enum status
format_text(struct cli *cli, const char *path, struct slice text)
{
    const char *name = strcmp(path, "-") == 0 ? "<stdin>" : path;
    struct formatter formatter = {0};
    enum status status = STATUS_WRONG;
    atoms_init(&formatter.atoms);
    sources_init(&formatter.sources);
    buffer_clear(&formatter.text);
    if (format(cli, &formatter, name, text)) {
        if (cli->options.given[OPTION_TREE]) {
            cli_print(cli, buffer_slice(&formatter.text));
            status = STATUS_DONE;
        } else {
            status = deliver(cli, path, text, buffer_slice(&formatter.text));
        }
    }
    cli_write_messages_of(cli, &formatter.sources);
    buffer_free(&formatter.text);
    sources_free(&formatter.sources);
    atoms_free(&formatter.atoms);
    return status;
}

static enum status
format_file(struct cli *cli, const char *path)
{
    struct buffer text = {0};
    enum status status;
    int error = strcmp(path, "-") == 0 ? file_read_open(STDIN_FILENO, &text)
                                       : file_read(path, &text);
    if (error) {
        cli_report_file(cli, DIAGNOSTIC_CANNOT_READ, path, error);
        status = STATUS_WRONG;
    } else {
        status = format_text(cli, path, buffer_slice(&text));
    }
    buffer_free(&text);
    return status;
}

/* A file with mistakes does not keep the others from being formatted. */
enum status
command_fmt(struct cli *cli)
{
    const struct options *options = &cli->options;
    enum status worst = STATUS_DONE;
    if (options->argument_count == 0) {
        struct diagnostic *error =
            usage_error(&cli->diagnostics, "`assay fmt` needs a file");
        diagnostics_help(&cli->diagnostics, error,
                         "with `-` it writes standard input to standard "
                         "output in canonical form");
        return cli_finish(cli, STATUS_WRONG);
    }
    for (size_t i = 0; i < options->argument_count; i++) {
        enum status status = format_file(cli, options->arguments[i]);
        worst = status > worst ? status : worst;
    }
    return cli_finish(cli, worst);
}
