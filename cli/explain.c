/* `assay explain CODE`: the page of a message's code. */
#include "base/suggest.h"
#include "cli/cli.h"
#include "stdlib/page.h"

#include <ctype.h>

static enum status
refuse_unknown(struct cli *cli, const char *word)
{
    struct suggestion suggestion;
    struct buffer upper = {0};
    struct diagnostic *error =
        usage_error(&cli->diagnostics, "no message has the code `%s`", word);
    for (const char *at = word; *at; at++) {
        buffer_add_char(&upper, (char)toupper((unsigned char)*at));
    }
    suggestion_init(&suggestion, buffer_slice(&upper));
    for (int code = DIAGNOSTIC_NONE + 1; code < DIAGNOSTIC_CODE_COUNT; code++) {
        suggestion_offer(&suggestion, slice_of(diagnostic_code_text(
                                          (enum diagnostic_code)code)));
    }
    if (suggestion.best.len) {
        diagnostics_help(&cli->diagnostics, error, "did you mean `%.*s`?",
                         (int)suggestion.best.len, suggestion.best.at);
    } else {
        diagnostics_help(&cli->diagnostics, error,
                         "codes stand in brackets behind the word error, "
                         "warning or notice: `error[E0203]`");
    }
    buffer_free(&upper);
    return cli_finish(cli, STATUS_WRONG);
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
    const struct library_file *page = page_find(PAGES_OF_CODES, slice_of(word));
    if (!page) {
        return refuse_unknown(cli, word);
    }
    struct buffer text = {0};
    page_print(&text, page);
    stream_allow_pager(&cli->out);
    cli_print(cli, buffer_slice(&text));
    buffer_free(&text);
    return cli_finish(cli, STATUS_DONE);
}
