/* What gives a space its lines (align.c): figures that stand in it, and
 * aggregates, each along some of its dimensions. */
#ifndef EVAL_PLAN_GIVERS_H
#define EVAL_PLAN_GIVERS_H

#include "eval/plan/plan.h"
#include "eval/plan/tuples.h"

struct giver {
    const struct figure *figure; /* one of both; the other is NULL */
    const struct plan_node *node;
    size_t which[SPACE_DIMENSIONS_MAX]; /* dimensions of the space that it has,
                                         * ascending */
    size_t count;
    struct tuples tuples; /* along these */
};

/* All that a space has lines from; *COUNT of them, the caller's, as their
 * tuples are. */
struct giver *givers_find(const struct plan *plan, size_t space, size_t *count);

/* By node: is it a value of its own in a space, not a part of another one
 * there?  The caller's. */
bool *givers_roots(const struct plan *plan, size_t space);

/* The givers of which the value AT needs several to have all dimensions of its
 * SPACE, when it needs none that has them alone: how many were put into SOME,
 * which has room for a giver per node; their tuples stay with GIVERS.  0 when
 * there are none. */
size_t givers_join(const struct plan *plan, size_t space, uint32_t at,
                   const struct giver *givers, size_t count,
                   struct giver *some);

/* The position in its metric of each dimension of a figure's space; -1: it has
 * none, or the figure does not spread it. */
void figure_map_dimensions(const struct plan *plan, const struct figure *figure,
                           int *positions);

/* The group over whose members alone figures of a space run along DIMENSION; 0
 * for none. */
uint32_t space_group(const struct plan *plan, size_t space, uint32_t dimension);

#endif
