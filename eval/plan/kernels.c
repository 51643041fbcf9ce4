/* The arithmetic of columns.
 *
 * Each kernel works row by row of the panel; an operand that does not vary
 * along an axis is read with stride 0.  Low and high follow the same paths as
 * interval arithmetic, only when the plan asks for bounds.
 */
#include "eval/plan/plan.h"
#include "values/number.h"

#include <stdlib.h>

struct shape {
    size_t periods;
    size_t lines;
};

static struct shape
node_shape(const struct plan *plan, const struct plan_node *node)
{
    return (struct shape){
        node->varies & VARIES_PERIOD ? plan_period_count(plan) : 1,
        node->varies & VARIES_LINE ? plan->spaces[node->space].line_count : 1};
}

/* One operand seen from the shape of its operator. */
struct operand {
    const double *values;
    const double *low;
    const double *high;
    size_t period_step;
    size_t line_step;
};

static struct operand
operand_of(const struct plan *plan, uint32_t at)
{
    if (at == UINT32_MAX) {
        return (struct operand){0};
    }
    const struct plan_node *node = &plan->nodes[at];
    struct shape shape = node_shape(plan, node);
    return (struct operand){.values = node->values,
                            .low = node->low,
                            .high = node->high,
                            .period_step =
                                node->varies & VARIES_PERIOD ? shape.lines : 0,
                            .line_step = node->varies & VARIES_LINE ? 1 : 0};
}

static void
allocate(struct plan *plan, struct plan_node *node)
{
    struct shape shape = node_shape(plan, node);
    size_t cells = shape.periods * shape.lines;
    size_t bytes = (cells ? cells : 1) * sizeof(double);
    node->values = memory_alloc(bytes);
    if (plan->bounds) {
        node->low = memory_alloc(bytes);
        node->high = memory_alloc(bytes);
    }
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
    double result = pow(a, b);
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
    return isnan(gap) || isnan(reach)
               ? NAN
               : gap <= fabs(reach) || number_equal(gap, fabs(reach));
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
        return near(a, b, c * b);
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

#define EACH_CELL(shape, ...)                                                  \
    for (size_t p = 0; p < (shape).periods; p++) {                             \
        const size_t row = p * (shape).lines;                                  \
        for (size_t l = 0; l < (shape).lines; l++) {                           \
            __VA_ARGS__;                                                       \
        }                                                                      \
    }

#define AT(x) ((x).values[p * (x).period_step + l * (x).line_step])
#define INTERVAL_AT(x)                                                         \
    ((struct interval){(x).low[p * (x).period_step + l * (x).line_step],       \
                       (x).high[p * (x).period_step + l * (x).line_step]})

/* A point where there is one, else what bounds it. */
#define POINT_AT(x) (isnan(AT(x)) ? INTERVAL_AT(x) : interval_point(AT(x)))

/* The common operators have loops of their own, so that the compiler sees one
 * operation. */
static bool
run_arithmetic(struct plan_node *node, struct shape shape, struct operand a,
               struct operand b)
{
    double *to = node->values;
    switch ((int)node->op) {
    case PLAN_ADD:
        EACH_CELL(shape, to[row + l] = finite(number_add(AT(a), AT(b))))
        return true;
    case PLAN_SUBTRACT:
        EACH_CELL(shape, to[row + l] = finite(number_add(AT(a), -AT(b))))
        return true;
    case PLAN_MULTIPLY:
        EACH_CELL(shape, to[row + l] = finite(AT(a) * AT(b)))
        return true;
    case PLAN_DIVIDE:
        EACH_CELL(shape, to[row + l] = divide(AT(a), AT(b)))
        return true;
    case PLAN_RATIO:
        EACH_CELL(shape, to[row + l] = ratio(AT(a), AT(b)))
        return true;
    case PLAN_LT:
        EACH_CELL(shape, to[row + l] = less(AT(a), AT(b)))
        return true;
    case PLAN_LE:
        EACH_CELL(shape, to[row + l] = at_most(AT(a), AT(b)))
        return true;
    default:
        return false;
    }
}

static void
run_general(struct plan_node *node, struct shape shape, struct operand a,
            struct operand b, struct operand c)
{
    double *to = node->values;
    bool has_b = b.values != NULL;
    bool has_c = c.values != NULL;
    EACH_CELL(shape,
              to[row + l] = point_value(node->op, AT(a), has_b ? AT(b) : NAN,
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
refine_comparison(struct plan_node *node, struct shape shape, struct operand a,
                  struct operand b)
{
    bool on_points =
        node->op == PLAN_EQ || node->op == PLAN_LT || node->op == PLAN_LE;
    EACH_CELL(shape, {
        if (!on_points || isnan(node->values[row + l])) {
            node->values[row + l] = compare_intervals(
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
near_intervals(enum plan_op op, struct interval a, struct interval b,
               struct interval reach)
{
    if (!is_known(a) || !is_known(b) || !is_known(reach)) {
        return NAN;
    }
    reach = absolute(reach);
    if (op == PLAN_NEAR_REL) {
        return near_share(a, b, reach);
    }
    double least = fmax(fmax(b.low - a.high, a.low - b.high), 0);
    double most = fmax(a.high - b.low, b.high - a.low);
    return decide(at_most(most, reach.low) == 1, less(reach.high, least) == 1);
}

static void
refine_near(struct plan_node *node, struct shape shape, struct operand a,
            struct operand b, struct operand c)
{
    EACH_CELL(shape, {
        if (isnan(node->values[row + l])) {
            node->values[row + l] =
                near_intervals(node->op, POINT_AT(a), POINT_AT(b), POINT_AT(c));
        }
    })
}

/* What has bounds is not unknown: nothing is put in its place. */
static void
keep_bounded(struct plan_node *node, struct shape shape, struct operand a)
{
    EACH_CELL(shape, {
        if (isnan(AT(a)) && is_known(INTERVAL_AT(a))) {
            node->values[row + l] = NAN;
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

static struct interval
bounds_value(enum plan_op op, struct interval a, struct interval b,
             struct interval c, double condition)
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
        return isnan(condition) ? unknown_interval() : condition != 0 ? b : c;
    case PLAN_ABS:
        return is_known(a) ? absolute(a) : a;
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
run_bounds(struct plan_node *node, struct shape shape, struct operand a,
           struct operand b, struct operand c)
{
    bool has_b = b.values != NULL;
    bool has_c = c.values != NULL;
    EACH_CELL(shape, {
        struct interval result =
            bounds_value(node->op, INTERVAL_AT(a),
                         has_b ? INTERVAL_AT(b) : unknown_interval(),
                         has_c ? INTERVAL_AT(c) : unknown_interval(), AT(a));
        double point = node->values[row + l];
        bool nothing =
            isnan(point) &&
            ((isinf(result.low) && isinf(result.high)) ||
             has_no_value(node->op, AT(a), has_b ? AT(b) : 0, has_b));
        if (isnan(result.low) || isnan(result.high) || nothing) {
            result = (struct interval){point, point};
        }
        node->low[row + l] = result.low;
        node->high[row + l] = result.high;
    })
}

static void
bounds_of_points(struct plan_node *node, struct shape shape)
{
    size_t bytes = shape.periods * shape.lines * sizeof(double);
    memcpy(node->low, node->values, bytes);
    memcpy(node->high, node->values, bytes);
}

/* Leaves ------------------------------------------------------------------ */

static void
run_figure(struct plan *plan, struct plan_node *node, struct shape shape)
{
    const struct figure *figure = plan->figures[node->figure];
    const double *panels[] = {figure->values, figure->low, figure->high};
    double *columns[] = {node->values, node->low, node->high};
    bool lines = node->varies & VARIES_LINE;
    for (size_t p = 0; p < shape.periods; p++) {
        size_t start = figure_period(plan, node, p);
        for (int part = 0; part < (plan->bounds ? 3 : 1); part++) {
            double *to = columns[part] + p * shape.lines;
            const double *from = panels[part];
            for (size_t l = 0; l < shape.lines; l++) {
                uint32_t own = figure->gather[lines ? l : 0];
                bool found = start != SIZE_MAX && own != UINT32_MAX;
                to[l] = found ? from[start + own] : NAN;
            }
        }
    }
}

/* The period of a row, from where a lag looks. */
static struct period
lagged_period(const struct plan *plan, const struct plan_node *node, size_t p)
{
    struct period at = {plan->frequency,
                        plan->first + (int32_t)p - node->lag};
    return node->lag_years ? period_shift_years(at, -node->lag_years) : at;
}

/* How far ahead a row's period lies of the day on which it was spoken of. */
static void
run_horizon(const struct plan *plan, struct plan_node *node, struct shape shape)
{
    const struct space *space = &plan->spaces[node->space];
    for (size_t l = 0; l < shape.lines; l++) {
        day_number day =
            (day_number)
                space->tuples[l * space->dimension_count + node->figure];
        int32_t from =
            period_of_day(plan->frequency, day, &calendar_plain).ordinal;
        for (size_t p = 0; p < shape.periods; p++) {
            node->values[p * shape.lines + l] =
                day == DAY_NONE ? NAN
                                : (double)(lagged_period(plan, node, p).ordinal -
                                           from);
        }
    }
}

/* How many periods of its year lie behind that of a row. */
static void
run_left(const struct plan *plan, struct plan_node *node, struct shape shape)
{
    struct calendar calendar =
        vocabulary_calendar(store_vocabulary(plan->store), node->calendar);
    for (size_t p = 0; p < shape.periods; p++) {
        struct period at = lagged_period(plan, node, p);
        struct period year = period_of_day(
            FREQUENCY_A, period_first_day(at, &calendar), &calendar);
        struct period end = period_of_day(
            plan->frequency, period_last_day(year, &calendar), &calendar);
        node->values[p] = end.ordinal - at.ordinal;
    }
}

static void
run_leaf(struct plan *plan, struct plan_node *node, struct shape shape)
{
    const struct space *space = &plan->spaces[node->space];
    switch ((int)node->op) {
    case PLAN_CONSTANT:
        node->values[0] = node->value;
        if (plan->bounds) {
            node->low[0] = node->bounds.low;
            node->high[0] = node->bounds.high;
        }
        return;
    case PLAN_FIGURE:
        run_figure(plan, node, shape);
        return;
    case PLAN_MEMBER:
        for (size_t l = 0; l < shape.lines; l++) {
            node->values[l] =
                space->tuples[l * space->dimension_count + node->figure];
        }
        break;
    case PLAN_PER_YEAR: {
        int count = frequency_per_year(plan->frequency);
        node->values[0] = count ? (double)count : NAN;
        break;
    }
    case PLAN_LEFT:
        run_left(plan, node, shape);
        break;
    case PLAN_HORIZON:
        run_horizon(plan, node, shape);
        break;
    default:
        for (size_t p = 0; p < shape.periods; p++) {
            node->values[p] = lagged_period(plan, node, p).ordinal;
        }
        break;
    }
    if (plan->bounds) {
        bounds_of_points(node, shape);
    }
}

/* LOW and HIGH of their operand's bounds. */
static void
run_ends(struct plan_node *node, struct shape shape, struct operand a)
{
    EACH_CELL(shape, {
        struct interval bounds = INTERVAL_AT(a);
        node->values[row + l] =
            finite(node->op == PLAN_LOW ? bounds.low : bounds.high);
    })
}

static void
run_operator(struct plan *plan, struct plan_node *node, struct shape shape)
{
    struct operand a = operand_of(plan, node->kid[0]);
    struct operand b = operand_of(plan, node->kid[1]);
    struct operand c = operand_of(plan, node->kid[2]);
    if (node->op == PLAN_LOW || node->op == PLAN_HIGH) {
        run_ends(node, shape, a);
    } else if (!run_arithmetic(node, shape, a, b)) {
        run_general(node, shape, a, b, c);
    }
    if (!plan->bounds) {
        return;
    }
    if (node->op == PLAN_ORELSE) {
        keep_bounded(node, shape, a);
    }
    if (node->op >= PLAN_EQ && node->op <= PLAN_CERTAINLY_LE) {
        refine_comparison(node, shape, a, b);
    } else if (node->op == PLAN_NEAR || node->op == PLAN_NEAR_REL) {
        refine_near(node, shape, a, b, c);
    }
    if (node->type.class == VALUE_NUMBER && node->op != PLAN_LOW &&
        node->op != PLAN_HIGH) {
        run_bounds(node, shape, a, b, c);
    } else {
        bounds_of_points(node, shape);
    }
}

void
kernel_run(struct plan *plan, struct plan_node *node)
{
    allocate(plan, node);
    struct shape shape = node_shape(plan, node);
    if (node->op <= PLAN_HORIZON) {
        run_leaf(plan, node, shape);
    } else if (node->op == PLAN_SPARK) {
        kernel_spark(plan, node);
    } else if (node->op >= PLAN_SUM) {
        kernel_aggregate(plan, node);
    } else if (node->op == PLAN_HIGHEST) {
        kernel_highest(plan, node);
    } else if (node->op >= PLAN_WINDOW) {
        kernel_window(plan, node);
    } else if (node->op == PLAN_ATTRIBUTE) {
        kernel_attribute(plan, node);
    } else if (node->op == PLAN_MATCHES) {
        kernel_matches(plan, node);
    } else if (node->op == PLAN_RANK) {
        kernel_rank(plan, node);
    } else {
        run_operator(plan, node, shape);
    }
}
