/* The frame of a question as a table.  Private to the questions. */
#ifndef EVAL_FRAME_H
#define EVAL_FRAME_H

#include "eval/question.h"

/* Items and their bounds as columns. */
struct frame_columns {
    struct result_column *items;
    uint32_t *nodes;     /* beside the items behind the keys */
    uint8_t *parts;      /* 0 the value, 1 its low, 2 its high */
    const char ***units; /* by line: as answer_line_units() */
    size_t keys;
    size_t count;
};

/* Begins with the keys of the rows; room for ITEMS with their bounds. */
void frame_columns_init(struct question *question,
                        struct frame_columns *columns, size_t items);

/* Adds NODE, or with PART 1 or 2 its low or high end. */
void frame_add_column(struct question *question, struct frame_columns *columns,
                      uint32_t node, uint8_t part, const char *name);

/* Writes head, rows and foot to the sink. */
void frame_write(struct question *question, struct frame_columns *columns);

#endif
