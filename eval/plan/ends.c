/* Where the rows of an aggregate begin and end.
 *
 * Without periods of its own, a result runs from the first to the last period in
 * which anything that it gathers is known: a growth rate begins a year late, and
 * that is no gap.  So it does on the open side of a range of its own.  What is
 * unknown in between stays unknown, also where one line begins later than the
 * others or ends before them, and where one figure of an expression does
 * (sight.c).
 */
#include "eval/plan/ends.h"

struct ends
plan_free_ends(const struct plan *plan, const struct plan_node *node)
{
    bool moves =
        node->over_periods && plan->nodes[node->kid[0]].varies & VARIES_PERIOD;
    return (struct ends){
        moves && (node->own_periods ? node->periods.first == INT32_MIN
                                    : !plan->range_given),
        moves && (node->own_periods ? node->periods.last == INT32_MAX
                                    : !plan->range_given)};
}

struct run
run_cut(struct ends ends, struct run run)
{
    if (!ends.start && !ends.end) {
        return (struct run){0, SIZE_MAX};
    }
    if (run.last > 0) {
        run.first = ends.start ? run.first : 0;
        run.last = ends.end ? run.last : SIZE_MAX;
    }
    return run;
}

static bool
is_constant(const struct plan *plan, uint32_t at)
{
    return at == UINT32_MAX || plan->nodes[at].op == PLAN_CONSTANT;
}

/* Is it one figure, and known wherever that is? */
static bool
follows_one_figure(const struct plan *plan, uint32_t at)
{
    const struct plan_node *node = &plan->nodes[at];
    while (node->op >= PLAN_NEGATE && node->op <= PLAN_MULTIPLY) {
        int side = is_constant(plan, node->kid[0]);
        if (!side && !is_constant(plan, node->kid[1])) {
            return false;
        }
        node = &plan->nodes[node->kid[side]];
    }
    return node->op == PLAN_FIGURE;
}

struct sight *
plan_edges(const struct plan *plan, const struct plan_node *node)
{
    return follows_one_figure(plan, node->kid[0])
               ? NULL
               : sight_new(plan, node->kid[0]);
}

struct run
plan_aggregate_run(const struct plan *plan, const struct plan_node *node,
                   size_t row)
{
    struct grouping groups = plan_group_lines(plan, node);
    struct ends ends = plan_free_ends(plan, node);
    struct run all = {plan_period_count(plan), 0};
    size_t lines = plan->spaces[node->from_space].line_count;
    struct sight *edges =
        ends.start || ends.end ? plan_edges(plan, node) : NULL;
    struct run within;
    plan_aggregate_periods(plan, node, &within.first, &within.last);
    for (size_t line = 0; (ends.start || ends.end) && line < lines; line++) {
        struct run run = {plan_period_count(plan), 0};
        if (groups.inside[line] != groups.outside[row]) {
            continue;
        }
        for (size_t p = within.first; p < within.last; p++) {
            struct cell cell = plan_cell(plan, node->kid[0], p, line);
            if (!isnan(cell.value) || !isnan(cell.low)) {
                run.first = p < run.first ? p : run.first;
                run.last = p + 1;
            }
        }
        if (edges) {
            sight_widen(plan, edges, line, within, &run);
        }
        all.first = run.first < all.first ? run.first : all.first;
        all.last = run.last > all.last ? run.last : all.last;
    }
    sight_free(edges);
    return run_cut(ends, all);
}
