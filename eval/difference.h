/* How two sessions differ: in facts that were added, withdrawn or restated, and
 * in names.  Both are read in one order and merged, so that memory holds one
 * cell of each.
 */
#ifndef EVAL_DIFFERENCE_H
#define EVAL_DIFFERENCE_H

#include "eval/session.h"

enum change {
    CHANGE_ADDED,
    CHANGE_WITHDRAWN, /* not there any more, or taken back */
    CHANGE_RESTATED,  /* another value or day of the same speaker instead */
    CHANGE_COUNT
};

const char *change_text(enum change change);

/* Texts live until the call returns. */
struct difference {
    enum change change;
    bool is_name;       /* a declaration, not a fact */
    const char *figure; /* target 2023 exports[KR]; metric exports */
    const char *actor;  /* as it is written; "" for none */
    day_number day;     /* on which it was stated; DAY_NONE for none */
    bool before_day;    /* ... or on some day before the next one */
    const char *before; /* all that was said, as statements with their day;
                         * "" when nothing was */
    const char *after;
    const char *sentence; /* all of it, for people: = 685B USD by motie */
};

struct difference_counts {
    size_t facts[CHANGE_COUNT];
    size_t names[CHANGE_COUNT];
};

/* Tells EACH how AFTER differs from BEFORE; false from it ends the comparison.
 * Messages go to the diagnostics of the session that failed. */
enum run_status session_compare(struct session *before, struct session *after,
                                bool (*each)(void *context,
                                             const struct difference *one),
                                void *context,
                                struct difference_counts *counts);

#endif
