/* What operators take, and the unit and type of what they give. */
#include "eval/bind.h"

bool
bind_lacks_percent(const struct binder *binder, uint32_t at, uint32_t beside,
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
    if (bind_lacks_percent(binder, left, right, false) ||
        bind_lacks_percent(binder, right, left, false) ||
        lacks_unit(binder, left, right) || lacks_unit(binder, right, left)) {
        return false;
    }
    if (a.class != VALUE_NUMBER || a.bare || b.bare) {
        return true;
    }
    bool points = a.role == UNIT_POINT || b.role == UNIT_POINT;
    return a.measure == b.measure && (!points || a.role == b.role);
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
    bool lacks = bind_lacks_percent(binder, left, right, true) ||
                 bind_lacks_percent(binder, right, left, true);
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

uint32_t
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
