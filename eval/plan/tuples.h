/* Sets of tuples of numbers: combinations of members, in order, each once. */
#ifndef EVAL_PLAN_TUPLES_H
#define EVAL_PLAN_TUPLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct tuples {
    size_t width; /* numbers in each */
    size_t count;
    size_t capacity;
    uint32_t *items; /* count x width; owned: tuples_free() */
};

/* Adds one behind the others: the set is in order again after
 * tuples_settle(). */
void tuples_add(struct tuples *set, const uint32_t *tuple);

/* Puts them in order, by their first numbers first, and drops repetitions. */
void tuples_settle(struct tuples *set);

/* Is this one of a settled set? */
bool tuples_have(const struct tuples *set, const uint32_t *tuple);

/* ... and at which index; SIZE_MAX when it is not. */
size_t tuples_find(const struct tuples *set, const uint32_t *tuple);

/* The last one of a settled set that does not come behind TUPLE; NULL for none.
 */
const uint32_t *tuples_last(const struct tuples *set, const uint32_t *tuple);

/* What is left of each tuple when only COUNT of its numbers stay, those at
 * WHICH, ascending.  The result is settled and the caller's. */
struct tuples tuples_project(const struct tuples *set, const size_t *which,
                             size_t count);

void tuples_free(struct tuples *set);

#endif
