#include "cli/review.h"

#include "cli/file.h"
#include "cli/terminal.h"

#include <unistd.h>

bool
review_open_session(struct cli *cli, const struct inputs *inputs,
                    struct session_options own)
{
    const struct options *options = &cli->options;
    own.read_only = own.review = own.bounds = true;
    own.strict = options->given[OPTION_STRICT];
    own.ascii = options->given[OPTION_ASCII];
    own.today = DAY_NONE;
    own.owns_params = own.named_files_only = true;
    own.named_files = inputs->paths;
    own.named_file_count = inputs->path_count;
    cli->session = session_open(&own, &cli->diagnostics);
    for (size_t i = 0; cli->session && i < options->param_count; i++) {
        if (!session_set_param(cli->session, options->params[i].name,
                               options->params[i].value)) {
            return false;
        }
    }
    return cli->session != NULL;
}

static bool
append(void *context, const char *bytes, size_t len)
{
    buffer_add(context, bytes, len);
    return true;
}

struct report_output
review_output(struct buffer *text)
{
    buffer_reserve(text, 1);
    return (struct report_output){text, append};
}

struct review_options
review_look(const struct cli *cli, enum review_format format)
{
    const struct options *options = &cli->options;
    return (struct review_options){
        .format = format,
        .color = terminal_has_color(options->color, STDOUT_FILENO),
        .ascii = options->given[OPTION_ASCII],
        .csv_safe = options->given[OPTION_CSV_SAFE],
        .quiet = options->given[OPTION_QUIET],
        .width =
            options->width == WIDTH_OF_TERMINAL ? 0 : (size_t)options->width,
        .diagnostics = &cli->diagnostics,
        .sources = session_sources(cli->session),
    };
}

bool
review_put(struct cli *cli, const char *path, struct buffer *text)
{
    int error = 0;
    if (!path || strcmp(path, "-") == 0) {
        cli_print(cli, buffer_slice(text));
    } else {
        error = file_replace(path, buffer_slice(text));
    }
    if (error) {
        cli_report_file(cli, DIAGNOSTIC_CANNOT_WRITE, path, error);
    }
    buffer_free(text);
    return !error;
}
