/* What the files of following share.  Private to this folder. */
#ifndef EVAL_FOLLOW_H
#define EVAL_FOLLOW_H

#include "eval/scope.h"

/* A binder for an assertion about the cell HOME: what it leaves out is the
 * cell's, and it sees what was known on AS_OF. */
void follow_binder(struct binder *binder, struct session *session,
                   struct plan *plan, const struct focus *home,
                   day_number as_of, enum reach reach);

/* A reference of a movement: `from 2022` is the actual figure of the cell in
 * that period. */
uint32_t follow_reference(struct binder *binder, const struct node *reference);

/* What the movement makes of the node FROM, or with INVERSE, the reference that
 * would give it. */
uint32_t follow_change(struct binder *binder, const struct node *move,
                       uint32_t from, bool inverse);

#endif
