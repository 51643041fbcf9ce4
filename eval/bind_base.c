/* base_level(x, PERIODS): what an index is based on.
 *
 * In one period of the frame it is x itself.  Over a longer one, or a range, it
 * is the mean of x in the periods that lie in it, all of which must be known:
 * an index of quarters on the base 2020 is 100 on average in that year (as the
 * OECD publishes them).
 */
#include "eval/bind.h"

enum { BASE_PERIODS_MAX = 400 };

/* The frequency that a question has from its clauses, or from a period that was
 * read in it so far; ONCE for none. */
static enum frequency
spoken_frequency(const struct plan *plan)
{
    if (plan->frequency_known) {
        return plan->frequency;
    }
    for (size_t f = 0; f < plan->figure_count; f++) {
        const struct figure *figure = plan->figures[f];
        if (figure->fixed && !figure->apart) {
            return figure->frequency;
        }
    }
    return FREQUENCY_ONCE;
}

/* The frequency and calendar of the periods of x: those of its figure where
 * that has one, else of the question, else of the metric, or of the base WHEN
 * if x is stated at no other; false after a report. */
static bool
find_frequency(struct binder *binder, const struct node *x, enum frequency when,
               enum frequency *frequency, struct calendar *calendar)
{
    struct plan *plan = binder->plan;
    const struct vocabulary *vocabulary = binder->session->vocabulary;
    struct plan_mark mark = plan_mark(plan);
    bool has_periods = plan->has_periods;
    enum frequency spoken = spoken_frequency(plan);
    uint32_t value = bind_expression(binder, x);
    if (value == UINT32_MAX) {
        return false;
    }
    const struct figure *figure = bind_first_figure(plan, value);
    *frequency = FREQUENCY_ONCE;
    if (figure) {
        const struct metric *metric =
            vocabulary_metric(vocabulary, figure->metric);
        bool own = figure->fixed || figure->converts;
        enum frequency usual = (enum frequency)metric->frequency;
        bool lacks = !figure_has_facts(plan, figure, usual) &&
                     figure_has_facts(plan, figure, when);
        *frequency = own                        ? figure->frequency
                     : spoken != FREQUENCY_ONCE ? spoken
                     : lacks                    ? when
                                                : usual;
        *calendar = vocabulary_calendar(vocabulary, metric->calendar);
    }
    plan_truncate(plan, &mark);
    plan->has_periods = has_periods;
    return true;
}

/* The periods of FREQUENCY that lie in RANGE; false after a report. */
static bool
divide(struct binder *binder, const struct node *when, enum frequency frequency,
       const struct calendar *calendar, struct period_range *range)
{
    bool open = range->first == INT32_MIN || range->last == INT32_MAX;
    bool weeks = frequency == FREQUENCY_W && range->frequency < FREQUENCY_W;
    if (open || weeks || range->frequency > frequency) {
        bind_fail(binder, when, DIAGNOSTIC_FREQUENCY_MISMATCH,
                  open    ? "a base has a first and a last period"
                  : weeks ? "a week can lie in two months or years"
                          : "these periods are shorter than those of the value",
                  NULL);
        return false;
    }
    range->first = period_convert(range->frequency, range->first, frequency,
                                  calendar, false);
    range->last = period_convert(range->frequency, range->last, frequency,
                                 calendar, true);
    range->frequency = frequency;
    if (range->last - range->first >= BASE_PERIODS_MAX) {
        bind_fail(binder, when, DIAGNOSTIC_FRAME_SIZE,
                  "a base has at most 400 periods", NULL);
        return false;
    }
    return true;
}

/* x in all of RANGE, added up by halves, so that no tree is deep. */
static uint32_t
add_periods(struct binder *binder, const struct node *call,
            struct period_range range)
{
    if (range.first == range.last) {
        struct period period = {range.frequency, range.first};
        return bind_at_period(binder, call->kid[1], period);
    }
    struct period_range half = range;
    half.last = range.first + (range.last - range.first) / 2;
    range.first = half.last + 1;
    uint32_t a = add_periods(binder, call, half);
    return bind_binary(binder, call, OP_ADD, a,
                       a == UINT32_MAX ? a : add_periods(binder, call, range));
}

uint32_t
bind_base(struct binder *binder, const struct node *call)
{
    const struct node *x = call->kid[1];
    enum frequency frequency;
    struct period_range range;
    struct calendar calendar;
    if (!x || !x->next || x->next->next) {
        return bind_fail_call(binder, call,
                              "base_level takes a value, and a period or a "
                              "range of them",
                              "base_level(exports, 2015), base_level(exports, "
                              "2015-Q3..2016-Q2)");
    }
    const struct node *when = bind_value_of(binder, x->next);
    if (!value_span(binder->session, when, &range) ||
        !find_frequency(binder, x, range.frequency, &frequency, &calendar)) {
        return UINT32_MAX;
    }
    bool one = range.first == range.last;
    bool fiscal = range.fiscal;
    if (frequency == FREQUENCY_ONCE || (one && range.frequency >= frequency)) {
        return bind_at(binder, call);
    }
    if (!divide(binder, when, frequency, &calendar, &range)) {
        return UINT32_MAX;
    }
    double count = range.last - range.first + 1;
    struct type plain = {.class = VALUE_NUMBER, .scale = -1, .bare = true};
    uint32_t sum = add_periods(binder, call, range);
    if (sum != UINT32_MAX && fiscal &&
        !bind_check_fiscal(binder, sum, when->span)) {
        return UINT32_MAX;
    }
    return bind_binary(binder, call, OP_DIVIDE, sum,
                       sum == UINT32_MAX
                           ? sum
                           : plan_constant(binder->plan, plain, count,
                                           interval_point(count), call->span));
}
