/* Ranks: the place of each line among those of its period, the largest first.
 * Equal values share a place and the next one is left out: 1, 1, 3 (rank of
 * VTL 2.1).  A value that is repeated along dimensions which it does not have
 * takes one place, and stands in all rows at that. */
#include "eval/plan/plan.h"
#include "eval/plan/tuples.h"
#include "values/number.h"

#include <stdlib.h>

struct entrant {
    uint32_t group;
    uint32_t line;
    double value;
};

static int
compare_entrants(const void *a, const void *b)
{
    const struct entrant *left = a;
    const struct entrant *right = b;
    if (left->group != right->group) {
        return left->group < right->group ? -1 : 1;
    }
    if (left->value != right->value) {
        return left->value > right->value ? -1 : 1;
    }
    return (left->line > right->line) - (left->line < right->line);
}

/* Does a line belong to a group of members?  It would be ranked against its own
 * parts. */
static bool
is_group(const struct plan *plan, const struct plan_node *node, size_t line)
{
    const struct space *space = &plan->spaces[node->space];
    for (size_t d = 0; d < space->dimension_count; d++) {
        uint32_t member = space->tuples[line * space->dimension_count + d];
        if (!dimension_is_spread(space->dimensions[d]) &&
            vocabulary_is_group(store_vocabulary(plan->store), member)) {
            return true;
        }
    }
    return false;
}

/* Numbers the entrants, who stand in order. */
static void
hand_out(double *ranks, const struct entrant *entrants, size_t count)
{
    size_t first = 0; /* of the group */
    size_t tied = 0;  /* the first of those that are equal */
    for (size_t i = 0; i < count; i++) {
        bool fresh = i == 0 || entrants[i].group != entrants[i - 1].group;
        first = fresh ? i : first;
        bool equal =
            !fresh && number_equal(entrants[i].value, entrants[tied].value);
        tied = equal ? tied : i;
        ranks[entrants[i].line] = (double)(tied - first + 1);
    }
}

static bool
ranks_over(const struct plan_node *node, uint32_t dimension)
{
    for (size_t i = 0; i < node->over_count; i++) {
        if (node->over[i] == dimension) {
            return true;
        }
    }
    return false;
}

/* Numbers the lines of a space by their members in COUNT dimensions of it; the
 * numbers are the caller's. */
static uint32_t *
number_lines(const struct space *space, const size_t *which, size_t count)
{
    struct tuples lines = {.width = space->dimension_count,
                           .count = space->line_count,
                           .items = space->tuples};
    struct tuples distinct = tuples_project(&lines, which, count);
    uint32_t *numbers = memory_alloc((space->line_count + 1) * sizeof *numbers);
    for (size_t line = 0; line < space->line_count; line++) {
        uint32_t tuple[SPACE_DIMENSIONS_MAX];
        for (size_t k = 0; k < count; k++) {
            tuple[k] = space->tuples[line * lines.width + which[k]];
        }
        size_t at = count ? tuples_find(&distinct, tuple) : 0;
        numbers[line] = (uint32_t)at;
    }
    tuples_free(&distinct);
    return numbers;
}

/* Which value stands in each line, and with which others it is ranked: those of
 * the same members in the dimensions that it has and is not ranked over. */
struct places {
    uint32_t *value;
    uint32_t *group;
};

static struct places
find_places(const struct plan *plan, const struct plan_node *node)
{
    const struct space *space = &plan->spaces[node->space];
    size_t own[SPACE_DIMENSIONS_MAX];
    size_t kept[SPACE_DIMENSIONS_MAX];
    size_t own_count = 0;
    size_t kept_count = 0;
    for (size_t d = 0; d < space->dimension_count; d++) {
        uint32_t dimension = space->dimensions[d];
        if (node_follows(plan, node->kid[0], dimension)) {
            own[own_count++] = d;
            if (!ranks_over(node, dimension)) {
                kept[kept_count++] = d;
            }
        }
    }
    return (struct places){number_lines(space, own, own_count),
                           number_lines(space, kept, kept_count)};
}

void
kernel_rank(struct plan *plan, struct plan_node *node)
{
    const struct plan_node *kid = &plan->nodes[node->kid[0]];
    size_t lines = plan->spaces[node->space].line_count;
    size_t periods = node->varies & VARIES_PERIOD ? plan_period_count(plan) : 1;
    struct places places = find_places(plan, node);
    struct entrant *entrants = memory_alloc((lines + 1) * sizeof *entrants);
    uint32_t *first = memory_alloc((lines + 1) * sizeof *first);
    for (size_t p = 0; p < periods && !plan_stops(plan); p++) {
        const double *values = kid->values + p * lines;
        double *ranks = node->values + p * lines;
        size_t count = 0;
        memset(first, 0xFF, lines * sizeof *first);
        for (size_t line = 0; line < lines; line++) {
            uint32_t *at = &first[places.value[line]];
            ranks[line] = NAN;
            if (*at == UINT32_MAX && !isnan(values[line]) &&
                !is_group(plan, node, line)) {
                *at = (uint32_t)line;
                entrants[count++] = (struct entrant){
                    places.group[line], (uint32_t)line, values[line]};
            }
        }
        qsort(entrants, count, sizeof *entrants, compare_entrants);
        hand_out(ranks, entrants, count);
        for (size_t line = 0; line < lines; line++) {
            uint32_t at = first[places.value[line]];
            ranks[line] = at == UINT32_MAX ? NAN : ranks[at];
        }
    }
    if (plan->bounds) {
        size_t bytes = periods * lines * sizeof(double);
        memcpy(node->low, node->values, bytes);
        memcpy(node->high, node->values, bytes);
    }
    free(entrants);
    free(first);
    free(places.value);
    free(places.group);
}
