/* Of which rows of a space something is known: the figures that tell are found
 * once, not for each row. */
#include "eval/plan/plan.h"

#include <stdlib.h>

/* A figure with a period of its own is known everywhere, and says nothing about
 * a row of a frame that has periods. */
static bool
tells_rows(const struct plan *plan, const struct plan_node *node)
{
    return node->op == PLAN_FIGURE &&
           !(plan->figures[node->figure]->fixed && plan->has_periods);
}

void
plan_find_leaves(struct plan *plan)
{
    for (size_t i = 0; i < plan->space_count; i++) {
        plan->spaces[i].leaf_count = 0;
    }
    for (size_t i = 0; i < plan->node_count; i++) {
        const struct plan_node *node = &plan->nodes[i];
        plan->spaces[node->space].leaf_count += tells_rows(plan, node);
    }
    for (size_t i = 0; i < plan->space_count; i++) {
        struct space *space = &plan->spaces[i];
        free(space->leaves); /* of an earlier run */
        space->leaves =
            memory_alloc((space->leaf_count + 1) * sizeof *space->leaves);
        space->leaf_count = 0;
    }
    for (size_t i = 0; i < plan->node_count; i++) {
        const struct plan_node *node = &plan->nodes[i];
        struct space *space = &plan->spaces[node->space];
        if (tells_rows(plan, node)) {
            space->leaves[space->leaf_count++] = (uint32_t)i;
        }
    }
}

bool
plan_row_known(const struct plan *plan, size_t space, size_t period,
               size_t line)
{
    const struct space *own = &plan->spaces[space];
    for (size_t i = 0; i < own->leaf_count; i++) {
        const struct plan_node *node = &plan->nodes[own->leaves[i]];
        const struct figure *figure = plan->figures[node->figure];
        size_t at = figure_cell(plan, node, period, line);
        if (at != SIZE_MAX &&
            (!isnan(figure->values[at]) || !isnan(figure->low[at]))) {
            return true;
        }
    }
    return own->leaf_count == 0;
}
