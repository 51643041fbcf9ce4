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

enum { POINTS, LOWS, HIGHS, PARTS };

/* One line of the operand, and of the result. */
struct series {
    const struct plan *plan;
    const struct plan_node *node;
    size_t count;           /* periods */
    size_t first;           /* the first of which something is known */
    bool bounds;            /* else there are points alone */
    double *parts[PARTS];   /* COUNT points, lower and upper bounds */
    double *results[PARTS]; /* ... of the result */
    int part;               /* which is worked on */
    double *from;           /* the numbers of that part */
    double *to;             /* ... and its results */
    const int64_t *begins;  /* where the window of each period begins */
    size_t *missing; /* unknown numbers before each period, and behind all */
};

/* Is anything known of a period, be it only bounds? */
static bool
is_known(const struct series *series, size_t p)
{
    return !isnan(series->parts[POINTS][p]) ||
           (series->bounds && !isnan(series->parts[LOWS][p]));
}

/* Windows --------------------------------------------------------------- */

/* Numbers of a window taken together. */
struct joined {
    struct number_sum sum; /* an extreme without carry */
    double size;           /* of the largest number in it, by amount */
};

static struct joined
join(enum plan_op op, struct joined a, struct joined b)
{
    if (op == PLAN_MIN) {
        return a.sum.sum < b.sum.sum ? a : b;
    }
    if (op == PLAN_MAX) {
        return a.sum.sum > b.sum.sum ? a : b;
    }
    return (struct joined){number_sum_join(a.sum, b.sum), fmax(a.size, b.size)};
}

/* Unknown numbers do not change what they are joined to. */
static struct joined
none_of(enum plan_op op)
{
    double nothing = op == PLAN_MIN ? INFINITY : op == PLAN_MAX ? -INFINITY : 0;
    return (struct joined){.sum = {nothing, 0}};
}

/* What is noise beside a number or its bounds is so for all three. */
static struct joined
one_of(const struct series *series, size_t p)
{
    struct joined one = {.sum = {series->from[p], 0}};
    if (isnan(one.sum.sum)) {
        return none_of(series->node->reduce);
    }
    for (int part = 0; part < (series->bounds ? PARTS : 1); part++) {
        double size = fabs(series->parts[part][p]);
        one.size = isfinite(size) ? fmax(one.size, size) : one.size;
    }
    return one;
}

static double
finish(const struct series *series, struct joined all, size_t from, size_t to)
{
    enum plan_op op = series->node->reduce;
    size_t missing = series->missing[to] - series->missing[from];
    size_t known = to - from - missing;
    double sum = number_denoise(number_sum_total(all.sum), all.size);
    if (op == PLAN_COUNT) {
        return (double)known;
    }
    if (known == 0 || (missing && !series->node->partial)) {
        return NAN;
    }
    double result = op == PLAN_AVG   ? sum / (double)known
                    : op == PLAN_SUM ? sum
                                     : all.sum.sum;
    return series->part != POINTS || isfinite(result) ? result : NAN;
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
    struct joined none = none_of(op);
    struct joined *front = memory_alloc((series->count + 1) * sizeof *front);
    struct joined back = none;
    size_t head = 0;
    size_t middle = 0; /* front[HEAD..MIDDLE-1], then BACK */
    for (size_t p = 0; p < series->count; p++) {
        int64_t start = begin_of(series, p);
        size_t begin = start < 0 ? 0 : (size_t)start;
        back = join(op, back, one_of(series, p));
        head = begin > head ? begin : head; /* it never goes back */
        if (head > middle) {                /* turn the stack over */
            front[p + 1] = none;
            for (size_t i = p + 1; i-- > head;) {
                front[i] = join(op, one_of(series, i), front[i + 1]);
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

/* All parts at once, as the spread of what is least is not the least spread. */
static void
reduce_statistic(struct series *series)
{
    size_t count = series->count;
    double *numbers = memory_alloc((PARTS * count + 1) * sizeof *numbers);
    for (size_t p = 0; p < count && !plan_stops(series->plan); p++) {
        int64_t start = begin_of(series, p);
        size_t begin = start < 0 ? 0 : (size_t)start;
        struct bounded all = {series->bounds ? numbers + count : NULL,
                              numbers + 2 * count, 0};
        for (size_t i = begin; i <= p; i++) {
            for (int part = 0; is_known(series, i) && part < PARTS; part++) {
                numbers[(size_t)part * count + all.count] =
                    series->bounds || part == POINTS ? series->parts[part][i]
                                                     : NAN;
            }
            all.count += is_known(series, i);
        }
        bool whole =
            series->node->partial || (all.count == p + 1 - begin && start >= 0);
        struct cell cell = {NAN, NAN, NAN};
        if (whole) {
            cell = statistic_cell(series->node->reduce, numbers, &all, 0.5);
        }
        series->results[POINTS][p] = cell.value;
        series->results[LOWS][p] = cell.low;
        series->results[HIGHS][p] = cell.high;
    }
    free(numbers);
}

/* The first period of the year that holds a row, as an index. */
static int64_t
year_begin(const struct plan *plan, const struct plan_node *node, size_t p)
{
    struct calendar calendar =
        vocabulary_calendar(store_vocabulary(plan->store), node->calendar);
    struct period read = plan_lagged(plan, node->lag, p);
    struct period begin;
    struct period end;
    period_year_ends(read, &calendar, &begin, &end);
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
        series->missing[p + 1] =
            series->missing[p] + (isnan(series->from[p]) ? 1 : 0);
        series->first =
            is_known(series, p) && p < series->first ? p : series->first;
    }
    if (!op_is_statistic(series->node->reduce)) {
        reduce_joined(series);
    } else if (series->part == POINTS) {
        reduce_statistic(series);
    }
}

/* Gaps ------------------------------------------------------------------ */

static void
run_fill(struct series *series)
{
    size_t last = SIZE_MAX;
    for (size_t p = 0; p < series->count; p++) {
        last = is_known(series, p) ? p : last;
        bool near = last != SIZE_MAX && p - last <= (size_t)series->node->reach;
        series->to[p] = near ? series->from[last] : NAN;
    }
}

/* Both grow with either neighbour, as long as a geometric one keeps its sign;
 * else it may be anything. */
static double
between(const struct series *series, size_t left, size_t right, size_t p)
{
    double a = series->from[left];
    double b = series->from[right];
    double part = (double)(p - left) / (double)(right - left);
    double result = series->node->geometric ? a * pow(b / a, part)
                    : isinf(a)              ? a
                                            : a + (b - a) * part;
    if (series->part == POINTS) {
        return isfinite(result) ? result : NAN;
    }
    return !isnan(result)         ? result
           : series->part == LOWS ? -INFINITY
                                  : INFINITY;
}

static bool
crosses_zero(const struct series *series, size_t p)
{
    return series->bounds && series->parts[LOWS][p] <= 0 &&
           series->parts[HIGHS][p] >= 0;
}

static void
run_interpolate(struct series *series)
{
    size_t left = SIZE_MAX;
    for (size_t p = 0; p < series->count; p++) {
        series->to[p] = series->from[p];
        if (!is_known(series, p)) {
            series->to[p] = NAN;
            continue;
        }
        for (size_t gap = left == SIZE_MAX ? p : left + 1; gap < p; gap++) {
            bool open = series->node->geometric && series->part != POINTS &&
                        (crosses_zero(series, left) || crosses_zero(series, p));
            series->to[gap] = !open ? between(series, left, p, gap)
                              : series->part == LOWS ? -INFINITY
                                                     : INFINITY;
        }
        left = p;
    }
}

/* Runs ------------------------------------------------------------------ */

/* A run that reaches back to where nothing is known may be longer: its length
 * is only bounded. */
static void
run_streak(struct series *series)
{
    const double *truth = series->parts[POINTS];
    double *point = series->results[POINTS];
    bool whole = false;
    size_t length = 0;
    for (size_t p = 0; p < series->count; p++) {
        double holds = truth[p];
        length = holds == 1 ? length + 1 : 0;
        whole = isnan(holds) ? false : whole || holds == 0;
        if (series->node->op == PLAN_SINCE) {
            point[p] = whole && length ? series->plan->first + (double)p -
                                             (double)length + 1
                                       : NAN;
        } else {
            point[p] = whole ? (double)length : NAN;
        }
        bool counts = !isnan(holds) && series->node->op == PLAN_STREAK;
        series->results[LOWS][p] = counts ? (double)length : NAN;
        series->results[HIGHS][p] = !counts ? NAN
                                    : whole ? (double)length
                                            : INFINITY;
    }
}

/* ----------------------------------------------------------------------- */

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

/* The parts of a line.  A number without bounds of its own is exact; `partial`
 * leaves out what has bounds alone. */
static void
read_parts(struct series *series, const struct block *from, size_t step,
           size_t line)
{
    bool partial = series->node->op == PLAN_WINDOW && series->node->partial;
    for (size_t p = 0; p < series->count; p++) {
        size_t at = p * step + line;
        double value = from->values[at];
        bool bare = !series->bounds || !from->low || isnan(from->low[at]) ||
                    (partial && isnan(value));
        series->parts[POINTS][p] = value;
        series->parts[LOWS][p] = bare ? value : from->low[at];
        series->parts[HIGHS][p] = bare ? value : from->high[at];
    }
}

static void
run_parts(struct series *series)
{
    for (int part = 0; part < (series->bounds ? PARTS : 1); part++) {
        series->part = part;
        series->from = series->parts[part];
        series->to = series->results[part];
        run_part(series);
    }
}

/* Where there is no point, bounds that say nothing are none; how many are known
 * is certain. */
static void
write_parts(const struct series *series, struct block *to, size_t line)
{
    const struct plan_node *node = series->node;
    bool counts = node->op == PLAN_WINDOW && node->reduce == PLAN_COUNT;
    for (size_t p = 0; p < series->count; p++) {
        size_t at = p * to->stride + line;
        double value = series->results[POINTS][p];
        to->values[at] = value;
        if (!series->bounds) {
            continue;
        }
        double low = counts ? value : series->results[LOWS][p];
        double high = counts ? value : series->results[HIGHS][p];
        bool none = isnan(low) || isnan(high) || low == INFINITY ||
                    high == -INFINITY ||
                    (isnan(value) && low == -INFINITY && high == INFINITY);
        to->low[at] = none ? value : low;
        to->high[at] = none ? value : high;
    }
}

void
kernel_window(const struct plan *plan, const struct plan_node *node,
              struct block *to)
{
    const struct plan_node *kid = &plan->nodes[node->kid[0]];
    struct block from =
        plan_block(plan, node->kid[0], node_pane(kid, to->pane));
    size_t step = kid->varies & VARIES_PERIOD ? from.stride : 0;
    size_t count = to->pane.periods;
    double *scratch = memory_alloc((2 * PARTS * count + 1) * sizeof *scratch);
    struct series series = {
        .plan = plan,
        .node = node,
        .count = count,
        .bounds = to->low != NULL,
        .begins = node->begins,
        .missing = memory_alloc((count + 1) * sizeof(size_t)),
    };
    for (size_t part = 0; part < PARTS; part++) {
        series.parts[part] = scratch + part * count;
        series.results[part] = scratch + (PARTS + part) * count;
    }
    for (size_t line = 0; line < to->pane.lines && !plan_stops(plan); line++) {
        read_parts(&series, &from, step, line);
        if (node->op == PLAN_STREAK || node->op == PLAN_SINCE) {
            run_streak(&series);
        } else {
            run_parts(&series);
        }
        write_parts(&series, to, line);
    }
    free(series.missing);
    free(scratch);
}
