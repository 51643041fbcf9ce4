/* Opening, closing, transactions. */
#include "store/internal.h"

#include <stdlib.h>
#include <sys/stat.h>

struct store *
store_open(const char *path, bool read_only, struct atoms *atoms,
           struct diagnostics *diagnostics)
{
    struct store *store = memory_alloc(sizeof *store);
    *store = (struct store){
        .read_only = read_only,
        .diagnostics = diagnostics,
        .next_record = 1,
        .first_batch = 1,
        .transaction = 1,
        .version = 1,
    };
    vocabulary_init(&store->vocabulary, atoms);
    store->saved = vocabulary_mark(&store->vocabulary);
    if (path && (!open_base(store, path) || !store_begin(store) ||
                 !store_commit(store))) {
        store_close(store);
        return NULL;
    }
    return store;
}

void
store_close(struct store *store)
{
    for (int i = 0; i < SQL_COUNT; i++) {
        sqlite3_finalize(store->statements[i]);
    }
    pool_close(store);
    sqlite3_close(store->db);
    free((void *)(uintptr_t)store->path);
    vocabulary_free(&store->vocabulary);
    overlay_free(&store->overlay);
    batches_truncate(store, 0);
    retractions_truncate(store, 0);
    undo_free(store);
    free(store->batches);
    free(store->retractions);
    index_free(&store->retracted);
    free(store->withdrawn);
    free(store->touched);
    free(store->loaded_dimensions);
    free(store->loaded_metrics);
    free(store->derived);
    free(store->constraints);
    free(store->extents);
    arena_free(&store->derived_texts);
    free(store);
}

/* Whatever a text of a review makes us ask, it only reads. */
static int
allow_reading(void *context, int action, const char *a, const char *b,
              const char *c, const char *d)
{
    (void)context, (void)a, (void)b, (void)c, (void)d;
    bool reads = action == SQLITE_SELECT || action == SQLITE_READ ||
                 action == SQLITE_FUNCTION || action == SQLITE_RECURSIVE ||
                 action == SQLITE_TRANSACTION || action == SQLITE_PRAGMA;
    return reads ? SQLITE_OK : SQLITE_DENY;
}

void
store_keep_nothing(struct store *store)
{
    store->keeps_nothing = true;
    if (store->db) {
        sqlite3_set_authorizer(store->db, allow_reading, NULL);
    }
}

struct vocabulary *
store_vocabulary(struct store *store)
{
    return &store->vocabulary;
}

bool
store_is_file(const struct store *store)
{
    return store->db != NULL;
}

bool
store_is_at(const struct store *store, const char *path)
{
    struct stat info;
    return store->db && stat(path, &info) == 0 &&
           info.st_dev == store->device && info.st_ino == store->inode;
}

static void
take_marks(struct store *store)
{
    store->begun = vocabulary_mark(&store->vocabulary);
    vocabulary_forget_changes(&store->vocabulary);
    store->begun_facts = store->overlay.count;
    store->begun_details = store->overlay.detail_count;
    store->begun_record = store->next_record;
    store->begun_batches = store->batch_count;
    store->begun_retractions = store->retraction_count;
    store->saved_retractions = store->retraction_count;
}

/* What others wrote moves it: names and facts of one version belong
 * together. */
static bool
read_data_version(struct store *store, int64_t *version)
{
    sqlite3_stmt *statement = store_statement(store, SQL_DATA_VERSION);
    if (!statement) {
        return false;
    }
    int status = sqlite3_step(statement);
    *version = sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    return status == SQLITE_ROW || store_failed(store, status);
}

/* Another process has written: its names are read before anything is. */
static bool
refresh(struct store *store)
{
    int64_t version;
    if (!read_data_version(store, &version)) {
        return false;
    }
    if (version == store->data_version) {
        return true;
    }
    store->data_version = version;
    return dictionary_load(store);
}

/* A transaction sees one state of the base from its first read on: it is made
 * to read now, so that names and facts are of the same state. */
static bool
hold_snapshot(struct store *store)
{
    sqlite3_stmt *statement = store_statement(store, SQL_COUNTER);
    if (!statement) {
        return false;
    }
    int status = sqlite3_step(statement);
    sqlite3_reset(statement);
    return status == SQLITE_ROW || status == SQLITE_DONE ||
           store_failed(store, status);
}

bool
store_peek(struct store *store)
{
    int64_t version = 0;
    if (!store->db || store->reading) {
        return true;
    }
    if (store_run_statement(store, SQL_BEGIN) && hold_snapshot(store) &&
        read_data_version(store, &version) && version == store->data_version) {
        return true;
    }
    store_peek_end(store);
    return false;
}

void
store_peek_end(struct store *store)
{
    if (store->db && !store->reading) {
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    }
}

bool
store_begin(struct store *store)
{
    if (!store->reading) {
        if (store->db && (!store_run_statement(store, SQL_BEGIN) ||
                          !hold_snapshot(store) || !refresh(store))) {
            sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
            return false;
        }
        store->reading = true;
        store->extents_broken = false;
        take_marks(store);
    }
    return true;
}

bool
store_write(struct store *store)
{
    if (store->writing) {
        return true;
    }
    if (!store->db || store->keeps_nothing) {
        store->writing = true;
        return store_begin(store);
    }
    if (store->read_only) {
        return store_failed(store, SQLITE_READONLY);
    }
    /* The read transaction of this script becomes the writing one.  Only when
     * nothing was read yet may names of another process have come in. */
    if (store->reading) {
        store_run_statement(store, SQL_ROLLBACK);
    }
    if (!store_run_statement(store, SQL_BEGIN_WRITE)) {
        store_run_statement(store, SQL_BEGIN);
        return false;
    }
    store->writing = store->reading = true;
    uint64_t generation = store->generation;
    if (!refresh(store)) {
        return false;
    }
    if (store->generation != generation) {
        take_marks(store); /* what there is now is what came before us */
    }
    return true;
}

bool
store_reload(struct store *store)
{
    bool loaded = dictionary_load(store);
    take_marks(store);
    store->changed = true;
    return loaded;
}

void
store_touch(struct store *store, uint32_t metric, bool constrains,
            int64_t record)
{
    struct touched *last =
        store->touched_count ? &store->touched[store->touched_count - 1] : NULL;
    bool same = last && last->metric == metric;
    for (size_t i = 0; !same && i < store->touched_count; i++) {
        if (store->touched[i].metric == metric) {
            last = &store->touched[i];
        }
    }
    if (!last || last->metric != metric) {
        void *items = store->touched;
        memory_grow(&items, &store->touched_capacity, store->touched_count + 1,
                    sizeof *store->touched);
        store->touched = items;
        last = &store->touched[store->touched_count++];
        *last = (struct touched){.metric = metric};
    }
    last->constrains = last->constrains || constrains;
    last->record = record > last->record ? record : last->record;
}

bool
store_flush(struct store *store)
{
    if (!store->db || store->keeps_nothing) {
        return true;
    }
    bool done = dictionary_save(store) && commit_facts(store, false);
    store->saved = vocabulary_mark(&store->vocabulary);
    store->flushed = true;
    store->version++;
    return done;
}

static void
end_transaction(struct store *store)
{
    store->reading = store->writing = store->changed = store->withdrew =
        store->flushed = false;
    store->touched_count = 0;
}

static bool
commit_file(struct store *store)
{
    bool marks = store_has_changes(store) || store->withdrew;
    if (!dictionary_save(store) || !commit_facts(store, true) ||
        (marks && !transaction_save(store)) ||
        !store_run_statement(store, SQL_COMMIT)) {
        store_rollback(store);
        return false;
    }
    store->transaction += marks;
    store->saved = vocabulary_mark(&store->vocabulary);
    overlay_truncate(&store->overlay, INT64_MIN, 0);
    store->version++;
    return true;
}

bool
store_commit(struct store *store)
{
    bool done = true;
    if (store->keeps_nothing) {
        store_rollback(store);
        return true;
    }
    if (store->db && store->writing) {
        if (!commit_file(store)) {
            return false;
        }
    } else if (store->db && store->reading) {
        done = store_run_statement(store, SQL_COMMIT);
    } else if (!store->db) {
        bool changes = store_has_changes(store) || store->withdrew;
        undo_finish(store);
        if (changes) {
            undo_push(store);
            store->transaction++;
        }
    }
    end_transaction(store);
    return done;
}

/* Batches that this transaction withdrew count again. */
static void
forget_withdrawals(struct store *store)
{
    for (size_t i = 0; store->withdrew && i < store->batch_count; i++) {
        if (store->batches[i].withdrawn == store->transaction) {
            store->batches[i].withdrawn = 0;
            batch_mark(store, store->batches[i].number, false);
        }
    }
    if (store->db && store->changed) {
        store->data_version = -1; /* all names are read again */
    }
}

void
store_rollback(struct store *store)
{
    if (store->db && store->reading && !sqlite3_get_autocommit(store->db)) {
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    }
    if (store->reading) {
        undo_forget(store);
        forget_withdrawals(store);
        vocabulary_truncate(&store->vocabulary, &store->begun);
        overlay_truncate(&store->overlay, store->begun_record,
                         store->begun_details);
        store->next_record = store->begun_record;
        batches_truncate(store, store->begun_batches);
        retractions_truncate(store, store->begun_retractions);
        if (store->db) {
            store->saved = store->begun;
        }
        store->saved_retractions = store->begun_retractions;
        store->version++;
    }
    end_transaction(store);
}

void
store_forget_facts(struct store *store)
{
    overlay_truncate(&store->overlay, store->begun_record,
                     store->begun_details);
    retractions_truncate(store, store->begun_retractions);
    store->next_record = store->begun_record;
    store->version++;
}

uint64_t
store_version(const struct store *store)
{
    return store->version;
}

uint64_t
store_generation(const struct store *store)
{
    return store->generation;
}

void
store_interrupt(struct store *store)
{
    store->interrupted = 1;
    if (store->db) {
        sqlite3_interrupt(store->db);
    }
}

bool
store_is_interrupted(const struct store *store)
{
    return store->interrupted != 0;
}

void
store_clear_interrupt(struct store *store)
{
    store->interrupted = 0;
}
