/* What a review reads: files, folders, tables, documents, standard input. */
#ifndef CLI_INPUTS_H
#define CLI_INPUTS_H

#include "cli/cli.h"
#include "eval/review.h"

struct inputs {
    char **paths; /* every file that was named, or found in a folder; sorted
                   * as they were given, folders in order of bytes */
    size_t path_count;
    size_t path_capacity;
    struct buffer *texts;       /* beside paths; of a table its import */
    struct review_input *items; /* what is run; beside paths */
    size_t item_count;
};

/* Finds and reads all that ARGUMENTS name; false after a report. */
bool inputs_read(struct cli *cli, char **arguments, size_t count,
                 struct inputs *inputs);

void inputs_free(struct inputs *inputs);

#endif
