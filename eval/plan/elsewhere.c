/* Figures that are stated at another frequency than that of the question: a
 * year of which there are months only.
 *
 * Cells of different frequency are different cells, so there is no answer; but
 * there is a question that has one.
 */
#include "eval/plan/plan.h"

/* The period WHEN of a figure, or those of the frame, at another frequency.
 * Without either, all of them. */
static struct period_range
same_time(const struct plan *plan, const struct figure *figure,
          const int32_t *when, enum frequency frequency)
{
    struct period_range range = {frequency, 0, INT32_MAX, false};
    struct calendar calendar = figure_calendar(plan, figure);
    enum frequency from = when ? figure->frequency : plan->frequency;
    if (!when && !plan->range_given) {
        return range;
    }
    range.first = period_convert(from, when ? *when : plan->first, frequency,
                                 &calendar, false);
    range.last = period_convert(from, when ? *when : plan->last, frequency,
                                &calendar, true);
    return range;
}

/* Finer periods, of which the wanted ones are made: those of the frequency at
 * which most is known, of equals the longest. */
static bool
find_parts(const struct plan *plan, const struct figure *figure,
           const int32_t *when, struct period_range *range)
{
    int64_t most = -1;
    for (int at = (int)figure->frequency + 1; at < FREQUENCY_COUNT; at++) {
        struct period_range found =
            same_time(plan, figure, when, (enum frequency)at);
        if (at == FREQUENCY_W || figure->converts ||
            !figure_is_stated(plan, figure, &found)) {
            continue;
        }
        int64_t days = figure_stated_days(plan, figure, &found);
        if (days > most) {
            most = days;
            *range = found;
        }
    }
    return most >= 0;
}

/* Finer periods first; then weeks; then longer periods, the shortest first. */
static bool
find_elsewhere(const struct plan *plan, const struct figure *figure,
               const int32_t *when, struct period_range *range)
{
    int own = (int)figure->frequency;
    int order[FREQUENCY_COUNT];
    int count = 0;
    if (find_parts(plan, figure, when, range)) {
        return true;
    }
    if (own < FREQUENCY_W) {
        order[count++] = FREQUENCY_W;
    }
    for (int at = own - 1; at >= FREQUENCY_A; at--) {
        order[count++] = at;
    }
    for (int i = 0; i < count; i++) {
        *range = same_time(plan, figure, when, (enum frequency)order[i]);
        if (figure_is_stated(plan, figure, range)) {
            return true;
        }
    }
    return false;
}

static void
print_range(const struct plan *plan, const struct figure *figure,
            struct period_range range, struct buffer *text)
{
    bool fiscal =
        store_vocabulary(plan->store)->metrics[figure->metric].calendar != 0;
    struct period first = {range.frequency, range.first};
    struct period last = {range.frequency, range.last};
    period_print(text, first, fiscal);
    if (range.first != range.last) {
        buffer_add_text(text, "..");
        period_print(text, last, fiscal);
    }
}

bool
plan_elsewhere(const struct plan *plan, const struct figure *figure,
               const int32_t *when, const uint32_t *tuple, struct buffer *text)
{
    struct period_range range;
    enum aggregation aggregation =
        (enum aggregation)store_vocabulary(plan->store)
            ->metrics[figure->metric]
            .aggregation;
    if (figure->frequency == FREQUENCY_ONCE ||
        !find_elsewhere(plan, figure, when, &range)) {
        return false;
    }
    bool weeks = range.frequency == FREQUENCY_W;
    bool part = range.frequency > figure->frequency;
    if (!weeks && (when || plan->range_given)) {
        range = same_time(plan, figure, when, range.frequency);
    }
    buffer_format(
        text, "; it is stated %s%s: ask ", frequency_word(range.frequency),
        weeks && part ? ", and a week can lie in two months or years" : "");
    if (part && !weeks && aggregation != AGGREGATION_NONE) {
        buffer_format(text, "%s(", frequency_word(figure->frequency));
        figure_print(plan, figure, when, tuple, text);
        buffer_add_text(text, "), or ");
    } else if (weeks && part && aggregation == AGGREGATION_FLOW) {
        buffer_add_text(text, "sum(");
        figure_print(plan, figure, NULL, tuple, text);
        buffer_add_text(text, " for ");
        print_range(plan, figure, range, text);
        buffer_add_text(text, "), or ");
    }
    figure_print(plan, figure, NULL, tuple, text);
    buffer_add_text(text, " for ");
    print_range(plan, figure, range, text);
    return true;
}
