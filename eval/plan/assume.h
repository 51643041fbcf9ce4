/* What rests on the right side of a `?`, or on what fills a gap (assume.c): it
 * is assumed, and not computed from what was stated. */
#ifndef EVAL_PLAN_ASSUME_H
#define EVAL_PLAN_ASSUME_H

#include "eval/plan/plan.h"

/* Could it in some row? */
bool plan_may_assume(const struct plan *plan, uint32_t at);

/* Does it at a period (index in the frame) and line (of its space)?  After
 * plan_run(). */
bool plan_assumes(const struct plan *plan, uint32_t at, size_t period,
                  size_t line);

/* By cell of a pane, period by period: the caller's.  NULL when it could in no
 * row.  The aggregates beneath AT have been computed. */
bool *plan_find_assumed(const struct plan *plan, uint32_t at, struct pane pane);

#endif
