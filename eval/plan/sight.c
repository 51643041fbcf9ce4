/* Which rows a partial aggregate looks at: those of which a figure is known.
 *
 * A value may be known where no figure is, such as of `known(x)`, `x ? 0` or a
 * count; a partial aggregate leaves such rows out.  A figure inside another
 * aggregate counts where that one would gather it.  One with a period of its
 * own is the same in all rows and counts only where no other is there; and
 * where there is no figure at all, each row is as good as the next.
 */
#include "eval/plan/plan.h"

#include <stdlib.h>

struct sight {
    size_t count;
    uint32_t *leaves;    /* figures and aggregates of one expression */
    int32_t *leads;      /* by leaf: how much later it is read only because a
                          * window stands around its row */
    struct sight *inner; /* by leaf; of a figure empty */
};

/* Operands stand before operators, so that one look back finds all of them. */
static struct sight
sight_of(const struct plan *plan, uint32_t at, int32_t lead)
{
    struct sight sight = {0};
    bool *within = memory_alloc((at + 1) * sizeof *within);
    int32_t *leads = memory_alloc((at + 1) * sizeof *leads);
    memset(within, 0, (at + 1) * sizeof *within);
    within[at] = true;
    leads[at] = lead;
    sight.leaves = memory_alloc((at + 1) * sizeof *sight.leaves);
    sight.leads = memory_alloc((at + 1) * sizeof *sight.leads);
    for (uint32_t i = at + 1; i-- > 0;) {
        const struct plan_node *node = &plan->nodes[i];
        bool leaf = node->op == PLAN_FIGURE || node->op >= PLAN_SUM;
        if (within[i] && leaf) {
            sight.leads[sight.count] = leads[i];
            sight.leaves[sight.count++] = i;
        }
        for (int k = 0; within[i] && !leaf && k < 3; k++) {
            if (node->kid[k] != UINT32_MAX) {
                within[node->kid[k]] = true;
                leads[node->kid[k]] = leads[i] + node->center;
            }
        }
    }
    free(leads);
    free(within);
    sight.inner = memory_alloc((sight.count + 1) * sizeof *sight.inner);
    for (size_t i = 0; i < sight.count; i++) {
        const struct plan_node *node = &plan->nodes[sight.leaves[i]];
        sight.inner[i] = node->op == PLAN_FIGURE
                             ? (struct sight){0}
                             : sight_of(plan, node->kid[0], sight.leads[i]);
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
    free(sight->leads);
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
        const struct plan_node *node = &plan->nodes[sight->leaves[i]];
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
    for (size_t line = 0; line < lines; line++) {
        if (groups.inside[line] != groups.outside[row]) {
            continue;
        }
        struct run run = plan_aggregate_run(plan, node, line);
        for (size_t p = first; p < last; p++) {
            if (p >= run.first && p < run.last &&
                sees(plan, sight, fixed, p, line)) {
                return true;
            }
        }
    }
    return false;
}

static bool
sees(const struct plan *plan, const struct sight *sight, bool fixed,
     size_t period, size_t line)
{
    for (size_t i = 0; i < sight->count; i++) {
        const struct plan_node *node = &plan->nodes[sight->leaves[i]];
        if (node->op == PLAN_FIGURE
                ? is_fixed(plan, node) == fixed &&
                      figure_known(plan, node, sight->leads[i], period, line)
                : sees_inside(plan, node, &sight->inner[i], fixed, period,
                              line)) {
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
