/* Figures that a frame repeats: of a year in each of its quarters.  What is
 * asked of rows may repeat them, but no sum, mean or count over the rows
 * can. */
#include "eval/plan/plan.h"

#include <stdlib.h>

/* Does it matter how often a value comes? */
static bool
counts_values(enum plan_op op)
{
    return op == PLAN_SUM || op == PLAN_AVG || op == PLAN_COUNT ||
           op_is_statistic(op);
}

/* Does a node gather periods, so that it matters how many there are? */
static bool
gathers_periods(const struct plan_node *node)
{
    return (node->over_periods && counts_values(node->op)) ||
           (node->op == PLAN_WINDOW && counts_values(node->reduce)) ||
           node->op == PLAN_STREAK;
}

/* The figure that follows the periods most often in what a node gathers, beside
 * what another one gathers within it; NULL for none. */
static const struct figure *
find_finest(const struct plan *plan, uint32_t at)
{
    const struct figure *finest = NULL;
    bool *beneath = memory_alloc(((size_t)at + 1) * sizeof *beneath);
    memset(beneath, 0, ((size_t)at + 1) * sizeof *beneath);
    beneath[at] = true;
    for (uint32_t i = at + 1; i-- > 0;) {
        const struct plan_node *node = &plan->nodes[i];
        for (int k = 0; beneath[i] && !node->over_periods && k < 3; k++) {
            if (node->kid[k] < i) { /* operands stand before operators */
                beneath[node->kid[k]] = true;
            }
        }
        const struct figure *figure = beneath[i] && node->op == PLAN_FIGURE
                                          ? plan->figures[node->figure]
                                          : NULL;
        if (figure && !figure->fixed && !figure->apart &&
            (!finest || figure->frequency > finest->frequency)) {
            finest = figure;
        }
    }
    free(beneath);
    return finest;
}

/* Is there a figure that the frame repeats? */
static bool
has_coarse(const struct plan *plan)
{
    for (size_t i = 0; i < plan->figure_count; i++) {
        const struct figure *figure = plan->figures[i];
        if (figure->converts && !figure->fixed && !figure->apart &&
            figure->frequency < plan->frequency) {
            return true;
        }
    }
    return false;
}

static bool
report_repeats(struct plan *plan, const struct plan_node *node,
               const struct figure *figure)
{
    const char *own = frequency_word(figure->frequency);
    const char *of_frame = frequency_word(plan->frequency);
    struct diagnostic *record = diagnostics_add(
        plan->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_FREQUENCY_MISMATCH,
        node->span, "a %s question would count each %s figure several times",
        of_frame, own);
    diagnostics_label(plan->diagnostics, record,
                      "each row would repeat what is %s", own);
    if (plan->frequency_span.end) {
        diagnostics_relate(plan->diagnostics, record, plan->frequency_span,
                           "this is %s", of_frame);
    }
    diagnostics_help(plan->diagnostics, record,
                     "ask for it in a question of its own, where all that "
                     "moves is %s",
                     own);
    return false;
}

bool
plan_check_repeats(struct plan *plan)
{
    bool coarse = has_coarse(plan);
    for (size_t i = 0; coarse && i < plan->node_count; i++) {
        const struct plan_node *node = &plan->nodes[i];
        const struct figure *finest =
            gathers_periods(node) ? find_finest(plan, node->kid[0]) : NULL;
        if (finest && finest->frequency < plan->frequency) {
            return report_repeats(plan, node, finest);
        }
    }
    return true;
}
