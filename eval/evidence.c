/* From a value down to its figures. */
#include "eval/evidence.h"

#include "eval/plan/ends.h"

#include <stdlib.h>

/* All rows that an aggregate, or a rank, gathers for this one; what has no place
 * among others stands alone. */
static void
walk_gathered(const struct evidence *evidence, const struct plan_node *node,
              size_t period, size_t line)
{
    const struct plan *plan = evidence->plan;
    struct grouping groups = plan_group_lines(plan, node);
    bool lines = node->varies & VARIES_LINE;
    uint32_t group = groups.outside[lines ? line : 0];
    bool many = node->op >= PLAN_SUM && node->over_periods;
    bool some = false;
    size_t first = period;
    size_t last = period + 1;
    if (many) {
        plan_aggregate_periods(plan, node, &first, &last);
    }
    for (size_t p = first; p < last && p < plan_period_count(plan); p++) {
        for (size_t i = 0; i < plan->spaces[node->from_space].line_count; i++) {
            if (groups.inside[i] == group) {
                evidence_walk(evidence, node->kid[0], p, i);
                some = true;
            }
        }
    }
    if (!some && node->op == PLAN_RANK) {
        evidence_walk(evidence, node->kid[0], period, line);
    }
}

/* Is something known of a node in a row, if only bounds? */
static bool
is_known(const struct evidence *evidence, uint32_t node, size_t period,
         size_t line)
{
    struct cell cell = plan_cell(evidence->plan, node, period, line);
    return !isnan(cell.value) || !isnan(cell.low) || !isnan(cell.high);
}

/* A gap, with the known values at its ends: that before it, and that behind it
 * when it stands between them. */
static struct run
gap_around(const struct evidence *evidence, const struct plan_node *node,
           size_t period, size_t line)
{
    struct run run = {period, period + 1};
    size_t count = plan_period_count(evidence->plan);
    uint32_t kid = node->kid[0];
    if (is_known(evidence, kid, period, line)) {
        return run;
    }
    while (run.first > 0 && !is_known(evidence, kid, run.first, line)) {
        run.first--;
    }
    while (node->op == PLAN_INTERPOLATE && run.last < count &&
           !is_known(evidence, kid, run.last - 1, line)) {
        run.last++;
    }
    return run;
}

/* The periods that a window, a run or a gap looks at. */
static struct run
periods_around(const struct evidence *evidence, uint32_t at, size_t period,
               size_t line)
{
    const struct plan_node *node = &evidence->plan->nodes[at];
    struct run run = {period, period + 1};
    if (node->op == PLAN_FILL || node->op == PLAN_INTERPOLATE) {
        return gap_around(evidence, node, period, line);
    }
    if (node->op == PLAN_STREAK || node->op == PLAN_SINCE) {
        while (run.first > 0 &&
               plan_cell(evidence->plan, node->kid[0], run.first, line).value ==
                   1) {
            run.first--;
        }
        return run;
    }
    run.first = 0;
    if (node->op == PLAN_HIGHEST) {
        double found = plan_cell(evidence->plan, at, period, line).value;
        run.first = isnan(found) ? 0 : (size_t)(found - evidence->plan->first);
        return run;
    }
    if (node->op == PLAN_WINDOW && node->begins && node->begins[period] > 0) {
        run.first = (size_t)node->begins[period];
    }
    return run;
}

void
evidence_walk(const struct evidence *evidence, uint32_t at, size_t period,
              size_t line)
{
    const struct plan_node *node = &evidence->plan->nodes[at];
    if (node->op == PLAN_FIGURE) {
        evidence->figure(evidence->context, at, period, line);
        return;
    }
    if (node->op >= PLAN_SUM || node->op == PLAN_RANK) {
        walk_gathered(evidence, node, period, line);
        return;
    }
    if (node->op == PLAN_SHIFT) {
        size_t row = plan_shifted(evidence->plan, node, period);
        if (row != SIZE_MAX) {
            evidence_walk(evidence, node->kid[0], row, line);
        }
        return;
    }
    if (node->op >= PLAN_WINDOW && node->op <= PLAN_INTERPOLATE) {
        struct run run = periods_around(evidence, at, period, line);
        for (size_t p = run.first; p < run.last; p++) {
            evidence_walk(evidence, node->kid[0], p, line);
        }
        return;
    }
    for (int i = 0; i < 3; i++) {
        uint32_t kid = node->kid[i];
        struct cell left =
            i && kid != UINT32_MAX
                ? plan_cell(evidence->plan, node->kid[0], period, line)
                : (struct cell){0};
        bool passed = (node->op == PLAN_ORELSE && i == 1 &&
                       !(isnan(left.value) && isnan(left.low))) ||
                      (node->op == PLAN_IF && i && !isnan(left.value) &&
                       (left.value != 0) != (i == 1));
        if (kid != UINT32_MAX && !passed) {
            evidence_walk(evidence, kid, period, line);
        }
    }
}
