/* convert(x, CUR): an amount in another currency, by a rate that is chosen. */
#include "eval/bind.h"

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
