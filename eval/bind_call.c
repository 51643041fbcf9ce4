/* Calls: of what the language has itself, and of definitions.
 *
 * A definition is bound like a macro: its body is bound with the arguments'
 * trees in scope, so that `year_ago(x)` inside it reads x a year earlier
 * whatever x is.
 */
#include "eval/bind.h"

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
        bind_place_messages(&inner, definition, messages);
    }
    if (result != UINT32_MAX && inner.given == &own && !own.used) {
        return bind_fail(
            binder, clause ? clause : node, DIAGNOSTIC_ARGUMENTS,
            "there is no aggregate in this definition",
            "`by`, `over`, `for` and `partial` are for aggregates");
    }
    if (result != UINT32_MAX &&
        !bind_check_deflated(binder, node, definition, arguments)) {
        return UINT32_MAX;
    }
    return result;
}

uint32_t
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
