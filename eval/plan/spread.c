/* Facts told apart by who said them, where, or when.
 *
 * A figure that spreads such a coordinate has one column for each combination
 * that its facts have.  A vintage shows what was known on its day: a fact fills
 * its own vintage and all later ones, until a later fact takes its place.
 */
#include "eval/plan/plan.h"

#include <stdlib.h>

static int
compare_extras(const void *a, const void *b)
{
    const struct extra *left = a;
    const struct extra *right = b;
    for (int i = 0; i < SPREAD_COUNT; i++) {
        if (left->at[i] != right->at[i]) {
            return left->at[i] < right->at[i] ? -1 : 1;
        }
    }
    return 0;
}

static struct extra
extra_of(const struct figure *figure, uint32_t actor, uint32_t source,
         day_number day)
{
    struct extra extra = {{(int32_t)actor, (int32_t)source, day}};
    for (int i = 0; i < SPREAD_COUNT; i++) {
        extra.at[i] = figure->spreads >> i & 1 ? extra.at[i] : 0;
    }
    return extra;
}

/* Distinct combinations, found by their hash while facts pass. */
struct finder {
    struct plan *plan;
    struct figure *figure;
    struct index seen; /* hash of a combination: one that has it */
    size_t capacity;
};

static void
add_extra(struct finder *finder, struct extra extra, int32_t period)
{
    struct figure *figure = finder->figure;
    for (int i = 0; i < SPREAD_COUNT; i++) {
        figure->named |= (uint8_t)((extra.at[i] != 0) << i);
    }
    if (period < figure->first || period > figure->last) {
        return;
    }
    for (uint64_t salt = 0;; salt++) {
        uint64_t hash = hash_bytes(&extra, sizeof extra) + salt;
        uint32_t at = index_get(&finder->seen, hash);
        if (at == INDEX_NONE) {
            index_put(&finder->seen, hash, (uint32_t)figure->extra_count);
            break;
        }
        if (compare_extras(&figure->extras[at], &extra) == 0) {
            return;
        }
    }
    void *items = figure->extras;
    memory_grow(&items, &finder->capacity, figure->extra_count + 1,
                sizeof *figure->extras);
    figure->extras = items;
    figure->extras[figure->extra_count++] = extra;
}

size_t
figure_line_index(const struct figure *figure, uint32_t line)
{
    if (figure->line_count == 0) {
        return SIZE_MAX;
    }
    uint32_t base = figure->own_lines[0];
    if (line < base || line > figure->own_lines[figure->line_count - 1]) {
        return SIZE_MAX;
    }
    uint32_t own = figure->line_own[line - base];
    return own == UINT32_MAX ? SIZE_MAX : own;
}

static void
find_extra(void *context, const struct fact *fact)
{
    struct finder *finder = context;
    const struct figure *figure = finder->figure;
    bool mine = figure_line_index(figure, fact_line(fact)) != SIZE_MAX &&
                (!figure->actor || fact->actor == figure->actor) &&
                (!figure->source || fact->source == figure->source) &&
                !(fact->form & FORM_FORMULA);
    if (mine) {
        add_extra(finder,
                  extra_of(figure, fact->actor, fact->source, fact_day(fact)),
                  fact_period(fact));
    }
}

static void
find_derived(struct finder *finder)
{
    const struct figure *figure = finder->figure;
    const struct derived *derived;
    size_t count = store_derived(finder->plan->store, figure->metric, &derived);
    for (size_t i = 0; i < count && !figure->stated_only; i++) {
        struct fact key = {.cell = derived[i].cell,
                           .line_day = derived[i].line_day};
        bool mine = fact_kind(&key) == figure->kind &&
                    fact_frequency(&key) == figure->frequency &&
                    fact_day(&key) <= figure->as_of &&
                    figure_line_index(figure, fact_line(&key)) != SIZE_MAX;
        if (mine) {
            add_extra(finder,
                      extra_of(figure, derived[i].actor, derived[i].source,
                               fact_day(&key)),
                      fact_period(&key));
        }
    }
}

bool
figure_find_extras(struct plan *plan, struct figure *figure)
{
    struct finder finder = {.plan = plan, .figure = figure};
    if (!figure->spreads) {
        figure->extras = memory_alloc(sizeof *figure->extras);
        figure->extras[0] = (struct extra){{0}};
        figure->extra_count = 1;
        return true;
    }
    if (figure->line_count == 0 || figure->last < figure->first) {
        return true;
    }
    for (size_t i = 0; figure->finer && figure->finer[i]; i++) {
        for (size_t k = 0; k < figure->finer[i]->extra_count; k++) {
            add_extra(&finder, figure->finer[i]->extras[k], figure->first);
        }
        figure->named |= figure->finer[i]->named;
    }
    struct scan_range range = {
        .metric = figure->metric,
        .frequency = figure->frequency,
        .kind = figure->kind,
        .first = figure->first,
        .last = figure->last,
        .line_low = figure->own_lines[0],
        .line_high = figure->own_lines[figure->line_count - 1],
        .most_lines = figure->most_lines,
        .as_of = figure->as_of,
        .every_fact = true,
        .retracted = figure->spreads >> SPREAD_VINTAGE & 1,
        .places = true,
    };
    bool done = store_scan(plan->store, &range, find_extra, &finder);
    find_derived(&finder);
    unsigned speakers = figure->spreads & ~(1u << SPREAD_VINTAGE);
    if (done &&
        (speakers & ~(unsigned)figure->named)) { /* in other periods, perhaps */
        range.first = 0;
        range.last = INT32_MAX;
        done = store_scan(plan->store, &range, find_extra, &finder);
    }
    index_free(&finder.seen);
    if (figure->extra_count) {
        qsort(figure->extras, figure->extra_count, sizeof *figure->extras,
              compare_extras);
    }
    return done;
}

/* Index of the first extra that is not before WANTED. */
static size_t
seek_extra(const struct figure *figure, const struct extra *wanted)
{
    size_t low = 0;
    size_t high = figure->extra_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (compare_extras(&figure->extras[middle], wanted) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Do two agree in all but the vintage? */
static bool
same_speaker(const struct extra *a, const struct extra *b)
{
    return a->at[SPREAD_ACTOR] == b->at[SPREAD_ACTOR] &&
           a->at[SPREAD_SOURCE] == b->at[SPREAD_SOURCE];
}

void
figure_fill_range(const struct figure *figure, uint32_t actor, uint32_t source,
                  day_number day, size_t *first, size_t *last)
{
    struct extra extra = extra_of(figure, actor, source, day);
    *first = seek_extra(figure, &extra);
    *last = *first;
    while (*last < figure->extra_count &&
           same_speaker(&figure->extras[*last], &extra)) {
        ++*last;
    }
}

size_t
figure_find_extra(const struct figure *figure, const int32_t *at)
{
    struct extra wanted;
    memcpy(wanted.at, at, sizeof wanted.at);
    size_t found = seek_extra(figure, &wanted);
    if (found < figure->extra_count &&
        compare_extras(&figure->extras[found], &wanted) == 0) {
        return found;
    }
    return found > 0 && same_speaker(&figure->extras[found - 1], &wanted)
               ? found - 1
               : SIZE_MAX;
}

static bool
names_some(const struct figure *figure, enum spread spread)
{
    for (size_t i = 0; i < figure->extra_count; i++) {
        if (figure->extras[i].at[spread]) {
            return true;
        }
    }
    return false;
}

bool
plan_is_told_apart(const struct plan *plan, size_t space, enum spread spread)
{
    for (size_t i = 0; i < plan->figure_count; i++) {
        const struct figure *figure = plan->figures[i];
        if (figure->space == space && names_some(figure, spread)) {
            return true;
        }
    }
    for (size_t i = 0; i < plan->node_count; i++) {
        const struct plan_node *node = &plan->nodes[i];
        /* What an aggregate gathers may stand in the space around it. */
        if (node->op >= PLAN_SUM && node->space == space &&
            node->from_space != space &&
            aggregate_keeps(plan, node, spread_dimension(spread)) &&
            plan_is_told_apart(plan, node->from_space, spread)) {
            return true;
        }
    }
    return false;
}
