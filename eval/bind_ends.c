/* Ranges and tolerances of numbers that are written out: one that holds nothing
 * is a slip, as it is in a fact. */
#include "eval/bind.h"

/* The value of a number, date or period that is the same in every row; NaN for
 * what is read or worked out. */
static double
constant_value(const struct binder *binder, uint32_t at)
{
    const struct plan_node *node = &binder->plan->nodes[at];
    if (node->type.class == VALUE_TEXT || node->type.class == VALUE_TRUTH) {
        return NAN;
    }
    return node->op == PLAN_CONSTANT ? node->value : NAN;
}

bool
bind_check_ends(struct binder *binder, const struct node *range, uint32_t left,
                uint32_t low, uint32_t high)
{
    low = bind_scaled(binder, bind_scaled(binder, low, left), high);
    high = bind_scaled(binder, bind_scaled(binder, high, left), low);
    if (!(constant_value(binder, low) > constant_value(binder, high))) {
        return true;
    }
    bind_fail(binder, range, DIAGNOSTIC_EMPTY_RANGE,
              "this range ends before it begins",
              "the lower end is written first: x in 5%..10%");
    return false;
}

bool
bind_check_points(struct binder *binder, const struct node *tolerance,
                  uint32_t left, uint32_t right, uint32_t reach)
{
    struct type type = bind_type(binder, reach);
    bool rates = bind_type(binder, left).role == UNIT_RATE ||
                 bind_type(binder, right).role == UNIT_RATE;
    if (!rates || !(type.percent || type.role == UNIT_RATE)) {
        return true;
    }
    bind_fail(binder, tolerance, DIAGNOSTIC_RATE_ARITHMETIC,
              "a tolerance of rates is in percentage points",
              "write 0.3 pp; within a tenth of another rate is: a in 90% * b "
              ".. 110% * b");
    return false;
}

bool
bind_check_tolerance(struct binder *binder, const struct node *tolerance,
                     uint32_t reach)
{
    if (!(constant_value(binder, reach) < 0)) {
        return true;
    }
    bind_fail(binder, tolerance, DIAGNOSTIC_EMPTY_RANGE,
              "a tolerance is not below zero",
              "it counts to both sides: a = b within 0.5");
    return false;
}
