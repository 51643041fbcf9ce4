/* A list of cells that speaks of one cell twice: `2020 = 632, 2020-02-29 =
 * 702`, of a metric whose figures are yearly.  Both are kept and the last one
 * counts, as with records of a file, and as there it is told. */
#include "eval/fact_twice.h"

#include <stdlib.h>

void
fact_list_free(struct fact_list *list)
{
    free(list->items);
    *list = (struct fact_list){0};
}

void
fact_list_add(struct fact_list *list, const struct fact *fact,
              const struct node *when)
{
    void *items = list->items;
    memory_grow(&items, &list->capacity, list->count + 1, sizeof *list->items);
    list->items = items;
    list->items[list->count] = (struct listed_fact){*fact, when, list->count};
    list->count++;
}

/* By cell, then as they were said. */
static int
compare_listed(const void *a, const void *b)
{
    const struct listed_fact *left = a;
    const struct listed_fact *right = b;
    if (left->fact.cell != right->fact.cell) {
        return left->fact.cell < right->fact.cell ? -1 : 1;
    }
    return left->at < right->at ? -1 : left->at > right->at;
}

/* Texts behind a fact are not compared: they were written twice. */
static bool
says_the_same(const struct fact *a, const struct fact *b)
{
    enum { TEXTS = FORM_FORMULA | FORM_MOVED | FORM_WIDE };
    return a->coefficient == b->coefficient && a->exponent == b->exponent &&
           a->form == b->form && !(a->form & TEXTS);
}

static void
tell(struct session *session, const struct listed_fact *first,
     const struct listed_fact *second)
{
    struct diagnostics *list = session->diagnostics;
    struct period period = {fact_frequency(&second->fact),
                            fact_period(&second->fact)};
    struct buffer name = {0};
    period_print(&name, period, false);
    struct diagnostic *record = diagnostics_add(
        list, SEVERITY_NOTICE, DIAGNOSTIC_NOTE, second->when->span,
        "this is said of %s, as an earlier figure of the list is: the last one "
        "counts",
        name.text);
    diagnostics_relate(list, record, first->when->span, "this is the earlier");
    buffer_free(&name);
}

void
fact_list_tell(struct session *session, struct fact_list *list)
{
    if (list->count > 1) {
        qsort(list->items, list->count, sizeof *list->items, compare_listed);
    }
    for (size_t i = 1; i < list->count; i++) {
        const struct listed_fact *before = &list->items[i - 1];
        const struct listed_fact *fact = &list->items[i];
        if (before->fact.cell == fact->fact.cell &&
            !says_the_same(&before->fact, &fact->fact)) {
            tell(session, before, fact);
        }
    }
}
