/* Aggregates: dimensions and periods that collapse.
 *
 * The inside has a space of its own with more lines; an array says for each of
 * them which line outside it belongs to.  Sums are compensated (Neumaier), so
 * that their result does not depend on the order of the lines beyond one
 * rounding.
 */
#include "eval/plan/assume.h"
#include "eval/plan/ends.h"
#include "eval/plan/said.h"
#include "values/number.h"

#include <stdlib.h>

/* One result while it is gathered, of which there may be many. */
struct gathering {
    union {
        struct { /* of a sum or a mean, as of its bounds */
            struct number_sum sum;
            struct number_sum low;
            struct number_sum high;
        };
        struct cell best;    /* the least, greatest, first or last */
        struct {             /* of a statistic, which needs them all at once */
            double *numbers; /* NULL while they are counted; their bounds */
            size_t room;     /* stand ROOM behind them; 0: without bounds */
        };
    };
    double size; /* of the largest number that was added, by amount */
    uint32_t known;
    uint32_t missing;   /* rows without a point */
    uint32_t unbounded; /* ... of which nothing is known at all */
    bool some_true;
    bool some_false;
    bool assumed; /* something in it is */
};

/* What the lines of one result have in common, when its ends are open. */
struct extent_of_lines {
    struct run shared; /* periods in the runs of all lines */
    struct run whole;  /* ... and in that of any of them */
    bool some;         /* has a run */
    bool some_without;
};

/* An aggregate at work: what it gathers from a pane, and its results by period
 * and group. */
struct fold {
    struct plan *plan;
    struct plan_node *node;
    struct sight *sight; /* rows of which no figure is known are left out;
                            * NULL: all count */
    struct sight *edges; /* figures that say where its ends are, beside what is
                          * known; NULL: none do */
    bool mixes;          /* vintages: rows of which nothing was said in theirs
                          * are left out */
    bool skips;          /* what is unknown counts nothing, wherever it is */
    bool inside_varies;  /* by period, and periods collapse */
    size_t rows;         /* periods of the result */
    size_t group_count;
    const uint32_t *group; /* by line inside; NULL: all lines are one */
    struct ends ends;
    struct run *runs; /* by line of the pane */
    struct gathering *results;
    struct extent_of_lines *extents; /* by group; NULL: its ends are not open */
    uint32_t *alike;  /* where vintages mix: lines that differ in nothing else
                       * (plan_lines_alike()); by the first of them ... */
    struct run *wide; /* ... what their runs span, when the ends are open */
    bool *said;       /* ... and by period: was anything said in any vintage? */
    double *numbers;  /* of a statistic */
    bool assumes;     /* something inside may be assumed ... */
    bool *assumed;    /* ... by cell of the pane; NULL: nothing is */
};

/* Periods come in order, so the last one is the one that comes now. */
static inline bool
is_better(enum plan_op op, double value, double best)
{
    return op == PLAN_MIN     ? value < best
           : op == PLAN_MAX   ? value > best
           : op == PLAN_FIRST ? false
                              : true;
}

static inline void
take_added(struct gathering *to, const struct cell *cell, bool bounds)
{
    if (!isnan(cell->value)) {
        number_sum_add(&to->sum, cell->value);
    }
    if (!bounds) {
        double size = fabs(cell->value);
        to->size = size > to->size ? size : to->size;
        return;
    }
    number_sum_add(&to->low, cell->low);
    number_sum_add(&to->high, cell->high);
    to->size = fmax(to->size, fmax(isinf(cell->low) ? 0 : fabs(cell->low),
                                   isinf(cell->high) ? 0 : fabs(cell->high)));
}

static inline void
take_better(struct gathering *to, enum plan_op op, const struct cell *cell)
{
    struct cell *best = &to->best;
    if (to->known == 0) {
        *best = *cell;
        return;
    }
    best->value =
        is_better(op, cell->value, best->value) ? cell->value : best->value;
    best->low = is_better(op, cell->low, best->low) ? cell->low : best->low;
    best->high =
        is_better(op, cell->high, best->high) ? cell->high : best->high;
}

static inline void
take_number(struct gathering *to, const struct cell *cell)
{
    double *at = to->numbers ? to->numbers + to->known : NULL;
    if (at) {
        at[0] = cell->value;
    }
    if (at && to->room) {
        at[to->room] = cell->low;
        at[2 * to->room] = cell->high;
    }
}

static void
take(struct gathering *to, const struct fold *fold, double value, double low,
     double high)
{
    enum plan_op op = fold->node->op;
    bool partial = fold->node->partial;
    bool bounded = !isnan(low) && !isnan(high);
    bool points = op == PLAN_ALL || op == PLAN_ANY;
    if (isnan(value) && (partial || !bounded || points)) {
        to->missing++;
        to->unbounded++;
        return;
    }
    struct cell cell = {value, bounded ? low : value, bounded ? high : value};
    if (points) {
        to->some_true = to->some_true || value != 0;
        to->some_false = to->some_false || value == 0;
    } else if (op == PLAN_SUM || op == PLAN_AVG) {
        take_added(to, &cell, fold->plan->bounds);
    } else if (op_is_statistic(op)) {
        take_number(to, &cell);
    } else if (op != PLAN_COUNT) {
        take_better(to, op, &cell);
    }
    to->known++;
    to->missing += isnan(value) ? 1 : 0;
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

/* Is a line unknown in a period of which another one is known? */
static bool
is_ragged(const struct extent_of_lines *lines)
{
    return lines->some &&
           (lines->some_without || lines->shared.first > lines->whole.first ||
            lines->shared.last < lines->whole.last);
}

/* The value of a finished gathering; unknown when something was missing and
 * the aggregate is not a partial one. */
static struct cell
finish(const struct plan *plan, const struct plan_node *node,
       const struct gathering *from)
{
    double count = (double)from->known;
    bool missing = from->missing > 0 && !node->partial;
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
        double *lows = from->room ? from->numbers + from->room : NULL;
        struct bounded all = {lows, lows ? lows + from->room : NULL,
                              from->known};
        return statistic_cell(node->op, from->numbers, &all, part);
    }
    bool average = node->op == PLAN_AVG;
    if (average || node->op == PLAN_SUM) {
        double size = average ? count : 1;
        double sum = number_sum_total(from->sum);
        sum = isfinite(sum) ? sum : NAN;
        cell = (struct cell){
            number_denoise(sum, from->size) / size,
            number_denoise(number_sum_total(from->low), from->size) / size,
            number_denoise(number_sum_total(from->high), from->size) / size,
        };
        if (isnan(sum)) { /* too large: nor are its bounds any numbers */
            cell.low = cell.high = NAN;
        }
    } else {
        cell = from->best;
    }
    if (missing) { /* only its bounds are known, if they are */
        bool open = cell.low == -INFINITY && cell.high == INFINITY;
        cell.value = cell.low == cell.high ? cell.low : NAN;
        cell.low = open ? NAN : cell.low;
        cell.high = open ? NAN : cell.high;
    }
    return cell;
}

void
plan_aggregate_periods(const struct plan *plan, const struct plan_node *node,
                       size_t *first, size_t *last)
{
    size_t count = plan_period_count(plan);
    *first = plan->shown_first;
    *last = plan->shown_last;
    if (node->own_periods) {
        struct period_range range = node->periods;
        bool open_start = range.first == INT32_MIN;
        bool open_end = range.last == INT32_MAX;
        int64_t from = open_start ? plan->known_first : range.first;
        int64_t to = open_end ? plan->known_last : range.last;
        from -= plan->first;
        to -= (int64_t)plan->first - 1;
        *first = from < 0 ? 0 : (size_t)from;
        *last = to > (int64_t)count ? count : to < 0 ? 0 : (size_t)to;
    }
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

static struct fold
fold_open(struct plan *plan, struct plan_node *node)
{
    const struct plan_node *kid = &plan->nodes[node->kid[0]];
    struct grouping grouping = plan_group_lines(plan, node);
    bool by_line = node->varies & VARIES_LINE;
    struct fold fold = {
        .plan = plan,
        .node = node,
        .inside_varies = kid->varies & VARIES_PERIOD && node->over_periods,
        .rows = node->varies & VARIES_PERIOD ? plan_period_count(plan) : 1,
        .group_count = by_line ? grouping.count : 1,
        .group = by_line ? grouping.inside : NULL,
        .mixes = plan_mixes_vintages(plan, node),
        .skips = node->partial && node->op < PLAN_ALL,
        .assumes = plan_may_assume(plan, node->kid[0]),
    };
    /* What is known lies in its run anyway. */
    fold.ends =
        fold.skips ? (struct ends){false, false} : plan_free_ends(plan, node);
    size_t bytes = (fold.rows * fold.group_count + 1) * sizeof *fold.results;
    size_t lines = plan->spaces[node->from_space].line_count;
    fold.results = memory_alloc(bytes);
    memset(fold.results, 0, bytes);
    if (fold.ends.start || fold.ends.end) {
        bytes = (fold.group_count + 1) * sizeof *fold.extents;
        fold.extents = memory_alloc(bytes);
        memset(fold.extents, 0, bytes);
        fold.edges = plan_edges(plan, node);
    }
    if (fold.mixes) {
        size_t periods = plan_period_count(plan);
        fold.alike = plan_lines_alike(plan, node->from_space);
        fold.said = memory_alloc(periods * lines + 1);
        memset(fold.said, 0, periods * lines + 1);
    }
    if (fold.extents && fold.mixes) {
        fold.wide = memory_alloc((lines + 1) * sizeof *fold.wide);
        memset(fold.wide, 0, (lines + 1) * sizeof *fold.wide);
    }
    fold.runs = memory_alloc((lines + 1) * sizeof *fold.runs);
    if (node->picks && !rests_on_row(plan, node->kid[0])) {
        fold.sight = sight_new(plan, node->kid[0]);
    }
    return fold;
}

/* Numbers of the inside in one pane. */
struct inside {
    struct pane pane;
    const double *values;
    const double *low; /* or NULL */
    const double *high;
    size_t period_step;
    size_t line_step;
};

static struct inside
inside_of(const struct plan *plan, uint32_t at, struct pane pane)
{
    const struct plan_node *kid = &plan->nodes[at];
    struct block block = plan_block(plan, at, node_pane(kid, pane));
    const double *points = plan->bounds ? block.values : NULL;
    return (struct inside){
        .pane = pane,
        .values = block.values,
        .low = block.low ? block.low : points,
        .high = block.high ? block.high : points,
        .period_step = kid->varies & VARIES_PERIOD ? block.stride : 0,
        .line_step = kid->varies & VARIES_LINE ? 1 : 0,
    };
}

/* The runs of the lines of a pane, period by period as their numbers lie. */
static void
find_runs(struct fold *fold, const struct inside *inside)
{
    const struct plan *plan = fold->plan;
    struct ends ends = fold->ends;
    size_t lines = inside->pane.lines;
    struct run *runs = fold->runs;
    struct run within;
    plan_aggregate_periods(plan, fold->node, &within.first, &within.last);
    for (size_t l = 0; l < lines; l++) {
        runs[l] = (struct run){inside->pane.periods, 0};
    }
    for (size_t p = within.first; fold->extents && p < within.last; p++) {
        for (size_t l = 0; l < lines; l++) {
            size_t at = p * inside->period_step + l * inside->line_step;
            if (!isnan(inside->values[at]) ||
                (inside->low && !isnan(inside->low[at]))) {
                runs[l].first = p < runs[l].first ? p : runs[l].first;
                runs[l].last = p + 1;
            }
        }
    }
    for (size_t l = 0; l < lines && !plan_stops(plan); l++) {
        if (fold->edges) {
            sight_widen(plan, fold->edges, inside->pane.line + l, within,
                        &runs[l]);
        }
        runs[l] = run_cut(ends, runs[l]);
    }
}

static void
add_run(struct extent_of_lines *to, const struct run *run)
{
    struct run *shared = &to->shared;
    struct run *whole = &to->whole;
    if (run->last == 0) {
        to->some_without = true;
        return;
    }
    if (!to->some) {
        *shared = *whole = *run;
        to->some = true;
    }
    shared->first = run->first > shared->first ? run->first : shared->first;
    shared->last = run->last < shared->last ? run->last : shared->last;
    whole->first = run->first < whole->first ? run->first : whole->first;
    whole->last = run->last > whole->last ? run->last : whole->last;
}

/* What vintages say of one line goes together: none has to repeat another. */
static void
widen_run(struct run *wide, const struct run *run)
{
    if (run->last && (!wide->last || run->first < wide->first)) {
        wide->first = run->first;
    }
    wide->last = run->last > wide->last ? run->last : wide->last;
}

static void
add_wide_runs(const struct fold *fold)
{
    size_t lines = fold->plan->spaces[fold->node->from_space].line_count;
    for (size_t l = 0; fold->wide && l < lines; l++) {
        uint32_t group = fold->group ? fold->group[l] : 0;
        if (fold->alike[l] == l && group != UINT32_MAX) {
            add_run(&fold->extents[group], &fold->wide[l]);
        }
    }
}

/* Adds the runs of a pane to those of the results that they belong to. */
static void
add_runs(const struct fold *fold, const struct inside *inside)
{
    for (size_t l = 0; fold->extents && l < inside->pane.lines; l++) {
        size_t line = inside->pane.line + l;
        uint32_t group = fold->group ? fold->group[line] : 0;
        if (fold->wide) {
            widen_run(&fold->wide[fold->alike[line]], &fold->runs[l]);
        } else if (group != UINT32_MAX) {
            add_run(&fold->extents[group], &fold->runs[l]);
        }
    }
}

/* Of a line of which no vintage says anything in a period nothing is known: it
 * counts once, as it would without vintages. */
static void
add_unsaid(const struct fold *fold)
{
    size_t lines = fold->plan->spaces[fold->node->from_space].line_count;
    bool many = fold->rows != 1 || fold->inside_varies;
    size_t first = 0;
    size_t last = many ? plan_period_count(fold->plan) : 1;
    if (fold->inside_varies) {
        plan_aggregate_periods(fold->plan, fold->node, &first, &last);
    }
    for (size_t l = 0; fold->said && !fold->skips && l < lines; l++) {
        uint32_t group = fold->group ? fold->group[l] : 0;
        struct run run = fold->wide ? run_cut(fold->ends, fold->wide[l])
                                    : (struct run){0, last};
        for (size_t p = first; fold->alike[l] == l && p < last; p++) {
            if (group != UINT32_MAX && p >= run.first && p < run.last &&
                !fold->said[p * lines + l]) {
                size_t row = fold->rows > 1 ? p : 0;
                struct gathering *to =
                    &fold->results[row * fold->group_count + group];
                to->missing++;
                to->unbounded++;
            }
        }
    }
}

/* Does a line say nothing of its own in its vintage? */
static bool
repeats_vintage(const struct fold *fold, size_t p, size_t line)
{
    size_t space = fold->node->from_space;
    if (!fold->mixes) {
        return false;
    }
    bool said = plan_row_said(fold->plan, space, p, line);
    if (said) {
        size_t lines = fold->plan->spaces[space].line_count;
        fold->said[p * lines + fold->alike[line]] = true;
    }
    return !said;
}

/* Of the first and the last one, what stands aside counts nothing. */
static void
take_assumed(struct gathering *to, enum plan_op op, bool assumed)
{
    bool first = to->known == 0;
    to->assumed = op == PLAN_FIRST  ? first ? assumed : to->assumed
                  : op == PLAN_LAST ? assumed
                                    : to->assumed || assumed;
}

/* Gathers one period of a pane into the row of results that it belongs to. */
static void
fold_period(const struct fold *fold, const struct inside *inside, size_t p,
            struct gathering *row)
{
    size_t begin = inside->pane.line;
    for (size_t l = 0; l < inside->pane.lines; l++) {
        size_t at = p * inside->period_step + l * inside->line_step;
        double value = inside->values[at];
        if (fold->skips && isnan(value)) {
            continue;
        }
        uint32_t group = fold->group ? fold->group[begin + l] : 0;
        if (group == UINT32_MAX || p < fold->runs[l].first ||
            p >= fold->runs[l].last ||
            (fold->sight &&
             !sight_row(fold->plan, fold->sight, p, begin + l)) ||
            repeats_vintage(fold, p, begin + l)) {
            continue;
        }
        if (fold->assumed) {
            take_assumed(&row[group], fold->node->op,
                         fold->assumed[p * inside->pane.lines + l]);
        }
        take(&row[group], fold, value, inside->low ? inside->low[at] : NAN,
             inside->high ? inside->high[at] : NAN);
    }
}

static void
fold_pane(struct fold *fold, struct pane pane)
{
    const struct plan_node *node = fold->node;
    fold->assumed = fold->assumes
                        ? plan_find_assumed(fold->plan, node->kid[0], pane)
                        : NULL;
    struct inside inside = inside_of(fold->plan, node->kid[0], pane);
    bool many = fold->rows != 1 || fold->inside_varies;
    size_t first;
    size_t last;
    plan_aggregate_periods(fold->plan, node, &first, &last);
    find_runs(fold, &inside);
    add_runs(fold, &inside);
    for (size_t p = 0; p < (many ? pane.periods : 1); p++) {
        if (!fold->inside_varies || (p >= first && p < last)) {
            size_t row = fold->rows > 1 ? p : 0;
            fold_period(fold, &inside, p,
                        &fold->results[row * fold->group_count]);
        }
    }
    free(fold->assumed);
    fold->assumed = NULL;
}

/* Each group is finished once, as a statistic uses its numbers up, and given to
 * all of its lines. */
static void
hand_out(struct fold *fold)
{
    struct plan *plan = fold->plan;
    struct plan_node *node = fold->node;
    struct grouping grouping = plan_group_lines(plan, node);
    size_t lines = fold->group ? plan->spaces[node->space].line_count : 1;
    struct cell *cells = memory_alloc((fold->group_count + 1) * sizeof *cells);
    free(node->assumed);
    node->assumed = fold->assumes ? memory_alloc(fold->rows * lines + 1) : NULL;
    for (size_t row = 0; row < fold->rows; row++) {
        for (size_t group = 0; group < fold->group_count; group++) {
            struct gathering *from =
                &fold->results[row * fold->group_count + group];
            if (fold->extents && is_ragged(&fold->extents[group])) {
                from->missing++;
                from->unbounded++;
            }
            cells[group] = finish(plan, node, from);
        }
        for (size_t line = 0; line < lines; line++) {
            const struct cell *cell =
                &cells[fold->group ? grouping.outside[line] : 0];
            size_t at = row * lines + line;
            node->values[at] = cell->value;
            if (node->assumed) {
                node->assumed[at] =
                    fold->results[row * fold->group_count +
                                  (fold->group ? grouping.outside[line] : 0)]
                        .assumed;
            }
            if (plan->bounds) {
                node->low[at] = isnan(cell->low) ? cell->value : cell->low;
                node->high[at] = isnan(cell->high) ? cell->value : cell->high;
            }
        }
    }
    free(cells);
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
        results[i] = (struct gathering){.size = 0};
        results[i].numbers = next;
        results[i].room = bounds ? known : 0;
        next += known * columns;
    }
    return numbers;
}

/* Do the lines of a group follow one another in time, not one by one? */
static bool
goes_by_period(const struct plan_node *node)
{
    return node->op == PLAN_FIRST || node->op == PLAN_LAST;
}

bool
aggregate_passes(const struct plan_node *node)
{
    return node->op >= PLAN_SUM && node->op < PLAN_SPARK &&
           !goes_by_period(node);
}

/* Once over the inside, for all of them or only those that count first. */
static void
fold_all(struct plan *plan, struct fold *folds, size_t count, size_t lines,
         bool again)
{
    size_t space = folds[0].node->from_space;
    size_t all = plan->spaces[space].line_count;
    for (size_t line = 0; line < all && !plan_stops(plan); line += lines) {
        struct pane pane = {0, plan_period_count(plan), line,
                            all - line < lines ? all - line : lines};
        for (size_t i = 0; i < count; i++) {
            if (!again || folds[i].numbers) {
                fold_pane(&folds[i], pane);
            }
        }
    }
}

void
kernel_aggregates(struct plan *plan, const uint32_t *nodes, size_t count)
{
    struct fold *folds = memory_alloc(count * sizeof *folds);
    size_t space = plan->nodes[nodes[0]].from_space;
    size_t lines = plan_pane_lines(plan, space);
    bool again = false;
    for (size_t i = 0; i < count; i++) {
        folds[i] = fold_open(plan, &plan->nodes[nodes[i]]);
        if (goes_by_period(folds[i].node)) {
            lines = plan->spaces[space].line_count;
        }
    }
    lines = lines ? lines : 1;
    fold_all(plan, folds, count, lines, false);
    for (size_t i = 0; i < count; i++) {
        if (op_is_statistic(folds[i].node->op)) {
            size_t results = folds[i].rows * folds[i].group_count;
            folds[i].numbers =
                make_room(folds[i].results, results, plan->bounds);
            again = true;
        }
    }
    if (again) {
        fold_all(plan, folds, count, lines, true);
    }
    for (size_t i = 0; i < count; i++) {
        add_wide_runs(&folds[i]);
        add_unsaid(&folds[i]);
        hand_out(&folds[i]);
        free(folds[i].numbers);
        free(folds[i].results);
        free(folds[i].runs);
        free(folds[i].extents);
        free(folds[i].alike);
        free(folds[i].wide);
        free(folds[i].said);
        sight_free(folds[i].sight);
        sight_free(folds[i].edges);
    }
    free(folds);
}
