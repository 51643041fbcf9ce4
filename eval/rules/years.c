/* Fiscal years in rules: those that a rule is for, and those that it combines
 * with others. */
#include "eval/rules/rules.h"

/* All that a task rests on: its subject, clauses, names and messages. */
static uint32_t *
task_nodes(struct session *session, const struct task *task, size_t *count)
{
    size_t most = 3 + task->rule->let_count + task->rule->condition_count;
    for (size_t i = 0; i < task->rule->condition_count; i++) {
        most += task->conditions[i].source->message.hole_count;
    }
    uint32_t *nodes = arena_array(&session->scratch, uint32_t, most);
    size_t at = 0;
    nodes[at++] = task->cell;
    nodes[at++] = task->where;
    nodes[at++] = task->when;
    for (size_t i = 0; i < task->rule->condition_count; i++) {
        nodes[at++] = task->conditions[i].node;
    }
    for (size_t i = 0; i < task->rule->let_count; i++) {
        nodes[at++] = task->lets[i];
    }
    for (size_t i = 0; i < task->rule->condition_count; i++) {
        const struct bound_condition *condition = &task->conditions[i];
        size_t holes =
            condition->holes ? condition->source->message.hole_count : 0;
        for (size_t k = 0; k < holes; k++) {
            nodes[at++] = condition->holes[k];
        }
    }
    *count = at;
    return nodes;
}

bool
task_check_years(struct question *question, const struct task *task,
                 struct span span)
{
    size_t count;
    const uint32_t *nodes = task_nodes(question->session, task, &count);
    return question_check_fiscal_of(question, task->rule->statement, nodes,
                                    count, span);
}

/* A rule is bound for each kind and metric that it is about, and says it
 * once. */
static bool
is_said(const struct diagnostics *list, const struct node *rule, size_t before)
{
    bool said = false;
    for (size_t i = 0; i < before && !said; i++) {
        struct span span = list->items[i]->primary.span;
        said = list->items[i]->code == DIAGNOSTIC_NOTE &&
               span.start >= rule->span.start && span.end <= rule->span.end;
    }
    return said;
}

void
task_note_years(struct question *question, const struct task *task)
{
    struct diagnostics *list = question->session->diagnostics;
    size_t before = list->count;
    size_t count;
    const uint32_t *nodes = task_nodes(question->session, task, &count);
    question_note_years_of(question, task->rule->statement, nodes, count);
    if (list->count > before && is_said(list, task->rule->statement, before)) {
        diagnostics_truncate(list, before);
    }
}
