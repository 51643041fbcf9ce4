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
    const struct plan_node *kid;
    size_t line;
    size_t *stack;
    size_t depth;
};

static struct interval
height(const struct heights *heights, size_t p)
{
    const struct plan *plan = heights->plan;
    uint32_t at = (uint32_t)(heights->kid - plan->nodes);
    struct cell cell = plan_cell(plan, at, p, heights->line);
    if (isnan(cell.low) && isnan(cell.value)) {
        return interval_all(); /* it may have been anything */
    }
    return isnan(cell.low) ? interval_point(cell.value)
                           : (struct interval){cell.low, cell.high};
}

static bool
at_least(double a, double b)
{
    return a > b || number_equal(a, b);
}

/* The ordinal of the period that was as high as P; NAN when none is for sure. */
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
kernel_highest(struct plan *plan, struct plan_node *node)
{
    size_t periods = plan_period_count(plan);
    size_t lines =
        node->varies & VARIES_LINE ? plan->spaces[node->space].line_count : 1;
    struct heights heights = {
        .plan = plan,
        .kid = &plan->nodes[node->kid[0]],
        .stack = memory_alloc((periods + 1) * sizeof(size_t)),
    };
    for (heights.line = 0; heights.line < lines && !plan_stops(plan);
         heights.line++) {
        heights.depth = 0;
        for (size_t p = 0; p < periods; p++) {
            double found = last_as_high(&heights, p);
            size_t at = p * lines + heights.line;
            node->values[at] = found;
            if (plan->bounds) {
                node->low[at] = node->high[at] = found;
            }
        }
    }
    free(heights.stack);
}
