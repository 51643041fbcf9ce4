/* How far statistics of numbers that are known within bounds can lie apart.
 *
 * Quantiles and the root of the mean square grow with their numbers (the latter
 * with their amounts), so their ends are those of the ends: exact.  So is the
 * least variance: the squares of the distances from the nearest points are a
 * convex function of the mean, whose lowest point lies between two ends.  The
 * greatest is hard to find in general (Ferson, Ginzburg, Kreinovich and others
 * 2002), so it is enclosed: the squares about any fixed number are no less than
 * those about the mean, and the mean of the middles is taken for it.
 */
#include "eval/plan/plan.h"

#include <stdlib.h>

static double
distance(double from, double low, double high)
{
    return from < low ? low - from : from > high ? from - high : 0;
}

static double
nearest_squares(const struct bounded *all, double from)
{
    double sum = 0;
    for (size_t i = 0; i < all->count; i++) {
        double gap = distance(from, all->low[i], all->high[i]);
        sum += gap * gap;
    }
    return sum;
}

static double
farthest_squares(const struct bounded *all, double from)
{
    double sum = 0;
    for (size_t i = 0; i < all->count; i++) {
        double gap = fmax(fabs(all->low[i] - from), fabs(all->high[i] - from));
        sum += gap * gap;
    }
    return sum;
}

/* The number about which the nearest squares are least: their slope grows, so
 * halving finds it. */
static double
best_centre(const struct bounded *all)
{
    double low = INFINITY;
    double high = -INFINITY;
    for (size_t i = 0; i < all->count; i++) {
        low = fmin(low, all->high[i]);
        high = fmax(high, all->low[i]);
    }
    if (low >= high) {
        return isfinite(high) ? high : isfinite(low) ? low : 0;
    }
    for (int step = 0; step < 200 && low < high; step++) {
        double middle = low + (high - low) / 2;
        double slope = 0;
        for (size_t i = 0; i < all->count; i++) {
            slope += middle < all->low[i]    ? middle - all->low[i]
                     : middle > all->high[i] ? middle - all->high[i]
                                             : 0;
        }
        if (middle == low || middle == high || slope == 0) {
            return middle;
        }
        *(slope < 0 ? &low : &high) = middle;
    }
    return low;
}

static double
mean_of_middles(const struct bounded *all)
{
    double sum = 0;
    for (size_t i = 0; i < all->count; i++) {
        sum += all->low[i] + (all->high[i] - all->low[i]) / 2;
    }
    return sum / (double)all->count;
}

static struct interval
variance_bounds(enum plan_op op, const struct bounded *all)
{
    bool sample = op == PLAN_VAR_SAMP || op == PLAN_STDDEV_SAMP;
    bool root = op == PLAN_STDDEV_SAMP || op == PLAN_STDDEV_POP;
    double count = (double)(sample ? all->count - 1 : all->count);
    struct interval ends = {nearest_squares(all, best_centre(all)) / count, 0};
    if (all->count > 1) {
        ends.high = farthest_squares(all, mean_of_middles(all)) / count;
    }
    if (isnan(ends.high)) { /* an end is open */
        ends.high = INFINITY;
    }
    return root ? (struct interval){sqrt(ends.low), sqrt(ends.high)} : ends;
}

struct interval
statistic_bounds(enum plan_op op, struct bounded *all, double part)
{
    bool sample = op == PLAN_VAR_SAMP || op == PLAN_STDDEV_SAMP;
    if (all->count == 0 || (sample && all->count == 1)) {
        return (struct interval){NAN, NAN};
    }
    if (op == PLAN_MEDIAN || op == PLAN_QUANTILE) {
        double low = statistic(op, all->low, all->count, part);
        double high = statistic(op, all->high, all->count, part);
        return (struct interval){isnan(low) ? -INFINITY : low,
                                 isnan(high) ? INFINITY : high};
    }
    if (op == PLAN_RMS) {
        return (struct interval){
            sqrt(nearest_squares(all, 0) / (double)all->count),
            sqrt(farthest_squares(all, 0) / (double)all->count)};
    }
    return variance_bounds(op, all);
}
