/* Which rows of a vintage say something of their own: shared by what shows rows
 * and by what gathers them. */
#ifndef EVAL_PLAN_SAID_H
#define EVAL_PLAN_SAID_H

#include "eval/plan/plan.h"

/* False when a row of a space belongs to a vintage in which nothing was
 * said of it: it would only repeat an earlier one. */
bool plan_row_said(const struct plan *plan, size_t space, size_t period,
                   size_t line);

/* Does an aggregate gather several vintages?  Then such rows are no part of it.
 */
bool plan_mixes_vintages(const struct plan *plan, const struct plan_node *node);

/* By line of a space: the first of those that differ from it in their vintage
 * alone.  The caller's. */
uint32_t *plan_lines_alike(const struct plan *plan, size_t space);

#endif
