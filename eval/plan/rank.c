/* Ranks: the place of each line among those of its period, the largest first.
 * Equal values share a place and the next one is left out: 1, 1, 3 (rank of
 * VTL 2.1).  A value that is repeated along dimensions which it does not have
 * takes one place, and stands in all rows at that.
 *
 * A value of which only bounds are known takes part as well: its place, and
 * that of those which lie within its bounds, goes from the best that it may be
 * to the worst.  Where its bounds reach no other value, all places are known.
 * Rounded values compare by their points. */
#include "eval/plan/plan.h"
#include "eval/plan/tuples.h"
#include "values/number.h"

#include <stdlib.h>

struct entrant {
    uint32_t group;
    uint32_t line;
    double low; /* of a point the same as HIGH */
    double high;
};

/* Those of one period. */
struct entrants {
    struct entrant *items;
    size_t count;
    size_t ranges; /* of which only bounds are known */
};

/* An end of an entrant. */
struct mark {
    uint32_t group;
    double at;
};

/* The places of one period by line; LOW and HIGH are NULL without bounds. */
struct ranks {
    double *values;
    double *low;
    double *high;
};

static int
compare_entrants(const void *a, const void *b)
{
    const struct entrant *left = a;
    const struct entrant *right = b;
    if (left->group != right->group) {
        return left->group < right->group ? -1 : 1;
    }
    if (left->high != right->high) {
        return left->high > right->high ? -1 : 1;
    }
    return (left->line > right->line) - (left->line < right->line);
}

static int
compare_marks(const void *a, const void *b)
{
    const struct mark *left = a;
    const struct mark *right = b;
    if (left->group != right->group) {
        return left->group < right->group ? -1 : 1;
    }
    return (left->at < right->at) - (left->at > right->at);
}

/* Does a line belong to a group of members?  It would be ranked against its own
 * parts. */
static bool
is_group(const struct plan *plan, const struct plan_node *node, size_t line)
{
    const struct space *space = &plan->spaces[node->space];
    for (size_t d = 0; d < space->dimension_count; d++) {
        uint32_t member = space->tuples[line * space->dimension_count + d];
        if (!dimension_is_spread(space->dimensions[d]) &&
            vocabulary_is_group(store_vocabulary(plan->store), member)) {
            return true;
        }
    }
    return false;
}

static void
put_rank(const struct ranks *ranks, size_t line, double low, double high)
{
    ranks->values[line] = low == high ? low : NAN;
    if (ranks->low) {
        ranks->low[line] = low;
        ranks->high[line] = high;
    }
}

/* Numbers entrants who are all points and stand in order. */
static void
hand_out(const struct ranks *ranks, const struct entrants *entrants)
{
    const struct entrant *items = entrants->items;
    size_t first = 0; /* of the group */
    size_t tied = 0;  /* the first of those that are equal */
    for (size_t i = 0; i < entrants->count; i++) {
        bool fresh = i == 0 || items[i].group != items[i - 1].group;
        first = fresh ? i : first;
        bool equal = !fresh && number_equal(items[i].high, items[tied].high);
        tied = equal ? tied : i;
        double rank = (double)(tied - first + 1);
        put_rank(ranks, items[i].line, rank, rank);
    }
}

static bool
above(double a, double b)
{
    return a > b && !number_equal(a, b);
}

/* How many of COUNT marks, the largest first, are above NUMBER. */
static size_t
count_above(const struct mark *marks, size_t count, double number)
{
    size_t first = 0;
    while (count) {
        size_t half = count / 2;
        if (above(marks[first + half].at, number)) {
            first += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return first;
}

/* Points that are equal become the same, so that they share a place. */
static void
join_ties(struct entrants *entrants)
{
    double leader = NAN;
    for (size_t i = 0; i < entrants->count; i++) {
        struct entrant *item = &entrants->items[i];
        if (i && item->group != item[-1].group) {
            leader = NAN;
        }
        if (item->low == item->high) {
            leader = number_equal(item->high, leader) ? leader : item->high;
            item->low = item->high = leader;
        }
    }
}

/* Numbers entrants who stand in order, with ranges among them: above each are
 * at least those whose low ends are above its high end, and at most those whose
 * high ends are above its low end. */
static void
hand_out_ranges(const struct ranks *ranks, struct entrants *entrants)
{
    size_t count = entrants->count;
    const struct entrant *items = entrants->items;
    struct mark *lows = memory_alloc(2 * count * sizeof *lows);
    struct mark *highs = lows + count;
    join_ties(entrants);
    for (size_t i = 0; i < count; i++) {
        lows[i] = (struct mark){items[i].group, items[i].low};
        highs[i] = (struct mark){items[i].group, items[i].high};
    }
    qsort(lows, count, sizeof *lows, compare_marks);
    qsort(highs, count, sizeof *highs, compare_marks);
    size_t end = 0;
    for (size_t i = 0, first = 0; i < count; i++) {
        for (first = i == end ? i : first;
             end < count && items[end].group == items[i].group; end++) {
        }
        size_t best = count_above(lows + first, end - first, items[i].high);
        size_t worst = count_above(highs + first, end - first, items[i].low);
        worst -= above(items[i].high, items[i].low) ? 1 : 0; /* itself */
        put_rank(ranks, items[i].line, (double)best + 1, (double)worst + 1);
    }
    free(lows);
}

static bool
ranks_over(const struct plan_node *node, uint32_t dimension)
{
    for (size_t i = 0; i < node->over_count; i++) {
        if (node->over[i] == dimension) {
            return true;
        }
    }
    return false;
}

/* Numbers the lines of a space by their members in COUNT dimensions of it; the
 * numbers are the caller's. */
static uint32_t *
number_lines(const struct space *space, const size_t *which, size_t count)
{
    struct tuples lines = {.width = space->dimension_count,
                           .count = space->line_count,
                           .items = space->tuples};
    struct tuples distinct = tuples_project(&lines, which, count);
    uint32_t *numbers = memory_alloc((space->line_count + 1) * sizeof *numbers);
    for (size_t line = 0; line < space->line_count; line++) {
        uint32_t tuple[SPACE_DIMENSIONS_MAX];
        for (size_t k = 0; k < count; k++) {
            tuple[k] = space->tuples[line * lines.width + which[k]];
        }
        size_t at = count ? tuples_find(&distinct, tuple) : 0;
        numbers[line] = (uint32_t)at;
    }
    tuples_free(&distinct);
    return numbers;
}

/* Which value stands in each line, and with which others it is ranked: those of
 * the same members in the dimensions that it has and is not ranked over. */
struct places {
    uint32_t *value;
    uint32_t *group;
};

static struct places
find_places(const struct plan *plan, const struct plan_node *node)
{
    const struct space *space = &plan->spaces[node->space];
    size_t own[SPACE_DIMENSIONS_MAX];
    size_t kept[SPACE_DIMENSIONS_MAX];
    size_t own_count = 0;
    size_t kept_count = 0;
    for (size_t d = 0; d < space->dimension_count; d++) {
        uint32_t dimension = space->dimensions[d];
        if (node_follows(plan, node->kid[0], dimension)) {
            own[own_count++] = d;
            if (!ranks_over(node, dimension)) {
                kept[kept_count++] = d;
            }
        }
    }
    return (struct places){number_lines(space, own, own_count),
                           number_lines(space, kept, kept_count)};
}

struct grouping
rank_groups(const struct plan *plan, const struct plan_node *node)
{
    size_t lines = plan->spaces[node->space].line_count;
    struct places places = find_places(plan, node);
    bool *taken = memory_alloc(lines + 1);
    struct grouping grouping = {
        memory_alloc((lines + 1) * sizeof(uint32_t)), places.group,
        memory_alloc((lines + 1) * sizeof(uint32_t)), 0};
    memset(taken, 0, lines + 1);
    grouping.outside[lines] = 0; /* of a space without lines */
    for (size_t line = 0; line < lines; line++) {
        uint32_t group = places.group[line];
        grouping.inside[line] = UINT32_MAX;
        if (is_group(plan, node, line)) {
            grouping.outside[line] = UINT32_MAX - 1;
        } else if (!taken[places.value[line]]) {
            taken[places.value[line]] = true;
            grouping.inside[line] = group;
            grouping.first[group] = (uint32_t)line;
            grouping.count =
                group >= grouping.count ? (size_t)group + 1 : grouping.count;
        }
    }
    free(taken);
    free(places.value);
    return grouping;
}

/* What stands in a line is a point, a range or nothing: then it has no place. */
static bool
read_entrant(const struct plan_node *kid, size_t at, struct entrant *entrant)
{
    double value = kid->values[at];
    entrant->low = entrant->high = value;
    if (!isnan(value) || !kid->low) {
        return !isnan(value);
    }
    entrant->low = kid->low[at];
    entrant->high = kid->high[at];
    return entrant->low > -INFINITY || entrant->high < INFINITY;
}

/* Ranks one period, which begins with cell START.  ENTRANTS have room for all
 * lines, FIRST has the line in which each value stands first. */
static void
rank_period(const struct plan *plan, const struct plan_node *node,
            const struct places *places, size_t start, struct entrants *all,
            uint32_t *first)
{
    const struct plan_node *kid = &plan->nodes[node->kid[0]];
    size_t lines = plan->spaces[node->space].line_count;
    struct ranks ranks = {node->values + start, NULL, NULL};
    if (node->low) {
        ranks.low = node->low + start;
        ranks.high = node->high + start;
    }
    all->count = all->ranges = 0;
    memset(first, 0xFF, lines * sizeof *first);
    for (size_t line = 0; line < lines; line++) {
        uint32_t *at = &first[places->value[line]];
        struct entrant entrant = {places->group[line], (uint32_t)line, 0, 0};
        if (*at == UINT32_MAX && read_entrant(kid, start + line, &entrant) &&
            !is_group(plan, node, line)) {
            *at = (uint32_t)line;
            all->items[all->count++] = entrant;
            all->ranges += isnan(kid->values[start + line]) ? 1 : 0;
        }
    }
    qsort(all->items, all->count, sizeof *all->items, compare_entrants);
    if (all->ranges) {
        hand_out_ranges(&ranks, all);
    } else {
        hand_out(&ranks, all);
    }
    for (size_t line = 0; line < lines; line++) {
        uint32_t at = first[places->value[line]];
        if (at == UINT32_MAX) {
            put_rank(&ranks, line, NAN, NAN);
        } else if (at != line) {
            bool known = !isnan(ranks.values[at]);
            put_rank(&ranks, line, known ? ranks.values[at] : ranks.low[at],
                     known ? ranks.values[at] : ranks.high[at]);
        }
    }
}

void
kernel_rank(struct plan *plan, struct plan_node *node)
{
    size_t lines = plan->spaces[node->space].line_count;
    size_t periods = node->varies & VARIES_PERIOD ? plan_period_count(plan) : 1;
    struct places places = find_places(plan, node);
    struct entrants all = {memory_alloc((lines + 1) * sizeof *all.items), 0, 0};
    uint32_t *first = memory_alloc((lines + 1) * sizeof *first);
    for (size_t p = 0; p < periods && !plan_stops(plan); p++) {
        rank_period(plan, node, &places, p * lines, &all, first);
    }
    free(all.items);
    free(first);
    free(places.value);
    free(places.group);
}
