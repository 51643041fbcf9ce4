#include "cli/sides.h"

#include "cli/file.h"
#include "cli/signals.h"
#include "lexer/literal.h"

#include <fcntl.h>
#include <unistd.h>

/* Answers of a text are of no interest here. */
static void
drop_begin(void *context, const struct result_head *head)
{
    (void)context;
    (void)head;
}

static bool
drop_row(void *context, const struct result_value *values, const char *note)
{
    (void)context;
    (void)values;
    (void)note;
    return true;
}

static void
drop_end(void *context, const struct result_foot *foot)
{
    (void)context;
    (void)foot;
}

static void
drop_text(void *context, struct slice text)
{
    (void)context;
    (void)text;
}

static const struct result_sink drop_sink = {NULL, drop_begin, drop_row,
                                             drop_end, drop_text};

enum form { FORM_BASE, FORM_TEXT, FORM_TABLE };

static enum form
form_of(const char *path)
{
    static const char magic[] = "SQLite format 3";
    char head[sizeof magic] = {0};
    enum export_form form;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool is_base = fd >= 0 &&
                   read(fd, head, sizeof head) == (ssize_t)sizeof head &&
                   memcmp(head, magic, sizeof magic) == 0;
    if (fd >= 0) {
        close(fd);
    }
    bool is_table = export_form_of(path, &form) && form == EXPORT_FORM_CSV;
    return is_base ? FORM_BASE : is_table ? FORM_TABLE : FORM_TEXT;
}

bool
side_is_table(const char *path)
{
    return form_of(path) == FORM_TABLE;
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
    if (strcmp(path, "-") != 0) {
        return told(cli, session, session_run_file(session, path, &drop_sink));
    }
    int error = file_read_open(STDIN_FILENO, &text);
    if (error) {
        cli_report_file(cli, DIAGNOSTIC_CANNOT_READ, path, error);
    } else {
        status =
            session_run(session, "<stdin>", buffer_slice(&text), &drop_sink);
    }
    buffer_free(&text);
    return told(cli, session, status);
}

static bool
take_text(void *context, const char *bytes, size_t len)
{
    buffer_add(context, bytes, len);
    return true;
}

/* A table says nothing of its names: they are those of the other side. */
static enum run_status
run_table(struct cli *cli, struct session *session, const char *path,
          struct session *other)
{
    struct buffer text = {0};
    struct export_sink sink = {&text, take_text};
    enum run_status status = session_export(other, EXPORT_FORM_NAMES, &sink);
    if (status == RUN_DONE) {
        status = session_run(session, "names", buffer_slice(&text), &drop_sink);
    }
    if (status == RUN_DONE) {
        buffer_clear(&text);
        buffer_add_text(&text, "import \"");
        literal_escape(&text, slice_of(path), true);
        buffer_add_char(&text, '"');
        status = session_run(session, "diff", buffer_slice(&text), &drop_sink);
    }
    buffer_free(&text);
    return told(cli, session, status);
}

static struct session *
open_side(struct cli *cli, const char *path, enum form form)
{
    struct session_options options = {.facts = form == FORM_BASE ? path : NULL,
                                      .read_only = form == FORM_BASE};
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
        status =
            forms[i] == FORM_TEXT ? run_text(cli, sides[i], paths[i]) : status;
    }
    for (int i = 0; i < 2 && status < RUN_WRONG; i++) {
        signals_watch(sides[i]);
        status = forms[i] == FORM_TABLE
                     ? run_table(cli, sides[i], paths[i], sides[1 - i])
                     : status;
    }
    return status;
}
