/* How much earlier than its row a figure is read: by steps of periods and of
 * years, one after another.
 *
 * Steps are not added up: a year before the last week of a long year, or before
 * 29 February, is not the same as a year before the period next to it.  A
 * sequence of steps is a number, equal for equal ones: its last step stands in
 * the plan, and names the sequence before it.
 */
#include "eval/plan/plan.h"

#include <stdlib.h>

enum { LAG_DISTANCE_MAX = 1000 * 1000 };

static const struct lag_step *
step_of(const struct plan *plan, uint32_t lag)
{
    return &plan->lags[lag - 1];
}

static bool
step_equal(const struct lag_step *a, const struct lag_step *b)
{
    return a->before == b->before && a->years == b->years &&
           a->distance == b->distance;
}

static uint32_t
add_step(struct plan *plan, struct lag_step step)
{
    for (size_t i = 0; i < plan->lag_count; i++) {
        if (step_equal(&plan->lags[i], &step)) {
            return (uint32_t)i + 1;
        }
    }
    void *items = plan->lags;
    memory_grow(&items, &plan->lag_capacity, plan->lag_count + 1,
                sizeof *plan->lags);
    plan->lags = items;
    plan->lags[plan->lag_count] = step;
    return (uint32_t)++plan->lag_count;
}

bool
plan_add_lag(struct plan *plan, uint32_t *lag, bool years, int32_t distance)
{
    struct lag_step step = {
        .before = *lag, .years = years, .distance = distance};
    if (distance < -LAG_DISTANCE_MAX || distance > LAG_DISTANCE_MAX) {
        return false;
    }
    if (*lag && !years && !step_of(plan, *lag)->years) {
        step.distance += step_of(plan, *lag)->distance;
        step.before = step_of(plan, *lag)->before;
    }
    int64_t reach = step.before ? step_of(plan, step.before)->reach : 0;
    reach += abs(step.distance);
    if (reach > LAG_DISTANCE_MAX) {
        return false;
    }
    step.reach = (int32_t)reach;
    *lag = step.distance ? add_step(plan, step) : step.before;
    return true;
}

bool
plan_lag_has_years(const struct plan *plan, uint32_t lag)
{
    while (lag && !step_of(plan, lag)->years) {
        lag = step_of(plan, lag)->before;
    }
    return lag != 0;
}

struct period
plan_lag(const struct plan *plan, uint32_t lag, struct period at)
{
    if (!lag) {
        return at;
    }
    const struct lag_step *step = step_of(plan, lag);
    at = plan_lag(plan, step->before, at);
    if (step->years) {
        return period_shift_years(at, -step->distance);
    }
    at.ordinal -= step->distance;
    return at;
}

int32_t
plan_year_length(const struct plan *plan)
{
    int per_year = frequency_per_year(plan->frequency);
    return per_year ? per_year : plan->frequency == FREQUENCY_W ? 54 : 367;
}

void
plan_lag_sums(const struct plan *plan, uint32_t lag, int32_t *periods,
              int32_t *years)
{
    *periods = *years = 0;
    for (; lag; lag = step_of(plan, lag)->before) {
        const struct lag_step *step = step_of(plan, lag);
        *(step->years ? years : periods) += step->distance;
    }
}

int64_t
plan_lag_back(const struct plan *plan, uint32_t lag)
{
    int32_t periods;
    int32_t years;
    plan_lag_sums(plan, lag, &periods, &years);
    return periods + (int64_t)years * plan_year_length(plan);
}

void
plan_print_lag(const struct plan *plan, uint32_t lag, struct buffer *text)
{
    if (!lag) {
        return;
    }
    const struct lag_step *step = step_of(plan, lag);
    int distance = abs(step->distance);
    plan_print_lag(plan, step->before, text);
    buffer_format(text, ", %d %s%s %s", distance,
                  step->years ? "year" : "period", distance == 1 ? "" : "s",
                  step->distance < 0 ? "ahead" : "back");
}
