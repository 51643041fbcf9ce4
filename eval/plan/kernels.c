/* The arithmetic of columns.
 *
 * Each kernel works row by row of a pane; an operand that does not vary along
 * an axis is read with stride 0.  Low and high follow the same paths as
 * interval arithmetic, only when the plan asks for bounds.
 */
#include "eval/plan/plan.h"
#include "values/number.h"

#include <stdlib.h>

/* One operand seen from the shape of its operator. */
struct operand {
    const double *values;
    const double *low;
    const double *high;
    size_t period_step;
    size_t line_step;
};

static struct operand
operand_of(const struct plan *plan, uint32_t at, struct pane pane)
{
    if (at == UINT32_MAX) {
        return (struct operand){0};
    }
    const struct plan_node *node = &plan->nodes[at];
    struct block from = plan_block(plan, at, node_pane(node, pane));
    return (struct operand){
        .values = from.values,
        .low = from.low ? from.low : from.values,
        .high = from.high ? from.high : from.values,
        .period_step = node->varies & VARIES_PERIOD ? from.stride : 0,
        .line_step = node->varies & VARIES_LINE ? 1 : 0,
    };
}

/* Scalars ---------------------------------------------------------------- */

static inline double
divide(double a, double b)
{
    double result = a / b;
    return isfinite(result) ? result : NAN;
}

/* A negative base or result makes growth a number without a meaning. */
static inline double
ratio(double a, double b)
{
    return (a < 0 && b > 0) || (a > 0 && b < 0) ? NAN : divide(a, b);
}

static inline double
power(double a, double b)
{
    double result = isnan(a) || isnan(b) ? NAN : pow(a, b);
    return isfinite(result) ? result : NAN;
}

static inline double
finite(double a)
{
    return isfinite(a) ? a : NAN;
}

static inline double
equal(double a, double b)
{
    return isnan(a) || isnan(b) ? NAN : number_equal(a, b);
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

static inline double
kleene_and(double a, double b)
{
    return a == 0 || b == 0 ? 0 : isnan(a) || isnan(b) ? NAN : 1;
}

static inline double
kleene_or(double a, double b)
{
    return a == 1 || b == 1 ? 1 : isnan(a) || isnan(b) ? NAN : 0;
}

static inline double
near(double a, double b, double reach)
{
    double gap = fabs(a - b);
    return isnan(gap) || isnan(reach) || reach < 0
               ? NAN
               : gap <= reach || number_equal(gap, reach);
}

/* A number of units to a whole one.  What lies as near to a whole number as two
 * equal numbers do is one. */
static double
whole(enum plan_op op, double a)
{
    double nearest = number_round(a);
    if (number_equal(a, nearest)) {
        return nearest;
    }
    switch ((int)op) {
    case PLAN_ROUND_EVEN: {
        bool tie = number_equal(fabs(a - trunc(a)), 0.5);
        return tie ? 2 * number_round(a / 2) : nearest;
    }
    case PLAN_TRUNC:
        return trunc(a);
    case PLAN_FLOOR:
        return floor(a);
    case PLAN_CEIL:
        return ceil(a);
    default:
        return nearest; /* half away from zero */
    }
}

/* Powers of ten are exact where they multiply or divide, not as fractions. */
static double
round_to(enum plan_op op, double a, double digits)
{
    double unit = pow(10, fabs(digits));
    if (digits > 0 && !isfinite(a * unit)) {
        return a; /* it has no such decimals, or is unknown */
    }
    return finite(digits < 0 ? whole(op, a / unit) * unit
                             : whole(op, a * unit) / unit);
}

static double
significant(double a, double digits)
{
    if (a == 0 || isnan(a)) {
        return a;
    }
    return round_to(PLAN_ROUND, a, digits - 1 - floor(log10(fabs(a))));
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

static double
point_value(enum plan_op op, double a, double b, double c)
{
    switch ((int)op) {
    case PLAN_NEGATE:
        return -a;
    case PLAN_ADD:
        return finite(number_add(a, b));
    case PLAN_SUBTRACT:
        return finite(number_add(a, -b));
    case PLAN_MULTIPLY:
        return finite(a * b);
    case PLAN_DIVIDE:
        return divide(a, b);
    case PLAN_RATIO:
        return ratio(a, b);
    case PLAN_POWER:
        return power(a, b);
    case PLAN_ORELSE:
        return isnan(a) ? b : a;
    case PLAN_IF:
        return isnan(a) ? NAN : a != 0 ? b : c;
    case PLAN_EQ:
        return equal(a, b);
    case PLAN_LT:
        return less(a, b);
    case PLAN_LE:
        return at_most(a, b);
    case PLAN_NEAR:
        return near(a, b, c);
    case PLAN_NEAR_REL:
        return near(a, b, c * fabs(b));
    case PLAN_NOT:
        return isnan(a) ? NAN : a == 0;
    case PLAN_AND:
        return kleene_and(a, b);
    case PLAN_OR:
        return kleene_or(a, b);
    case PLAN_KNOWN:
        return !isnan(a);
    case PLAN_ABS:
        return fabs(a);
    case PLAN_EXACT:
        return a;
    case PLAN_ABOUT:
        return a != 0 ? a : NAN;
    case PLAN_POSITIVE:
        return a > 0 ? a : NAN;
    case PLAN_SQRT:
        return finite(sqrt(a));
    case PLAN_LN:
        return finite(log(a));
    case PLAN_EXP:
        return finite(exp(a));
    case PLAN_ROUND:
    case PLAN_ROUND_EVEN:
    case PLAN_TRUNC:
    case PLAN_FLOOR:
    case PLAN_CEIL:
        return round_to(op, a, b);
    case PLAN_SIG:
        return significant(a, b);
    default:
        return NAN;
    }
}

/* Loops ------------------------------------------------------------------- */

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

/* A row of two operands X and Y.  Most have a number for each line: then they
 * lie side by side. */
#define EACH_PAIR(to, a, b, result)                                            \
    for (size_t p = 0; p < (to)->pane.periods; p++) {                          \
        const double *left = (a).values + p * (a).period_step;                 \
        const double *right = (b).values + p * (b).period_step;                \
        double *out = (to)->values + p * (to)->stride;                         \
        const size_t lines = (to)->pane.lines;                                 \
        if ((a).line_step && (b).line_step) {                                  \
            for (size_t l = 0; l < lines; l++) {                               \
                const double x = left[l];                                      \
                const double y = right[l];                                     \
                out[l] = (result);                                             \
            }                                                                  \
            continue;                                                          \
        }                                                                      \
        for (size_t l = 0; l < lines; l++) {                                   \
            const double x = left[l * (a).line_step];                          \
            const double y = right[l * (b).line_step];                         \
            out[l] = (result);                                                 \
        }                                                                      \
    }

/* The common operators have loops of their own, so that the compiler sees one
 * operation. */
static bool
run_arithmetic(const struct plan_node *node, struct block *to, struct operand a,
               struct operand b)
{
    switch ((int)node->op) {
    case PLAN_ABS:
        EACH_CELL(to, to->values[row + l] = fabs(AT(a)))
        return true;
    case PLAN_ADD:
        EACH_PAIR(to, a, b, finite(number_add(x, y)))
        return true;
    case PLAN_SUBTRACT:
        EACH_PAIR(to, a, b, finite(number_add(x, -y)))
        return true;
    case PLAN_MULTIPLY:
        EACH_PAIR(to, a, b, finite(x * y))
        return true;
    case PLAN_DIVIDE:
        EACH_PAIR(to, a, b, divide(x, y))
        return true;
    case PLAN_RATIO:
        EACH_PAIR(to, a, b, ratio(x, y))
        return true;
    case PLAN_LT:
        EACH_PAIR(to, a, b, less(x, y))
        return true;
    case PLAN_LE:
        EACH_PAIR(to, a, b, at_most(x, y))
        return true;
    default:
        return false;
    }
}

static void
run_general(const struct plan_node *node, struct block *to, struct operand a,
            struct operand b, struct operand c)
{
    bool has_b = b.values != NULL;
    bool has_c = c.values != NULL;
    EACH_CELL(to, to->values[row + l] =
                      point_value(node->op, AT(a), has_b ? AT(b) : NAN,
                                  has_c ? AT(c) : NAN))
}

/* Bounds ------------------------------------------------------------------ */

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

static void
bounds_of_points(struct block *to)
{
    for (size_t p = 0; to->low && p < to->pane.periods; p++) {
        size_t row = p * to->stride;
        size_t bytes = to->pane.lines * sizeof(double);
        memcpy(to->low + row, to->values + row, bytes);
        memcpy(to->high + row, to->values + row, bytes);
    }
}

/* Leaves ------------------------------------------------------------------ */

/* Copies a row of a figure's panel, or what of it stands in a pane's lines. */
static void
copy_row(const struct figure *figure, const double *from, size_t first,
         size_t count, double *to)
{
    if (!from) {
        for (size_t l = 0; l < count; l++) {
            to[l] = NAN;
        }
    } else if (figure->straight) {
        memcpy(to, from + first, count * sizeof *to);
    } else {
        for (size_t l = 0; l < count; l++) {
            uint32_t own = figure->gather[first + l];
            to[l] = own == UINT32_MAX ? NAN : from[own];
        }
    }
}

static void
run_figure(const struct plan *plan, const struct plan_node *node,
           struct block *to)
{
    const struct figure *figure = plan->figures[node->figure];
    const double *panels[] = {figure->values, figure->low, figure->high};
    double *columns[] = {to->values, to->low, to->high};
    const struct pane *pane = &to->pane;
    for (size_t p = 0; p < pane->periods; p++) {
        size_t start = figure_period(plan, node, pane->period + p);
        for (int part = 0; part < (to->low ? 3 : 1); part++) {
            const double *from =
                start == SIZE_MAX ? NULL : panels[part] + start;
            copy_row(figure, from, pane->line, pane->lines,
                     columns[part] + p * to->stride);
        }
    }
}

/* How far ahead a row's period lies of the day on which it was spoken of. */
static void
run_horizon(const struct plan *plan, const struct plan_node *node,
            struct block *to)
{
    const struct space *space = &plan->spaces[node->space];
    for (size_t l = 0; l < to->pane.lines; l++) {
        size_t line = to->pane.line + l;
        day_number day =
            (day_number)
                space->tuples[line * space->dimension_count + node->figure];
        int32_t from =
            period_of_day(plan->frequency, day, &calendar_plain).ordinal;
        for (size_t p = 0; p < to->pane.periods; p++) {
            int32_t at =
                plan_lagged(plan, node->lag, to->pane.period + p).ordinal;
            to->values[p * to->stride + l] =
                day == DAY_NONE ? NAN : (double)(at - from);
        }
    }
}

/* How many periods of its year lie behind that of a row. */
static void
run_left(const struct plan *plan, const struct plan_node *node,
         struct block *to)
{
    struct calendar calendar =
        vocabulary_calendar(store_vocabulary(plan->store), node->calendar);
    for (size_t p = 0; p < to->pane.periods; p++) {
        struct period at = plan_lagged(plan, node->lag, to->pane.period + p);
        struct period begin;
        struct period end;
        period_year_ends(at, &calendar, &begin, &end);
        to->values[p * to->stride] = end.ordinal - at.ordinal;
    }
}

static void
run_leaf(const struct plan *plan, const struct plan_node *node,
         struct block *to)
{
    const struct space *space = &plan->spaces[node->space];
    switch ((int)node->op) {
    case PLAN_CONSTANT:
        to->values[0] = node->value;
        if (to->low) {
            to->low[0] = node->bounds.low;
            to->high[0] = node->bounds.high;
        }
        return;
    case PLAN_FIGURE:
        run_figure(plan, node, to);
        return;
    case PLAN_MEMBER:
        for (size_t l = 0; l < to->pane.lines; l++) {
            to->values[l] =
                space->tuples[(to->pane.line + l) * space->dimension_count +
                              node->figure];
        }
        break;
    case PLAN_PER_YEAR: {
        int count = frequency_per_year(plan->frequency);
        to->values[0] = count ? (double)count : NAN;
        break;
    }
    case PLAN_LEFT:
        run_left(plan, node, to);
        break;
    case PLAN_HORIZON:
        run_horizon(plan, node, to);
        break;
    default:
        for (size_t p = 0; p < to->pane.periods; p++) {
            to->values[p * to->stride] =
                plan_lagged(plan, node->lag, to->pane.period + p).ordinal;
        }
        break;
    }
    bounds_of_points(to);
}

/* LOW and HIGH of their operand's bounds. */
static void
run_ends(const struct plan_node *node, struct block *to, struct operand a)
{
    EACH_CELL(to, {
        struct interval bounds = INTERVAL_AT(a);
        to->values[row + l] =
            finite(node->op == PLAN_LOW ? bounds.low : bounds.high);
    })
}

static void
run_digits(struct block *to, struct operand a, struct operand unit)
{
    EACH_CELL(to, to->values[row + l] =
                      digits_left(AT(a), INTERVAL_AT(a), AT(unit)))
}

static void
run_operator(const struct plan *plan, const struct plan_node *node,
             struct block *to)
{
    struct operand a = operand_of(plan, node->kid[0], to->pane);
    struct operand b = operand_of(plan, node->kid[1], to->pane);
    struct operand c = operand_of(plan, node->kid[2], to->pane);
    if (node->op == PLAN_LOW || node->op == PLAN_HIGH) {
        run_ends(node, to, a);
    } else if (node->op == PLAN_DIGITS) {
        run_digits(to, a, b);
    } else if (!run_arithmetic(node, to, a, b)) {
        run_general(node, to, a, b, c);
    }
    if (!plan->bounds) {
        return;
    }
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
        bounds_of_points(to);
    }
}

void
kernel_run(const struct plan *plan, const struct plan_node *node,
           struct block *to)
{
    if (node->op <= PLAN_HORIZON) {
        run_leaf(plan, node, to);
    } else if (node->op == PLAN_ATTRIBUTE) {
        kernel_attribute(plan, node, to);
    } else if (node->op == PLAN_MATCHES) {
        kernel_matches(plan, node, to);
    } else if (node->op == PLAN_HIGHEST) {
        kernel_highest(plan, node, to);
    } else if (node->op == PLAN_SHIFT) {
        kernel_shift(plan, node, to);
    } else if (node->op >= PLAN_WINDOW) {
        kernel_window(plan, node, to);
    } else {
        run_operator(plan, node, to);
    }
}
