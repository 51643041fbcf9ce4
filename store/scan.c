/* One scan: the base and the overlay merged in the order of the table, and of
 * each cell the fact that is in force.
 *
 * SQLite hands rows to an aggregate function, which is the cheapest way out of
 * it; the function merges what the overlay has before each row.
 */
#include "store/internal.h"

#include <stdlib.h>

static void
flush(struct scan *scan)
{
    if (scan->has_pending) {
        scan->cell(scan->context, &scan->pending);
        scan->has_pending = false;
    }
}

/* A fact that has a number, or at least a bound, can be the value of a cell. */
static inline bool
has_value(const struct fact *fact)
{
    return !(fact->form & FORM_FORMULA);
}

/* Facts of batches that do not count, and those that were withdrawn again. */
static inline bool
is_gone(const struct scan *scan, const struct fact *fact)
{
    const struct store *store = scan->store;
    return (store->withdrawn_count && batch_is_withdrawn(store, fact->batch)) ||
           (store->retraction_count && !scan->range->retracted &&
            fact_is_retracted(store, fact, scan->range->as_of));
}

static inline void
take_living(struct scan *scan, const struct fact *fact)
{
    const struct scan_range *range = scan->range;
    bool late = fact_day(fact) > range->as_of;
    if (range->every_fact) {
        if (!late) {
            scan->cell(scan->context, fact);
        }
        return;
    }
    bool same = scan->has_pending && scan->pending.cell == fact->cell &&
                scan->pending.line_day >> 32 == fact->line_day >> 32;
    if (!same) {
        flush(scan);
    }
    if (!has_value(fact) || (late && (same || !range->or_earliest))) {
        return;
    }
    scan->pending = *fact;
    scan->has_pending = true;
}

static inline void
take(struct scan *scan, const struct fact *fact)
{
    if (!scan->careful || !is_gone(scan, fact)) {
        take_living(scan, fact);
    }
}

/* Facts of the overlay that come before (CELL, LINE_DAY). */
static inline void
take_overlay(struct scan *scan, uint64_t cell, uint64_t line_day)
{
    while (scan->next < scan->end &&
           (scan->next->cell < cell ||
            (scan->next->cell == cell && scan->next->line_day < line_day))) {
        uint32_t line = fact_line(scan->next);
        if (line >= scan->range->line_low && line <= scan->range->line_high) {
            take(scan, scan->next);
        }
        scan->next++;
    }
}

static void
feed_step(sqlite3_context *context, int count, sqlite3_value **values)
{
    struct scan *scan = ((struct feeder *)sqlite3_user_data(context))->scan;
    const struct store *store = scan->store;
    const struct scan_range *range = scan->range;
    struct fact fact = {
        .cell = fact_pack_cell(range->metric, range->frequency, range->kind,
                               sqlite3_value_int(values[0])),
        .line_day = (uint64_t)sqlite3_value_int64(values[1]) << 32 |
                    (uint64_t)sqlite3_value_int64(values[2]),
        .record = sqlite3_value_int64(values[3]),
        .coefficient = sqlite3_value_int64(values[4]),
        .exponent = (int16_t)sqlite3_value_int(values[5]),
        .form = (uint16_t)sqlite3_value_int(values[6]),
    };
    if (count > 7) {
        fact.actor = (uint32_t)sqlite3_value_int64(values[7]);
        fact.source = (uint32_t)sqlite3_value_int64(values[8]);
        fact.batch = (uint32_t)sqlite3_value_int64(values[9]);
        fact.row = (uint32_t)sqlite3_value_int64(values[10]);
    }
    bool in_order =
        fact.cell > scan->last_cell ||
        (fact.cell == scan->last_cell && fact.line_day >= scan->last_line_day);
    if (store->interrupted) {
        sqlite3_result_error_code(context, SQLITE_INTERRUPT);
        return;
    }
    if (!in_order || !sound_day(sqlite3_value_int64(values[2])) ||
        !sound_speaker(store, &fact)) {
        sqlite3_result_error_code(context, SQLITE_CORRUPT);
        return;
    }
    scan->last_cell = fact.cell;
    scan->last_line_day = fact.line_day;
    /* The base is older than the overlay: it goes first on equal keys. */
    take_overlay(scan, fact.cell, fact.line_day);
    take(scan, &fact);
}

static void
feed_final(sqlite3_context *context)
{
    sqlite3_result_null(context);
}

int
scan_register(sqlite3 *db, struct feeder *feeder)
{
    int status = SQLITE_OK;
    for (int count = 7; count <= 11 && status == SQLITE_OK; count += 4) {
        status = sqlite3_create_function_v2(
            db, "assay_feed", count, SQLITE_UTF8 | SQLITE_DIRECTONLY, feeder,
            NULL, feed_step, feed_final, NULL);
    }
    return status;
}

/* Rows of the range from period FIRST to LAST. */
static int
read_rows(const struct reading *reading, struct scan *scan, int32_t first,
          int32_t last)
{
    const struct scan_range *range = scan->range;
    sqlite3_stmt *statement = reading->rows;
    reading->feeder->scan = scan;
    sqlite3_bind_int64(statement, 1, range->metric);
    sqlite3_bind_int64(statement, 2, range->frequency);
    sqlite3_bind_int64(statement, 3, range->kind);
    sqlite3_bind_int64(statement, 4, first);
    sqlite3_bind_int64(statement, 5, last);
    int status = sqlite3_step(statement);
    sqlite3_reset(statement);
    reading->feeder->scan = NULL;
    return status == SQLITE_ROW || status == SQLITE_DONE ? SQLITE_OK : status;
}

/* Facts of one cross-section; none of them was withdrawn, and each is the one
 * that is in force in its cell unless the overlay has a later one. */
static int
read_section(struct scan *scan, uint64_t cell, struct slice bytes)
{
    struct section_reader reader;
    struct fact fact = {0};
    bool alone = scan->next == scan->end;
    section_open(&reader, cell, bytes);
    if (alone) {
        flush(scan);
    }
    while (section_next(&reader, &fact)) {
        if (!alone) {
            take_overlay(scan, fact.cell, fact.line_day);
            take_living(scan, &fact);
        } else if (has_value(&fact)) {
            scan->cell(scan->context, &fact);
        }
    }
    scan->last_cell = cell;
    scan->last_line_day = UINT64_MAX;
    bool known = fact_line(&fact) < scan->store->vocabulary.line_count;
    if (scan->store->interrupted) {
        return SQLITE_INTERRUPT;
    }
    return reader.broken || !known ? SQLITE_CORRUPT : SQLITE_OK;
}

bool
scan_takes_sections(const struct store *store, const struct scan_range *range)
{
    /* Retractions throw cross-sections away when they are saved, not before. */
    bool saved = store->saved_retractions == store->retraction_count;
    return store->has_sections && saved && !range->every_fact &&
           !range->places && !range->retracted;
}

/* Was everything that a period holds known on the day of the question? */
static bool
is_all_known(const struct scan *scan, uint64_t cell)
{
    const struct store *store = scan->store;
    size_t low = 0;
    size_t high = store->extent_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (store->extents[middle].cell < cell) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < store->extent_count && store->extents[low].cell == cell &&
           store->extents[low].last_day <= scan->range->as_of;
}

/* Where a period has no cross-section that serves, its rows are read. */
int
scan_whole(const struct reading *reading, struct scan *scan)
{
    const struct scan_range *range = scan->range;
    sqlite3_stmt *row = reading->sections;
    int32_t next = range->first;
    int status = SQLITE_OK;
    if (row) {
        sqlite3_bind_int64(row, 1, range->metric);
        sqlite3_bind_int64(row, 2, range->frequency);
        sqlite3_bind_int64(row, 3, range->kind);
        sqlite3_bind_int64(row, 4, range->first);
        sqlite3_bind_int64(row, 5, range->last);
    }
    while (row && status == SQLITE_OK &&
           (status = sqlite3_step(row)) == SQLITE_ROW) {
        int32_t period = sqlite3_column_int(row, 0);
        uint64_t cell = fact_pack_cell(range->metric, range->frequency,
                                       range->kind, period);
        struct slice bytes = {sqlite3_column_blob(row, 1),
                              (size_t)sqlite3_column_bytes(row, 1)};
        status = SQLITE_OK;
        if (period < next || period > range->last) {
            status = SQLITE_CORRUPT;
        } else if (is_all_known(scan, cell)) {
            if (period > next) {
                status = read_rows(reading, scan, next, period - 1);
            }
            status =
                status == SQLITE_OK ? read_section(scan, cell, bytes) : status;
            next = period + 1;
        }
    }
    if (row) {
        sqlite3_reset(row);
    }
    status = status == SQLITE_DONE ? SQLITE_OK : status;
    return status == SQLITE_OK && next <= range->last
               ? read_rows(reading, scan, next, range->last)
               : status;
}

static bool
scan_all(struct store *store, bool places)
{
    struct scan *scan = store->feeder.scan;
    const struct extent *extents;
    size_t count;
    bool sections = scan_takes_sections(store, scan->range) &&
                    store_extents(store, &extents, &count);
    struct reading reading = {
        .feeder = &store->feeder,
        .rows = store_statement(store, places ? SQL_SCAN_PLACES : SQL_SCAN),
        .sections = sections ? store_statement(store, SQL_SECTIONS) : NULL,
    };
    if (!reading.rows || (sections && !reading.sections)) {
        return false;
    }
    int status = scan_whole(&reading, scan);
    store->feeder.scan = scan;
    return status == SQLITE_OK || store_failed(store, status);
}

static bool
scan_base(struct store *store, const struct scan_range *range)
{
    /* Few of many lines are fetched period by period, many are read through. */
    uint64_t wanted = (uint64_t)range->line_high - range->line_low + 1;
    bool few =
        !range->most_lines && wanted * 8 < store->vocabulary.line_count + 64;
    bool one = few && range->first == range->last;
    bool cell = one && wanted == 1 && !range->every_fact &&
                !store->feeder.scan->careful &&
                (!range->or_earliest || range->as_of == INT32_MAX);
    bool places = range->places || store->withdrawn_count;
    if (!few) {
        return scan_all(store, places);
    }
    enum statement which =
        cell  ? (places ? SQL_SCAN_CELL_PLACES : SQL_SCAN_CELL)
        : one ? (places ? SQL_SCAN_PERIOD_PLACES : SQL_SCAN_PERIOD)
              : (places ? SQL_SCAN_LINES_PLACES : SQL_SCAN_LINES);
    sqlite3_stmt *statement = store_statement(store, which);
    if (!statement) {
        return false;
    }
    sqlite3_bind_int64(statement, 1, range->metric);
    sqlite3_bind_int64(statement, 2, range->frequency);
    sqlite3_bind_int64(statement, 3, range->kind);
    sqlite3_bind_int64(statement, 4, range->first);
    if (!one) {
        sqlite3_bind_int64(statement, 5, range->last);
    }
    sqlite3_bind_int64(statement, 6, range->line_low);
    sqlite3_bind_int64(statement, 7,
                       cell ? range->as_of : (int64_t)range->line_high);
    int status = sqlite3_step(statement);
    sqlite3_reset(statement);
    return status == SQLITE_ROW || status == SQLITE_DONE ||
           store_failed(store, status);
}

/* Lines outside the range, when the base was read through. */
struct line_filter {
    const struct scan_range *range;
    void (*cell)(void *context, const struct fact *fact);
    void *context;
};

static void
pass_lines(void *context, const struct fact *fact)
{
    const struct line_filter *filter = context;
    uint32_t line = fact_line(fact);
    if (line >= filter->range->line_low && line <= filter->range->line_high) {
        filter->cell(filter->context, fact);
    }
}

void
scan_prepare(struct scan *scan, const struct store *store,
             const struct scan_range *range)
{
    scan->store = store;
    scan->range = range;
    scan->careful = store->withdrawn_count || store->retraction_count;
}

void
scan_complete(struct scan *scan)
{
    take_overlay(scan, UINT64_MAX, UINT64_MAX);
    flush(scan);
}

/* The first fact of CELL or behind it; NULL when there are none at all. */
static const struct fact *
overlay_at(const struct overlay *overlay, uint64_t cell)
{
    return overlay->facts ? overlay->facts + overlay_seek(overlay, cell, 0)
                          : NULL;
}

bool
store_scan(struct store *store, const struct scan_range *range,
           void (*cell)(void *context, const struct fact *fact), void *context)
{
    struct line_filter filter = {range, cell, context};
    bool all = range->line_low == 0 && range->line_high == UINT32_MAX;
    struct scan scan = {
        .cell = all ? cell : pass_lines,
        .context = all ? context : &filter,
    };
    scan_prepare(&scan, store, range);
    int32_t first = range->first < 0 ? 0 : range->first;
    int32_t last = range->last > KEY_PERIOD_MAX ? KEY_PERIOD_MAX : range->last;
    if (first > last) {
        return true;
    }
    overlay_sort(&store->overlay);
    uint64_t start =
        fact_pack_cell(range->metric, range->frequency, range->kind, first);
    uint64_t end =
        fact_pack_cell(range->metric, range->frequency, range->kind, last) + 1;
    scan.next = overlay_at(&store->overlay, start);
    scan.end = overlay_at(&store->overlay, end);
    struct scan_range bounded = *range;
    bounded.first = first;
    bounded.last = last;
    store->feeder.scan = &scan;
    bool done = !store->db || scan_base(store, &bounded);
    scan_complete(&scan);
    store->feeder.scan = NULL;
    if (done && store->interrupted) {
        return store_failed(store, SQLITE_INTERRUPT);
    }
    return done;
}

static void
add_extent(struct store *store, size_t *capacity, uint64_t cell, int64_t count,
           day_number last_day)
{
    struct extent *previous =
        store->extent_count ? &store->extents[store->extent_count - 1] : NULL;
    if (previous && previous->cell == cell) {
        previous->count += count;
        previous->last_day =
            last_day > previous->last_day ? last_day : previous->last_day;
        return;
    }
    void *items = store->extents;
    memory_grow(&items, capacity, store->extent_count + 1,
                sizeof *store->extents);
    store->extents = items;
    store->extents[store->extent_count++] =
        (struct extent){cell, count, last_day};
}

/* Periods of the overlay that come before CELL. */
static const struct fact *
overlay_extents(struct store *store, size_t *capacity, const struct fact *fact,
                uint64_t cell)
{
    const struct fact *end =
        fact ? store->overlay.facts + store->overlay.count : NULL;
    while (fact < end && fact->cell <= cell) {
        if (!batch_is_withdrawn(store, fact->batch)) {
            add_extent(store, capacity, fact->cell, 1, fact_day(fact));
        }
        fact++;
    }
    return fact;
}

static bool
load_extents(struct store *store)
{
    size_t capacity = 0;
    free(store->extents);
    store->extents = NULL;
    store->extent_count = 0;
    overlay_sort(&store->overlay);
    const struct fact *fact = store->overlay.facts;
    sqlite3_stmt *statement =
        store->db ? store_statement(store, SQL_EXTENTS) : NULL;
    int status = SQLITE_DONE;
    while (statement && (status = sqlite3_step(statement)) == SQLITE_ROW) {
        int64_t count = sqlite3_column_int64(statement, 4);
        if (!sound_cell(store, statement) || count < 0 || count > INT32_MAX ||
            !sound_day(sqlite3_column_int64(statement, 5))) {
            status = SQLITE_CORRUPT;
            break;
        }
        uint64_t cell =
            fact_pack_cell((uint32_t)sqlite3_column_int64(statement, 0),
                           (enum frequency)sqlite3_column_int(statement, 1),
                           (uint32_t)sqlite3_column_int64(statement, 2),
                           sqlite3_column_int(statement, 3));
        if (cell > 0) {
            fact = overlay_extents(store, &capacity, fact, cell - 1);
        }
        add_extent(store, &capacity, cell, count,
                   sqlite3_column_int(statement, 5));
    }
    overlay_extents(store, &capacity, fact, UINT64_MAX);
    sqlite3_reset(statement);
    return status == SQLITE_DONE || store_failed(store, status);
}

bool
store_extents(struct store *store, const struct extent **extents, size_t *count)
{
    if (store->extents_broken) {
        return false;
    }
    if (store->extent_version != store->version) {
        if (!store_peek(store)) { /* others wrote: the next run reads it */
            *extents = NULL;
            *count = 0;
            return true;
        }
        bool loaded = load_extents(store);
        store_peek_end(store);
        if (!loaded) {
            store->extents_broken = true;
            return false;
        }
        store->extent_version = store->version;
    }
    *extents = store->extents;
    *count = store->extent_count;
    return true;
}

day_number
store_last_day(struct store *store)
{
    const struct extent *extents;
    size_t count;
    day_number last = DAY_NONE;
    if (store_extents(store, &extents, &count)) {
        for (size_t i = 0; i < count; i++) {
            last = extents[i].last_day > last ? extents[i].last_day : last;
        }
    }
    for (size_t i = 0; i < store->retraction_count; i++) {
        const struct retraction *at = &store->retractions[i];
        bool counts = !batch_is_withdrawn(store, at->batch);
        last = counts && at->day > last ? at->day : last;
    }
    return last;
}

int64_t
store_fact_count(struct store *store)
{
    const struct extent *extents;
    size_t count;
    int64_t total = 0;
    if (store_extents(store, &extents, &count)) {
        for (size_t i = 0; i < count; i++) {
            total += extents[i].count;
        }
    }
    return total;
}
