/* Closed intervals of doubles and arithmetic on them.
 *
 * An interval says what a figure may be: the rounding of its last digit, a
 * bound, a range.  Open ends are infinite.  Endpoints are rounded as doubles
 * are; the language compares at twelve digits, far coarser than that noise.
 */
#ifndef VALUES_INTERVAL_H
#define VALUES_INTERVAL_H

#include "values/decimal.h"

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

/* What lies no farther than REACH from MIDDLE, both times FACTOR.  The ends are
 * added in digits: those of 2.3 by 0.1 are 2.2 and 2.4, which 2.3 - 0.1 is not
 * in binary.  Numbers of more digits than a double has are added as doubles. */
struct interval interval_around(struct decimal middle, struct decimal reach,
                                double factor);

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
