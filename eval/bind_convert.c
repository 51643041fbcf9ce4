/* x to UNIT; and convert(x, CUR): an amount in another currency, by a rate that
 * is chosen. */
#include "eval/bind.h"

uint32_t
bind_conversion_to(struct binder *binder, const struct node *node,
                   const struct node *x, const struct node *unit,
                   const struct exchange *exchange)
{
    struct type wanted;
    double factor;
    uint32_t value = bind_expression(binder, x);
    if (value == UINT32_MAX ||
        !value_unit(binder->session, unit, &wanted, &factor)) {
        return UINT32_MAX;
    }
    if (wanted.unit && wanted.measure != bind_type(binder, value).measure &&
        (bind_exchange_lines(binder, node, &wanted, exchange, &value) ||
         bind_exchange(binder, node, &wanted, exchange, &value)) &&
        value == UINT32_MAX) {
        return value;
    }
    struct type type = bind_type(binder, value);
    bool scale_only = wanted.unit == 0;
    bool percent = wanted.role == UNIT_RATE;
    bool is_share = type.role == UNIT_LEVEL && !type.measure;
    if (type.class != VALUE_NUMBER ||
        (!scale_only && wanted.measure != type.measure) ||
        (!scale_only && !(wanted.role == UNIT_POINT && is_share) &&
         (wanted.role == UNIT_POINT) != (type.role == UNIT_POINT))) {
        struct plan_node one = {.op = PLAN_CONSTANT,
                                .type = wanted,
                                .value = 1,
                                .space = binder->space,
                                .span = unit->span};
        return bind_fail_types(binder, node, value,
                               plan_add_node(binder->plan, &one), "converted");
    }
    struct plan_node shown = binder->plan->nodes[value];
    shown.type.scale = wanted.scale >= 0 ? wanted.scale : 0;
    shown.type.bare = false;
    shown.span = node->span;
    if (percent && type.role == UNIT_LEVEL) {
        shown.type.percent = true;
    } else if (!scale_only && !percent) {
        shown.type.unit = wanted.unit;
        shown.type.role = wanted.role == UNIT_POINT ? UNIT_POINT : type.role;
    }
    return plan_add_node(binder->plan, &shown);
}

uint32_t
bind_to(struct binder *binder, const struct node *node)
{
    return bind_conversion_to(binder, node, node->kid[0], node->kid[1],
                              &(struct exchange){0});
}

/* The third argument: `average`, `end`, or the period whose rate is taken for
 * all periods. */
static bool
bind_when(struct binder *binder, const struct node *node,
          struct exchange *exchange)
{
    bool fiscal;
    node = bind_value_of(binder, node);
    if (bind_is_word(binder, node, "average")) {
        exchange->when = EXCHANGE_AVERAGE;
        return true;
    }
    if (bind_is_word(binder, node, "end")) {
        exchange->when = EXCHANGE_END;
        return true;
    }
    bool period = node->kind == NODE_PERIOD || node->kind == NODE_DATE ||
                  node->kind == NODE_NUMBER || node->kind == NODE_PARAM;
    if (!period) {
        bind_fail_call(binder, node,
                       "which rate is wanted: that of a period for all of "
                       "them, or of each its average or its end",
                       "convert(exports, KRW, 2020), convert(exports, KRW, "
                       "average), convert(exports, KRW, end)");
        return false;
    }
    exchange->when = EXCHANGE_AT;
    if (!value_period(binder->session, node, &exchange->period, &fiscal)) {
        return false;
    }
    if (fiscal) {
        bind_fail(binder, node, DIAGNOSTIC_BAD_PERIOD,
                  "a fiscal year belongs to a metric",
                  "the rate is that of a calendar year: 2020");
    }
    return !fiscal;
}

uint32_t
bind_convert(struct binder *binder, const struct node *call)
{
    const struct node *x = call->kid[1];
    const struct node *unit = x ? x->next : NULL;
    const struct node *when = unit ? unit->next : NULL;
    const struct node *rest = when ? when->next : NULL;
    struct exchange exchange = {0};
    exchange.partial = bind_is_word(binder, rest ? rest : when, "partial");
    if (exchange.partial) {
        when = rest ? when : NULL;
    }
    if (!unit || (rest && (!exchange.partial || rest->next))) {
        return bind_fail_call(binder, call,
                              "convert takes an amount, a currency and, if "
                              "you like, which rate, and `partial`",
                              "convert(exports, KRW), convert(exports, KRW, "
                              "2020)");
    }
    struct given *given = binder->given;
    if (given && given->partial) { /* to the definition around it */
        exchange.partial = true;
        given->used = given->used || !given->clause;
    }
    if (when && !bind_when(binder, when, &exchange)) {
        return UINT32_MAX;
    }
    return bind_conversion_to(binder, call, x, bind_value_of(binder, unit),
                              &exchange);
}
