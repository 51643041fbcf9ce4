/* `assay explain CODE`: the page of a message's code. */
#include "cli/cli.h"

#include <ctype.h>

/* The code that WORD spells, in either case. */
static enum diagnostic_code
find_code(const char *word)
{
    struct buffer text = {0};
    for (const char *at = word; *at; at++) {
        buffer_add_char(&text, (char)toupper((unsigned char)*at));
    }
    enum diagnostic_code code = diagnostic_code_find(buffer_slice(&text));
    buffer_free(&text);
    return code;
}

enum status
command_explain(struct cli *cli)
{
    const struct options *options = &cli->options;
    if (options->argument_count != 1) {
        struct diagnostic *error =
            usage_error(&cli->diagnostics, "`assay explain` needs one code");
        diagnostics_help(&cli->diagnostics, error,
                         "for example `assay explain E0203`");
        return cli_finish(cli, STATUS_WRONG);
    }
    const char *word = options->arguments[0];
    enum diagnostic_code code = find_code(word);
    if (code == DIAGNOSTIC_NONE) {
        struct diagnostic *error = usage_error(
            &cli->diagnostics, "no message has the code `%s`", word);
        diagnostics_help(&cli->diagnostics, error,
                         "codes stand in brackets behind the word error, "
                         "warning or notice: `error[E0203]`");
        return cli_finish(cli, STATUS_WRONG);
    }
    struct buffer text = {0};
    buffer_format(&text, "%s: %s\n", diagnostic_code_text(code),
                  diagnostic_code_title(code));
    cli_print(cli, buffer_slice(&text));
    buffer_free(&text);
    return cli_finish(cli, STATUS_DONE);
}
