/* What follows from facts: the constraints, and the values derived from them.
 * Both are few beside the facts, and are held in memory once they are asked
 * for. */
#include "store/internal.h"

#include <stdlib.h>

static void
add_constraint(struct store *store, size_t *capacity, const struct fact *fact)
{
    void *items = store->constraints;
    memory_grow(&items, capacity, store->constraint_count + 1,
                sizeof *store->constraints);
    store->constraints = items;
    store->constraints[store->constraint_count++] = *fact;
}

uint64_t
store_row_cell(sqlite3_stmt *row)
{
    return fact_pack_cell((uint32_t)sqlite3_column_int64(row, 0),
                          (enum frequency)sqlite3_column_int(row, 1),
                          (uint32_t)sqlite3_column_int64(row, 2),
                          sqlite3_column_int(row, 3));
}

uint64_t
store_row_line_day(sqlite3_stmt *row)
{
    return (uint64_t)sqlite3_column_int64(row, 4) << 32 |
           (uint64_t)sqlite3_column_int64(row, 5);
}

static struct fact
read_fact(sqlite3_stmt *row)
{
    return (struct fact){
        .cell = store_row_cell(row),
        .line_day = store_row_line_day(row),
        .record = sqlite3_column_int64(row, 6),
        .coefficient = sqlite3_column_int64(row, 7),
        .exponent = (int16_t)sqlite3_column_int(row, 8),
        .form = (uint16_t)sqlite3_column_int(row, 9),
        .actor = (uint32_t)sqlite3_column_int64(row, 10),
        .source = (uint32_t)sqlite3_column_int64(row, 11),
        .batch = (uint32_t)sqlite3_column_int64(row, 12),
        .row = (uint32_t)sqlite3_column_int64(row, 13),
    };
}

static int
compare_records(const void *a, const void *b)
{
    const struct fact *left = a;
    const struct fact *right = b;
    return (left->record > right->record) - (left->record < right->record);
}

bool
store_constraints(struct store *store, const struct fact **facts, size_t *count)
{
    if (store->constraint_version != store->version) {
        size_t capacity = 0;
        int status = SQLITE_DONE;
        free(store->constraints);
        store->constraints = NULL;
        store->constraint_count = 0;
        sqlite3_stmt *statement =
            store->db ? store_statement(store, SQL_CONSTRAINTS) : NULL;
        while (statement && (status = sqlite3_step(statement)) == SQLITE_ROW) {
            struct fact fact = read_fact(statement);
            if (!sound_cell(store, statement) ||
                !sound_line_day(store, statement) ||
                !sound_speaker(store, &fact)) {
                status = SQLITE_CORRUPT;
                break;
            }
            if (!batch_is_withdrawn(store, fact.batch)) {
                add_constraint(store, &capacity, &fact);
            }
        }
        sqlite3_reset(statement);
        if (status != SQLITE_DONE) {
            return store_failed(store, status);
        }
        size_t stored = store->constraint_count;
        for (size_t i = 0; i < store->overlay.count; i++) {
            const struct fact *fact = &store->overlay.facts[i];
            if (fact->form & (FORM_FORMULA | FORM_MOVED) &&
                !batch_is_withdrawn(store, fact->batch)) {
                add_constraint(store, &capacity, &store->overlay.facts[i]);
            }
        }
        if (store->constraint_count > stored) {
            qsort(store->constraints + stored, store->constraint_count - stored,
                  sizeof *store->constraints, compare_records);
        }
        store->constraint_version = store->version;
    }
    *facts = store->constraints;
    *count = store->constraint_count;
    return true;
}

const struct fact *
store_constraint(struct store *store, int64_t record)
{
    const struct fact *facts;
    size_t count;
    struct fact key = {.record = record};
    return store_constraints(store, &facts, &count) && count
               ? bsearch(&key, facts, count, sizeof *facts, compare_records)
               : NULL;
}

static int
compare_derived(const void *a, const void *b)
{
    const struct derived *left = a;
    const struct derived *right = b;
    if (left->cell != right->cell) {
        return left->cell < right->cell ? -1 : 1;
    }
    if (left->line_day != right->line_day) {
        return left->line_day < right->line_day ? -1 : 1;
    }
    if (left->basis != right->basis) {
        return left->basis < right->basis ? -1 : 1;
    }
    return (left->record > right->record) - (left->record < right->record);
}

void
store_set_derived(struct store *store, const struct derived *items,
                  size_t count)
{
    arena_reset(&store->derived_texts);
    store->derived =
        memory_resize(store->derived, count * sizeof *store->derived);
    store->derived_count = count;
    for (size_t i = 0; i < count; i++) {
        store->derived[i] = items[i];
        store->derived[i].chain = arena_copy(
            &store->derived_texts, items[i].chain, strlen(items[i].chain));
    }
    if (count) {
        qsort(store->derived, count, sizeof *store->derived, compare_derived);
    }
}

size_t
store_derived(struct store *store, uint32_t metric,
              const struct derived **first)
{
    size_t start = 0;
    while (start < store->derived_count &&
           store->derived[start].cell >> 40 < metric) {
        start++;
    }
    size_t end = start;
    while (end < store->derived_count &&
           store->derived[end].cell >> 40 == metric) {
        end++;
    }
    *first = end > start ? store->derived + start : NULL;
    return end - start;
}

bool
store_facts_since(const struct store *store, int64_t record,
                  bool (*wanted)(void *context, const struct fact *fact),
                  void *context)
{
    const struct overlay *overlay = &store->overlay;
    for (size_t i = 0; i < overlay->count; i++) {
        if (overlay->facts[i].record > record &&
            wanted(context, &overlay->facts[i])) {
            return true;
        }
    }
    for (size_t i = 0; i < store->touched_count; i++) {
        const struct touched *touched = &store->touched[i];
        struct fact some = {
            .cell = fact_pack_cell(touched->metric, FREQUENCY_ONCE, 0, 0),
            .form = touched->constrains ? FORM_FORMULA : 0,
        };
        if (touched->record > record && wanted(context, &some)) {
            return true;
        }
    }
    return false;
}

int64_t
store_last_record(const struct store *store)
{
    return store->next_record - 1;
}

size_t
store_constraint_count(struct store *store)
{
    return store->saved_constraints;
}
