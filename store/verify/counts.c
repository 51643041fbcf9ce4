#include "store/verify/counts.h"

#include <stdlib.h>

static const char what[] = "counts of facts";

/* The cell that a row of counts is for; false when there can be none. */
static bool
read_cell(sqlite3_stmt *row, uint64_t *cell)
{
    static const int64_t highest[] = {KEY_METRIC_MAX, FREQUENCY_COUNT - 1,
                                      KEY_KIND_MAX, KEY_PERIOD_MAX};
    for (int i = 0; i < 4; i++) {
        int64_t value = sqlite3_column_int64(row, i);
        if (value < 0 || value > highest[i]) {
            return false;
        }
    }
    *cell = store_row_cell(row);
    return true;
}

/* Goes on to the next count by period. */
static void
next_extent(struct counts *counts)
{
    while ((counts->has_extent =
                verify_step(counts->verify, counts->extent, what)) &&
           !read_cell(counts->extent, &counts->extent_cell)) {
        verification_add(counts->verify->found,
                         "a count is for a period that cannot be");
    }
}

void
counts_open(struct counts *counts, struct verify *verify)
{
    *counts = (struct counts){.verify = verify};
    counts->of_batch = verify_prepare(
        verify,
        "SELECT facts, last_day FROM batch_extent WHERE metric = ?1"
        " AND frequency = ?2 AND kind = ?3 AND period = ?4 AND batch = ?5",
        what);
    counts->extent = verify_prepare(
        verify,
        "SELECT metric, frequency, kind, period, facts, last_day FROM extent"
        " ORDER BY metric, frequency, kind, period",
        what);
    next_extent(counts);
}

/* Adds a fault: COUNTED facts of CELL are not those that are THERE. */
static void
differs(struct counts *counts, uint64_t cell, uint32_t batch, int64_t counted,
        int64_t there)
{
    struct fact key = {.cell = cell};
    struct buffer text = {0};
    verify_name_cell(counts->verify, &key, false, &text);
    if (batch) {
        buffer_format(&text, " in batch %u", batch);
    }
    if (counted == there) {
        verification_add(counts->verify->found,
                         "%s: the latest day of its facts is wrong", text.text);
    } else {
        verification_add(counts->verify->found,
                         "%s: the count of its facts is %lld, not %lld",
                         text.text, (long long)counted, (long long)there);
    }
    buffer_free(&text);
}

static void
compare_batch(struct counts *counts, const struct batch_count *here)
{
    sqlite3_stmt *row = counts->of_batch;
    struct fact key = {.cell = counts->cell};
    int64_t facts = 0;
    int64_t day = DAY_NONE;
    sqlite3_reset(row);
    sqlite3_bind_int64(row, 1, fact_metric(&key));
    sqlite3_bind_int64(row, 2, fact_frequency(&key));
    sqlite3_bind_int64(row, 3, fact_kind(&key));
    sqlite3_bind_int64(row, 4, fact_period(&key));
    sqlite3_bind_int64(row, 5, here->batch);
    if (verify_step(counts->verify, row, what)) {
        facts = sqlite3_column_int64(row, 0);
        day = sqlite3_column_int64(row, 1);
        counts->pairs++;
    }
    if (facts != here->facts || day != here->last_day) {
        differs(counts, counts->cell, here->batch, facts, here->facts);
    }
}

/* Counts by period up to CELL, of which there are THERE facts. */
static void
compare_extents(struct counts *counts, uint64_t cell, int64_t there,
                day_number last_day)
{
    bool met = false;
    while (counts->has_extent && counts->extent_cell <= cell) {
        int64_t counted = sqlite3_column_int64(counts->extent, 4);
        int64_t day = sqlite3_column_int64(counts->extent, 5);
        bool same = counts->extent_cell == cell;
        if (!same || there == 0) {
            differs(counts, counts->extent_cell, 0, counted, 0);
        } else if (counted != there || day != last_day) {
            differs(counts, cell, 0, counted, there);
        }
        met = met || same;
        next_extent(counts);
    }
    if (!met && there) {
        differs(counts, cell, 0, 0, there);
    }
}

/* All facts of the current cell have passed. */
static void
finish_cell(struct counts *counts)
{
    int64_t there = 0;
    day_number last_day = DAY_NONE;
    if (counts->count == 0) {
        return;
    }
    for (size_t i = 0; i < counts->count; i++) {
        const struct batch_count *here = &counts->batches[i];
        compare_batch(counts, here);
        if (number_set_has(&counts->verify->living, here->batch)) {
            there += here->facts;
            last_day = here->last_day > last_day ? here->last_day : last_day;
        }
    }
    compare_extents(counts, counts->cell, there, last_day);
    counts->count = 0;
    index_clear(&counts->places);
}

/* The count of the current cell for BATCH. */
static struct batch_count *
find_count(struct counts *counts, uint32_t batch)
{
    struct batch_count *last =
        counts->count ? &counts->batches[counts->count - 1] : NULL;
    if (last && last->batch == batch) {
        return last;
    }
    uint32_t place = index_get(&counts->places, batch);
    if (place == INDEX_NONE) {
        void *items = counts->batches;
        memory_grow(&items, &counts->capacity, counts->count + 1,
                    sizeof *counts->batches);
        counts->batches = items;
        place = (uint32_t)counts->count++;
        counts->batches[place] = (struct batch_count){.batch = batch};
        index_put(&counts->places, batch, place);
    }
    return &counts->batches[place];
}

void
counts_add(struct counts *counts, const struct fact *fact)
{
    day_number day = fact_day(fact);
    if (counts->cell != fact->cell) {
        finish_cell(counts);
        counts->cell = fact->cell;
    }
    struct batch_count *count = find_count(counts, fact->batch);
    count->facts++;
    count->last_day = day > count->last_day ? day : count->last_day;
}

/* Counts by batch and period for which there are no facts at all. */
static void
find_void_pairs(struct counts *counts)
{
    sqlite3_stmt *row = verify_prepare(
        counts->verify,
        "SELECT metric, frequency, kind, period, facts, batch"
        " FROM batch_extent AS b WHERE NOT EXISTS (SELECT 1 FROM fact AS f"
        " WHERE f.metric = b.metric AND f.frequency = b.frequency"
        " AND f.kind = b.kind AND f.period = b.period AND f.batch = b.batch)",
        what);
    while (verify_step(counts->verify, row, what)) {
        uint64_t cell = 0;
        read_cell(row, &cell);
        differs(counts, cell, (uint32_t)sqlite3_column_int64(row, 5),
                sqlite3_column_int64(row, 4), 0);
    }
    sqlite3_finalize(row);
}

void
counts_close(struct counts *counts)
{
    finish_cell(counts);
    compare_extents(counts, UINT64_MAX, 0, DAY_NONE);
    int64_t pairs = verify_number(counts->verify,
                                  "SELECT count(*) FROM batch_extent", what);
    if (pairs != counts->pairs) {
        find_void_pairs(counts);
    }
    sqlite3_finalize(counts->of_batch);
    sqlite3_finalize(counts->extent);
    index_free(&counts->places);
    free(counts->batches);
}
