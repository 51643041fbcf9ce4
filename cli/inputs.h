/* What a review reads: files, folders, tables, documents, standard input. */
#ifndef CLI_INPUTS_H
#define CLI_INPUTS_H

#include "base/markdown.h"
#include "cli/cli.h"
#include "eval/review.h"

/* Where an input that is a block of a document comes from. */
struct input_block {
    const struct buffer *document; /* the whole of it; NULL: it is none */
    struct markdown_block shows;   /* what it prints, when the input has one */
};

struct input_file;

struct inputs {
    char **paths; /* every file that was named, or found in a folder; sorted
                   * as they were given, folders in order of bytes */
    struct input_file *files; /* beside paths */
    size_t path_count;
    size_t path_capacity;
    struct buffer *texts;       /* beside paths; of a table its import */
    struct review_input *items; /* what is run; of a document its blocks */
    struct input_block *blocks; /* beside items */
    size_t item_count;
    size_t item_capacity;
};

/* Finds all that ARGUMENTS name, then reads it; false after a report. */
bool inputs_find(struct cli *cli, char **arguments, size_t count,
                 struct inputs *inputs);
bool inputs_read(struct cli *cli, struct inputs *inputs);

/* Makes room for another item. */
void inputs_grow(struct inputs *inputs);

bool inputs_have_documents(const struct inputs *inputs);

void inputs_free(struct inputs *inputs);

#endif
