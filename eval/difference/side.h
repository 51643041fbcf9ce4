/* Two streams of facts in one order, merged cell by cell: side.c reads a cell
 * of one side in words, match.c finds its facts on the other, cell.c tells how
 * two cells differ, names.c the same for
 * names, difference.c merges them.
 */
#ifndef EVAL_DIFFERENCE_SIDE_H
#define EVAL_DIFFERENCE_SIDE_H

#include "eval/difference.h"
#include "eval/export/export.h"

/* What became of a fact of one side on the other. */
enum match {
    MATCH_NONE,
    MATCH_SAME,     /* it is there */
    MATCH_MOVED,    /* ... behind others of its day, or before them */
    MATCH_GONE,     /* it is there, taken back on one side only */
    MATCH_RESTATED, /* its speaker says something else instead */
};

/* A fact of a cell in words; texts are "" for what was not said. */
struct said {
    const char *actor; /* as they are written in a statement */
    const char *source;
    day_number day;
    bool before_day;
    const char *assertion; /* = 685B USD; >= 1T USD */
    const char *notes;     /* with a blank before: note "revised" */
    const char *context;   /* of a formula: using country KR */
    const char *gone;      /* by motie because "a slip"; NULL while it stands */
    enum match match;
    size_t partner; /* on the other side, unless MATCH_NONE */
};

/* One of the two. */
struct side {
    struct session *session;
    struct export_order order;
    struct export_words words;
    struct fact fact; /* the next to be read */
    bool has_fact;
    struct fact cell; /* of the facts in ITEMS */
    struct said *items;
    size_t count;
    size_t capacity;
    struct arena arena; /* of the cell */
};

struct comparison {
    struct side sides[2]; /* before, after */
    bool (*each)(void *context, const struct difference *one);
    void *context;
    struct difference_counts *counts;
    bool going;
};

/* Counts a difference and hands it on. */
void comparison_tell(struct comparison *comparison,
                     const struct difference *one);

/* side.c: opens the order of a session's facts at its first one; false when the
 * base failed (reported).  To be closed in either case. */
bool side_open(struct side *side, struct session *session);
void side_close(struct side *side);

/* Compares the cells of the facts that come next. */
int side_compare(const struct side *a, const struct side *b);

/* Reads all facts of the next cell into ITEMS, and forgets them again. */
void side_read_cell(struct side *side);
void side_forget_cell(struct side *side);

/* match.c: finds the match of each fact that both sides have read, in the time
 * of sorting them. */
void sides_match(struct side *before, struct side *after);

/* cell.c: tells how the cells differ that both sides have read; one of them may
 * be empty. */
void comparison_tell_cell(struct comparison *comparison);

/* names.c: tells how the names differ; false when a base failed. */
bool comparison_tell_names(struct comparison *comparison);

#endif
