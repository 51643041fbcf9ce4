/* Verdicts: the rows of each group's frame, rule by rule. */
#include "eval/rules/rules.h"

#include <stdlib.h>
#include <time.h>

bool
task_has_subject(const struct judgement *judgement, const struct group *group,
                 const struct task *task, size_t period, size_t line)
{
    const struct plan *plan = &group->question.plan;
    const struct plan_node *node = &plan->nodes[task->cell];
    const struct figure *figure = plan->figures[node->figure];
    size_t cell = figure_cell(plan, node, period, line);
    (void)judgement;
    if (cell == SIZE_MAX) {
        return false;
    }
    if (figure->facts && figure->facts[cell].record) {
        return true; /* also where its formula has no value */
    }
    bool known = !isnan(figure->values[cell]) || !isnan(figure->low[cell]) ||
                 !isnan(figure->high[cell]);
    return known && figure->basis[cell] <= BASIS_DERIVED;
}

/* Does the row stand for a group or a total of others? */
static bool
row_is_group(const struct judgement *judgement, const struct group *group,
             size_t line)
{
    const struct space *space = &group->question.plan.spaces[0];
    for (size_t d = 0; d < space->dimension_count; d++) {
        uint32_t member = space->tuples[line * space->dimension_count + d];
        if (!dimension_is_spread(space->dimensions[d]) && member &&
            vocabulary_is_group(judgement->session->vocabulary, member)) {
            return true;
        }
    }
    return false;
}

static double
truth_at(const struct group *group, uint32_t node, size_t period, size_t line)
{
    return node == UINT32_MAX
               ? 1
               : plan_cell(&group->question.plan, node, period, line).value;
}

static void
count_verdict(struct review_rule *rule, enum verdict verdict)
{
    rule->subjects++;
    rule->verdicts[verdict]++;
}

static void
judge_row(struct judgement *judgement, struct group *group, struct task *task,
          size_t period, size_t line)
{
    const struct bound_condition *open = NULL;
    double where = truth_at(group, task->where, period, line);
    if (where == 0) {
        return; /* no subject of this rule */
    }
    double when = truth_at(group, task->when, period, line);
    if (when == 0) {
        count_verdict(task->result, VERDICT_NOT_APPLICABLE);
        if (judgement->records_passes) {
            finding_add(judgement, group, task, period, line,
                        VERDICT_NOT_APPLICABLE, NULL, UINT32_MAX);
        }
        return;
    }
    if (isnan(where) || isnan(when)) {
        count_verdict(task->result, VERDICT_UNKNOWN);
        finding_add(judgement, group, task, period, line, VERDICT_UNKNOWN, NULL,
                    isnan(where) ? task->where : task->when);
        return;
    }
    for (size_t i = 0; i < task->rule->condition_count; i++) {
        const struct bound_condition *condition = &task->conditions[i];
        double holds = truth_at(group, condition->node, period, line);
        if (isnan(holds)) {
            open = open ? open : condition;
        } else if ((holds != 0) == condition->source->forbids) {
            count_verdict(task->result, VERDICT_FAIL);
            finding_add(judgement, group, task, period, line, VERDICT_FAIL,
                        condition, UINT32_MAX);
            return;
        }
    }
    count_verdict(task->result, open ? VERDICT_UNKNOWN : VERDICT_PASS);
    if (open) {
        finding_add(judgement, group, task, period, line, VERDICT_UNKNOWN, open,
                    open->node);
    } else if (judgement->records_passes) {
        finding_add(judgement, group, task, period, line, VERDICT_PASS, NULL,
                    UINT32_MAX);
    }
}

static bool
over_budget(struct judgement *judgement, const struct task *task,
            const char *what)
{
    struct diagnostic *record = diagnostics_add(
        judgement->session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_BUDGET,
        task->rule->statement->kid[0]->span,
        "the budget of %s is used up while %s is judged", what, task->rule->id);
    diagnostics_help(judgement->session->diagnostics, record,
                     "narrow its subjects with for or where, or allow more");
    return false;
}

/* Ctrl-C, and the budget of time, which interrupts alike. */
static bool
goes_on(struct judgement *judgement, const struct task *task)
{
    struct session *session = judgement->session;
    if (!store_is_interrupted(session->store)) {
        return true;
    }
    if (session->options.out_of_time && session->options.out_of_time()) {
        return over_budget(judgement, task, "time");
    }
    diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                    DIAGNOSTIC_INTERRUPTED, (struct span){0, 0}, "interrupted");
    return false;
}

static bool
judge_task(struct judgement *judgement, struct group *group, struct task *task)
{
    const struct plan *plan = &group->question.plan;
    size_t first = plan->has_periods ? plan->shown_first : 0;
    size_t last = plan->has_periods ? plan->shown_last : 1;
    size_t lines = plan->spaces[0].line_count;
    size_t groups = 0;
    size_t leaves = 0;
    bool *is_group = memory_alloc((lines ? lines : 1) * sizeof *is_group);
    for (size_t line = 0; line < lines; line++) {
        is_group[line] = row_is_group(judgement, group, line);
    }
    /* Leaves first: whether groups are left to them shows then. */
    for (int pass = 0; pass < 2; pass++) {
        for (size_t line = 0; line < lines; line++) {
            if (is_group[line] != (pass == 1)) {
                continue;
            }
            for (size_t p = first; p < last; p++) {
                if (!task_has_subject(judgement, group, task, p, line)) {
                    continue;
                }
                leaves += pass == 0;
                if (pass == 1 && leaves) {
                    groups++;
                    continue;
                }
                task->result->rows++;
                if (judgement->max_rows &&
                    ++judgement->rows > judgement->max_rows) {
                    free(is_group);
                    return over_budget(judgement, task, "rows");
                }
                judge_row(judgement, group, task, p, line);
            }
            if (!goes_on(judgement, task)) {
                free(is_group);
                return false;
            }
        }
    }
    task->result->skipped += groups;
    free(is_group);
    return true;
}

static double
now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* Where formulas may leave a stated cell without a value, its fact tells that
 * it was stated. */
static void
want_facts(struct judgement *judgement, struct group *group)
{
    struct plan *plan = &group->question.plan;
    const struct fact *facts;
    size_t count;
    bool some = store_constraints(judgement->session->store, &facts, &count) &&
                count > 0;
    for (size_t i = 0; i < group->task_count; i++) {
        struct figure *figure =
            plan->figures[plan->nodes[group->tasks[i]->cell].figure];
        for (size_t c = 0; some && c < count; c++) {
            figure->wants_facts =
                figure->wants_facts || fact_metric(&facts[c]) == figure->metric;
        }
    }
    for (size_t i = 0; i < plan->figure_count; i++) {
        struct figure *figure = plan->figures[i];
        figure->wants_facts =
            figure->wants_facts || figure->spreads || figure->release;
    }
}

static bool
takes_too_much(const struct judgement *judgement, const struct plan *plan)
{
    size_t lines = plan->spaces[0].line_count;
    double cells = (double)plan->node_count * (double)(lines ? lines : 1) *
                   (double)(plan->has_periods ? plan_period_count(plan) : 1);
    return judgement->max_bytes &&
           cells * sizeof(double) > (double)judgement->max_bytes;
}

static bool
run_group(struct judgement *judgement, struct group *group)
{
    struct plan *plan = &group->question.plan;
    double start = now();
    want_facts(judgement, group);
    if (!bind_check_coordinates(&group->question.binder) || !plan_frame(plan)) {
        return false;
    }
    if (takes_too_much(judgement, plan)) {
        return over_budget(judgement, group->tasks[0], "memory");
    }
    if (!plan_run(plan)) {
        goes_on(judgement, group->tasks[0]); /* says which rule it was */
        return false;
    }
    /* How many lines there are may show only now. */
    if (takes_too_much(judgement, plan)) {
        return over_budget(judgement, group->tasks[0], "memory");
    }
    double shared = (now() - start) / (double)group->task_count;
    for (size_t i = 0; i < group->task_count; i++) {
        struct task *task = group->tasks[i];
        start = now();
        if (!judge_task(judgement, group, task)) {
            return false;
        }
        task->result->seconds += shared + now() - start;
    }
    return true;
}

bool
judge_run(struct judgement *judgement)
{
    for (size_t i = 0; i < judgement->group_count; i++) {
        struct group *group = judgement->groups[i];
        if (!group->task_count) {
            continue;
        }
        if (!run_group(judgement, group)) {
            return false;
        }
        plan_free(&group->question.plan); /* its columns are done with */
        group->question.plan = (struct plan){0};
    }
    return true;
}
