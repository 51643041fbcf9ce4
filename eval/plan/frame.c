/* The frame: which frequency, which periods, which lines. */
#include "eval/plan/parts.h"

#include <stdlib.h>

static const struct vocabulary *
plan_vocabulary(const struct plan *plan)
{
    return store_vocabulary(plan->store);
}

static bool
report_frequencies(struct plan *plan, const struct figure *figure,
                   enum frequency frequency)
{
    struct diagnostic *record = diagnostics_add(
        plan->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_FREQUENCY_MISMATCH,
        figure->span, "a %s figure in a %s question",
        frequency_word(figure->frequency), frequency_word(frequency));
    diagnostics_label(plan->diagnostics, record, "this is %s",
                      frequency_word(figure->frequency));
    if (plan->frequency_span.end) {
        diagnostics_relate(plan->diagnostics, record, plan->frequency_span,
                           "this is %s", frequency_word(frequency));
    }
    return false;
}

/* When all that is asked for is converted, the finest of it gives the frame. */
static void
settle_converted(struct plan *plan)
{
    bool known = plan->frequency_known;
    for (size_t i = 0; !known && i < plan->figure_count; i++) {
        const struct figure *figure = plan->figures[i];
        if (figure->converts && !figure->apart &&
            figure->frequency > plan->frequency) {
            plan->frequency = figure->frequency;
            plan->frequency_known = true;
            plan->frequency_span = figure->span;
        }
    }
}

/* The frame's frequency: that of its `for` or of a period in the question,
 * else the metric's. */
static bool
settle_frequency(struct plan *plan)
{
    for (size_t i = 0; !plan->frequency_known && i < plan->figure_count; i++) {
        const struct figure *figure = plan->figures[i];
        if (figure->fixed && !figure->converts && !figure->apart &&
            figure->frequency != FREQUENCY_ONCE) {
            plan->frequency = figure->frequency;
            plan->frequency_known = true;
            plan->frequency_span = figure->span;
        }
    }
    for (size_t i = 0; !plan->frequency_known && i < plan->figure_count; i++) {
        const struct figure *figure = plan->figures[i];
        if (!figure->fixed && !figure->converts) {
            plan->frequency = (enum frequency)plan_vocabulary(plan)
                                  ->metrics[figure->metric]
                                  .frequency;
            plan->frequency_known = true;
            plan->frequency_span = figure->span;
        }
    }
    settle_converted(plan);
    for (size_t i = 0; i < plan->figure_count; i++) {
        struct figure *figure = plan->figures[i];
        if (figure->apart) {
            continue;
        }
        if (figure->converts) {
            if (figure->frequency > plan->frequency) {
                return report_frequencies(plan, figure, plan->frequency);
            }
        } else if (!figure->fixed) {
            figure->frequency = plan->frequency;
        } else if (figure->frequency != FREQUENCY_ONCE &&
                   figure->frequency != plan->frequency) {
            return report_frequencies(plan, figure, plan->frequency);
        }
    }
    return plan_check_repeats(plan);
}

/* The periods of the frame: those that were asked for, cut to those in which
 * some figure has facts. */
static bool
settle_periods(struct plan *plan)
{
    int32_t first = INT32_MAX;
    int32_t last = INT32_MIN;
    if (!plan->has_periods) {
        if (!plan->range_given) {
            plan->first = plan->last = 0;
        } else if (plan->first == INT32_MIN || plan->last == INT32_MAX) {
            plan->first = plan->last =
                plan->first == INT32_MIN ? plan->last : plan->first;
        }
        return true;
    }
    for (size_t i = 0; i < plan->figure_count; i++) {
        const struct figure *figure = plan->figures[i];
        int finest = figure->converts ? FREQUENCY_D : (int)figure->frequency;
        for (int at = (int)figure->frequency; !figure->fixed && at <= finest;
             at++) {
            if (!figure_widen_extent(plan, plan->figures[i], (enum frequency)at,
                                     &first, &last)) {
                return false;
            }
        }
    }
    if (plan->speaks && plan->spoken.frequency == plan->frequency) {
        first = plan->spoken.first < first ? plan->spoken.first : first;
        last = plan->spoken.last > last ? plan->spoken.last : last;
    }
    plan->known_first = first;
    plan->known_last = last;
    if (!plan->range_given) {
        plan->first = first;
        plan->last = last;
    } else {
        bool open_start = plan->first == INT32_MIN;
        bool open_end = plan->last == INT32_MAX;
        plan->first = open_start ? first : plan->first;
        plan->last = open_end ? last : plan->last;
    }
    if (plan->first > plan->last) { /* nothing is known of these figures */
        plan->first = 0;
        plan->last = -1;
    }
    return true;
}

void
plan_span_periods(struct plan *plan, const struct period_range *range,
                  struct span span)
{
    bool first = !plan->speaks;
    plan->has_periods = plan->speaks = true;
    if (first || range->first < plan->spoken.first) {
        plan->spoken.first = range->first;
    }
    if (first || range->last > plan->spoken.last) {
        plan->spoken.last = range->last;
    }
    plan->spoken.frequency = range->frequency;
    if (!plan->frequency_known) {
        plan->frequency = range->frequency;
        plan->frequency_known = true;
        plan->frequency_span = span;
    }
}

/* Periods that aggregates run over must be of one frequency; the first that is
 * of another one is kept, to be told. */
static void
note_frequency(struct plan *plan, const struct period_range *range,
               struct span span)
{
    if (!plan->frequency_known) {
        plan->frequency = range->frequency;
        plan->frequency_known = true;
        plan->frequency_span = span;
    }
    if (!plan->has_wanted || plan->wanted.frequency == plan->frequency) {
        plan->wanted.frequency = range->frequency;
        plan->wanted_span = span;
    }
}

void
plan_want_periods(struct plan *plan, struct period_range *range,
                  struct span span)
{
    note_frequency(plan, range, span);
    if (!plan->has_wanted) {
        plan->wanted.first = INT32_MAX;
        plan->wanted.last = INT32_MIN;
        plan->has_wanted = true;
    }
    if (range->first == INT32_MIN) {
        plan->wants_start = true;
    } else if (range->first < plan->wanted.first) {
        plan->wanted.first = range->first;
    }
    if (range->last == INT32_MAX) {
        plan->wants_end = true;
    } else if (range->last > plan->wanted.last) {
        plan->wanted.last = range->last;
    }
}

/* How far later (SIGN -1) or earlier (1) than their row figures are read: what
 * is known of them is known to rows so much earlier, or later. */
static int32_t
farthest_lag(const struct plan *plan, int sign)
{
    int64_t far = 0;
    for (size_t i = 0; i < plan->node_count; i++) {
        const struct plan_node *node = &plan->nodes[i];
        int64_t lag = sign * plan_lag_back(plan, node->lag);
        far = node->op == PLAN_FIGURE && lag > far ? lag : far;
    }
    return (int32_t)far;
}

/* Windows reach back from the first row, but not beyond what is known; what
 * looks ahead sees all of it. */
static void
reach_farther(struct plan *plan)
{
    int64_t back = (int64_t)plan->back +
                   (int64_t)plan->back_years * plan_year_length(plan);
    int64_t from = (int64_t)plan->first - back;
    if (!plan->has_periods || plan->last < plan->first) {
        return;
    }
    int64_t known = (int64_t)plan->known_first - farthest_lag(plan, -1);
    from = from < known ? known : from;
    plan->first = from < plan->first ? (int32_t)from : plan->first;
    int64_t last = (int64_t)plan->known_last + farthest_lag(plan, 1);
    if (plan->ahead && last > plan->last) {
        plan->last = last > INT32_MAX ? INT32_MAX : (int32_t)last;
    }
}

static void
widen(struct plan *plan, int32_t first, int32_t last)
{
    plan->first = first < plan->first ? first : plan->first;
    plan->last = last > plan->last ? last : plan->last;
}

/* Periods of aggregates may reach beyond those of the frame: all are computed,
 * and the frame's own are shown.  Open ends reach as far as anything is known.
 */
static bool
widen_periods(struct plan *plan)
{
    int32_t first = plan->first;
    int32_t last = plan->last;
    if (plan->has_wanted && plan->has_periods) {
        if (plan->wanted.frequency != plan->frequency) {
            struct diagnostic *record = diagnostics_add(
                plan->diagnostics, SEVERITY_ERROR,
                DIAGNOSTIC_FREQUENCY_MISMATCH, plan->wanted_span,
                "an aggregate runs over %s periods in a %s question",
                frequency_word(plan->wanted.frequency),
                frequency_word(plan->frequency));
            diagnostics_relate(plan->diagnostics, record, plan->frequency_span,
                               "this is %s", frequency_word(plan->frequency));
            return false;
        }
        if (last < first) {
            plan->first = INT32_MAX;
            plan->last = INT32_MIN;
        }
        widen(plan, plan->wanted.first, plan->wanted.last);
        widen(plan, plan->wants_start ? plan->known_first : INT32_MAX,
              plan->wants_end ? plan->known_last : INT32_MIN);
        if (plan->first > plan->last) {
            plan->first = first;
            plan->last = last;
        }
    }
    reach_farther(plan);
    plan->shown_first = (size_t)(first - plan->first);
    plan->shown_last = (size_t)(last - plan->first + 1);
    return true;
}

bool
plan_frame(struct plan *plan)
{
    return settle_frequency(plan) && plan_settle_edges(plan) &&
           settle_periods(plan) && widen_periods(plan);
}

size_t
plan_period_count(const struct plan *plan)
{
    return (size_t)(plan->last - plan->first + 1);
}
