/* Which rows a partial aggregate looks at: those of which a figure is known.
 *
 * A value may be known where no figure is, such as of `known(x)`, `x ? 0` or a
 * count; a partial aggregate leaves such rows out.  A figure inside another
 * aggregate counts where that one would gather it, and one inside a window that
 * is read in an earlier row as a whole counts as it is known there.  One with a period of its
 * own is the same in all rows and counts only where no other is there; and
 * where there is no figure at all, each row is as good as the next.
 */
#include "eval/plan/plan.h"

#include <stdlib.h>

struct leaf {
    uint32_t node;
    int32_t lead; /* how much later it is read only because a window stands
                   * around its row */
};

struct sight {
    size_t count;
    size_t capacity;
    struct leaf *leaves; /* figures, aggregates and shifts of one expression */
    struct sight *inner; /* by leaf; of a figure empty */
};

/* The nodes of an expression, from its last one backwards. */
struct step {
    bool within;
    int32_t lead;
};

struct steps {
    struct step *items;
    size_t count;
    size_t capacity;
};

static void
reach_back(struct steps *steps, size_t back, int32_t lead)
{
    void *items = steps->items;
    if (back >= steps->count) {
        memory_grow(&items, &steps->capacity, back + 1, sizeof *steps->items);
        steps->items = items;
        memset(steps->items + steps->count, 0,
               (back + 1 - steps->count) * sizeof *steps->items);
        steps->count = back + 1;
    }
    steps->items[back] = (struct step){true, lead};
}

static void
add_leaf(struct sight *sight, uint32_t at, int32_t lead)
{
    void *items = sight->leaves;
    memory_grow(&items, &sight->capacity, sight->count + 1,
                sizeof *sight->leaves);
    sight->leaves = items;
    sight->leaves[sight->count++] = (struct leaf){at, lead};
}

/* Operands stand before operators, so that one look back finds all of them; no
 * farther than they stand, for each aggregate looks at its own. */
static struct sight
sight_of(const struct plan *plan, uint32_t at, int32_t lead)
{
    struct sight sight = {0};
    struct steps steps = {0};
    reach_back(&steps, 0, lead);
    for (size_t back = 0; back < steps.count; back++) {
        struct step step = steps.items[back];
        uint32_t i = at - (uint32_t)back;
        const struct plan_node *node = &plan->nodes[i];
        bool leaf = node->op == PLAN_FIGURE || node->op == PLAN_SHIFT ||
                    node->op >= PLAN_SUM;
        if (step.within && leaf) {
            add_leaf(&sight, i, step.lead);
        }
        for (int k = 0; step.within && !leaf && k < 3; k++) {
            uint32_t kid = node->kid[k];
            if (kid != UINT32_MAX && plan->nodes[kid].op != PLAN_CONSTANT) {
                reach_back(&steps, at - kid, step.lead + node->center);
            }
        }
    }
    free(steps.items);
    sight.inner = memory_alloc((sight.count + 1) * sizeof *sight.inner);
    for (size_t i = 0; i < sight.count; i++) {
        const struct plan_node *node = &plan->nodes[sight.leaves[i].node];
        bool shifts = node->op == PLAN_SHIFT; /* its row is found by the lead */
        int32_t within = shifts ? 0 : sight.leaves[i].lead;
        sight.inner[i] = node->op == PLAN_FIGURE
                             ? (struct sight){0}
                             : sight_of(plan, node->kid[0], within);
    }
    return sight;
}

static void
sight_clear(struct sight *sight)
{
    for (size_t i = 0; i < sight->count; i++) {
        sight_clear(&sight->inner[i]);
    }
    free(sight->leaves);
    free(sight->inner);
}

struct sight *
sight_new(const struct plan *plan, uint32_t node)
{
    struct sight *sight = memory_alloc(sizeof *sight);
    *sight = sight_of(plan, node, 0);
    return sight;
}

void
sight_free(struct sight *sight)
{
    if (sight) {
        sight_clear(sight);
    }
    free(sight);
}

static bool
is_fixed(const struct plan *plan, const struct plan_node *node)
{
    return plan->figures[node->figure]->fixed && plan->has_periods;
}

/* Is there a figure that is FIXED, or one that is not? */
static bool
sight_has(const struct plan *plan, const struct sight *sight, bool fixed)
{
    for (size_t i = 0; i < sight->count; i++) {
        const struct plan_node *node = &plan->nodes[sight->leaves[i].node];
        if (node->op == PLAN_FIGURE
                ? is_fixed(plan, node) == fixed
                : sight_has(plan, &sight->inner[i], fixed)) {
            return true;
        }
    }
    return false;
}

static bool
figure_known(const struct plan *plan, const struct plan_node *node,
             int32_t lead, size_t period, size_t line)
{
    const struct figure *figure = plan->figures[node->figure];
    size_t at = figure_cell(plan, node, period - (size_t)lead, line);
    return at != SIZE_MAX &&
           (!isnan(figure->values[at]) || !isnan(figure->low[at]));
}

static bool sees(const struct plan *plan, const struct sight *sight, bool fixed,
                 size_t period, size_t line);

/* Is a figure known in a row that the aggregate NODE gathers for a row? */
static bool
sees_inside(const struct plan *plan, const struct plan_node *node,
            const struct sight *sight, bool fixed, size_t period, size_t row)
{
    struct grouping groups = plan_group_lines(plan, node);
    size_t lines = plan->spaces[node->from_space].line_count;
    size_t first = period;
    size_t last = period + 1;
    if (node->over_periods) {
        plan_aggregate_periods(plan, node, &first, &last);
    }
    struct run run = plan_aggregate_run(plan, node, row);
    for (size_t line = 0; line < lines; line++) {
        if (groups.inside[line] != groups.outside[row]) {
            continue;
        }
        for (size_t p = first; p < last; p++) {
            if (p >= run.first && p < run.last &&
                sees(plan, sight, fixed, p, line)) {
                return true;
            }
        }
    }
    return false;
}

/* Does leaf number I see a figure that is known? */
static bool
leaf_sees(const struct plan *plan, const struct sight *sight, size_t i,
          bool fixed, size_t period, size_t line)
{
    const struct leaf *leaf = &sight->leaves[i];
    const struct plan_node *node = &plan->nodes[leaf->node];
    if (node->op == PLAN_FIGURE) {
        return is_fixed(plan, node) == fixed &&
               figure_known(plan, node, leaf->lead, period, line);
    }
    if (node->op == PLAN_SHIFT) {
        size_t row = plan_shifted(plan, node, period - (size_t)leaf->lead);
        return row != SIZE_MAX &&
               sees(plan, &sight->inner[i], fixed, row, line);
    }
    return sees_inside(plan, node, &sight->inner[i], fixed, period, line);
}

static bool
sees(const struct plan *plan, const struct sight *sight, bool fixed,
     size_t period, size_t line)
{
    for (size_t i = 0; i < sight->count; i++) {
        if (leaf_sees(plan, sight, i, fixed, period, line)) {
            return true;
        }
    }
    return false;
}

bool
sight_row(const struct plan *plan, const struct sight *sight, size_t period,
          size_t line)
{
    bool moving = sight_has(plan, sight, false);
    bool fixed = !moving && sight_has(plan, sight, true);
    return (!moving && !fixed) || sees(plan, sight, fixed, period, line);
}
