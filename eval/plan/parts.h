/* The finer periods from which a figure is worked out: all of one frequency, or
 * side by side what is known of several (convert.c, cover.c); and those of which
 * a period that is written out consists (edges.c).
 */
#ifndef EVAL_PLAN_PARTS_H
#define EVAL_PLAN_PARTS_H

#include "eval/plan/plan.h"

/* How a figure adds up over time: by the rule that it was given, else by its
 * metric's. */
enum aggregation figure_rule(const struct plan *plan,
                             const struct figure *figure);

/* The first or last (END) of the periods of a frequency that lie in PERIOD: of a
 * month, the weeks of which all days do.  Of a shorter frequency than PERIOD's
 * the one that holds it. */
int32_t period_edge_in(struct period period, enum frequency to,
                       const struct calendar *calendar, bool end);

/* Turns periods that are compared with those of the rows into some of their
 * frequency, when that is settled; false after a report. */
bool plan_settle_edges(struct plan *plan);

/* The parts of one frequency of a period: cells of a finer figure, one a
 * period, in a column of its rows. */
struct figure_run {
    const struct figure *figure;
    int32_t first;
    int32_t last;
    size_t column;
};

/* Those of the period WHOLE; false when they do not fill it exactly, as half
 * years do not fill a year that begins in October. */
bool figure_find_run(const struct plan *plan, const struct figure *figure,
                     const struct figure *finer, struct period whole,
                     struct figure_run *run);

/* Turns to the column of the own line OWN of FIGURE; false for none. */
bool figure_run_line(const struct figure *figure, size_t own,
                     struct figure_run *run);

/* The cell of the part in a period; SIZE_MAX for none. */
size_t figure_run_cell(const struct figure_run *run, int32_t period);

/* A known part of a period. */
struct figure_part {
    const struct figure *figure;
    size_t cell;
    int32_t period;
    size_t length; /* in periods of the finest frequency among the parts */
};

struct figure_parts {
    struct figure_part *items; /* in order of time */
    size_t count;
    size_t capacity;
};

/* Adds the known parts of a run. */
void figure_parts_add(const struct figure_run *run, struct figure_parts *parts);
void figure_parts_free(struct figure_parts *parts);

/* Adds the parts that are known of the cell AT, none of them twice: of
 * each part what was stated, else all its parts of the coarsest frequency of
 * which all are known, else what is known of its parts.  Bounds alone do not
 * count. */
void figure_cover(const struct plan *plan, const struct figure *figure,
                  size_t at, struct figure_parts *parts);

/* Adds those of which the cell AT of a figure was worked out, of a stock only
 * the last; false when it was not. */
bool figure_find_parts(const struct plan *plan, const struct figure *figure,
                       size_t at, struct figure_parts *parts);

#endif
