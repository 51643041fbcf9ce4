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
    const int64_t *begins; /* where the window of each period begins */
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

/* Below 0 where a window begins before the frame. */
static int64_t
begin_of(const struct series *series, size_t p)
{
    int64_t known = (int64_t)(series->first < p ? series->first : p);
    return series->node->window == WINDOW_ALL ? known : series->begins[p];
}

/* A window that begins before anything is known misses numbers, which only
 * `partial` allows; how many it has can be counted all the same. */
static bool
is_short(const struct series *series, size_t period)
{
    return begin_of(series, period) < 0 && !series->node->partial &&
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
        int64_t start = begin_of(series, p);
        size_t begin = start < 0 ? 0 : (size_t)start;
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
        int64_t start = begin_of(series, p);
        size_t begin = start < 0 ? 0 : (size_t)start;
        size_t count = 0;
        for (size_t i = begin; i <= p; i++) {
            if (!isnan(series->from[i])) {
                known[count++] = series->from[i];
            }
        }
        bool whole = series->node->partial ||
                     (count == p + 1 - begin && start >= 0);
        series->to[p] =
            whole ? statistic(series->node->reduce, known, count, 0.5) : NAN;
    }
    free(known);
}

/* The first period of the year that holds a row, as an index. */
static int64_t
year_begin(const struct plan *plan, const struct plan_node *node, size_t p)
{
    struct calendar calendar =
        vocabulary_calendar(store_vocabulary(plan->store), node->calendar);
    struct period read = plan_lagged(plan, node->lag, p);
    struct period year = period_of_day(
        FREQUENCY_A, period_first_day(read, &calendar), &calendar);
    struct period begin = period_of_day(
        plan->frequency, period_first_day(year, &calendar), &calendar);
    return (int64_t)p - (read.ordinal - begin.ordinal);
}

static int64_t
window_begin(const struct plan *plan, const struct plan_node *node, size_t p)
{
    struct period at = {plan->frequency, plan->first + (int32_t)p};
    switch ((int)node->window) {
    case WINDOW_COUNT:
        return (int64_t)p - node->reach + 1;
    case WINDOW_YEAR:
        return (int64_t)p + 1 -
               (at.ordinal - period_shift_years(at, -1).ordinal);
    case WINDOW_TO_DATE:
        return year_begin(plan, node, p);
    default:
        return 0; /* with what is known */
    }
}

void
window_settle(const struct plan *plan, struct plan_node *node)
{
    size_t count = plan_period_count(plan);
    if (node->begins) {
        return;
    }
    node->begins = memory_alloc((count + 1) * sizeof *node->begins);
    for (size_t p = 0; p < count; p++) {
        node->begins[p] = window_begin(plan, node, p);
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
run_streak(const struct series *series, struct block *to, size_t line)
{
    bool whole = false;
    size_t length = 0;
    for (size_t p = 0; p < series->count; p++) {
        size_t at = p * to->stride + line;
        double holds = series->from[p];
        double count = NAN;
        length = holds == 1 ? length + 1 : 0;
        whole = isnan(holds) ? false : whole || holds == 0;
        count = isnan(holds) ? NAN : (double)length;
        if (series->node->op == PLAN_SINCE) {
            to->values[at] = whole && length
                                 ? series->plan->first + (double)p - count + 1
                                 : NAN;
        } else {
            to->values[at] = whole ? count : NAN;
        }
        if (to->low) {
            to->low[at] = count;
            to->high[at] = isnan(holds) || whole ? count : INFINITY;
        }
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

/* One part of a line into SERIES, and what follows from it out of it. */
static void
run_line(struct series *series, const struct block *from, struct block *to,
         size_t line)
{
    const double *parts[] = {from->values, from->low, from->high};
    double *results[] = {to->values, to->low, to->high};
    for (int part = 0; part < (to->low ? 3 : 1); part++) {
        const double *source =
            parts[part] && bounds_its_parts(series->node) ? parts[part]
                                                          : parts[0];
        for (size_t p = 0; p < series->count; p++) {
            series->from[p] = source[p * from->stride + line];
        }
        run_part(series);
        for (size_t p = 0; p < series->count; p++) {
            results[part][p * to->stride + line] = series->to[p];
        }
    }
}

static void
run_truths(struct series *series, const struct block *from, struct block *to,
           size_t line)
{
    for (size_t p = 0; p < series->count; p++) {
        series->from[p] = from->values[p * from->stride + line];
    }
    run_streak(series, to, line);
}

void
kernel_window(const struct plan *plan, const struct plan_node *node,
              struct block *to)
{
    size_t count = to->pane.periods;
    struct block from = plan_block(plan, node->kid[0], to->pane);
    double *scratch = memory_alloc((2 * count + 1) * sizeof *scratch);
    struct series series = {
        .plan = plan,
        .node = node,
        .count = count,
        .from = scratch,
        .to = scratch + count,
        .begins = node->begins,
        .missing = memory_alloc((count + 1) * sizeof(size_t)),
    };
    for (size_t line = 0; line < to->pane.lines && !plan_stops(plan); line++) {
        if (node->op == PLAN_STREAK || node->op == PLAN_SINCE) {
            run_truths(&series, &from, to, line);
        } else {
            run_line(&series, &from, to, line);
        }
    }
    free(series.missing);
    free(scratch);
}
