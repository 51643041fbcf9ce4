/* real(x, deflator, base), ppp(x, parity): what is divided by the figure of a
 * period must be of that period, as an amount and the rate by which it is
 * converted.  A sum of several years in prices of the last one is none. */
#include "eval/bind.h"

/* The functions whose first argument is divided by their second, and what the
 * library calls that: one's own of that name may do anything. */
static const struct {
    const char *name;
    const char *by;
    const char *example; /* of what stands behind x */
} deflating[] = {
    {"real", "deflator", "deflator, 2020"},
    {"ppp", "parity", "parity"},
};

enum { DEFLATING_COUNT = sizeof deflating / sizeof *deflating };

/* Which of them a definition is; DEFLATING_COUNT for none. */
static size_t
find_deflating(const struct session *session, const struct node *definition)
{
    const struct node *x = definition->kid[3];
    const struct node *by = x ? x->next : NULL;
    size_t i = by ? 0 : DEFLATING_COUNT;
    while (
        i < DEFLATING_COUNT &&
        !(slice_is(atoms_text(&session->atoms, definition->kid[0]->value.name),
                   deflating[i].name) &&
          slice_is(atoms_text(&session->atoms, by->value.name),
                   deflating[i].by))) {
        i++;
    }
    return i;
}

/* Of which periods an argument is made, as the caller reads it; false when it
 * cannot be read, of which somebody else reports. */
static bool
find_periods(struct binder *binder, const struct node *argument,
             struct bind_periods *periods)
{
    struct plan *plan = binder->plan;
    struct plan_mark mark = plan_mark(plan);
    uint32_t value = bind_expression(binder, argument);
    if (value != UINT32_MAX) {
        *periods = bind_find_periods(binder, value, false);
        plan_truncate(plan, &mark);
    }
    return value != UINT32_MAX;
}

static bool
has_periods(const struct bind_periods *periods)
{
    return periods->moves || periods->fixed || periods->several;
}

/* Several periods can be deflated by what is made of several, too: nobody but
 * their author knows whether they are the same. */
static bool
agree(const struct bind_periods *x, const struct bind_periods *by)
{
    if (bind_has_several(by) || !has_periods(x) || !has_periods(by)) {
        return true;
    }
    if (bind_has_several(x) || x->fixed != by->fixed) {
        return false;
    }
    return x->fixed ? x->period.frequency != by->period.frequency ||
                          x->period.ordinal == by->period.ordinal
                    : x->lag == by->lag;
}

bool
bind_check_deflated(struct binder *binder, const struct node *call,
                    const struct node *definition, const struct node *arguments)
{
    struct bind_periods x;
    struct bind_periods by;
    size_t which = find_deflating(binder->session, definition);
    if (which == DEFLATING_COUNT || !find_periods(binder, arguments, &x) ||
        !find_periods(binder, arguments->next, &by) || agree(&x, &by)) {
        return true;
    }
    struct buffer message = {0};
    struct buffer help = {0};
    const char *name = deflating[which].name;
    const char *example = deflating[which].example;
    if (bind_has_several(&x)) {
        buffer_format(&message,
                      "this is made of several periods, which have a %s each",
                      deflating[which].by);
        buffer_format(&help,
                      "apply %s inside: sum(%s(exports, %s)), "
                      "change(%s(exports, %s))",
                      name, name, example, name, example);
    } else {
        buffer_format(&message, "this is of another period than the %s",
                      deflating[which].by);
        buffer_format(&help,
                      "choose the period of both: at(%s(exports, %s), 2023), "
                      "previous(%s(exports, %s))",
                      name, example, name, example);
    }
    bind_fail(binder, call, DIAGNOSTIC_UNIT_MISMATCH, message.text, help.text);
    buffer_free(&message);
    buffer_free(&help);
    return false;
}
