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

/* The factor or term by which a movement changes its reference; RELATIVE tells
 * which. */
uint32_t follow_amount(struct binder *binder, const struct node *move,
                       bool *relative);

/* The tree of an assertion that is kept as text.  Its spans point nowhere. */
const struct node *follow_parse(struct session *session, const char *assertion);

/* The cell of a fact, and what its amount is. */
void follow_home(const struct session *session, const struct fact *fact,
                 struct focus *home);
struct type follow_type(const struct session *session, const struct fact *fact);

/* Does a message from number FROM on say that the base failed? */
bool follow_failed(const struct session *session, size_t from);

/* What the movement makes of the node FROM, or with INVERSE, the reference that
 * would give it. */
uint32_t follow_change(struct binder *binder, const struct node *move,
                       uint32_t from, bool inverse);

#endif
