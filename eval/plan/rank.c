/* Ranks: the place of each line among those of its period, the largest first.
 * Equal values share a place and the next one is left out: 1, 1, 3 (rank of
 * VTL 2.1). */
#include "eval/plan/plan.h"
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

void
kernel_rank(struct plan *plan, struct plan_node *node)
{
    const struct plan_node *kid = &plan->nodes[node->kid[0]];
    size_t lines = plan->spaces[node->space].line_count;
    size_t periods = node->varies & VARIES_PERIOD ? plan_period_count(plan) : 1;
    struct grouping groups = plan_group_lines(plan, node);
    struct entrant *entrants = memory_alloc((lines + 1) * sizeof *entrants);
    for (size_t p = 0; p < periods && !plan_stops(plan); p++) {
        const double *values = kid->values + p * lines;
        double *ranks = node->values + p * lines;
        size_t count = 0;
        for (size_t line = 0; line < lines; line++) {
            ranks[line] = NAN;
            if (!isnan(values[line]) && !is_group(plan, node, line)) {
                entrants[count++] = (struct entrant){
                    groups.outside[line], (uint32_t)line, values[line]};
            }
        }
        qsort(entrants, count, sizeof *entrants, compare_entrants);
        hand_out(ranks, entrants, count);
    }
    if (plan->bounds) {
        size_t bytes = periods * lines * sizeof(double);
        memcpy(node->low, node->values, bytes);
        memcpy(node->high, node->values, bytes);
    }
    free(entrants);
}
