/* Reading figures: each scan fills one panel of periods x lines. */
#include "eval/plan/plan.h"
#include "values/number.h"

#include <stdlib.h>

/* One scan of a figure; several may fill parts of one panel at once, so what
 * it finds out is its own. */
struct reader {
    struct plan *plan;
    struct figure *figure;
    size_t facts;
    bool only_bounds;
    bool lean;         /* nobody asks how a number was rounded */
    bool apart;        /* in a thread of its own */
    struct fact *wide; /* facts whose bounds stand in the base, for later */
    size_t wide_count;
    size_t wide_capacity;
};

struct figure_amount {
    double value;
    struct interval bounds;
    enum value_relation relation;
};

/* How far `about` and `nearly` reach: half a unit of the leading digit. */
static struct decimal
leading_half(struct decimal decimal)
{
    struct decimal half = decimal_half_unit(decimal);
    int64_t digits = decimal.coefficient;
    for (; digits >= 10 || digits <= -10; digits /= 10) {
        half.exponent++;
    }
    return half;
}

static struct interval
detail_bounds(struct store *store, const struct fact *fact)
{
    struct arena texts = {0};
    struct fact_detail detail;
    struct interval bounds = interval_all();
    if (store_detail(store, fact->record, &texts, &detail)) {
        bounds = detail.bounds;
    }
    arena_free(&texts);
    return bounds;
}

/* The interval that the form of a fact gives to its digits, which are DECIMAL
 * times FACTOR, VALUE. */
static struct interval
form_bounds(struct store *store, const struct fact *fact, bool rounded,
            double value, struct decimal decimal, double factor)
{
    if (fact->form & FORM_WIDE) {
        return detail_bounds(store, fact);
    }
    if (fact->form & FORM_NEARLY) {
        struct interval around =
            interval_around(decimal, leading_half(decimal), factor);
        return (struct interval){around.low, value};
    }
    if (fact->form & FORM_AT_LEAST) {
        return (struct interval){value, INFINITY};
    }
    if (fact->form & FORM_AT_MOST) {
        return (struct interval){-INFINITY, value};
    }
    if (fact->form & FORM_ABOUT) {
        return interval_around(decimal, leading_half(decimal), factor);
    }
    return !rounded || fact->form & FORM_EXACT
               ? interval_point(value)
               : interval_around(decimal, decimal_half_unit(decimal), factor);
}

static enum value_relation
fact_relation(const struct fact *fact)
{
    switch (fact->form & FORM_RELATION) {
    case FORM_AT_LEAST:
        return RELATION_AT_LEAST;
    case FORM_AT_MOST:
        return RELATION_AT_MOST;
    case FORM_AT_LEAST | FORM_AT_MOST:
        return RELATION_BETWEEN;
    default:
        return RELATION_EQUAL;
    }
}

void
fact_amount(struct store *store, const struct fact *fact, double *value,
            struct interval *bounds, enum value_relation *relation)
{
    const struct vocabulary *vocabulary = store_vocabulary(store);
    const struct unit *unit =
        &vocabulary->units.items[vocabulary->lines[fact_line(fact)].unit];
    bool rounded =
        vocabulary_entry(vocabulary, CLASS_KIND, fact_kind(fact))->flag;
    struct decimal decimal = fact_decimal(fact);
    double factor = unit->is_power ? 1 : unit->factor;
    if (unit->is_power) {
        decimal.exponent = (int16_t)(decimal.exponent + unit->exponent);
    }
    *value = decimal_double(decimal) * factor;
    *bounds = form_bounds(store, fact, rounded, *value, decimal, factor);
    *relation = fact_relation(fact);
    if (*relation == RELATION_EQUAL) {
        return;
    }
    if (*relation != RELATION_BETWEEN && !rounded) {
        *bounds = interval_point(*value); /* an exact bound is the value too */
    } else {
        *value = NAN;
    }
}

/* The number alone: half of the work of fact_amount(). */
static void
fact_point(struct store *store, const struct fact *fact,
           struct figure_amount *amount)
{
    const struct vocabulary *vocabulary = store_vocabulary(store);
    const struct unit *unit =
        &vocabulary->units.items[vocabulary->lines[fact_line(fact)].unit];
    struct decimal decimal = fact_decimal(fact);
    if (unit->is_power) {
        decimal.exponent = (int16_t)(decimal.exponent + unit->exponent);
    }
    amount->value =
        decimal_double(decimal) * (unit->is_power ? 1 : unit->factor);
    amount->bounds = interval_point(amount->value);
    amount->relation = RELATION_EQUAL;
}

/* The first cell of a period and line, that of its first extra. */
static size_t
reader_index(const struct figure *figure, int32_t period, uint32_t line)
{
    size_t own = figure_line_index(figure, line);
    if (own == SIZE_MAX || period < figure->first || period > figure->last) {
        return SIZE_MAX;
    }
    return (size_t)(period - figure->first) * figure->own_count +
           own * figure->extra_count;
}

static void
fill_cell(struct figure *figure, size_t at, const struct fact *fact,
          const struct figure_amount *amount)
{
    figure_put(figure, at, amount->value, amount->bounds);
    figure->places[at] =
        amount->relation == RELATION_BETWEEN ? PLACE_NONE : fact->exponent;
    figure->relations[at] = (uint8_t)amount->relation;
    figure->basis[at] = BASIS_STATED;
    if (figure->facts) {
        figure->facts[at] = *fact;
    }
    if (figure->days) {
        figure->days[at] = fact_day(fact);
    }
}

/* A vintage from the day on which the fact was withdrawn does not know it. */
static bool
is_gone(const struct plan *plan, const struct figure *figure, size_t extra,
        const struct fact *fact)
{
    const struct retraction *gone =
        figure->days ? store_retraction(plan->store, fact->record) : NULL;
    return gone && gone->day <= figure->extras[extra].at[SPREAD_VINTAGE];
}

static void
set_aside(struct reader *reader, const struct fact *fact)
{
    void *items = reader->wide;
    memory_grow(&items, &reader->wide_capacity, reader->wide_count + 1,
                sizeof *reader->wide);
    reader->wide = items;
    reader->wide[reader->wide_count++] = *fact;
}

/* Facts of a cell come in the order of their days; those of one day are one
 * release.  A formula states the cell as well: what follows from it is filled
 * in when all facts are read. */
static bool
is_release(struct figure *figure, size_t at, const struct fact *fact)
{
    struct release *release = &figure->releases[at];
    day_number day = fact_day(fact);
    if (release->count == 0 || release->day != day) {
        release->count =
            (uint16_t)(release->count + (release->count < UINT16_MAX));
        release->day = day;
    }
    bool wanted = release->count == figure->release;
    release->record = wanted ? fact->record : release->record;
    return wanted;
}

static void
read_cell(void *context, const struct fact *fact)
{
    struct reader *reader = context;
    struct figure *figure = reader->figure;
    struct figure_amount amount;
    size_t at = reader_index(figure, fact_period(fact), fact_line(fact));
    if (at == SIZE_MAX || (figure->actor && fact->actor != figure->actor) ||
        (figure->source && fact->source != figure->source)) {
        return;
    }
    bool wanted = !figure->release || is_release(figure, at, fact);
    if (fact->form & FORM_FORMULA) {
        return;
    }
    reader->facts++;
    if (!wanted) {
        return;
    }
    if (reader->apart && fact->form & FORM_WIDE) {
        set_aside(reader, fact);
        return;
    }
    if (reader->lean && !(fact->form & ~FORM_BEFORE)) {
        fact_point(reader->plan->store, fact, &amount);
    } else {
        fact_amount(reader->plan->store, fact, &amount.value, &amount.bounds,
                    &amount.relation);
    }
    reader->only_bounds = reader->only_bounds || isnan(amount.value);
    if (!figure->spreads) {
        fill_cell(figure, at, fact, &amount);
        return;
    }
    size_t first;
    size_t last;
    figure_fill_range(figure, fact->actor, fact->source, fact_day(fact), &first,
                      &last);
    for (size_t extra = first; extra < last; extra++) {
        if (!is_gone(reader->plan, figure, extra, fact)) {
            fill_cell(figure, at + extra, fact, &amount);
        }
    }
}

/* Does a value that follows take the cell from what stands there?  Stated goes
 * before derived before implied, a later day before an earlier one; behind the
 * day of the question, the first one that comes. */
static bool
takes_cell(const struct figure *figure, size_t at,
           const struct derived *derived, day_number day)
{
    bool empty = isnan(figure->values[at]) && isnan(figure->low[at]);
    bool late = day > figure->as_of;
    if (late && figure->reach == REACH_NONE) {
        return false;
    }
    if (empty) {
        return true;
    }
    if (figure->basis[at] == BASIS_STATED) {
        return figure->reach == REACH_ANY && figure->facts &&
               fact_day(&figure->facts[at]) > figure->as_of &&
               day < fact_day(&figure->facts[at]);
    }
    return !late && figure->basis[at] >= derived->basis;
}

static void
fill_derived(struct figure *figure, size_t at, const struct derived *derived,
             day_number day)
{
    if (!takes_cell(figure, at, derived, day)) {
        return;
    }
    if (figure->derived) {
        figure->derived[at] = derived;
    }
    if (isnan(derived->value) && isnan(derived->bounds.low)) {
        return; /* a formula that lacks something */
    }
    figure_put(figure, at, derived->value, derived->bounds);
    figure->places[at] = PLACE_NONE;
    figure->relations[at] = derived->relation;
    figure->only_bounds = figure->only_bounds || isnan(derived->value);
    figure->basis[at] = derived->basis;
    figure->has_basis = true;
    if (figure->days) {
        figure->days[at] = day;
    }
}

static void
read_derived(struct reader *reader)
{
    struct figure *figure = reader->figure;
    const struct derived *derived;
    size_t count = store_derived(reader->plan->store, figure->metric, &derived);
    for (size_t i = 0; i < count; i++) {
        struct fact key = {.cell = derived[i].cell,
                           .line_day = derived[i].line_day};
        size_t at =
            fact_kind(&key) == figure->kind &&
                    fact_frequency(&key) == figure->frequency
                ? reader_index(figure, fact_period(&key), fact_line(&key))
                : SIZE_MAX;
        bool other = (figure->actor && figure->actor != derived[i].actor) ||
                     (figure->source && figure->source != derived[i].source);
        bool gone = !figure->days && derived[i].until != DAY_MAX &&
                    derived[i].until <= figure->as_of;
        size_t first = 0;
        size_t last = 1;
        if (at == SIZE_MAX || other || gone ||
            (figure->release &&
             figure->releases[at].record != derived[i].record)) {
            continue;
        }
        if (figure->spreads) {
            figure_fill_range(figure, derived[i].actor, derived[i].source,
                              fact_day(&key), &first, &last);
        }
        for (size_t extra = first; extra < last; extra++) {
            if (!figure->days || derived[i].until == DAY_MAX ||
                derived[i].until > figure->extras[extra].at[SPREAD_VINTAGE]) {
                fill_derived(figure, at + extra, &derived[i], fact_day(&key));
            }
        }
    }
}

static void
fill_unknown(double *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        numbers[i] = NAN;
    }
}

static bool
allocate(struct plan *plan, struct figure *figure)
{
    size_t periods = (size_t)(figure->last - figure->first + 1);
    size_t cells = periods * figure->own_count;
    if (figure->own_count && cells / figure->own_count != periods) {
        cells = SIZE_MAX;
    }
    if (!plan_take_figure(plan, figure, (double)cells)) {
        return false;
    }
    if (cells > PLAN_CELLS_MAX) {
        return plan_report_size(plan, figure->span, PLAN_CELLS_MAX);
    }
    figure->values = memory_alloc(cells * sizeof *figure->values);
    figure->low = figure->high = figure->values;
    if (plan->bounds) {
        figure->low = memory_alloc(cells * sizeof *figure->low);
        figure->high = memory_alloc(cells * sizeof *figure->high);
    }
    figure->places = memory_alloc(cells * sizeof *figure->places);
    figure->basis = memory_alloc(cells);
    figure->relations = memory_alloc(cells);
    fill_unknown(figure->values, cells);
    if (plan->bounds) {
        fill_unknown(figure->low, cells);
        fill_unknown(figure->high, cells);
    }
    for (size_t i = 0; i < cells; i++) {
        figure->places[i] = PLACE_NONE;
    }
    memset(figure->basis, BASIS_STATED, cells);
    memset(figure->relations, RELATION_EQUAL, cells);
    if (figure->spreads >> SPREAD_VINTAGE & 1) {
        figure->days = memory_alloc((cells + 1) * sizeof *figure->days);
        for (size_t i = 0; i <= cells; i++) {
            figure->days[i] = -1; /* DAY_NONE is that of facts without one */
        }
    }
    if (figure->release) {
        size_t bytes = (cells + 1) * sizeof *figure->releases;
        figure->releases = memory_alloc(bytes);
        memset(figure->releases, 0, bytes);
    }
    if (figure->wants_facts) {
        size_t facts = cells ? cells : 1;
        figure->facts = memory_alloc(facts * sizeof *figure->facts);
        memset(figure->facts, 0, facts * sizeof *figure->facts);
        figure->derived = memory_alloc(facts * sizeof *figure->derived);
        memset((void *)figure->derived, 0, facts * sizeof *figure->derived);
    }
    return true;
}

/* Is anything known of an own line in the periods that were read? */
static bool
line_known(const struct figure *figure, size_t own)
{
    size_t periods = (size_t)(figure->last - figure->first + 1);
    for (size_t p = 0; p < periods; p++) {
        size_t at = p * figure->own_count + own * figure->extra_count;
        for (size_t extra = 0; extra < figure->extra_count; extra++, at++) {
            if (!isnan(figure->values[at]) || !isnan(figure->low[at])) {
                return true;
            }
        }
    }
    return false;
}

static void
expect_line(void *context, const struct fact *fact)
{
    struct figure *figure = context;
    size_t own = figure_line_index(figure, fact_line(fact));
    if (own == SIZE_MAX) {
        return;
    }
    figure->expected[own] = true;
    if (figure->first_days && fact_day(fact) < figure->first_days[own]) {
        figure->first_days[own] = fact_day(fact);
    }
}

/* Does the question ask in its rows what is unknown? */
static bool
asks_unknown(const struct plan *plan)
{
    for (size_t i = 0; i < plan->node_count; i++) {
        const struct plan_node *node = &plan->nodes[i];
        if (node->space == 0 &&
            (node->op == PLAN_KNOWN || node->op == PLAN_ORELSE)) {
            return true;
        }
    }
    return false;
}

/* How many dimensions of the rows something in them has; those of an aggregate
 * that it keeps. */
static size_t
count_dimensions(const struct plan *plan, const struct plan_node *node)
{
    const struct space *space = &plan->spaces[0];
    size_t count = 0;
    for (size_t d = 0; d < space->dimension_count; d++) {
        count += node->op >= PLAN_SUM
                     ? aggregate_keeps(plan, node, space->dimensions[d])
                     : figure_follows(plan, plan->figures[node->figure],
                                      space->dimensions[d]);
    }
    return count;
}

/* Has something in the rows only some of their dimensions?  It is repeated
 * along the others, whatever is known of these now. */
static bool
has_narrow(const struct plan *plan)
{
    for (size_t i = 0; i < plan->node_count; i++) {
        const struct plan_node *node = &plan->nodes[i];
        bool gives = node->op == PLAN_FIGURE || node->op >= PLAN_SUM;
        size_t count =
            gives && node->space == 0 ? count_dimensions(plan, node) : 0;
        if (count > 0 && count < plan->spaces[0].dimension_count) {
            return true;
        }
    }
    return false;
}

/* A line of which nothing is known here, but something in other periods, is
 * missing from an aggregate, and makes it unknown; so it is from rows that tell
 * what is unknown, or beside something narrower that is known.  One that never
 * had a fact is no part of them.  The other periods, and those that are parts
 * of them, are read only when there is such a line, or when each vintage has
 * lines of its own. */
static bool
find_expected(struct plan *plan, struct figure *figure)
{
    bool vintages = figure->spreads >> SPREAD_VINTAGE & 1;
    bool missing = vintages;
    figure->expected =
        memory_alloc((figure->line_count + 1) * sizeof *figure->expected);
    if (vintages) {
        size_t bytes = (figure->line_count + 1) * sizeof *figure->first_days;
        figure->first_days = memory_alloc(bytes);
    }
    for (size_t own = 0; own < figure->line_count; own++) {
        figure->expected[own] = line_known(figure, own);
        for (size_t i = 0; figure->finer && figure->finer[i]; i++) {
            const bool *expected = figure->finer[i]->expected; /* if read */
            figure->expected[own] =
                figure->expected[own] || (expected && expected[own]);
        }
        missing = missing || !figure->expected[own];
        if (vintages) {
            figure->first_days[own] = DAY_MAX;
        }
    }
    if (!missing || figure->line_count == 0 ||
        (figure->space == 0 && !asks_unknown(plan) && !has_narrow(plan))) {
        return true;
    }
    struct scan_range range = {
        .metric = figure->metric,
        .frequency = figure->frequency,
        .kind = figure->kind,
        .first = 0,
        .last = INT32_MAX,
        .line_low = figure->own_lines[0],
        .line_high = figure->own_lines[figure->line_count - 1],
        .most_lines = figure->most_lines,
        .as_of = figure->as_of,
        .every_fact = vintages,
    };
    bool done = true;
    for (int at = (int)figure->frequency; done && at < FREQUENCY_COUNT; at++) {
        range.frequency = (enum frequency)at;
        if (at == (int)figure->frequency ||
            (figure->converts && at != FREQUENCY_W)) {
            done = store_scan(plan->store, &range, expect_line, figure);
        }
    }
    return done;
}

/* How many facts a figure will read, by the counts of its periods. */
static bool
count_facts(struct plan *plan, const struct figure *figure,
            const struct extent **extents, size_t *first, size_t *last,
            int64_t *facts)
{
    uint64_t low =
        fact_pack_cell(figure->metric, figure->frequency, figure->kind,
                       figure->first < 0 ? 0 : figure->first);
    uint64_t high = fact_pack_cell(
        figure->metric, figure->frequency, figure->kind,
        figure->last > KEY_PERIOD_MAX ? KEY_PERIOD_MAX : figure->last);
    size_t count;
    *facts = 0;
    *first = *last = 0;
    if (!store_extents(plan->store, extents, &count)) {
        return false;
    }
    while (*first < count && (*extents)[*first].cell < low) {
        ++*first;
    }
    for (*last = *first; *last < count && (*extents)[*last].cell <= high;
         ++*last) {
        *facts += (*extents)[*last].count;
    }
    return true;
}

enum { PARTS_MAX = 4, PART_FACTS = 20000 };

/* Cuts the periods of RANGE into parts with about as many facts each. */
static size_t
cut_range(struct plan *plan, const struct figure *figure,
          const struct scan_range *range, struct scan_job *jobs)
{
    const struct extent *extents = NULL;
    size_t first;
    size_t last;
    int64_t facts;
    int64_t passed = 0;
    size_t parts = store_scan_parts(plan->store);
    size_t count = 0;
    jobs[0].range = *range;
    bool counted = count_facts(plan, figure, &extents, &first, &last, &facts);
    parts = parts > PARTS_MAX ? PARTS_MAX : parts;
    if (!counted || facts < PART_FACTS || parts < 2 || range->every_fact ||
        !figure->most_lines) {
        return 1;
    }
    for (size_t i = first; i < last && count + 1 < parts; i++) {
        passed += extents[i].count;
        if (passed * (int64_t)parts >= facts * (int64_t)(count + 1) &&
            i + 1 < last) {
            int32_t period = (int32_t)(extents[i].cell & KEY_PERIOD_MAX);
            jobs[count].range.last = period;
            jobs[++count].range = *range;
            jobs[count].range.first = period + 1;
        }
    }
    return count + 1;
}

/* Facts whose bounds had to wait for the connection that reads details.  They
 * are the last of their cells, whatever filled those. */
static void
finish_reader(struct reader *reader)
{
    struct figure *figure = reader->figure;
    reader->apart = false;
    reader->facts -= reader->wide_count; /* those are read again */
    for (size_t i = 0; i < reader->wide_count; i++) {
        read_cell(reader, &reader->wide[i]);
    }
    free(reader->wide);
    figure->only_bounds = figure->only_bounds || reader->only_bounds;
    figure->fact_count += reader->facts;
}

/* Runs the scan of a figure, in several parts where it is large. */
static bool
scan_figure(struct plan *plan, struct figure *figure,
            const struct scan_range *range)
{
    struct scan_job jobs[PARTS_MAX];
    struct reader readers[PARTS_MAX];
    bool done;
    size_t parts = cut_range(plan, figure, range, jobs);
    for (size_t i = 0; i < parts; i++) {
        readers[i] = (struct reader){.plan = plan,
                                     .figure = figure,
                                     .lean = !plan->bounds,
                                     .apart = parts > 1};
        jobs[i].cell = read_cell;
        jobs[i].context = &readers[i];
    }
    done = parts == 1 ? store_scan(plan->store, range, read_cell, &readers[0])
                      : store_scan_jobs(plan->store, jobs, parts);
    for (size_t i = 0; i < parts; i++) {
        finish_reader(&readers[i]);
    }
    return done;
}

bool
figure_read(struct plan *plan, struct figure *figure)
{
    struct reader reader = {.plan = plan, .figure = figure};
    figure_find_lines(plan, figure);
    if (!figure_read_finer(plan, figure) || !figure_find_extras(plan, figure)) {
        return false;
    }
    figure->own_count = figure->line_count * figure->extra_count;
    if (!allocate(plan, figure)) {
        return false;
    }
    if (figure->own_count == 0 || figure->last < figure->first) {
        return find_expected(plan, figure);
    }
    bool told_apart =
        figure->actor || figure->source || figure->spreads || figure->release;
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
        .or_earliest = figure->reach != REACH_NONE,
        .every_fact = told_apart,
        .retracted = figure->days != NULL,
        .places = figure->wants_facts || told_apart,
    };
    if (!scan_figure(plan, figure, &range)) {
        return false;
    }
    if (!figure->stated_only) {
        read_derived(&reader);
    }
    figure_convert(plan, figure);
    return find_expected(plan, figure);
}
