/* Parameters of a definition that stand for names: `x[place]`, `figure[KR]`,
 * `country = place`.
 *
 * A parameter stands for an expression, which is bound where the parameter is
 * read.  A member is no expression, so where one is wanted the argument's name
 * is put in place; and a parameter with brackets behind it is the figure that
 * the argument names, with both their coordinates.
 */
#include "eval/bind.h"

const struct node *
bind_argument_of(const struct binder *binder, atom name)
{
    const struct binding *binding = binder->bindings;
    const struct node *argument = binding ? binding->arguments : NULL;
    const struct node *at = binding ? binding->parameters : NULL;
    for (; at && argument; at = at->next, argument = argument->next) {
        if (at->value.name == name) {
            return bind_value_of(binding->caller, argument);
        }
    }
    return NULL;
}

/* What an argument puts in the place of a member: a name, or what a parameter
 * of the session may stand for too; NULL after a report. */
static const struct node *
member_of(struct binder *binder, const struct node *argument)
{
    struct session *session = binder->session;
    bool bare = argument->kind == NODE_FIGURE && argument->kid[2] &&
                !argument->kid[0] && !argument->kid[1] && !argument->kid[3];
    if (bare) {
        return argument->kid[2];
    }
    if (argument->kind == NODE_NUMBER) { /* a code of digits */
        struct node *name = scope_copy(binder->session, argument);
        name->kind = NODE_NAME;
        name->value.name = atoms_intern(
            &session->atoms, sources_text(&session->sources, argument->span));
        return name;
    }
    if (argument->kind == NODE_TEXT || argument->kind == NODE_PARAM ||
        argument->kind == NODE_PERIOD || argument->kind == NODE_DATE) {
        return argument;
    }
    bind_fail(binder, argument, DIAGNOSTIC_TYPE_MISMATCH,
              "the definition chooses a member by this, and it is no name of "
              "one",
              "name the member alone, such as KR or \"0101\"");
    return NULL;
}

/* Appends copies of coordinates to a list, with members in place; false after
 * a report. */
static bool
add_coordinates(struct binder *binder, const struct node *from,
                struct node ***end)
{
    for (; from; from = from->next) {
        struct node *copy = scope_copy(binder->session, from);
        const struct node *member = from->kid[1];
        const struct node *argument =
            member && member->kind == NODE_NAME
                ? bind_argument_of(binder, member->value.name)
                : NULL;
        member = argument ? member_of(binder, argument) : member;
        if (argument && !member) {
            return false;
        }
        copy->kid[1] = (struct node *)(uintptr_t)member;
        **end = copy;
        *end = &copy->next;
    }
    return true;
}

/* The figure for which the name of FIGURE stands; NULL after a report. */
static const struct node *
figure_of(struct binder *binder, const struct node *figure,
          const struct node *argument)
{
    bool plain = argument->kind == NODE_FIGURE && argument->kid[2] &&
                 !(argument->kid[0] && figure->kid[0]) &&
                 !(argument->kid[1] && figure->kid[1]);
    if (!plain) {
        bind_fail(binder, argument, DIAGNOSTIC_TYPE_MISMATCH,
                  "the definition takes some cells of this, and it is no "
                  "figure by its name",
                  "a parameter stands for an expression: choose its members "
                  "and period in the argument");
    }
    return plain ? argument : NULL;
}

const struct node *
bind_substitute(struct binder *binder, const struct node *figure)
{
    const struct node *argument =
        binder->bindings && figure->kid[2]
            ? bind_argument_of(binder, figure->kid[2]->value.name)
            : NULL;
    if (!binder->bindings || (!argument && !figure->kid[3])) {
        return figure;
    }
    struct node *copy = scope_copy(binder->session, figure);
    struct node *coordinates = NULL;
    struct node **end = &coordinates;
    if (argument) {
        struct binder caller = *binder;
        caller.bindings = binder->bindings->caller->bindings;
        if (!figure_of(binder, figure, argument) ||
            !add_coordinates(&caller, argument->kid[3], &end)) {
            return NULL;
        }
        copy->kid[0] = figure->kid[0] ? figure->kid[0] : argument->kid[0];
        copy->kid[1] = figure->kid[1] ? figure->kid[1] : argument->kid[1];
        copy->kid[2] = argument->kid[2];
    }
    if (!add_coordinates(binder, figure->kid[3], &end)) {
        return NULL;
    }
    copy->kid[3] = coordinates;
    return copy;
}
