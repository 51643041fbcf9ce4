/* "Did you mean": the name nearest to what was written.
 *
 * Candidates are offered one by one; the best within reach is kept: one edit
 * for names below five letters, a third of the length above.  A candidate that
 * differs in case only always wins.
 */
#ifndef BASE_SUGGEST_H
#define BASE_SUGGEST_H

#include "base/slice.h"

struct suggestion {
    struct slice wanted; /* borrows */
    struct slice best;   /* borrows; empty when none is near */
    size_t distance;
};

void suggestion_init(struct suggestion *suggestion, struct slice wanted);
void suggestion_offer(struct suggestion *suggestion, struct slice candidate);

/* Edits (insert, delete, replace, swap of neighbours) between two texts,
 * counted in bytes; LIMIT + 1 for anything farther than LIMIT. */
size_t edit_distance(struct slice a, struct slice b, size_t limit);

#endif
