/* Figures at a frequency at which nobody stated them: a year from its months.
 *
 * A metric says how it adds up: flows as a sum, stocks as the last value, rates
 * and indices as a mean (time aggregation of VTL 2.1).  A figure that was
 * stated goes before one that was worked out, coarse parts go before fine ones,
 * and a period of which a part is unknown is unknown.
 */
#include "eval/plan/plan.h"

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
    double sum[3]; /* value, low, high */
    double carry[3];
    double last[3];
    size_t known[3];
    bool ends[3]; /* the last part is known */
};

static void
add_part(struct parts *parts, int which, double value, bool ends)
{
    if (isnan(value)) {
        return;
    }
    double sum = parts->sum[which] + value;
    parts->carry[which] += fabs(parts->sum[which]) >= fabs(value)
                               ? (parts->sum[which] - sum) + value
                               : (value - sum) + parts->sum[which];
    parts->sum[which] = sum;
    parts->last[which] = value;
    parts->known[which]++;
    parts->ends[which] = ends;
}

static double
finish(const struct parts *parts, int which, enum aggregation aggregation,
       size_t wanted, bool partial)
{
    size_t known = parts->known[which];
    double sum = parts->sum[which] + parts->carry[which];
    if (known == 0 ||
        (known < wanted && !partial && aggregation != AGGREGATION_STOCK)) {
        return NAN;
    }
    if (aggregation == AGGREGATION_STOCK) {
        return parts->ends[which] || partial ? parts->last[which] : NAN;
    }
    sum = aggregation == AGGREGATION_FLOW ? sum : sum / (double)known;
    return isfinite(sum) ? sum : NAN;
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
    }
}

/* Fills one cell from the parts of its period; AT is its index. */
static void
convert_cell(const struct plan *plan, struct figure *figure,
             const struct figure *finer, size_t at, size_t own, int32_t first,
             int32_t last)
{
    enum aggregation aggregation = rule_of(plan, figure);
    struct parts parts = {0};
    day_number day = DAY_NONE;
    size_t extra =
        figure->spreads
            ? figure_find_extra(finer,
                                figure->extras[own % figure->extra_count].at)
            : 0;
    if (extra == SIZE_MAX || finer->own_count == 0) {
        return;
    }
    size_t column = own / figure->extra_count * finer->extra_count + extra;
    for (int32_t part = first; part <= last; part++) {
        if (part < finer->first || part > finer->last) {
            continue;
        }
        size_t from = (size_t)(part - finer->first) * finer->own_count + column;
        add_part(&parts, 0, finer->values[from], part == last);
        add_part(&parts, 1, finer->low[from], part == last);
        add_part(&parts, 2, finer->high[from], part == last);
        day = finer->days && finer->days[from] > day ? finer->days[from] : day;
    }
    size_t wanted = (size_t)(last - first + 1);
    double ends[3];
    for (int which = 0; which < 3; which++) {
        ends[which] =
            finish(&parts, which, aggregation, wanted, figure->partial);
    }
    if (isnan(ends[0]) && isnan(ends[1])) {
        return;
    }
    figure_put(figure, at, ends[0], (struct interval){ends[1], ends[2]});
    figure->basis[at] = BASIS_COMPUTED;
    if (figure->days) {
        figure->days[at] = day;
    }
}

void
figure_convert(const struct plan *plan, struct figure *figure)
{
    struct calendar calendar = figure_calendar(plan, figure);
    if (figure->finer) {
        forget_other_rule(plan, figure);
    }
    for (size_t i = 0; figure->finer && figure->finer[i]; i++) {
        const struct figure *finer = figure->finer[i];
        if (finer->own_count == 0) {
            continue;
        }
        for (int32_t period = figure->first; period <= figure->last; period++) {
            int32_t first = period_convert(figure->frequency, period,
                                           finer->frequency, &calendar, false);
            int32_t last = period_convert(figure->frequency, period,
                                          finer->frequency, &calendar, true);
            size_t row = (size_t)(period - figure->first) * figure->own_count;
            for (size_t own = 0; own < figure->own_count; own++) {
                size_t at = row + own;
                if (isnan(figure->values[at]) && isnan(figure->low[at])) {
                    convert_cell(plan, figure, finer, at, own, first, last);
                }
            }
        }
    }
}
