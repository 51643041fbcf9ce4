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

/* While what was said of a fact is bound once more. */
struct follow_reading {
    const struct node *assertion; /* NULL: nothing but an amount */
    struct focus home;            /* its cell; with ASSERTION */
    struct context context;       /* of the session, to be put back */
    size_t sources;
    size_t messages;
    size_t parsed;
};

/* follow_read.c: reads what was said of FACT, in the context in which it was
 * said; false when the base failed.  Whatever came of it, the second one puts
 * the session back and forgets the messages, which were given when the fact was
 * stated; false when one of them says that the base failed. */
bool follow_begin(struct session *session, const struct fact *fact,
                  struct follow_reading *reading);
bool follow_end(struct session *session, const struct follow_reading *reading);

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

/* What the amount of FACT, which moved so, makes of its *REFERENCE; UINT32_MAX
 * when nothing does.  And the cell of a reference, if it is a figure. */
uint32_t follow_bind_inverse(struct session *session, struct plan *plan,
                             const struct focus *home, const struct fact *fact,
                             const struct node *move, uint32_t *reference);
uint64_t follow_cell(const struct plan *plan, uint32_t reference);

#endif
