/* From a tree to plan nodes: every name, unit and type is checked here, before
 * anything is read.
 *
 * A definition is bound like a macro: its body is bound with the arguments'
 * trees in scope, so that `year_ago(x)` inside it reads x a year earlier
 * whatever x is.
 */
#include "base/suggest.h"
#include "eval/scope.h"
#include "values/number.h"

enum { BIND_DEPTH_MAX = 400 };

struct binding {
    const struct node *parameters; /* names */
    const struct node *arguments;
    const struct binder *caller; /* whose scope the arguments are in */
    uint32_t definition;
    const struct binding *outer;
    struct span call;
};

static const struct type truth_type = {.class = VALUE_TRUTH, .scale = -1};

void
binder_init(struct binder *binder, struct session *session, struct plan *plan)
{
    *binder = (struct binder){
        .session = session,
        .plan = plan,
        .focus = &session->focus,
        .as_of = session_question_day(session),
    };
}

static uint32_t
fail(struct binder *binder, const struct node *node,
     enum diagnostic_code code, const char *message, const char *help)
{
    struct diagnostics *list = binder->session->diagnostics;
    struct diagnostic *record = diagnostics_add(list, SEVERITY_ERROR, code,
                                                node->span, "%s", message);
    if (help) {
        diagnostics_help(list, record, "%s", help);
    }
    for (const struct binding *at = binder->bindings; at; at = at->outer) {
        diagnostics_relate(list, record, at->call, "in this use of %s",
                           scope_chars(binder->session,
                                       vocabulary_entry(
                                           binder->session->vocabulary,
                                           CLASS_DEFINITION, at->definition)
                                           ->name));
    }
    return UINT32_MAX;
}

static struct type
node_type(const struct binder *binder, uint32_t node)
{
    return binder->plan->nodes[node].type;
}

/* Constants ----------------------------------------------------------- */

static uint32_t
bind_amount(struct binder *binder, const struct node *node,
            const struct amount *amount)
{
    struct interval bounds = interval_point(amount->value);
    if (binder->rounded_literals && amount->literal && amount->exact) {
        struct decimal decimal = amount->decimal;
        decimal.exponent = (int16_t)(decimal.exponent + amount->unit_exponent);
        double half = decimal_half_unit(decimal);
        bounds = (struct interval){amount->value - half,
                                   amount->value + half};
    }
    return plan_constant(binder->plan, amount->type, amount->value, bounds,
                         node->span);
}

static uint32_t
bind_truth_constant(struct binder *binder, const struct node *node)
{
    double value = node->op == OP_TRUE ? 1 : node->op == OP_FALSE ? 0 : NAN;
    struct type type = truth_type;
    if (node->op == OP_UNKNOWN) {
        type.bare = true; /* fits any type */
    }
    return plan_constant(binder->plan, type, value, interval_point(value),
                         node->span);
}

static uint32_t
bind_text(struct binder *binder, const struct node *node)
{
    const char *text = scope_text(binder->session, node);
    struct type type = {.class = VALUE_TEXT, .scale = -1};
    struct plan_node constant = {.op = PLAN_CONSTANT,
                                 .type = type,
                                 .space = binder->space,
                                 .span = node->span};
    if (!text) {
        return UINT32_MAX;
    }
    constant.text = atoms_intern(&binder->session->atoms, slice_of(text));
    constant.value = constant.text;
    return plan_add_node(binder->plan, &constant);
}

static uint32_t
bind_period_constant(struct binder *binder, const struct node *node)
{
    struct period period;
    bool fiscal;
    if (!value_period(binder->session, node, &period, &fiscal)) {
        return UINT32_MAX;
    }
    struct type type = {.class = VALUE_PERIOD, .scale = -1,
                        .dimension = (uint32_t)period.frequency};
    return plan_constant(binder->plan, type, period.ordinal,
                         interval_point(period.ordinal), node->span);
}

/* Figures --------------------------------------------------------------- */

/* A dimension that a figure does not mention: the frame's member, the home
 * cell's, the context's, else the total. */
static void
select_unmentioned(struct binder *binder, struct figure_names *names)
{
    const struct session *session = binder->session;
    const struct metric *metric =
        vocabulary_metric(session->vocabulary, names->metric);
    const struct space *space = &binder->plan->spaces[binder->space];
    for (int i = 0; i < metric->dimension_count; i++) {
        for (size_t d = 0; !names->mentioned[i] && d < space->dimension_count;
             d++) {
            if (space->dimensions[d] == metric->dimensions[i]) {
                names->mentioned[i] = true;
                names->selectors[i] = SELECT_SPACE;
            }
        }
    }
    if (binder->home) {
        const struct focus *home = binder->home;
        const struct metric *own =
            vocabulary_metric(session->vocabulary, home->metric);
        for (int i = 0; i < metric->dimension_count; i++) {
            int at = metric_dimension(own, metric->dimensions[i]);
            if (!names->mentioned[i] && at >= 0) {
                names->mentioned[i] = true;
                names->members[i] = home->members[at];
                names->selectors[i] =
                    home->members[at] ? SELECT_MEMBER : SELECT_TOTAL;
            }
        }
    }
    figure_complete(binder->session, names);
    if (space->collects) {
        for (int i = 0; i < metric->dimension_count; i++) {
            if (!names->mentioned[i]) {
                names->mentioned[i] = true;
                names->selectors[i] = SELECT_SPACE;
            }
        }
    }
}

/* Every dimension that is spread becomes one of the space. */
static bool
spread_dimensions(struct binder *binder, const struct node *node,
                  const struct figure_names *names)
{
    const struct metric *metric =
        vocabulary_metric(binder->session->vocabulary, names->metric);
    for (int i = 0; i < metric->dimension_count; i++) {
        if (names->selectors[i] == SELECT_SPACE &&
            !plan_space_add(binder->plan, binder->space,
                            metric->dimensions[i])) {
            fail(binder, node, DIAGNOSTIC_FRAME_SIZE,
                 "this has more than eight dimensions", NULL);
            return false;
        }
    }
    return true;
}

static bool
figure_frequency(struct binder *binder, const struct node *node,
                 const struct figure_names *names, struct figure *figure)
{
    const struct metric *metric =
        vocabulary_metric(binder->session->vocabulary, names->metric);
    if (metric->frequency == FREQUENCY_ONCE) {
        figure->frequency = FREQUENCY_ONCE;
        figure->fixed = true;
        if (names->has_period && !names->elliptical) {
            fail(binder, node, DIAGNOSTIC_NOT_ONCE,
                 "this metric has one cell and no period",
                 "leave the period out");
            return false;
        }
        return true;
    }
    if (!names->has_period) {
        binder->plan->has_periods = true;
        return true;
    }
    struct period period = names->period;
    struct calendar calendar =
        vocabulary_calendar(binder->session->vocabulary, metric->calendar);
    if (names->fiscal && !metric->calendar) {
        fail(binder, node, DIAGNOSTIC_BAD_PERIOD,
             "this metric has no fiscal calendar", NULL);
        return false;
    }
    if (period.frequency == FREQUENCY_D && metric->frequency != FREQUENCY_D) {
        period = period_of_day((enum frequency)metric->frequency,
                               period.ordinal, &calendar);
    }
    period.ordinal -= binder->lag;
    period = period_shift_years(period, -binder->lag_years);
    figure->fixed = true;
    figure->frequency = period.frequency;
    figure->period = period.ordinal;
    return true;
}

static uint32_t
bind_names(struct binder *binder, const struct node *node,
           struct figure_names *names)
{
    const struct session *session = binder->session;
    const struct metric *metric =
        vocabulary_metric(session->vocabulary, names->metric);
    const struct unit *unit =
        &session->vocabulary->units.items[metric->unit];
    struct figure figure = {
        .kind = names->kind,
        .metric = names->metric,
        .actor = names->actor,
        .source = names->source,
        .as_of = binder->as_of,
        .or_earliest = binder->or_earliest,
        .stated_only = binder->stated_only,
        .space = binder->space,
        .span = node->span,
    };
    if (names->has_range) {
        return fail(binder, node, DIAGNOSTIC_MANY_PERIODS,
                    "a figure in an expression has one period, or none",
                    "choose the periods of the whole question with for");
    }
    if (!spread_dimensions(binder, node, names) ||
        !figure_frequency(binder, node, names, &figure)) {
        return UINT32_MAX;
    }
    memcpy(figure.selectors, names->selectors, sizeof figure.selectors);
    memcpy(figure.members, names->members, sizeof figure.members);
    struct plan_node read = {
        .op = PLAN_FIGURE,
        .type = {.class = VALUE_NUMBER,
                 .role = unit->role,
                 .measure = unit->measure,
                 .unit = metric->unit,
                 .scale = -1},
        .figure = plan_add_figure(binder->plan, &figure),
        .lag = figure.fixed ? 0 : binder->lag,
        .lag_years = figure.fixed ? 0 : binder->lag_years,
        .space = binder->space,
        .span = node->span,
    };
    return plan_add_node(binder->plan, &read);
}

/* A single name in an expression may also be a parameter of the definition, a
 * definition without parameters, a dimension of the frame, or `period`. */
static bool
bind_word(struct binder *binder, const struct node *node, uint32_t *result)
{
    const struct node *name = node->kid[2];
    struct session *session = binder->session;
    if (!name || node->kid[0] || node->kid[1] || node->kid[3]) {
        return false;
    }
    const struct binding *binding = binder->bindings;
    const struct node *argument = binding ? binding->arguments : NULL;
    for (const struct node *at = binding ? binding->parameters : NULL; at;
         at = at->next, argument = argument ? argument->next : NULL) {
        if (at->value.name == name->value.name && argument) {
            /* The argument is bound in its caller's scope, at this lag. */
            struct binder inner = *binding->caller;
            inner.plan = binder->plan;
            inner.space = binder->space;
            inner.lag = binder->lag;
            inner.lag_years = binder->lag_years;
            inner.depth = binder->depth;
            inner.rounded_literals = binder->rounded_literals;
            *result = bind_expression(&inner, argument);
            return true;
        }
    }
    if (slice_is(atoms_text(&session->atoms, name->value.name), "period") &&
        !scope_find(session, CLASS_METRIC, name->value.name)) {
        struct plan_node row = {.op = PLAN_PERIOD,
                                .type = {.class = VALUE_PERIOD, .scale = -1},
                                .space = binder->space,
                                .span = node->span};
        *result = plan_add_node(binder->plan, &row);
        return true;
    }
    const struct space *space = &binder->plan->spaces[binder->space];
    for (size_t d = 0; d < space->dimension_count; d++) {
        if (vocabulary_entry(session->vocabulary, CLASS_DIMENSION,
                             space->dimensions[d])
                ->name == name->value.name) {
            struct plan_node row = {
                .op = PLAN_MEMBER,
                .type = {.class = VALUE_TEXT,
                         .scale = -1,
                         .dimension = space->dimensions[d]},
                .figure = d,
                .space = binder->space,
                .span = node->span};
            *result = plan_add_node(binder->plan, &row);
            return true;
        }
    }
    return false;
}

static uint32_t bind_call_of(struct binder *binder, const struct node *node,
                             const struct node *name,
                             const struct node *arguments);

static uint32_t
bind_figure(struct binder *binder, const struct node *node)
{
    struct session *session = binder->session;
    struct figure_names names;
    uint32_t result;
    if (bind_word(binder, node, &result)) {
        return result;
    }
    const struct node *name = node->kid[2];
    bool word = name && !node->kid[0] && !node->kid[1] && !node->kid[3];
    if (word && !scope_find(session, CLASS_METRIC, name->value.name) &&
        scope_find(session, CLASS_DEFINITION, name->value.name)) {
        return bind_call_of(binder, node, name, NULL);
    }
    if (!figure_resolve(session, node, binder->focus, false, &names)) {
        return UINT32_MAX;
    }
    if (binder->keep_focus && !binder->bindings) {
        struct figure_names own = names;
        figure_complete(session, &own);
        figure_focus(session, &own);
    }
    select_unmentioned(binder, &names);
    return bind_names(binder, node, &names);
}

/* Operators --------------------------------------------------------------- */

/* Numbers that may be added or compared: a literal without a unit takes the
 * other side's, and 0 fits everything. */
static bool
compatible(const struct binder *binder, uint32_t left, uint32_t right)
{
    struct type a = node_type(binder, left);
    struct type b = node_type(binder, right);
    if (a.class == VALUE_TRUTH && a.bare) {
        return true;
    }
    if (b.class == VALUE_TRUTH && b.bare) {
        return true;
    }
    if (a.class != b.class) {
        return false;
    }
    if (a.class != VALUE_NUMBER || a.bare || b.bare) {
        return true;
    }
    bool points = a.role == UNIT_POINT || b.role == UNIT_POINT;
    return a.measure == b.measure && (!points || a.role == b.role);
}

static uint32_t
fail_types(struct binder *binder, const struct node *node, uint32_t left,
           uint32_t right, const char *verb)
{
    struct session *session = binder->session;
    const struct plan_node *a = &binder->plan->nodes[left];
    const struct plan_node *b = &binder->plan->nodes[right];
    struct buffer text = {0};
    bool numbers =
        a->type.class == VALUE_NUMBER && b->type.class == VALUE_NUMBER;
    struct diagnostic *record = diagnostics_add(
        session->diagnostics, SEVERITY_ERROR,
        numbers ? DIAGNOSTIC_UNIT_MISMATCH : DIAGNOSTIC_TYPE_MISMATCH,
        node->span, "these cannot be %s", verb);
    value_print_type(session, &a->type, &text);
    diagnostics_relate(session->diagnostics, record, a->span, "this is %s",
                       text.text);
    buffer_clear(&text);
    value_print_type(session, &b->type, &text);
    diagnostics_relate(session->diagnostics, record, b->span, "this is %s",
                       text.text);
    bool points = a->type.role == UNIT_POINT || b->type.role == UNIT_POINT;
    bool share = a->type.percent || b->type.percent;
    if (points && share) {
        diagnostics_help(session->diagnostics, record,
                         "a difference of rates is written in pp: 0.3 pp");
    }
    buffer_free(&text);
    return UINT32_MAX;
}

static uint32_t
add_operator(struct binder *binder, const struct node *at, enum plan_op op,
             struct type type, uint32_t a, uint32_t b, uint32_t c)
{
    struct plan_node node = {.op = op,
                             .type = type,
                             .kid = {a, b, c},
                             .space = binder->space,
                             .span = at->span};
    return plan_add_node(binder->plan, &node);
}

/* What stays of a type that took part in an operation. */
static struct type
blend(struct type a, struct type b)
{
    struct type type = a.bare ? b : a;
    type.bare = a.bare && b.bare;
    type.percent = a.percent && b.percent;
    type.scale = a.scale >= 0 && a.scale == b.scale ? a.scale : -1;
    return type;
}

static struct type
sum_type(struct binder *binder, enum node_op op, uint32_t left, uint32_t right)
{
    struct type a = node_type(binder, left);
    struct type b = node_type(binder, right);
    struct type type = blend(a, b);
    bool rates = a.role == UNIT_RATE && b.role == UNIT_RATE;
    if (op == OP_SUBTRACT && rates) {
        atom pp = atoms_intern(&binder->session->atoms, SLICE("pp"));
        type.role = UNIT_POINT;
        type.unit = scope_find_unit(binder->session, pp);
    } else if (a.role == UNIT_RATE || b.role == UNIT_RATE) {
        type = a.role == UNIT_RATE ? a : b;
        type.scale = -1;
    }
    return type;
}

static uint32_t
bind_sum(struct binder *binder, const struct node *at, enum node_op op,
         uint32_t left, uint32_t right)
{
    struct type a = node_type(binder, left);
    struct type b = node_type(binder, right);
    bool rate_and_points = (a.role == UNIT_RATE && b.role == UNIT_POINT) ||
                           (op == OP_ADD && a.role == UNIT_POINT &&
                            b.role == UNIT_RATE);
    if (a.class != VALUE_NUMBER || b.class != VALUE_NUMBER ||
        (!rate_and_points && !compatible(binder, left, right))) {
        return fail_types(binder, at, left, right,
                          op == OP_ADD ? "added" : "subtracted");
    }
    return add_operator(binder, at, op == OP_ADD ? PLAN_ADD : PLAN_SUBTRACT,
                        sum_type(binder, op, left, right), left, right,
                        UINT32_MAX);
}

static uint32_t
bind_product(struct binder *binder, const struct node *at, enum node_op op,
             uint32_t left, uint32_t right)
{
    struct units *units = &binder->session->vocabulary->units;
    struct type a = node_type(binder, left);
    struct type b = node_type(binder, right);
    struct type type = {.class = VALUE_NUMBER, .scale = -1};
    if (a.class != VALUE_NUMBER || b.class != VALUE_NUMBER) {
        return fail_types(binder, at, left, right,
                          op == OP_MULTIPLY ? "multiplied" : "divided");
    }
    bool level_and_points =
        op == OP_MULTIPLY && ((a.role == UNIT_POINT && b.measure) ||
                              (b.role == UNIT_POINT && a.measure));
    if (level_and_points) {
        return fail(binder, at, DIAGNOSTIC_RATE_ARITHMETIC,
                    "a level cannot be multiplied by a difference of rates",
                    "multiply by a share: 4.5%");
    }
    type.measure = op == OP_MULTIPLY
                       ? units_multiply(units, a.measure, b.measure)
                       : units_divide(units, a.measure, b.measure);
    if (type.measure == MEASURE_NONE) {
        return fail(binder, at, DIAGNOSTIC_UNIT_MISMATCH,
                    "the unit of this is too complex", NULL);
    }
    bool scaled = a.measure && !b.measure;
    type.unit = type.measure && scaled                          ? a.unit
                : type.measure && op == OP_MULTIPLY && !a.measure ? b.unit
                                                                  : 0;
    bool plain_b = b.role == UNIT_LEVEL && !b.measure;
    if (a.role != UNIT_LEVEL && plain_b) {
        type.role = a.role;
        type.unit = a.unit;
    } else if (op == OP_MULTIPLY && b.role != UNIT_LEVEL && !a.measure &&
               a.role == UNIT_LEVEL) {
        type.role = b.role;
        type.unit = b.unit;
    }
    type.bare = a.bare && b.bare;
    type.percent = op == OP_MULTIPLY ? a.percent && b.percent : false;
    return add_operator(binder, at,
                        op == OP_MULTIPLY ? PLAN_MULTIPLY : PLAN_DIVIDE, type,
                        left, right, UINT32_MAX);
}

static uint32_t
bind_power(struct binder *binder, const struct node *at, uint32_t left,
           uint32_t right)
{
    struct type a = node_type(binder, left);
    struct type b = node_type(binder, right);
    const struct plan_node *exponent = &binder->plan->nodes[right];
    struct type type = {.class = VALUE_NUMBER, .scale = -1, .bare = a.bare};
    if (a.class != VALUE_NUMBER || b.class != VALUE_NUMBER || b.measure) {
        return fail_types(binder, at, left, right, "raised");
    }
    if (a.measure) {
        bool whole = exponent->op == PLAN_CONSTANT &&
                     exponent->value == floor(exponent->value) &&
                     fabs(exponent->value) <= MEASURE_POWER_MAX;
        type.measure = whole ? units_power(&binder->session->vocabulary->units,
                                           a.measure, (int)exponent->value)
                             : MEASURE_NONE;
        if (type.measure == MEASURE_NONE) {
            return fail(binder, at, DIAGNOSTIC_UNIT_MISMATCH,
                        "an amount with a unit has only whole powers up to 9",
                        "divide two amounts of one unit first");
        }
    }
    return add_operator(binder, at, PLAN_POWER, type, left, right,
                        UINT32_MAX);
}

/* Comparisons -------------------------------------------------------------- */

/* A member is compared by its id: a text or name beside it becomes one. */
static bool
member_operand(struct binder *binder, const struct node *node,
               uint32_t dimension, uint32_t *result)
{
    struct session *session = binder->session;
    struct node name = {.kind = NODE_NAME, .span = node->span};
    if (node->kind == NODE_TEXT) {
        const char *text = scope_text(session, node);
        name.value.name = atoms_intern(&session->atoms, slice_of(text));
    } else if (node->kind == NODE_NUMBER) {
        name.value.name = atoms_intern(
            &session->atoms, sources_text(&session->sources, node->span));
    } else if (node->kind == NODE_FIGURE && node->kid[2] && !node->kid[0] &&
               !node->kid[1] && !node->kid[3]) {
        name.value.name = node->kid[2]->value.name;
    } else {
        return false;
    }
    uint32_t member = scope_member(session, dimension, &name);
    struct type type = {.class = VALUE_TEXT, .scale = -1,
                        .dimension = dimension};
    *result = member ? plan_constant(binder->plan, type, member,
                                     interval_point(member), node->span)
                     : UINT32_MAX;
    return true;
}

/* The right side of a comparison, which may take its sense from the left. */
static uint32_t
bind_operand(struct binder *binder, const struct node *node, uint32_t left)
{
    struct type type = node_type(binder, left);
    uint32_t result;
    if (type.class == VALUE_TEXT && type.dimension &&
        member_operand(binder, node, type.dimension, &result)) {
        return result;
    }
    if (type.class == VALUE_PERIOD &&
        (node->kind == NODE_NUMBER || node->kind == NODE_PERIOD ||
         node->kind == NODE_DATE)) {
        return bind_period_constant(binder, node);
    }
    return bind_expression(binder, node);
}

static enum plan_op
comparison_op(enum node_op mode, enum plan_op op)
{
    if (op == PLAN_AGREES || mode == OP_NONE) {
        return op;
    }
    int offset = op == PLAN_EQ ? 0 : op == PLAN_LT ? 1 : 2;
    return (enum plan_op)((mode == OP_POSSIBLY ? PLAN_POSSIBLY_EQ
                                               : PLAN_CERTAINLY_EQ) +
                          offset);
}

/* MODE is OP_POSSIBLY, OP_CERTAINLY or OP_NONE. */
static uint32_t
compare_nodes(struct binder *binder, const struct node *at, enum node_op op,
              enum node_op mode, uint32_t left, uint32_t right)
{
    struct type a = node_type(binder, left);
    bool ordered = op != OP_EQ && op != OP_NE;
    if (!compatible(binder, left, right) ||
        (ordered && (a.class == VALUE_TEXT || a.class == VALUE_TRUTH) &&
         !a.bare)) {
        return fail_types(binder, at, left, right, "compared");
    }
    bool swap = op == OP_GT || op == OP_GE;
    enum plan_op plan_op = op == OP_AGREES             ? PLAN_AGREES
                           : op == OP_EQ || op == OP_NE ? PLAN_EQ
                           : op == OP_LT || op == OP_GT ? PLAN_LT
                                                        : PLAN_LE;
    enum node_op inner = mode;
    if (op == OP_NE && mode != OP_NONE) {
        /* possibly unequal is: not certainly equal */
        inner = mode == OP_POSSIBLY ? OP_CERTAINLY : OP_POSSIBLY;
    }
    uint32_t node = add_operator(binder, at, comparison_op(inner, plan_op),
                                 truth_type, swap ? right : left,
                                 swap ? left : right, UINT32_MAX);
    if (op == OP_NE) {
        node = add_operator(binder, at, PLAN_NOT, truth_type, node,
                            UINT32_MAX, UINT32_MAX);
    }
    return node;
}

static bool
is_comparison(const struct node *node)
{
    return node->kind == NODE_BINARY && node->op >= OP_EQ &&
           node->op <= OP_AGREES;
}

static bool
is_literal(const struct node *node)
{
    return node->kind == NODE_NUMBER || node->kind == NODE_QUANTITY;
}

/* A literal that is a whole operand of `~`, `possibly`, `certainly` carries the
 * rounding of its digits. */
static uint32_t
bind_rounded(struct binder *binder, const struct node *node, uint32_t left)
{
    struct binder inner = *binder;
    inner.rounded_literals = is_literal(node);
    return left == UINT32_MAX ? bind_expression(&inner, node)
                              : bind_operand(&inner, node, left);
}

static uint32_t
bind_comparison(struct binder *binder, const struct node *node,
                enum node_op mode)
{
    bool rounded = mode != OP_NONE || node->op == OP_AGREES;
    if (is_comparison(node->kid[0]) || is_comparison(node->kid[1])) {
        return fail(binder, node, DIAGNOSTIC_CHAINED,
                    "comparisons do not chain",
                    "write x in 5%..10%, or join two of them with and");
    }
    uint32_t left = rounded ? bind_rounded(binder, node->kid[0], UINT32_MAX)
                            : bind_expression(binder, node->kid[0]);
    if (left == UINT32_MAX) {
        return left;
    }
    uint32_t right = rounded ? bind_rounded(binder, node->kid[1], left)
                             : bind_operand(binder, node->kid[1], left);
    if (right == UINT32_MAX) {
        return right;
    }
    return compare_nodes(binder, node, (enum node_op)node->op, mode, left,
                         right);
}

static uint32_t
bind_between(struct binder *binder, const struct node *node, uint32_t left,
             uint32_t low, uint32_t high)
{
    uint32_t above = low == UINT32_MAX
                         ? UINT32_MAX
                         : compare_nodes(binder, node, OP_GE, OP_NONE, left,
                                         low);
    uint32_t below = high == UINT32_MAX
                         ? UINT32_MAX
                         : compare_nodes(binder, node, OP_LE, OP_NONE, left,
                                         high);
    if (low == UINT32_MAX || high == UINT32_MAX) {
        return low == UINT32_MAX ? below : above;
    }
    return above == UINT32_MAX || below == UINT32_MAX
               ? UINT32_MAX
               : add_operator(binder, node, PLAN_AND, truth_type, above,
                              below, UINT32_MAX);
}

/* One end of a range literal as a node of the tree. */
static const struct node *
range_end(struct binder *binder, const struct node *range, int end)
{
    const struct literal_range *literal = range->value.range;
    if (literal->kinds[end] == LITERAL_NONE) {
        return NULL;
    }
    struct node *node =
        arena_alloc(&binder->session->scratch, sizeof *node);
    node->kind = literal->kinds[end] == LITERAL_NUMBER  ? NODE_NUMBER
                 : literal->kinds[end] == LITERAL_DATE ? NODE_DATE
                                                       : NODE_PERIOD;
    node->span = range->span;
    node->value = literal->ends[end];
    return node;
}

static uint32_t
bind_in(struct binder *binder, const struct node *node)
{
    const struct node *set = node->kid[1];
    uint32_t left = bind_expression(binder, node->kid[0]);
    if (left == UINT32_MAX) {
        return left;
    }
    if (set->kind != NODE_SET) {
        uint32_t ends[2] = {UINT32_MAX, UINT32_MAX};
        for (int end = 0; end < 2; end++) {
            const struct node *kid = set->kind == NODE_RANGE
                                         ? range_end(binder, set, end)
                                         : set->kid[end];
            if (kid &&
                (ends[end] = bind_operand(binder, kid, left)) == UINT32_MAX) {
                return UINT32_MAX;
            }
        }
        return bind_between(binder, node, left, ends[0], ends[1]);
    }
    uint32_t result = UINT32_MAX;
    for (const struct node *at = set->kid[0]; at; at = at->next) {
        uint32_t element = bind_operand(binder, at, left);
        uint32_t same = element == UINT32_MAX
                            ? element
                            : compare_nodes(binder, at, OP_EQ, OP_NONE, left,
                                            element);
        if (same == UINT32_MAX) {
            return UINT32_MAX;
        }
        result = result == UINT32_MAX
                     ? same
                     : add_operator(binder, node, PLAN_OR, truth_type, result,
                                    same, UINT32_MAX);
    }
    return result;
}

/* `a = b within 0.5`, `a = b within 1%`. */
static uint32_t
bind_within(struct binder *binder, const struct node *node)
{
    const struct node *comparison = node->kid[0];
    if (!is_comparison(comparison) || comparison->op != OP_EQ) {
        return fail(binder, node, DIAGNOSTIC_TYPE_MISMATCH,
                    "only `=` takes a tolerance", "a = b within 0.5");
    }
    uint32_t left = bind_expression(binder, comparison->kid[0]);
    uint32_t right = left == UINT32_MAX
                         ? left
                         : bind_operand(binder, comparison->kid[1], left);
    uint32_t reach = right == UINT32_MAX
                         ? right
                         : bind_expression(binder, node->kid[1]);
    if (reach == UINT32_MAX) {
        return reach;
    }
    struct type type = node_type(binder, reach);
    bool relative = type.percent && node_type(binder, left).role == UNIT_LEVEL;
    if (!compatible(binder, left, right)) {
        return fail_types(binder, comparison, left, right, "compared");
    }
    if (!relative && !compatible(binder, left, reach) &&
        !(type.role == UNIT_POINT &&
          node_type(binder, left).role == UNIT_RATE)) {
        return fail_types(binder, node, left, reach, "compared");
    }
    return add_operator(binder, node, relative ? PLAN_NEAR_REL : PLAN_NEAR,
                        truth_type, left, right, reach);
}

/* The rest --------------------------------------------------------------- */

uint32_t
bind_truth(struct binder *binder, const struct node *node)
{
    uint32_t result = bind_expression(binder, node);
    if (result != UINT32_MAX &&
        node_type(binder, result).class != VALUE_TRUTH) {
        return fail(binder, node, DIAGNOSTIC_TYPE_MISMATCH,
                    "a condition is wanted here",
                    "compare it with something: ... > 0");
    }
    return result;
}

static uint32_t
bind_logic(struct binder *binder, const struct node *node, enum plan_op op)
{
    uint32_t left = bind_truth(binder, node->kid[0]);
    uint32_t right =
        left == UINT32_MAX ? left : bind_truth(binder, node->kid[1]);
    return right == UINT32_MAX
               ? right
               : add_operator(binder, node, op, truth_type, left, right,
                              UINT32_MAX);
}

static uint32_t
bind_to(struct binder *binder, const struct node *node)
{
    struct type wanted;
    double factor;
    uint32_t value = bind_expression(binder, node->kid[0]);
    if (value == UINT32_MAX ||
        !value_unit(binder->session, node->kid[1], &wanted, &factor)) {
        return UINT32_MAX;
    }
    struct type type = node_type(binder, value);
    bool scale_only = wanted.unit == 0;
    bool percent = wanted.role == UNIT_RATE;
    if (type.class != VALUE_NUMBER ||
        (!scale_only && wanted.measure != type.measure) ||
        (wanted.role == UNIT_POINT && type.role != UNIT_POINT)) {
        struct plan_node unit = {.op = PLAN_CONSTANT,
                                 .type = wanted,
                                 .value = 1,
                                 .space = binder->space,
                                 .span = node->kid[1]->span};
        return fail_types(binder, node, value,
                          plan_add_node(binder->plan, &unit), "converted");
    }
    struct plan_node shown = binder->plan->nodes[value];
    shown.type.scale = wanted.scale >= 0 ? wanted.scale : 0;
    shown.type.bare = false;
    shown.span = node->span;
    if (percent && type.role == UNIT_LEVEL) {
        shown.type.percent = true;
    } else if (!scale_only && !percent) {
        shown.type.unit = wanted.unit;
    }
    return plan_add_node(binder->plan, &shown);
}

static uint32_t
bind_if(struct binder *binder, const struct node *node)
{
    uint32_t condition = bind_truth(binder, node->kid[0]);
    uint32_t yes = condition == UINT32_MAX
                       ? condition
                       : bind_expression(binder, node->kid[1]);
    uint32_t no =
        yes == UINT32_MAX ? yes : bind_expression(binder, node->kid[2]);
    if (no == UINT32_MAX) {
        return no;
    }
    if (!compatible(binder, yes, no)) {
        return fail_types(binder, node, yes, no, "the two results of one if");
    }
    struct type a = node_type(binder, yes);
    struct type b = node_type(binder, no);
    bool a_unknown = a.class == VALUE_TRUTH && a.bare;
    return add_operator(binder, node, PLAN_IF,
                        a_unknown            ? b
                        : a.class == b.class ? blend(a, b)
                                             : a,
                        condition, yes, no);
}

static uint32_t
bind_orelse(struct binder *binder, const struct node *node, uint32_t left,
            uint32_t right)
{
    if (!compatible(binder, left, right)) {
        return fail_types(binder, node, left, right, "put in place of one "
                                                     "another");
    }
    return add_operator(binder, node, PLAN_ORELSE,
                        blend(node_type(binder, left),
                              node_type(binder, right)),
                        left, right, UINT32_MAX);
}

uint32_t
bind_binary(struct binder *binder, const struct node *at, enum node_op op,
            uint32_t left, uint32_t right)
{
    if (left == UINT32_MAX || right == UINT32_MAX) {
        return UINT32_MAX;
    }
    switch ((int)op) {
    case OP_ADD:
    case OP_SUBTRACT:
        return bind_sum(binder, at, op, left, right);
    case OP_MULTIPLY:
    case OP_DIVIDE:
        return bind_product(binder, at, op, left, right);
    case OP_POWER:
        return bind_power(binder, at, left, right);
    default:
        return bind_orelse(binder, at, left, right);
    }
}

static uint32_t
bind_binary_node(struct binder *binder, const struct node *node)
{
    switch (node->op) {
    case OP_OR:
        return bind_logic(binder, node, PLAN_OR);
    case OP_AND:
        return bind_logic(binder, node, PLAN_AND);
    case OP_IN:
        return bind_in(binder, node);
    case OP_TO:
        return bind_to(binder, node);
    case OP_MATCHES:
        return fail(binder, node, DIAGNOSTIC_NOT_YET,
                    "`matches` does not run yet", NULL);
    default:
        break;
    }
    if (is_comparison(node)) {
        return bind_comparison(binder, node, OP_NONE);
    }
    uint32_t left = bind_expression(binder, node->kid[0]);
    uint32_t right =
        left == UINT32_MAX ? left : bind_expression(binder, node->kid[1]);
    return bind_binary(binder, node, (enum node_op)node->op, left, right);
}

static uint32_t
bind_unary(struct binder *binder, const struct node *node)
{
    const struct node *operand = node->kid[0];
    if (node->op == OP_POSSIBLY || node->op == OP_CERTAINLY) {
        if (!is_comparison(operand)) {
            return fail(binder, node, DIAGNOSTIC_TYPE_MISMATCH,
                        "`possibly` and `certainly` ask about a comparison",
                        NULL);
        }
        return bind_comparison(binder, operand, (enum node_op)node->op);
    }
    uint32_t value = node->op == OP_NOT ? bind_truth(binder, operand)
                                        : bind_expression(binder, operand);
    if (value == UINT32_MAX) {
        return value;
    }
    struct type type = node_type(binder, value);
    if (node->op == OP_NEGATE && type.class != VALUE_NUMBER) {
        return fail(binder, node, DIAGNOSTIC_TYPE_MISMATCH,
                    "only a number has a negative", NULL);
    }
    return add_operator(binder, node,
                        node->op == OP_NOT ? PLAN_NOT : PLAN_NEGATE, type,
                        value, UINT32_MAX, UINT32_MAX);
}

static uint32_t
bind_call_of(struct binder *binder, const struct node *node,
             const struct node *name, const struct node *arguments)
{
    struct session *session = binder->session;
    uint32_t id = scope_find(session, CLASS_DEFINITION, name->value.name);
    if (!id) {
        scope_unknown(session, DIAGNOSTIC_UNKNOWN_FUNCTION, CLASS_DEFINITION,
                      "function", name);
        return UINT32_MAX;
    }
    for (const struct binding *at = binder->bindings; at; at = at->outer) {
        if (at->definition == id) {
            return fail(binder, name, DIAGNOSTIC_RECURSION,
                        "this definition uses itself", NULL);
        }
    }
    const struct node *definition = library_definition(session, id);
    if (!definition) {
        return UINT32_MAX;
    }
    size_t wanted = node_count(definition->kid[3]);
    size_t given = node_count(arguments);
    if (wanted != given) {
        struct diagnostic *record = diagnostics_add(
            session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_ARGUMENTS,
            node->span, "%s takes %zu argument%s, not %zu",
            scope_chars(session, name->value.name), wanted,
            wanted == 1 ? "" : "s", given);
        diagnostics_help(session->diagnostics, record, "see: help %s",
                         scope_chars(session, name->value.name));
        return UINT32_MAX;
    }
    struct binding binding = {definition->kid[3], arguments, binder, id,
                              binder->bindings, node->span};
    struct binder inner = *binder;
    inner.bindings = &binding;
    return bind_expression(&inner, definition->kid[2]);
}

static uint32_t
bind_call(struct binder *binder, const struct node *node)
{
    struct slice name =
        atoms_text(&binder->session->atoms, node->kid[0]->value.name);
    uint32_t result = UINT32_MAX;
    if (bind_builtin(binder, node, name, &result)) {
        return result;
    }
    if (node->kid[2]) {
        return fail(binder, node->kid[2], DIAGNOSTIC_ARGUMENTS,
                    "only aggregates take `by`, `over` and `for`",
                    "sum avg min max count all any");
    }
    return bind_call_of(binder, node, node->kid[0], node->kid[1]);
}

uint32_t
bind_expression(struct binder *outer, const struct node *node)
{
    struct binder *binder = outer;
    struct amount amount;
    uint32_t result = UINT32_MAX;
    if (++binder->depth > BIND_DEPTH_MAX) {
        binder->depth--;
        return fail(binder, node, DIAGNOSTIC_TOO_DEEP,
                    "this is nested too deeply", NULL);
    }
    switch (node->kind) {
    case NODE_NUMBER:
    case NODE_QUANTITY:
    case NODE_PERCENT:
        result = value_amount(binder->session, node, false, &amount)
                     ? bind_amount(binder, node, &amount)
                     : UINT32_MAX;
        break;
    case NODE_PARAM: {
        const struct node *value = scope_parameter(binder->session, node);
        result = value ? bind_expression(binder, value) : UINT32_MAX;
        break;
    }
    case NODE_TEXT:
        result = bind_text(binder, node);
        break;
    case NODE_TRUTH:
        result = bind_truth_constant(binder, node);
        break;
    case NODE_PERIOD:
    case NODE_DATE:
        result = bind_period_constant(binder, node);
        break;
    case NODE_FIGURE:
        /* `2000 USD` and `USD` parse as figures. */
        result = value_amount(binder->session, node, true, &amount)
                     ? bind_amount(binder, node, &amount)
                     : bind_figure(binder, node);
        break;
    case NODE_CALL:
        result = bind_call(binder, node);
        break;
    case NODE_UNARY:
        result = bind_unary(binder, node);
        break;
    case NODE_BINARY:
        result = bind_binary_node(binder, node);
        break;
    case NODE_WITHIN:
        result = bind_within(binder, node);
        break;
    case NODE_IF:
        result = bind_if(binder, node);
        break;
    default:
        result = fail(binder, node, DIAGNOSTIC_TYPE_MISMATCH,
                      "this is not a value", NULL);
        break;
    }
    binder->depth--;
    return result;
}
