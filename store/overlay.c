/* Facts in memory, in the order of the table. */
#include "store/internal.h"

#include <stdlib.h>

void
overlay_free(struct overlay *overlay)
{
    free(overlay->facts);
    free(overlay->details);
    arena_free(&overlay->texts);
    *overlay = (struct overlay){0};
}

void
overlay_truncate(struct overlay *overlay, int64_t record, size_t details)
{
    size_t kept = 0;
    size_t sorted = 0;
    for (size_t i = 0; i < overlay->count; i++) {
        if (overlay->facts[i].record < record) {
            overlay->facts[kept++] = overlay->facts[i];
            sorted += i < overlay->sorted;
        }
    }
    overlay->count = kept;
    overlay->sorted = sorted;
    overlay->detail_count = details;
    if (kept == 0 && details == 0) {
        arena_reset(&overlay->texts);
    }
}

enum {
    RADIX_BITS = 8,
    RADIX_SIZE = 1 << RADIX_BITS,
    RADIX_BYTES = 16,
    RADIX_FEW = 256,
};

static int
compare_facts(const void *a, const void *b)
{
    return fact_compare(a, b);
}

struct sort_key {
    uint64_t high;
    uint64_t low;
    uint32_t at;
};

static inline unsigned
key_digit(const struct sort_key *key, int byte)
{
    uint64_t word = byte < 8 ? key->low : key->high;
    return (unsigned)(word >> byte % 8 * RADIX_BITS) & (RADIX_SIZE - 1);
}

/* One pass over one byte of the key; COUNTS become places. */
static void
radix_pass(const struct sort_key *from, struct sort_key *to, size_t count,
           int byte, uint32_t *counts)
{
    uint32_t at = 0;
    for (int digit = 0; digit < RADIX_SIZE; digit++) {
        uint32_t start = at;
        at += counts[digit];
        counts[digit] = start;
    }
    for (size_t i = 0; i < count; i++) {
        to[counts[key_digit(&from[i], byte)]++] = from[i];
    }
}

/* The facts by the 16 bytes of their key, least first, in memory of its own:
 * stable, so that facts stated in order of record stay so.  Bytes that all
 * share cost nothing but their count. */
static struct fact *
radix_sort(const struct fact *facts, size_t count)
{
    struct sort_key *keys = memory_alloc(count * sizeof *keys);
    struct sort_key *other = memory_alloc(count * sizeof *other);
    uint32_t counts[RADIX_BYTES][RADIX_SIZE] = {{0}};
    for (size_t i = 0; i < count; i++) {
        keys[i] =
            (struct sort_key){facts[i].cell, facts[i].line_day, (uint32_t)i};
        for (int byte = 0; byte < RADIX_BYTES; byte++) {
            counts[byte][key_digit(&keys[i], byte)]++;
        }
    }
    for (int byte = 0; byte < RADIX_BYTES; byte++) {
        if (counts[byte][key_digit(&keys[0], byte)] < count) {
            radix_pass(keys, other, count, byte, counts[byte]);
            struct sort_key *sorted = other;
            other = keys;
            keys = sorted;
        }
    }
    free(other);
    struct fact *sorted = memory_alloc(count * sizeof *sorted);
    for (size_t i = 0; i < count; i++) {
        sorted[i] = facts[keys[i].at];
    }
    free(keys);
    return sorted;
}

void
facts_sort(struct fact **facts, size_t count)
{
    if (count < RADIX_FEW) {
        if (count) {
            qsort(*facts, count, sizeof **facts, compare_facts);
        }
        return;
    }
    struct fact *sorted = radix_sort(*facts, count);
    free(*facts);
    *facts = sorted;
}

static bool
in_order(const struct fact *facts, size_t from, size_t count)
{
    for (size_t i = from ? from : 1; i < count; i++) {
        if (fact_compare(&facts[i - 1], &facts[i]) > 0) {
            return false;
        }
    }
    return true;
}

/* Merges TAIL, a sorted copy of what stands behind the sorted head. */
static void
merge_tail(struct overlay *overlay, const struct fact *tail)
{
    size_t head = overlay->sorted;
    size_t rest = overlay->count - overlay->sorted;
    size_t to = overlay->count;
    while (rest) {
        if (head &&
            fact_compare(&overlay->facts[head - 1], &tail[rest - 1]) > 0) {
            overlay->facts[--to] = overlay->facts[--head];
        } else {
            overlay->facts[--to] = tail[--rest];
        }
    }
}

void
overlay_sort(struct overlay *overlay)
{
    size_t sorted = overlay->sorted;
    size_t tail_count = overlay->count - sorted;
    if (tail_count == 0 || in_order(overlay->facts, sorted, overlay->count)) {
        overlay->sorted = overlay->count;
        return;
    }
    /* A sorted head and a disordered tail: by record within equal keys. */
    if (sorted == 0) { /* it is all there is */
        facts_sort(&overlay->facts, overlay->count);
        overlay->capacity =
            tail_count < RADIX_FEW ? overlay->capacity : tail_count;
    } else {
        struct fact *tail = memory_alloc(tail_count * sizeof *tail);
        memcpy(tail, overlay->facts + sorted, tail_count * sizeof *tail);
        facts_sort(&tail, tail_count);
        merge_tail(overlay, tail);
        free(tail);
    }
    overlay->sorted = overlay->count;
}

size_t
overlay_seek(const struct overlay *overlay, uint64_t cell, uint64_t line_day)
{
    struct fact wanted = {
        .cell = cell, .line_day = line_day, .record = INT64_MIN};
    size_t low = 0;
    size_t high = overlay->sorted;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (fact_compare(&overlay->facts[middle], &wanted) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static const char *
copy_text(struct arena *arena, const char *text)
{
    return text ? arena_copy(arena, text, strlen(text)) : NULL;
}

static void
add_detail(struct overlay *overlay, int64_t record,
           const struct fact_detail *detail)
{
    void *items = overlay->details;
    memory_grow(&items, &overlay->detail_capacity, overlay->detail_count + 1,
                sizeof *overlay->details);
    overlay->details = items;
    overlay->details[overlay->detail_count++] = (struct fact_detail){
        .record = record,
        .bounds = detail->bounds,
        .assertion = copy_text(&overlay->texts, detail->assertion),
        .context = copy_text(&overlay->texts, detail->context),
        .condition = copy_text(&overlay->texts, detail->condition),
        .note = copy_text(&overlay->texts, detail->note),
        .url = copy_text(&overlay->texts, detail->url),
        .written = copy_text(&overlay->texts, detail->written),
    };
}

void
store_add_fact(struct store *store, struct fact *fact,
               const struct fact_detail *detail)
{
    struct overlay *overlay = &store->overlay;
    fact->record = store->next_record++;
    if (detail) {
        fact->form |= FORM_DETAIL;
        add_detail(overlay, fact->record, detail);
    }
    if (overlay->count == overlay->capacity) {
        void *items = overlay->facts;
        memory_grow(&items, &overlay->capacity, overlay->count + 1,
                    sizeof *overlay->facts);
        overlay->facts = items;
    }
    overlay->facts[overlay->count++] = *fact;
    store->batches[fact->batch - store->first_batch].facts++;
    store->version++;
}

static bool
base_detail(struct store *store, int64_t record, struct arena *arena,
            struct fact_detail *detail)
{
    sqlite3_stmt *statement = store_statement(store, SQL_DETAIL);
    const char *texts[6];
    if (!statement) {
        return false;
    }
    sqlite3_bind_int64(statement, 1, record);
    int status = sqlite3_step(statement);
    bool found = status == SQLITE_ROW;
    if (found) {
        for (int i = 0; i < 6; i++) {
            texts[i] = copy_text(
                arena, (const char *)sqlite3_column_text(statement, 2 + i));
        }
        *detail = (struct fact_detail){
            .record = record,
            .bounds = {sqlite3_column_type(statement, 0) == SQLITE_NULL
                           ? -INFINITY
                           : sqlite3_column_double(statement, 0),
                       sqlite3_column_type(statement, 1) == SQLITE_NULL
                           ? INFINITY
                           : sqlite3_column_double(statement, 1)},
            .assertion = texts[0],
            .context = texts[1],
            .condition = texts[2],
            .note = texts[3],
            .url = texts[4],
            .written = texts[5],
        };
    }
    sqlite3_reset(statement);
    /* Only facts that say that they have one are asked for. */
    return found ||
           store_failed(store, status == SQLITE_DONE ? SQLITE_CORRUPT : status);
}

bool
store_detail(struct store *store, int64_t record, struct arena *arena,
             struct fact_detail *detail)
{
    const struct overlay *overlay = &store->overlay;
    size_t low = 0;
    size_t high = overlay->detail_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (overlay->details[middle].record < record) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low < overlay->detail_count && overlay->details[low].record == record) {
        *detail = overlay->details[low];
        return true;
    }
    return store->db ? base_detail(store, record, arena, detail)
                     : store_failed(store, SQLITE_CORRUPT);
}
