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
