/* The last period in which a value was as high as the row's: what somebody
 * means who calls it the highest since then.
 *
 * Numbers are rounded, so two of them may be equal: an earlier one counts when
 * its whole interval is as high, and one that only may be as high, or is not
 * known, leaves the question open.  A stack holds the periods that no later one
 * has surpassed, so that each is looked at twice, however long the series is.
 */
#include "eval/plan/plan.h"
#include "values/number.h"

#include <stdlib.h>

/* One line of the operand: its bounds by period. */
struct heights {
    const struct plan *plan;
    struct block from;
    size_t line;
    size_t *stack;
    size_t depth;
};

static struct interval
height(const struct heights *heights, size_t p)
{
    const struct block *from = &heights->from;
    size_t at = p * from->stride + heights->line;
    double value = from->values[at];
    double low = from->low ? from->low[at] : value;
    if (isnan(low) && isnan(value)) {
        return interval_all(); /* it may have been anything */
    }
    return isnan(low)
               ? interval_point(value)
               : (struct interval){low, from->high ? from->high[at] : value};
}

static bool
at_least(double a, double b)
{
    return a > b || number_equal(a, b);
}

/* The ordinal of the period that was as high as P; NAN when none is for
 * sure. */
static double
last_as_high(struct heights *heights, size_t p)
{
    struct interval own = height(heights, p);
    double found = NAN;
    bool known = own.low != -INFINITY || own.high != INFINITY;
    for (size_t at = heights->depth; known && at-- > 0;) {
        struct interval earlier = height(heights, heights->stack[at]);
        if (at_least(earlier.high, own.low)) {
            found = at_least(earlier.low, own.high)
                        ? heights->plan->first + (double)heights->stack[at]
                        : NAN;
            break;
        }
    }
    while (heights->depth > 0 &&
           height(heights, heights->stack[heights->depth - 1]).high <=
               own.high) {
        heights->depth--;
    }
    heights->stack[heights->depth++] = p;
    return found;
}

void
kernel_highest(const struct plan *plan, const struct plan_node *node,
               struct block *to)
{
    struct heights heights = {
        .plan = plan,
        .from = plan_block(plan, node->kid[0], to->pane),
        .stack = memory_alloc((to->pane.periods + 1) * sizeof(size_t)),
    };
    for (; heights.line < to->pane.lines && !plan_stops(plan); heights.line++) {
        heights.depth = 0;
        for (size_t p = 0; p < to->pane.periods; p++) {
            double found = last_as_high(&heights, p);
            size_t at = p * to->stride + heights.line;
            to->values[at] = found;
            if (to->low) {
                to->low[at] = to->high[at] = found;
            }
        }
    }
    free(heights.stack);
}
