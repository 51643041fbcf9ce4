/* What a value was made of: the figures below a node that counted at a row.
 *
 * Aggregates lead to all rows that they gather, windows to the periods that
 * they reach, `?` and `if` only to the branch that was taken.  One figure may
 * come several times.
 */
#ifndef EVAL_EVIDENCE_H
#define EVAL_EVIDENCE_H

#include "eval/plan/plan.h"

struct evidence {
    const struct plan *plan;
    void *context;
    /* NODE is a PLAN_FIGURE; the row is one of its own space. */
    void (*figure)(void *context, uint32_t node, size_t period, size_t line);
};

void evidence_walk(const struct evidence *evidence, uint32_t node,
                   size_t period, size_t line);

#endif
