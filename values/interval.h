/* Closed intervals of doubles and arithmetic on them.
 *
 * An interval says what a figure may be: the rounding of its last digit, a
 * bound, a range.  Open ends are infinite.  Endpoints are rounded as doubles
 * are; the language compares at twelve digits, far coarser than that noise.
 */
#ifndef VALUES_INTERVAL_H
#define VALUES_INTERVAL_H

#include <math.h>
#include <stdbool.h>

struct interval {
    double low;
    double high;
};

static inline struct interval
interval_point(double value)
{
    return (struct interval){value, value};
}

static inline struct interval
interval_all(void)
{
    return (struct interval){-INFINITY, INFINITY};
}

static inline bool
interval_is_point(struct interval a)
{
    return a.low == a.high;
}

bool interval_overlaps(struct interval a, struct interval b);

struct interval interval_add(struct interval a, struct interval b);
struct interval interval_subtract(struct interval a, struct interval b);
struct interval interval_multiply(struct interval a, struct interval b);

/* A divisor with 0 inside gives everything. */
struct interval interval_divide(struct interval a, struct interval b);

/* A to the power B; everything where A is not positive, unless B is a whole
 * point. */
struct interval interval_power(struct interval a, struct interval b);

#endif
