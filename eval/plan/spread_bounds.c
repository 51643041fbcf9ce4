/* How far statistics of numbers that are known within bounds can lie apart.
 *
 * Quantiles and the root of the mean square grow with their numbers (the latter
 * with their amounts), so their ends are those of the ends: exact.  So is the
 * least variance: the squares of the distances from the nearest points are a
 * convex function of the mean, whose lowest point lies between two ends.  The
 * greatest lies at a corner of the box and is hard to find in general (Ferson,
 * Ginzburg, Kreinovich and others 2002), so it is enclosed: the squares about
 * any fixed number are no less than those about the mean, and the number about
 * which the farthest squares are least is taken.  What that adds to the
 * greatest sum of squares is at most the mean of the squared half-widths: drawn
 * as either end at random, each with the mean that makes that number the best,
 * the points have these squares less what their mean varies, and some draw has
 * no fewer.
 */
#include "eval/plan/plan.h"

#include <stdlib.h>

/* From the nearest point of an interval, which may be the number itself, or the
 * farthest to a number. */
static double
gap_of(const struct bounded *all, size_t i, bool farthest, double number)
{
    double above = number - all->low[i];
    double below = number - all->high[i];
    if (farthest) {
        return above > -below ? above : below;
    }
    return above < 0 ? above : below > 0 ? below : 0;
}

static double
squares(const struct bounded *all, bool farthest, double number)
{
    double sum = 0;
    for (size_t i = 0; i < all->count; i++) {
        double gap = gap_of(all, i, farthest, number);
        sum += gap * gap;
    }
    return sum;
}

/* The number between LOW and HIGH about which the squares are least: their
 * slope, twice the sum of the gaps, grows, so halving finds it. */
static double
best_centre(const struct bounded *all, bool farthest, double low, double high)
{
    for (int step = 0; step < 200 && low < high; step++) {
        double middle = low + (high - low) / 2;
        double slope = 0;
        for (size_t i = 0; i < all->count; i++) {
            slope += gap_of(all, i, farthest, middle);
        }
        if (middle == low || middle == high || slope == 0) {
            return middle;
        }
        *(slope < 0 ? &low : &high) = middle;
    }
    return low;
}

static double
least_squares(const struct bounded *all)
{
    double low = INFINITY;
    double high = -INFINITY;
    for (size_t i = 0; i < all->count; i++) {
        low = fmin(low, all->high[i]);
        high = fmax(high, all->low[i]);
    }
    return low >= high /* they have a point in common */
               ? 0
               : squares(all, false, best_centre(all, false, low, high));
}

static double
greatest_squares(const struct bounded *all)
{
    double low = INFINITY;
    double high = -INFINITY;
    for (size_t i = 0; i < all->count; i++) {
        low = fmin(low, all->low[i]);
        high = fmax(high, all->high[i]);
    }
    return isinf(low) || isinf(high)
               ? INFINITY
               : squares(all, true, best_centre(all, true, low, high));
}

static struct interval
variance_bounds(enum plan_op op, const struct bounded *all)
{
    bool sample = op == PLAN_VAR_SAMP || op == PLAN_STDDEV_SAMP;
    bool root = op == PLAN_STDDEV_SAMP || op == PLAN_STDDEV_POP;
    double count = (double)(sample ? all->count - 1 : all->count);
    struct interval ends = {least_squares(all) / count, 0};
    if (all->count > 1) {
        ends.high = greatest_squares(all) / count;
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
            sqrt(squares(all, false, 0) / (double)all->count),
            sqrt(squares(all, true, 0) / (double)all->count)};
    }
    return variance_bounds(op, all);
}

struct cell
statistic_cell(enum plan_op op, double *values, struct bounded *all,
               double part)
{
    bool missing = false;
    struct cell cell = {NAN, NAN, NAN};
    for (size_t i = 0; i < all->count; i++) {
        missing = missing || isnan(values[i]);
    }
    if (!missing) {
        cell.value = statistic(op, values, all->count, part);
    }
    if (!all->low || (isnan(cell.value) && !missing)) {
        return cell;
    }
    struct interval ends = statistic_bounds(op, all, part);
    bool open = ends.low == -INFINITY && ends.high == INFINITY;
    if (!open || !isnan(cell.value)) {
        cell.low = fmin(ends.low, cell.value);
        cell.high = fmax(ends.high, cell.value);
    }
    return cell;
}
