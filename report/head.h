/* The head of a result, kept: formats need it after begin() has returned. */
#ifndef REPORT_HEAD_H
#define REPORT_HEAD_H

#include "base/arena.h"
#include "eval/result.h"

/* Copies HEAD with all its texts, in ARENA; a missing heading or unit becomes
 * the name or "", a factor of 0 becomes 1. */
struct result_head head_copy(struct arena *arena,
                             const struct result_head *head);

/* Gives every column a name of its own: the second `x` becomes `x_2`.  HEAD
 * came from head_copy; in ARENA. */
const char **head_names(struct arena *arena, const struct result_head *head);

/* A copy of VALUE with its texts, in ARENA. */
struct result_value head_keep_value(struct arena *arena,
                                    const struct result_value *value);

#endif
