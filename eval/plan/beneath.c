/* What a node rests on.  Definitions that double their argument make trees of
 * 2^40 paths over forty nodes, so that nobody walks along the paths. */
#include "eval/plan/plan.h"

bool *
plan_beneath(const struct plan *plan, uint32_t at, struct arena *arena)
{
    bool *beneath = arena_array(arena, bool, (size_t)at + 1);
    memset(beneath, 0, ((size_t)at + 1) * sizeof *beneath);
    beneath[at] = true;
    for (uint32_t i = at + 1; i-- > 0;) {
        const struct plan_node *node = &plan->nodes[i];
        for (int k = 0; beneath[i] && k < 3; k++) {
            if (node->kid[k] < i) { /* operands stand before operators */
                beneath[node->kid[k]] = true;
            }
        }
    }
    return beneath;
}
