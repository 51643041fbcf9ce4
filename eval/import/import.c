/* The statement `import`: opens the file, runs over its records, says what came
 * of it. */
#include "eval/import/sdmx_import.h"

#include "base/suggest.h"
#include "parser/print.h"

#include <errno.h>
#include <stdlib.h>

enum {
    TICK_ROWS = 4096,
    ALIKE_SHOWN = 3,
    ALIKE_WORK = 4 * 1000 * 1000,
    INSERT_SHARES = 3
};

bool
import_cannot_read(struct import *import)
{
    diagnostics_add(import->session->diagnostics, SEVERITY_ERROR,
                    DIAGNOSTIC_CANNOT_READ, import->statement->kid[0]->span,
                    "cannot read %s: %s", import->path,
                    csv_reason(&import->csv));
    return false;
}

/* Tells how far the import is.  To insert a fact takes longer than to read it:
 * reading counts for one share, inserting, which there is not in memory, for
 * some more. */
static void
tell_share(const struct import *import, double inserted)
{
    const struct session_options *options = &import->session->options;
    bool inserts = options->facts && !options->review && !import->members_of;
    uint64_t parts = inserts ? INSERT_SHARES : 0;
    uint64_t total = import->csv.total;
    if (options->progress) {
        options->progress(options->progress_context,
                          import->csv.done +
                              (uint64_t)(inserted * (double)(total * parts)),
                          total * (1 + parts));
    }
}

static void
tell_inserted(void *context, uint64_t done, uint64_t total)
{
    tell_share(context, (double)done / (double)total);
}

/* Now and then: asks whether to go on, and tells how far it is. */
static bool
tick(struct import *import)
{
    struct session *session = import->session;
    if (import->ticks++ % TICK_ROWS) {
        return true;
    }
    tell_share(import, 0);
    if (store_is_interrupted(session->store)) {
        diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                        DIAGNOSTIC_INTERRUPTED, (struct span){0, 0},
                        "interrupted");
        return false;
    }
    return true;
}

/* False when nothing more can be read: a record with a mistake is no reason. */
static bool
read_record(struct import *import, enum csv_status status)
{
    size_t mistakes = import->mistakes;
    if (status == CSV_FAILED) {
        return import_cannot_read(import);
    }
    import->records++;
    return (status == CSV_BAD ? record_mistake(import) : import_row(import)) ||
           import->mistakes > mistakes;
}

/* How many records have mistakes, as far as the file was read. */
static void
tell_mistakes(struct import *import, bool ended)
{
    struct diagnostics *list = import->session->diagnostics;
    if (import->rejected || import->mistakes < 2) {
        return;
    }
    diagnostics_add(
        list, SEVERITY_NOTICE, DIAGNOSTIC_NOTE, import->statement->kid[0]->span,
        "%zu of %s%zu records cannot be imported; `--reject FILE` "
        "sets them aside",
        import->mistakes, ended ? "" : "the first ", import->records);
}

static bool
read_records(struct import *import)
{
    struct session *session = import->session;
    const struct diagnostics *list = session->diagnostics;
    size_t errors = list->error_count;
    enum csv_status status = CSV_RECORD;
    struct arena outer = session->scratch;
    bool going = true;
    session->scratch = (struct arena){0};
    csv_read_ahead(&import->csv);
    while (going && (status = csv_next(&import->csv)) != CSV_END) {
        going = read_record(import, status) && tick(import) &&
                (list->error_count == errors ||
                 list->error_count < list->error_limit);
        if (session->scratch.current) {
            arena_reset(&session->scratch);
        }
    }
    arena_free(&session->scratch);
    session->scratch = outer;
    tell_mistakes(import, status == CSV_END);
    return list->error_count == errors;
}

/* New names that look like one that was there before. */
static void
note_alike(struct import *import, const struct mapped *mapped,
           struct buffer *text)
{
    const struct session *session = import->session;
    const struct entries *entries = &session->vocabulary->classes[CLASS_MEMBER];
    size_t shown = 0;
    bool members = mapped->field == FIELD_DIMENSION;
    size_t news = members ? entries->count - mapped->known : 0;
    if (news == 0 || mapped->known > ALIKE_WORK / news) {
        return;
    }
    for (size_t id = mapped->known; id < entries->count && shown < ALIKE_SHOWN;
         id++) {
        struct suggestion suggestion;
        struct slice name =
            atoms_text(&session->atoms, entries->items[id].name);
        suggestion_init(&suggestion, name);
        for (size_t old = 1; old < mapped->known; old++) {
            bool alike = entries->items[old].link == mapped->dimension &&
                         entries->items[id].link == mapped->dimension;
            if (alike) {
                suggestion_offer(
                    &suggestion,
                    atoms_text(&session->atoms, entries->items[old].name));
            }
        }
        /* Codes of three letters all look alike. */
        bool says = suggestion.best.len > 3 ||
                    (suggestion.best.len && suggestion.distance == 0);
        if (says) {
            buffer_format(text, "%s%.*s looks like %.*s", shown++ ? ", " : "; ",
                          (int)name.len, name.at, (int)suggestion.best.len,
                          suggestion.best.at);
        }
    }
}

static void
add_declared(struct import *import, const struct mapped *mapped,
             struct buffer *text)
{
    bool members = mapped->field == FIELD_DIMENSION;
    buffer_format(text, "; %zu new %s%s", mapped->declared,
                  members ? "member" : field_word(mapped->field),
                  mapped->declared == 1 ? "" : "s");
    if (members) {
        buffer_format(text, " of %s",
                      vocabulary_name(import->session->vocabulary,
                                      CLASS_DIMENSION, mapped->dimension)
                          .at);
        note_alike(import, mapped, text);
    }
}

/* A file of others takes back nothing that was stated here. */
static void
warn_deleted(struct import *import)
{
    struct diagnostics *list = import->session->diagnostics;
    size_t count = import->sdmx->deleted;
    struct diagnostic *record = diagnostics_add(
        list, SEVERITY_WARNING, DIAGNOSTIC_NOTE,
        import->statement->kid[0]->span,
        "%zu record%s with the action D, which %s figures: nothing was taken "
        "back",
        count, count == 1 ? "" : "s", count == 1 ? "deletes" : "delete");
    diagnostics_help(list, record,
                     "a figure is taken back by: retract actual 2023 exports "
                     "because \"...\"");
}

static void
tell(struct import *import)
{
    struct diagnostics *list = import->session->diagnostics;
    struct span place = import->statement->kid[0]->span;
    struct buffer text = {0};
    const char *what = import->members_of ? "member" : "fact";
    buffer_format(&text, "%zu %s%s from %s", import->facts, what,
                  import->facts == 1 ? "" : "s", import->path);
    if (!import->members_of) {
        buffer_format(&text, ", batch %u", import->batch);
    }
    if (import->empty) {
        buffer_format(&text, "; %zu cell%s without a value", import->empty,
                      import->empty == 1 ? "" : "s");
        absent_tell(import, &text);
    }
    if (import->skipped) {
        buffer_format(&text, "; %zu record%s skipped", import->skipped,
                      import->skipped == 1 ? "" : "s");
    }
    if (import->totals) {
        buffer_format(&text, "; %zu record%s without a member: a total",
                      import->totals, import->totals == 1 ? "" : "s");
    }
    if (import->repeated) {
        buffer_format(&text,
                      "; %zu fact%s of a cell that an earlier record of "
                      "the file speaks of as well: the last one counts",
                      import->repeated, import->repeated == 1 ? "" : "s");
    }
    for (size_t i = 0; i < import->count; i++) {
        if (import->items[i].declared) {
            add_declared(import, &import->items[i], &text);
        }
    }
    if (import->sdmx) {
        sdmx_tell(import, &text);
    }
    diagnostics_add(list, SEVERITY_NOTICE, DIAGNOSTIC_NOTE, place, "%s",
                    text.text);
    buffer_free(&text);
    if (import->sdmx && import->sdmx->deleted) {
        warn_deleted(import);
    }
    if (import->rejected) {
        diagnostics_add(list, SEVERITY_WARNING, DIAGNOSTIC_NOTE, place,
                        "%zu record%s set aside in %s", import->rejected,
                        import->rejected == 1 ? " was" : "s were",
                        import->session->options.reject);
    }
}

static bool
load_facts(struct import *import, const char *mapping)
{
    struct session *session = import->session;
    if (!store_flush(session->store) || !reject_open(import)) {
        return false;
    }
    import->batch = store_add_batch(session->store, import->path);
    import->load = store_load_open(session->store, import->batch);
    if (!read_records(import)) {
        store_load_drop(import->load);
        return false;
    }
    struct buffer hash = {0};
    buffer_clear(&hash);
    if (import->facts) {
        csv_hash(&import->csv, &hash);
    }
    store_mark_import(session->store, import->batch, hash.text, mapping);
    buffer_free(&hash);
    store_load_watch(import->load, tell_inserted, import);
    return store_load_finish(import->load, &import->repeated);
}

static bool
run(struct import *import)
{
    bool again = false;
    if (store_is_at(import->session->store, import->path)) {
        return session_cannot_read(import->session,
                                   import->statement->kid[0]->span,
                                   import->path, "it is the fact base itself");
    }
    if (!session_may_read(import->session, import->path,
                          import->statement->kid[0]->span)) {
        return false;
    }
    if (export_is_pending(import->session, import->path)) {
        return session_cannot_read(import->session,
                                   import->statement->kid[0]->span,
                                   import->path, EXPORT_PENDING);
    }
    if (!csv_open(&import->csv, import->path)) {
        return import_cannot_read(import);
    }
    export_note_input(import->session, import->path);
    if (!import_map(import)) {
        return false;
    }
    if (import->members_of) {
        return reject_open(import) && read_records(import);
    }
    const char *mapping = import_mapping(import);
    return import_was_done(import, mapping, &again) &&
           (again || load_facts(import, mapping));
}

bool
import_statement(struct session *session, const struct node *statement)
{
    if (session->checking) {
        session->unread = true;
        return true; /* nothing is read when nothing can land */
    }
    const char *path = message_path(session, statement->kid[0]);
    if (!path || !session_write(session)) {
        return false;
    }
    struct import *import = memory_alloc(sizeof *import);
    *import = (struct import){
        .session = session,
        .statement = statement,
        .path = session_path(session, path),
    };
    bool done = run(import);
    if (done && (import->members_of || import->batch)) {
        tell(import);
    }
    csv_close(&import->csv);
    if (session->options.progress) {
        session->options.progress(session->options.progress_context, 0, 0);
    }
    done = reject_close(import) && done;
    for (size_t i = 0; i < import->count; i++) {
        cache_free(&import->items[i].cache);
    }
    free(import->pending);
    arena_free(&import->arena);
    free(import);
    session->unread = session->unread || !done;
    return done;
}
