/* What the files that declare share: what a declaration says of a name.
 * Private to this folder. */
#ifndef EVAL_DECLARE_H
#define EVAL_DECLARE_H

#include "eval/session.h"
#include "parser/tree.h"
#include "store/store.h"

/* A title that was written, without quotes, "" for none; NULL after a
 * report. */
const char *declare_title(struct session *session, const struct node *title);

/* The entry of a name that stands; 0 when it is new. */
uint32_t declare_existing(struct session *session, enum name_class class,
                          const struct node *name);

/* declare_definition.c */
bool declare_definition(struct session *session, const struct node *node);

#endif
