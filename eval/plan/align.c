/* Lining up what a question reads: which lines each of its spaces has, and
 * which line of a figure stands in each of them.
 *
 * Whatever is known along all dimensions of a space gives it lines.  What is
 * known along some of them only is repeated along the others: beside the lines
 * that are there, and where none has its members, along all members that
 * something else has.  So nothing that is known is passed over.
 */
#include "eval/plan/plan.h"
#include "eval/plan/tuples.h"

#include <stdlib.h>

static const struct vocabulary *
plan_vocabulary(const struct plan *plan)
{
    return store_vocabulary(plan->store);
}

/* Has a figure rows of its own by such a coordinate?  Not where none of its
 * facts says who, or where, and what stands beside it does. */
static bool
is_told_apart(const struct plan *plan, const struct figure *figure,
              enum spread spread)
{
    return figure->spreads >> spread & 1 &&
           (figure->named >> spread & 1 || spread == SPREAD_VINTAGE ||
            !plan_is_told_apart(plan, figure->space, spread));
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
            positions[d] = is_told_apart(plan, figure, (enum spread)spread)
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

/* What gives a space lines: a figure in it, or an aggregate. */
struct giver {
    size_t which[SPACE_DIMENSIONS_MAX]; /* dimensions of the space that it has,
                                         * ascending */
    size_t count;
    struct tuples tuples; /* along these */
};

static struct giver
figure_gives(const struct plan *plan, const struct figure *figure)
{
    const struct space *space = &plan->spaces[figure->space];
    struct giver giver = {.count = 0};
    int positions[SPACE_DIMENSIONS_MAX];
    map_dimensions(plan, figure, positions);
    for (size_t d = 0; d < space->dimension_count; d++) {
        if (positions[d] >= 0) {
            giver.which[giver.count++] = d;
        }
    }
    giver.tuples.width = giver.count;
    for (size_t own = 0; giver.count && own < figure->own_count; own++) {
        uint32_t tuple[SPACE_DIMENSIONS_MAX];
        for (size_t i = 0; i < giver.count; i++) {
            tuple[i] = own_member(plan, figure, own, positions[giver.which[i]]);
        }
        if (own_expected(figure, own)) {
            tuples_add(&giver.tuples, tuple);
        }
    }
    tuples_settle(&giver.tuples);
    return giver;
}

/* The dimensions of a space that an aggregate in it has inside, or only those
 * that it KEEPS; in INNER where they are inside. */
static size_t
aggregate_dimensions(const struct plan *plan, const struct plan_node *node,
                     bool keeps, size_t *which, size_t *inner)
{
    const struct space *space = &plan->spaces[node->space];
    const struct space *inside = &plan->spaces[node->from_space];
    size_t count = 0;
    for (size_t d = 0; d < space->dimension_count; d++) {
        uint32_t dimension = space->dimensions[d];
        for (size_t k = 0; k < inside->dimension_count; k++) {
            if (inside->dimensions[k] == dimension &&
                (aggregate_keeps(plan, node, dimension) ||
                 (!keeps && !runs_over_group(plan, node->space, dimension)))) {
                which[count] = d;
                inner[count++] = k;
            }
        }
    }
    return count;
}

/* The lines that an aggregate keeps: `max(x by goods)`.  One that has all
 * dimensions of the space inside, `x / sum(x)`, stands beside all its lines. */
static struct giver
aggregate_gives(const struct plan *plan, const struct plan_node *node)
{
    const struct space *inside = &plan->spaces[node->from_space];
    struct tuples lines = {.width = inside->dimension_count,
                           .count = inside->line_count,
                           .items = inside->tuples};
    struct giver giver;
    size_t inner[SPACE_DIMENSIONS_MAX];
    giver.count = aggregate_dimensions(plan, node, false, giver.which, inner);
    if (giver.count < plan->spaces[node->space].dimension_count) {
        giver.count =
            aggregate_dimensions(plan, node, true, giver.which, inner);
    }
    giver.tuples = tuples_project(&lines, inner, giver.count);
    return giver;
}

/* All that a space has lines from; *COUNT of them, the caller's. */
static struct giver *
find_givers(const struct plan *plan, size_t at, size_t *count)
{
    struct giver *givers = memory_alloc(
        (plan->figure_count + plan->node_count + 1) * sizeof *givers);
    *count = 0;
    for (size_t f = 0; f < plan->figure_count; f++) {
        if (plan->figures[f]->space == at) {
            givers[(*count)++] = figure_gives(plan, plan->figures[f]);
        }
    }
    for (size_t i = 0; i < plan->node_count; i++) {
        if (plan->nodes[i].op >= PLAN_SUM && plan->nodes[i].space == at) {
            givers[(*count)++] = aggregate_gives(plan, &plan->nodes[i]);
        }
    }
    return givers;
}

static void
add_all(struct tuples *set, const struct tuples *more)
{
    for (size_t i = 0; i < more->count; i++) {
        tuples_add(set, more->items + i * more->width);
    }
}

/* Each member of dimension D that anything in the space has. */
static struct tuples
find_members(const struct giver *givers, size_t count, size_t d)
{
    struct tuples members = {.width = 1};
    for (size_t g = 0; g < count; g++) {
        for (size_t i = 0; i < givers[g].count; i++) {
            if (givers[g].which[i] == d) {
                struct tuples own = tuples_project(&givers[g].tuples, &i, 1);
                add_all(&members, &own);
                tuples_free(&own);
            }
        }
    }
    tuples_settle(&members);
    return members;
}

/* Adds TUPLE once for each combination of members of the dimensions from D on
 * that are not FIXED. */
static void
repeat_tuple(struct tuples *lines, uint32_t *tuple, const bool *fixed,
             const struct tuples *members, size_t d)
{
    if (d == lines->width) {
        tuples_add(lines, tuple);
        return;
    }
    if (fixed[d]) {
        repeat_tuple(lines, tuple, fixed, members, d + 1);
        return;
    }
    for (size_t i = 0; i < members[d].count; i++) {
        tuple[d] = members[d].items[i];
        repeat_tuple(lines, tuple, fixed, members, d + 1);
    }
}

/* Adds to MORE lines for what a giver has along some dimensions and none of
 * LINES shows. */
static bool
repeat_giver(struct plan *plan, const struct giver *giver,
             const struct tuples *lines, const struct tuples *members,
             struct tuples *more)
{
    struct tuples shown = tuples_project(lines, giver->which, giver->count);
    bool fixed[SPACE_DIMENSIONS_MAX] = {false};
    for (size_t i = 0; i < giver->count; i++) {
        fixed[giver->which[i]] = true;
    }
    double times = 1;
    for (size_t d = 0; d < lines->width; d++) {
        times *= fixed[d] ? 1 : (double)members[d].count;
    }
    size_t hidden = 0;
    for (size_t i = 0; i < giver->tuples.count; i++) {
        const uint32_t *own = giver->tuples.items + i * giver->count;
        hidden += !tuples_have(&shown, own);
    }
    double added = times * (double)hidden + (double)more->count;
    bool fits =
        plan_fits(plan, added * (double)lines->width * sizeof(uint32_t));
    bool going = fits && added <= PLAN_CELLS_MAX;
    for (size_t i = 0; going && i < giver->tuples.count; i++) {
        const uint32_t *own = giver->tuples.items + i * giver->count;
        uint32_t tuple[SPACE_DIMENSIONS_MAX];
        for (size_t k = 0; k < giver->count; k++) {
            tuple[giver->which[k]] = own[k];
        }
        if (!tuples_have(&shown, own)) {
            repeat_tuple(more, tuple, fixed, members, 0);
        }
    }
    tuples_free(&shown);
    return going ||
           (fits && plan_report_size(plan, plan_span(plan), PLAN_CELLS_MAX));
}

/* Lines for all that is known along some dimensions of the space only. */
static bool
repeat_narrow(struct plan *plan, const struct giver *givers, size_t count,
              struct tuples *lines)
{
    struct tuples members[SPACE_DIMENSIONS_MAX];
    struct tuples more = {.width = lines->width};
    for (size_t d = 0; d < lines->width; d++) {
        members[d] = find_members(givers, count, d);
    }
    bool going = true;
    for (size_t g = 0; going && g < count; g++) {
        if (givers[g].count && givers[g].count < lines->width) {
            going = repeat_giver(plan, &givers[g], lines, members, &more);
        }
    }
    add_all(lines, &more);
    tuples_free(&more);
    for (size_t d = 0; d < lines->width; d++) {
        tuples_free(&members[d]);
    }
    return going;
}

static bool
collect_lines(struct plan *plan, size_t at)
{
    struct space *space = &plan->spaces[at];
    struct tuples lines = {.width = space->dimension_count};
    size_t count = 0;
    struct giver *givers = find_givers(plan, at, &count);
    bool narrow = false;
    if (lines.width == 0) {
        tuples_add(&lines, (uint32_t[]){0});
    }
    for (size_t g = 0; lines.width && g < count; g++) {
        if (givers[g].count == lines.width) {
            add_all(&lines, &givers[g].tuples);
        }
        narrow = narrow || (givers[g].count && givers[g].count < lines.width);
    }
    tuples_settle(&lines);
    bool going = !narrow || repeat_narrow(plan, givers, count, &lines);
    tuples_settle(&lines);
    space->tuples = lines.items;
    space->line_count = lines.count;
    for (size_t g = 0; g < count; g++) {
        tuples_free(&givers[g].tuples);
    }
    free(givers);
    return going && plan_take_lines(plan, at);
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

bool
plan_align(struct plan *plan)
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

void
plan_gather(struct plan *plan)
{
    for (size_t f = 0; f < plan->figure_count; f++) {
        if (!plan->figures[f]->gather) {
            gather_lines(plan, plan->figures[f]);
        }
    }
}
