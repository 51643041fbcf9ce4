/* A file that is written whole or not at all.
 *
 * What is written goes to a file beside it, which takes its place at the end,
 * with its permissions, and its owner where that is allowed; behind a link that
 * is the file that is meant, also when it is not there yet.  What is no file (a
 * pipe, a device) is written as it comes.
 *
 * Where the file system can, the file beside it has no name until it is whole,
 * so that a process that is killed leaves nothing behind.  A link cannot
 * replace a file: it gets a name of its own for the moment before it is
 * renamed.
 */
#ifndef BASE_OUTPUT_H
#define BASE_OUTPUT_H

#include "base/buffer.h"

struct output {
    int fd;       /* -1 once it is closed */
    char *target; /* owns; NULL when there is nothing to keep or drop */
    char *beside; /* owns; NULL where TARGET itself is written, or nameless */
    bool
        nameless; /* FD is a file without a name, to take the place of TARGET */
    unsigned mode; /* with which a file beside it is made */
    struct buffer held;
    int error; /* errno of what failed first */
};

/* The file that is meant by PATH, behind all links, whether it is there or not;
 * to be freed. */
char *output_target(const char *path);

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
