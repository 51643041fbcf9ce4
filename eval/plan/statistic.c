/* Reductions that need all their numbers at once. */
#include "eval/plan/plan.h"
#include "values/number.h"

#include <stdlib.h>

static int
compare_numbers(const void *a, const void *b)
{
    double left = *(const double *)a;
    double right = *(const double *)b;
    return (left > right) - (left < right);
}

static double
quantile(double *values, size_t count, double part)
{
    qsort(values, count, sizeof *values, compare_numbers);
    double at = part * (double)(count - 1);
    size_t below = (size_t)at;
    size_t above = below + 1 < count ? below + 1 : below;
    double rest = at - (double)below;
    return rest > 0 ? values[below] + rest * (values[above] - values[below])
                    : values[below]; /* whatever the next, which may be open */
}

static double
sum_of(const double *values, size_t count)
{
    struct number_sum sum = {0};
    for (size_t i = 0; i < count; i++) {
        number_sum_add(&sum, values[i]);
    }
    return number_sum_total(sum);
}

/* The sum of squares about the mean, in two passes. */
static double
variation(double *values, size_t count)
{
    double mean = sum_of(values, count) / (double)count;
    for (size_t i = 0; i < count; i++) {
        double gap = number_add(values[i], -mean);
        values[i] = gap * gap;
    }
    return sum_of(values, count);
}

static double
root_mean_square(double *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        values[i] *= values[i];
    }
    return sqrt(sum_of(values, count) / (double)count);
}

double
statistic(enum plan_op op, double *values, size_t count, double part)
{
    bool sample = op == PLAN_VAR_SAMP || op == PLAN_STDDEV_SAMP;
    bool root = op == PLAN_STDDEV_SAMP || op == PLAN_STDDEV_POP;
    double result;
    if (count == 0 || (sample && count == 1)) {
        return NAN;
    }
    if (op == PLAN_MEDIAN || op == PLAN_QUANTILE) {
        result = quantile(values, count, op == PLAN_MEDIAN ? 0.5 : part);
    } else if (op == PLAN_RMS) {
        result = root_mean_square(values, count);
    } else {
        result =
            variation(values, count) / (double)(sample ? count - 1 : count);
        result = root ? sqrt(result) : result;
    }
    return isfinite(result) ? result : NAN;
}
