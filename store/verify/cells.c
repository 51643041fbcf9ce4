/* Every cell by two routes: the scans that answer questions, from rows and from
 * cross-sections, and the facts of the table from its other end, where the
 * first one that counts is in force.
 *
 * All are read for a range of periods at a time: of a scan the cells of the
 * range are kept, and the other route meets them backwards.
 */
#include "store/verify/steps.h"

#include <stdlib.h>

enum { RANGE_FACTS = 1 << 16 }; /* more only when one period has more */

static const char what[] = "cells";

/* What the scan has given for a range, in its order. */
struct cells {
    struct fact *items;
    size_t count;
    size_t capacity;
};

static void
keep_cell(void *context, const struct fact *fact)
{
    struct cells *cells = context;
    void *items = cells->items;
    memory_grow(&items, &cells->capacity, cells->count + 1,
                sizeof *cells->items);
    cells->items = items;
    cells->items[cells->count++] = *fact;
}

static int
compare_cells(const struct fact *a, const struct fact *b)
{
    uint32_t left = fact_line(a);
    uint32_t right = fact_line(b);
    return a->cell != b->cell ? (a->cell < b->cell ? -1 : 1)
                              : (left > right) - (left < right);
}

static void
add_value(const struct fact *fact, struct buffer *text)
{
    decimal_print(text, fact_decimal(fact), 0);
    if (fact_day(fact)) {
        buffer_add_text(text, " on ");
        day_print(text, fact_day(fact));
    }
    if (fact->record) {
        buffer_format(text, " of fact %lld", (long long)fact->record);
    }
}

/* Cross-sections know the record of a fact only when it has a detail. */
static bool
same_fact(const struct fact *answered, const struct fact *stands)
{
    return answered->coefficient == stands->coefficient &&
           answered->exponent == stands->exponent &&
           answered->form == stands->form &&
           answered->line_day == stands->line_day &&
           (answered->record == stands->record ||
            (answered->record == 0 && !(stands->form & FORM_DETAIL)));
}

/* Adds a fault: the program reads ANSWERED, the table says STANDS; one of them
 * may be NULL. */
static void
differ(struct verify *verify, const struct fact *answered,
       const struct fact *stands)
{
    struct buffer text = {0};
    verify_name_cell(verify, answered ? answered : stands, true, &text);
    buffer_add_text(&text, ": answers take ");
    if (answered) {
        add_value(answered, &text);
    } else {
        buffer_add_text(&text, "nothing");
    }
    buffer_add_text(&text, ", and in force is ");
    if (stands) {
        add_value(stands, &text);
    } else {
        buffer_add_text(&text, "nothing");
    }
    verification_add(verify->found, "%s", text.text);
    buffer_free(&text);
}

/* The next fact in force, from the end; false when there is none. */
static bool
next_in_force(struct verify *verify, sqlite3_stmt *row, uint64_t first,
              struct fact *fact)
{
    struct fact last = *fact;
    bool started = last.record != 0;
    while (verify_step(verify, row, what)) {
        *fact = (struct fact){
            .cell = first | (uint64_t)sqlite3_column_int64(row, 0),
            .line_day = (uint64_t)sqlite3_column_int64(row, 1) << 32 |
                        (uint64_t)sqlite3_column_int64(row, 2),
            .record = sqlite3_column_int64(row, 3),
            .coefficient = sqlite3_column_int64(row, 4),
            .exponent = (int16_t)sqlite3_column_int(row, 5),
            .form = (uint16_t)sqlite3_column_int(row, 6),
        };
        bool counts =
            sqlite3_column_type(row, 4) != SQLITE_NULL &&
            number_set_has(&verify->living,
                           (uint64_t)sqlite3_column_int64(row, 7)) &&
            !number_set_has(&verify->retracted, (uint64_t)fact->record);
        if (counts && !(started && compare_cells(fact, &last) == 0)) {
            return true;
        }
    }
    return false;
}

/* Meets the cells that were kept, from their end. */
static void
compare_range(struct verify *verify, sqlite3_stmt *row, uint64_t first,
              const struct cells *cells)
{
    struct fact stands = {0};
    size_t left = cells->count;
    bool has = next_in_force(verify, row, first, &stands);
    while (left || has) {
        const struct fact *answered = left ? &cells->items[left - 1] : NULL;
        int order = !answered ? -1
                    : !has    ? 1
                              : compare_cells(answered, &stands);
        if (order != 0 || !same_fact(answered, &stands)) {
            differ(verify, order >= 0 ? answered : NULL,
                   order <= 0 ? &stands : NULL);
        }
        left -= order >= 0;
        has = order > 0 ? has : next_in_force(verify, row, first, &stands);
    }
}

/* Of a range that cannot be read, the periods that cannot be. */
static void
find_unreadable(struct verify *verify, const struct scan_range *range,
                struct cells *cells)
{
    struct diagnostics *list = verify->store->diagnostics;
    size_t messages = list->count;
    cells->count = 0;
    bool scanned = store_scan(verify->store, range, keep_cell, cells);
    diagnostics_truncate(list, messages);
    if (scanned) {
        return;
    }
    if (range->first < range->last) {
        struct scan_range half = *range;
        half.last = range->first + (range->last - range->first) / 2;
        find_unreadable(verify, &half, cells);
        half.first = half.last + 1;
        half.last = range->last;
        find_unreadable(verify, &half, cells);
        return;
    }
    struct fact key = {.cell = fact_pack_cell(range->metric, range->frequency,
                                              range->kind, range->first)};
    struct buffer text = {0};
    verify_name_cell(verify, &key, false, &text);
    verification_add(verify->found, "%s: it cannot be read", text.text);
    buffer_free(&text);
}

/* Reads a range by both routes. */
static void
check_scan(struct verify *verify, sqlite3_stmt *row,
           const struct scan_range *range, struct cells *cells)
{
    struct diagnostics *list = verify->store->diagnostics;
    size_t messages = list->count;
    cells->count = 0;
    bool scanned = store_scan(verify->store, range, keep_cell, cells);
    diagnostics_truncate(list, messages);
    if (!scanned) {
        find_unreadable(verify, range, cells);
        return;
    }
    sqlite3_reset(row);
    sqlite3_bind_int64(row, 1, range->metric);
    sqlite3_bind_int64(row, 2, range->frequency);
    sqlite3_bind_int64(row, 3, range->kind);
    sqlite3_bind_int64(row, 4, range->first);
    sqlite3_bind_int64(row, 5, range->last);
    compare_range(
        verify, row,
        fact_pack_cell(range->metric, range->frequency, range->kind, 0), cells);
}

/* Reads the periods FIRST to LAST, both cells of one metric, frequency and
 * kind.  A scan that wants places reads rows; another may read
 * cross-sections. */
static void
check_range(struct verify *verify, sqlite3_stmt *row, uint64_t first,
            uint64_t last, struct cells *cells)
{
    struct fact from = {.cell = first};
    struct fact to = {.cell = last};
    struct scan_range range = {
        .metric = fact_metric(&from),
        .frequency = fact_frequency(&from),
        .kind = fact_kind(&from),
        .first = fact_period(&from),
        .last = fact_period(&to),
        .line_high = UINT32_MAX,
        .most_lines = true,
        .as_of = INT32_MAX,
        .places = true,
    };
    uint64_t faults = verify->found->faults;
    check_scan(verify, row, &range, cells);
    range.places = false;
    if (verify->store->has_sections && verify->found->faults == faults) {
        check_scan(verify, row, &range, cells);
    }
}

/* Ranges of periods in use, each with about so many facts. */
static void
check_ranges(struct verify *verify, sqlite3_stmt *extent, sqlite3_stmt *row)
{
    struct cells cells = {0};
    uint64_t first = 0;
    uint64_t last = 0;
    int64_t facts = 0;
    while (!verify->failed && verify_step(verify, extent, what)) {
        uint64_t cell = store_row_cell(extent);
        int64_t more = sqlite3_column_int64(extent, 4);
        more = more < 1 || more > RANGE_FACTS ? RANGE_FACTS : more;
        if (facts && (facts + more > RANGE_FACTS || cell >> 24 != last >> 24)) {
            check_range(verify, row, first, last, &cells);
            facts = 0;
        }
        first = facts ? first : cell;
        last = cell;
        facts += more;
    }
    if (facts && !verify->failed) {
        check_range(verify, row, first, last, &cells);
    }
    free(cells.items);
}

void
verify_cells(struct verify *verify)
{
    sqlite3_stmt *extent = verify_prepare(
        verify,
        "SELECT metric, frequency, kind, period, facts FROM extent"
        " ORDER BY metric, frequency, kind, period",
        what);
    sqlite3_stmt *row = verify_prepare(
        verify,
        "SELECT period, line, day, record, coefficient, exponent, form, batch"
        " FROM fact"
        " WHERE metric = ?1 AND frequency = ?2 AND kind = ?3"
        " AND period BETWEEN ?4 AND ?5 ORDER BY period DESC, line DESC,"
        " day DESC, record DESC",
        what);
    if (extent && row) {
        check_ranges(verify, extent, row);
    }
    sqlite3_finalize(extent);
    sqlite3_finalize(row);
}
