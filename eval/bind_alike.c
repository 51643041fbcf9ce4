/* in_unit_of(goal, x): a goal written without a unit, in that of a figure.
 *
 * A sum or a comparison gives a bare number the unit of what stands beside it;
 * a quotient does not, as there a number only divides.  The definitions that
 * put one figure in relation to another say by this function which is meant.
 */
#include "eval/bind.h"

/* VALUE, a bare number, as an amount of what BESIDE counts. */
static uint32_t
take_unit(struct binder *binder, uint32_t value, const struct type *beside)
{
    struct plan_node node = binder->plan->nodes[value];
    node.type.measure = beside->measure;
    node.type.role = beside->role;
    node.type.unit = beside->unit;
    node.type.scale = beside->scale;
    node.type.bare = node.type.unscaled = false;
    return plan_add_node(binder->plan, &node);
}

uint32_t
bind_in_unit_of(struct binder *binder, const struct node *call)
{
    const struct node *x = call->kid[1];
    const struct node *other = x ? x->next : NULL;
    if (!other || other->next) {
        return bind_fail_call(binder, call,
                              "in_unit_of takes a value and another whose unit "
                              "it is in",
                              "in_unit_of(600, exports)");
    }
    uint32_t value = bind_expression(binder, x);
    uint32_t beside =
        value == UINT32_MAX ? value : bind_expression(binder, other);
    if (beside == UINT32_MAX) {
        return beside;
    }
    value = bind_scaled(binder, value, beside);
    struct type own = bind_type(binder, value);
    struct type type = bind_type(binder, beside);
    bool share = own.percent && type.measure;
    if (share || !bind_compatible(binder, value, beside)) {
        return bind_fail_types(binder, call, value, beside,
                               "put in relation to one another");
    }
    bool takes =
        own.class == VALUE_NUMBER && own.bare && !own.percent && type.measure;
    return takes ? take_unit(binder, value, &type) : value;
}
