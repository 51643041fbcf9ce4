/* The difference of two texts, line by line, as `diff -u` writes it. */
#ifndef CLI_DIFF_H
#define CLI_DIFF_H

#include "base/buffer.h"

/* Appends how BEFORE becomes AFTER, under the names of both; nothing when they
 * are equal. */
void diff_add(struct buffer *out, const char *before_name, struct slice before,
              const char *after_name, struct slice after);

#endif
