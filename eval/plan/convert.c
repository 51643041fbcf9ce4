/* Figures at a frequency at which nobody stated them: a year from its months.
 *
 * A metric says how it adds up: flows as a sum, stocks as the last value, rates
 * and indices as a mean (time aggregation of VTL 2.1).  A figure that was
 * stated goes before one that was worked out, coarse parts go before fine ones,
 * and a period of which a part is unknown is unknown.  Where what is known is
 * to do, one that all parts of some frequency make still goes first; else parts
 * of several frequencies stand side by side (cover.c).
 */
#include "eval/plan/parts.h"
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
    size_t known;   /* of a mean, by their lengths */
    size_t bounded; /* ... of which only bounds are */
    bool ends;      /* the last part is known */
    bool points;    /* nobody wants bounds: there is only VALUE */
};

/* LENGTH is what it counts for: one among parts of one frequency. */
static void
add_part(struct parts *parts, struct cell part, bool partial, bool ends,
         size_t length)
{
    bool bounds = !isnan(part.low) && !isnan(part.high);
    if (isnan(part.value) && (!bounds || partial)) {
        return;
    }
    part.low = (bounds ? part.low : part.value) * (double)length;
    part.high = (bounds ? part.high : part.value) * (double)length;
    part.value *= (double)length;
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
    parts->known += length;
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

enum aggregation
figure_rule(const struct plan *plan, const struct figure *figure)
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

static struct cell
part_cell(const struct figure *figure, size_t at)
{
    return (struct cell){figure->values[at], figure->low[at], figure->high[at]};
}

static day_number
later_day(day_number day, const struct figure *figure, size_t at)
{
    return figure->days && figure->days[at] > day ? figure->days[at] : day;
}

/* A cell from all its parts of one frequency, or those that are known (PARTIAL);
 * false when that gives nothing.  DAY is the last of theirs. */
static bool
work_out(const struct plan *plan, const struct figure *figure,
         const struct figure_run *run, bool partial, struct cell *cell,
         day_number *day)
{
    const struct figure *finer = run->figure;
    struct parts parts = {.points = finer->low == finer->values};
    size_t wanted = (size_t)(run->last - run->first + 1);
    *day = DAY_NONE;
    for (int32_t part = run->first; part <= run->last; part++) {
        size_t from = figure_run_cell(run, part);
        if (from != SIZE_MAX) {
            add_part(&parts, part_cell(finer, from), figure->partial,
                     part == run->last, 1);
            *day = later_day(*day, finer, from);
        }
    }
    *cell = finish(&parts, figure_rule(plan, figure), wanted, partial);
    return !isnan(cell->value) || !isnan(cell->low);
}

/* A cell from what is known of its parts, of whichever frequencies. */
static bool
work_out_partly(const struct plan *plan, const struct figure *figure, size_t at,
                struct cell *cell, day_number *day)
{
    enum aggregation rule = figure_rule(plan, figure);
    bool flow = rule == AGGREGATION_FLOW;
    struct figure_parts found = {0};
    struct parts parts = {0};
    *day = DAY_NONE;
    figure_cover(plan, figure, at, &found);
    for (size_t i = 0; i < found.count; i++) {
        const struct figure_part *part = &found.items[i];
        parts.points = part->figure->low == part->figure->values;
        add_part(&parts, part_cell(part->figure, part->cell), true, false,
                 flow || rule == AGGREGATION_STOCK ? 1 : part->length);
        *day = later_day(*day, part->figure, part->cell);
    }
    figure_parts_free(&found);
    *cell = finish(&parts, rule, 0, true);
    return !isnan(cell->value);
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

static struct period
period_of_cell(const struct figure *figure, size_t at)
{
    return (struct period){figure->frequency,
                           figure->first + (int32_t)(at / figure->own_count)};
}

bool
figure_find_parts(const struct plan *plan, const struct figure *figure,
                  size_t at, struct figure_parts *parts)
{
    struct cell cell;
    day_number day;
    struct figure_run run;
    bool last = figure_rule(plan, figure) == AGGREGATION_STOCK;
    for (size_t i = 0; figure->finer && figure->finer[i]; i++) {
        if (figure_find_run(plan, figure, figure->finer[i],
                            period_of_cell(figure, at), &run) &&
            figure_run_line(figure, at % figure->own_count, &run) &&
            work_out(plan, figure, &run, false, &cell, &day)) {
            run.first = last ? run.last : run.first;
            figure_parts_add(&run, parts);
            return true;
        }
    }
    if (figure->finer && figure->partial) {
        figure_cover(plan, figure, at, parts);
    }
    if (last && parts->count) {
        parts->items[0] = parts->items[parts->count - 1];
        parts->count = 1;
    }
    return parts->count > 0;
}

static bool
is_unknown(const struct figure *figure, size_t at)
{
    return isnan(figure->values[at]) && isnan(figure->low[at]);
}

/* Fills what nobody stated in one period of a figure. */
static void
convert_row(const struct plan *plan, struct figure *figure, int32_t period,
            bool partial, struct figure_run *run)
{
    size_t row = (size_t)(period - figure->first) * figure->own_count;
    for (size_t own = 0; own < figure->own_count; own++) {
        struct cell cell;
        day_number day;
        if (is_unknown(figure, row + own) &&
            figure_run_line(figure, own, run) &&
            work_out(plan, figure, run, partial, &cell, &day)) {
            fill(figure, row + own, &cell, day);
        }
    }
}

static void
convert_partly(const struct plan *plan, struct figure *figure)
{
    size_t cells =
        (size_t)(figure->last - figure->first + 1) * figure->own_count;
    for (size_t at = 0; at < cells; at++) {
        struct cell cell;
        day_number day;
        if (is_unknown(figure, at) &&
            work_out_partly(plan, figure, at, &cell, &day)) {
            fill(figure, at, &cell, day);
        }
    }
}

/* Is only one finer frequency known?  Then its parts do not overlap others. */
static bool
has_one_finer(const struct figure *figure)
{
    size_t count = 0;
    for (size_t i = 0; figure->finer && figure->finer[i]; i++) {
        count += figure->finer[i]->own_count > 0;
    }
    return count == 1;
}

void
figure_convert(const struct plan *plan, struct figure *figure)
{
    bool alone = figure->partial && has_one_finer(figure);
    if (figure->finer) {
        forget_other_rule(plan, figure);
    }
    for (size_t i = 0; figure->finer && figure->finer[i]; i++) {
        for (int32_t period = figure->first; period <= figure->last; period++) {
            struct figure_run run;
            if (figure_find_run(plan, figure, figure->finer[i],
                                (struct period){figure->frequency, period},
                                &run)) {
                convert_row(plan, figure, period, alone, &run);
            }
        }
    }
    if (figure->finer && figure->partial && !alone) {
        convert_partly(plan, figure);
    }
}
