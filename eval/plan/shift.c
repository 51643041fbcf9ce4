/* A node as it is in an earlier row: what runs along periods cannot be read
 * earlier by its figures alone where a year has no 29 February or no week
 * 53. */
#include "eval/plan/plan.h"

size_t
plan_shifted(const struct plan *plan, const struct plan_node *node,
             size_t period)
{
    int64_t at =
        (int64_t)plan_lagged(plan, node->lag, period).ordinal - plan->first;
    return at < 0 || at >= (int64_t)plan_period_count(plan) ? SIZE_MAX
                                                            : (size_t)at;
}

/* In a row before all that is known: a count says so, all else is unknown. */
static double
value_outside(const struct plan_node *node)
{
    return node->op == PLAN_WINDOW && node->reduce == PLAN_COUNT ? 0 : NAN;
}

void
kernel_shift(const struct plan *plan, const struct plan_node *node,
             struct block *to)
{
    const struct plan_node *kid = &plan->nodes[node->kid[0]];
    struct block from =
        plan_block(plan, node->kid[0], node_pane(kid, to->pane));
    const double *parts[] = {from.values, from.low ? from.low : from.values,
                             from.high ? from.high : from.values};
    double *results[] = {to->values, to->low, to->high};
    for (size_t p = 0; p < to->pane.periods; p++) {
        size_t row = plan_shifted(plan, node, p);
        for (size_t l = 0; l < to->pane.lines; l++) {
            for (int part = 0; part < (to->low ? 3 : 1); part++) {
                results[part][p * to->stride + l] =
                    row == SIZE_MAX ? value_outside(kid)
                                    : parts[part][row * from.stride + l];
            }
        }
    }
}
