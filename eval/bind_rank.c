/* rank(x over D in G): the place of a value among those of its period, the
 * largest first.  Where a group is named, members outside of it have no value
 * that could take one. */
#include "eval/bind.h"

/* Does a value differ from one member of a dimension to the next, and not only
 * from one actor, source or vintage to the next? */
static bool
varies_by_member(const struct plan *plan, uint32_t at)
{
    const struct plan_node *node = &plan->nodes[at];
    const struct space *space = &plan->spaces[node->space];
    bool varies = false;
    if (node->op == PLAN_FIGURE) {
        const struct figure *figure = plan->figures[node->figure];
        for (int i = 0; i < DIMENSIONS_MAX; i++) {
            varies = varies || figure->selectors[i] == SELECT_SPACE;
        }
        return varies;
    }
    if (node->op == PLAN_MEMBER) {
        return !dimension_is_spread(space->dimensions[node->figure]);
    }
    if (node->op >= PLAN_SUM) {
        for (size_t d = 0; d < space->dimension_count; d++) {
            varies =
                varies || (!dimension_is_spread(space->dimensions[d]) &&
                           aggregate_keeps(plan, node, space->dimensions[d]));
        }
        return varies;
    }
    for (int i = 0; !varies && i < 3; i++) {
        varies =
            node->kid[i] != UINT32_MAX && varies_by_member(plan, node->kid[i]);
    }
    return varies;
}

/* Without a clause a rank is taken among members, each actor's and vintage's of
 * their own; where there are none, among actors, sources and vintages. */
static void
rank_over_all(const struct plan *plan, struct plan_node *node)
{
    const struct space *space = &plan->spaces[node->space];
    bool members = varies_by_member(plan, node->kid[0]);
    for (size_t d = 0; d < space->dimension_count; d++) {
        if (dimension_is_spread(space->dimensions[d]) != members) {
            node->over[node->over_count++] = space->dimensions[d];
        }
    }
}

/* The group whose members alone are rows here, as the clause of an aggregate
 * around said; 0 for none.  In cr(x, 1 over country in G7) the sum and the rank
 * in it are of one clause. */
static uint32_t
limiting_group(const struct binder *binder, uint32_t dimension)
{
    const struct limit *limit = binder->limits;
    while (limit && limit->dimension != dimension) {
        limit = limit->outer;
    }
    return limit ? limit->group : 0;
}

/* Are all members of a group there, among those of the group AROUND? */
static bool
holds_all(const struct vocabulary *vocabulary, uint32_t around, uint32_t group)
{
    for (size_t i = 0; around && i < vocabulary->part_count; i++) {
        uint32_t part = vocabulary->parts[i].part;
        if (!vocabulary_is_group(vocabulary, part) &&
            vocabulary_is_in_group(vocabulary, part, group) &&
            !vocabulary_is_in_group(vocabulary, part, around)) {
            return false;
        }
    }
    return true;
}

/* The member of the row in DIMENSION, which the space has. */
static uint32_t
member_of_row(struct binder *binder, uint32_t dimension, struct span span)
{
    const struct space *space = &binder->plan->spaces[binder->space];
    struct plan_node row = {
        .op = PLAN_MEMBER,
        .type = {.class = VALUE_TEXT, .scale = -1, .dimension = dimension},
        .space = binder->space,
        .span = span};
    while (space->dimensions[row.figure] != dimension) {
        row.figure++;
    }
    return plan_add_node(binder->plan, &row);
}

/* VALUE where the row belongs to the group that AXIS names, else unknown. */
static uint32_t
keep_group(struct binder *binder, const struct node *axis, uint32_t value)
{
    struct type any = bind_truth_type;
    uint32_t dimension = scope_axis(binder->session, axis);
    if (dimension_is_spread(dimension)) {
        return bind_fail_call(binder, axis->kid[0],
                              "only members of a dimension are put in groups",
                              NULL);
    }
    uint32_t group;
    if (!bind_group(binder, axis->kid[0], dimension, bind_group_help, &group)) {
        return UINT32_MAX;
    }
    if (!holds_all(binder->session->vocabulary,
                   limiting_group(binder, dimension), group)) {
        return bind_fail_call(binder, axis,
                              "the aggregate around this leaves out members of "
                              "the group",
                              "rank and aggregate over the same group");
    }
    uint32_t row = member_of_row(binder, dimension, axis->span);
    uint32_t inside =
        bind_in_group(binder, axis, axis->kid[0], row, bind_group_help);
    if (inside == UINT32_MAX) {
        return inside;
    }
    any.bare = true; /* fits any type */
    uint32_t outside =
        plan_constant(binder->plan, any, NAN, interval_point(NAN), axis->span);
    return bind_operator(binder, axis, PLAN_IF, bind_type(binder, value),
                         inside, value, outside);
}

/* What is ranked is spread along the dimensions of a clause, which are put into
 * NODE; false after a report. */
static bool
name_axes(struct binder *binder, const struct node *clause,
          struct plan_node *node)
{
    const struct node *name = clause ? clause->kid[0] : NULL;
    for (; name; name = name->next) {
        uint32_t dimension = scope_axis(binder->session, name);
        if (!dimension || node->over_count == SPACE_DIMENSIONS_MAX ||
            !plan_space_name(binder->plan, binder->space, dimension)) {
            return false;
        }
        node->over[node->over_count++] = dimension;
    }
    return true;
}

/* Leaves out what is in none of the groups of a clause.  In a sum over the group
 * nothing else is there. */
static uint32_t
keep_groups(struct binder *binder, const struct node *clause, bool own,
            uint32_t value)
{
    const struct node *name = clause ? clause->kid[0] : NULL;
    for (; name && value != UINT32_MAX; name = name->next) {
        bool there =
            !own && limiting_group(binder, scope_axis(binder->session, name));
        if (name->kid_count && !there) {
            value = keep_group(binder, name, value);
        }
    }
    return value;
}

/* The clause of a rank: its own, with what was given to the definition around
 * it; false after a report. */
static bool
find_clause(struct binder *binder, const struct node *call,
            const struct node **clause)
{
    struct given *given = binder->given;
    const struct node *around =
        given && given->clause && given->clause->op == OP_OVER ? given->clause
                                                               : NULL;
    if (around) {
        given->used = true;
    }
    return bind_join_clauses(binder, call->kid[2], around, clause);
}

uint32_t
bind_rank(struct binder *binder, const struct node *call)
{
    const struct node *x = call->kid[1];
    const struct node *own = call->kid[2];
    const struct node *clause;
    struct plan_node node = {.op = PLAN_RANK,
                             .type = {.class = VALUE_NUMBER, .scale = 0},
                             .kid = {UINT32_MAX, UINT32_MAX, UINT32_MAX},
                             .space = binder->space,
                             .from_space = binder->space,
                             .span = call->span};
    if (!x || x->next || (own && (own->op != OP_OVER || own->kid[1]))) {
        return bind_fail_call(binder, call,
                              "rank takes one value, and `over` for the "
                              "dimensions along which it is ranked",
                              "rank(exports), rank(exports over goods)");
    }
    uint8_t named = binder->plan->spaces[binder->space].named;
    if (!find_clause(binder, call, &clause) ||
        !name_axes(binder, clause, &node)) {
        return UINT32_MAX;
    }
    node.kid[0] = bind_expression(binder, x);
    if (!binder->plan->spaces[binder->space].collects) {
        /* The clause speaks of what is ranked, not of what stands beside it. */
        binder->plan->spaces[binder->space].named = named;
    }
    if (node.kid[0] == UINT32_MAX) {
        return UINT32_MAX;
    }
    const struct plan_node *value = &binder->plan->nodes[node.kid[0]];
    if (value->type.class != VALUE_NUMBER || !(value->varies & VARIES_LINE)) {
        return bind_fail_call(binder, x,
                              "a rank is taken among several, and here is "
                              "only one",
                              "show rank(exports) by country, or "
                              "rank(exports[country = *])");
    }
    node.kid[0] = keep_groups(binder, clause, own != NULL, node.kid[0]);
    if (node.kid[0] == UINT32_MAX) {
        return UINT32_MAX;
    }
    if (!clause) {
        rank_over_all(binder->plan, &node);
    }
    if (bind_mixes_units(binder, &node)) {
        return bind_fail_follows(binder, call, node.kid[0], "ranked");
    }
    return plan_add_node(binder->plan, &node);
}
