/* What is wrong with an expression, told where its user wrote it. */
#include "eval/bind.h"

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

void
bind_relate_definition(struct binder *binder, struct diagnostic *record,
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
    bind_relate_definition(binder, record, node->span);
    return UINT32_MAX;
}

void
bind_place_messages(struct binder *inner, const struct node *definition,
                    size_t from)
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
            bind_relate_definition(inner, record, inside.span);
            if (inside.label) {
                diagnostics_relate(list, record, inside.span, "%s",
                                   inside.label);
            }
        }
    }
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
    bool bare = bind_lacks_percent(binder, left, right, false) ||
                bind_lacks_percent(binder, right, left, false);
    bind_relate_definition(binder, record, node->span);
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
