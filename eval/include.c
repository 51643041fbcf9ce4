/* Files that a text names: where they lie, reading them, running them. */
#include "base/suggest.h"
#include "eval/scope.h"
#include "stdlib/text.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Thirty files that name one another twice would be read 2^30 times. */
enum { INCLUDE_DEPTH_MAX = 32, INCLUDE_COUNT_MAX = 10000 };

bool
session_cannot_read(struct session *session, struct span span, const char *path,
                    const char *reason)
{
    diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                    DIAGNOSTIC_CANNOT_READ, span, "cannot read %s: %s", path,
                    reason);
    return false;
}

/* What a review reads is untrusted: it names no other file than the command
 * line did. */
bool
session_may_read(struct session *session, const char *path, struct span span)
{
    const struct session_options *options = &session->options;
    struct stat info;
    struct stat named;
    bool found = !options->named_files_only || text_is_named(path);
    for (size_t i = 0;
         !found && i < options->named_file_count && stat(path, &info) == 0;
         i++) {
        found = stat(options->named_files[i], &named) == 0 &&
                named.st_dev == info.st_dev && named.st_ino == info.st_ino;
    }
    if (!found) {
        struct diagnostic *record = diagnostics_add(
            session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_NOT_NAMED, span,
            "the command line did not name %s", path);
        diagnostics_help(session->diagnostics, record,
                         "a review reads the files that it was given: name "
                         "this one too");
    }
    return found;
}

bool
session_read_file(struct session *session, const char *path, struct span span,
                  struct buffer *text)
{
    struct stat info;
    if (!session_may_read(session, path, span)) {
        return false;
    }
    /* To close any other descriptor of the base would end its locks. */
    if (store_is_at(session->store, path)) {
        return session_cannot_read(session, span, path,
                                   "it is the fact base itself");
    }
    if (export_is_pending(session, path)) {
        return session_cannot_read(session, span, path, EXPORT_PENDING);
    }
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return session_cannot_read(session, span, path, strerror(errno));
    }
    if (fstat(file, &info) == 0 && S_ISDIR(info.st_mode)) {
        close(file);
        return session_cannot_read(session, span, path, "it is a folder");
    }
    export_note_input(session, path);
    buffer_clear(text);
    buffer_reserve(text, info.st_size > 0 ? (size_t)info.st_size + 1 : 65536);
    for (;;) {
        buffer_reserve(text, 65536);
        ssize_t count =
            read(file, text->text + text->len, text->capacity - text->len - 1);
        if (count < 0 && errno == EINTR) {
            continue;
        }
        if (count <= 0) {
            int error = errno;
            close(file);
            text->text[text->len] = '\0';
            return count == 0 ||
                   session_cannot_read(session, span, path, strerror(error));
        }
        text->len += (size_t)count;
        if (text->len > UINT32_MAX) { /* perhaps a device without an end */
            close(file);
            return session_cannot_read(session, span, path, strerror(EFBIG));
        }
    }
}

/* The text of the library that PATH names, which is built in. */
static bool
read_library_text(struct session *session, const char *path, struct span span,
                  struct buffer *text)
{
    struct slice name = slice_of(path + strlen(TEXTS_BEGIN));
    const struct library_file *file = text_find(name);
    struct suggestion suggestion;
    if (file && (text_has_countries() || !text_needs_countries(file))) {
        buffer_add(text, file->text, file->length);
        return true;
    }
    struct diagnostic *record = diagnostics_add(
        session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_CANNOT_READ, span,
        file ? "cannot read %s: this program was built without iso-codes"
             : "cannot read %s: the library has no such text",
        path);
    suggestion_init(&suggestion, name);
    for (size_t i = 0; !file && i < library_file_count; i++) {
        suggestion_offer(&suggestion, text_name(&library_files[i]));
    }
    if (!file && suggestion.best.len) {
        diagnostics_label(session->diagnostics, record,
                          "did you mean `" TEXTS_BEGIN "%.*s`?",
                          (int)suggestion.best.len, suggestion.best.at);
    }
    if (!file) {
        diagnostics_help(session->diagnostics, record,
                         "the texts stand in: help include");
    }
    return false;
}

const char *
session_path(struct session *session, const char *path)
{
    const char *from = session->source ? session->source->name : "";
    const char *slash = strrchr(from, '/');
    if (path[0] == '/' || !slash) {
        return path;
    }
    size_t folder = (size_t)(slash - from) + 1;
    size_t len = strlen(path);
    char *joined = arena_alloc(&session->scratch, folder + len + 1);
    memcpy(joined, from, folder);
    memcpy(joined + folder, path, len);
    return joined;
}

bool
include_statement(struct session *session, const struct node *statement)
{
    const struct node *node = statement->kid[0];
    const char *path = message_path(session, node);
    struct buffer text = {0};
    if (!path) {
        return false;
    }
    bool in_text = text_is_named(path);
    path = in_text ? path : session_path(session, path);
    for (size_t i = 0; i < session->include_depth; i++) {
        if (strcmp(session->includes[i], path) == 0 ||
            session->include_depth >= INCLUDE_DEPTH_MAX) {
            diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                            DIAGNOSTIC_INCLUDE_CYCLE, node->span,
                            "%s is being read already", path);
            return false;
        }
    }
    if (++session->include_count > INCLUDE_COUNT_MAX) {
        diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                        DIAGNOSTIC_INCLUDE_CYCLE, node->span,
                        "more than %d files are included", INCLUDE_COUNT_MAX);
        return false;
    }
    if (!in_text && session->options.named_files_only) {
        /* It is an input of its own, and its facts count once. */
        return session_may_read(session, path, node->span);
    }
    if (!(in_text ? read_library_text(session, path, node->span, &text)
                  : session_read_file(session, path, node->span, &text))) {
        buffer_free(&text);
        return false;
    }
    struct source *source = sources_take(&session->sources, path, &text);
    buffer_free(&text);
    if (!source) {
        return session_cannot_read(session, node->span, path, "too much text");
    }
    const char *open[INCLUDE_DEPTH_MAX + 1];
    const struct source *outer = session->source;
    struct focus focus = session->focus;
    struct context context = session->context;
    const char *const *includes = session->includes;
    uint32_t batch = session->batch;
    bool was_in_text = session->in_text;
    session->in_text = in_text;
    if (session->include_depth) {
        memcpy(open, includes, session->include_depth * sizeof *open);
    }
    open[session->include_depth] = source->name;
    session->includes = open;
    session->include_depth++;
    /* The statement that included lives on behind the scratch of the file. */
    struct arena scratch = session->scratch;
    session->scratch = (struct arena){0};
    if (session->takes & TAKE_REST) { /* what is declared is in no batch */
        session->batch = store_add_batch(session->store, source->name);
    }
    session_run_statements(session, source);
    arena_free(&session->scratch);
    session->scratch = scratch;
    session->batch = batch;
    session->in_text = was_in_text;
    session->include_depth--;
    session->includes = includes;
    session->source = outer;
    session->focus = focus;
    session->next_focus.set = false;
    session->context = context;
    return !session->checking;
}
