/* The columns of `why`: what, its value, who stated it, when, in which source
 * and where.  Those of `why EXPR` and of `why RULE for FIGURE` are the same,
 * but that the days of a rule are texts. */
#ifndef EVAL_WHY_H
#define EVAL_WHY_H

#include "eval/result.h"

#define WHY_COLUMN_LIST(X)                                                     \
    X(WHAT, "what")                                                            \
    X(VALUE, "value")                                                          \
    X(ACTOR, "actor")                                                          \
    X(STATED, "stated")                                                        \
    X(SOURCE, "source")                                                        \
    X(PLACE, "place")

enum why_column {
#define X(name, word) WHY_##name,
    WHY_COLUMN_LIST(X)
#undef X
        WHY_COLUMNS
};

/* Fills COLUMNS, all of them, of texts but for the day, which is of type
 * STATED. */
void why_columns(struct result_column *columns, enum value_type stated);

#endif
