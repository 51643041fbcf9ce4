/* Aggregates: dimensions and periods that collapse.
 *
 * The inside has a space of its own with more lines; an array says for each of
 * them which line outside it belongs to.  Sums are compensated (Neumaier), so
 * that their result does not depend on the order of the lines beyond one
 * rounding.
 */
#include "eval/plan/plan.h"
#include "values/number.h"

#include <stdlib.h>

/* One result while it is gathered. */
struct gathering {
    double sum;
    double carry;
    double low;
    double high;
    double size; /* of the largest number that was added, by amount */
    double best; /* of min and max */
    double best_low;
    double best_high;
    size_t known;
    size_t missing;   /* rows without a point */
    size_t unbounded; /* ... of which nothing is known at all */
    bool some_true;
    bool some_false;
    double *numbers; /* of a statistic: all of them; NULL while they are
                      * counted */
    double *lows;    /* ... and their bounds; NULL when nobody wants them */
    double *highs;
};

static inline void
add_compensated(struct gathering *to, double value)
{
    double sum = to->sum + value;
    if (fabs(to->sum) >= fabs(value)) {
        to->carry += (to->sum - sum) + value;
    } else {
        to->carry += (value - sum) + to->sum;
    }
    to->sum = sum;
}

/* Periods come in order, so the last one is the one that comes now. */
static inline bool
is_better(enum plan_op op, double value, double best)
{
    return op == PLAN_MIN     ? value < best
           : op == PLAN_MAX   ? value > best
           : op == PLAN_FIRST ? false
                              : true;
}

static void
take(struct gathering *to, enum plan_op op, bool partial, double value,
     double low, double high)
{
    bool bounded = !isnan(low) && !isnan(high);
    bool points = op == PLAN_ALL || op == PLAN_ANY;
    if (isnan(value) && (partial || !bounded || points)) {
        to->missing++;
        to->unbounded++;
        return;
    }
    bool first = to->known == 0;
    if (to->numbers) {
        to->numbers[to->known] = value;
        if (to->lows) {
            to->lows[to->known] = bounded ? low : value;
            to->highs[to->known] = bounded ? high : value;
        }
    }
    to->known++;
    if (!isnan(value)) {
        add_compensated(to, value);
        to->some_true = to->some_true || value != 0;
        to->some_false = to->some_false || value == 0;
    } else {
        to->missing++;
    }
    low = bounded ? low : value;
    high = bounded ? high : value;
    to->low += low;
    to->high += high;
    to->size = fmax(to->size, fmax(isinf(low) ? 0 : fabs(low),
                                   isinf(high) ? 0 : fabs(high)));
    to->best = first || is_better(op, value, to->best) ? value : to->best;
    if (bounded) {
        to->best_low =
            first || is_better(op, low, to->best_low) ? low : to->best_low;
        to->best_high =
            first || is_better(op, high, to->best_high) ? high : to->best_high;
    }
}

/* Of no rows at all nothing is known, neither that it holds in all of them nor
 * that it does in none: what cannot be decided anywhere must not come out as
 * true because its rows were cut off as the ends of a series. */
static double
truth_of_all(const struct gathering *from)
{
    return from->some_false ? 0 : from->missing || from->known == 0 ? NAN : 1;
}

static double
truth_of_any(const struct gathering *from)
{
    return from->some_true ? 1 : from->missing || from->known == 0 ? NAN : 0;
}

/* A statistic, and its bounds around it. */
static struct cell
finish_statistic(const struct plan_node *node, const struct gathering *from,
                 double part)
{
    struct cell cell = {NAN, NAN, NAN};
    if (from->missing == 0 || node->partial) {
        cell.value = statistic(node->op, from->numbers, from->known, part);
    }
    if (!from->lows || (isnan(cell.value) && from->missing == 0)) {
        return cell;
    }
    struct bounded all = {from->lows, from->highs, from->known};
    struct interval ends = statistic_bounds(node->op, &all, part);
    bool open = ends.low == -INFINITY && ends.high == INFINITY;
    if (!open || !isnan(cell.value)) {
        cell.low = fmin(ends.low, isnan(cell.value) ? ends.low : cell.value);
        cell.high = fmax(ends.high, isnan(cell.value) ? ends.high : cell.value);
    }
    return cell;
}

/* The value of a finished gathering; unknown when something was missing and
 * the aggregate is not a partial one. */
static struct cell
finish(const struct plan *plan, const struct plan_node *node,
       const struct gathering *from)
{
    double count = (double)from->known;
    bool missing = from->missing > 0 && !node->partial;
    double sum = from->sum + from->carry;
    sum = isfinite(sum) ? sum : NAN;
    struct cell cell = {NAN, NAN, NAN};
    switch ((int)node->op) {
    case PLAN_COUNT:
        return (struct cell){count, count, count};
    case PLAN_ALL:
        cell.value = node->partial && !from->some_false && from->known
                         ? 1
                         : truth_of_all(from);
        return cell;
    case PLAN_ANY:
        cell.value = node->partial && !from->some_true && from->known
                         ? 0
                         : truth_of_any(from);
        return cell;
    default:
        break;
    }
    if (from->known == 0) {
        return cell;
    }
    if (missing && from->unbounded > 0) {
        return cell;
    }
    if (op_is_statistic(node->op)) {
        double part =
            node->op == PLAN_QUANTILE ? plan->nodes[node->kid[1]].value : 0.5;
        return finish_statistic(node, from, part);
    }
    bool average = node->op == PLAN_AVG;
    if (average || node->op == PLAN_SUM) {
        double size = average ? count : 1;
        cell = (struct cell){
            number_denoise(sum, from->size) / size,
            number_denoise(from->low, from->size) / size,
            number_denoise(from->high, from->size) / size,
        };
    } else {
        cell = (struct cell){from->best, from->best_low, from->best_high};
    }
    if (missing) { /* only its bounds are known, if they are */
        bool open = cell.low == -INFINITY && cell.high == INFINITY;
        cell.value = NAN;
        cell.low = open ? NAN : cell.low;
        cell.high = open ? NAN : cell.high;
    }
    return cell;
}

static bool
collapses(const struct plan_node *node, uint32_t dimension)
{
    for (size_t i = 0; i < node->over_count; i++) {
        if (node->over[i] == dimension) {
            return !node->keeps;
        }
    }
    return node->keeps && !dimension_is_spread(dimension);
}

static bool
has_dimension(const struct space *space, uint32_t dimension)
{
    for (size_t i = 0; i < space->dimension_count; i++) {
        if (space->dimensions[i] == dimension) {
            return true;
        }
    }
    return false;
}

/* The members of a line in the dimensions that stay; 0 for the others, and for
 * those that the inside does not have: the result is repeated along them. */
static void
project(const struct plan *plan, const struct plan_node *node,
        const struct space *space, size_t line, uint32_t *tuple)
{
    const struct space *outside = &plan->spaces[node->space];
    const struct space *inside = &plan->spaces[node->from_space];
    for (size_t d = 0; d < outside->dimension_count; d++) {
        uint32_t dimension = outside->dimensions[d];
        bool stays =
            !collapses(node, dimension) && has_dimension(inside, dimension);
        tuple[d] = 0;
        for (size_t i = 0; stays && i < space->dimension_count; i++) {
            if (space->dimensions[i] == dimension) {
                tuple[d] = space->tuples[line * space->dimension_count + i];
            }
        }
    }
}

static uint64_t
hash_tuple(const uint32_t *tuple, size_t count)
{
    return hash_bytes(tuple, count * sizeof *tuple);
}

/* The group of TUPLE; UINT32_MAX when there is none.  Tuples whose hashes meet
 * follow one another by SALT. */
static uint32_t
find_group(const struct plan *plan, const struct plan_node *node,
           const struct index *groups, const uint32_t *tuple, uint64_t *slot)
{
    const struct space *outside = &plan->spaces[node->space];
    size_t width = outside->dimension_count;
    for (uint64_t salt = 0;; salt++) {
        uint32_t known[SPACE_DIMENSIONS_MAX];
        *slot = hash_tuple(tuple, width) + salt;
        uint32_t group = index_get(groups, *slot);
        if (group == INDEX_NONE) {
            return UINT32_MAX;
        }
        project(plan, node, outside, group, known);
        if (memcmp(known, tuple, width * sizeof *tuple) == 0) {
            return group;
        }
    }
}

static struct grouping
find_groups(const struct plan *plan, const struct plan_node *node)
{
    const struct space *inside = &plan->spaces[node->from_space];
    const struct space *outside = &plan->spaces[node->space];
    struct index groups = {0};
    uint32_t tuple[SPACE_DIMENSIONS_MAX];
    uint64_t slot;
    struct grouping grouping = {
        memory_alloc((inside->line_count + 1) * sizeof(uint32_t)),
        memory_alloc((outside->line_count + 1) * sizeof(uint32_t)),
    };
    for (size_t line = 0; line < outside->line_count; line++) {
        project(plan, node, outside, line, tuple);
        uint32_t group = find_group(plan, node, &groups, tuple, &slot);
        if (group == UINT32_MAX) {
            group = (uint32_t)line;
            index_put(&groups, slot, group);
        }
        grouping.outside[line] = group;
    }
    for (size_t line = 0; line < inside->line_count; line++) {
        project(plan, node, inside, line, tuple);
        grouping.inside[line] = find_group(plan, node, &groups, tuple, &slot);
    }
    index_free(&groups);
    return grouping;
}

struct grouping
plan_group_lines(const struct plan *plan, const struct plan_node *node)
{
    struct plan_node *owner = &plan->nodes[node - plan->nodes];
    if (!owner->groups) {
        owner->groups = memory_alloc(sizeof *owner->groups);
        *owner->groups = find_groups(plan, node);
    }
    return *owner->groups;
}

void
plan_aggregate_periods(const struct plan *plan, const struct plan_node *node,
                       size_t *first, size_t *last)
{
    size_t count = plan_period_count(plan);
    *first = plan->shown_first;
    *last = plan->shown_last;
    if (node->own_periods) {
        int64_t from = (int64_t)node->periods.first - plan->first;
        int64_t to = (int64_t)node->periods.last - plan->first + 1;
        *first = from < 0 ? 0 : (size_t)from;
        *last = to > (int64_t)count ? count : to < 0 ? 0 : (size_t)to;
    }
}

/* Without periods of its own, a value runs from its first to its last known
 * period in each line: a growth rate begins a year late, and that is no gap.
 * So it does on the open side of a range of its own.  What is unknown in between
 * stays unknown. */
struct run
plan_aggregate_run(const struct plan *plan, const struct plan_node *node,
                   size_t line)
{
    bool moves =
        node->over_periods && plan->nodes[node->kid[0]].varies & VARIES_PERIOD;
    bool free_start = node->own_periods ? node->periods.first == INT32_MIN
                                        : !plan->range_given;
    bool free_end = node->own_periods ? node->periods.last == INT32_MAX
                                      : !plan->range_given;
    size_t periods = plan_period_count(plan);
    struct run known = {periods, 0};
    if (!moves || !(free_start || free_end)) {
        return (struct run){0, SIZE_MAX};
    }
    for (size_t p = 0; p < periods; p++) {
        struct cell cell = plan_cell(plan, node->kid[0], p, line);
        if (!isnan(cell.value) || !isnan(cell.low)) {
            known.first = p < known.first ? p : known.first;
            known.last = p + 1;
        }
    }
    if (known.last > 0) {
        known.first = free_start ? known.first : 0;
        known.last = free_end ? known.last : SIZE_MAX;
    }
    return known;
}

static struct run *
known_runs(const struct plan *plan, const struct plan_node *node)
{
    size_t lines = plan->spaces[node->from_space].line_count;
    struct run *runs = memory_alloc((lines ? lines : 1) * sizeof *runs);
    for (size_t line = 0; line < lines; line++) {
        runs[line] = plan_aggregate_run(plan, node, line);
    }
    return runs;
}

/* Is a value known only where a figure of its row is?  Then nobody needs to
 * look at the figures again. */
static bool
rests_on_row(const struct plan *plan, uint32_t at)
{
    const struct plan_node *node = &plan->nodes[at];
    bool arithmetic = (node->op >= PLAN_NEGATE && node->op <= PLAN_POWER) ||
                      (node->op >= PLAN_ABS && node->op <= PLAN_SIG);
    if (node->op == PLAN_FIGURE) {
        return !plan->figures[node->figure]->fixed || !plan->has_periods;
    }
    for (int i = 0; arithmetic && i < 3; i++) {
        if (node->kid[i] != UINT32_MAX && rests_on_row(plan, node->kid[i])) {
            return true;
        }
    }
    return false;
}

/* What an aggregate gathers from, and where to. */
struct inside {
    const struct plan *plan;
    const struct plan_node *node;
    const double *values;
    const double *low; /* or NULL */
    const double *high;
    size_t period_step;
    size_t line_step;
    bool looks; /* rows of which nothing is known are left out */
    struct grouping groups;
    struct run *runs;
    size_t lines; /* outside */
};

static struct inside
inside_of(const struct plan *plan, const struct plan_node *node)
{
    const struct plan_node *kid = &plan->nodes[node->kid[0]];
    size_t lines =
        kid->varies & VARIES_LINE ? plan->spaces[kid->space].line_count : 1;
    return (struct inside){
        .plan = plan,
        .node = node,
        .values = kid->values,
        .low = kid->low,
        .high = kid->high,
        .period_step = kid->varies & VARIES_PERIOD ? lines : 0,
        .line_step = kid->varies & VARIES_LINE ? 1 : 0,
        .looks = node->partial && !rests_on_row(plan, node->kid[0]),
        .groups = plan_group_lines(plan, node),
        .runs = known_runs(plan, node),
        .lines = node->varies & VARIES_LINE
                     ? plan->spaces[node->space].line_count
                     : 1,
    };
}

/* Gathers one period into the row of results that it belongs to. */
static void
gather_period(const struct inside *inside, size_t p, struct gathering *row)
{
    const struct plan_node *node = inside->node;
    size_t count = inside->plan->spaces[node->from_space].line_count;
    for (size_t line = 0; line < count; line++) {
        uint32_t group = inside->groups.inside[line];
        size_t at = p * inside->period_step + line * inside->line_step;
        double value = inside->values[at];
        bool counts_nothing =
            isnan(value) && node->partial && node->op < PLAN_ALL;
        if (group == UINT32_MAX || p < inside->runs[line].first ||
            p >= inside->runs[line].last || counts_nothing ||
            (inside->looks &&
             !plan_row_known(inside->plan, node->from_space, p, line))) {
            continue;
        }
        take(&row[inside->lines > 1 ? group : 0], node->op, node->partial,
             value, inside->low ? inside->low[at] : NAN,
             inside->high ? inside->high[at] : NAN);
    }
}

/* A group is gathered under its first line, and given to all of them; it is
 * finished once, as a statistic uses its numbers up. */
static void
hand_out(struct plan *plan, struct plan_node *node, const struct inside *inside,
         size_t rows, const struct gathering *results)
{
    size_t lines = inside->lines;
    for (size_t i = 0; i < rows * lines; i++) {
        size_t group = lines > 1 ? inside->groups.outside[i % lines] : 0;
        size_t from = i - i % lines + group;
        if (from == i) {
            struct cell cell = finish(plan, node, &results[from]);
            node->values[i] = cell.value;
            if (plan->bounds) {
                node->low[i] = isnan(cell.low) ? cell.value : cell.low;
                node->high[i] = isnan(cell.high) ? cell.value : cell.high;
            }
            continue;
        }
        node->values[i] = node->values[from];
        if (plan->bounds) {
            node->low[i] = node->low[from];
            node->high[i] = node->high[from];
        }
    }
}

/* Room for the numbers that were counted; all is gathered again. */
static double *
make_room(struct gathering *results, size_t count, bool bounds)
{
    size_t total = 0;
    for (size_t i = 0; i < count; i++) {
        total += results[i].known;
    }
    size_t columns = bounds ? 3 : 1;
    double *numbers = memory_alloc((total * columns + 1) * sizeof *numbers);
    double *next = numbers;
    for (size_t i = 0; i < count; i++) {
        size_t known = results[i].known;
        results[i] = (struct gathering){.numbers = next};
        if (bounds) {
            results[i].lows = next + total;
            results[i].highs = next + 2 * total;
        }
        next += known;
    }
    return numbers;
}

void
kernel_aggregate(struct plan *plan, struct plan_node *node)
{
    struct inside inside = inside_of(plan, node);
    size_t rows = node->varies & VARIES_PERIOD ? plan_period_count(plan) : 1;
    size_t bytes = (rows * inside.lines + 1) * sizeof(struct gathering);
    struct gathering *results = memory_alloc(bytes);
    size_t first;
    size_t last;
    memset(results, 0, bytes);
    plan_aggregate_periods(plan, node, &first, &last);
    bool inside_varies =
        plan->nodes[node->kid[0]].varies & VARIES_PERIOD && node->over_periods;
    size_t periods = rows > 1 || inside_varies ? plan_period_count(plan) : 1;
    bool statistic = op_is_statistic(node->op);
    double *numbers = NULL;
    for (int pass = 0; pass < (statistic ? 2 : 1); pass++) {
        for (size_t p = 0; p < periods; p++) {
            if (!node->over_periods || !inside_varies ||
                (p >= first && p < last)) {
                gather_period(&inside, p,
                              &results[(rows > 1 ? p : 0) * inside.lines]);
            }
        }
        if (statistic && pass == 0) {
            numbers = make_room(results, rows * inside.lines, plan->bounds);
        }
    }
    hand_out(plan, node, &inside, rows, results);
    free(numbers);
    free(results);
    free(inside.runs);
}
