/* What was said beside the numbers: attributes of figures, and patterns that a
 * text matches. */
#include "eval/bind.h"

static const struct {
    const char *name;
    enum attribute attribute;
    enum value_type class;
    uint32_t dimension;
} attributes[] = {
    {"stated", ATTRIBUTE_STATED, VALUE_DATE, 0},
    {"actor", ATTRIBUTE_ACTOR, VALUE_TEXT, DIMENSION_SPREAD + SPREAD_ACTOR},
    {"source", ATTRIBUTE_SOURCE, VALUE_TEXT, DIMENSION_SPREAD + SPREAD_SOURCE},
    {"note", ATTRIBUTE_NOTE, VALUE_TEXT, 0},
    {"basis", ATTRIBUTE_BASIS, VALUE_TEXT, 0},
};

bool
bind_attribute(struct binder *binder, const struct node *call,
               struct slice name, uint32_t *result)
{
    const struct node *x = call->kid[1];
    size_t at = 0;
    size_t count = sizeof attributes / sizeof *attributes;
    while (at < count && !slice_is(name, attributes[at].name)) {
        at++;
    }
    if (at == count) {
        return false;
    }
    *result = UINT32_MAX;
    if (!x || x->next) {
        bind_fail_call(binder, call, "this takes one figure",
                       "stated(exports)");
        return true;
    }
    uint32_t value = bind_expression(binder, x);
    if (value == UINT32_MAX) {
        return true;
    }
    struct plan_node node = {.op = PLAN_ATTRIBUTE,
                             .type = {.class = attributes[at].class,
                                      .scale = -1,
                                      .dimension = attributes[at].dimension},
                             .kid = {value, UINT32_MAX, UINT32_MAX},
                             .attribute = attributes[at].attribute,
                             .space = binder->space,
                             .span = call->span};
    if (binder->plan->nodes[value].op != PLAN_FIGURE) {
        bind_fail_call(binder, x,
                       "only a figure has a day, an actor, a source, a note "
                       "and a basis",
                       "what is computed has the facts behind it: why ...");
        return true;
    }
    binder->plan->figures[binder->plan->nodes[value].figure]->wants_facts =
        true;
    *result = plan_add_node(binder->plan, &node);
    return true;
}

uint32_t
bind_matches(struct binder *binder, const struct node *node)
{
    struct session *session = binder->session;
    uint32_t left = bind_expression(binder, node->kid[0]);
    const char *pattern =
        left == UINT32_MAX ? NULL : scope_text(session, node->kid[1]);
    if (!pattern) {
        return UINT32_MAX;
    }
    if (bind_type(binder, left).class != VALUE_TEXT) {
        return bind_fail(binder, node->kid[0], DIAGNOSTIC_TYPE_MISMATCH,
                         "only a text matches a pattern",
                         "country matches \"^K\", note(x) matches \"revised\"");
    }
    struct buffer reason = {0};
    size_t at;
    if (!pattern_check(slice_of(pattern), &reason, &at)) {
        struct diagnostic *record = diagnostics_add(
            session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_PATTERN,
            node->kid[1]->span, "this is no pattern: %s, at character %zu",
            reason.text, at + 1);
        diagnostics_help(
            session->diagnostics, record,
            "a character that means itself stands behind a backslash");
        buffer_free(&reason);
        return UINT32_MAX;
    }
    struct plan_node match = {
        .op = PLAN_MATCHES,
        .type = bind_truth_type,
        .kid = {left, UINT32_MAX, UINT32_MAX},
        .text = atoms_intern(&session->atoms, slice_of(pattern)),
        .space = binder->space,
        .span = node->span};
    return plan_add_node(binder->plan, &match);
}

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

/* Are all rows here those of a group, as the clause of an aggregate around said?
 * In cr(x, 1 over country in G7) the sum and the rank in it are of one clause. */
static bool
is_limited(const struct binder *binder, uint32_t dimension)
{
    const struct limit *limit = binder->limits;
    while (limit && limit->dimension != dimension) {
        limit = limit->outer;
    }
    return limit && limit->group;
}

/* The place of a value among those of its period, the largest first. */
uint32_t
bind_rank(struct binder *binder, const struct node *call)
{
    const struct node *x = call->kid[1];
    const struct node *clause = call->kid[2];
    if (!clause && binder->given && binder->given->clause &&
        binder->given->clause->op == OP_OVER) {
        clause = binder->given->clause; /* of the definition around it */
    }
    struct plan_node node = {.op = PLAN_RANK,
                             .type = {.class = VALUE_NUMBER, .scale = 0},
                             .kid = {UINT32_MAX, UINT32_MAX, UINT32_MAX},
                             .space = binder->space,
                             .from_space = binder->space,
                             .span = call->span};
    if (!x || x->next ||
        (call->kid[2] && (clause->op != OP_OVER || clause->kid[1]))) {
        return bind_fail_call(binder, call,
                              "rank takes one value, and `over` for the "
                              "dimensions along which it is ranked",
                              "rank(exports), rank(exports over goods)");
    }
    uint8_t named = binder->plan->spaces[binder->space].named;
    for (const struct node *name = clause ? clause->kid[0] : NULL; name;
         name = name->next) {
        uint32_t dimension = scope_axis(binder->session, name);
        bool own = clause == call->kid[2];
        if (dimension && name->kid_count &&
            (own || !is_limited(binder, dimension))) {
            return bind_fail_call(binder, name,
                                  "a rank is taken among all rows",
                                  "choose the rows: show rank(exports) by "
                                  "country where country in G7");
        }
        if (!dimension || node.over_count == SPACE_DIMENSIONS_MAX ||
            !plan_space_name(binder->plan, binder->space, dimension)) {
            return UINT32_MAX;
        }
        node.over[node.over_count++] = dimension;
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
    if (!clause) {
        rank_over_all(binder->plan, &node);
    }
    if (bind_mixes_units(binder, &node)) {
        return bind_fail_follows(binder, call, node.kid[0], "ranked");
    }
    return plan_add_node(binder->plan, &node);
}
