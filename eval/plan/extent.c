/* In which periods a figure reads anything.
 *
 * The base counts the facts of each period.  Where a figure takes all lines of
 * its metric and everything was said by its day, the counts are the answer.
 * Else periods are looked into, from either end, until one holds a fact of the
 * figure's own.
 */
#include "eval/plan/plan.h"

/* The counts of a kind, metric and frequency. */
struct counts {
    const struct extent *items;
    size_t first;
    size_t last; /* the one behind */
};

static bool
find_counts(const struct plan *plan, uint64_t low, uint64_t high,
            struct counts *counts)
{
    size_t count;
    *counts = (struct counts){0};
    if (!store_extents(plan->store, &counts->items, &count)) {
        return false;
    }
    size_t from = 0;
    size_t to = count;
    while (from < to) {
        size_t middle = (from + to) / 2;
        if (counts->items[middle].cell < low) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    counts->first = counts->last = from;
    while (counts->last < count && counts->items[counts->last].cell <= high) {
        counts->last++;
    }
    return true;
}

static int32_t
period_of(uint64_t cell)
{
    return (int32_t)(cell & KEY_PERIOD_MAX);
}

static void
include(int32_t period, int32_t *first, int32_t *last)
{
    *first = period < *first ? period : *first;
    *last = period > *last ? period : *last;
}

/* A look into one period. */
struct look {
    const struct figure *figure;
    bool found;
};

static void
look_at(void *context, const struct fact *fact)
{
    struct look *look = context;
    const struct figure *figure = look->figure;
    bool other = (figure->actor && fact->actor != figure->actor) ||
                 (figure->source && fact->source != figure->source);
    look->found =
        look->found ||
        (!other && figure_line_index(figure, fact_line(fact)) != SIZE_MAX);
}

/* Does a figure read a fact of one of the periods that were counted? */
static bool
holds_own(const struct plan *plan, const struct figure *figure,
          enum frequency frequency, const struct extent *extent, bool *holds)
{
    bool told_apart = figure->actor || figure->source;
    bool late = figure->reach == REACH_NONE && extent->last_day > figure->as_of;
    struct look look = {.figure = figure};
    *holds = true;
    if (figure->all_lines && !told_apart && !late) {
        return true;
    }
    *holds = false;
    if (figure->line_count == 0) {
        return true;
    }
    struct scan_range range = {
        .metric = figure->metric,
        .frequency = frequency,
        .kind = figure->kind,
        .first = period_of(extent->cell),
        .last = period_of(extent->cell),
        .line_low = figure->own_lines[0],
        .line_high = figure->own_lines[figure->line_count - 1],
        .most_lines = figure->most_lines,
        .as_of = figure->as_of,
        .or_earliest = figure->reach != REACH_NONE,
        .every_fact = told_apart,
        .places = told_apart,
    };
    bool done = store_scan(plan->store, &range, look_at, &look);
    *holds = look.found;
    return done;
}

/* The first and last period that hold a fact of the figure's own. */
static bool
own_range(const struct plan *plan, const struct figure *figure,
          enum frequency frequency, struct counts counts, int32_t *first,
          int32_t *last)
{
    bool holds = false;
    while (!holds && counts.first < counts.last) {
        if (!holds_own(plan, figure, frequency, &counts.items[counts.first],
                       &holds)) {
            return false;
        }
        counts.first += !holds;
    }
    if (!holds) {
        return true;
    }
    include(period_of(counts.items[counts.first].cell), first, last);
    holds = false;
    while (!holds && counts.last - 1 > counts.first) {
        if (!holds_own(plan, figure, frequency, &counts.items[counts.last - 1],
                       &holds)) {
            return false;
        }
        counts.last -= !holds;
    }
    include(period_of(counts.items[counts.last - 1].cell), first, last);
    return true;
}

/* Does something that follows belong to a figure, on its day? */
static bool
follows_own(const struct figure *figure, const struct derived *derived)
{
    struct fact key = {.cell = derived->cell, .line_day = derived->line_day};
    bool late = figure->reach == REACH_NONE && fact_day(&key) > figure->as_of;
    bool gone = !(figure->spreads >> SPREAD_VINTAGE & 1) &&
                derived->until != DAY_MAX && derived->until <= figure->as_of;
    bool other = (figure->actor && figure->actor != derived->actor) ||
                 (figure->source && figure->source != derived->source);
    return !late && !gone && !other && !figure->stated_only &&
           figure_line_index(figure, fact_line(&key)) != SIZE_MAX;
}

static void
include_derived(const struct plan *plan, const struct figure *figure,
                uint64_t low, uint64_t high, bool own, int32_t *first,
                int32_t *last)
{
    const struct derived *derived;
    size_t count = store_derived(plan->store, figure->metric, &derived);
    for (size_t i = 0; i < count; i++) {
        if (derived[i].cell >= low && derived[i].cell <= high &&
            (!own || follows_own(figure, &derived[i]))) {
            include(period_of(derived[i].cell), first, last);
        }
    }
}

bool
figure_has_facts(const struct plan *plan, const struct figure *figure,
                 enum frequency frequency)
{
    uint64_t cell = fact_pack_cell(figure->metric, frequency, figure->kind, 0);
    struct counts counts;
    return find_counts(plan, cell, cell | KEY_PERIOD_MAX, &counts) &&
           counts.first < counts.last;
}

bool
figure_is_stated(const struct plan *plan, const struct figure *figure,
                 struct period_range *range)
{
    uint64_t cell =
        fact_pack_cell(figure->metric, range->frequency, figure->kind, 0);
    int32_t first = range->first < 0 ? 0 : range->first;
    int32_t last = range->last > KEY_PERIOD_MAX ? KEY_PERIOD_MAX : range->last;
    int32_t from = INT32_MAX;
    int32_t to = INT32_MIN;
    struct counts counts;
    if (first > last || !figure->lines_found ||
        !find_counts(plan, cell | (uint32_t)first, cell | (uint32_t)last,
                     &counts) ||
        !own_range(plan, figure, range->frequency, counts, &from, &to)) {
        return false;
    }
    include_derived(plan, figure, cell | (uint32_t)first, cell | (uint32_t)last,
                    true, &from, &to);
    range->first = from;
    range->last = to;
    return from <= to;
}

int64_t
figure_stated_days(const struct plan *plan, const struct figure *figure,
                   const struct period_range *range)
{
    uint64_t cell =
        fact_pack_cell(figure->metric, range->frequency, figure->kind, 0);
    struct calendar calendar = figure_calendar(plan, figure);
    struct counts counts;
    int64_t days = 0;
    if (!find_counts(plan, cell | (uint32_t)range->first,
                     cell | (uint32_t)range->last, &counts)) {
        return 0;
    }
    for (size_t i = counts.first; i < counts.last; i++) {
        struct period period = {range->frequency,
                                period_of(counts.items[i].cell)};
        days += period_last_day(period, &calendar) -
                period_first_day(period, &calendar) + 1;
    }
    return days;
}

bool
figure_clip(struct plan *plan, struct figure *figure)
{
    int32_t first = INT32_MAX;
    int32_t last = INT32_MIN;
    struct counts counts;
    uint64_t low =
        fact_pack_cell(figure->metric, figure->frequency, figure->kind, 0);
    uint64_t high = low | KEY_PERIOD_MAX;
    if (!find_counts(plan, low, high, &counts)) {
        return false;
    }
    if (counts.first < counts.last) {
        include(period_of(counts.items[counts.first].cell), &first, &last);
        include(period_of(counts.items[counts.last - 1].cell), &first, &last);
    }
    include_derived(plan, figure, low, high, false, &first, &last);
    figure->first = first > figure->first ? first : figure->first;
    figure->last = last < figure->last ? last : figure->last;
    return figure->first <= figure->last;
}

bool
figure_widen_extent(struct plan *plan, struct figure *figure,
                    enum frequency frequency, int32_t *first, int32_t *last)
{
    int32_t from = INT32_MAX;
    int32_t to = INT32_MIN;
    struct counts counts;
    uint64_t low = fact_pack_cell(figure->metric, frequency, figure->kind, 0);
    uint64_t high = low | KEY_PERIOD_MAX;
    figure_find_lines(plan, figure);
    if (!find_counts(plan, low, high, &counts) ||
        !own_range(plan, figure, frequency, counts, &from, &to)) {
        return false;
    }
    include_derived(plan, figure, low, high, true, &from, &to);
    if (from <= to && frequency != plan->frequency) {
        struct calendar calendar = figure_calendar(plan, figure);
        from =
            period_convert(frequency, from, plan->frequency, &calendar, false);
        to = period_convert(frequency, to, plan->frequency, &calendar, true);
    }
    if (from <= to) {
        include(from, first, last);
        include(to, first, last);
    }
    return true;
}
