/* Budgets of a review: what is said when one is used up, and of which rule. */
#include "eval/rules/rules.h"

#include <stdlib.h>

bool
judge_over_budget(struct judgement *judgement, const struct rule *rule,
                  const char *what)
{
    struct diagnostic *record = diagnostics_add(
        judgement->session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_BUDGET,
        rule->statement->kid[0]->span,
        "the budget of %s is used up while %s is judged", what, rule->id);
    diagnostics_help(judgement->session->diagnostics, record,
                     "narrow its subjects with for or where, or allow more");
    return false;
}

/* Drops what was said of the interruption from message FROM on: it is said
 * once, and with the rule. */
static void
drop_interruptions(struct diagnostics *list, size_t from)
{
    bool only = true;
    for (size_t i = from; i < list->count; i++) {
        only = only && list->items[i]->code == DIAGNOSTIC_INTERRUPTED;
    }
    if (only) {
        diagnostics_truncate(list, from);
    }
}

bool
judge_goes_on(struct judgement *judgement, const struct rule *rule, size_t from)
{
    struct session *session = judgement->session;
    if (!store_is_interrupted(session->store)) {
        return true;
    }
    drop_interruptions(session->diagnostics, from);
    if (session->options.out_of_time && session->options.out_of_time()) {
        return judge_over_budget(judgement, rule, "time");
    }
    diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                    DIAGNOSTIC_INTERRUPTED, (struct span){0, 0}, "interrupted");
    return false;
}

static void
mark(bool *reached, uint32_t node)
{
    if (node != UINT32_MAX) {
        reached[node] = true;
    }
}

/* The nodes that a task rests on; operands stand before operators. */
static void
mark_task(const struct plan *plan, const struct task *task, bool *reached)
{
    memset(reached, 0, plan->node_count * sizeof *reached);
    mark(reached, task->cell);
    mark(reached, task->where);
    mark(reached, task->when);
    for (size_t i = 0; i < task->rule->let_count; i++) {
        mark(reached, task->lets[i]);
    }
    for (size_t i = 0; i < task->rule->condition_count; i++) {
        const struct bound_condition *condition = &task->conditions[i];
        mark(reached, condition->node);
        for (size_t k = 0;
             condition->holes && k < condition->source->message.hole_count;
             k++) {
            mark(reached, condition->holes[k]);
        }
    }
    for (size_t i = plan->node_count; i-- > 0;) {
        for (int k = 0; reached[i] && k < 3; k++) {
            mark(reached, plan->nodes[i].kid[k]);
        }
    }
}

const struct rule *
heaviest_rule(const struct group *group)
{
    const struct plan *plan = &group->question.plan;
    const struct rule *heaviest = group->tasks[0]->rule;
    double most = 0;
    bool *reached = memory_alloc((plan->node_count + 1) * sizeof *reached);
    for (size_t i = 0; i < group->task_count; i++) {
        mark_task(plan, group->tasks[i], reached);
        double cells = plan_weigh(plan, reached);
        if (cells > most) {
            most = cells;
            heaviest = group->tasks[i]->rule;
        }
    }
    free(reached);
    return heaviest;
}
