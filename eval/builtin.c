/* The functions of the language itself: those that Assay cannot define. */
#include "eval/bind.h"

#include <stdlib.h>

static const struct type truth_type = {.class = VALUE_TRUTH, .scale = -1};

/* Functions of one number that keep nothing of its unit, or all of it. */
static const struct {
    const char *name;
    enum plan_op op;
    bool keeps_unit;
} functions[] = {
    {"abs", PLAN_ABS, true}, {"sqrt", PLAN_SQRT, false},
    {"ln", PLAN_LN, false},  {"exp", PLAN_EXP, false},
    {"low", PLAN_LOW, true}, {"high", PLAN_HIGH, true},
};

static const struct {
    const char *name;
    enum plan_op op;
} aggregates[] = {
    {"sum", PLAN_SUM}, {"avg", PLAN_AVG}, {"mean", PLAN_AVG},
    {"min", PLAN_MIN}, {"max", PLAN_MAX}, {"count", PLAN_COUNT},
    {"all", PLAN_ALL}, {"any", PLAN_ANY},
};

static uint32_t
fail(struct binder *binder, const struct node *node, const char *message,
     const char *help)
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

enum { LAG_MAX = 1000 * 1000 };

/* A whole number written as a literal: how far to look back. */
static bool
whole_argument(struct binder *binder, const struct node *node, int32_t *value)
{
    struct amount amount;
    if (!value_amount(binder->session, node, true, &amount) ||
        !amount.type.bare || amount.value != floor(amount.value) ||
        fabs(amount.value) > 100000) {
        fail(binder, node, "a whole number is wanted here", NULL);
        return false;
    }
    *value = (int32_t)amount.value;
    return true;
}

/* previous(x), previous(x, n), year_ago(x), year_ago(x, n): the figures inside
 * are read earlier. */
static uint32_t
bind_lag(struct binder *binder, const struct node *call, bool years)
{
    const struct node *x = call->kid[1];
    struct binder inner = *binder;
    int32_t distance = 1;
    if (!x || (x->next && x->next->next)) {
        return fail(binder, call,
                    "this takes a figure and, if you like, how "
                    "many periods back",
                    "previous(exports), previous(exports, 3)");
    }
    if (x->next && !whole_argument(binder, x->next, &distance)) {
        return UINT32_MAX;
    }
    if (years) {
        inner.lag_years += distance;
    } else {
        inner.lag += distance;
    }
    if (abs(inner.lag) > LAG_MAX || abs(inner.lag_years) > LAG_MAX) {
        return fail(binder, call, "this looks back too far", NULL);
    }
    return bind_expression(&inner, x);
}

static uint32_t
bind_known(struct binder *binder, const struct node *call)
{
    const struct node *x = call->kid[1];
    if (!x || x->next) {
        return fail(binder, call, "known takes one value", NULL);
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
        return fail(binder, call, "level takes one value", NULL);
    }
    uint32_t value = bind_expression(binder, x);
    if (value == UINT32_MAX) {
        return value;
    }
    const struct type *type = &binder->plan->nodes[value].type;
    if (type->role != UNIT_LEVEL) {
        return bind_fail(binder, x, DIAGNOSTIC_RATE_ARITHMETIC,
                         "a rate has no growth rate",
                         "the difference of two rates is in pp: change(x)");
    }
    return value;
}

static uint32_t
bind_function(struct binder *binder, const struct node *call, enum plan_op op,
              bool keeps_unit)
{
    const struct node *x = call->kid[1];
    struct type plain = {.class = VALUE_NUMBER, .scale = -1};
    if (!x || x->next) {
        return fail(binder, call, "this takes one number", NULL);
    }
    uint32_t value = bind_expression(binder, x);
    if (value == UINT32_MAX) {
        return value;
    }
    struct type type = binder->plan->nodes[value].type;
    if (type.class != VALUE_NUMBER || (!keeps_unit && type.measure)) {
        return fail(binder, x, "a plain number is wanted here", NULL);
    }
    return add_function(binder, call, op, keeps_unit ? type : plain, value,
                        UINT32_MAX);
}

/* vintage(x, DATE): x as it was known on that day. */
static uint32_t
bind_vintage(struct binder *binder, const struct node *call)
{
    const struct node *x = call->kid[1];
    struct binder inner = *binder;
    day_number day;
    bool before = false;
    if (!x || !x->next || x->next->next) {
        return fail(binder, call, "vintage takes a value and a date",
                    "vintage(2015 gdp, 2016-12-31)");
    }
    if (!value_date(binder->session, x->next, &day, &before)) {
        return UINT32_MAX;
    }
    inner.as_of = day < inner.as_of ? day : inner.as_of;
    inner.spreads &= (uint8_t) ~(1 << SPREAD_VINTAGE);
    return bind_expression(&inner, x);
}

static uint32_t
bind_round(struct binder *binder, const struct node *call)
{
    const struct node *x = call->kid[1];
    if (!x || (x->next && x->next->next)) {
        return fail(binder, call,
                    "round takes a number and, if you like, how "
                    "many decimals",
                    "round(x), round(x, 1)");
    }
    uint32_t value = bind_expression(binder, x);
    int32_t digits = 0;
    if (value == UINT32_MAX ||
        (x->next && !whole_argument(binder, x->next, &digits))) {
        return UINT32_MAX;
    }
    struct type plain = {.class = VALUE_NUMBER, .scale = -1};
    uint32_t places =
        plan_constant(binder->plan, plain, digits,
                      (struct interval){digits, digits}, call->span);
    return add_function(binder, call, PLAN_ROUND,
                        binder->plan->nodes[value].type, value, places);
}

/* Aggregates ---------------------------------------------------------------- */

/* The space inside: the frame's dimensions and those that collapse. */
static bool
inner_space(struct binder *binder, const struct node *clause, size_t *space,
            uint8_t *spreads)
{
    struct plan *plan = binder->plan;
    *space = plan_add_space(plan);
    const struct space *outer = &plan->spaces[binder->space];
    struct space own = *outer;
    bool over = clause && clause->op == OP_OVER;
    plan->spaces[*space].leaves_only = true;
    plan->spaces[*space].collects = !over;
    for (size_t d = 0; d < own.dimension_count; d++) {
        plan_space_add(plan, *space, own.dimensions[d]);
    }
    for (const struct node *name = clause ? clause->kid[0] : NULL; name;
         name = name->next) {
        uint32_t dimension = scope_axis(binder->session, name);
        if (!dimension) {
            return false;
        }
        if (dimension_is_spread(dimension)) {
            *spreads =
                (uint8_t)(*spreads | 1 << (dimension - DIMENSION_SPREAD));
        }
        plan_space_add(plan, *space, dimension);
        if (!over) { /* what is kept belongs to the frame */
            plan_space_add(plan, binder->space, dimension);
        }
    }
    return true;
}

/* Does a figure in SPACE have a row for each member of DIMENSION? */
static bool
varies_along(const struct binder *binder, size_t space, uint32_t dimension)
{
    const struct plan *plan = binder->plan;
    for (size_t i = 0; i < plan->figure_count; i++) {
        const struct figure *figure = plan->figures[i];
        const struct metric *metric =
            vocabulary_metric(binder->session->vocabulary, figure->metric);
        bool spread = dimension_is_spread(dimension);
        int at = spread ? -1 : metric_dimension(metric, dimension);
        bool varies =
            spread ? figure->spreads >> (dimension - DIMENSION_SPREAD) & 1
                   : at >= 0 && figure->selectors[at] == SELECT_SPACE;
        if (figure->space == space && varies) {
            return true;
        }
    }
    return false;
}

static bool
nothing_varies(struct binder *binder, struct span span, const char *name)
{
    diagnostics_add(binder->session->diagnostics, SEVERITY_ERROR,
                    DIAGNOSTIC_DIMENSION_MISSING, span,
                    "nothing here varies along %s", name);
    return false;
}

/* `over D` needs figures that have D. */
static bool
check_over(struct binder *binder, const struct node *clause, size_t space)
{
    for (const struct node *name = clause->kid[0]; name; name = name->next) {
        if (!varies_along(binder, space, scope_axis(binder->session, name))) {
            return nothing_varies(
                binder, name->span,
                scope_chars(binder->session, name->value.name));
        }
    }
    return true;
}

/* So does a condition on D. */
static bool
check_members(struct binder *binder, size_t space)
{
    const struct plan *plan = binder->plan;
    for (size_t i = 0; i < plan->node_count; i++) {
        const struct plan_node *node = &plan->nodes[i];
        if (node->op != PLAN_MEMBER || node->space != space) {
            continue;
        }
        uint32_t dimension = plan->spaces[space].dimensions[node->figure];
        const struct space *outer = &plan->spaces[binder->space];
        bool framed = dimension_is_spread(dimension);
        for (size_t d = 0; d < outer->dimension_count; d++) {
            framed = framed || outer->dimensions[d] == dimension;
        }
        if (!framed && !varies_along(binder, space, dimension)) {
            return nothing_varies(binder, node->span,
                                  vocabulary_name(binder->session->vocabulary,
                                                  CLASS_DIMENSION, dimension)
                                      .at);
        }
    }
    return true;
}

/* `over D` collapses D only: what else its figures spread belongs to the
 * frame. */
static bool
keep_others(struct binder *binder, const struct node *clause, size_t space)
{
    const struct space inside = binder->plan->spaces[space];
    bool done = true;
    for (size_t d = 0; done && d < inside.dimension_count; d++) {
        bool named = false;
        for (const struct node *name = clause->kid[0]; name;
             name = name->next) {
            named = named ||
                    scope_axis(binder->session, name) == inside.dimensions[d];
        }
        done = named || plan_space_add(binder->plan, binder->space,
                                       inside.dimensions[d]);
    }
    return done;
}

static struct type
aggregate_type(enum plan_op op, struct type type)
{
    struct type plain = {.class = VALUE_NUMBER, .scale = -1};
    if (op == PLAN_COUNT) {
        return plain;
    }
    if (op == PLAN_ALL || op == PLAN_ANY) {
        return truth_type;
    }
    type.bare = false;
    return type;
}

static bool
is_partial(struct binder *binder, const struct node *argument)
{
    return argument && argument->kind == NODE_FIGURE && argument->kid[2] &&
           !argument->kid[0] && !argument->kid[1] && !argument->kid[3] &&
           slice_is(atoms_text(&binder->session->atoms,
                               argument->kid[2]->value.name),
                    "partial");
}

static uint32_t
bind_aggregate(struct binder *binder, const struct node *call, enum plan_op op)
{
    const struct node *x = call->kid[1];
    const struct node *clause = call->kid[2];
    struct plan_node node = {.op = op, .span = call->span};
    struct binder inner = *binder;
    bool wants_truth = op == PLAN_ALL || op == PLAN_ANY;
    if (!x || (x->next && (!is_partial(binder, x->next) || x->next->next))) {
        return fail(binder, call,
                    "an aggregate takes one value, and "
                    "`partial` if unknown ones are left out",
                    "sum(exports over country)");
    }
    size_t space;
    struct plan_mark mark = plan_mark(binder->plan);
    if (!inner_space(binder, clause, &space, &inner.spreads)) {
        return UINT32_MAX;
    }
    inner.space = space;
    uint32_t value =
        wants_truth ? bind_truth(&inner, x) : bind_expression(&inner, x);
    bool over = clause && clause->op == OP_OVER;
    if (value == UINT32_MAX || !(over ? check_over(binder, clause, space)
                                      : check_members(binder, space))) {
        return UINT32_MAX;
    }
    value = plan_share_inside(binder->plan, &mark, &space, value);
    if (over && !keep_others(binder, clause, space)) {
        return fail(binder, call, "this has more than eight dimensions", NULL);
    }
    struct type type = binder->plan->nodes[value].type;
    if (!wants_truth && op != PLAN_COUNT && type.class != VALUE_NUMBER) {
        return fail(binder, x, "only numbers can be aggregated", NULL);
    }
    if (op == PLAN_COUNT && type.class == VALUE_TRUTH) {
        return fail(binder, x,
                    "count counts what is known; count(if C then "
                    "1 else unknown) counts where C holds",
                    NULL);
    }
    node.type = aggregate_type(op, type);
    node.kid[0] = value;
    node.kid[1] = node.kid[2] = UINT32_MAX;
    node.space = binder->space;
    node.from_space = space;
    node.partial = x->next != NULL || op == PLAN_COUNT;
    node.over_periods = !over;
    for (const struct node *name = over ? clause->kid[0] : NULL; name;
         name = name->next) {
        uint32_t dimension = scope_axis(binder->session, name);
        const struct space *outer = &binder->plan->spaces[binder->space];
        for (size_t d = 0; d < outer->dimension_count; d++) {
            if (outer->dimensions[d] == dimension) {
                node.over[node.over_count++] = dimension;
            }
        }
    }
    if (clause && clause->kid[1]) {
        node.own_periods = node.over_periods = true;
        if (!value_span(binder->session, clause->kid[1], &node.periods)) {
            return UINT32_MAX;
        }
        plan_want_periods(binder->plan, &node.periods, clause->kid[1]->span);
    }
    return plan_add_node(binder->plan, &node);
}

bool
bind_builtin(struct binder *binder, const struct node *call, struct slice name,
             uint32_t *result)
{
    for (size_t i = 0; i < sizeof aggregates / sizeof *aggregates; i++) {
        if (slice_is(name, aggregates[i].name)) {
            *result = bind_aggregate(binder, call, aggregates[i].op);
            return true;
        }
    }
    if (slice_is(name, "spark")) {
        *result = bind_spark(binder, call);
        return true;
    }
    if (call->kid[2]) {
        return false;
    }
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        if (slice_is(name, functions[i].name)) {
            *result = bind_function(binder, call, functions[i].op,
                                    functions[i].keeps_unit);
            return true;
        }
    }
    if (slice_is(name, "previous") || slice_is(name, "year_ago")) {
        *result = bind_lag(binder, call, slice_is(name, "year_ago"));
    } else if (slice_is(name, "known")) {
        *result = bind_known(binder, call);
    } else if (slice_is(name, "level")) {
        *result = bind_level(binder, call);
    } else if (slice_is(name, "vintage")) {
        *result = bind_vintage(binder, call);
    } else if (slice_is(name, "round")) {
        *result = bind_round(binder, call);
    } else {
        return false;
    }
    return true;
}
