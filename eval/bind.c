/* From a tree to plan nodes: every name, unit and type is checked here, before
 * anything is read.
 *
 * A definition is bound like a macro: its body is bound with the arguments'
 * trees in scope, so that `year_ago(x)` inside it reads x a year earlier
 * whatever x is.
 */
#include "eval/bind.h"

/* Definitions unfold where they are used: forty of them can stand for 2^40
 * operations, so the steps are counted too. */
enum { BIND_DEPTH_MAX = TREE_DEPTH_MAX + 100, BIND_STEPS_MAX = 1000 * 1000 };

const struct type bind_truth_type = {.class = VALUE_TRUTH, .scale = -1};

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

/* A mistake inside a definition is shown where the user wrote its name. */
static struct span
place_of(const struct binder *binder, const struct node *node)
{
    const struct binding *use = binder->bindings;
    while (use && use->outer) {
        use = use->outer;
    }
    return use ? use->call : node->span;
}

/* ... and where in the definition it is. */
static void
relate_definition(struct binder *binder, struct diagnostic *record,
                  struct span span)
{
    struct session *session = binder->session;
    if (binder->bindings) {
        atom name = vocabulary_entry(session->vocabulary, CLASS_DEFINITION,
                                     binder->bindings->definition)
                        ->name;
        diagnostics_relate(session->diagnostics, record, span,
                           "in the definition of %s",
                           scope_chars(session, name));
    }
}

uint32_t
bind_fail(struct binder *binder, const struct node *node,
          enum diagnostic_code code, const char *message, const char *help)
{
    struct diagnostics *list = binder->session->diagnostics;
    struct diagnostic *record = diagnostics_add(
        list, SEVERITY_ERROR, code, place_of(binder, node), "%s", message);
    if (help) {
        diagnostics_help(list, record, "%s", help);
    }
    relate_definition(binder, record, node->span);
    return UINT32_MAX;
}

/* Names in the body of a definition are looked up by others, who know nothing of
 * its use: what they reported from FROM on is moved to where the user wrote it. */
static void
place_messages(struct binder *inner, const struct node *definition, size_t from)
{
    struct session *session = inner->session;
    struct diagnostics *list = session->diagnostics;
    const struct source *body =
        sources_find(&session->sources, definition->span.start);
    for (size_t i = from; i < list->count; i++) {
        struct diagnostic *record = list->items[i];
        struct diagnostic_place inside = record->primary;
        if (record->severity == SEVERITY_ERROR &&
            sources_find(&session->sources, inside.span.start) == body) {
            record->primary =
                (struct diagnostic_place){place_of(inner, definition), NULL};
            relate_definition(inner, record, inside.span);
            if (inside.label) {
                diagnostics_relate(list, record, inside.span, "%s",
                                   inside.label);
            }
        }
    }
}

struct type
bind_type(const struct binder *binder, uint32_t node)
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
        const struct unit *unit =
            &binder->session->vocabulary->units.items[amount->unit];
        bounds = interval_around(decimal, decimal_half_unit(decimal),
                                 unit->is_power ? 1 : unit->factor);
    }
    return plan_constant(binder->plan, amount->type, amount->value, bounds,
                         node->span);
}

static uint32_t
bind_truth_constant(struct binder *binder, const struct node *node)
{
    double value = node->op == OP_TRUE ? 1 : node->op == OP_FALSE ? 0 : NAN;
    struct type type = bind_truth_type;
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

uint32_t
bind_period_constant(struct binder *binder, const struct node *node)
{
    struct period period;
    bool fiscal;
    if (!value_period(binder->session, node, &period, &fiscal)) {
        return UINT32_MAX;
    }
    if (fiscal) {
        return bind_fail(binder, node, DIAGNOSTIC_BAD_PERIOD,
                         "a fiscal year belongs to a metric",
                         "name the metric: FY2023 outlays");
    }
    struct type type = {.class = VALUE_PERIOD,
                        .scale = -1,
                        .dimension = (uint32_t)period.frequency};
    return plan_constant(binder->plan, type, period.ordinal,
                         interval_point(period.ordinal), node->span);
}

/* Operators --------------------------------------------------------------- */

/* A number without a sign of per cent beside a rate: 3 may have been meant as
 * 3% or as 300%.  0 is the same in both, and 1 in a sum is the whole, as in
 * 1 + r. */
static bool
lacks_percent(const struct binder *binder, uint32_t at, uint32_t beside,
              bool sums)
{
    const struct plan_node *node = &binder->plan->nodes[at];
    bool plain = node->type.class == VALUE_NUMBER && node->type.bare &&
                 !node->type.percent;
    enum unit_role role = bind_type(binder, beside).role;
    bool whole = sums && role == UNIT_RATE && node->value == 1;
    bool fits = node->op == PLAN_CONSTANT && (node->value == 0 || whole);
    return plain && !fits && role != UNIT_LEVEL;
}

/* A bare number beside amounts that are each in a unit of their own, or in
 * several scales. */
static bool
lacks_unit(const struct binder *binder, uint32_t at, uint32_t beside)
{
    const struct plan_node *node = &binder->plan->nodes[at];
    bool zero = node->op == PLAN_CONSTANT && node->value == 0;
    bool bare = node->type.class == VALUE_NUMBER && node->type.bare && !zero;
    return bare && (bind_follows(binder, beside) ||
                    bind_lacks_scale(binder, at, beside));
}

/* Numbers that may be added or compared: a literal without a unit takes the
 * other side's, and 0 fits everything. */
bool
bind_compatible(const struct binder *binder, uint32_t left, uint32_t right)
{
    struct type a = bind_type(binder, left);
    struct type b = bind_type(binder, right);
    if (a.class == VALUE_TRUTH && a.bare) {
        return true;
    }
    if (b.class == VALUE_TRUTH && b.bare) {
        return true;
    }
    if (a.class != b.class) {
        return false;
    }
    if (lacks_percent(binder, left, right, false) ||
        lacks_percent(binder, right, left, false) ||
        lacks_unit(binder, left, right) || lacks_unit(binder, right, left)) {
        return false;
    }
    if (a.class != VALUE_NUMBER || a.bare || b.bare) {
        return true;
    }
    bool points = a.role == UNIT_POINT || b.role == UNIT_POINT;
    return a.measure == b.measure && (!points || a.role == b.role);
}

/* Says at PLACE, unless it is empty, of what type an operand is. */
static void
relate_operand(struct binder *binder, struct diagnostic *record,
               const struct plan_node *operand, struct span place)
{
    struct buffer text = {0};
    value_print_type(binder->session, &operand->type, &text);
    if (place.end > place.start) {
        diagnostics_relate(binder->session->diagnostics, record, place,
                           "this is %s", text.text);
    }
    buffer_free(&text);
}

uint32_t
bind_fail_types(struct binder *binder, const struct node *node, uint32_t left,
                uint32_t right, const char *verb)
{
    struct session *session = binder->session;
    const struct plan_node *a = &binder->plan->nodes[left];
    const struct plan_node *b = &binder->plan->nodes[right];
    bool numbers =
        a->type.class == VALUE_NUMBER && b->type.class == VALUE_NUMBER;
    struct diagnostic *record = diagnostics_add(
        session->diagnostics, SEVERITY_ERROR,
        numbers ? DIAGNOSTIC_UNIT_MISMATCH : DIAGNOSTIC_TYPE_MISMATCH,
        place_of(binder, node), "these cannot be %s", verb);
    relate_operand(binder, record, a,
                   bind_operand_place(binder, node, SIDE_LEFT, a->span));
    relate_operand(binder, record, b,
                   bind_operand_place(binder, node, SIDE_RIGHT, b->span));
    bool points = a->type.role != UNIT_LEVEL || b->type.role != UNIT_LEVEL;
    bool share = a->type.percent || b->type.percent;
    bool bare = lacks_percent(binder, left, right, false) ||
                lacks_percent(binder, right, left, false);
    relate_definition(binder, record, node->span);
    if (points && share) {
        diagnostics_help(session->diagnostics, record,
                         "a per cent is a plain share; a difference of rates "
                         "is written in pp: 0.3 pp");
    } else if (bare) {
        bool rate = a->type.role == UNIT_RATE || b->type.role == UNIT_RATE;
        diagnostics_help(session->diagnostics, record,
                         rate
                             ? "write 3%% for a rate, 0.3 pp for what is added "
                               "to one"
                             : "write 0.3 pp for a difference of rates");
    } else if (bind_lacks_scale(binder, left, right) ||
               bind_lacks_scale(binder, right, left)) {
        diagnostics_help(session->diagnostics, record, "%s",
                         bind_scale_help(binder, left, right));
    }
    return UINT32_MAX;
}

uint32_t
bind_operator(struct binder *binder, const struct node *at, enum plan_op op,
              struct type type, uint32_t a, uint32_t b, uint32_t c)
{
    struct plan_node node = {.op = op,
                             .type = type,
                             .kid = {a, b, c},
                             .space = binder->space,
                             .span = at->span};
    return plan_add_node(binder->plan, &node);
}

/* `unknown`, which is of any type. */
static bool
is_any(struct type type)
{
    return type.class == VALUE_TRUTH && type.bare;
}

/* What stays of a type that took part in an operation. */
static struct type
blend(struct type a, struct type b)
{
    if (is_any(a) || is_any(b)) {
        return is_any(a) ? b : a;
    }
    struct type type = a.bare ? b : a;
    type.bare = a.bare && b.bare;
    type.unscaled = a.unscaled && b.unscaled;
    type.percent = a.percent && b.percent;
    type.scale = a.scale >= 0 && a.scale == b.scale ? a.scale : -1;
    return type;
}

static struct type
sum_type(struct binder *binder, enum node_op op, uint32_t left, uint32_t right)
{
    struct type a = bind_type(binder, left);
    struct type b = bind_type(binder, right);
    struct type type = blend(a, b);
    bool rates = (a.role == UNIT_RATE && (b.role == UNIT_RATE || b.percent)) ||
                 (b.role == UNIT_RATE && a.percent);
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
    struct type a = bind_type(binder, left);
    struct type b = bind_type(binder, right);
    left = bind_scaled(binder, left, right);
    right = bind_scaled(binder, right, left);
    bool rate_and_points =
        (a.role == UNIT_RATE && b.role == UNIT_POINT) ||
        (op == OP_ADD && a.role == UNIT_POINT && b.role == UNIT_RATE);
    /* A share that is taken from a rate is one; added, it could be points. */
    bool rate_and_share =
        op == OP_ADD &&
        ((a.role == UNIT_RATE && b.percent && b.role == UNIT_LEVEL) ||
         (b.role == UNIT_RATE && a.percent && a.role == UNIT_LEVEL));
    bool lacks = lacks_percent(binder, left, right, true) ||
                 lacks_percent(binder, right, left, true);
    lacks = lacks || lacks_unit(binder, left, right) ||
            lacks_unit(binder, right, left);
    bool whole = !lacks && (a.bare || b.bare) && a.class == b.class;
    if (a.class != VALUE_NUMBER || b.class != VALUE_NUMBER || rate_and_share ||
        lacks ||
        (!rate_and_points && !whole && !bind_compatible(binder, left, right))) {
        return bind_fail_types(binder, at, left, right,
                               op == OP_ADD ? "added" : "subtracted");
    }
    return bind_operator(binder, at, op == OP_ADD ? PLAN_ADD : PLAN_SUBTRACT,
                         sum_type(binder, op, left, right), left, right,
                         UINT32_MAX);
}

static uint32_t
bind_product(struct binder *binder, const struct node *at, enum node_op op,
             uint32_t left, uint32_t right)
{
    struct units *units = &binder->session->vocabulary->units;
    struct type a = bind_type(binder, left);
    struct type b = bind_type(binder, right);
    struct type type = {.class = VALUE_NUMBER, .scale = -1};
    if (a.class != VALUE_NUMBER || b.class != VALUE_NUMBER) {
        return bind_fail_types(binder, at, left, right,
                               op == OP_MULTIPLY ? "multiplied" : "divided");
    }
    bool level_and_points =
        op == OP_MULTIPLY && ((a.role == UNIT_POINT && b.measure) ||
                              (b.role == UNIT_POINT && a.measure));
    if (level_and_points) {
        return bind_fail(
            binder, at, DIAGNOSTIC_RATE_ARITHMETIC,
            "a level cannot be multiplied by a difference of rates",
            "multiply by a share: 4.5%");
    }
    type.measure = op == OP_MULTIPLY
                       ? units_multiply(units, a.measure, b.measure)
                       : units_divide(units, a.measure, b.measure);
    if (type.measure == MEASURE_NONE) {
        return bind_fail(binder, at, DIAGNOSTIC_UNIT_MISMATCH,
                         "the unit of this is too complex", NULL);
    }
    bool scaled = a.measure && !b.measure;
    type.unit = type.measure && scaled                            ? a.unit
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
    type.unscaled = a.unscaled && b.unscaled;
    type.percent = op == OP_MULTIPLY ? a.percent && b.percent : false;
    return bind_operator(binder, at,
                         op == OP_MULTIPLY ? PLAN_MULTIPLY : PLAN_DIVIDE, type,
                         left, right, UINT32_MAX);
}

static uint32_t
bind_power(struct binder *binder, const struct node *at, uint32_t left,
           uint32_t right)
{
    struct type a = bind_type(binder, left);
    struct type b = bind_type(binder, right);
    const struct plan_node *exponent = &binder->plan->nodes[right];
    struct type type = {.class = VALUE_NUMBER,
                        .scale = -1,
                        .bare = a.bare,
                        .unscaled = a.unscaled};
    if (a.class != VALUE_NUMBER || b.class != VALUE_NUMBER || b.measure) {
        return bind_fail_types(binder, at, left, right, "raised");
    }
    if (a.measure) {
        bool whole = exponent->op == PLAN_CONSTANT &&
                     exponent->value == floor(exponent->value) &&
                     fabs(exponent->value) <= MEASURE_POWER_MAX;
        type.measure = whole ? units_power(&binder->session->vocabulary->units,
                                           a.measure, (int)exponent->value)
                             : MEASURE_NONE;
        if (type.measure == MEASURE_NONE) {
            return bind_fail(
                binder, at, DIAGNOSTIC_UNIT_MISMATCH,
                "an amount with a unit has only whole powers up to 9",
                "divide two amounts of one unit first");
        }
    }
    return bind_operator(binder, at, PLAN_POWER, type, left, right, UINT32_MAX);
}

/* The rest --------------------------------------------------------------- */

uint32_t
bind_truth(struct binder *binder, const struct node *node)
{
    uint32_t result = bind_expression(binder, node);
    if (result != UINT32_MAX &&
        bind_type(binder, result).class != VALUE_TRUTH) {
        return bind_fail(binder, node, DIAGNOSTIC_TYPE_MISMATCH,
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
               : bind_operator(binder, node, op, bind_truth_type, left, right,
                               UINT32_MAX);
}

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

static uint32_t
bind_to(struct binder *binder, const struct node *node)
{
    return bind_conversion_to(binder, node, node->kid[0], node->kid[1],
                              &(struct exchange){0});
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
    yes = bind_scaled(binder, yes, no);
    no = bind_scaled(binder, no, yes);
    if (!bind_compatible(binder, yes, no)) {
        return bind_fail_types(binder, node, yes, no,
                               "the two results of one if");
    }
    struct type a = bind_type(binder, yes);
    struct type b = bind_type(binder, no);
    bool a_unknown = a.class == VALUE_TRUTH && a.bare;
    return bind_operator(binder, node, PLAN_IF,
                         a_unknown            ? b
                         : a.class == b.class ? blend(a, b)
                                              : a,
                         condition, yes, no);
}

static uint32_t
bind_orelse(struct binder *binder, const struct node *node, uint32_t left,
            uint32_t right)
{
    left = bind_scaled(binder, left, right);
    right = bind_scaled(binder, right, left);
    if (!bind_compatible(binder, left, right)) {
        return bind_fail_types(binder, node, left, right,
                               "put in place of one "
                               "another");
    }
    return bind_operator(
        binder, node, PLAN_ORELSE,
        blend(bind_type(binder, left), bind_type(binder, right)), left, right,
        UINT32_MAX);
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
        return bind_in(binder, node, OP_NONE);
    case OP_TO:
        return bind_to(binder, node);
    case OP_MATCHES:
        return bind_matches(binder, node);
    default:
        break;
    }
    if (bind_is_comparison(node)) {
        return bind_comparison(binder, node, OP_NONE);
    }
    uint32_t left = bind_expression(binder, node->kid[0]);
    uint32_t right =
        left == UINT32_MAX ? left : bind_expression(binder, node->kid[1]);
    return bind_binary(binder, node, (enum node_op)node->op, left, right);
}

/* `possibly` and `certainly` before a comparison. */
static uint32_t
bind_mode(struct binder *binder, const struct node *node)
{
    const struct node *asked = node->kid[0];
    enum node_op mode = (enum node_op)node->op;
    if (bind_is_comparison(asked)) {
        return bind_comparison(binder, asked, mode);
    }
    if (asked->kind == NODE_WITHIN) {
        return bind_within(binder, asked, mode);
    }
    if (asked->kind == NODE_BINARY && asked->op == OP_IN) {
        return bind_in(binder, asked, mode);
    }
    return bind_fail(binder, node, DIAGNOSTIC_TYPE_MISMATCH,
                     "`possibly` and `certainly` ask about a comparison", NULL);
}

static uint32_t
bind_unary(struct binder *binder, const struct node *node)
{
    const struct node *operand = node->kid[0];
    if (node->op == OP_POSSIBLY || node->op == OP_CERTAINLY) {
        return bind_mode(binder, node);
    }
    uint32_t value = node->op == OP_NOT ? bind_truth(binder, operand)
                                        : bind_expression(binder, operand);
    if (value == UINT32_MAX) {
        return value;
    }
    struct type type = bind_type(binder, value);
    if (node->op == OP_NEGATE && type.class != VALUE_NUMBER) {
        return bind_fail(binder, node, DIAGNOSTIC_TYPE_MISMATCH,
                         "only a number has a negative", NULL);
    }
    const struct plan_node *written = &binder->plan->nodes[value];
    if (node->op == OP_NEGATE && written->op == PLAN_CONSTANT) {
        struct interval bounds = {-written->bounds.high, -written->bounds.low};
        return plan_constant(binder->plan, type, -written->value, bounds,
                             node->span);
    }
    return bind_operator(binder, node,
                         node->op == OP_NOT ? PLAN_NOT : PLAN_NEGATE, type,
                         value, UINT32_MAX, UINT32_MAX);
}

/* Is what stands behind the WANTED arguments `partial`? */
static bool
takes_partial(const struct binder *binder, const struct node *arguments,
              size_t wanted)
{
    while (wanted--) {
        arguments = arguments->next;
    }
    return bind_is_word(binder, arguments, "partial");
}

/* Adds to what a definition is called with what the one around it was given;
 * false after a report. */
static bool
join_given(struct binder *binder, struct given *own)
{
    struct given *around = binder->given;
    if (!around) {
        return true;
    }
    own->partial = own->partial || around->partial;
    around->used = true;
    return bind_join_clauses(binder, own->clause, around->clause, &own->clause);
}

uint32_t
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
            return bind_fail(binder, name, DIAGNOSTIC_RECURSION,
                             "this definition uses itself", NULL);
        }
    }
    const struct node *definition = library_definition(session, id);
    if (!definition) {
        return UINT32_MAX;
    }
    size_t wanted = node_count(definition->kid[3]);
    size_t given = node_count(arguments);
    const struct node *clause = node->kind == NODE_CALL ? node->kid[2] : NULL;
    struct given own = {clause, false, false};
    if (given == wanted + 1 && takes_partial(binder, arguments, wanted)) {
        own.partial = true;
        given = wanted;
    }
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
                              binder->bindings,   node->span};
    struct binder inner = *binder;
    inner.bindings = &binding;
    inner.given = binder->given;
    if (own.clause || own.partial) {
        inner.given = &own;
        if (!join_given(binder, &own)) {
            return UINT32_MAX;
        }
    }
    size_t messages = session->diagnostics->count;
    uint32_t result = bind_expression(&inner, definition->kid[2]);
    if (result == UINT32_MAX) {
        place_messages(&inner, definition, messages);
    }
    if (result != UINT32_MAX && inner.given == &own && !own.used) {
        return bind_fail(
            binder, clause ? clause : node, DIAGNOSTIC_ARGUMENTS,
            "there is no aggregate in this definition",
            "`by`, `over`, `for` and `partial` are for aggregates");
    }
    return result;
}

static uint32_t
bind_call(struct binder *binder, const struct node *node)
{
    struct slice name =
        atoms_text(&binder->session->atoms, node->kid[0]->value.name);
    uint32_t result = UINT32_MAX;
    if (bind_refuse_partial(binder, node) ||
        bind_builtin(binder, node, name, &result)) {
        return result;
    }
    return bind_call_of(binder, node, node->kid[0], node->kid[1]);
}

/* --set place=Busan: a word that stands for nothing is a text. */
static bool
is_plain_word(struct binder *binder, const struct node *value)
{
    struct session *session = binder->session;
    bool bare = value->kind == NODE_FIGURE && value->kid[2] && !value->kid[0] &&
                !value->kid[1] && !value->kid[3];
    return bare && !scope_meaning(session, value->kid[2]->value.name) &&
           !scope_find(session, CLASS_METRIC, value->kid[2]->value.name);
}

static uint32_t
bind_word_text(struct binder *binder, const struct node *value)
{
    struct plan_node text = {.op = PLAN_CONSTANT,
                             .type = {.class = VALUE_TEXT, .scale = -1},
                             .value = value->kid[2]->value.name,
                             .text = value->kid[2]->value.name,
                             .span = value->span};
    return plan_add_node(binder->plan, &text);
}

/* `5 Usd` is a number before a name: with so small a number the name can only
 * have been meant as a unit. */
static bool
unknown_unit(struct binder *binder, const struct node *node)
{
    const struct node *when = node->kid[1];
    const struct node *name = node->kid[2];
    struct session *session = binder->session;
    bool counted =
        !node->kid[0] && when && name && !node->kid[3] &&
        when->kind == NODE_NUMBER &&
        (when->value.coefficient < 1000 || when->value.coefficient > YEAR_MAX);
    if (!counted || scope_find(session, CLASS_METRIC, name->value.name) ||
        scope_find_unit(session, name->value.name) != INDEX_NONE) {
        return false;
    }
    scope_unknown(session, DIAGNOSTIC_UNKNOWN_UNIT, CLASS_COUNT - 1, "unit",
                  name);
    return true;
}

/* A name alone whose declaration failed, perhaps because a unit is called so: it
 * was complained about, and is not meant as that unit. */
static bool
is_undeclared(struct binder *binder, const struct node *node)
{
    struct session *session = binder->session;
    const struct node *name = node->kid[2];
    bool counted = node->kid[1] && node->kid[1]->kind == NODE_NUMBER &&
                   (node->kid[1]->value.coefficient < 1000 ||
                    node->kid[1]->value.coefficient > YEAR_MAX);
    if (!name || counted || !scope_is_poisoned(session, name->value.name) ||
        vocabulary_find(session->vocabulary, CLASS_METRIC, name->value.name)) {
        return false;
    }
    session->status = RUN_WRONG;
    session->checking = true;
    return true;
}

uint32_t
bind_expression(struct binder *outer, const struct node *node)
{
    struct binder *binder = outer;
    struct amount amount;
    uint32_t result = UINT32_MAX;
    if (++binder->depth > BIND_DEPTH_MAX) {
        binder->depth--;
        return bind_fail(binder, node, DIAGNOSTIC_TOO_DEEP,
                         "this is nested too deeply", NULL);
    }
    if (++binder->plan->steps > BIND_STEPS_MAX) {
        binder->depth--;
        return bind_fail(binder, node, DIAGNOSTIC_FRAME_SIZE,
                         "this takes more than a million operations",
                         "its definitions use one another too often");
    }
    if (plan_stops(binder->plan)) {
        binder->depth--;
        return bind_fail(binder, node, DIAGNOSTIC_INTERRUPTED, "interrupted",
                         NULL);
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
        result = !value ? UINT32_MAX
                 : is_plain_word(binder, value)
                     ? bind_word_text(binder, value)
                     : bind_expression(binder, value);
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
        if (bind_argument(binder, node, &result) ||
            bind_alias(binder, node, &result) || is_undeclared(binder, node)) {
            break;
        }
        if (unknown_unit(binder, node)) {
            break;
        }
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
        result = bind_within(binder, node, OP_NONE);
        break;
    case NODE_IF:
        result = bind_if(binder, node);
        break;
    default:
        result = bind_fail(binder, node, DIAGNOSTIC_TYPE_MISMATCH,
                           "this is not a value", NULL);
        break;
    }
    binder->depth--;
    return result;
}
