/* Running a plan: read the figures, line them up (align.c), compute the nodes
 * in order. */
#include "base/clock.h"
#include "eval/plan/plan.h"
#include "values/number.h"

#include <stdlib.h>

int32_t
figure_ordinal(const struct plan *plan, const struct plan_node *node,
               size_t period)
{
    const struct figure *figure = plan->figures[node->figure];
    if (figure->fixed) {
        return figure->period;
    }
    int32_t at = plan_lagged(plan, node->lag, period).ordinal;
    if (figure->frequency != plan->frequency) {
        struct calendar calendar = figure_calendar(plan, figure);
        at = period_convert(plan->frequency, at, figure->frequency, &calendar,
                            false);
    }
    return at;
}

size_t
figure_period(const struct plan *plan, const struct plan_node *node,
              size_t period)
{
    const struct figure *figure = plan->figures[node->figure];
    int32_t at = figure_ordinal(plan, node, period);
    return at < figure->first || at > figure->last
               ? SIZE_MAX
               : (size_t)(at - figure->first) * figure->own_count;
}

/* Do the periods that a node reads follow one another as the frame's do?  A
 * year before 29 February is 28 February, as it is of 28 February. */
static bool
reads_in_step(const struct plan *plan, const struct plan_node *node)
{
    const struct figure *figure = plan->figures[node->figure];
    bool days =
        plan->frequency == FREQUENCY_D || plan->frequency == FREQUENCY_W;
    return !figure->fixed && figure->frequency == plan->frequency &&
           !(days && node->lag && plan_lag_has_years(plan, node->lag));
}

bool
figure_block(const struct plan *plan, const struct plan_node *node,
             struct pane pane, struct block *block)
{
    const struct figure *figure = plan->figures[node->figure];
    if (!figure->straight || !pane.periods || !reads_in_step(plan, node)) {
        return false;
    }
    size_t start = figure_period(plan, node, pane.period);
    size_t end = figure_period(plan, node, pane.period + pane.periods - 1);
    if (start == SIZE_MAX || end == SIZE_MAX) {
        return false;
    }
    size_t at = start + pane.line;
    *block = (struct block){
        .values = figure->values + at,
        .low = plan->bounds ? figure->low + at : NULL,
        .high = plan->bounds ? figure->high + at : NULL,
        .stride = figure->own_count,
        .pane = pane,
    };
    return true;
}

size_t
figure_cell(const struct plan *plan, const struct plan_node *node,
            size_t period, size_t line)
{
    const struct figure *figure = plan->figures[node->figure];
    size_t start = figure_period(plan, node, period);
    uint32_t own = line < plan->spaces[figure->space].line_count
                       ? figure->gather[line]
                       : UINT32_MAX;
    return own == UINT32_MAX || start == SIZE_MAX ? SIZE_MAX : start + own;
}

static bool
read_figures(struct plan *plan)
{
    for (size_t f = 0; f < plan->figure_count; f++) {
        struct figure *figure = plan->figures[f];
        if (!figure->values && figure->lender) {
            figure_borrow(figure);
        } else if (!figure->values) {
            double start = plan->meter ? clock_seconds() : 0;
            if (!figure_read(plan, figure)) {
                return false;
            }
            figure->seconds = plan->meter ? clock_seconds() - start : 0;
        }
    }
    return true;
}

/* Bounds are computed when something asks for them, or when they are all that
 * is known of a figure, or tell how exactly it follows from others. */
static bool
wants_bounds(const struct plan *plan)
{
    bool wants = plan->bounds;
    for (size_t i = 0; i < plan->node_count; i++) {
        enum plan_op op = plan->nodes[i].op;
        wants = wants || (op >= PLAN_AGREES && op <= PLAN_CERTAINLY_LE) ||
                (op >= PLAN_POSSIBLY_NEAR && op <= PLAN_CERTAINLY_NEAR_REL) ||
                op == PLAN_LOW || op == PLAN_HIGH || op == PLAN_DIGITS ||
                op == PLAN_STREAK || op == PLAN_HIGHEST;
    }
    for (size_t f = 0; f < plan->figure_count; f++) {
        const struct figure *figure = plan->figures[f];
        wants = wants || figure->only_bounds || figure->has_basis;
    }
    return wants;
}

bool
plan_run(struct plan *plan)
{
    double start = plan->meter ? clock_seconds() : 0;
    /* What an earlier run of the same plan has done stays. */
    plan_settle_reads(plan);
    plan->bounds = wants_bounds(plan);
    if (!read_figures(plan)) {
        return false;
    }
    if (!plan->bounds && wants_bounds(plan)) {
        /* Only now it shows: how numbers were rounded is read after all. */
        plan->bounds = true;
        plan_forget_reads(plan);
        plan_settle_reads(plan);
        if (!read_figures(plan)) {
            return false;
        }
    }
    if (!plan_align(plan)) {
        return false;
    }
    double cells = plan_kept_cells(plan);
    if (cells > PLAN_NODE_CELLS_MAX) {
        return plan_report_size(plan, plan_span(plan), PLAN_NODE_CELLS_MAX);
    }
    if (!plan_take_nodes(plan, cells)) {
        return false;
    }
    plan_gather(plan);
    plan_find_leaves(plan);
    plan_compute(plan);
    if (plan_stops(plan)) {
        diagnostics_add(plan->diagnostics, SEVERITY_ERROR,
                        DIAGNOSTIC_INTERRUPTED, (struct span){0, 0},
                        "interrupted");
        return false;
    }
    if (plan->meter) {
        plan->meter->seconds += clock_seconds() - start;
    }
    return true;
}
