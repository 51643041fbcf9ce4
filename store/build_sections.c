/* Cross-sections as facts come in: made, merged, or thrown away. */
#include "store/internal.h"

#include <stdlib.h>

enum { KEPT_SHARE = 16 }; /* fewer new facts than this part: not worth it */

static void
bind_cell(sqlite3_stmt *statement, uint64_t cell)
{
    struct fact key = {.cell = cell};
    sqlite3_bind_int64(statement, 1, fact_metric(&key));
    sqlite3_bind_int64(statement, 2, fact_frequency(&key));
    sqlite3_bind_int64(statement, 3, fact_kind(&key));
    sqlite3_bind_int64(statement, 4, fact_period(&key));
}

#define THE_PERIOD                                                             \
    " WHERE metric = ?1 AND frequency = ?2 AND kind = ?3 AND period = ?4"

/* What is done for each period, prepared once. */
struct saving {
    struct store *store;
    sqlite3_stmt *facts; /* how many there were before */
    sqlite3_stmt *find;
    sqlite3_stmt *drop;
    sqlite3_stmt *add;
};

static bool
drop_one(struct saving *saving, uint64_t cell)
{
    bind_cell(saving->drop, cell);
    return store_step_done(saving->store, saving->drop);
}

static bool
add_one(struct saving *saving, uint64_t cell, struct slice bytes)
{
    bind_cell(saving->add, cell);
    sqlite3_bind_blob64(saving->add, 5, bytes.at, bytes.len, SQLITE_STATIC);
    saving->store->has_sections = true;
    return store_step_done(saving->store, saving->add);
}

static int64_t
facts_before(struct saving *saving, uint64_t cell)
{
    bind_cell(saving->facts, cell);
    int64_t facts = sqlite3_step(saving->facts) == SQLITE_ROW
                        ? sqlite3_column_int64(saving->facts, 0)
                        : 0;
    sqlite3_reset(saving->facts);
    return facts;
}

/* The new facts go into the cross-section that there is. */
static bool
merge_one(struct saving *saving, uint64_t cell, struct slice bytes)
{
    struct buffer merged = {0};
    bool found = false;
    bind_cell(saving->find, cell);
    if (sqlite3_step(saving->find) == SQLITE_ROW) {
        const void *blob = sqlite3_column_blob(saving->find, 0);
        struct slice old = {blob,
                            (size_t)sqlite3_column_bytes(saving->find, 0)};
        found = old.len / KEPT_SHARE <= bytes.len &&
                section_merge(cell, old, bytes, &merged);
    }
    sqlite3_reset(saving->find);
    bool done = drop_one(saving, cell) &&
                (!found || add_one(saving, cell, buffer_slice(&merged)));
    buffer_free(&merged);
    return done;
}

static bool
save_one(struct saving *saving, const struct feed *feed,
         const struct built *built)
{
    struct slice bytes = {feed->bytes.text + built->start,
                          built->end - built->start};
    bool many = built->facts >= SECTION_FACTS_MIN;
    if (facts_before(saving, built->cell) == 0) {
        return !many || add_one(saving, built->cell, bytes);
    }
    if (!saving->store->has_sections) {
        return true;
    }
    return many ? merge_one(saving, built->cell, bytes)
                : drop_one(saving, built->cell);
}

/* Is there nothing to make, and nothing that could be out of date? */
static bool
has_nothing(const struct store *store, const struct feed *feed)
{
    bool nothing = !store->has_sections;
    for (size_t i = 0; nothing && i < feed->built_count; i++) {
        nothing = feed->built[i].facts < SECTION_FACTS_MIN;
    }
    return nothing;
}

bool
sections_save(struct store *store, struct feed *feed)
{
    if (has_nothing(store, feed)) {
        return true;
    }
    struct saving saving = {
        .store = store,
        .facts = store_prepare(store, "SELECT facts FROM extent" THE_PERIOD),
        .find =
            store_prepare(store, "SELECT cells FROM cross_section" THE_PERIOD),
        .drop = store_prepare(store, "DELETE FROM cross_section" THE_PERIOD),
        .add = store_prepare(
            store, "INSERT INTO cross_section VALUES(?1, ?2, ?3, ?4, ?5)"),
    };
    bool done = saving.facts && saving.find && saving.drop && saving.add;
    for (size_t i = 0; done && i < feed->built_count; i++) {
        done = save_one(&saving, feed, &feed->built[i]);
    }
    sqlite3_finalize(saving.facts);
    sqlite3_finalize(saving.find);
    sqlite3_finalize(saving.drop);
    sqlite3_finalize(saving.add);
    return done;
}

bool
sections_drop(struct store *store, uint64_t cell)
{
    struct saving saving = {
        .store = store,
        .drop = store_prepare(store, "DELETE FROM cross_section" THE_PERIOD),
    };
    bool done = saving.drop && drop_one(&saving, cell);
    sqlite3_finalize(saving.drop);
    return done;
}

#define PERIODS_OF(batches)                                                    \
    "DELETE FROM cross_section WHERE EXISTS(SELECT 1 FROM batch_extent AS b"   \
    " WHERE b.batch IN (" batches ") AND b.metric = cross_section.metric"      \
    " AND b.frequency = cross_section.frequency"                               \
    " AND b.kind = cross_section.kind AND b.period = cross_section.period)"

static bool
drop_where(struct store *store, const char *sql, uint32_t number)
{
    sqlite3_stmt *statement = store_prepare(store, sql);
    bool done = statement != NULL;
    if (done) {
        sqlite3_bind_int64(statement, 1, number);
        done = store_step_done(store, statement);
    }
    sqlite3_finalize(statement);
    return done;
}

bool
sections_drop_batch(struct store *store, uint32_t batch)
{
    return drop_where(store, PERIODS_OF("?1"), batch);
}

/* Its own batches, and those that it had withdrawn; the periods of facts that
 * it had retracted have none. */
bool
sections_drop_transaction(struct store *store, uint32_t transaction)
{
    return drop_where(
        store,
        PERIODS_OF("SELECT id FROM batch WHERE \"transaction\" = ?1"
                   " OR withdrawn = ?1"),
        transaction);
}
