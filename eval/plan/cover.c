/* Which parts stand for a period: all of one frequency, or side by side what is
 * known of several.
 *
 * Parts of different frequencies may overlap: of a quarter and its months one
 * counts, never both.  So a period is walked from the whole to its parts, and
 * each part is left as soon as something stands for all of it: as it was stated,
 * else all its parts of one frequency, coarse before fine.
 */
#include "eval/plan/parts.h"

#include <stdlib.h>

bool
figure_find_run(const struct plan *plan, const struct figure *figure,
                const struct figure *finer, struct period whole,
                struct figure_run *run)
{
    struct calendar calendar = figure_calendar(plan, figure);
    *run = (struct figure_run){.figure = finer};
    if (finer->frequency <= whole.frequency) {
        return false;
    }
    run->first = period_convert(whole.frequency, whole.ordinal,
                                finer->frequency, &calendar, false);
    run->last = period_convert(whole.frequency, whole.ordinal, finer->frequency,
                               &calendar, true);
    struct period first = {finer->frequency, run->first};
    struct period last = {finer->frequency, run->last};
    return period_first_day(first, &calendar) ==
               period_first_day(whole, &calendar) &&
           period_last_day(last, &calendar) ==
               period_last_day(whole, &calendar);
}

bool
figure_run_line(const struct figure *figure, size_t own, struct figure_run *run)
{
    const struct figure *finer = run->figure;
    size_t extra =
        figure->spreads && finer->own_count
            ? figure_find_extra(finer,
                                figure->extras[own % figure->extra_count].at)
            : 0;
    run->column = own / figure->extra_count * finer->extra_count + extra;
    return extra != SIZE_MAX && finer->own_count;
}

size_t
figure_run_cell(const struct figure_run *run, int32_t period)
{
    const struct figure *figure = run->figure;
    return period < figure->first || period > figure->last
               ? SIZE_MAX
               : (size_t)(period - figure->first) * figure->own_count +
                     run->column;
}

static void
add_part(const struct figure *figure, int32_t period, size_t cell,
         struct figure_parts *parts)
{
    void *items = parts->items;
    memory_grow(&items, &parts->capacity, parts->count + 1,
                sizeof *parts->items);
    parts->items = items;
    parts->items[parts->count++] =
        (struct figure_part){figure, cell, period, 1};
}

void
figure_parts_add(const struct figure_run *run, struct figure_parts *parts)
{
    for (int32_t period = run->first; period <= run->last; period++) {
        size_t at = figure_run_cell(run, period);
        if (at != SIZE_MAX &&
            (!isnan(run->figure->values[at]) || !isnan(run->figure->low[at]))) {
            add_part(run->figure, period, at, parts);
        }
    }
}

void
figure_parts_free(struct figure_parts *parts)
{
    free(parts->items);
    *parts = (struct figure_parts){0};
}

/* The way through the parts of one cell. */
struct walk {
    const struct plan *plan;
    const struct figure *figure;
    size_t own;
    bool last; /* only the last counts */
    struct figure_parts *parts;
};

static bool
is_known(const struct figure_run *run, int32_t period)
{
    size_t at = figure_run_cell(run, period);
    return at != SIZE_MAX && !isnan(run->figure->values[at]);
}

/* Do all parts have a value, or the last one where no other counts? */
static bool
is_complete(const struct walk *walk, const struct figure_run *run)
{
    bool known = is_known(run, run->last);
    for (int32_t at = run->first; known && !walk->last && at < run->last;
         at++) {
        known = is_known(run, at);
    }
    return known;
}

/* Adds what stands for the period WHOLE, which is the cell SELF of OF (or
 * SIZE_MAX); its parts are of the finer figures from LEVEL on. */
static void
cover(const struct walk *walk, size_t level, struct period whole,
      const struct figure *of, size_t self)
{
    struct figure **finer = walk->figure->finer;
    struct figure_run run;
    size_t next = SIZE_MAX;
    if (self != SIZE_MAX && !isnan(of->values[self])) {
        add_part(of, whole.ordinal, self, walk->parts);
        return;
    }
    for (size_t i = level; finer[i]; i++) {
        if (!figure_find_run(walk->plan, walk->figure, finer[i], whole, &run) ||
            !figure_run_line(walk->figure, walk->own, &run)) {
            continue;
        }
        if (is_complete(walk, &run)) {
            run.first = walk->last ? run.last : run.first;
            figure_parts_add(&run, walk->parts);
            return;
        }
        next = next == SIZE_MAX ? i : next;
    }
    if (next == SIZE_MAX) {
        return;
    }
    figure_find_run(walk->plan, walk->figure, finer[next], whole, &run);
    figure_run_line(walk->figure, walk->own, &run);
    for (int32_t at = run.first; at <= run.last; at++) {
        struct period part = {finer[next]->frequency, at};
        cover(walk, next + 1, part, finer[next], figure_run_cell(&run, at));
    }
}

/* How many periods of the finest frequency each part has. */
static void
measure(const struct plan *plan, const struct figure *figure,
        struct figure_parts *parts)
{
    struct calendar calendar = figure_calendar(plan, figure);
    enum frequency finest = FREQUENCY_ONCE;
    for (size_t i = 0; i < parts->count; i++) {
        enum frequency frequency = parts->items[i].figure->frequency;
        finest = frequency > finest ? frequency : finest;
    }
    for (size_t i = 0; i < parts->count; i++) {
        struct figure_part *part = &parts->items[i];
        enum frequency own = part->figure->frequency;
        int32_t first =
            period_convert(own, part->period, finest, &calendar, false);
        int32_t last =
            period_convert(own, part->period, finest, &calendar, true);
        part->length = (size_t)(last - first + 1);
    }
}

void
figure_cover(const struct plan *plan, const struct figure *figure, size_t at,
             struct figure_parts *parts)
{
    struct walk walk = {
        .plan = plan,
        .figure = figure,
        .own = at % figure->own_count,
        .last = figure_rule(plan, figure) == AGGREGATION_STOCK,
        .parts = parts,
    };
    int32_t period = figure->first + (int32_t)(at / figure->own_count);
    cover(&walk, 0, (struct period){figure->frequency, period}, figure,
          SIZE_MAX);
    measure(plan, figure, parts);
}
