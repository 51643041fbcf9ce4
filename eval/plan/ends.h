/* Which rows an aggregate gathers: from where to where it runs (ends.c), and
 * which figures tell of a row whether anything is known (sight.c). */
#ifndef EVAL_PLAN_ENDS_H
#define EVAL_PLAN_ENDS_H

#include "eval/plan/plan.h"

/* The periods that count in what an aggregate gathers for a row. */
struct run {
    size_t first;
    size_t last; /* the one behind */
};
struct run plan_aggregate_run(const struct plan *plan,
                              const struct plan_node *node, size_t row);

/* Which ends of an aggregate are where something is known (ends.c). */
struct ends {
    bool start;
    bool end;
};
struct ends plan_free_ends(const struct plan *plan,
                           const struct plan_node *node);

/* The periods that count with these ends, of what is known from RUN's first to
 * its last; RUN is {all periods, 0} where nothing is. */
struct run run_cut(struct ends ends, struct run run);

/* The figures that widen the runs of an aggregate (sight_widen), for the caller
 * to free; NULL where its inside is known wherever they are. */
struct sight *plan_edges(const struct plan *plan, const struct plan_node *node);

/* Is a figure of what an aggregate gathers known in a row?  SIGHT is of the
 * expression NODE and for its caller to free; it remembers what it saw, so that
 * the plan must have read its figures. */
struct sight;
struct sight *sight_new(const struct plan *plan, uint32_t node);
bool sight_row(const struct plan *plan, struct sight *sight, size_t period,
               size_t line);
void sight_free(struct sight *sight);

/* Widens the run of a line, as far as WITHIN, to where a figure of SIGHT is known
 * that is not missing for lags alone. */
void sight_widen(const struct plan *plan, struct sight *sight, size_t line,
                 struct run within, struct run *run);

#endif
