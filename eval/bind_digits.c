/* Functions of the digits of a number: how many its rounding leaves, and a
 * number as if only its first were meant.
 *
 * Which digit is the first depends on the unit: 1 lb has another first digit
 * than 0.4536 kg.  So both carry the size of one of the unit in which the
 * number is shown. */
#include "eval/bind.h"

static uint32_t
bind_in_unit(struct binder *binder, const struct node *call, enum plan_op op,
             const char *message, const char *help)
{
    const struct node *x = call->kid[1];
    struct type plain = {.class = VALUE_NUMBER, .scale = -1};
    if (!x || x->next) {
        return bind_fail_call(binder, call, message, help);
    }
    uint32_t value = bind_expression(binder, x);
    if (value == UINT32_MAX) {
        return value;
    }
    struct type type = bind_type(binder, value);
    if (type.class != VALUE_NUMBER) {
        return bind_fail_call(binder, x, "a number is wanted here", NULL);
    }
    double one = bind_shown_unit(binder, &type);
    uint32_t unit = plan_constant(binder->plan, plain, one, interval_point(one),
                                  call->span);
    struct plan_node node = {.op = op,
                             .type = op == PLAN_DIGITS ? plain : type,
                             .kid = {value, unit, UINT32_MAX},
                             .space = binder->space,
                             .span = call->span};
    return plan_add_node(binder->plan, &node);
}

/* about(x): x, within half a unit of its leading digit. */
uint32_t
bind_about(struct binder *binder, const struct node *call)
{
    return bind_in_unit(binder, call, PLAN_ABOUT, "about takes one number",
                        "about(exports)");
}

/* digits(x): how many significant digits of x its rounding leaves. */
uint32_t
bind_digits(struct binder *binder, const struct node *call)
{
    return bind_in_unit(binder, call, PLAN_DIGITS, "digits takes one number",
                        "digits(2023 exports)");
}
