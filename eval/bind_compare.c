/* Comparisons: what may be compared with what, and as what. */
#include "eval/bind.h"

/* What stands in the text, or what a parameter there stands for: of a
 * definition, or of the session.  NODE itself when that has no value, which is
 * reported where it is bound. */
static const struct node *
spelled(struct binder *binder, const struct node *node)
{
    const struct node *said = bind_value_of(binder, node);
    const struct parameter *parameter =
        said->kind == NODE_PARAM
            ? scope_find_parameter(binder->session, said->value.name)
            : NULL;
    return parameter && parameter->value
               ? scope_parameter(binder->session, said)
           : said->kind == NODE_PARAM ? node
                                      : said;
}

/* Does a node mean the same wherever it stands? */
static bool
is_fixed(const struct node *node)
{
    return node->kind == NODE_TEXT || node->kind == NODE_NUMBER ||
           node->kind == NODE_PERIOD || node->kind == NODE_DATE;
}

/* A member is compared by its id: a text or name beside it becomes one. */
static bool
member_operand(struct binder *binder, const struct node *at, uint32_t dimension,
               uint32_t *result)
{
    struct session *session = binder->session;
    const struct node *node = spelled(binder, at);
    struct node name = {.kind = NODE_NAME, .span = at->span};
    if (node->kind == NODE_TEXT) {
        const char *text = scope_text(session, node);
        name.value.name = atoms_intern(&session->atoms, slice_of(text));
    } else if (node->kind == NODE_NUMBER) {
        name.value.name = atoms_intern(
            &session->atoms, sources_text(&session->sources, node->span));
    } else if (node->kind == NODE_FIGURE && node->kid[2] && !node->kid[0] &&
               !node->kid[1] && !node->kid[3]) {
        name.value.name = node->kid[2]->value.name;
    } else if (node->kind == NODE_NAME) { /* a member of a group */
        name.value.name = node->value.name;
    } else {
        return false;
    }
    uint32_t member = dimension == spread_dimension(SPREAD_ACTOR)
                          ? scope_actor(session, &name, false)
                      : dimension == spread_dimension(SPREAD_SOURCE)
                          ? scope_source(session, &name, false)
                          : scope_member(session, dimension, &name);
    struct type type = {
        .class = VALUE_TEXT, .scale = -1, .dimension = dimension};
    *result = member ? plan_constant(binder->plan, type, member,
                                     interval_point(member), at->span)
                     : UINT32_MAX;
    return true;
}

/* A longer period is its last day. */
static uint32_t
bind_date_constant(struct binder *binder, const struct node *node)
{
    struct type type = {.class = VALUE_DATE, .scale = -1};
    day_number day;
    bool before = false;
    return value_date(binder->session, node, &day, &before)
               ? plan_constant(binder->plan, type, day, interval_point(day),
                               node->span)
               : UINT32_MAX;
}

/* One side of a comparison, which may take its sense from the other one: LEFT,
 * which is bound already. */
static uint32_t
bind_operand(struct binder *binder, const struct node *node, uint32_t left)
{
    struct type type = bind_type(binder, left);
    uint32_t result;
    if (type.class == VALUE_TEXT && type.dimension &&
        member_operand(binder, node, type.dimension, &result)) {
        return result;
    }
    const struct node *said = spelled(binder, node);
    bool when = is_fixed(said) && said->kind != NODE_TEXT;
    if (type.class == VALUE_PERIOD && when) {
        return bind_period_constant(binder, said);
    }
    if (type.class == VALUE_DATE && when) {
        return bind_date_constant(binder, said);
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
    return (enum plan_op)(
        (mode == OP_POSSIBLY ? PLAN_POSSIBLY_EQ : PLAN_CERTAINLY_EQ) + offset);
}

/* The comparison with its sides exchanged. */
static enum node_op
turned(enum node_op op)
{
    return op == OP_LT   ? OP_GT
           : op == OP_GT ? OP_LT
           : op == OP_LE ? OP_GE
           : op == OP_GE ? OP_LE
                         : op;
}

/* MODE is OP_POSSIBLY, OP_CERTAINLY or OP_NONE. */
static uint32_t
compare_nodes(struct binder *binder, const struct node *at, enum node_op op,
              enum node_op mode, uint32_t left, uint32_t right)
{
    left = bind_scaled(binder, left, right);
    right = bind_scaled(binder, right, left);
    struct type a = bind_type(binder, left);
    struct type b = bind_type(binder, right);
    if (bind_is_period_edge(binder, left, right)) {
        return bind_period_edges(binder, at, op, left, right);
    }
    if (bind_is_period_edge(binder, right, left)) {
        return bind_period_edges(binder, at, turned(op), right, left);
    }
    bool periods = a.class == VALUE_PERIOD && b.class == VALUE_PERIOD &&
                   a.dimension && b.dimension;
    if (periods && a.dimension != b.dimension) {
        return bind_fail(binder, at, DIAGNOSTIC_FREQUENCY_MISMATCH,
                         "periods of different frequencies cannot be "
                         "compared",
                         NULL);
    }
    bool ordered = op != OP_EQ && op != OP_NE;
    if (!bind_compatible(binder, left, right) ||
        (ordered && (a.class == VALUE_TEXT || a.class == VALUE_TRUTH) &&
         !a.bare)) {
        return bind_fail_types(binder, at, left, right, "compared");
    }
    bool swap = op == OP_GT || op == OP_GE;
    enum plan_op plan_op = op == OP_AGREES              ? PLAN_AGREES
                           : op == OP_EQ || op == OP_NE ? PLAN_EQ
                           : op == OP_LT || op == OP_GT ? PLAN_LT
                                                        : PLAN_LE;
    enum node_op inner = mode;
    if (op == OP_NE && mode != OP_NONE) {
        /* possibly unequal is: not certainly equal */
        inner = mode == OP_POSSIBLY ? OP_CERTAINLY : OP_POSSIBLY;
    }
    uint32_t node = bind_operator(binder, at, comparison_op(inner, plan_op),
                                  bind_truth_type, swap ? right : left,
                                  swap ? left : right, UINT32_MAX);
    if (op == OP_NE) {
        node = bind_operator(binder, at, PLAN_NOT, bind_truth_type, node,
                             UINT32_MAX, UINT32_MAX);
    }
    return node;
}

bool
bind_is_comparison(const struct node *node)
{
    return node->kind == NODE_BINARY && node->op >= OP_EQ &&
           node->op <= OP_AGREES;
}

/* One number as it was written, perhaps below 0: here, as the argument of a
 * definition, or for a parameter.  `6 kg` parses as a figure of the period
 * 6. */
static bool
is_literal(const struct binder *binder, const struct node *node)
{
    struct amount amount;
    node = bind_value_of(binder, node);
    if (node->kind == NODE_PARAM) { /* if it has no value, that is told later */
        const struct parameter *parameter =
            scope_find_parameter(binder->session, node->value.name);
        node = parameter ? parameter->value : NULL;
    }
    if (node && node->kind == NODE_UNARY && node->op == OP_NEGATE) {
        node = bind_value_of(binder, node->kid[0]);
    }
    return node && (node->kind == NODE_NUMBER || node->kind == NODE_QUANTITY ||
                    (node->kind == NODE_FIGURE &&
                     value_amount(binder->session, node, true, &amount) &&
                     amount.literal));
}

/* A side of a comparison; OTHER, if it is bound already, is the one beside it.
 * ROUNDED: a literal that is a whole operand of `~`, `possibly`, `certainly`
 * carries the rounding of its digits. */
static uint32_t
bind_side(struct binder *binder, const struct node *node, uint32_t other,
          bool rounded)
{
    struct binder inner = *binder;
    if (rounded) {
        inner.rounded_literals = is_literal(binder, node);
    }
    return other == UINT32_MAX ? bind_expression(&inner, node)
                               : bind_operand(&inner, node, other);
}

uint32_t
bind_comparison(struct binder *binder, const struct node *node,
                enum node_op mode)
{
    bool rounded = mode != OP_NONE || node->op == OP_AGREES;
    if (bind_is_comparison(node->kid[0]) || bind_is_comparison(node->kid[1])) {
        return bind_fail(binder, node, DIAGNOSTIC_CHAINED,
                         "comparisons do not chain",
                         "write x in 5%..10%, or join two of them with and");
    }
    /* What is written out says by itself neither a member nor a period. */
    int first = is_fixed(spelled(binder, node->kid[0])) &&
                !is_fixed(spelled(binder, node->kid[1]));
    uint32_t sides[2] = {UINT32_MAX, UINT32_MAX};
    for (int i = 0; i < 2; i++) {
        int side = i ? !first : first;
        sides[side] = bind_side(binder, node->kid[side], sides[!side], rounded);
        if (sides[side] == UINT32_MAX) {
            return UINT32_MAX;
        }
    }
    return compare_nodes(binder, node, (enum node_op)node->op, mode, sides[0],
                         sides[1]);
}

static uint32_t
bind_between(struct binder *binder, const struct node *node, enum node_op mode,
             uint32_t left, uint32_t low, uint32_t high)
{
    uint32_t above = low == UINT32_MAX
                         ? UINT32_MAX
                         : compare_nodes(binder, node, OP_GE, mode, left, low);
    if (low != UINT32_MAX && above == UINT32_MAX) {
        return UINT32_MAX; /* the other end would only say it again */
    }
    uint32_t below = high == UINT32_MAX
                         ? UINT32_MAX
                         : compare_nodes(binder, node, OP_LE, mode, left, high);
    if (low == UINT32_MAX || high == UINT32_MAX) {
        return low == UINT32_MAX ? below : above;
    }
    return above == UINT32_MAX || below == UINT32_MAX ||
                   !bind_check_ends(binder, node->kid[1], left, low, high)
               ? UINT32_MAX
               : bind_operator(binder, node, PLAN_AND, bind_truth_type, above,
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
    struct node *node = arena_alloc(&binder->session->scratch, sizeof *node);
    node->kind = literal->kinds[end] == LITERAL_NUMBER ? NODE_NUMBER
                 : literal->kinds[end] == LITERAL_DATE ? NODE_DATE
                                                       : NODE_PERIOD;
    node->span = range->span;
    node->value = literal->ends[end];
    return node;
}

/* Is LEFT one of COUNT elements from FIRST on?  Halves are joined, so that a
 * set of any size is no deep tree. */
static uint32_t
bind_elements(struct binder *binder, const struct node *node, enum node_op mode,
              uint32_t left, const struct node *first, size_t count)
{
    if (count == 1) {
        uint32_t element = bind_operand(binder, first, left);
        return element == UINT32_MAX
                   ? element
                   : compare_nodes(binder, first, OP_EQ, mode, left, element);
    }
    size_t half = count - count / 2;
    const struct node *middle = first;
    for (size_t i = 0; i < half; i++) {
        middle = middle->next;
    }
    uint32_t a = bind_elements(binder, node, mode, left, first, half);
    uint32_t b = a == UINT32_MAX ? a
                                 : bind_elements(binder, node, mode, left,
                                                 middle, count - half);
    return b == UINT32_MAX ? b
                           : bind_operator(binder, node, PLAN_OR,
                                           bind_truth_type, a, b, UINT32_MAX);
}

/* Puts the members that GROUP consists of, in the end, in front of LIST: as
 * names, the way that a set holds them. */
static struct node *
group_members(struct binder *binder, const struct node *at, uint32_t group,
              struct node *list)
{
    const struct vocabulary *vocabulary = binder->session->vocabulary;
    struct arena *arena = &binder->session->scratch;
    for (size_t i = vocabulary->part_count; i-- > 0;) {
        uint32_t part = vocabulary->parts[i].part;
        if (vocabulary->parts[i].group != group) {
            continue;
        }
        if (vocabulary_is_group(vocabulary, part)) {
            list = group_members(binder, at, part, list);
            continue;
        }
        struct node *name = arena_alloc(arena, sizeof *name);
        name->kind = NODE_NAME;
        name->span = at->span;
        name->value.name =
            vocabulary_entry(vocabulary, CLASS_MEMBER, part)->name;
        name->next = list;
        list = name;
    }
    return list;
}

static bool
may_be_member(const struct node *node)
{
    bool bare = node->kind == NODE_FIGURE && node->kid[2] && !node->kid[0] &&
                !node->kid[1] && !node->kid[3];
    return bare || node->kind == NODE_TEXT || node->kind == NODE_NUMBER ||
           node->kind == NODE_PARAM;
}

bool
bind_group(struct binder *binder, const struct node *node, uint32_t dimension,
           const char *instead, uint32_t *group)
{
    struct session *session = binder->session;
    uint32_t member = UINT32_MAX;
    const struct node *argument =
        node->kind == NODE_NAME ? bind_argument_of(binder, node->value.name)
                                : NULL;
    node = argument ? argument : node;
    if (node->kind == NODE_PARAM && !(node = scope_parameter(session, node))) {
        return false;
    }
    if (!member_operand(binder, node, dimension, &member)) {
        bind_fail(binder, node, DIAGNOSTIC_TYPE_MISMATCH,
                  "a group of members is wanted here", NULL);
        return false;
    }
    if (member == UINT32_MAX) {
        return false;
    }
    *group = (uint32_t)binder->plan->nodes[member].value;
    const struct entry *entry =
        vocabulary_entry(session->vocabulary, CLASS_MEMBER, *group);
    if (scope_is_poisoned(session, entry->name)) {
        return false; /* its declaration failed */
    }
    if (!vocabulary_is_group(session->vocabulary, *group)) {
        bind_fail(binder, node, DIAGNOSTIC_TYPE_MISMATCH,
                  "this is a single member and no group", instead);
        return false;
    }
    return true;
}

uint32_t
bind_in_group(struct binder *binder, const struct node *node,
              const struct node *right, uint32_t left, const char *instead)
{
    uint32_t group;
    if (!bind_group(binder, right, bind_type(binder, left).dimension, instead,
                    &group)) {
        return UINT32_MAX;
    }
    const struct node *parts = group_members(binder, right, group, NULL);
    return bind_elements(binder, node, OP_NONE, left, parts, node_count(parts));
}

/* `area in G20`. */
static uint32_t
bind_in_name(struct binder *binder, const struct node *node, uint32_t left)
{
    const struct node *right = node->kid[1];
    uint32_t dimension = bind_type(binder, left).dimension;
    bool grouped = bind_type(binder, left).class == VALUE_TEXT && dimension &&
                   !dimension_is_spread(dimension) && may_be_member(right);
    if (!grouped) {
        return bind_fail(binder, right, DIAGNOSTIC_TYPE_MISMATCH,
                         "`in` takes a range, a set or a group of members",
                         "x in 5%..10%, country in {KR, JP}, country in G7");
    }
    return bind_in_group(binder, node, right, left,
                         "compare with =, or put members in braces");
}

/* The ends of a range and what is in a set are exact, under `possibly` too. */
uint32_t
bind_in(struct binder *binder, const struct node *node, enum node_op mode)
{
    const struct node *set = node->kid[1];
    uint32_t left =
        bind_side(binder, node->kid[0], UINT32_MAX, mode != OP_NONE);
    if (left == UINT32_MAX) {
        return left;
    }
    const struct node *one = spelled(binder, set);
    bool period = bind_type(binder, left).class == VALUE_PERIOD &&
                  is_fixed(one) && one->kind != NODE_TEXT;
    if (period) { /* all that it consists of */
        return bind_elements(binder, node, mode, left, set, 1);
    }
    if (set->kind != NODE_SET && set->kind != NODE_RANGE &&
        set->kind != NODE_BETWEEN) {
        return bind_in_name(binder, node, left);
    }
    if (set->kind != NODE_SET) {
        uint32_t ends[2] = {UINT32_MAX, UINT32_MAX};
        for (int end = 0; end < 2; end++) {
            const struct node *kid = set->kind == NODE_RANGE
                                         ? range_end(binder, set, end)
                                         : set->kid[end];
            ends[end] = kid ? bind_operand(binder, kid, left) : UINT32_MAX;
            if (kid && ends[end] == UINT32_MAX) {
                return UINT32_MAX;
            }
        }
        return bind_between(binder, node, mode, left, ends[0], ends[1]);
    }
    return bind_elements(binder, node, mode, left, set->kid[0],
                         node_count(set->kid[0]));
}

/* `a = b within 0.5`, `a = b within 1%`. */
uint32_t
bind_within(struct binder *binder, const struct node *node, enum node_op mode)
{
    bool rounded = mode != OP_NONE;
    const struct node *comparison = node->kid[0];
    if (!bind_is_comparison(comparison) || comparison->op != OP_EQ) {
        return bind_fail(binder, node, DIAGNOSTIC_TYPE_MISMATCH,
                         "only `=` takes a tolerance", "a = b within 0.5");
    }
    uint32_t left = bind_side(binder, comparison->kid[0], UINT32_MAX, rounded);
    uint32_t right = left == UINT32_MAX
                         ? left
                         : bind_side(binder, comparison->kid[1], left, rounded);
    uint32_t reach =
        right == UINT32_MAX ? right : bind_expression(binder, node->kid[1]);
    if (reach == UINT32_MAX) {
        return reach;
    }
    left = bind_scaled(binder, left, right);
    right = bind_scaled(binder, right, left);
    bool reach_lacks = bind_lacks_scale(binder, reach, left) ||
                       bind_lacks_scale(binder, reach, right) ||
                       bind_scales_differ(binder, reach, left, right);
    reach = bind_scaled(binder, reach,
                        bind_type(binder, left).measure ? left : right);
    struct type type = bind_type(binder, reach);
    bool relative = type.percent && bind_type(binder, left).role == UNIT_LEVEL;
    if (!bind_compatible(binder, left, right)) {
        return bind_fail_types(binder, comparison, left, right, "compared");
    }
    if (!bind_check_points(binder, node->kid[1], left, right, reach)) {
        return UINT32_MAX;
    }
    if (!relative && reach_lacks) {
        return bind_fail(binder, node->kid[1], DIAGNOSTIC_UNIT_MISMATCH,
                         "nobody can tell the scale of this tolerance",
                         bind_scale_help(binder, left, right));
    }
    if (!relative && !bind_compatible(binder, left, reach) &&
        !(type.role == UNIT_POINT &&
          (bind_type(binder, left).role == UNIT_RATE ||
           bind_type(binder, right).role == UNIT_RATE))) {
        return bind_fail_types(binder, node, left, reach, "compared");
    }
    if (!bind_check_tolerance(binder, node->kid[1], reach)) {
        return UINT32_MAX;
    }
    enum plan_op near = mode == OP_POSSIBLY    ? PLAN_POSSIBLY_NEAR
                        : mode == OP_CERTAINLY ? PLAN_CERTAINLY_NEAR
                                               : PLAN_NEAR;
    return bind_operator(binder, node, (enum plan_op)(near + relative),
                         bind_truth_type, left, right, reach);
}
