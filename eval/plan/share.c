/* The inside of an aggregate, computed once.
 *
 * Each aggregate is bound in a space of its own.  When an earlier one has the
 * same inside, what was added for the later one is taken out of the plan again:
 * the average and the largest of a thing read and compute it once.
 */
#include "eval/plan/plan.h"

enum { SHARE_NODES_MAX = 5000 }; /* beyond, looking for it costs more */

struct pairing {
    const struct plan *plan;
    size_t from; /* spaces */
    size_t to;
};

static bool
same_space(const struct space *a, const struct space *b)
{
    return a->dimension_count == b->dimension_count && a->named == b->named &&
           a->collects == b->collects && a->leaves_only == b->leaves_only &&
           memcmp(a->dimensions, b->dimensions,
                  a->dimension_count * sizeof *a->dimensions) == 0;
}

static bool
figures_pair(const struct pairing *pairing, size_t a, size_t b)
{
    const struct figure *left = pairing->plan->figures[a];
    struct figure right = *pairing->plan->figures[b];
    if (left->space != pairing->from || right.space != pairing->to) {
        return a == b;
    }
    right.space = pairing->from;
    return figure_equal(left, &right);
}

static bool
nodes_pair(const struct pairing *pairing, uint32_t a, uint32_t b)
{
    const struct plan_node *left = &pairing->plan->nodes[a];
    struct plan_node right = pairing->plan->nodes[b];
    if (left->op != right.op || left->op >= PLAN_SUM) {
        return a == b;
    }
    if (left->op == PLAN_FIGURE) {
        if (!figures_pair(pairing, left->figure, right.figure)) {
            return false;
        }
        right.figure = left->figure;
    }
    for (int i = 0; i < 3; i++) {
        bool has = left->kid[i] != UINT32_MAX;
        if (has != (right.kid[i] != UINT32_MAX) ||
            (has && !nodes_pair(pairing, left->kid[i], right.kid[i]))) {
            return false;
        }
        right.kid[i] = left->kid[i];
    }
    if (right.space == pairing->to) {
        right.space = left->space;
    }
    return node_equal_in_plan(left, &right);
}

void
plan_truncate(struct plan *plan, const struct plan_mark *mark)
{
    while (plan->rate_count &&
           plan->rates[plan->rate_count - 1] >= mark->nodes) {
        plan->rate_count--;
    }
    plan->node_count = mark->nodes;
    plan->figure_count = mark->figures;
    plan->space_count = mark->spaces;
    plan_index_again(plan);
}

struct plan_mark
plan_mark(const struct plan *plan)
{
    return (struct plan_mark){plan->node_count, plan->figure_count,
                              plan->space_count};
}

uint32_t
plan_share_inside(struct plan *plan, const struct plan_mark *mark,
                  size_t *space, uint32_t value)
{
    bool nested = plan->space_count != mark->spaces + 1;
    if (nested || plan->node_count > SHARE_NODES_MAX) {
        return value;
    }
    for (size_t i = 0; i < mark->nodes; i++) {
        const struct plan_node *node = &plan->nodes[i];
        if (node->op < PLAN_SUM) {
            continue;
        }
        struct pairing pairing = {plan, node->from_space, *space};
        if (same_space(&plan->spaces[node->from_space],
                       &plan->spaces[*space]) &&
            nodes_pair(&pairing, node->kid[0], value)) {
            uint32_t found = node->kid[0];
            *space = node->from_space;
            plan_truncate(plan, mark);
            return found;
        }
    }
    return value;
}
