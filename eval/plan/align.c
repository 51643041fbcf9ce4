/* Lining up what a question reads: which lines each of its spaces has, and
 * which line of a figure stands in each of them.
 *
 * Whatever is known along all dimensions of a space gives it lines.  What is
 * known along some of them only is repeated along the others: beside the lines
 * that are there, and where none has its members, along all members that
 * something else has.  So is what has all dimensions only together: x * y of an
 * x by country and a y by good.  So nothing that is known is passed over.
 */
#include "eval/plan/givers.h"
#include "eval/plan/plan.h"

#include <stdlib.h>

static const struct vocabulary *
plan_vocabulary(const struct plan *plan)
{
    return store_vocabulary(plan->store);
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

/* Lines for each value that has all dimensions only of several givers together,
 * wherever they are shown already. */
static bool
repeat_joint(struct plan *plan, size_t at, const struct giver *givers,
             size_t count, struct tuples *lines)
{
    struct giver *some = memory_alloc((plan->node_count + 1) * sizeof *some);
    bool *roots = givers_roots(plan, at);
    struct index done = {0}; /* hashes of those that were joined */
    bool going = true;
    for (uint32_t i = 0; going && i < plan->node_count; i++) {
        struct tuples own = {.width = lines->width};
        size_t joined =
            roots[i] ? givers_join(plan, at, i, givers, count, some) : 0;
        uint64_t hash = joined ? hash_bytes(some, joined * sizeof *some) : 0;
        if (joined == 0 || index_get(&done, hash) != INDEX_NONE) {
            continue;
        }
        index_put(&done, hash, i);
        going = repeat_narrow(plan, some, joined, &own) &&
                plan_fits(plan, (double)(lines->count + own.count) *
                                    (double)lines->width * sizeof(uint32_t));
        add_all(lines, &own);
        tuples_settle(lines);
        tuples_free(&own);
    }
    index_free(&done);
    free(roots);
    free(some);
    return going;
}

/* The members of a group are known: that of which nothing is stays unknown, and
 * is not absent, in each row that anything else has in the other dimensions. */
static bool
add_group(struct plan *plan, uint32_t group, size_t d, struct tuples *lines)
{
    const struct vocabulary *vocabulary = plan_vocabulary(plan);
    size_t count = vocabulary->classes[CLASS_MEMBER].count;
    size_t width = lines->width;
    size_t which[SPACE_DIMENSIONS_MAX];
    struct tuples whole = {.width = width};
    for (size_t k = 0; k + 1 < width; k++) {
        which[k] = k < d ? k : k + 1;
    }
    struct tuples others = tuples_project(lines, which, width - 1);
    if (width == 1 && others.count == 0) {
        tuples_add(&others, (uint32_t[]){0});
    }
    bool going = true;
    for (uint32_t member = 1; going && member < count; member++) {
        bool mine = !vocabulary_is_group(vocabulary, member) &&
                    vocabulary_is_in_group(vocabulary, member, group);
        for (size_t i = 0; mine && i < others.count; i++) {
            const uint32_t *other = others.items + i * (width - 1);
            uint32_t tuple[SPACE_DIMENSIONS_MAX];
            for (size_t k = 0; k < width; k++) {
                tuple[k] = k < d ? other[k] : k > d ? other[k - 1] : member;
            }
            tuples_add(&whole, tuple);
        }
        going = plan_fits(plan, (double)(lines->count + whole.count) *
                                    (double)width * sizeof(uint32_t));
    }
    add_all(lines, &whole);
    tuples_free(&whole);
    tuples_free(&others);
    tuples_settle(lines);
    return going;
}

/* Whoever asks for vintages asks each of them for all that was known by then:
 * what was said of a line once counts in the later ones, too. */
static void
repeat_vintages(const struct plan *plan, size_t at, struct tuples *lines)
{
    const struct space *space = &plan->spaces[at];
    size_t width = lines->width;
    size_t d = 0;
    size_t which[SPACE_DIMENSIONS_MAX];
    struct tuples more = {.width = width};
    while (d < width &&
           space->dimensions[d] != spread_dimension(SPREAD_VINTAGE)) {
        d++;
    }
    if (at == 0 || d == width || width == 1) {
        return;
    }
    for (size_t k = 0; k + 1 < width; k++) {
        which[k] = k < d ? k : k + 1;
    }
    struct tuples days = tuples_project(lines, &d, 1);
    struct tuples others = tuples_project(lines, which, width - 1);
    for (size_t i = 0; i < others.count; i++) {
        const uint32_t *other = others.items + i * others.width;
        uint32_t tuple[SPACE_DIMENSIONS_MAX];
        bool begun = false;
        for (size_t k = 0; k < width; k++) {
            tuple[k] = k < d ? other[k] : k > d ? other[k - 1] : 0;
        }
        for (size_t day = 0; day < days.count; day++) {
            tuple[d] = days.items[day];
            begun = begun || tuples_have(lines, tuple);
            if (begun) {
                tuples_add(&more, tuple);
            }
        }
    }
    add_all(lines, &more);
    tuples_settle(lines);
    tuples_free(&more);
    tuples_free(&days);
    tuples_free(&others);
}

static bool
add_groups(struct plan *plan, size_t at, struct tuples *lines)
{
    const struct space *space = &plan->spaces[at];
    bool going = true;
    for (size_t d = 0; going && d < lines->width; d++) {
        uint32_t group = at ? space_group(plan, at, space->dimensions[d]) : 0;
        going = !group || add_group(plan, group, d, lines);
    }
    return going;
}

/* Does a giver have dimension D? */
static bool
gives_dimension(const struct giver *giver, size_t d)
{
    for (size_t i = 0; i < giver->count; i++) {
        if (giver->which[i] == d) {
            return true;
        }
    }
    return false;
}

/* Is dimension D only of figures of which nothing has a member there, and does
 * something else stand beside them? */
static bool
is_blank(const struct giver *givers, size_t count, size_t d)
{
    bool asked = false;
    bool beside = false;
    for (size_t g = 0; g < count; g++) {
        if (!gives_dimension(&givers[g], d)) {
            beside = beside || givers[g].count == 0 || givers[g].tuples.count;
        } else if (givers[g].tuples.count) {
            return false;
        } else {
            asked = true;
        }
    }
    return asked && beside;
}

/* A figure of which nothing is stated takes no rows from what stands beside it:
 * these have no member in its dimension. */
static void
add_blanks(const struct plan *plan, size_t at, struct giver *givers,
           size_t *count)
{
    const struct space *space = &plan->spaces[at];
    size_t all = *count;
    for (size_t d = 0; at == 0 && d < space->dimension_count; d++) {
        if (!dimension_is_spread(space->dimensions[d]) &&
            is_blank(givers, all, d)) {
            struct giver blank = {.which = {d}, .count = 1};
            blank.tuples.width = 1;
            tuples_add(&blank.tuples, (uint32_t[]){0});
            givers[(*count)++] = blank;
        }
    }
}

static bool
collect_lines(struct plan *plan, size_t at)
{
    struct space *space = &plan->spaces[at];
    struct tuples lines = {.width = space->dimension_count};
    size_t count = 0;
    struct giver *givers = givers_find(plan, at, &count);
    add_blanks(plan, at, givers, &count);
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
    bool full = lines.count > 0;
    bool going = !narrow || repeat_narrow(plan, givers, count, &lines);
    going = going &&
            (!narrow || !full || repeat_joint(plan, at, givers, count, &lines));
    tuples_settle(&lines);
    repeat_vintages(plan, at, &lines);
    going = going && add_groups(plan, at, &lines);
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
    figure_map_dimensions(plan, figure, positions);
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
