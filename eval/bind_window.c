/* Functions that run along the periods of each line: windows, runs of a
 * condition, gaps. */
#include "eval/bind.h"

enum { WINDOW_MAX = 100000 };

/* How far windows inside this one see, counted from the row. */
static void
reach_back(struct binder *inner, int32_t periods, int32_t years)
{
    struct plan *plan = inner->plan;
    inner->back += periods;
    inner->back_years += years;
    plan->back = inner->back > plan->back ? inner->back : plan->back;
    plan->back_years = inner->back_years > plan->back_years ? inner->back_years
                                                            : plan->back_years;
}

/* Back to the first period of which anything is known. */
static void
reach_all(struct binder *inner)
{
    reach_back(inner, 0, YEAR_MAX);
}

/* Adds NODE, whose operand must differ from one period to the next. */
static uint32_t
add_along(struct binder *binder, const struct node *call,
          struct plan_node *node)
{
    bool varies = binder->plan->nodes[node->kid[0]].varies & VARIES_PERIOD;
    if (!varies) {
        return bind_fail_call(binder, call->kid[1],
                              "this runs over periods, and here is only one",
                              "leave the period out, and choose it with for: "
                              "show rolling(sum, exports, 12) for 2023-12");
    }
    node->kid[1] = node->kid[2] = UINT32_MAX;
    node->space = binder->space;
    node->span = call->span;
    return plan_add_node(binder->plan, node);
}

/* Does a node rest on figures by day or week? */
static bool
goes_by_date(const struct plan *plan, uint32_t at)
{
    const struct plan_node *node = &plan->nodes[at];
    if (node->op == PLAN_FIGURE) {
        const struct figure *figure = plan->figures[node->figure];
        enum frequency own = figure->frequency != FREQUENCY_ONCE
                                 ? figure->frequency
                                 : (enum frequency)store_vocabulary(plan->store)
                                       ->metrics[figure->metric]
                                       .frequency;
        return own == FREQUENCY_W || own == FREQUENCY_D;
    }
    for (int i = 0; i < 3; i++) {
        if (node->kid[i] != UINT32_MAX && goes_by_date(plan, node->kid[i])) {
            return true;
        }
    }
    return false;
}

uint32_t
bind_along(struct binder *binder, const struct node *call,
           uint32_t (*bind)(struct binder *, const struct node *))
{
    struct plan *plan = binder->plan;
    struct plan_mark mark = plan_mark(plan);
    uint32_t value = bind(binder, call);
    if (value == UINT32_MAX || !plan_lag_has_years(plan, binder->lag) ||
        !goes_by_date(plan, value)) {
        return value;
    }
    plan_truncate(plan, &mark);
    struct binder row = *binder;
    int32_t periods;
    int32_t years;
    plan_lag_sums(plan, binder->lag, &periods, &years);
    row.lag = 0;
    reach_back(&row, periods > 0 ? periods : 0, years > 0 ? years : 0);
    plan->ahead = plan->ahead || periods < 0 || years < 0;
    value = bind(&row, call);
    if (value == UINT32_MAX) {
        return value;
    }
    struct plan_node shift = {.op = PLAN_SHIFT,
                              .kid = {value, UINT32_MAX, UINT32_MAX},
                              .type = plan->nodes[value].type,
                              .lag = binder->lag,
                              .space = binder->space,
                              .span = call->span};
    return plan_add_node(plan, &shift);
}

/* The reduction that the first argument names. */
static bool
bind_reduction(struct binder *binder, const struct node *argument,
               enum plan_op *op)
{
    argument = argument ? bind_value_of(binder, argument) : NULL;
    bool bare = argument && argument->kind == NODE_FIGURE && argument->kid[2] &&
                bind_is_aggregate(atoms_text(&binder->session->atoms,
                                             argument->kid[2]->value.name),
                                  op) &&
                *op != PLAN_QUANTILE && *op <= PLAN_RMS;
    if (!bare) {
        bind_fail_call(binder, argument ? argument : NULL,
                       "a reduction is wanted here",
                       "sum, avg, min, max, count, median, var_samp, var_pop, "
                       "stddev_samp, stddev_pop, rms");
    }
    return bare;
}

static uint32_t
bind_reduced(struct binder *outer, struct binder *inner,
             const struct node *call, const struct node *x,
             struct plan_node *node)
{
    node->op = PLAN_WINDOW;
    node->kid[0] = bind_expression(inner, x);
    if (node->kid[0] == UINT32_MAX) {
        return UINT32_MAX;
    }
    node->type = bind_type(outer, node->kid[0]);
    if (node->type.class != VALUE_NUMBER ||
        !bind_reduced_type(outer, node->reduce, &node->type)) {
        return bind_fail_call(outer, x, "a number is wanted here", NULL);
    }
    return add_along(outer, call, node);
}

/* What may follow the length of a window: `center`, `partial`. */
static bool
window_words(struct binder *binder, const struct node *rest, bool *partial,
             bool *center)
{
    for (; rest; rest = rest->next) {
        bool is_partial = bind_is_word(binder, rest, "partial");
        bool is_center = bind_is_word(binder, rest, "center");
        if ((!is_partial && !is_center) || (is_partial && *partial) ||
            (is_center && *center)) {
            return false;
        }
        *partial = *partial || is_partial;
        *center = *center || is_center;
    }
    return true;
}

/* A window around its row is one that ends half of it later. */
static bool
center_window(struct binder *inner, const struct node *length,
              struct plan_node *node)
{
    if (node->window != WINDOW_COUNT || node->reach % 2 == 0) {
        bind_fail_call(inner, length,
                       "a window around its row has an odd number of periods",
                       "of 12: (lead(rolling(avg, x, 12), 5) + "
                       "lead(rolling(avg, x, 12), 6)) / 2");
        return false;
    }
    node->center = node->reach / 2;
    if (!plan_add_lag(inner->plan, &inner->lag, false, -node->center)) {
        bind_fail_call(inner, length, "this looks ahead too far", NULL);
        return false;
    }
    return true;
}

/* rolling(sum, x, 12), rolling(avg, x, year), each with `partial`; rolling(avg,
 * x, 3, center). */
uint32_t
bind_rolling(struct binder *binder, const struct node *call)
{
    const struct node *reduction = call->kid[1];
    const struct node *x = reduction ? reduction->next : NULL;
    const struct node *length = x ? x->next : NULL;
    const struct node *rest = length ? length->next : NULL;
    struct plan_node node = {0};
    struct binder inner = *binder;
    bool center = false;
    if (!length || !window_words(binder, rest, &node.partial, &center)) {
        return bind_fail_call(binder, call,
                              "rolling takes a reduction, a value and how many "
                              "periods",
                              "rolling(sum, exports, 12), rolling(avg, "
                              "exports, 3, center)");
    }
    if (!bind_reduction(binder, reduction, &node.reduce)) {
        return UINT32_MAX;
    }
    if (bind_is_word(binder, length, "year")) {
        node.window = WINDOW_YEAR;
        reach_back(&inner, 0, 1);
    } else {
        node.window = WINDOW_COUNT;
        if (!bind_whole(binder, length, &node.reach)) {
            return UINT32_MAX;
        }
        if (node.reach < 1) {
            return bind_fail_call(binder, length,
                                  "a window has at least one period", NULL);
        }
        reach_back(&inner, node.reach - 1, 0);
    }
    if (center && !center_window(&inner, length, &node)) {
        return UINT32_MAX;
    }
    return bind_reduced(binder, &inner, call, x, &node);
}

/* running(sum, x), running(max, x): from the first known period on. */
uint32_t
bind_running(struct binder *binder, const struct node *call)
{
    const struct node *reduction = call->kid[1];
    const struct node *x = reduction ? reduction->next : NULL;
    const struct node *rest = x ? x->next : NULL;
    struct plan_node node = {.window = WINDOW_ALL,
                             .partial = bind_is_word(binder, rest, "partial")};
    struct binder inner = *binder;
    if (!x || (rest && (!node.partial || rest->next))) {
        return bind_fail_call(binder, call,
                              "running takes a reduction and a value",
                              "running(sum, exports)");
    }
    if (!bind_reduction(binder, reduction, &node.reduce)) {
        return UINT32_MAX;
    }
    reach_all(&inner);
    return bind_reduced(binder, &inner, call, x, &node);
}

const struct figure *
bind_first_figure(const struct plan *plan, uint32_t at)
{
    const struct plan_node *node = &plan->nodes[at];
    const struct figure *figure = NULL;
    if (node->op == PLAN_FIGURE) {
        return plan->figures[node->figure];
    }
    for (int i = 0; !figure && i < 3; i++) {
        figure = node->kid[i] != UINT32_MAX
                     ? bind_first_figure(plan, node->kid[i])
                     : NULL;
    }
    return figure;
}

const struct metric *
bind_first_metric(const struct binder *binder, uint32_t at)
{
    const struct figure *figure = bind_first_figure(binder->plan, at);
    return figure
               ? vocabulary_metric(binder->session->vocabulary, figure->metric)
               : NULL;
}

static uint32_t
calendar_of(const struct binder *binder, uint32_t at)
{
    const struct metric *metric = bind_first_metric(binder, at);
    return metric ? metric->calendar : 0;
}

/* ytd(x): the sum from the start of the year. */
uint32_t
bind_ytd(struct binder *binder, const struct node *call)
{
    const struct node *x = call->kid[1];
    const struct node *rest = x ? x->next : NULL;
    struct plan_node node = {.op = PLAN_WINDOW,
                             .window = WINDOW_TO_DATE,
                             .reduce = PLAN_SUM,
                             .lag = binder->lag,
                             .partial = bind_is_word(binder, rest, "partial")};
    struct binder inner = *binder;
    if (!x || (rest && (!node.partial || rest->next))) {
        return bind_fail_call(binder, call, "ytd takes one value",
                              "ytd(exports)");
    }
    reach_back(&inner, 0, 1);
    uint32_t value = bind_expression(&inner, x);
    if (value == UINT32_MAX) {
        return value;
    }
    node.calendar = calendar_of(binder, value);
    return bind_reduced(binder, &inner, call, x, &node);
}

/* periods_left(x): how many periods of the year follow the row's. */
uint32_t
bind_left(struct binder *binder, const struct node *call)
{
    const struct node *x = call->kid[1];
    struct plan_node node = {.op = PLAN_LEFT,
                             .type = {.class = VALUE_NUMBER, .scale = 0},
                             .lag = binder->lag,
                             .space = binder->space,
                             .span = call->span};
    if (!x || x->next) {
        return bind_fail_call(binder, call,
                              "periods_left takes one value, for its calendar",
                              "periods_left(exports)");
    }
    uint32_t value = bind_expression(binder, x);
    if (value == UINT32_MAX) {
        return value;
    }
    if (!(binder->plan->nodes[value].varies & VARIES_PERIOD)) {
        return bind_fail_call(binder, x,
                              "this runs over periods, and here is only one",
                              "leave the period out, and choose it with for: "
                              "show periods_left(exports) for 2023-06");
    }
    node.calendar = calendar_of(binder, value);
    return plan_add_node(binder->plan, &node);
}

/* streak(C), since(C): how long a condition has held, and since when. */
static uint32_t
bind_run(struct binder *binder, const struct node *call, enum plan_op op)
{
    const struct node *x = call->kid[1];
    struct plan_node node = {
        .op = op,
        .type = {.class = op == PLAN_SINCE ? VALUE_PERIOD : VALUE_NUMBER,
                 .scale = op == PLAN_SINCE ? -1 : 0}};
    struct binder inner = *binder;
    if (!x || x->next) {
        return bind_fail_call(binder, call, "this takes one condition",
                              "streak(growth(exports) > 0)");
    }
    reach_all(&inner);
    node.kid[0] = bind_truth(&inner, x);
    return node.kid[0] == UINT32_MAX ? UINT32_MAX
                                     : add_along(binder, call, &node);
}

uint32_t
bind_streak(struct binder *binder, const struct node *call)
{
    return bind_run(binder, call, PLAN_STREAK);
}

uint32_t
bind_since(struct binder *binder, const struct node *call)
{
    return bind_run(binder, call, PLAN_SINCE);
}

/* highest_since(x): the last period before the row's in which x was as high. */
uint32_t
bind_highest(struct binder *binder, const struct node *call)
{
    const struct node *x = call->kid[1];
    struct plan_node node = {.op = PLAN_HIGHEST,
                             .type = {.class = VALUE_PERIOD, .scale = -1}};
    struct binder inner = *binder;
    if (!x || x->next) {
        return bind_fail_call(binder, call, "highest_since takes one value",
                              "highest_since(exports)");
    }
    reach_all(&inner);
    node.kid[0] = bind_expression(&inner, x);
    if (node.kid[0] == UINT32_MAX) {
        return UINT32_MAX;
    }
    if (bind_type(binder, node.kid[0]).class != VALUE_NUMBER) {
        return bind_fail_call(binder, x, "a number is wanted here", NULL);
    }
    return add_along(binder, call, &node);
}

static uint32_t
bind_gaps(struct binder *binder, const struct node *call,
          struct plan_node *node)
{
    struct binder inner = *binder;
    reach_all(&inner);
    node->kid[0] = bind_expression(&inner, call->kid[1]);
    if (node->kid[0] == UINT32_MAX) {
        return UINT32_MAX;
    }
    node->type = bind_type(binder, node->kid[0]);
    if (node->type.class != VALUE_NUMBER) {
        return bind_fail_call(binder, call->kid[1], "a number is wanted here",
                              NULL);
    }
    return add_along(binder, call, node);
}

/* fill(x), fill(x, n): the last known value, at most N periods old. */
uint32_t
bind_fill(struct binder *binder, const struct node *call)
{
    const struct node *x = call->kid[1];
    struct plan_node node = {.op = PLAN_FILL, .reach = INT32_MAX};
    if (!x || (x->next && x->next->next)) {
        return bind_fail_call(binder, call,
                              "fill takes a value and, if you like, for how "
                              "many periods",
                              "fill(exports), fill(exports, 3)");
    }
    if (x->next && !bind_whole(binder, x->next, &node.reach)) {
        return UINT32_MAX;
    }
    if (node.reach < 1) {
        return bind_fail_call(binder, x->next, "a gap has at least one period",
                              NULL);
    }
    return bind_gaps(binder, call, &node);
}

/* interpolate(x), interpolate(x, geometric): on a line between its
 * neighbours. */
uint32_t
bind_interpolate(struct binder *binder, const struct node *call)
{
    const struct node *x = call->kid[1];
    const struct node *how = x ? x->next : NULL;
    struct plan_node node = {.op = PLAN_INTERPOLATE,
                             .geometric =
                                 bind_is_word(binder, how, "geometric")};
    if (!x || (how && (how->next || (!node.geometric &&
                                     !bind_is_word(binder, how, "linear"))))) {
        return bind_fail_call(binder, call,
                              "interpolate takes a value, and `geometric` if "
                              "it is to grow evenly",
                              "interpolate(exports, geometric)");
    }
    binder->plan->ahead = true;
    return bind_gaps(binder, call, &node);
}
