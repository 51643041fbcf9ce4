/* Batches and transactions: which inputs the facts came from, and which of them
 * were withdrawn.
 *
 * Nothing is erased.  A transaction that is taken back and a batch that is
 * withdrawn are marked; their facts are skipped by a table in memory, and the
 * names that a transaction declared are passed over when names are read.  In
 * memory there is no other reader, so there undoing is a truncation.
 */
#include "store/internal.h"

#include <stdlib.h>

static char *
own_text(const char *text)
{
    size_t len = strlen(text) + 1;
    return memcpy(memory_alloc(len), text, len);
}

static void
free_text(const char *text)
{
    free((void *)(uintptr_t)text);
}

static struct batch *
batch_of(struct store *store, uint32_t number)
{
    return number >= store->first_batch &&
                   number - store->first_batch < store->batch_count
               ? &store->batches[number - store->first_batch]
               : NULL;
}

uint32_t
store_add_batch(struct store *store, const char *input)
{
    void *items = store->batches;
    memory_grow(&items, &store->batch_capacity, store->batch_count + 1,
                sizeof *store->batches);
    store->batches = items;
    uint32_t number = store->first_batch + (uint32_t)store->batch_count;
    store->batches[store->batch_count++] = (struct batch){
        .number = number,
        .transaction = store->transaction,
        .input = own_text(input),
        .hash = own_text(""),
        .mapping = own_text(""),
        .reason = own_text(""),
    };
    return number;
}

void
store_mark_import(struct store *store, uint32_t number, const char *hash,
                  const char *mapping)
{
    struct batch *batch = batch_of(store, number);
    batch->imported = true;
    free_text(batch->hash);
    free_text(batch->mapping);
    batch->hash = own_text(hash);
    batch->mapping = own_text(mapping);
}

void
batches_truncate(struct store *store, size_t count)
{
    while (store->batch_count > count) {
        const struct batch *batch = &store->batches[--store->batch_count];
        free_text(batch->input);
        free_text(batch->hash);
        free_text(batch->mapping);
        free_text(batch->reason);
    }
}

const char *
store_batch_input(struct store *store, uint32_t number, struct arena *arena)
{
    const struct batch *batch = batch_of(store, number);
    const char *input = "";
    if (batch) {
        return batch->input;
    }
    sqlite3_stmt *statement =
        store->db ? store_statement(store, SQL_BATCH) : NULL;
    if (statement) {
        sqlite3_bind_int64(statement, 1, number);
        if (sqlite3_step(statement) == SQLITE_ROW) {
            input = arena_copy(arena,
                               (const char *)sqlite3_column_text(statement, 0),
                               (size_t)sqlite3_column_bytes(statement, 0));
        }
        sqlite3_reset(statement);
    }
    return input;
}

/* Which batches count ------------------------------------------------------ */

void
batch_mark(struct store *store, uint32_t number, bool withdrawn)
{
    if (number >= store->withdrawn_room) {
        size_t room = (size_t)number + 64;
        store->withdrawn = memory_resize(store->withdrawn, room);
        memset(store->withdrawn + store->withdrawn_room, 0,
               room - store->withdrawn_room);
        store->withdrawn_room = room;
    }
    if (store->withdrawn[number] != withdrawn) {
        store->withdrawn[number] = withdrawn;
        store->withdrawn_count += withdrawn ? 1 : (size_t)-1;
    }
}

bool
batch_is_withdrawn(const struct store *store, uint32_t number)
{
    return number < store->withdrawn_room && store->withdrawn[number];
}

bool
store_batch_counts(const struct store *store, uint32_t batch)
{
    return !batch_is_withdrawn(store, batch);
}

bool
store_batch_is_running(const struct store *store, uint32_t batch)
{
    return batch >= store->first_batch + store->begun_batches;
}

/* Fills the table from the file, and the numbers that come next. */
bool
batches_load(struct store *store)
{
    sqlite3_stmt *row = store_prepare(
        store, "SELECT batch.id FROM batch LEFT JOIN \"transaction\" AS t"
               " ON t.id = batch.\"transaction\""
               " WHERE batch.withdrawn <> 0 OR t.withdrawn <> 0");
    int status = row ? SQLITE_ROW : SQLITE_ERROR;
    if (store->withdrawn_room) {
        memset(store->withdrawn, 0, store->withdrawn_room);
    }
    store->withdrawn_count = 0;
    while (row && (status = sqlite3_step(row)) == SQLITE_ROW) {
        int64_t number = sqlite3_column_int64(row, 0);
        if (number < 1 || number >= (int64_t)store->first_batch) {
            status = SQLITE_CORRUPT;
            break;
        }
        batch_mark(store, (uint32_t)number, true);
    }
    sqlite3_finalize(row);
    return status == SQLITE_DONE || (row && store_failed(store, status));
}

static bool
has_something(const struct batch *batch)
{
    return batch->facts || batch->retractions || batch->imported;
}

bool
batches_save(struct store *store)
{
    sqlite3_stmt *statement = store_prepare(
        store, "INSERT OR REPLACE INTO batch VALUES(?1, ?2, ?3, ?4, ?5, ?6,"
               " ?7, ?8, ?9, ?10)");
    bool done = statement != NULL;
    for (size_t i = store->begun_batches; done && i < store->batch_count; i++) {
        const struct batch *batch = &store->batches[i];
        if (!has_something(batch)) {
            continue;
        }
        sqlite3_bind_int64(statement, 1, batch->number);
        sqlite3_bind_int64(statement, 2, store->transaction);
        store_bind_chars(statement, 3, batch->input);
        sqlite3_bind_int(statement, 4, batch->imported);
        store_bind_chars(statement, 5, batch->hash);
        store_bind_chars(statement, 6, batch->mapping);
        sqlite3_bind_int64(statement, 7, batch->facts);
        sqlite3_bind_int64(statement, 8, batch->retractions);
        sqlite3_bind_int64(statement, 9, batch->withdrawn);
        store_bind_chars(statement, 10, batch->reason);
        done = store_step_done(store, statement);
    }
    sqlite3_finalize(statement);
    return done;
}

static const char *
column_chars(sqlite3_stmt *row, int column)
{
    const char *text = (const char *)sqlite3_column_text(row, column);
    return text ? text : "";
}

static bool
each_saved(struct store *store,
           void (*each)(void *context, const struct batch *batch),
           void *context)
{
    sqlite3_stmt *row = store_prepare(
        store,
        "SELECT batch.id, batch.\"transaction\", batch.withdrawn,"
        " coalesce(t.withdrawn, 0), imported, facts, retractions, input,"
        " hash, mapping, reason FROM batch LEFT JOIN \"transaction\" AS t"
        " ON t.id = batch.\"transaction\" ORDER BY batch.id");
    int status = row ? SQLITE_ROW : SQLITE_ERROR;
    while (row && (status = sqlite3_step(row)) == SQLITE_ROW) {
        struct batch batch = {
            .number = (uint32_t)sqlite3_column_int64(row, 0),
            .transaction = (uint32_t)sqlite3_column_int64(row, 1),
            .withdrawn = (uint32_t)sqlite3_column_int64(row, 2),
            .undone = sqlite3_column_int(row, 3) != 0,
            .imported = sqlite3_column_int(row, 4) != 0,
            .facts = sqlite3_column_int64(row, 5),
            .retractions = sqlite3_column_int64(row, 6),
            .input = column_chars(row, 7),
            .hash = column_chars(row, 8),
            .mapping = column_chars(row, 9),
            .reason = column_chars(row, 10),
        };
        if (!batch_of(store, batch.number) ||
            batch.number < store->first_batch + store->begun_batches) {
            each(context, &batch);
        }
    }
    sqlite3_finalize(row);
    return status == SQLITE_DONE || (row && store_failed(store, status));
}

bool
store_each_batch(struct store *store,
                 void (*each)(void *context, const struct batch *batch),
                 void *context)
{
    if (store->db && !each_saved(store, each, context)) {
        return false;
    }
    /* Those of this transaction, and in memory all of them. */
    size_t from = store->db ? store->begun_batches : 0;
    for (size_t i = from; i < store->batch_count; i++) {
        if (has_something(&store->batches[i])) {
            each(context, &store->batches[i]);
        }
    }
    return true;
}

/* Withdrawing -------------------------------------------------------------- */

/* Counts of facts by period, from those batches that count. */
static bool
rebuild_extents(struct store *store)
{
    return store_execute(
        store,
        "DELETE FROM extent; INSERT INTO extent SELECT metric, frequency,"
        " kind, period, sum(batch_extent.facts), max(last_day)"
        " FROM batch_extent JOIN batch ON batch.id = batch_extent.batch"
        " LEFT JOIN \"transaction\" AS t ON t.id = batch.\"transaction\""
        " WHERE batch.withdrawn = 0 AND coalesce(t.withdrawn, 0) = 0"
        " GROUP BY metric, frequency, kind, period");
}

static bool
withdraw_saved(struct store *store, uint32_t number, const char *reason)
{
    sqlite3_stmt *statement =
        store_prepare(store, "UPDATE batch SET withdrawn = ?2, reason = ?3"
                             " WHERE id = ?1");
    bool done = statement != NULL;
    if (done) {
        sqlite3_bind_int64(statement, 1, number);
        sqlite3_bind_int64(statement, 2, store->transaction);
        store_bind_chars(statement, 3, reason);
        done = store_step_done(store, statement);
    }
    sqlite3_finalize(statement);
    return done && sections_drop_batch(store, number) && rebuild_extents(store);
}

bool
store_withdraw_batch(struct store *store, uint32_t number, const char *reason)
{
    struct batch *batch = batch_of(store, number);
    if (store->db && !withdraw_saved(store, number, reason)) {
        return false;
    }
    if (batch) {
        batch->withdrawn = store->transaction;
        free_text(batch->reason);
        batch->reason = own_text(reason);
    }
    batch_mark(store, number, true);
    store->changed = store->withdrew = true;
    store->version++;
    return true;
}

/* Transactions ------------------------------------------------------------- */

bool
store_has_changes(const struct store *store)
{
    struct vocabulary_mark now = vocabulary_mark(&store->vocabulary);
    bool stated = store->next_record != store->begun_record;
    for (size_t i = store->begun_batches; i < store->batch_count; i++) {
        stated = stated || store->batches[i].imported; /* without a fact too */
    }
    return stated ||
           memcmp(&now.counts, &store->begun.counts, sizeof now.counts) != 0 ||
           now.units != store->begun.units || now.parts != store->begun.parts;
}

bool
transaction_save(struct store *store)
{
    sqlite3_stmt *statement = store_prepare(
        store, "INSERT OR IGNORE INTO \"transaction\" VALUES(?1, 0)");
    bool done = statement != NULL;
    if (done) {
        sqlite3_bind_int64(statement, 1, store->transaction);
        done = store_step_done(store, statement);
    }
    sqlite3_finalize(statement);
    return done;
}

static void *
copy_items(const void *items, size_t bytes)
{
    void *copy = memory_alloc(bytes ? bytes : 1);
    if (bytes) {
        memcpy(copy, items, bytes);
    }
    return copy;
}

/* Remembers how the last transaction in memory began. */
void
undo_push(struct store *store)
{
    void *items = store->undo;
    struct vocabulary *vocabulary = &store->vocabulary;
    memory_grow(&items, &store->undo_capacity, store->undo_count + 1,
                sizeof *store->undo);
    store->undo = items;
    struct undo_point *point = &store->undo[store->undo_count++];
    *point = (struct undo_point){
        .transaction = store->transaction,
        .mark = store->begun,
        .change_count = vocabulary->change_count,
        .line_change_count = vocabulary->line_change_count,
        .record = store->begun_record,
        .details = store->begun_details,
        .batches = store->begun_batches,
        .retractions = store->begun_retractions,
    };
    point->changes = copy_items(vocabulary->changes,
                                point->change_count * sizeof *point->changes);
    point->line_changes =
        copy_items(vocabulary->line_changes,
                   point->line_change_count * sizeof *point->line_changes);
}

static void
free_point(struct undo_point *point)
{
    free(point->changes);
    free(point->line_changes);
}

void
undo_free(struct store *store)
{
    while (store->undo_count) {
        free_point(&store->undo[--store->undo_count]);
    }
    free(store->undo);
}

/* In memory a transaction is taken back in two steps: its batches no longer
 * count at once, and it is cut off when the text that takes it back has come to
 * its end; until then it can come back. */
static void
mark_undone(struct store *store, uint32_t transaction, bool undone)
{
    for (size_t i = 0; i < store->begun_batches; i++) {
        struct batch *batch = &store->batches[i];
        if (batch->transaction == transaction) {
            batch->undone = undone;
            batch_mark(store, batch->number, undone || batch->withdrawn);
        } else if (batch->withdrawn == transaction) {
            batch_mark(store, batch->number, !undone); /* it counts again */
        }
    }
}

static void
undo_in_memory(struct store *store)
{
    store->undo_pending++;
    mark_undone(
        store, store->undo[store->undo_count - store->undo_pending].transaction,
        true);
    store->version++;
}

static void
cut_off(struct store *store, const struct undo_point *point)
{
    struct vocabulary *vocabulary = &store->vocabulary;
    void *changes = vocabulary->changes;
    void *lines = vocabulary->line_changes;
    memory_grow(&changes, &vocabulary->change_capacity, point->change_count,
                sizeof *vocabulary->changes);
    memory_grow(&lines, &vocabulary->line_change_capacity,
                point->line_change_count, sizeof *vocabulary->line_changes);
    vocabulary->changes = changes;
    vocabulary->line_changes = lines;
    vocabulary->change_count = point->change_count;
    vocabulary->line_change_count = point->line_change_count;
    if (point->change_count) {
        memcpy(vocabulary->changes, point->changes,
               point->change_count * sizeof *point->changes);
    }
    if (point->line_change_count) {
        memcpy(vocabulary->line_changes, point->line_changes,
               point->line_change_count * sizeof *point->line_changes);
    }
    vocabulary_truncate(vocabulary, &point->mark);
    overlay_truncate(&store->overlay, point->record, point->details);
    retractions_truncate(store, point->retractions);
}

void
undo_finish(struct store *store)
{
    /* Names that came behind it hold it where it is; it does not count. */
    bool cuts = store->undo_pending && !store_has_changes(store);
    for (; store->undo_pending; store->undo_pending--) {
        struct undo_point *point = &store->undo[--store->undo_count];
        for (size_t i = 0; i < store->batch_count; i++) {
            if (store->batches[i].withdrawn == point->transaction) {
                store->batches[i].withdrawn = 0;
            }
        }
        if (cuts) {
            cut_off(store, point);
        }
        free_point(point);
    }
    if (cuts) {
        store->generation++;
        store->version++;
    }
}

void
undo_forget(struct store *store)
{
    for (; store->undo_pending; store->undo_pending--) {
        mark_undone(
            store,
            store->undo[store->undo_count - store->undo_pending].transaction,
            false);
    }
}

bool
store_last_transaction(struct store *store, uint32_t *transaction)
{
    if (!store->db) {
        size_t left = store->undo_count - store->undo_pending;
        *transaction = left ? store->undo[left - 1].transaction : 0;
        return true;
    }
    sqlite3_stmt *row = store_prepare(
        store,
        "SELECT max(id) FROM \"transaction\" WHERE withdrawn = 0 AND id > 0");
    int status = row ? sqlite3_step(row) : SQLITE_ERROR;
    *transaction =
        status == SQLITE_ROW ? (uint32_t)sqlite3_column_int64(row, 0) : 0;
    sqlite3_finalize(row);
    return status == SQLITE_ROW || (row && store_failed(store, status));
}

_Static_assert(UNIT_FOLLOWS == 3, "as undo_in_file() has it");

static bool
undo_in_file(struct store *store, uint32_t transaction)
{
    if (!sections_drop_transaction(store, transaction)) {
        return false;
    }
    static const char *const steps[] = {
        "UPDATE \"transaction\" SET withdrawn = 1 WHERE id = ?1",
        "UPDATE batch SET withdrawn = 0, reason = '' WHERE withdrawn = ?1",
        ("UPDATE metric SET unit = c.unit, unit_open = c.unit_open"
         " FROM metric_change AS c WHERE c.\"transaction\" = ?1"
         " AND c.metric = metric.id"),
        ("UPDATE line SET unit = c.unit FROM metric_change AS c"
         " WHERE c.\"transaction\" = ?1 AND c.metric = line.metric"),
        /* A unit that follows a dimension is that of the line's first amount;
         * the line has none again when no amount is left. */
        ("UPDATE line SET unit = metric.unit FROM metric, unit"
         " WHERE metric.id = line.metric AND unit.id = metric.unit"
         " AND unit.role = 3 AND line.unit <> metric.unit"
         " AND (line.metric, line.id) NOT IN"
         " (SELECT fact.metric, fact.line FROM fact"
         " JOIN batch ON batch.id = fact.batch WHERE fact.metric IN"
         " (SELECT metric.id FROM metric JOIN unit ON unit.id = metric.unit"
         " WHERE unit.role = 3)"
         " AND fact.coefficient IS NOT NULL AND batch.withdrawn = 0"
         " AND batch.\"transaction\" NOT IN (SELECT id FROM \"transaction\""
         " WHERE withdrawn <> 0))"),
    };
    bool done = true;
    for (size_t i = 0; done && i < sizeof steps / sizeof *steps; i++) {
        sqlite3_stmt *step = store_prepare(store, steps[i]);
        done = step != NULL;
        if (done) {
            sqlite3_bind_int64(step, 1, transaction);
            done = store_step_done(store, step);
        }
        sqlite3_finalize(step);
    }
    return done && rebuild_extents(store);
}

bool
store_undo(struct store *store, uint32_t transaction)
{
    if (!store->db) {
        undo_in_memory(store);
        return true;
    }
    store->data_version = -1; /* a rollback reads everything again */
    return undo_in_file(store, transaction) && store_reload(store);
}
