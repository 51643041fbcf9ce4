#include "eval/plan/tuples.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

static uint32_t *
tuple_at(const struct tuples *set, size_t at)
{
    return set->items + at * set->width;
}

static int
compare_tuples(const uint32_t *a, const uint32_t *b, size_t width)
{
    for (size_t i = 0; i < width; i++) {
        if (a[i] != b[i]) {
            return a[i] < b[i] ? -1 : 1;
        }
    }
    return 0;
}

void
tuples_add(struct tuples *set, const uint32_t *tuple)
{
    size_t width = set->width ? set->width : 1;
    void *items = set->items;
    memory_grow(&items, &set->capacity, set->count + 1,
                width * sizeof *set->items);
    set->items = items;
    memcpy(tuple_at(set, set->count), tuple, set->width * sizeof *tuple);
    set->count++;
}

/* Merge sort; qsort has no context for the width. */
static void
sort_tuples(uint32_t *tuples, uint32_t *scratch, size_t count, size_t width)
{
    if (count < 2) {
        return;
    }
    size_t half = count / 2;
    sort_tuples(tuples, scratch, half, width);
    sort_tuples(tuples + half * width, scratch, count - half, width);
    size_t i = 0;
    size_t j = half;
    for (size_t to = 0; to < count; to++) {
        bool left =
            j == count ||
            (i < half && compare_tuples(tuples + i * width, tuples + j * width,
                                        width) <= 0);
        size_t from = left ? i++ : j++;
        memcpy(scratch + to * width, tuples + from * width,
               width * sizeof *tuples);
    }
    memcpy(tuples, scratch, count * width * sizeof *tuples);
}

/* Lines are read in order as a rule, and then they are in order. */
static bool
is_settled(const struct tuples *set)
{
    for (size_t i = 1; i < set->count; i++) {
        if (compare_tuples(tuple_at(set, i - 1), tuple_at(set, i),
                           set->width) >= 0) {
            return false;
        }
    }
    return true;
}

void
tuples_settle(struct tuples *set)
{
    if (is_settled(set)) {
        return;
    }
    if (set->width) {
        uint32_t *scratch =
            memory_alloc(set->count * set->width * sizeof *scratch);
        sort_tuples(set->items, scratch, set->count, set->width);
        free(scratch);
    }
    size_t kept = 1;
    for (size_t i = 1; i < set->count; i++) {
        const uint32_t *tuple = tuple_at(set, i);
        if (compare_tuples(tuple_at(set, kept - 1), tuple, set->width) != 0) {
            memmove(tuple_at(set, kept), tuple, set->width * sizeof *tuple);
            kept++;
        }
    }
    set->count = kept;
}

size_t
tuples_find(const struct tuples *set, const uint32_t *tuple)
{
    size_t low = 0;
    size_t high = set->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_tuples(tuple_at(set, middle), tuple, set->width);
        if (order == 0) {
            return middle;
        }
        low = order < 0 ? middle + 1 : low;
        high = order < 0 ? high : middle;
    }
    return SIZE_MAX;
}

bool
tuples_have(const struct tuples *set, const uint32_t *tuple)
{
    return tuples_find(set, tuple) != SIZE_MAX;
}

const uint32_t *
tuples_last(const struct tuples *set, const uint32_t *tuple)
{
    size_t low = 0;
    size_t high = set->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_tuples(tuple_at(set, middle), tuple, set->width) <= 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low ? tuple_at(set, low - 1) : NULL;
}

struct tuples
tuples_project(const struct tuples *set, const size_t *which, size_t count)
{
    struct tuples result = {.width = count};
    uint32_t *tuple = memory_alloc((count + 1) * sizeof *tuple);
    for (size_t i = 0; i < set->count; i++) {
        for (size_t k = 0; k < count; k++) {
            tuple[k] = tuple_at(set, i)[which[k]];
        }
        if (result.count == 0 ||
            compare_tuples(tuple_at(&result, result.count - 1), tuple, count)) {
            tuples_add(&result, tuple);
        }
    }
    free(tuple);
    tuples_settle(&result);
    return result;
}

void
tuples_free(struct tuples *set)
{
    free(set->items);
    *set = (struct tuples){.width = set->width};
}
