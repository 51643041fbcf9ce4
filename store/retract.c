/* Retractions: facts that somebody withdrew again, each on a day of its own, so
 * that an earlier `as of` still sees the fact.  They are few beside the facts
 * and held in memory. */
#include "store/internal.h"

#include <stdlib.h>

static void
add_retraction(struct store *store, const struct retraction *retraction)
{
    void *items = store->retractions;
    size_t len = strlen(retraction->reason) + 1;
    memory_grow(&items, &store->retraction_capacity,
                store->retraction_count + 1, sizeof *store->retractions);
    store->retractions = items;
    struct retraction *added = &store->retractions[store->retraction_count];
    *added = *retraction;
    added->reason = memcpy(memory_alloc(len), retraction->reason, len);
    index_put(&store->retracted, (uint64_t)retraction->retracted,
              (uint32_t)store->retraction_count);
    store->retraction_count++;
}

void
store_add_retraction(struct store *store, const struct retraction *retraction)
{
    struct retraction own = *retraction;
    own.record = store->next_record++;
    add_retraction(store, &own);
    if (own.batch >= store->first_batch &&
        own.batch - store->first_batch < store->batch_count) {
        store->batches[own.batch - store->first_batch].retractions++;
    }
    store->version++;
}

void
retractions_truncate(struct store *store, size_t count)
{
    if (store->retraction_count == count) {
        return;
    }
    while (store->retraction_count > count) {
        store->retraction_count--;
        free((void *)(uintptr_t)store->retractions[store->retraction_count]
                 .reason);
    }
    index_clear(&store->retracted);
    for (size_t i = 0; i < count; i++) {
        index_put(&store->retracted, (uint64_t)store->retractions[i].retracted,
                  (uint32_t)i);
    }
}

const struct retraction *
store_retraction(const struct store *store, int64_t record)
{
    uint32_t at = index_get(&store->retracted, (uint64_t)record);
    const struct retraction *found =
        at == INDEX_NONE ? NULL : &store->retractions[at];
    return found && !batch_is_withdrawn(store, found->batch) ? found : NULL;
}

bool
store_has_retractions(const struct store *store)
{
    return store->retraction_count > 0;
}

bool
fact_is_retracted(const struct store *store, const struct fact *fact,
                  day_number as_of)
{
    const struct retraction *found = store_retraction(store, fact->record);
    return found && found->day <= as_of;
}

bool
retractions_load(struct store *store)
{
    sqlite3_stmt *row = store_prepare(
        store, "SELECT retraction.record, retracted, day, actor, batch, row,"
               " reason FROM retraction ORDER BY retraction.record");
    int status = row ? SQLITE_ROW : SQLITE_ERROR;
    retractions_truncate(store, 0);
    while (row && (status = sqlite3_step(row)) == SQLITE_ROW) {
        const char *reason = (const char *)sqlite3_column_text(row, 6);
        struct retraction retraction = {
            .record = sqlite3_column_int64(row, 0),
            .retracted = sqlite3_column_int64(row, 1),
            .day = sqlite3_column_int(row, 2),
            .actor = (uint32_t)sqlite3_column_int64(row, 3),
            .batch = (uint32_t)sqlite3_column_int64(row, 4),
            .row = (uint32_t)sqlite3_column_int64(row, 5),
            .reason = reason ? reason : "",
        };
        struct fact speaker = {.actor = retraction.actor};
        if (!sound_day(sqlite3_column_int64(row, 2)) ||
            !sound_speaker(store, &speaker)) {
            status = SQLITE_CORRUPT;
            break;
        }
        /* One that was undone must not hide another of the same fact. */
        if (!batch_is_withdrawn(store, retraction.batch)) {
            add_retraction(store, &retraction);
        }
    }
    sqlite3_finalize(row);
    store->saved_retractions = store->retraction_count;
    return status == SQLITE_DONE || (row && store_failed(store, status));
}

bool
retractions_save(struct store *store)
{
    if (store->saved_retractions == store->retraction_count) {
        return true;
    }
    sqlite3_stmt *statement = store_prepare(
        store, "INSERT INTO retraction VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    bool done = statement != NULL;
    while (done && store->saved_retractions < store->retraction_count) {
        const struct retraction *retraction =
            &store->retractions[store->saved_retractions++];
        sqlite3_bind_int64(statement, 1, retraction->record);
        sqlite3_bind_int64(statement, 2, retraction->retracted);
        sqlite3_bind_int64(statement, 3, retraction->day);
        sqlite3_bind_int64(statement, 4, retraction->actor);
        sqlite3_bind_int64(statement, 5, retraction->batch);
        sqlite3_bind_int64(statement, 6, retraction->row);
        store_bind_chars(statement, 7, retraction->reason);
        done = store_step_done(store, statement) &&
               sections_drop(store, retraction->cell);
    }
    sqlite3_finalize(statement);
    return done;
}
