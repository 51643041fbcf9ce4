/* What the files of a comparison share.  Private to this folder. */
#ifndef EVAL_COMPARE_H
#define EVAL_COMPARE_H

#include "eval/question.h"

enum { COMPARED_MAX = 64, COMPARE_COLUMNS = 8 };

/* One figure of the comparison. */
struct compared {
    uint32_t node;
    uint32_t difference; /* UINT32_MAX for the base, and across units */
    uint32_t percent;
    const char **units; /* by line: as answer_line_units() */
    const char *label;
    bool asked; /* named by the user: shown also when unknown */
};

struct comparison {
    struct question question;
    struct figure_names base; /* names of the first figure */
    struct compared items[COMPARED_MAX];
    size_t count;
    bool wrote; /* the last item made a row */
};

/* compare_rows.c: the table of a comparison that was computed. */
void compare_write(struct comparison *comparison);

#endif
