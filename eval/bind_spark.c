/* spark(x): folds the periods of x, and nothing else: in each row of the frame
 * x is what `show x` would list there. */
#include "eval/bind.h"

/* The dimensions of FROM come to TO as well; what figures take without naming
 * it, they take inside too. */
static bool
share_dimensions(struct plan *plan, size_t from, size_t to)
{
    struct space space = plan->spaces[from];
    bool done = true;
    for (size_t d = 0; done && d < space.dimension_count; d++) {
        bool named = space.named >> d & 1 && to > from;
        done = (named ? plan_space_name : plan_space_add)(plan, to,
                                                          space.dimensions[d]);
    }
    return done;
}

uint32_t
bind_spark(struct binder *binder, const struct node *call)
{
    struct plan *plan = binder->plan;
    const struct node *x = call->kid[1];
    const struct node *clause = call->kid[2];
    struct binder inner = *binder;
    if (!x || x->next || (clause && clause->op != OP_NONE)) {
        return bind_fail(binder, call, DIAGNOSTIC_ARGUMENTS,
                         "spark takes one value and, if you like, its periods",
                         "spark(exports), spark(exports for 2015..2023)");
    }
    inner.space = plan_add_space(plan);
    share_dimensions(plan, binder->space, inner.space);
    uint32_t value = bind_expression(&inner, x);
    if (value == UINT32_MAX) {
        return value;
    }
    if (plan->nodes[value].type.class != VALUE_NUMBER) {
        return bind_fail(binder, x, DIAGNOSTIC_ARGUMENTS,
                         "only numbers can be drawn", NULL);
    }
    if (!share_dimensions(plan, inner.space, binder->space)) {
        return bind_fail(binder, call, DIAGNOSTIC_FRAME_SIZE,
                         "this has more than eight dimensions", NULL);
    }
    struct plan_node node = {.op = PLAN_SPARK,
                             .type = {.class = VALUE_TEXT, .scale = -1},
                             .kid = {value, UINT32_MAX, UINT32_MAX},
                             .space = binder->space,
                             .from_space = inner.space,
                             .over_periods = true,
                             .span = call->span};
    if (clause) {
        node.own_periods = true;
        if (!value_span(binder->session, clause->kid[1], &node.periods)) {
            return UINT32_MAX;
        }
        plan_want_periods(plan, &node.periods, clause->kid[1]->span);
    }
    plan->atoms = &binder->session->atoms;
    plan->ascii = binder->session->options.ascii;
    return plan_add_node(plan, &node);
}
