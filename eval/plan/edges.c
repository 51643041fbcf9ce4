/* Periods that are written out, beside the periods of the rows.
 *
 * In a question of months a year is its months: `period <= 2020` holds until
 * December of it.  Which frequency a question has is known only when all of it
 * is bound; until then a constant says which end of its period is meant.
 */
#include "eval/plan/parts.h"

int32_t
period_edge_in(struct period period, enum frequency to,
               const struct calendar *calendar, bool end)
{
    int32_t at =
        period_convert(period.frequency, period.ordinal, to, calendar, end);
    struct period edge = {to, at};
    if (to <= period.frequency) {
        return at;
    }
    if (end) {
        bool beyond =
            period_last_day(edge, calendar) > period_last_day(period, calendar);
        return beyond ? at - 1 : at;
    }
    bool before =
        period_first_day(edge, calendar) < period_first_day(period, calendar);
    return before ? at + 1 : at;
}

static bool
refuse(struct plan *plan, const struct plan_node *node,
       enum frequency frequency)
{
    struct diagnostic *record = diagnostics_add(
        plan->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_FREQUENCY_MISMATCH,
        node->span, "a %s period beside those of a %s question",
        frequency_word(frequency), frequency_word(plan->frequency));
    diagnostics_help(plan->diagnostics, record,
                     "a period is compared with those that it consists of, "
                     "not with longer ones");
    return false;
}

bool
plan_settle_edges(struct plan *plan)
{
    struct calendar calendar = calendar_plain;
    for (size_t i = 0; i < plan->figure_count; i++) {
        if (!plan->figures[i]->fixed) {
            calendar = figure_calendar(plan, plan->figures[i]);
            break;
        }
    }
    for (size_t i = 0; i < plan->node_count; i++) {
        struct plan_node *node = &plan->nodes[i];
        enum frequency frequency = (enum frequency)node->type.dimension;
        if (node->op != PLAN_CONSTANT || node->edge == EDGE_NONE ||
            plan->frequency == FREQUENCY_ONCE || frequency == plan->frequency) {
            continue;
        }
        if (frequency > plan->frequency && frequency != FREQUENCY_D) {
            return refuse(plan, node, frequency);
        }
        struct period period = {frequency, (int32_t)node->value};
        node->value = period_edge_in(period, plan->frequency, &calendar,
                                     node->edge == EDGE_LAST);
        node->bounds = interval_point(node->value);
        node->type.dimension = (uint32_t)plan->frequency;
    }
    return true;
}
