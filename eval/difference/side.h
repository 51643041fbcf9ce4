/* Two streams of facts in one order, merged cell by cell: side.c reads a cell of
 * one side in words, cell.c tells how two cells differ, names.c the same for
 * names, difference.c merges them.
 */
#ifndef EVAL_DIFFERENCE_SIDE_H
#define EVAL_DIFFERENCE_SIDE_H

#include "eval/difference.h"
#include "eval/export/export.h"

/* A fact of a cell in words. */
struct said {
    const char *actor; /* "" for nobody */
    struct slice source;
    day_number day;
    bool before_day;
    bool gone;         /* taken back */
    bool settled;      /* its counterpart is found, or it was told */
    const char *value; /* 685B USD; >= 1T USD */
    const char *more;  /* other annotations, and that it was taken back */
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

/* cell.c: tells how the cells differ that both sides have read; one of them may
 * be empty. */
void comparison_tell_cell(struct comparison *comparison);

/* names.c: tells how the names differ; false when a base failed. */
bool comparison_tell_names(struct comparison *comparison);

#endif
