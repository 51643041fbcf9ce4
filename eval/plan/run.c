/* Running a plan: read the figures, line them up in their spaces, compute the
 * nodes in order. */
#include "base/clock.h"
#include "eval/plan/plan.h"
#include "values/number.h"

#include <stdlib.h>

static const struct vocabulary *
plan_vocabulary(const struct plan *plan)
{
    return store_vocabulary(plan->store);
}

/* The position in a metric of each dimension of a space; -1: it has none, or
 * the figure does not spread it. */
static void
map_dimensions(const struct plan *plan, const struct figure *figure,
               int *positions)
{
    const struct space *space = &plan->spaces[figure->space];
    const struct metric *metric =
        &plan_vocabulary(plan)->metrics[figure->metric];
    for (size_t d = 0; d < space->dimension_count; d++) {
        uint32_t dimension = space->dimensions[d];
        if (dimension_is_spread(dimension)) {
            uint32_t spread = dimension - DIMENSION_SPREAD;
            positions[d] = figure->spreads >> spread & 1
                               ? DIMENSIONS_MAX + (int)spread
                               : -1;
            continue;
        }
        int at = metric_dimension(metric, dimension);
        positions[d] =
            at >= 0 && figure->selectors[at] == SELECT_SPACE ? at : -1;
    }
}

/* The member that an own line of a figure has at such a position. */
static uint32_t
own_member(const struct plan *plan, const struct figure *figure, size_t own,
           int position)
{
    if (position >= DIMENSIONS_MAX) {
        const struct extra *extra = &figure->extras[own % figure->extra_count];
        return (uint32_t)extra->at[position - DIMENSIONS_MAX];
    }
    return vocabulary_line_members(
        plan_vocabulary(plan),
        figure->own_lines[own / figure->extra_count])[position];
}

/* Is an own line a part of its space: are there facts of it, by the day of its
 * vintage? */
static bool
own_expected(const struct figure *figure, size_t own)
{
    size_t line = own / figure->extra_count;
    const struct extra *extra = &figure->extras[own % figure->extra_count];
    return figure->expected[line] &&
           (!figure->first_days || figure->space == 0 ||
            figure->first_days[line] <= extra->at[SPREAD_VINTAGE]);
}

static int
compare_tuples(const uint32_t *a, const uint32_t *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (a[i] != b[i]) {
            return a[i] < b[i] ? -1 : 1;
        }
    }
    return 0;
}

static void
add_tuple(struct space *space, const uint32_t *tuple)
{
    size_t width = space->dimension_count;
    void *items = space->tuples;
    memory_grow(&items, &space->line_capacity, space->line_count + 1,
                (width ? width : 1) * sizeof *tuple);
    space->tuples = items;
    memcpy(space->tuples + space->line_count * width, tuple,
           width * sizeof *tuple);
    space->line_count++;
}

/* Merge sort of tuples; qsort has no context for their width. */
static void
sort_tuples(uint32_t *tuples, uint32_t *scratch, size_t count, size_t width)
{
    if (count < 2) {
        return;
    }
    size_t half = count / 2;
    sort_tuples(tuples, scratch, half, width);
    sort_tuples(tuples + half * width, scratch, count - half, width);
    size_t i = 0;
    size_t j = half;
    for (size_t to = 0; to < count; to++) {
        bool left =
            j == count ||
            (i < half && compare_tuples(tuples + i * width, tuples + j * width,
                                        width) <= 0);
        size_t from = left ? i++ : j++;
        memcpy(scratch + to * width, tuples + from * width,
               width * sizeof *tuples);
    }
    memcpy(tuples, scratch, count * width * sizeof *tuples);
}

static void
unique_tuples(struct space *space)
{
    size_t width = space->dimension_count;
    size_t kept = 0;
    uint32_t *scratch =
        memory_alloc(space->line_count * width * sizeof *scratch);
    sort_tuples(space->tuples, scratch, space->line_count, width);
    free(scratch);
    for (size_t i = 0; i < space->line_count; i++) {
        uint32_t *tuple = space->tuples + i * width;
        uint32_t *last = space->tuples + (kept ? kept - 1 : 0) * width;
        if (kept == 0 || compare_tuples(last, tuple, width) != 0) {
            memmove(space->tuples + kept * width, tuple, width * sizeof *tuple);
            kept++;
        }
    }
    space->line_count = kept;
}

/* Lines of figures that spread every dimension of the space. */
static void
collect_full(struct plan *plan, size_t at)
{
    struct space *space = &plan->spaces[at];
    for (size_t f = 0; f < plan->figure_count; f++) {
        const struct figure *figure = plan->figures[f];
        int positions[SPACE_DIMENSIONS_MAX];
        bool full = figure->space == at;
        map_dimensions(plan, figure, positions);
        for (size_t d = 0; full && d < space->dimension_count; d++) {
            full = positions[d] >= 0;
        }
        for (size_t own = 0; full && own < figure->own_count; own++) {
            uint32_t tuple[SPACE_DIMENSIONS_MAX];
            for (size_t d = 0; d < space->dimension_count; d++) {
                tuple[d] = own_member(plan, figure, own, positions[d]);
            }
            if (own_expected(figure, own)) {
                add_tuple(space, tuple);
            }
        }
    }
}

/* Does a figure of the space run over the members of a group only? */
static bool
runs_over_group(const struct plan *plan, size_t at, uint32_t dimension)
{
    for (size_t f = 0; f < plan->figure_count; f++) {
        const struct figure *figure = plan->figures[f];
        int own = figure->space != at || dimension_is_spread(dimension)
                      ? -1
                      : metric_dimension(
                            &plan_vocabulary(plan)->metrics[figure->metric],
                            dimension);
        if (own >= 0 && figure->selectors[own] == SELECT_SPACE &&
            figure->members[own]) {
            return true;
        }
    }
    return false;
}

/* Lines that an aggregate inside the space keeps: `max(x by goods)`.  Is there
 * one that has every dimension, be it of lines that nobody stated? */
static bool
collect_kept(struct plan *plan, size_t at)
{
    struct space *space = &plan->spaces[at];
    bool full = false;
    for (size_t i = 0; i < plan->node_count; i++) {
        const struct plan_node *node = &plan->nodes[i];
        if (node->op < PLAN_SUM || node->space != at) {
            continue;
        }
        const struct space *inside = &plan->spaces[node->from_space];
        size_t positions[SPACE_DIMENSIONS_MAX];
        size_t found = 0;
        for (size_t d = 0; d < space->dimension_count; d++) {
            for (size_t k = 0; k < inside->dimension_count; k++) {
                if (inside->dimensions[k] == space->dimensions[d] &&
                    (!runs_over_group(plan, at, space->dimensions[d]) ||
                     aggregate_keeps(plan, node, space->dimensions[d]))) {
                    positions[d] = k;
                    found++;
                }
            }
        }
        full = full || found == space->dimension_count;
        for (size_t line = 0;
             found == space->dimension_count && line < inside->line_count;
             line++) {
            uint32_t tuple[SPACE_DIMENSIONS_MAX];
            for (size_t d = 0; d < space->dimension_count; d++) {
                tuple[d] =
                    inside
                        ->tuples[line * inside->dimension_count + positions[d]];
            }
            add_tuple(space, tuple);
        }
    }
    return full;
}

/* The whole expression: operands stand before operators. */
static struct span
plan_span(const struct plan *plan)
{
    return plan->nodes[plan->node_count - 1].span;
}

/* No figure spreads all dimensions: every member that some figure has in one
 * dimension goes with every one in the others. */
static bool
collect_product(struct plan *plan, size_t at)
{
    struct space *space = &plan->spaces[at];
    uint32_t empty[SPACE_DIMENSIONS_MAX] = {0};
    add_tuple(space, empty);
    for (size_t d = 0; d < space->dimension_count; d++) {
        struct space column = {.dimension_count = 1};
        for (size_t f = 0; f < plan->figure_count; f++) {
            const struct figure *figure = plan->figures[f];
            int positions[SPACE_DIMENSIONS_MAX];
            map_dimensions(plan, figure, positions);
            for (size_t own = 0; figure->space == at && positions[d] >= 0 &&
                                 own < figure->own_count;
                 own++) {
                uint32_t member = own_member(plan, figure, own, positions[d]);
                add_tuple(&column, &member);
            }
        }
        if (column.line_count) {
            unique_tuples(&column);
        }
        size_t before = space->line_count;
        double bytes = (double)before * (double)column.line_count *
                       (double)space->dimension_count * sizeof *space->tuples;
        if (column.line_count > PLAN_CELLS_MAX / (before ? before : 1)) {
            free(column.tuples);
            return plan_report_size(plan, plan_span(plan), PLAN_CELLS_MAX);
        }
        if (!plan_fits(plan, bytes)) {
            free(column.tuples);
            return false;
        }
        uint32_t *tuples = space->tuples;
        space->tuples = NULL;
        space->line_count = space->line_capacity = 0;
        for (size_t i = 0; i < before; i++) {
            for (size_t j = 0; j < column.line_count; j++) {
                uint32_t *tuple = tuples + i * space->dimension_count;
                tuple[d] = column.tuples[j];
                add_tuple(space, tuple);
            }
        }
        free(tuples);
        free(column.tuples);
    }
    return true;
}

static bool
collect_lines(struct plan *plan, size_t at)
{
    struct space *space = &plan->spaces[at];
    if (space->dimension_count == 0) {
        uint32_t none[1] = {0};
        add_tuple(space, none);
        return plan_take_lines(plan, at);
    }
    collect_full(plan, at);
    bool some = collect_kept(plan, at) || space->line_count > 0;
    for (size_t f = 0; !some && f < plan->figure_count; f++) {
        int positions[SPACE_DIMENSIONS_MAX];
        bool full = plan->figures[f]->space == at;
        map_dimensions(plan, plan->figures[f], positions);
        for (size_t d = 0; full && d < space->dimension_count; d++) {
            full = positions[d] >= 0;
        }
        some = full;
    }
    if (!some && !collect_product(plan, at)) {
        return false;
    }
    if (space->line_count) {
        unique_tuples(space);
    }
    return plan_take_lines(plan, at);
}

/* Inner spaces first, as those around them have their lines too.  One that is
 * shared may have been added before the space around it. */
static bool
collect_inwards(struct plan *plan, size_t at, bool *done)
{
    if (done[at]) {
        return true;
    }
    done[at] = true;
    for (size_t i = 0; i < plan->node_count; i++) {
        const struct plan_node *node = &plan->nodes[i];
        if (node->op >= PLAN_SUM && node->space == at &&
            !collect_inwards(plan, node->from_space, done)) {
            return false;
        }
    }
    return plan->spaces[at].line_count > 0 || collect_lines(plan, at);
}

static bool
collect_all(struct plan *plan)
{
    bool *done = memory_alloc((plan->space_count + 1) * sizeof *done);
    bool going = true;
    memset(done, 0, (plan->space_count + 1) * sizeof *done);
    for (size_t at = 0; going && at < plan->space_count; at++) {
        going = collect_inwards(plan, at, done);
    }
    free(done);
    return going;
}

/* The own line of a figure that has these members and coordinates. */
static uint32_t
find_own(const struct plan *plan, const struct figure *figure,
         const uint32_t *members, const int32_t *spread)
{
    uint32_t id =
        vocabulary_find_line(plan_vocabulary(plan), figure->metric, members);
    size_t line =
        id && figure->line_count ? figure_line_index(figure, id) : SIZE_MAX;
    size_t extra = line == SIZE_MAX   ? SIZE_MAX
                   : !figure->spreads ? 0
                                      : figure_find_extra(figure, spread);
    return extra == SIZE_MAX ? UINT32_MAX
                             : (uint32_t)(line * figure->extra_count + extra);
}

/* Which own line of the figure stands in each line of its space. */
static void
gather_lines(struct plan *plan, struct figure *figure)
{
    const struct vocabulary *vocabulary = plan_vocabulary(plan);
    const struct space *space = &plan->spaces[figure->space];
    const struct metric *metric = &vocabulary->metrics[figure->metric];
    int positions[SPACE_DIMENSIONS_MAX];
    map_dimensions(plan, figure, positions);
    size_t count = space->line_count ? space->line_count : 1;
    figure->gather = memory_alloc(count * sizeof *figure->gather);
    figure->gather[0] = UINT32_MAX;
    figure->straight =
        space->line_count > 0 && space->line_count == figure->own_count;
    for (size_t line = 0; line < space->line_count; line++) {
        uint32_t members[DIMENSIONS_MAX] = {0};
        int32_t spread[SPREAD_COUNT] = {0};
        const uint32_t *tuple = space->tuples + line * space->dimension_count;
        for (int i = 0; i < metric->dimension_count; i++) {
            members[i] =
                figure->selectors[i] == SELECT_MEMBER ? figure->members[i] : 0;
        }
        for (size_t d = 0; d < space->dimension_count; d++) {
            if (positions[d] >= DIMENSIONS_MAX) {
                spread[positions[d] - DIMENSIONS_MAX] = (int32_t)tuple[d];
            } else if (positions[d] >= 0) {
                members[positions[d]] = tuple[d];
            }
        }
        figure->gather[line] = find_own(plan, figure, members, spread);
        figure->straight = figure->straight && figure->gather[line] == line;
    }
}

int32_t
figure_ordinal(const struct plan *plan, const struct plan_node *node,
               size_t period)
{
    const struct figure *figure = plan->figures[node->figure];
    if (figure->fixed) {
        return figure->period;
    }
    int32_t at = plan_lagged(plan, node->lag, period).ordinal;
    if (figure->frequency != plan->frequency) {
        struct calendar calendar = figure_calendar(plan, figure);
        at = period_convert(plan->frequency, at, figure->frequency, &calendar,
                            false);
    }
    return at;
}

size_t
figure_period(const struct plan *plan, const struct plan_node *node,
              size_t period)
{
    const struct figure *figure = plan->figures[node->figure];
    int32_t at = figure_ordinal(plan, node, period);
    return at < figure->first || at > figure->last
               ? SIZE_MAX
               : (size_t)(at - figure->first) * figure->own_count;
}

size_t
figure_cell(const struct plan *plan, const struct plan_node *node,
            size_t period, size_t line)
{
    const struct figure *figure = plan->figures[node->figure];
    size_t start = figure_period(plan, node, period);
    uint32_t own = line < plan->spaces[figure->space].line_count
                       ? figure->gather[line]
                       : UINT32_MAX;
    return own == UINT32_MAX || start == SIZE_MAX ? SIZE_MAX : start + own;
}

static bool
read_figures(struct plan *plan)
{
    for (size_t f = 0; f < plan->figure_count; f++) {
        struct figure *figure = plan->figures[f];
        if (!figure->values && figure->lender) {
            figure_borrow(figure);
        } else if (!figure->values) {
            double start = plan->meter ? clock_seconds() : 0;
            if (!figure_read(plan, figure)) {
                return false;
            }
            figure->seconds = plan->meter ? clock_seconds() - start : 0;
        }
    }
    return true;
}

/* Bounds are computed when something asks for them, or when they are all that
 * is known of a figure, or tell how exactly it follows from others. */
static bool
wants_bounds(const struct plan *plan)
{
    bool wants = plan->bounds;
    for (size_t i = 0; i < plan->node_count; i++) {
        enum plan_op op = plan->nodes[i].op;
        wants = wants || (op >= PLAN_AGREES && op <= PLAN_CERTAINLY_LE) ||
                op == PLAN_LOW || op == PLAN_HIGH || op == PLAN_DIGITS ||
                op == PLAN_STREAK || op == PLAN_HIGHEST;
    }
    for (size_t f = 0; f < plan->figure_count; f++) {
        const struct figure *figure = plan->figures[f];
        wants = wants || figure->only_bounds || figure->has_basis;
    }
    return wants;
}

bool
plan_run(struct plan *plan)
{
    double start = plan->meter ? clock_seconds() : 0;
    /* What an earlier run of the same plan has done stays. */
    plan_settle_reads(plan);
    plan->bounds = wants_bounds(plan);
    if (!read_figures(plan)) {
        return false;
    }
    if (!plan->bounds && wants_bounds(plan)) {
        /* Only now it shows: how numbers were rounded is read after all. */
        plan->bounds = true;
        plan_forget_reads(plan);
        plan_settle_reads(plan);
        if (!read_figures(plan)) {
            return false;
        }
    }
    if (!collect_all(plan)) {
        return false;
    }
    double cells = plan_kept_cells(plan);
    if (cells > PLAN_NODE_CELLS_MAX) {
        return plan_report_size(plan, plan_span(plan), PLAN_NODE_CELLS_MAX);
    }
    if (!plan_take_nodes(plan, cells)) {
        return false;
    }
    for (size_t f = 0; f < plan->figure_count; f++) {
        if (!plan->figures[f]->gather) {
            gather_lines(plan, plan->figures[f]);
        }
    }
    plan_find_leaves(plan);
    plan_compute(plan);
    if (plan_stops(plan)) {
        diagnostics_add(plan->diagnostics, SEVERITY_ERROR,
                        DIAGNOSTIC_INTERRUPTED, (struct span){0, 0},
                        "interrupted");
        return false;
    }
    if (plan->meter) {
        plan->meter->seconds += clock_seconds() - start;
    }
    return true;
}
