/* Declaring a definition: `define NAME(x) = ...`. */
#include "eval/declare.h"
#include "eval/scope.h"
#include "parser/print.h"
#include "stdlib/function.h"

/* Does the expression use the definition NAME, by itself or through others? */
static bool
uses_definition(struct session *session, const struct node *node, atom name,
                int depth)
{
    const struct node *used = !node                       ? NULL
                              : node->kind == NODE_CALL   ? node->kid[0]
                              : node->kind == NODE_FIGURE ? node->kid[2]
                                                          : NULL;
    if (used && used->value.name == name) {
        return true;
    }
    uint32_t id = used && depth < LIBRARY_DEPTH_MAX
                      ? vocabulary_find(session->vocabulary, CLASS_DEFINITION,
                                        used->value.name)
                      : 0;
    const struct node *other = id ? library_definition(session, id) : NULL;
    if (other && uses_definition(session, other->kid[2], name, depth + 1)) {
        return true;
    }
    for (uint8_t i = 0; node && i < node->kid_count; i++) {
        for (const struct node *kid = node->kid[i]; kid; kid = kid->next) {
            if (uses_definition(session, kid, name, depth)) {
                return true;
            }
        }
    }
    return false;
}

/* A parameter of that name is no use of the definition. */
static bool
has_parameter(const struct node *definition, atom name)
{
    for (const struct node *at = definition->kid[3]; at; at = at->next) {
        if (at->value.name == name) {
            return true;
        }
    }
    return false;
}

bool
declare_definition(struct session *session, const struct node *node)
{
    const struct node *name = node->kid[0];
    const char *title = declare_title(session, node->kid[1]);
    struct buffer text = {0};
    struct vocabulary *vocabulary = session->vocabulary;
    if (!title) {
        return false;
    }
    for (const struct node *at = node->kid[3]; at; at = at->next) {
        for (const struct node *other = at->next; other; other = other->next) {
            if (other->value.name == at->value.name) {
                return scope_fail(session, other, DIAGNOSTIC_TWICE,
                                  "this parameter is named twice", NULL);
            }
        }
    }
    if (function_is_reserved(atoms_text(&session->atoms, name->value.name))) {
        return scope_fail(session, name, DIAGNOSTIC_NAME_TAKEN,
                          "this is a function of the language itself",
                          "see: list functions");
    }
    if (!has_parameter(node, name->value.name) &&
        uses_definition(session, node->kid[2], name->value.name, 0)) {
        diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                        DIAGNOSTIC_RECURSION, name->span,
                        "this definition uses itself");
        return false;
    }
    print_statement(&text, node, &session->atoms, &session->sources);
    struct entry entry = {
        .name = name->value.name, .title = title, .text = text.text};
    uint32_t id = declare_existing(session, CLASS_DEFINITION, name);
    bool done = scope_fits(session, node, text.len - strlen(title));
    if (done && id) {
        done = strcmp(vocabulary_entry(vocabulary, CLASS_DEFINITION, id)->text,
                      text.text) == 0 ||
               scope_clash(session, name, "definition");
    } else if (done) {
        bool shared = !library_has_function(session, name->value.name);
        done = scope_may_declare(session, name, "definition", shared) &&
               vocabulary_add(vocabulary, CLASS_DEFINITION, &entry) != 0;
    }
    buffer_free(&text);
    return done;
}
