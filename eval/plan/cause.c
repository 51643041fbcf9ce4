/* Why an operator has no value though its operands do.
 *
 * Each reason is what is true of the operands at hand: a division by zero is
 * told from a quotient that is too large to be kept.
 */
#include "eval/plan/plan.h"

static const char too_large[] = "the result is too large to be kept";

static double
operand(const struct plan *plan, const struct plan_node *node, int kid,
        size_t period, size_t line)
{
    return node->kid[kid] == UINT32_MAX
               ? NAN
               : plan_cell(plan, node->kid[kid], period, line).value;
}

static const char *
ratio_cause(double a, double b)
{
    return b == 0 ? "its base is zero"
           : a != 0 && signbit(a) != signbit(b)
               ? "its base is of the other sign"
               : too_large;
}

static const char *
power_cause(double a, double b)
{
    return a == 0 && b < 0          ? "this divides by zero"
           : a < 0 && b != floor(b) ? "a negative number has such a power for "
                                      "whole numbers only"
                                    : too_large;
}

/* An end that is open: the number itself may be known. */
static const char *
end_cause(enum plan_op op)
{
    return op == PLAN_LOW ? "nothing says how low it may be"
                          : "nothing says how high it may be";
}

/* Of an operator of which every operand is known. */
static const char *
operator_cause(enum plan_op op, double a, double b, double c)
{
    switch ((int)op) {
    case PLAN_DIVIDE:
        return b == 0 ? "this divides by zero" : too_large;
    case PLAN_RATIO:
        return ratio_cause(a, b);
    case PLAN_POWER:
        return power_cause(a, b);
    case PLAN_SQRT:
        return "a negative number has no square root";
    case PLAN_LN:
        return "a logarithm needs a positive number";
    case PLAN_ABOUT:
        return "zero has no leading digit";
    case PLAN_DIGITS:
        return "nothing says where it was rounded";
    case PLAN_POSITIVE:
        return "this needs a number above zero";
    case PLAN_HIGHEST:
        return "no earlier value is sure to have been as high";
    case PLAN_PER_YEAR:
        return "weeks and days go by date";
    case PLAN_HORIZON:
        return "nothing says on which day it was stated";
    case PLAN_ATTRIBUTE:
        return "nothing of the kind was said of it";
    case PLAN_STREAK:
    case PLAN_SINCE:
        return "it reaches back to where nothing is known";
    case PLAN_FILL:
        return "nothing is known of it shortly enough before";
    case PLAN_INTERPOLATE:
        return "it is not known on both sides of this period";
    case PLAN_RANK:
        return "a group has no rank among its members";
    case PLAN_CONSTANT:
        return "it was said to be unknown";
    case PLAN_NEAR:
    case PLAN_NEAR_REL:
    case PLAN_POSSIBLY_NEAR:
    case PLAN_POSSIBLY_NEAR_REL:
    case PLAN_CERTAINLY_NEAR:
    case PLAN_CERTAINLY_NEAR_REL:
        return c < 0 ? "its tolerance is below zero" : "only bounds are known";
    default:
        return op >= PLAN_EQ && op <= PLAN_CERTAINLY_LE
                   ? "only bounds are known"
                   : too_large;
    }
}

/* Of a window: the first of its periods of which nothing is known, else that
 * there are too few for a deviation, or that the result is too large. */
static void
window_cause(const struct plan *plan, const struct plan_node *node,
             size_t period, size_t line, struct buffer *reason)
{
    int64_t begin = node->begins[period];
    size_t known = 0;
    for (int64_t at = begin < 0 ? 0 : begin; at <= (int64_t)period; at++) {
        if (!isnan(plan_cell(plan, node->kid[0], (size_t)at, line).value)) {
            known++;
        } else if ((node->window != WINDOW_ALL || known) && !node->partial) {
            period_print(
                reason,
                (struct period){plan->frequency,
                                plan->first + (int32_t)at + node->center},
                false);
            buffer_add_text(reason, " is not known, which is in its window");
            return;
        }
    }
    buffer_add_text(reason, begin < 0 && !node->partial
                                ? "its window begins before anything is known"
                            : known == 0 ? "no period of its window is known"
                            : op_is_statistic(node->reduce) && known == 1
                                ? "one number has no deviation"
                                : too_large);
}

void
plan_cause(const struct plan *plan, const struct plan_node *node, size_t period,
           size_t line, struct buffer *reason)
{
    double a = operand(plan, node, 0, period, line);
    double b = operand(plan, node, 1, period, line);
    if (node->op == PLAN_MATCHES) {
        buffer_add_text(reason, "the pattern `");
        buffer_add_slice(
            reason,
            atoms_text(store_vocabulary(plan->store)->atoms, node->text));
        buffer_add_text(reason, "` takes too many steps on this text");
        return;
    }
    if (node->op == PLAN_WINDOW) {
        window_cause(plan, node, period, line, reason);
        return;
    }
    if (node->op == PLAN_POSITIVE && a == 0 &&
        plan->nodes[node->kid[0]].op == PLAN_LEFT) {
        buffer_add_text(reason, "no periods of the year are left");
        return;
    }
    double c = operand(plan, node, 2, period, line);
    buffer_add_text(reason, operator_cause(node->op, a, b, c));
}

bool
plan_end_cause(const struct plan *plan, const struct plan_node *node,
               size_t period, size_t line, struct buffer *reason)
{
    struct cell of = {NAN, NAN, NAN};
    if (node->op == PLAN_LOW || node->op == PLAN_HIGH) {
        of = plan_cell(plan, node->kid[0], period, line);
    }
    if (isnan(of.low)) {
        return false;
    }
    buffer_add_text(reason, end_cause(node->op));
    return true;
}
