/* Along the periods of each line: windows that end with the row, runs of a
 * condition, gaps that are filled.
 *
 * A window's reduction is kept in two parts, as a queue of two stacks: what
 * leaves at one end needs no subtraction, which would cost digits, and each
 * number is joined twice, however long the window is.
 */
#include "eval/plan/plan.h"
#include "values/number.h"

#include <stdlib.h>

/* One line of the operand, and of the result. */
struct series {
    const struct plan *plan;
    const struct plan_node *node;
    size_t count;    /* periods */
    size_t first;    /* the first of which something is known */
    double *from;    /* COUNT numbers */
    double *to;      /* COUNT numbers */
    int64_t *begins; /* where the window of each period begins */
    size_t *missing; /* unknown numbers before each period, and behind all */
};

/* Windows --------------------------------------------------------------- */

/* A compensated sum (Neumaier), or an extreme in SUM. */
struct joined {
    double sum;
    double carry;
};

static struct joined
join(enum plan_op op, struct joined a, struct joined b)
{
    if (op == PLAN_MIN) {
        return a.sum < b.sum ? a : b;
    }
    if (op == PLAN_MAX) {
        return a.sum > b.sum ? a : b;
    }
    double sum = a.sum + b.sum;
    double low = fabs(a.sum) < fabs(b.sum) ? a.sum : b.sum;
    double high = fabs(a.sum) < fabs(b.sum) ? b.sum : a.sum;
    return (struct joined){sum, a.carry + b.carry + ((high - sum) + low)};
}

/* Unknown numbers do not change what they are joined to. */
static struct joined
one_of(enum plan_op op, double value)
{
    double nothing = op == PLAN_MIN ? INFINITY : op == PLAN_MAX ? -INFINITY : 0;
    return (struct joined){isnan(value) ? nothing : value, 0};
}

static double
finish(const struct series *series, struct joined all, size_t from, size_t to)
{
    enum plan_op op = series->node->reduce;
    size_t missing = series->missing[to] - series->missing[from];
    size_t known = to - from - missing;
    double sum = all.sum + all.carry;
    if (op == PLAN_COUNT) {
        return (double)known;
    }
    if (known == 0 || (missing && !series->node->partial)) {
        return NAN;
    }
    double result = op == PLAN_AVG   ? sum / (double)known
                    : op == PLAN_SUM ? sum
                                     : all.sum;
    return isfinite(result) ? result : NAN;
}

/* A window that begins before anything is known misses numbers, which only
 * `partial` allows; how many it has can be counted all the same. */
static bool
is_short(const struct series *series, size_t period)
{
    return series->begins[period] < 0 && !series->node->partial &&
           series->node->reduce != PLAN_COUNT;
}

static void
reduce_joined(struct series *series)
{
    enum plan_op op = series->node->reduce;
    struct joined none = one_of(op, NAN);
    struct joined *front = memory_alloc((series->count + 1) * sizeof *front);
    struct joined back = none;
    size_t head = 0;
    size_t middle = 0; /* front[HEAD..MIDDLE-1], then BACK */
    for (size_t p = 0; p < series->count; p++) {
        size_t begin = series->begins[p] < 0 ? 0 : (size_t)series->begins[p];
        back = join(op, back, one_of(op, series->from[p]));
        head = begin;
        if (head > middle) { /* turn the stack over */
            front[p + 1] = none;
            for (size_t i = p + 1; i-- > head;) {
                front[i] = join(op, one_of(op, series->from[i]), front[i + 1]);
            }
            middle = p + 1;
            back = none;
        }
        struct joined all = head < middle ? join(op, front[head], back) : back;
        series->to[p] =
            is_short(series, p) ? NAN : finish(series, all, begin, p + 1);
    }
    free(front);
}

static void
reduce_statistic(struct series *series)
{
    double *known = memory_alloc((series->count + 1) * sizeof *known);
    for (size_t p = 0; p < series->count && !plan_stops(series->plan); p++) {
        size_t begin = series->begins[p] < 0 ? 0 : (size_t)series->begins[p];
        size_t count = 0;
        for (size_t i = begin; i <= p; i++) {
            if (!isnan(series->from[i])) {
                known[count++] = series->from[i];
            }
        }
        bool whole = series->node->partial ||
                     (count == p + 1 - begin && series->begins[p] >= 0);
        series->to[p] =
            whole ? statistic(series->node->reduce, known, count, 0.5) : NAN;
    }
    free(known);
}

/* The first period of the year that holds a row, as an index. */
static int64_t
year_begin(const struct series *series, size_t p)
{
    const struct plan *plan = series->plan;
    const struct plan_node *node = series->node;
    struct calendar calendar =
        vocabulary_calendar(store_vocabulary(plan->store), node->calendar);
    struct period at = {plan->frequency, plan->first + (int32_t)p - node->lag};
    struct period read = period_shift_years(at, -node->lag_years);
    struct period year = period_of_day(
        FREQUENCY_A, period_first_day(read, &calendar), &calendar);
    struct period begin = period_of_day(
        plan->frequency, period_first_day(year, &calendar), &calendar);
    return (int64_t)p - (read.ordinal - begin.ordinal);
}

static int64_t
window_begin(const struct series *series, size_t p)
{
    const struct plan_node *node = series->node;
    struct period at = {series->plan->frequency,
                        series->plan->first + (int32_t)p};
    switch ((int)node->window) {
    case WINDOW_COUNT:
        return (int64_t)p - node->reach + 1;
    case WINDOW_YEAR:
        return (int64_t)p + 1 -
               (at.ordinal - period_shift_years(at, -1).ordinal);
    case WINDOW_TO_DATE:
        return year_begin(series, p);
    default:
        return (int64_t)(series->first < p ? series->first : p);
    }
}

static void
run_window(struct series *series)
{
    series->first = series->count;
    series->missing[0] = 0;
    for (size_t p = 0; p < series->count; p++) {
        bool unknown = isnan(series->from[p]);
        series->missing[p + 1] = series->missing[p] + unknown;
        series->first = !unknown && p < series->first ? p : series->first;
    }
    for (size_t p = 0; series->node->window == WINDOW_ALL && p < series->count;
         p++) {
        series->begins[p] = window_begin(series, p);
    }
    if (op_is_statistic(series->node->reduce)) {
        reduce_statistic(series);
    } else {
        reduce_joined(series);
    }
}

/* Gaps ------------------------------------------------------------------ */

static void
run_fill(struct series *series)
{
    size_t last = SIZE_MAX;
    for (size_t p = 0; p < series->count; p++) {
        last = isnan(series->from[p]) ? last : p;
        bool near = last != SIZE_MAX && p - last <= (size_t)series->node->reach;
        series->to[p] = near ? series->from[last] : NAN;
    }
}

static double
between(const struct series *series, size_t left, size_t right, size_t p)
{
    double a = series->from[left];
    double b = series->from[right];
    double part = (double)(p - left) / (double)(right - left);
    double result =
        series->node->geometric ? a * pow(b / a, part) : a + (b - a) * part;
    return isfinite(result) ? result : NAN;
}

static void
run_interpolate(struct series *series)
{
    size_t left = SIZE_MAX;
    for (size_t p = 0; p < series->count; p++) {
        series->to[p] = series->from[p];
        if (isnan(series->from[p])) {
            continue;
        }
        for (size_t gap = left == SIZE_MAX ? p : left + 1; gap < p; gap++) {
            series->to[gap] = between(series, left, p, gap);
        }
        left = p;
    }
}

/* Runs ------------------------------------------------------------------ */

/* A run that reaches back to where nothing is known may be longer: its length
 * is only bounded. */
static void
run_streak(const struct series *series, double *low, double *high)
{
    bool whole = false;
    size_t length = 0;
    for (size_t p = 0; p < series->count; p++) {
        double holds = series->from[p];
        length = holds == 1 ? length + 1 : 0;
        whole = isnan(holds) ? false : whole || holds == 0;
        if (series->node->op == PLAN_SINCE) {
            series->to[p] = whole && length ? series->plan->first + (double)p -
                                                  (double)length + 1
                                            : NAN;
        } else {
            series->to[p] = whole ? (double)length : NAN;
        }
        low[p] = isnan(holds) ? NAN : (double)length;
        high[p] = isnan(holds) ? NAN : whole ? (double)length : INFINITY;
    }
}

/* ----------------------------------------------------------------------- */

/* The spread of what is least says nothing of the least spread, so it has no
 * bounds of its own. */
static bool
bounds_its_parts(const struct plan_node *node)
{
    return node->op != PLAN_WINDOW || !op_is_statistic(node->reduce) ||
           node->reduce == PLAN_MEDIAN;
}

static void
run_part(struct series *series)
{
    switch ((int)series->node->op) {
    case PLAN_WINDOW:
        run_window(series);
        break;
    case PLAN_FILL:
        run_fill(series);
        break;
    default:
        run_interpolate(series);
        break;
    }
}

/* The steps between the numbers of a node. */
struct steps {
    size_t period;
    size_t line;
};

static struct steps
steps_of(const struct plan *plan, const struct plan_node *node)
{
    bool by_line = node->varies & VARIES_LINE;
    size_t lines = by_line ? plan->spaces[node->space].line_count : 1;
    return (struct steps){node->varies & VARIES_PERIOD ? lines : 0, by_line};
}

void
kernel_window(struct plan *plan, struct plan_node *node)
{
    const struct plan_node *kid = &plan->nodes[node->kid[0]];
    const double *from[] = {kid->values, kid->low, kid->high};
    double *to[] = {node->values, node->low, node->high};
    struct steps in = steps_of(plan, kid);
    struct steps out = steps_of(plan, node);
    size_t count = plan_period_count(plan);
    size_t lines = out.line ? plan->spaces[node->space].line_count : 1;
    bool runs = node->op == PLAN_STREAK || node->op == PLAN_SINCE;
    double *scratch = memory_alloc((4 * count + 1) * sizeof *scratch);
    struct series series = {
        .plan = plan,
        .node = node,
        .count = count,
        .from = scratch,
        .to = scratch + count,
        .begins = memory_alloc((count + 1) * sizeof(int64_t)),
        .missing = memory_alloc((count + 1) * sizeof(size_t)),
    };
    /* Where windows begin is the same in all lines, but for those that begin
     * with what is known. */
    for (size_t p = 0; node->op == PLAN_WINDOW && p < count; p++) {
        series.begins[p] = window_begin(&series, p);
    }
    for (size_t line = 0; line < lines && !plan_stops(plan); line++) {
        for (int part = 0; part < (plan->bounds ? 3 : 1); part++) {
            for (size_t p = 0; p < count && (part == 0 || !runs); p++) {
                series.from[p] = from[bounds_its_parts(node) ? part : 0]
                                     [p * in.period + line * in.line];
            }
            if (!runs) {
                run_part(&series);
            } else if (part == 0) {
                run_streak(&series, scratch + 2 * count, scratch + 3 * count);
            }
            const double *result =
                runs && part ? scratch + (1 + (size_t)part) * count : series.to;
            for (size_t p = 0; p < count; p++) {
                to[part][p * out.period + line * out.line] = result[p];
            }
        }
    }
    free(series.missing);
    free(series.begins);
    free(scratch);
}
