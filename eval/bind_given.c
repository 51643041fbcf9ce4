/* Two clauses for one aggregate: its own, and the one that was given to the
 * definition in which it stands.
 *
 * What they say of different things holds together; what they say of the same
 * must be the same.  `over` keeps all that it does not name, and `by` nothing,
 * so that the two never fit.
 */
#include "eval/bind.h"

static bool
contradict(struct binder *binder, struct span own, struct span given,
           const char *label)
{
    struct diagnostics *list = binder->session->diagnostics;
    struct diagnostic *record = diagnostics_add(
        list, SEVERITY_ERROR, DIAGNOSTIC_ARGUMENTS, given,
        "this contradicts the clause of an aggregate in the definition");
    diagnostics_label(list, record, "%s", label);
    bind_relate_definition(binder, record, own);
    return false;
}

static const struct node *
find_name(const struct node *names, atom name)
{
    while (names && names->value.name != name) {
        names = names->next;
    }
    return names;
}

/* The group of `over DIMENSION in GROUP`; NULL for all members. */
static const struct node *
group_of(const struct node *axis)
{
    return axis && axis->kid_count ? axis->kid[0] : NULL;
}

static bool
check_groups(struct binder *binder, const struct node *own,
             const struct node *given)
{
    const struct sources *sources = &binder->session->sources;
    for (const struct node *name = own->kid[0]; name; name = name->next) {
        const struct node *other = find_name(given->kid[0], name->value.name);
        const struct node *group = group_of(name);
        const struct node *wanted = group_of(other);
        if (group && wanted &&
            !slice_equal(sources_text(sources, group->span),
                         sources_text(sources, wanted->span))) {
            return contradict(binder, name->span, other->span,
                              "the aggregate runs over other members");
        }
    }
    return true;
}

static bool
check_spans(struct binder *binder, const struct node *own,
            const struct node *given)
{
    struct period_range inner;
    struct period_range outer;
    if (!own || !given) {
        return true;
    }
    if (!value_span(binder->session, own, &inner) ||
        !value_span(binder->session, given, &outer)) {
        return false;
    }
    bool same = inner.frequency == outer.frequency &&
                inner.first == outer.first && inner.last == outer.last &&
                inner.fiscal == outer.fiscal;
    return same || contradict(binder, own->span, given->span,
                              "the aggregate has periods of its own");
}

/* The names of both, each once, with the group that either of them says. */
static struct node *
join_names(struct binder *binder, const struct node *own,
           const struct node *given)
{
    struct node *first = NULL;
    struct node **end = &first;
    for (const struct node *name = own; name; name = name->next) {
        const struct node *other = find_name(given, name->value.name);
        *end = scope_copy(binder->session,
                          !group_of(name) && group_of(other) ? other : name);
        end = &(*end)->next;
    }
    for (const struct node *name = given; name; name = name->next) {
        if (!find_name(own, name->value.name)) {
            *end = scope_copy(binder->session, name);
            end = &(*end)->next;
        }
    }
    return first;
}

bool
bind_join_clauses(struct binder *binder, const struct node *own,
                  const struct node *given, const struct node **clause)
{
    *clause = own ? own : given;
    if (!own || !given) {
        return true;
    }
    if (own->kid[0] && given->kid[0] && own->op != given->op) {
        return contradict(binder, own->span, given->span,
                          own->op == OP_OVER ? "this does not go with `over`"
                                             : "this does not go with `by`");
    }
    if (!check_groups(binder, own, given) ||
        !check_spans(binder, own->kid[1], given->kid[1])) {
        return false;
    }
    struct node *both = scope_copy(binder->session, given);
    both->op = own->kid[0] ? own->op : given->op;
    both->kid[0] = join_names(binder, own->kid[0], given->kid[0]);
    both->kid[1] = given->kid[1] ? given->kid[1] : own->kid[1];
    *clause = both;
    return true;
}
