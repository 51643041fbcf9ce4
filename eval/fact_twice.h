/* The facts of one list, `actual exports: 2019 = 542.2B, 2020 = 512.5B`: does
 * it speak of a cell twice?  They share kind, metric, members and day. */
#ifndef EVAL_FACT_TWICE_H
#define EVAL_FACT_TWICE_H

#include "eval/scope.h"

struct listed_fact {
    struct fact fact;
    const struct node *when; /* its period as it is written */
    size_t at;               /* in the list, base 0 */
};

/* All zero: an empty list. */
struct fact_list {
    struct listed_fact *items; /* owns */
    size_t count;
    size_t capacity;
};

void fact_list_free(struct fact_list *list);
void fact_list_add(struct fact_list *list, const struct fact *fact,
                   const struct node *when);

/* Adds a note for each fact that says something else of a cell of which an
 * earlier one has spoken.  Brings the list into another order. */
void fact_list_tell(struct session *session, struct fact_list *list);

#endif
