/* Figures at a frequency at which nobody stated them: a year from its months.
 *
 * A metric says how it adds up: flows as a sum, stocks as the last value, rates
 * and indices as a mean (time aggregation of VTL 2.1).  A figure that was
 * stated goes before one that was worked out, coarse parts go before fine ones,
 * and a period of which a part is unknown is unknown.
 */
#include "eval/plan/plan.h"
#include "values/number.h"

#include <stdlib.h>

int32_t
period_convert(enum frequency from, int32_t at, enum frequency to,
               const struct calendar *calendar, bool end)
{
    struct period period = {from, at};
    day_number day = end ? period_last_day(period, calendar)
                         : period_first_day(period, calendar);
    return period_of_day(to, day, calendar).ordinal;
}

struct calendar
figure_calendar(const struct plan *plan, const struct figure *figure)
{
    const struct vocabulary *vocabulary = store_vocabulary(plan->store);
    return vocabulary_calendar(vocabulary,
                               vocabulary->metrics[figure->metric].calendar);
}

/* Weeks are parts of nothing but themselves. */
static bool
is_part(enum frequency part, enum frequency whole)
{
    return part > whole && part != FREQUENCY_W;
}

bool
figure_read_finer(struct plan *plan, struct figure *figure)
{
    struct calendar calendar = figure_calendar(plan, figure);
    size_t count = 0;
    if (!figure->converts || figure->last < figure->first) {
        return true;
    }
    figure->finer = memory_alloc((FREQUENCY_COUNT + 1) * sizeof *figure->finer);
    memset(figure->finer, 0, (FREQUENCY_COUNT + 1) * sizeof *figure->finer);
    for (int at = (int)figure->frequency + 1; at < FREQUENCY_COUNT; at++) {
        if (!is_part((enum frequency)at, figure->frequency)) {
            continue;
        }
        struct figure *finer = memory_alloc(sizeof *finer);
        *finer = (struct figure){
            .kind = figure->kind,
            .metric = figure->metric,
            .frequency = (enum frequency)at,
            .actor = figure->actor,
            .source = figure->source,
            .as_of = figure->as_of,
            .release = figure->release,
            .space = figure->space,
            .span = figure->span,
            .stated_only = figure->stated_only,
            .spreads = figure->spreads,
            .wants_facts = figure->wants_facts,
            .first = period_convert(figure->frequency, figure->first,
                                    (enum frequency)at, &calendar, false),
            .last = period_convert(figure->frequency, figure->last,
                                   (enum frequency)at, &calendar, true),
        };
        memcpy(finer->selectors, figure->selectors, sizeof finer->selectors);
        memcpy(finer->members, figure->members, sizeof finer->members);
        figure->finer[count++] = finer;
        if (!figure_clip(plan, finer)) {
            continue;
        }
        if (!figure_read(plan, finer)) {
            return false;
        }
        figure->only_bounds = figure->only_bounds || finer->only_bounds;
    }
    return true;
}

/* What is known of the parts of one period. */
struct parts {
    struct number_sum value;
    struct number_sum low;
    struct number_sum high;
    double size; /* of the largest number, by amount */
    struct cell last;
    size_t known;
    size_t bounded; /* ... of which only bounds are */
    bool ends;      /* the last part is known */
    bool points;    /* nobody wants bounds: there is only VALUE */
};

static void
add_part(struct parts *parts, struct cell part, bool partial, bool ends)
{
    bool bounds = !isnan(part.low) && !isnan(part.high);
    if (isnan(part.value) && (!bounds || partial)) {
        return;
    }
    part.low = bounds ? part.low : part.value;
    part.high = bounds ? part.high : part.value;
    number_sum_add(&parts->value, part.value);
    if (parts->points) {
        double size = fabs(part.value);
        parts->size = size > parts->size ? size : parts->size;
    } else {
        number_sum_add(&parts->low, part.low);
        number_sum_add(&parts->high, part.high);
        parts->size =
            fmax(parts->size, fmax(isinf(part.low) ? 0 : fabs(part.low),
                                   isinf(part.high) ? 0 : fabs(part.high)));
    }
    parts->last = part;
    parts->known++;
    parts->bounded += isnan(part.value) ? 1 : 0;
    parts->ends = ends;
}

static double
total(const struct parts *parts, struct number_sum sum,
      enum aggregation aggregation)
{
    double all = number_denoise(number_sum_total(sum), parts->size);
    return aggregation == AGGREGATION_FLOW ? all : all / (double)parts->known;
}

static struct cell
finish(const struct parts *parts, enum aggregation aggregation, size_t wanted,
       bool partial)
{
    struct cell cell = {NAN, NAN, NAN};
    bool stock = aggregation == AGGREGATION_STOCK;
    bool enough = stock ? parts->ends : parts->known == wanted;
    if (parts->known == 0 || !(enough || partial)) {
        return cell;
    }
    if (stock) {
        return parts->last;
    }
    double value = total(parts, parts->value, aggregation);
    if (parts->points) {
        value = isfinite(value) ? value : NAN;
        return (struct cell){value, value, value};
    }
    cell.low = total(parts, parts->low, aggregation);
    cell.high = total(parts, parts->high, aggregation);
    bool open = cell.low == -INFINITY && cell.high == INFINITY;
    if (parts->bounded > 0 ? open : !isfinite(value)) {
        return (struct cell){NAN, NAN, NAN};
    }
    cell.value = value;
    return cell;
}

/* How the metric of a figure adds up over time. */
static enum aggregation
own_rule(const struct plan *plan, const struct figure *figure)
{
    return (enum aggregation)store_vocabulary(plan->store)
        ->metrics[figure->metric]
        .aggregation;
}

static enum aggregation
rule_of(const struct plan *plan, const struct figure *figure)
{
    return figure->aggregation != AGGREGATION_NONE ? figure->aggregation
                                                   : own_rule(plan, figure);
}

/* A yearly mean that was stated is no rate at the end of the year. */
static void
forget_other_rule(const struct plan *plan, struct figure *figure)
{
    size_t cells =
        (size_t)(figure->last - figure->first + 1) * figure->own_count;
    bool stock = own_rule(plan, figure) == AGGREGATION_STOCK;
    bool same = stock == (figure->aggregation == AGGREGATION_STOCK);
    if (figure->aggregation == AGGREGATION_NONE || same ||
        own_rule(plan, figure) == AGGREGATION_NONE) {
        return;
    }
    for (size_t i = 0; i < cells; i++) {
        figure->values[i] = figure->low[i] = figure->high[i] = NAN;
        figure->places[i] = PLACE_NONE;
        figure->relations[i] = RELATION_EQUAL;
        if (figure->facts) {
            figure->facts[i] = (struct fact){0};
            figure->derived[i] = NULL;
        }
    }
}

/* The periods of a finer figure that are parts of one of FIGURE. */
static void
parts_of_period(const struct plan *plan, const struct figure *figure,
                const struct figure *finer, int32_t period,
                struct figure_parts *parts)
{
    struct calendar calendar = figure_calendar(plan, figure);
    parts->figure = finer;
    parts->first = period_convert(figure->frequency, period, finer->frequency,
                                  &calendar, false);
    parts->last = period_convert(figure->frequency, period, finer->frequency,
                                 &calendar, true);
}

/* The column in which those of an own line stand; false when there is none. */
static bool
parts_of_line(const struct figure *figure, size_t own,
              struct figure_parts *parts)
{
    const struct figure *finer = parts->figure;
    size_t extra =
        figure->spreads && finer->own_count
            ? figure_find_extra(finer,
                                figure->extras[own % figure->extra_count].at)
            : 0;
    parts->column = own / figure->extra_count * finer->extra_count + extra;
    return extra != SIZE_MAX && finer->own_count;
}

size_t
figure_part(const struct figure_parts *parts, int32_t period)
{
    const struct figure *figure = parts->figure;
    return period < figure->first || period > figure->last
               ? SIZE_MAX
               : (size_t)(period - figure->first) * figure->own_count +
                     parts->column;
}

/* A cell from its parts; false when that gives nothing.  DAY is the last of
 * theirs. */
static bool
work_out(const struct plan *plan, const struct figure *figure,
         const struct figure_parts *at, struct cell *cell, day_number *day)
{
    const struct figure *finer = at->figure;
    struct parts parts = {.points = finer->low == finer->values};
    size_t wanted = (size_t)(at->last - at->first + 1);
    *day = DAY_NONE;
    for (int32_t part = at->first; part <= at->last; part++) {
        size_t from = figure_part(at, part);
        if (from == SIZE_MAX) {
            continue;
        }
        add_part(&parts,
                 (struct cell){finer->values[from], finer->low[from],
                               finer->high[from]},
                 figure->partial, part == at->last);
        *day =
            finer->days && finer->days[from] > *day ? finer->days[from] : *day;
    }
    *cell = finish(&parts, rule_of(plan, figure), wanted, figure->partial);
    return !isnan(cell->value) || !isnan(cell->low);
}

static void
fill(struct figure *figure, size_t at, const struct cell *cell, day_number day)
{
    figure_put(figure, at, cell->value,
               (struct interval){cell->low, cell->high});
    figure->basis[at] = BASIS_COMPUTED;
    if (figure->days) {
        figure->days[at] = day;
    }
}

bool
figure_find_parts(const struct plan *plan, const struct figure *figure,
                  size_t at, struct figure_parts *parts)
{
    struct cell cell;
    day_number day;
    for (size_t i = 0; figure->finer && figure->finer[i]; i++) {
        parts_of_period(plan, figure, figure->finer[i],
                        figure->first + (int32_t)(at / figure->own_count),
                        parts);
        if (parts_of_line(figure, at % figure->own_count, parts) &&
            work_out(plan, figure, parts, &cell, &day)) {
            bool last = rule_of(plan, figure) == AGGREGATION_STOCK;
            for (int32_t part = parts->last; last && part > parts->first;
                 part--) {
                size_t from = figure_part(parts, part);
                if (from != SIZE_MAX && (!isnan(parts->figure->values[from]) ||
                                         !isnan(parts->figure->low[from]))) {
                    parts->first = part;
                }
            }
            return true;
        }
    }
    return false;
}

/* Fills what nobody stated in one period of a figure. */
static void
convert_row(const struct plan *plan, struct figure *figure, int32_t period,
            struct figure_parts *parts)
{
    size_t row = (size_t)(period - figure->first) * figure->own_count;
    for (size_t own = 0; own < figure->own_count; own++) {
        size_t at = row + own;
        struct cell cell;
        day_number day;
        if (isnan(figure->values[at]) && isnan(figure->low[at]) &&
            parts_of_line(figure, own, parts) &&
            work_out(plan, figure, parts, &cell, &day)) {
            fill(figure, at, &cell, day);
        }
    }
}

void
figure_convert(const struct plan *plan, struct figure *figure)
{
    if (figure->finer) {
        forget_other_rule(plan, figure);
    }
    for (size_t i = 0; figure->finer && figure->finer[i]; i++) {
        for (int32_t period = figure->first; period <= figure->last; period++) {
            struct figure_parts parts;
            parts_of_period(plan, figure, figure->finer[i], period, &parts);
            convert_row(plan, figure, period, &parts);
        }
    }
}
