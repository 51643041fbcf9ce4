/* From a tree to plan nodes: every name, unit and type is checked before
 * anything is read.  What each sort of expression needs stands in the files
 * bind_*.c. */
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

struct type
bind_type(const struct binder *binder, uint32_t node)
{
    return binder->plan->nodes[node].type;
}

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

/* A name alone whose declaration failed, perhaps because a unit is called so:
 * it was complained about, and is not meant as that unit. */
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
