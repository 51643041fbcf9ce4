/* Functions that change how the figures inside them are read: earlier, at one
 * period, at another frequency, as known on a day. */
#include "eval/bind.h"

#include <stdlib.h>

enum { RELEASE_MAX = 10000, SAME_PERIOD_MAX = 100 };

/* Reads figures so much earlier, those of a fixed period too. */
static bool
look_back(struct binder *binder, bool years, int32_t distance)
{
    return plan_add_lag(binder->plan, &binder->lag, years, distance) &&
           plan_add_lag(binder->plan, &binder->fixed_lag, years, distance);
}

/* previous(x), previous(x, n), year_ago(x), year_ago(x, n): the figures inside
 * are read earlier. */
static uint32_t
bind_lag(struct binder *binder, const struct node *call, bool years, int sign)
{
    const struct node *x = call->kid[1];
    struct binder inner = *binder;
    int32_t distance = 1;
    if (!x || (x->next && x->next->next)) {
        return bind_fail_call(binder, call,
                              "this takes a figure and, if you like, how "
                              "many periods back",
                              "previous(exports), previous(exports, 3)");
    }
    if (x->next && !bind_whole(binder, x->next, &distance)) {
        return UINT32_MAX;
    }
    if (!look_back(&inner, years, sign * distance)) {
        return bind_fail_call(binder, call, "this looks back too far", NULL);
    }
    return bind_expression(&inner, x);
}

uint32_t
bind_previous(struct binder *binder, const struct node *call)
{
    return bind_lag(binder, call, false, 1);
}

uint32_t
bind_year_ago(struct binder *binder, const struct node *call)
{
    return bind_lag(binder, call, true, 1);
}

/* lead(x), lead(x, n): N periods later. */
uint32_t
bind_lead(struct binder *binder, const struct node *call)
{
    return bind_lag(binder, call, false, -1);
}

static uint32_t
number_node(struct binder *binder, double value, struct span span)
{
    struct type plain = {.class = VALUE_NUMBER, .scale = -1, .bare = true};
    return plan_constant(binder->plan, plain, value, interval_point(value),
                         span);
}

/* same_period_avg(x, n): the mean of x in the same period of the N years
 * before. */
uint32_t
bind_same_period(struct binder *binder, const struct node *call)
{
    const struct node *x = call->kid[1];
    int32_t years = 0;
    if (!x || !x->next || x->next->next) {
        return bind_fail_call(binder, call,
                              "same_period_avg takes a value and how many "
                              "years",
                              "same_period_avg(exports, 5)");
    }
    if (!bind_whole(binder, x->next, &years)) {
        return UINT32_MAX;
    }
    if (years < 1 || years > SAME_PERIOD_MAX) {
        return bind_fail_call(binder, x->next,
                              "from 1 to 100 years are wanted here", NULL);
    }
    uint32_t sum = UINT32_MAX;
    for (int32_t back = 1; back <= years; back++) {
        struct binder inner = *binder;
        if (!look_back(&inner, true, back)) {
            return bind_fail_call(binder, call, "this looks back too far",
                                  NULL);
        }
        uint32_t value = bind_expression(&inner, x);
        if (value == UINT32_MAX) {
            return value;
        }
        sum = back == 1 ? value : bind_binary(binder, call, OP_ADD, sum, value);
    }
    return bind_binary(binder, call, OP_DIVIDE, sum,
                       number_node(binder, years, call->span));
}

/* vintage(x, DATE): x as it was known on that day. */
uint32_t
bind_vintage(struct binder *binder, const struct node *call)
{
    const struct node *x = call->kid[1];
    struct binder inner = *binder;
    day_number day;
    bool before = false;
    if (!x || !x->next || x->next->next) {
        return bind_fail_call(binder, call, "vintage takes a value and a date",
                              "vintage(2015 gdp, 2016-12-31)");
    }
    if (!value_date(binder->session, bind_value_of(binder, x->next), &day,
                    &before)) {
        return UINT32_MAX;
    }
    inner.as_of = day < inner.as_of ? day : inner.as_of;
    inner.spreads &= (uint8_t) ~(1 << SPREAD_VINTAGE);
    return bind_expression(&inner, x);
}

uint32_t
bind_at_period(struct binder *binder, const struct node *x,
               struct period period)
{
    struct binder inner = *binder;
    bool used = false;
    inner.at = period;
    inner.lag = inner.fixed_lag = 0; /* it stays when that is read earlier */
    inner.has_at = true;
    inner.at_all = false;
    inner.at_used = &used;
    uint32_t value = bind_expression(&inner, x);
    if (value != UINT32_MAX && !used) {
        inner.at_all = true;
        value = bind_expression(&inner, x);
    }
    if (value != UINT32_MAX && !used) {
        return bind_fail_call(binder, x, "there is no figure here to read",
                              "at(exports, 2015)");
    }
    return value;
}

/* at(x, PERIOD) */
uint32_t
bind_at(struct binder *binder, const struct node *call)
{
    const struct node *x = call->kid[1];
    struct period period;
    bool fiscal;
    if (!x || !x->next || x->next->next) {
        return bind_fail_call(binder, call, "at takes a value and a period",
                              "at(exports, 2015)");
    }
    const struct node *when = bind_value_of(binder, x->next);
    if (!value_period(binder->session, when, &period, &fiscal)) {
        return UINT32_MAX;
    }
    uint32_t value = bind_at_period(binder, x, period);
    bool fits = value == UINT32_MAX || !fiscal ||
                bind_check_fiscal(binder, value, when->span);
    return fits ? value : UINT32_MAX;
}

/* yearly(x), yearly(x, partial) and the like. */
static uint32_t
bind_frequency(struct binder *binder, const struct node *call,
               enum frequency frequency)
{
    const struct node *x = call->kid[1];
    const struct node *rest = x ? x->next : NULL;
    struct binder inner = *binder;
    inner.convert = frequency;
    inner.convert_partial = bind_is_word(binder, rest, "partial");
    if (!x || (rest && (!inner.convert_partial || rest->next))) {
        return bind_fail_call(binder, call,
                              "this takes a figure, and `partial` if parts may "
                              "be unknown",
                              "yearly(exports), yearly(exports, partial)");
    }
    if (binder->convert != FREQUENCY_ONCE) {
        return bind_fail_call(binder, call,
                              "its frequency is converted already", NULL);
    }
    return bind_expression(&inner, x);
}

bool
bind_conversion(struct binder *binder, const struct node *call,
                struct slice name, uint32_t *result)
{
    static const struct {
        const char *name;
        enum frequency frequency;
    } conversions[] = {
        {"yearly", FREQUENCY_A},    {"halfyearly", FREQUENCY_S},
        {"quarterly", FREQUENCY_Q}, {"monthly", FREQUENCY_M},
        {"weekly", FREQUENCY_W},
    };
    for (size_t i = 0; i < sizeof conversions / sizeof *conversions; i++) {
        if (slice_is(name, conversions[i].name)) {
            *result = bind_frequency(binder, call, conversions[i].frequency);
            return true;
        }
    }
    return false;
}

/* release(x, n): what was stated on the N-th day on which anything was. */
uint32_t
bind_release(struct binder *binder, const struct node *call)
{
    const struct node *x = call->kid[1];
    struct binder inner = *binder;
    if (!x || !x->next || x->next->next) {
        return bind_fail_call(binder, call,
                              "release takes a value and which release",
                              "release(exports, 1)");
    }
    if (!bind_whole(binder, x->next, &inner.release)) {
        return UINT32_MAX;
    }
    if (inner.release < 1 || inner.release > RELEASE_MAX) {
        return bind_fail_call(binder, x->next, "releases are counted from 1",
                              NULL);
    }
    return bind_expression(&inner, x);
}

/* The period of a figure that has one. */
static bool
fixed_period(struct binder *binder, uint32_t at, struct period *period)
{
    const struct plan_node *node = &binder->plan->nodes[at];
    const struct figure *figure =
        node->op == PLAN_FIGURE ? binder->plan->figures[node->figure] : NULL;
    if (!figure || !figure->fixed || figure->frequency == FREQUENCY_ONCE) {
        struct node place = {.span = node->span};
        bind_fail_call(binder, &place,
                       "a figure with its period is wanted here",
                       "path(2022 exports, target 2027 exports)");
        return false;
    }
    *period = (struct period){figure->frequency, figure->period};
    return true;
}

/* path(from, to), path(from, to, linear): the way from one figure to another,
 * with even growth, or in even steps. */
uint32_t
bind_path(struct binder *binder, const struct node *call)
{
    const struct node *from = call->kid[1];
    const struct node *to = from ? from->next : NULL;
    const struct node *how = to ? to->next : NULL;
    bool linear = bind_is_word(binder, how, "linear");
    struct period ends[2];
    if (!to || (how && (!linear || how->next))) {
        return bind_fail_call(binder, call,
                              "path takes where it starts, where it leads, and "
                              "`linear` if its steps are even",
                              "path(2022 exports, target 2027 exports)");
    }
    uint32_t a = bind_expression(binder, from);
    uint32_t b = a == UINT32_MAX ? a : bind_expression(binder, to);
    if (b == UINT32_MAX || !fixed_period(binder, a, &ends[0]) ||
        !fixed_period(binder, b, &ends[1])) {
        return UINT32_MAX;
    }
    if (ends[0].frequency != ends[1].frequency ||
        ends[0].ordinal == ends[1].ordinal) {
        return bind_fail_call(binder, call,
                              "a path leads from one period to another of the "
                              "same frequency",
                              NULL);
    }
    struct period_range range = {
        ends[0].frequency,
        ends[0].ordinal < ends[1].ordinal ? ends[0].ordinal : ends[1].ordinal,
        ends[0].ordinal < ends[1].ordinal ? ends[1].ordinal : ends[0].ordinal,
        false};
    plan_span_periods(binder->plan, &range, call->span);
    struct plan_node row = {.op = PLAN_PERIOD,
                            .type = {.class = VALUE_NUMBER, .scale = -1},
                            .lag = binder->lag,
                            .space = binder->space,
                            .span = call->span};
    uint32_t passed = bind_binary(
        binder, call, OP_SUBTRACT, plan_add_node(binder->plan, &row),
        number_node(binder, ends[0].ordinal, call->span));
    uint32_t part = bind_binary(
        binder, call, OP_DIVIDE, passed,
        number_node(binder, ends[1].ordinal - ends[0].ordinal, call->span));
    if (linear) {
        uint32_t step = bind_binary(binder, call, OP_SUBTRACT, b, a);
        return bind_binary(binder, call, OP_ADD, a,
                           bind_binary(binder, call, OP_MULTIPLY, step, part));
    }
    uint32_t ratio = bind_binary(binder, call, OP_DIVIDE, b, a);
    return bind_binary(binder, call, OP_MULTIPLY, a,
                       bind_binary(binder, call, OP_POWER, ratio, part));
}

/* years_between(a, b): from the period of one figure to that of another. */
uint32_t
bind_years_between(struct binder *binder, const struct node *call)
{
    const struct node *from = call->kid[1];
    const struct node *to = from ? from->next : NULL;
    struct period ends[2];
    if (!to || to->next) {
        return bind_fail_call(binder, call,
                              "years_between takes two figures with their "
                              "periods",
                              "years_between(2015 exports, 2023 exports)");
    }
    uint32_t a = bind_expression(binder, from);
    uint32_t b = a == UINT32_MAX ? a : bind_expression(binder, to);
    if (b == UINT32_MAX || !fixed_period(binder, a, &ends[0]) ||
        !fixed_period(binder, b, &ends[1])) {
        return UINT32_MAX;
    }
    int per_year = frequency_per_year(ends[0].frequency);
    if (ends[0].frequency != ends[1].frequency || !per_year) {
        return bind_fail_call(binder, call,
                              "this counts between two periods of one "
                              "frequency, and not in weeks or days",
                              NULL);
    }
    double years = (double)(ends[1].ordinal - ends[0].ordinal) / per_year;
    struct type plain = {.class = VALUE_NUMBER, .scale = -1};
    return plan_constant(binder->plan, plain, years, interval_point(years),
                         call->span);
}
