/* A file that is written whole or not at all.
 *
 * What is written goes to a file beside it, which takes its place at the end,
 * with its permissions; behind a link that is the file that is meant.  What is
 * no file (a pipe, a device) is written as it comes.
 */
#ifndef BASE_OUTPUT_H
#define BASE_OUTPUT_H

#include "base/buffer.h"

struct output {
    int fd;       /* -1 once it is closed */
    char *target; /* owns; NULL when there is nothing to keep or drop */
    char *beside; /* owns; NULL where TARGET itself is written */
    struct buffer held;
    int error; /* errno of what failed first */
};

/* Opens what is to become the file at PATH; returns 0 or errno. */
int output_open(struct output *output, const char *path);

/* Takes bytes; false once something has failed.  The context is the output. */
bool output_write(void *context, const char *bytes, size_t len);

/* All is written: it is made to last, and stays beside the file.  Returns 0 or
 * errno; after an error nothing is left of it. */
int output_finish(struct output *output);

/* Puts what was finished in the place of the file, or throws away what was
 * written.  Keeping returns 0 or errno. */
int output_keep(struct output *output);
void output_drop(struct output *output);

#endif
