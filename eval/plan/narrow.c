/* Aggregates beside rows that have more dimensions than their inside.
 *
 * The space inside an aggregate starts with the dimensions of the rows around
 * it.  Those along which nothing inside varies are taken out again: a sum over
 * countries is the same beside every good, and is repeated along them.
 */
#include "eval/plan/plan.h"

bool
figure_follows(const struct plan *plan, const struct figure *figure,
               uint32_t dimension)
{
    if (dimension_is_spread(dimension)) {
        return figure->spreads >> (dimension - DIMENSION_SPREAD) & 1;
    }
    const struct metric *metric =
        &store_vocabulary(plan->store)->metrics[figure->metric];
    int at = metric_dimension(metric, dimension);
    return at >= 0 && figure->selectors[at] == SELECT_SPACE;
}

static bool
names_member(const struct plan_node *node)
{
    return node->op == PLAN_MEMBER || node->op == PLAN_HORIZON;
}

bool
aggregate_keeps(const struct plan *plan, const struct plan_node *node,
                uint32_t dimension)
{
    const struct space *inside = &plan->spaces[node->from_space];
    bool found = false;
    for (size_t d = 0; d < inside->dimension_count; d++) {
        found = found || inside->dimensions[d] == dimension;
    }
    bool named = false;
    for (size_t i = 0; i < node->over_count; i++) {
        named = named || node->over[i] == dimension;
    }
    bool speech = dimension_is_spread(dimension);
    return found && (node->keeps ? named || speech : !named);
}

/* Does a node that is no figure depend on DIMENSION by itself? */
static bool
node_depends(const struct plan *plan, const struct plan_node *node,
             uint32_t dimension)
{
    const struct space *own = &plan->spaces[node->space];
    return node->op >= PLAN_SUM
               ? aggregate_keeps(plan, node, dimension)
               : names_member(node) && node->figure < own->dimension_count &&
                     own->dimensions[node->figure] == dimension;
}

/* Does anything in SPACE depend on DIMENSION?  Aggregates in it are narrow by
 * now.  Who spoke, and when, counts if a figure in it is told apart by that. */
static bool
depends_on(const struct plan *plan, const struct plan_mark *mark, size_t space,
           uint32_t dimension)
{
    bool depends = false;
    for (size_t i = mark->figures; !depends && i < plan->figure_count; i++) {
        depends = plan->figures[i]->space == space &&
                  figure_follows(plan, plan->figures[i], dimension);
    }
    for (size_t i = mark->nodes; !depends && i < plan->node_count; i++) {
        depends = plan->nodes[i].space == space &&
                  node_depends(plan, &plan->nodes[i], dimension);
    }
    return depends;
}

bool
node_follows(const struct plan *plan, uint32_t at, uint32_t dimension)
{
    struct arena arena;
    arena_init(&arena);
    const bool *beneath = plan_beneath(plan, at, &arena);
    const struct plan_node *top = &plan->nodes[at];
    bool follows = false;
    for (uint32_t i = 0; !follows && i <= at; i++) {
        const struct plan_node *node = &plan->nodes[i];
        if (beneath[i] && node->space == top->space) {
            follows = node->op == PLAN_FIGURE
                          ? figure_follows(plan, plan->figures[node->figure],
                                           dimension)
                          : node_depends(plan, node, dimension);
        }
    }
    arena_free(&arena);
    return follows;
}

void
plan_narrow_inside(struct plan *plan, const struct plan_mark *mark, size_t at)
{
    struct space *space = &plan->spaces[at];
    uint32_t kept[SPACE_DIMENSIONS_MAX];
    uint8_t named = 0;
    size_t now[SPACE_DIMENSIONS_MAX];
    size_t count = 0;
    for (size_t d = 0; d < space->dimension_count; d++) {
        now[d] = count;
        if (depends_on(plan, mark, at, space->dimensions[d])) {
            named |= (uint8_t)((space->named >> d & 1) << count);
            kept[count++] = space->dimensions[d];
        }
    }
    if (count == space->dimension_count) {
        return;
    }
    for (size_t i = mark->nodes; i < plan->node_count; i++) {
        struct plan_node *node = &plan->nodes[i];
        if (names_member(node) && node->space == at &&
            node->figure < space->dimension_count) {
            node->figure = now[node->figure];
        }
    }
    memcpy(space->dimensions, kept, count * sizeof *kept);
    space->dimension_count = count;
    space->named = named;
    plan_index_again(plan);
}
