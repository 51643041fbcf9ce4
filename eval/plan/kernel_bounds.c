/* Low and high follow the same paths as the numbers, by interval arithmetic;
 * and where an operand has no number, its bounds decide a comparison. */
#include "eval/plan/kernels.h"

static bool
is_known(struct interval a)
{
    return !isnan(a.low);
}

static double
decide(bool always, bool never)
{
    return always ? 1 : never ? 0 : NAN;
}

/* Comparisons of operands of which one has no point, or of `possibly` and
 * `certainly`. */
static double
compare_intervals(enum plan_op op, struct interval a, struct interval b)
{
    bool overlap;
    bool below; /* a is below b whatever they are */
    bool above;
    bool at_or_below;
    if (!is_known(a) || !is_known(b)) {
        return NAN;
    }
    overlap = interval_overlaps(a, b);
    below = less(a.high, b.low) == 1;
    above = less(b.high, a.low) == 1;
    at_or_below = at_most(a.high, b.low) == 1;
    bool same_point = interval_is_point(a) && interval_is_point(b) &&
                      number_equal(a.low, b.low);
    switch ((int)op) {
    case PLAN_AGREES:
    case PLAN_POSSIBLY_EQ:
        return overlap;
    case PLAN_CERTAINLY_EQ:
        return same_point;
    case PLAN_POSSIBLY_LT:
        return less(a.low, b.high) == 1;
    case PLAN_POSSIBLY_LE:
        return !above;
    case PLAN_CERTAINLY_LT:
        return below;
    case PLAN_CERTAINLY_LE:
        return at_or_below;
    case PLAN_EQ:
        return decide(same_point, !overlap);
    case PLAN_LT:
        return decide(below, at_most(b.high, a.low) == 1);
    default:
        return decide(at_or_below, above);
    }
}

/* A point comparison stays; without points the intervals decide. */
static void
refine_comparison(const struct plan_node *node, struct block *to,
                  struct operand a, struct operand b)
{
    bool on_points =
        node->op == PLAN_EQ || node->op == PLAN_LT || node->op == PLAN_LE;
    EACH_CELL(to, {
        if (!on_points || isnan(to->values[row + l])) {
            to->values[row + l] = compare_intervals(
                node->op, on_points ? POINT_AT(a) : INTERVAL_AT(a),
                on_points ? POINT_AT(b) : INTERVAL_AT(b));
        }
    })
}

static struct interval
absolute(struct interval a)
{
    if (a.low >= 0) {
        return a;
    }
    if (a.high <= 0) {
        return (struct interval){-a.high, -a.low};
    }
    return (struct interval){0, fmax(-a.low, a.high)};
}

/* Is some number of A within the part REACH of some number of B that is not
 * negative? */
static bool
meets_above_zero(struct interval a, struct interval b, double reach)
{
    double low = fmax(fmax(b.low, 0), a.low / (1 + reach));
    double high = b.high;
    if (reach < 1) {
        high = fmin(high, a.high / (1 - reach));
    } else if (reach > 1) {
        low = fmax(low, a.high / (1 - reach));
    } else if (a.high < 0) {
        return false;
    }
    return b.high >= 0 && at_most(low, high) == 1;
}

static double
times(double factor, double end)
{
    return factor == 0 ? 0 : factor * end; /* an open end too */
}

/* a = b within a share of b. */
static double
near_share(struct interval a, struct interval b, struct interval reach)
{
    struct interval below_a = {-a.high, -a.low};
    struct interval below_b = {-b.high, -b.low};
    double share = reach.low;
    bool none = !meets_above_zero(a, b, reach.high) &&
                !meets_above_zero(below_a, below_b, reach.high);
    /* The interval around each b lies around A: its lower end is b less its
     * share, which is highest at an end of B or at 0. */
    double low = fmax(times(1 - copysign(share, b.low), b.low),
                      times(1 - copysign(share, b.high), b.high));
    double high = fmin(times(1 + copysign(share, b.low), b.low),
                       times(1 + copysign(share, b.high), b.high));
    if (b.low < 0 && b.high > 0) {
        low = fmax(low, 0);
        high = fmin(high, 0);
    }
    return decide(at_most(low, a.low) == 1 && at_most(a.high, high) == 1, none);
}

/* a = b within a tolerance, of operands of which one has no point. */
static double
near_intervals(bool relative, struct interval a, struct interval b,
               struct interval reach)
{
    if (!is_known(a) || !is_known(b) || !is_known(reach) || reach.low < 0) {
        return NAN;
    }
    if (relative) {
        return near_share(a, b, reach);
    }
    double least = fmax(fmax(b.low - a.high, a.low - b.high), 0);
    double most = fmax(a.high - b.low, b.high - a.low);
    return decide(at_most(most, reach.low) == 1, less(reach.high, least) == 1);
}

static void
refine_near(bool relative, struct block *to, struct operand a, struct operand b,
            struct operand c)
{
    EACH_CELL(to, {
        if (isnan(to->values[row + l])) {
            to->values[row + l] =
                near_intervals(relative, POINT_AT(a), POINT_AT(b), POINT_AT(c));
        }
    })
}

/* The same of `possibly` and `certainly`: for some of what the operands may be,
 * for all of it. */
static void
run_near_mode(enum plan_op op, struct block *to, struct operand a,
              struct operand b, struct operand c)
{
    bool relative =
        op == PLAN_POSSIBLY_NEAR_REL || op == PLAN_CERTAINLY_NEAR_REL;
    bool possibly = op == PLAN_POSSIBLY_NEAR || op == PLAN_POSSIBLY_NEAR_REL;
    EACH_CELL(to, {
        struct interval reach = INTERVAL_AT(c);
        bool known = is_known(INTERVAL_AT(a)) && is_known(INTERVAL_AT(b)) &&
                     is_known(reach) && reach.low >= 0;
        double always =
            near_intervals(relative, INTERVAL_AT(a), INTERVAL_AT(b), reach);
        to->values[row + l] = !known ? NAN : isnan(always) ? possibly : always;
    })
}

/* What has bounds is not unknown: nothing is put in its place. */
static void
keep_bounded(struct block *to, struct operand a)
{
    EACH_CELL(to, {
        if (isnan(AT(a)) && is_known(INTERVAL_AT(a))) {
            to->values[row + l] = NAN;
        }
    })
}

static struct interval
unknown_interval(void)
{
    return (struct interval){NAN, NAN};
}

static struct interval
monotone(double (*f)(double), struct interval a, double lowest)
{
    if (a.high < lowest) {
        return unknown_interval();
    }
    return (struct interval){f(a.low < lowest ? lowest : a.low), f(a.high)};
}

/* May two of these have the same sign? */
static bool
ratio_is_open(struct interval a, struct interval b)
{
    bool zero = b.low == 0 && b.high == 0;
    return !zero && !(a.high < 0 && b.low >= 0) && !(a.low > 0 && b.high <= 0);
}

/* Where the leading digit of A stands in a number of UNITs, as a power of
 * ten.  What equals a power of ten begins with a 1. */
static double
leading_place(double a, double unit)
{
    double size = fabs(a / unit);
    double place = floor(log10(size));
    return number_equal(size, pow(10, place + 1)) ? place + 1 : place;
}

/* Half a unit of the leading digit of A both ways. */
static struct interval
about(double a, double unit)
{
    double half = pow(10, leading_place(a, unit)) * unit / 2;
    return isfinite(half) ? (struct interval){a - half, a + half}
                          : unknown_interval();
}

/* How many digits of A, from the first on, its bounds leave: those with which
 * it is shown.  NaN for an exact number, as for one without a point. */
static double
digits_left(double a, struct interval bounds, double unit)
{
    double low = bounds.low / unit;
    double high = bounds.high / unit;
    double digits;
    if (isnan(a) || !isfinite(low) || !isfinite(high) ||
        number_equal(low, high)) {
        return NAN;
    }
    digits = a != 0 ? leading_place(a, unit) -
                          number_place_of_interval(low, high) + 1
                    : 0;
    return digits > 0 ? digits : 0;
}

static struct interval
bounds_value(enum plan_op op, struct interval a, struct interval b,
             struct interval c, double point)
{
    bool both = is_known(a) && is_known(b);
    switch ((int)op) {
    case PLAN_NEGATE:
        return (struct interval){-a.high, -a.low};
    case PLAN_ADD:
        return both ? interval_add(a, b) : unknown_interval();
    case PLAN_SUBTRACT:
        return both ? interval_subtract(a, b) : unknown_interval();
    case PLAN_MULTIPLY:
        return both ? interval_multiply(a, b) : unknown_interval();
    case PLAN_DIVIDE:
        return both && !(b.low == 0 && b.high == 0) ? interval_divide(a, b)
                                                    : unknown_interval();
    case PLAN_RATIO:
        return both && ratio_is_open(a, b) ? interval_divide(a, b)
                                           : unknown_interval();
    case PLAN_POWER:
        return both ? interval_power(a, b) : unknown_interval();
    case PLAN_ORELSE:
        return is_known(a) ? a : b;
    case PLAN_IF:
        return isnan(point) ? unknown_interval() : point != 0 ? b : c;
    case PLAN_ABS:
        return is_known(a) ? absolute(a) : a;
    case PLAN_ABOUT:
        return about(point, b.low);
    case PLAN_POSITIVE:
        return a.high > 0 ? (struct interval){fmax(a.low, 0), a.high}
                          : unknown_interval();
    case PLAN_SQRT:
        return monotone(sqrt, a, 0);
    case PLAN_LN:
        return monotone(log, a, 0);
    case PLAN_EXP:
        return monotone(exp, a, -INFINITY);
    default:
        return unknown_interval();
    }
}

/* Operands that are points, and no result: there is none, such as of 1 / 0 and
 * ln(0), whatever the rounding around them would allow. */
static bool
has_no_value(enum plan_op op, double a, double b, bool has_b)
{
    bool computes = op != PLAN_ORELSE && op != PLAN_IF;
    return computes && !isnan(a) && !(has_b && isnan(b));
}

static void
run_bounds(const struct plan_node *node, struct block *to, struct operand a,
           struct operand b, struct operand c)
{
    bool has_b = b.values != NULL;
    bool has_c = c.values != NULL;
    EACH_CELL(to, {
        struct interval result =
            bounds_value(node->op, INTERVAL_AT(a),
                         has_b ? INTERVAL_AT(b) : unknown_interval(),
                         has_c ? INTERVAL_AT(c) : unknown_interval(), AT(a));
        double point = to->values[row + l];
        bool nothing =
            isnan(point) &&
            ((isinf(result.low) && isinf(result.high)) ||
             has_no_value(node->op, AT(a), has_b ? AT(b) : 0, has_b));
        if (isnan(result.low) || isnan(result.high) || nothing) {
            result = (struct interval){point, point};
        }
        to->low[row + l] = result.low;
        to->high[row + l] = result.high;
    })
}

void
kernel_point_bounds(struct block *to)
{
    for (size_t p = 0; to->low && p < to->pane.periods; p++) {
        size_t row = p * to->stride;
        size_t bytes = to->pane.lines * sizeof(double);
        memcpy(to->low + row, to->values + row, bytes);
        memcpy(to->high + row, to->values + row, bytes);
    }
}

void
kernel_ends(const struct plan_node *node, struct block *to, struct operand a)
{
    EACH_CELL(to, {
        struct interval bounds = INTERVAL_AT(a);
        to->values[row + l] =
            finite(node->op == PLAN_LOW ? bounds.low : bounds.high);
    })
}

void
kernel_digits(struct block *to, struct operand a, struct operand unit)
{
    EACH_CELL(to, to->values[row + l] =
                      digits_left(AT(a), INTERVAL_AT(a), AT(unit)))
}

void
kernel_bounds(const struct plan_node *node, struct block *to, struct operand a,
              struct operand b, struct operand c)
{
    if (node->op == PLAN_ORELSE) {
        keep_bounded(to, a);
    }
    if (node->op >= PLAN_EQ && node->op <= PLAN_CERTAINLY_LE) {
        refine_comparison(node, to, a, b);
    } else if (node->op == PLAN_NEAR || node->op == PLAN_NEAR_REL) {
        refine_near(node->op == PLAN_NEAR_REL, to, a, b, c);
    } else if (node->op >= PLAN_POSSIBLY_NEAR &&
               node->op <= PLAN_CERTAINLY_NEAR_REL) {
        run_near_mode(node->op, to, a, b, c);
    }
    if (to->low && node->op != PLAN_LOW && node->op != PLAN_HIGH) {
        run_bounds(node, to, a, b, c);
    } else {
        kernel_point_bounds(to);
    }
}
