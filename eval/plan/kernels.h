/* What the kernels of arithmetic share: operands, loops over cells, and the
 * scalars of which bounds are made too.  Private to this folder. */
#ifndef EVAL_PLAN_KERNELS_H
#define EVAL_PLAN_KERNELS_H

#include "eval/plan/plan.h"
#include "values/number.h"

/* One operand seen from the shape of its operator. */
struct operand {
    const double *values;
    const double *low;
    const double *high;
    size_t period_step;
    size_t line_step;
};

static inline double
finite(double a)
{
    return isfinite(a) ? a : NAN;
}

static inline double
less(double a, double b)
{
    return isnan(a) || isnan(b) ? NAN : a < b && !number_equal(a, b);
}

static inline double
at_most(double a, double b)
{
    return isnan(a) || isnan(b) ? NAN : a < b || number_equal(a, b);
}

/* Each cell of a pane: line L of period P, which begins at ROW. */
#define EACH_CELL(to, ...)                                                     \
    for (size_t p = 0; p < (to)->pane.periods; p++) {                          \
        const size_t row = p * (to)->stride;                                   \
        for (size_t l = 0; l < (to)->pane.lines; l++) {                        \
            __VA_ARGS__;                                                       \
        }                                                                      \
    }

#define AT(x) ((x).values[p * (x).period_step + l * (x).line_step])
#define INTERVAL_AT(x)                                                         \
    ((struct interval){(x).low[p * (x).period_step + l * (x).line_step],       \
                       (x).high[p * (x).period_step + l * (x).line_step]})

/* A point where there is one, else what bounds it. */
#define POINT_AT(x) (isnan(AT(x)) ? INTERVAL_AT(x) : interval_point(AT(x)))

/* kernel_bounds.c: the bounds of what NODE gives, and comparisons where an
 * operand has bounds alone; the numbers are there. */
void kernel_bounds(const struct plan_node *node, struct block *to,
                   struct operand a, struct operand b, struct operand c);

/* Numbers are their own bounds. */
void kernel_point_bounds(struct block *to);

/* LOW and HIGH of their operand's bounds, and how many digits they leave. */
void kernel_ends(const struct plan_node *node, struct block *to,
                 struct operand a);
void kernel_digits(struct block *to, struct operand a, struct operand unit);

#endif
