/* `partial` in a place that is not its own, and where it would stand. */
#include "eval/bind.h"
#include "parser/print.h"

static bool
is_partial(const struct binder *binder, const struct node *name)
{
    return name &&
           slice_is(atoms_text(&binder->session->atoms, name->value.name),
                    "partial");
}

/* `x partial`, read as a metric of the kind x; its last word. */
static const struct node *
behind_value(const struct binder *binder, const struct node *value)
{
    bool figure = value->kind == NODE_FIGURE && value->kid[0] && value->kid[2];
    return figure && is_partial(binder, value->kid[2]) &&
                   !scope_find(binder->session, CLASS_KIND,
                               value->kid[0]->value.name)
               ? value->kid[2]
               : NULL;
}

/* The word in a call: among the dimensions of its clause, behind its value
 * without a comma, or in front of it. */
static const struct node *
find_misplaced(const struct binder *binder, const struct node *call)
{
    const struct node *x = call->kid[1];
    const struct node *clause = call->kid[2];
    for (const struct node *name = clause ? clause->kid[0] : NULL; name;
         name = name->next) {
        if (is_partial(binder, name) &&
            !scope_find(binder->session, CLASS_DIMENSION, name->value.name)) {
            return name;
        }
    }
    atom partial = atoms_intern(&binder->session->atoms, SLICE("partial"));
    if (scope_find(binder->session, CLASS_METRIC, partial)) {
        return NULL; /* sum(partial by country) */
    }
    if (x && x->next && !bind_is_word(binder, x->next, "partial") &&
        bind_is_word(binder, x, "partial")) {
        return x;
    }
    return x ? behind_value(binder, x) : NULL;
}

/* The dimensions of a clause without the word. */
static struct node *
names_without(struct binder *binder, const struct node *names,
              const struct node *word)
{
    struct node *head = NULL;
    struct node **end = &head;
    for (; names; names = names->next) {
        if (names != word) {
            *end = scope_copy(binder->session, names);
            end = &(*end)->next;
        }
    }
    return head;
}

/* The value of a call as it was meant: the figure in front of the word, or what
 * stands behind it. */
static struct node *
meant_value(struct binder *binder, const struct node *x,
            const struct node *word)
{
    if (x == word) {
        return scope_copy(binder->session, x->next);
    }
    struct node *value = scope_copy(binder->session, x);
    if (behind_value(binder, x) == word) {
        value->kid[2] = value->kid[0];
        value->kid[0] = NULL;
    }
    return value;
}

/* CALL with the word behind its value. */
static const struct node *
put_right(struct binder *binder, const struct node *call,
          const struct node *word)
{
    struct node *right = scope_copy(binder->session, call);
    struct node *value = meant_value(binder, call->kid[1], word);
    struct node *name = scope_copy(binder->session, word);
    struct node *argument =
        arena_alloc(&binder->session->scratch,
                    sizeof *argument + 4 * sizeof(struct node *));
    name->kind = NODE_NAME;
    name->kid_count = 0;
    name->value.name = atoms_intern(&binder->session->atoms, SLICE("partial"));
    memset(argument, 0, sizeof *argument + 4 * sizeof(struct node *));
    argument->kind = NODE_FIGURE;
    argument->kid_count = 4;
    argument->kid[2] = name;
    value->next = argument;
    right->kid[1] = value;
    if (right->kid[2]) {
        struct node *clause = scope_copy(binder->session, right->kid[2]);
        clause->kid[0] = names_without(binder, clause->kid[0], word);
        right->kid[2] = clause->kid[0] || clause->kid[1] ? clause : NULL;
    }
    return right;
}

bool
bind_refuse_partial(struct binder *binder, const struct node *call)
{
    const struct node *word = find_misplaced(binder, call);
    if (!word) {
        return false;
    }
    struct session *session = binder->session;
    struct buffer text = {0};
    struct diagnostic *record = diagnostics_add(
        session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_ARGUMENTS, word->span,
        "`partial` stands behind the value and a comma");
    print_expression(&text, put_right(binder, call, word), &session->atoms,
                     &session->sources);
    diagnostics_help(session->diagnostics, record, "write %s", text.text);
    buffer_free(&text);
    return true;
}
