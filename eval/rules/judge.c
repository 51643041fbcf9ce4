/* Verdicts: the rows of each group's frame, rule by rule. */
#include "base/clock.h"
#include "eval/grounds.h"
#include "eval/rules/rules.h"

#include <stdlib.h>

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

/* Truths of the lines that are being judged. */
struct truths {
    const double *values; /* NULL: always true */
    size_t period_step;
    size_t line_step;
};

static struct truths
truths_of(const struct plan *plan, uint32_t at, struct pane pane)
{
    if (at == UINT32_MAX) {
        return (struct truths){NULL, 0, 0};
    }
    const struct plan_node *node = &plan->nodes[at];
    struct block block = plan_block(plan, at, node_pane(node, pane));
    return (struct truths){block.values,
                           node->varies & VARIES_PERIOD ? block.stride : 0,
                           node->varies & VARIES_LINE ? 1 : 0};
}

static inline double
truth_at(const struct truths *truths, size_t period, size_t line)
{
    return truths->values ? truths->values[period * truths->period_step +
                                           line * truths->line_step]
                          : 1;
}

/* One rule over the lines of a pane. */
struct stretch {
    struct judgement *judgement;
    struct group *group;
    struct task *task;
    struct pane pane;
    struct truths where;
    struct truths when;
    struct truths conditions[RULE_CONDITIONS_MAX];
};

static void
count_verdict(struct review_rule *rule, enum verdict verdict)
{
    rule->subjects++;
    rule->verdicts[verdict]++;
}

static void
record(const struct stretch *stretch, size_t period, size_t line,
       enum verdict verdict, const struct bound_condition *condition,
       uint32_t unknown)
{
    bool quiet = verdict == VERDICT_PASS || verdict == VERDICT_NOT_APPLICABLE;
    count_verdict(stretch->task->result, verdict);
    if (!quiet || stretch->judgement->records_passes) {
        finding_add(stretch->judgement, stretch->group, stretch->task,
                    stretch->pane.period + period, stretch->pane.line + line,
                    verdict, condition, unknown);
    }
}

/* The fact in force of a subject; NULL when nobody stated one. */
static const struct fact *
subject_fact(const struct stretch *stretch, size_t period, size_t line)
{
    const struct plan *plan = &stretch->group->question.plan;
    const struct plan_node *node = &plan->nodes[stretch->task->cell];
    const struct figure *figure = plan->figures[node->figure];
    size_t cell = figure_cell(plan, node, stretch->pane.period + period,
                              stretch->pane.line + line);
    return cell != SIZE_MAX && figure->facts && figure->facts[cell].record
               ? &figure->facts[cell]
               : NULL;
}

static bool
is_moved(const struct stretch *stretch, size_t period, size_t line)
{
    const struct fact *fact = subject_fact(stretch, period, line);
    return fact && movement_is_said(fact);
}

/* Is what is said of the subject's change true?  Of nothing said all is. */
static double
movement_truth(const struct stretch *stretch, size_t period, size_t line)
{
    struct movement *movement = &stretch->judgement->movement;
    if (!is_moved(stretch, period, line)) {
        return 1;
    }
    movement_close(movement); /* of another condition of the rule */
    if (!movement_judge(stretch->judgement->session,
                        subject_fact(stretch, period, line), movement)) {
        return NAN; /* the base failed, which is reported */
    }
    switch (movement->verdict) {
    case MOVEMENT_CONSISTENT:
    case MOVEMENT_ROUNDING:
        return 1;
    case MOVEMENT_INCONSISTENT:
        return 0;
    case MOVEMENT_COARSE:
    case MOVEMENT_CANNOT_TELL:
        break;
    }
    return NAN;
}

/* Does the rule ask about nothing but a change that nobody spoke of? */
static bool
asks_for_nothing(const struct stretch *stretch, size_t period, size_t line)
{
    const struct rule *rule = stretch->task->rule;
    bool only = true;
    for (size_t i = 0; i < rule->condition_count; i++) {
        only = only && rule->conditions[i].moves;
    }
    return only && !is_moved(stretch, period, line);
}

static void
record_left_out(const struct stretch *stretch, size_t period, size_t line)
{
    struct review *review = stretch->judgement->review;
    finding_add(stretch->judgement, stretch->group, stretch->task,
                stretch->pane.period + period, stretch->pane.line + line,
                VERDICT_NOT_APPLICABLE, NULL, UINT32_MAX);
    review->findings[review->finding_count - 1]->left_out = true;
}

/* PERIOD and LINE count from the first ones of the pane. */
static void
judge_row(const struct stretch *stretch, size_t period, size_t line)
{
    const struct task *task = stretch->task;
    const struct bound_condition *open = NULL;
    if (stretch->judgement->movement.said) { /* of another row */
        movement_close(&stretch->judgement->movement);
    }
    double where = truth_at(&stretch->where, period, line);
    double when = truth_at(&stretch->when, period, line);
    if (where == 0 && stretch->judgement->tells_left_out) {
        record_left_out(stretch, period, line);
    }
    if (where == 0 || (task->rule->moves && !is_moved(stretch, period, line))) {
        return; /* no subject of this rule */
    }
    if (when == 0 || asks_for_nothing(stretch, period, line)) {
        record(stretch, period, line, VERDICT_NOT_APPLICABLE, NULL, UINT32_MAX);
        return;
    }
    if (isnan(where) || isnan(when)) {
        record(stretch, period, line, VERDICT_UNKNOWN, NULL,
               isnan(where) ? task->where : task->when);
        return;
    }
    for (size_t i = 0; i < task->rule->condition_count; i++) {
        const struct bound_condition *condition = &task->conditions[i];
        double holds = condition->source->moves
                           ? movement_truth(stretch, period, line)
                           : truth_at(&stretch->conditions[i], period, line);
        if (isnan(holds)) {
            open = open ? open : condition;
        } else if ((holds != 0) == condition->source->forbids) {
            record(stretch, period, line, VERDICT_FAIL, condition, UINT32_MAX);
            return;
        }
    }
    record(stretch, period, line, open ? VERDICT_UNKNOWN : VERDICT_PASS, open,
           open ? open->node : UINT32_MAX);
}

/* The lines of a group's frame, and which subjects of a rule are there. */
struct walk {
    struct judgement *judgement;
    struct group *group;
    size_t first; /* period, and the one behind the last */
    size_t last;
    struct pane pane; /* with all that are computed */
    bool *is_group;   /* by line */
    uint32_t cell;    /* the node of which ... */
    bool *there;      /* ... something is stated, by line and period of PANE */
    size_t *judged;   /* leaves by task, so far */
};

static void
find_subjects(struct walk *walk, const struct task *task)
{
    const struct pane *pane = &walk->pane;
    size_t at = 0;
    if (walk->cell == task->cell) {
        return;
    }
    walk->cell = task->cell;
    for (size_t l = 0; l < pane->lines; l++) {
        for (size_t p = 0; p < pane->periods; p++) {
            walk->there[at++] =
                task_has_subject(walk->judgement, walk->group, task,
                                 pane->period + p, pane->line + l);
        }
    }
}

static struct stretch
stretch_of(const struct walk *walk, struct task *task)
{
    const struct plan *plan = &walk->group->question.plan;
    struct stretch stretch = {.judgement = walk->judgement,
                              .group = walk->group,
                              .task = task,
                              .pane = walk->pane,
                              .where = truths_of(plan, task->where, walk->pane),
                              .when = truths_of(plan, task->when, walk->pane)};
    for (size_t i = 0; i < task->rule->condition_count; i++) {
        stretch.conditions[i] =
            truths_of(plan, task->conditions[i].node, walk->pane);
    }
    return stretch;
}

/* Judges one rule in the lines of a pane: those that are groups, or the others.
 * A group is left to its leaves where some of those are judged. */
static bool
judge_task(struct walk *walk, size_t at, bool groups)
{
    struct judgement *judgement = walk->judgement;
    struct task *task = walk->group->tasks[at];
    size_t periods = walk->pane.periods;
    size_t messages = judgement->session->diagnostics->count;
    find_subjects(walk, task);
    struct stretch stretch = stretch_of(walk, task);
    for (size_t l = 0; l < walk->pane.lines; l++) {
        const bool *there = walk->there + l * periods;
        if (walk->is_group[walk->pane.line + l] != groups) {
            continue;
        }
        for (size_t p = walk->first; p < walk->last; p++) {
            if (!there[p]) {
                continue;
            }
            if (groups && walk->judged[at] && !task->rule->moves) {
                task->result->skipped++;
                continue;
            }
            walk->judged[at] += !groups;
            task->result->rows++;
            if (judgement->max_rows &&
                ++judgement->rows > judgement->max_rows) {
                return judge_over_budget(judgement, task->rule, "rows");
            }
            judge_row(&stretch, p, l);
            if (!judge_goes_on(judgement, task->rule, messages)) {
                return false;
            }
        }
    }
    return true;
}

/* All rules in one pane, then in the next: what they share is computed once. */
static bool
judge_lines(struct walk *walk, bool groups)
{
    const struct plan *plan = &walk->group->question.plan;
    size_t lines = plan->spaces[0].line_count;
    size_t count = plan_pane_lines(plan, 0);
    bool done = true;
    for (size_t line = 0; done && line < lines; line += count) {
        bool some = false;
        walk->pane.line = line;
        walk->pane.lines = lines - line < count ? lines - line : count;
        walk->cell = UINT32_MAX;
        for (size_t l = 0; l < walk->pane.lines; l++) {
            some = some || walk->is_group[line + l] == groups;
        }
        for (size_t i = 0; some && done && i < walk->group->task_count; i++) {
            double start = clock_seconds();
            done = judge_task(walk, i, groups);
            walk->group->tasks[i]->result->seconds += clock_seconds() - start;
        }
    }
    return done;
}

/* Rules about the same subjects follow one another. */
static void
gather_tasks(struct group *group)
{
    struct task **tasks = group->tasks;
    for (size_t i = 1; i < group->task_count; i++) {
        struct task *task = tasks[i];
        size_t at = i;
        while (at > 0 && tasks[at - 1]->cell > task->cell) {
            tasks[at] = tasks[at - 1];
            at--;
        }
        tasks[at] = task;
    }
}

static bool
judge_group(struct judgement *judgement, struct group *group)
{
    struct plan *plan = &group->question.plan;
    size_t lines = plan->spaces[0].line_count;
    struct walk walk = {
        .judgement = judgement,
        .group = group,
        .first = plan->has_periods ? plan->shown_first : 0,
        .last = plan->has_periods ? plan->shown_last : 1,
        .pane = {0, plan_period_count(plan), 0, 0},
        .is_group = memory_alloc((lines + 1) * sizeof *walk.is_group),
        .judged = memory_alloc(group->task_count * sizeof *walk.judged),
    };
    size_t cells = plan_pane_lines(plan, 0) * walk.pane.periods;
    walk.there = memory_alloc((cells + 1) * sizeof *walk.there);
    memset(walk.judged, 0, group->task_count * sizeof *walk.judged);
    for (size_t line = 0; line < lines; line++) {
        walk.is_group[line] = row_is_group(judgement, group, line);
    }
    gather_tasks(group);
    /* Leaves first: whether groups are left to them shows then. */
    bool done = judge_lines(&walk, false) && judge_lines(&walk, true);
    free(walk.is_group);
    free(walk.there);
    free(walk.judged);
    return done;
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
        figure->wants_facts = figure->wants_facts || figure->spreads ||
                              figure->release || figure->actor ||
                              figure->source || figure->reach != REACH_NONE;
    }
    grounds_want(plan);
}

static bool
run_group(struct judgement *judgement, struct group *group)
{
    struct plan *plan = &group->question.plan;
    size_t messages = judgement->session->diagnostics->count;
    double start = clock_seconds();
    want_facts(judgement, group);
    plan->max_bytes = (double)judgement->max_bytes;
    if (!bind_check_coordinates(&group->question.binder) || !plan_frame(plan)) {
        return false;
    }
    for (size_t i = 0; i < group->task_count; i++) {
        task_note_years(&group->question, group->tasks[i]);
    }
    messages = judgement->session->diagnostics->count;
    bool done = plan_run(plan);
    if (plan->is_too_large) {
        return judge_over_budget(judgement, heaviest_rule(group), "memory");
    }
    /* Says which rule it was. */
    if (!judge_goes_on(judgement, group->tasks[0]->rule, messages) || !done) {
        return false;
    }
    double shared = (clock_seconds() - start) / (double)group->task_count;
    for (size_t i = 0; i < group->task_count; i++) {
        group->tasks[i]->result->seconds += shared;
    }
    return judge_group(judgement, group);
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
