/* The functions of the language itself: those that Assay cannot define. */
#include "eval/bind.h"
#include "values/number.h"

#include <stdlib.h>

static const struct type truth_type = {.class = VALUE_TRUTH, .scale = -1};

/* Functions of one number that keep nothing of its unit, or all of it. */
static const struct {
    const char *name;
    enum plan_op op;
    bool keeps_unit;
} functions[] = {
    {"abs", PLAN_ABS, true},
    {"sqrt", PLAN_SQRT, false},
    {"ln", PLAN_LN, false},
    {"exp", PLAN_EXP, false},
    {"low", PLAN_LOW, true},
    {"high", PLAN_HIGH, true},
    {"positive", PLAN_POSITIVE, true},
    {"exact", PLAN_EXACT, true},
};

/* As the message says. */
enum { WHOLE_MAX = 100000 };

uint32_t
bind_fail_call(struct binder *binder, const struct node *node,
               const char *message, const char *help)
{
    return bind_fail(binder, node, DIAGNOSTIC_ARGUMENTS, message, help);
}

static uint32_t
add_function(struct binder *binder, const struct node *call, enum plan_op op,
             struct type type, uint32_t a, uint32_t b)
{
    struct plan_node node = {.op = op,
                             .type = type,
                             .kid = {a, b, UINT32_MAX},
                             .space = binder->space,
                             .span = call->span};
    return plan_add_node(binder->plan, &node);
}

bool
bind_whole(struct binder *binder, const struct node *node, int32_t *value)
{
    struct amount amount;
    node = bind_value_of(binder, node);
    bool number =
        value_amount(binder->session, node, true, &amount) && amount.type.bare;
    if (!number || amount.value != floor(amount.value)) {
        bind_fail_call(binder, node,
                       number ? "a whole number is wanted here, and this has "
                                "a fraction"
                              : "a whole number is wanted here",
                       NULL);
        return false;
    }
    if (fabs(amount.value) > WHOLE_MAX) {
        bind_fail_call(binder, node,
                       "this number is too large here: 100000 is the most",
                       NULL);
        return false;
    }
    *value = (int32_t)amount.value;
    return true;
}

static uint32_t
bind_known(struct binder *binder, const struct node *call)
{
    const struct node *x = call->kid[1];
    if (!x || x->next) {
        return bind_fail_call(binder, call, "known takes one value", NULL);
    }
    uint32_t value = bind_expression(binder, x);
    return value == UINT32_MAX ? value
                               : add_function(binder, call, PLAN_KNOWN,
                                              truth_type, value, UINT32_MAX);
}

/* level(x): x, which must not be a rate. */
static uint32_t
bind_level(struct binder *binder, const struct node *call)
{
    const struct node *x = call->kid[1];
    if (!x || x->next) {
        return bind_fail_call(binder, call, "level takes one value", NULL);
    }
    uint32_t value = bind_expression(binder, x);
    if (value == UINT32_MAX) {
        return value;
    }
    const struct type *type = &binder->plan->nodes[value].type;
    if (type->class != VALUE_NUMBER && !type->bare) {
        return bind_fail_call(binder, x, "a number is wanted here", NULL);
    }
    if (type->role != UNIT_LEVEL) {
        return bind_fail(binder, x, DIAGNOSTIC_RATE_ARITHMETIC,
                         "a rate has no growth rate",
                         "the difference of two rates is in pp: change(x)");
    }
    return value;
}

/* growth_ratio(x, base): x over its base, where both have one sign. */
static uint32_t
bind_growth_ratio(struct binder *binder, const struct node *call)
{
    const struct node *x = call->kid[1];
    const struct node *base = x ? x->next : NULL;
    if (!base || base->next) {
        return bind_fail_call(binder, call,
                              "growth_ratio takes a value and its base",
                              "growth_ratio(exports, year_ago(exports))");
    }
    uint32_t a = bind_expression(binder, x);
    uint32_t b = a == UINT32_MAX ? a : bind_expression(binder, base);
    if (b == UINT32_MAX) {
        return b;
    }
    a = bind_scaled(binder, a, b);
    b = bind_scaled(binder, b, a);
    if (!bind_compatible(binder, a, b)) {
        return bind_fail_types(binder, call, a, b, "compared");
    }
    uint32_t quotient = bind_binary(binder, call, OP_DIVIDE, a, b);
    if (quotient == UINT32_MAX) {
        return quotient;
    }
    struct plan_node node = binder->plan->nodes[quotient];
    node.op = PLAN_RATIO;
    node.type = (struct type){.class = VALUE_NUMBER, .scale = -1};
    return plan_add_node(binder->plan, &node);
}

/* growth_factor(g): 1 + g, of a growth rate. */
static uint32_t
bind_growth_factor(struct binder *binder, const struct node *call)
{
    const struct node *g = call->kid[1];
    if (!g || g->next) {
        return bind_fail_call(binder, call, "growth_factor takes one rate",
                              "growth_factor(4.5%)");
    }
    uint32_t value = bind_expression(binder, g);
    if (value == UINT32_MAX) {
        return value;
    }
    struct type type = bind_type(binder, value);
    bool unknown = type.class == VALUE_TRUTH && type.bare;
    if (!unknown && (type.class != VALUE_NUMBER || type.measure ||
                     type.role == UNIT_POINT)) {
        return bind_fail_call(binder, g, "a growth rate is wanted here",
                              "4.5%, or growth(exports)");
    }
    struct type plain = {.class = VALUE_NUMBER, .scale = -1};
    uint32_t one =
        plan_constant(binder->plan, plain, 1, interval_point(1), call->span);
    return add_function(binder, call, PLAN_ADD, plain, one, value);
}

static uint32_t
bind_function(struct binder *binder, const struct node *call, enum plan_op op,
              bool keeps_unit)
{
    const struct node *x = call->kid[1];
    struct type plain = {.class = VALUE_NUMBER, .scale = -1};
    if (!x || x->next) {
        return bind_fail_call(binder, call, "this takes one number", NULL);
    }
    uint32_t value = bind_expression(binder, x);
    if (value == UINT32_MAX) {
        return value;
    }
    struct type type = binder->plan->nodes[value].type;
    if (op == PLAN_SQRT && type.class == VALUE_NUMBER) {
        type.measure =
            units_root(&binder->session->vocabulary->units, type.measure);
        if (type.measure != MEASURE_NONE) {
            plain.measure = type.measure;
            return add_function(binder, call, op, plain, value, UINT32_MAX);
        }
    }
    if (type.class != VALUE_NUMBER || (!keeps_unit && type.measure)) {
        return bind_fail_call(binder, x, "a plain number is wanted here", NULL);
    }
    return add_function(binder, call, op, keeps_unit ? type : plain, value,
                        UINT32_MAX);
}

/* Roundings: of a number, to so many decimals or significant digits. */
static const struct {
    const char *name;
    enum plan_op op;
} roundings[] = {
    {"round", PLAN_ROUND}, {"round_even", PLAN_ROUND_EVEN},
    {"trunc", PLAN_TRUNC}, {"floor", PLAN_FLOOR},
    {"ceil", PLAN_CEIL},   {"sig", PLAN_SIG},
};

double
bind_shown_unit(const struct binder *binder, const struct type *type)
{
    const struct units *units = &binder->session->vocabulary->units;
    double factor = type->unit ? units->items[type->unit].factor
                    : type->percent && type->scale == 0 ? 0.01
                                                        : 1;
    return type->scale > 0 ? factor * decimal_power(type->scale) : factor;
}

/* Rounds VALUE to DIGITS decimals of its unit and scale, as TYPE has them. */
static uint32_t
round_in_unit(struct binder *binder, const struct node *call, enum plan_op op,
              uint32_t value, int32_t digits, struct type type)
{
    struct type plain = {.class = VALUE_NUMBER, .scale = -1};
    double unit = bind_shown_unit(binder, &type);
    int power = (int)lround(log10(unit));
    bool decimal = number_equal(unit, pow(10, power));
    digits -= decimal && op != PLAN_SIG ? power : 0;
    uint32_t places = plan_constant(binder->plan, plain, digits,
                                    interval_point(digits), call->span);
    if (decimal) {
        return add_function(binder, call, op, type, value, places);
    }
    uint32_t size = plan_constant(binder->plan, plain, unit,
                                  interval_point(unit), call->span);
    value = add_function(binder, call, PLAN_DIVIDE, type, value, size);
    value = add_function(binder, call, op, type, value, places);
    return add_function(binder, call, PLAN_MULTIPLY, type, value, size);
}

static uint32_t
bind_rounding(struct binder *binder, const struct node *call, enum plan_op op)
{
    const struct node *x = call->kid[1];
    bool needs = op == PLAN_SIG;
    int32_t digits = 0;
    if (!x || (needs && !x->next) || (x->next && x->next->next)) {
        return bind_fail_call(binder, call,
                              needs ? "sig takes a number and how many digits"
                                    : "this takes a number and, if you like, "
                                      "how many decimals",
                              needs ? "sig(x, 3)" : "round(x), round(x, 1)");
    }
    uint32_t value = bind_expression(binder, x);
    if (value == UINT32_MAX ||
        (x->next && !bind_whole(binder, x->next, &digits))) {
        return UINT32_MAX;
    }
    struct type type = bind_type(binder, value);
    if (type.class != VALUE_NUMBER || digits < -300 || digits > 300 ||
        (needs && digits < 1)) {
        return bind_fail_call(binder, type.class != VALUE_NUMBER ? x : x->next,
                              type.class != VALUE_NUMBER
                                  ? "a number is wanted here"
                                  : "this is no count of digits",
                              NULL);
    }
    if (type.measure && op != PLAN_SIG) {
        type.scale = bind_written_scale(binder, value);
    }
    return round_in_unit(binder, call, op, value, digits, type);
}

/* periods_a_year(): 1, 2, 4 or 12. */
static uint32_t
bind_per_year(struct binder *binder, const struct node *call)
{
    struct plan_node node = {.op = PLAN_PER_YEAR,
                             .type = {.class = VALUE_NUMBER, .scale = 0},
                             .span = call->span};
    if (call->kid[1]) {
        return bind_fail_call(binder, call, "this takes nothing", NULL);
    }
    return plan_add_node(binder->plan, &node);
}

/* Functions that have a binding of their own. */
static const struct {
    const char *name;
    uint32_t (*bind)(struct binder *binder, const struct node *call);
    bool along; /* it runs along the periods of its row */
} specials[] = {
    {"previous", bind_previous, false},
    {"year_ago", bind_year_ago, false},
    {"known", bind_known, false},
    {"level", bind_level, false},
    {"at", bind_at, false},
    {"base_level", bind_base, false},
    {"release", bind_release, false},
    {"lead", bind_lead, false},
    {"periods_a_year", bind_per_year, false},
    {"years_between", bind_years_between, false},
    {"path", bind_path, false},
    {"vintage", bind_vintage, false},
    {"rolling", bind_rolling, true},
    {"running", bind_running, true},
    {"ytd", bind_ytd, true},
    {"streak", bind_streak, true},
    {"since", bind_since, true},
    {"highest_since", bind_highest, true},
    {"periods_left", bind_left, true},
    {"convert", bind_convert, false},
    {"same_period_avg", bind_same_period, false},
    {"growth_ratio", bind_growth_ratio, false},
    {"growth_factor", bind_growth_factor, false},
    {"in_unit_of", bind_in_unit_of, false},
    {"fill", bind_fill, true},
    {"interpolate", bind_interpolate, true},
    {"about", bind_about, false},
    {"digits", bind_digits, false},
};

bool
bind_builtin(struct binder *binder, const struct node *call, struct slice name,
             uint32_t *result)
{
    enum plan_op op;
    if (bind_is_aggregate(name, &op)) {
        *result = bind_aggregate(binder, call, op);
        return true;
    }
    if (slice_is(name, "rank")) {
        *result = bind_rank(binder, call);
        return true;
    }
    if (slice_is(name, "spark")) {
        *result = bind_spark(binder, call);
        return true;
    }
    if (call->kid[2]) {
        return false;
    }
    if (bind_attribute(binder, call, name, result) ||
        bind_conversion(binder, call, name, result)) {
        return true;
    }
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        if (slice_is(name, functions[i].name)) {
            *result = bind_function(binder, call, functions[i].op,
                                    functions[i].keeps_unit);
            return true;
        }
    }
    for (size_t i = 0; i < sizeof roundings / sizeof *roundings; i++) {
        if (slice_is(name, roundings[i].name)) {
            *result = bind_rounding(binder, call, roundings[i].op);
            return true;
        }
    }
    for (size_t i = 0; i < sizeof specials / sizeof *specials; i++) {
        if (slice_is(name, specials[i].name)) {
            *result = !specials[i].along ? specials[i].bind(binder, call)
                      : binder->has_at
                          ? bind_in_row(binder, call)
                          : bind_along(binder, call, specials[i].bind);
            return true;
        }
    }
    return false;
}
