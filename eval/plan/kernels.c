/* The arithmetic of columns.
 *
 * Each kernel works row by row of a pane; an operand that does not vary along
 * an axis is read with stride 0.  Bounds are computed beside the numbers where
 * the plan asks for them (kernel_bounds.c).
 */
#include "eval/plan/kernels.h"
#include "values/number.h"

#include <stdlib.h>

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
equal(double a, double b)
{
    return isnan(a) || isnan(b) ? NAN : number_equal(a, b);
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
    kernel_point_bounds(to);
}

static void
run_operator(const struct plan *plan, const struct plan_node *node,
             struct block *to)
{
    struct operand a = operand_of(plan, node->kid[0], to->pane);
    struct operand b = operand_of(plan, node->kid[1], to->pane);
    struct operand c = operand_of(plan, node->kid[2], to->pane);
    if (node->op == PLAN_LOW || node->op == PLAN_HIGH) {
        kernel_ends(node, to, a);
    } else if (node->op == PLAN_DIGITS) {
        kernel_digits(to, a, b);
    } else if (!run_arithmetic(node, to, a, b)) {
        run_general(node, to, a, b, c);
    }
    if (plan->bounds) {
        kernel_bounds(node, to, a, b, c);
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
