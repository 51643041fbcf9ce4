#include "values/interval.h"

#include "values/number.h"

struct interval
interval_around(struct decimal middle, struct decimal reach, double factor)
{
    struct decimal minus = {-reach.coefficient, reach.exponent};
    struct decimal low;
    struct decimal high;
    if (decimal_add(middle, minus, &low) && decimal_add(middle, reach, &high)) {
        return (struct interval){decimal_double(low) * factor,
                                 decimal_double(high) * factor};
    }
    double value = decimal_double(middle) * factor;
    double half = decimal_double(reach) * factor;
    if (half == 0) {
        return interval_point(value);
    }
    return (struct interval){nextafter(value - half, -INFINITY),
                             nextafter(value + half, INFINITY)};
}

bool
interval_overlaps(struct interval a, struct interval b)
{
    return (a.low <= b.high || number_equal(a.low, b.high)) &&
           (b.low <= a.high || number_equal(b.low, a.high));
}

struct interval
interval_add(struct interval a, struct interval b)
{
    return (struct interval){number_add(a.low, b.low),
                             number_add(a.high, b.high)};
}

struct interval
interval_subtract(struct interval a, struct interval b)
{
    return (struct interval){number_add(a.low, -b.high),
                             number_add(a.high, -b.low)};
}

/* 0 times an open end is 0: the end is never reached. */
static double
product(double a, double b)
{
    return a == 0 || b == 0 ? 0 : a * b;
}

static struct interval
hull(double a, double b, double c, double d)
{
    return (struct interval){fmin(fmin(a, b), fmin(c, d)),
                             fmax(fmax(a, b), fmax(c, d))};
}

struct interval
interval_multiply(struct interval a, struct interval b)
{
    return hull(product(a.low, b.low), product(a.low, b.high),
                product(a.high, b.low), product(a.high, b.high));
}

struct interval
interval_divide(struct interval a, struct interval b)
{
    if (b.low <= 0 && b.high >= 0) {
        return interval_all();
    }
    struct interval inverse = {1 / b.high, 1 / b.low};
    return interval_multiply(a, inverse);
}

struct interval
interval_power(struct interval a, struct interval b)
{
    bool whole = interval_is_point(b) && b.low == floor(b.low);
    if (a.low > 0) {
        return hull(pow(a.low, b.low), pow(a.low, b.high), pow(a.high, b.low),
                    pow(a.high, b.high));
    }
    if (!whole || (b.low < 0 && a.high >= 0)) {
        return interval_all();
    }
    double low = pow(a.low, b.low);
    double high = pow(a.high, b.low);
    bool through_zero = a.low < 0 && a.high > 0;
    return hull(low, high, low, through_zero ? 0 : high);
}
