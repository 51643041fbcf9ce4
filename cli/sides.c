#include "cli/sides.h"

#include "base/path.h"
#include "cli/file.h"
#include "cli/progress.h"
#include "cli/signals.h"
#include "lexer/literal.h"
#include "store/store.h"

#include <sys/stat.h>
#include <unistd.h>

enum form { FORM_BASE, FORM_TEXT, FORM_TABLE };

static bool
is_standard_input(const char *path)
{
    return strcmp(path, "-") == 0;
}

static bool
find_file(const char *path, struct stat *info)
{
    return (is_standard_input(path) ? fstat(STDIN_FILENO, info)
                                    : stat(path, info)) == 0;
}

/* Reads nothing of what can be read only once: a pipe is a text, or a table if
 * its name says so. */
static enum form
form_of(const char *path)
{
    struct stat info;
    if (is_standard_input(path)) {
        return FORM_TEXT;
    }
    bool regular = find_file(path, &info) && S_ISREG(info.st_mode);
    if (regular && store_begins_base(path)) {
        return FORM_BASE;
    }
    return path_is_table(path) ? FORM_TABLE : FORM_TEXT;
}

bool
side_is_table(const char *path)
{
    return form_of(path) == FORM_TABLE;
}

bool
sides_are_one_stream(char *const *paths)
{
    struct stat infos[2];
    bool both = is_standard_input(paths[0]) && is_standard_input(paths[1]);
    return both ||
           (find_file(paths[0], &infos[0]) && find_file(paths[1], &infos[1]) &&
            (S_ISFIFO(infos[0].st_mode) || S_ISSOCK(infos[0].st_mode)) &&
            infos[0].st_dev == infos[1].st_dev &&
            infos[0].st_ino == infos[1].st_ino);
}

/* What was said of a text is of interest only when it failed. */
static enum run_status
told(struct cli *cli, struct session *session, enum run_status status)
{
    if (status >= RUN_WRONG) {
        cli_write_messages_of(cli, session_sources(session));
    }
    diagnostics_clear(&cli->diagnostics);
    return status;
}

static enum run_status
run_text(struct cli *cli, struct session *session, const char *path)
{
    struct buffer text = {0};
    enum run_status status = RUN_WRONG;
    if (!is_standard_input(path)) {
        return told(cli, session,
                    session_run_file(session, path, &result_sink_none));
    }
    int error = file_read_open(STDIN_FILENO, &text);
    if (error) {
        cli_report_file(cli, DIAGNOSTIC_CANNOT_READ, path, error);
    } else {
        status = session_run(session, "<stdin>", buffer_slice(&text),
                             &result_sink_none);
    }
    buffer_free(&text);
    return told(cli, session, status);
}

/* Takes the places out of messages that would point at what nobody wrote. */
static void
drop_places(struct cli *cli, struct session *session, const char *name)
{
    for (size_t i = 0; i < cli->diagnostics.count; i++) {
        struct diagnostic *record = cli->diagnostics.items[i];
        const struct source *source =
            sources_find(session_sources(session), record->primary.span.start);
        if (source && strcmp(source->name, name) == 0) {
            record->primary = (struct diagnostic_place){{0, 0}, NULL};
        }
    }
}

static bool
take_text(void *context, const char *bytes, size_t len)
{
    buffer_add(context, bytes, len);
    return true;
}

/* SDMX-CSV is told by its header; what can be read only once is no such
 * file. */
static bool
is_sdmx(const char *path)
{
    struct stat info;
    return find_file(path, &info) && S_ISREG(info.st_mode) &&
           session_is_sdmx(path);
}

/* A table says nothing of its names: they are those of the other side. */
static enum run_status
run_table(struct cli *cli, struct session *session, const char *path,
          struct session *other)
{
    struct buffer text = {0};
    struct export_sink sink = {&text, take_text, false};
    enum run_status status = session_export(other, EXPORT_FORM_NAMES, &sink);
    if (status == RUN_DONE) {
        status = session_run(session, "names", buffer_slice(&text),
                             &result_sink_none);
    }
    if (status == RUN_DONE) {
        buffer_clear(&text);
        buffer_add_text(&text, "import \"");
        literal_escape(&text, slice_of(path), true);
        buffer_add_text(&text, is_sdmx(path) ? "\" sdmx" : "\"");
        status = session_run(session, "diff", buffer_slice(&text),
                             &result_sink_none);
        drop_places(cli, session, "diff");
    }
    buffer_free(&text);
    return told(cli, session, status);
}

/* Gives a text the parameters of the command line. */
static bool
set_parameters(struct cli *cli, struct session *session)
{
    const struct options *options = &cli->options;
    bool done = true;
    for (size_t i = 0; i < options->param_count && done; i++) {
        done = session_set_param(session, options->params[i].name,
                                 options->params[i].value);
    }
    return done;
}

static struct session *
open_side(struct cli *cli, const char *path, enum form form)
{
    struct session_options options = {.facts = form == FORM_BASE ? path : NULL,
                                      .read_only = form == FORM_BASE,
                                      .passes_exports = true,
                                      .progress = progress_tell};
    return session_open(&options, &cli->diagnostics);
}

enum run_status
sides_read(struct cli *cli, struct session *sides[2])
{
    char **paths = cli->options.arguments;
    enum form forms[2] = {form_of(paths[0]), form_of(paths[1])};
    enum run_status status = RUN_DONE;
    for (int i = 0; i < 2; i++) {
        sides[i] = open_side(cli, paths[i], forms[i]);
        if (!sides[i]) {
            return RUN_SYSTEM;
        }
    }
    for (int i = 0; i < 2 && status < RUN_WRONG; i++) {
        signals_watch(sides[i]);
        if (forms[i] == FORM_TEXT) {
            status = set_parameters(cli, sides[i])
                         ? run_text(cli, sides[i], paths[i])
                         : told(cli, sides[i], RUN_WRONG);
        }
    }
    for (int i = 0; i < 2 && status < RUN_WRONG; i++) {
        signals_watch(sides[i]);
        status = forms[i] == FORM_TABLE
                     ? run_table(cli, sides[i], paths[i], sides[1 - i])
                     : status;
    }
    return status;
}
