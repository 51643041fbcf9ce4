/* The statement `export "FILE"`, and the same for a client. */
#include "eval/export/export.h"

#include "base/output.h"
#include "base/path.h"
#include "store/pack.h"

#include <errno.h>
#include <stdlib.h>

enum { FLUSH_BYTES = 64 * 1024 };

void
export_flush(struct export_out *out, bool all)
{
    const struct export_sink *sink = out->sink;
    if (out->held.len >= FLUSH_BYTES || (all && out->held.len)) {
        bool taken = !out->failed &&
                     sink->write(sink->context, out->held.text, out->held.len);
        out->failed = !taken;
        buffer_clear(&out->held);
    }
}

bool
export_form_of(const char *path, enum export_form *form)
{
    if (path_is_table(path)) {
        bool tabs =
            path_ends_with(path, ".tsv") || path_ends_with(path, ".tsv.gz");
        *form = tabs ? EXPORT_FORM_TSV : EXPORT_FORM_CSV;
        return true;
    }
    *form = EXPORT_FORM_ASSAY;
    return path_ends_with(path, ".assay");
}

bool
export_is_packed(const char *path)
{
    return path_ends_with(path, ".gz");
}

/* Writes all of it to SINK; false after a report, or when the sink failed. */
static bool
write_plain(struct session *session, enum export_form form,
            const struct export_sink *sink, struct export_counts *counts)
{
    struct export_out out = {.sink = sink};
    bool done = false;
    *counts = (struct export_counts){0};
    buffer_clear(&out.held);
    switch (form) {
    case EXPORT_FORM_ASSAY:
        done = export_text(session, &out, counts);
        break;
    case EXPORT_FORM_CSV:
        done = export_table(session, ',', &out, counts);
        break;
    case EXPORT_FORM_TSV:
        done = export_table(session, '\t', &out, counts);
        break;
    case EXPORT_FORM_SDMX:
        done = export_sdmx(session, &out, counts);
        break;
    case EXPORT_FORM_NAMES:
        done = export_names_text(session, &out, counts);
        break;
    }
    if (done && store_is_interrupted(session->store)) {
        diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                        DIAGNOSTIC_INTERRUPTED, (struct span){0, 0},
                        "interrupted");
        done = false;
    }
    if (done) {
        export_flush(&out, true);
    }
    buffer_free(&out.held);
    return done && !out.failed;
}

static bool
write_form(struct session *session, enum export_form form,
           const struct export_sink *sink, struct export_counts *counts)
{
    if (!sink->packed) {
        return write_plain(session, form, sink, counts);
    }
    struct export_sink packing = {pack_open(sink->write, sink->context),
                                  pack_write, false};
    bool done = write_plain(session, form, &packing, counts);
    return pack_close(packing.context, done) && done;
}

/* What a form has no way to say: CSV, that a fact was taken back. */
static void
warn_left_out(struct session *session, struct span span,
              const struct export_counts *counts)
{
    if (counts->left_out) {
        struct diagnostic *record = diagnostics_add(
            session->diagnostics, SEVERITY_WARNING, DIAGNOSTIC_NOTE, span,
            "%zu retracted fact%s not written", counts->left_out,
            counts->left_out == 1 ? " is" : "s are");
        diagnostics_help(session->diagnostics, record,
                         "a file that ends in .assay says them too");
    }
    if (counts->worded) {
        struct diagnostic *record = diagnostics_add(
            session->diagnostics, SEVERITY_WARNING, DIAGNOSTIC_NOTE, span,
            "%zu fact%s no plain number, which SDMX has no way to say: %s in "
            "the column STATED",
            counts->worded, counts->worded == 1 ? " is" : "s are",
            counts->worded == 1 ? "it stands" : "they stand");
        diagnostics_help(session->diagnostics, record,
                         "`import ... sdmx` reads them there; other programs "
                         "find no value in such a row, or only a level");
    }
    if (counts->unnamed) {
        diagnostics_add(session->diagnostics, SEVERITY_WARNING, DIAGNOSTIC_NOTE,
                        span,
                        "%zu name%s no code of SDMX, which has letters, digits "
                        "and _ @ $ -; other programs may refuse %s",
                        counts->unnamed, counts->unnamed == 1 ? " is" : "s are",
                        counts->unnamed == 1 ? "it" : "them");
    }
}

enum run_status
session_export(struct session *session, enum export_form form,
               const struct export_sink *sink)
{
    struct export_counts counts;
    size_t messages = session->diagnostics->count;
    if (!store_begin(session->store)) {
        return session_failure(session, messages);
    }
    if (session->generation != store_generation(session->store)) {
        session_take_names(session);
    }
    bool done = write_form(session, form, sink, &counts);
    if (done) {
        warn_left_out(session, (struct span){0, 0}, &counts);
    }
    store_rollback(session->store);
    store_clear_interrupt(session->store);
    arena_reset(&session->scratch);
    return done ? RUN_DONE : session_failure(session, messages);
}

/* Statements --------------------------------------------------------------- */

static bool
cannot_write(struct session *session, const struct node *at, const char *path,
             const char *reason)
{
    diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                    DIAGNOSTIC_CANNOT_WRITE, at->span,
                    "%s cannot be written: %s", path, reason);
    return false;
}

/* What has been written takes its place when the text has come to a good
 * end. */
static void
keep_for_later(struct session *session, const struct output *output)
{
    void *items = session->exports;
    memory_grow(&items, &session->export_capacity, session->export_count + 1,
                sizeof *session->exports);
    session->exports = items;
    session->exports[session->export_count++] = *output;
}

bool
export_may_write(struct session *session, const struct node *statement)
{
    if (session->options.passes_exports) {
        return true; /* nothing is written */
    }
    if (!session->options.writes_files || session->include_depth > 1) {
        return scope_fail(session, statement, DIAGNOSTIC_MAY_NOT_WRITE,
                          "this text may not write files",
                          "only what you type or run yourself may, and not "
                          "what that includes");
    }
    return true;
}

bool
export_open_file(struct session *session, const struct node *at,
                 const char *path, struct output *output)
{
    const char *reason = session_may_not_replace(session, path);
    if (reason) {
        diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                        DIAGNOSTIC_MAY_NOT_REPLACE, at->span,
                        "%s cannot be replaced: %s", path, reason);
        return false;
    }
    int error = output_open(output, path);
    return !error || cannot_write(session, at, path, strerror(error));
}

bool
export_close_file(struct session *session, const struct node *at,
                  const char *path, struct output *output)
{
    int error = output_finish(output);
    if (error) {
        return cannot_write(session, at, path, strerror(error));
    }
    keep_for_later(session, output);
    return true;
}

static bool
write_file(struct session *session, const struct node *at, const char *path,
           enum export_form form)
{
    struct output output;
    struct export_sink sink = {&output, output_write, export_is_packed(path)};
    struct export_counts counts;
    if (!export_open_file(session, at, path, &output)) {
        return false;
    }
    bool done = write_form(session, form, &sink, &counts);
    if (!done && !output.error) { /* reported */
        output_drop(&output);
        return false;
    }
    if (!export_close_file(session, at, path, &output)) {
        return false;
    }
    diagnostics_add(session->diagnostics, SEVERITY_NOTICE, DIAGNOSTIC_NOTE,
                    at->span, "%zu fact%s written to %s", counts.facts,
                    counts.facts == 1 ? " is" : "s are", path);
    warn_left_out(session, at->span, &counts);
    return true;
}

bool
export_statement(struct session *session, const struct node *statement)
{
    const struct node *at = statement->kid[0];
    enum export_form form;
    if (statement->kid_count > 1 && statement->kid[1]) {
        return scope_fail(session, statement, DIAGNOSTIC_NOT_YET,
                          "`export last to` does not run in this version",
                          "export \"facts.csv\" writes all facts");
    }
    if (!export_may_write(session, statement)) {
        return false;
    }
    const char *path = message_path(session, at);
    if (!path) {
        return false;
    }
    if (statement->kid_count > 2 && statement->kid[2]) {
        form = EXPORT_FORM_SDMX;
    } else if (!export_form_of(path, &form)) {
        struct diagnostic *record = diagnostics_add(
            session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_FILE_FORM,
            at->span, "the ending of %s does not say in which form", path);
        diagnostics_help(
            session->diagnostics, record,
            "facts are exported to a file that ends in .assay, .csv or "
            ".tsv, and in .csv.gz to be packed");
        return false;
    }
    return session->checking || session->options.passes_exports ||
           write_file(session, at, session_path(session, path), form);
}

bool
export_keep_files(struct session *session, bool keep)
{
    bool done = true;
    for (size_t i = 0; i < session->export_count; i++) {
        struct output *output = &session->exports[i];
        if (!keep) {
            output_drop(output);
            continue;
        }
        struct buffer path = {0};
        buffer_add_text(&path, output->target);
        int error = output_keep(output);
        if (error) {
            diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                            DIAGNOSTIC_CANNOT_WRITE, (struct span){0, 0},
                            "%s cannot be written: %s", path.text,
                            strerror(error));
            done = false;
        }
        buffer_free(&path);
    }
    session->export_count = 0;
    return done;
}
