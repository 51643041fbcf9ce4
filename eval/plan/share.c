/* What aggregates have inside, computed once.
 *
 * Each aggregate is bound in a space of its own.  When an earlier one has the
 * same inside, what was added for the later one is taken out of the plan again:
 * the average and the largest of a thing read and compute it once.  When an
 * earlier one reads the same figures and makes something else of them, both
 * have the same lines, and the later one moves into the space of the earlier:
 * the average of a thing and that of its square share the thing.
 */
#include "eval/plan/plan.h"

#include <stdlib.h>

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

bool
plan_has_aggregate(const struct plan *plan, const struct plan_mark *mark)
{
    for (size_t i = mark->nodes; i < plan->node_count; i++) {
        if (plan->nodes[i].op >= PLAN_SUM) {
            return true;
        }
    }
    return false;
}

/* The figure of space TO that is the same as one of another space; SIZE_MAX. */
static size_t
find_figure(const struct plan *plan, const struct figure *figure, size_t to)
{
    struct figure wanted = *figure;
    wanted.space = to;
    return plan_find_figure(plan, &wanted);
}

/* How many figures each space has and whether aggregates, so that most are told
 * apart at a glance. */
struct outline {
    size_t figures;
    bool aggregates;
};

static struct outline *
outline_spaces(const struct plan *plan)
{
    size_t bytes = plan->space_count * sizeof(struct outline);
    struct outline *outlines = memory_alloc(bytes);
    memset(outlines, 0, bytes);
    for (size_t f = 0; f < plan->figure_count; f++) {
        outlines[plan->figures[f]->space].figures++;
    }
    for (size_t i = 0; i < plan->node_count; i++) {
        const struct plan_node *node = &plan->nodes[i];
        outlines[node->space].aggregates =
            outlines[node->space].aggregates || node->op >= PLAN_SUM;
    }
    return outlines;
}

/* The earlier space that gets the same lines as the one behind the mark, from
 * the same figures and nothing else; SIZE_MAX for none. */
static size_t
find_alike(const struct plan *plan, const struct plan_mark *mark, size_t space)
{
    struct outline *outlines = outline_spaces(plan);
    size_t alike = SIZE_MAX;
    for (size_t at = 1; at < mark->spaces && alike == SIZE_MAX; at++) {
        bool same = outlines[at].figures > 0 &&
                    outlines[at].figures == outlines[space].figures &&
                    !outlines[at].aggregates &&
                    same_space(&plan->spaces[at], &plan->spaces[space]);
        for (size_t f = mark->figures; same && f < plan->figure_count; f++) {
            same = find_figure(plan, plan->figures[f], at) != SIZE_MAX;
        }
        alike = same ? at : SIZE_MAX;
    }
    free(outlines);
    return alike;
}

/* Can all behind the mark move out of SPACE?  Figures elsewhere, and nodes that
 * know their figure by other means than being it, stay where they are. */
static bool
can_move(const struct plan *plan, const struct plan_mark *mark, size_t space)
{
    bool can = plan->rate_count == 0 ||
               plan->rates[plan->rate_count - 1] < mark->nodes;
    for (size_t f = mark->figures; can && f < plan->figure_count; f++) {
        can = plan->figures[f]->space == space;
    }
    for (size_t i = mark->nodes; can && i < plan->node_count; i++) {
        can = plan->nodes[i].op != PLAN_ATTRIBUTE;
    }
    return can;
}

/* Moves all behind the mark from space FROM to another one, which has the same
 * lines; returns where VALUE is then. */
static uint32_t
move_inside(struct plan *plan, const struct plan_mark *mark, size_t from,
            size_t to, uint32_t value)
{
    size_t count = plan->node_count - mark->nodes;
    struct plan_node *nodes = memory_alloc((count + 1) * sizeof *nodes);
    uint32_t *moved = memory_alloc((count + 1) * sizeof *moved);
    memcpy(nodes, plan->nodes + mark->nodes, count * sizeof *nodes);
    for (size_t i = 0; i < count; i++) {
        if (nodes[i].op == PLAN_FIGURE) {
            nodes[i].figure =
                find_figure(plan, plan->figures[nodes[i].figure], to);
        }
    }
    plan_truncate(plan, mark);
    for (size_t i = 0; i < count; i++) {
        struct plan_node *node = &nodes[i];
        node->space = node->space == from ? to : node->space;
        for (int k = 0; k < 3; k++) {
            if (node->kid[k] != UINT32_MAX && node->kid[k] >= mark->nodes) {
                node->kid[k] = moved[node->kid[k] - mark->nodes];
            }
        }
        moved[i] = plan_add_node(plan, node);
    }
    value = value < mark->nodes ? value : moved[value - mark->nodes];
    free(nodes);
    free(moved);
    return value;
}

uint32_t
plan_share_inside(struct plan *plan, const struct plan_mark *mark,
                  size_t *space, uint32_t value)
{
    bool nested =
        plan->space_count != mark->spaces + 1 || plan_has_aggregate(plan, mark);
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
    size_t alike = can_move(plan, mark, *space) ? find_alike(plan, mark, *space)
                                                : SIZE_MAX;
    if (alike != SIZE_MAX) {
        value = move_inside(plan, mark, *space, alike, value);
        *space = alike;
    }
    return value;
}
