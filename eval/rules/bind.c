/* Rules into the plans of their groups: every name, unit and condition is
 * checked here, before anything runs. */
#include "eval/rules/rules.h"

#include <stdlib.h>

/* Windows and aggregates of all rules of a group are kept at once: so many
 * share one. */
enum { COMPARISONS_MAX = 16, GROUP_TASKS_MAX = 100 };

/* What stands around a rule while it is bound. */
struct binding_site {
    struct judgement *judgement;
    const struct rule *rule;
    struct group *group;
    struct task *task;
    struct binder binder;
    struct focus focus;
    struct figure_names names; /* of the subject */
};

/* Groups ------------------------------------------------------------------- */

static bool
same_context(const struct context_names *a, const struct context_names *b)
{
    bool same =
        a->count == b->count && a->source == b->source && a->actor == b->actor;
    for (size_t i = 0; same && i < a->count; i++) {
        same = a->dimensions[i] == b->dimensions[i] &&
               a->members[i] == b->members[i];
    }
    return same;
}

static bool
same_frame(const struct group *a, const struct group *b)
{
    return a->metric == b->metric && a->frequency == b->frequency &&
           a->dimension_count == b->dimension_count &&
           memcmp(a->dimensions, b->dimensions,
                  a->dimension_count * sizeof *a->dimensions) == 0 &&
           a->has_range == b->has_range &&
           (!a->has_range || (a->range.first == b->range.first &&
                              a->range.last == b->range.last)) &&
           same_context(&a->context, &b->context);
}

static bool
open_group(struct judgement *judgement, struct group *group)
{
    struct question *question = &group->question;
    question_init(question, judgement->session);
    question->binder.keep_focus = false;
    question->binder.cell_frame = true;
    question->binder.as_of = judgement->as_of;
    struct plan *plan = &question->plan;

    plan->frequency = group->frequency;
    plan->frequency_known = group->frequency != FREQUENCY_ONCE;
    plan->range_given = group->has_range;
    if (group->has_range) {
        plan->first = group->range.first;
        plan->last = group->range.last;
    }
    for (size_t i = 0; i < group->dimension_count; i++) {
        uint32_t dimension = group->dimensions[i];
        if (dimension_is_spread(dimension)) {
            question->binder.spreads =
                (uint8_t)(question->binder.spreads |
                          1 << (dimension - DIMENSION_SPREAD));
        }
        if (!plan_space_name(plan, 0, dimension)) {
            return false;
        }
    }
    return true;
}

/* The group of a frame, opened when there is none yet. */
static struct group *
find_group(struct judgement *judgement, const struct group *frame)
{
    for (size_t i = 0; i < judgement->group_count; i++) {
        if (judgement->groups[i]->task_count < GROUP_TASKS_MAX &&
            same_frame(judgement->groups[i], frame)) {
            return judgement->groups[i];
        }
    }
    struct group *group = memory_alloc(sizeof *group);
    *group = *frame;
    if (!open_group(judgement, group)) {
        question_free(&group->question);
        free(group);
        return NULL;
    }
    void *items = judgement->groups;
    memory_grow(&items, &judgement->group_capacity, judgement->group_count + 1,
                sizeof(struct group *));
    judgement->groups = items;
    judgement->groups[judgement->group_count++] = group;
    return group;
}

static bool
frame_periods(struct session *session, const struct rule *rule,
              struct group *frame)
{
    const struct node *when = rule->subject->kid[1];
    if (rule->periods && when) {
        return scope_fail(session, rule->periods, DIAGNOSTIC_TWICE,
                          "the periods of this rule are named twice", NULL);
    }
    when = rule->periods ? rule->periods : when;
    frame->has_range = when != NULL;
    return !when || value_span(session, when, &frame->range);
}

static bool
frame_dimensions(struct session *session, const struct rule *rule,
                 const struct subject *subject, struct figure_names *names,
                 struct group *frame)
{
    if (rule->every) {
        return subject_dimensions(session, rule, subject, names,
                                  frame->dimensions, &frame->dimension_count);
    }
    for (const struct node *name = rule->by; name; name = name->next) {
        uint32_t dimension = scope_axis(session, name);
        if (!dimension) {
            return false;
        }
        if (frame->dimension_count == SPACE_DIMENSIONS_MAX) {
            return scope_fail(session, name, DIAGNOSTIC_FRAME_SIZE,
                              "a question has at most eight dimensions", NULL);
        }
        frame->dimensions[frame->dimension_count++] = dimension;
    }
    return true;
}

/* Conditions --------------------------------------------------------------- */

/* An expression of a rule has a value for each of its subjects, and no more. */
static uint32_t
bind_part(struct binding_site *site, const struct node *tree, bool truth)
{
    struct plan *plan = &site->group->question.plan;
    uint32_t node = truth ? bind_truth(&site->binder, tree)
                          : bind_expression(&site->binder, tree);
    const struct space *space = &plan->spaces[0];
    if (node != UINT32_MAX &&
        space->dimension_count > site->group->dimension_count) {
        struct session *session = site->judgement->session;
        uint32_t extra = space->dimensions[site->group->dimension_count];
        struct buffer name = {0};
        plan_print_dimension(plan, extra, &name);
        struct diagnostic *record = diagnostics_add(
            session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_RULE, tree->span,
            "this has a value for each %s, and the subject of the rule has "
            "none",
            name.text);
        diagnostics_help(session->diagnostics, record,
                         "name the member, or collapse it: sum(... over %s)",
                         name.text);
        buffer_free(&name);
        return UINT32_MAX;
    }
    return node;
}

/* The sides of a comparison in the plan: below a `not`, and swapped where the
 * plan knows less only. */
static struct comparison
find_sides(struct binding_site *site, const struct node *tree, uint32_t node)
{
    const struct plan *plan = &site->group->question.plan;
    const struct node *inside = tree;
    while (inside->kind == NODE_UNARY || inside->kind == NODE_WITHIN) {
        inside = inside->kid[0];
    }
    struct comparison found = {inside, node, UINT32_MAX, UINT32_MAX,
                               UINT32_MAX};
    if (inside->op == OP_IN || inside->op == OP_MATCHES) {
        found.left = bind_expression(&site->binder, inside->kid[0]);
        return found;
    }
    const struct plan_node *at = &plan->nodes[node];
    while (at->op == PLAN_NOT) {
        at = &plan->nodes[at->kid[0]];
    }
    if (at->op < PLAN_EQ || at->op > PLAN_CERTAINLY_NEAR_REL) {
        return found;
    }
    bool swap = inside->op == OP_GT || inside->op == OP_GE;
    found.left = at->kid[swap ? 1 : 0];
    found.right = at->kid[swap ? 0 : 1];
    if (at->op >= PLAN_NEAR) {
        found.tolerance = at->kid[2];
    }
    return found;
}

static bool
is_judged(const struct node *tree)
{
    const struct node *inside = tree;
    while (inside->kind == NODE_UNARY && inside->op != OP_NOT &&
           inside->op != OP_NEGATE) {
        inside = inside->kid[0];
    }
    inside = inside->kind == NODE_WITHIN ? inside->kid[0] : inside;
    return inside->kind == NODE_BINARY &&
           ((inside->op >= OP_EQ && inside->op <= OP_AGREES) ||
            inside->op == OP_IN || inside->op == OP_MATCHES);
}

/* The comparisons that a condition is joined of by and, or and not. */
static void
find_comparisons(struct binding_site *site, const struct node *tree,
                 struct bound_condition *condition)
{
    if (condition->comparison_count == COMPARISONS_MAX) {
        return;
    }
    if (is_judged(tree)) {
        struct diagnostics *list = site->judgement->session->diagnostics;
        size_t messages = list->count;
        uint32_t node = bind_expression(&site->binder, tree);
        diagnostics_truncate(list, messages);
        if (node != UINT32_MAX) {
            condition->comparisons[condition->comparison_count++] =
                find_sides(site, tree, node);
        }
        return;
    }
    bool joined = (tree->kind == NODE_BINARY &&
                   (tree->op == OP_AND || tree->op == OP_OR)) ||
                  (tree->kind == NODE_UNARY && tree->op == OP_NOT);
    for (uint8_t i = 0; joined && i < tree->kid_count; i++) {
        if (tree->kid[i]) {
            find_comparisons(site, tree->kid[i], condition);
        }
    }
}

static bool
bind_holes(struct binding_site *site, struct bound_condition *condition)
{
    struct session *session = site->judgement->session;
    const struct message *message = &condition->source->message;
    size_t messages = session->diagnostics->count;
    bool done = true;
    if (!condition->source->otherwise) {
        return true;
    }
    condition->holes =
        arena_array(&session->scratch, uint32_t, message->hole_count);
    for (size_t i = 0; done && i < message->hole_count; i++) {
        const struct message_hole *hole = &message->holes[i];
        struct result_column column = {.name = ""};
        struct cell_style style;
        uint32_t node = bind_part(
            site,
            subject_settle(session, hole->expression, &site->task->subject),
            false);
        done = node != UINT32_MAX &&
               message_style(session, hole,
                             &site->group->question.plan.nodes[node].type,
                             &column, &style);
        condition->holes[i] = node;
    }
    message_move_places(session, message, messages);
    return done;
}

/* Does a node rest on a figure, or on what differs from row to row?  That a
 * figure has one cell only, or none yet, does not make it the same for ever. */
static bool
can_vary(const struct plan *plan, uint32_t at)
{
    bool can = false;
    bool *within = memory_alloc((at + 1) * sizeof *within);
    memset(within, 0, (at + 1) * sizeof *within);
    within[at] = true;
    for (uint32_t i = at + 1; !can && i-- > 0;) {
        const struct plan_node *node = &plan->nodes[i];
        can = within[i] && (node->op == PLAN_FIGURE || node->varies);
        for (int k = 0; within[i] && k < 3; k++) {
            if (node->kid[k] != UINT32_MAX) {
                within[node->kid[k]] = true;
            }
        }
    }
    free(within);
    return can;
}

/* A condition that is the same for all subjects judges none of them. */
static void
warn_constant(struct binding_site *site,
              const struct bound_condition *condition)
{
    const struct plan *plan = &site->group->question.plan;
    if (!can_vary(plan, condition->node)) {
        struct diagnostics *list = site->judgement->session->diagnostics;
        for (size_t i = 0; i < list->count; i++) {
            if (list->items[i]->code == DIAGNOSTIC_RULE_CONSTANT &&
                list->items[i]->primary.span.start ==
                    condition->tree->span.start) {
                return;
            }
        }
        diagnostics_add(list, SEVERITY_WARNING, DIAGNOSTIC_RULE_CONSTANT,
                        condition->tree->span,
                        "this can never vary from subject to subject");
    }
}

/* The facts of the subject have to be at hand. */
static void
want_movement(struct binding_site *site)
{
    struct plan *plan = &site->group->question.plan;
    plan->figures[plan->nodes[site->task->cell].figure]->wants_facts = true;
}

static bool
bind_conditions(struct binding_site *site)
{
    struct session *session = site->judgement->session;
    const struct rule *rule = site->rule;
    struct task *task = site->task;
    task->conditions = arena_array(&session->scratch, struct bound_condition,
                                   rule->condition_count);
    for (size_t i = 0; i < rule->condition_count; i++) {
        struct bound_condition *condition = &task->conditions[i];
        condition->source = &rule->conditions[i];
        condition->tree = subject_settle(
            session, rule->conditions[i].expression, &task->subject);
        if (condition->source->moves) {
            condition->node = UINT32_MAX;
            want_movement(site);
            if (!bind_holes(site, condition)) {
                return false;
            }
            continue;
        }
        condition->node = bind_part(site, condition->tree, true);
        if (condition->node == UINT32_MAX) {
            return false;
        }
        warn_constant(site, condition);
        condition->comparisons =
            arena_array(&session->scratch, struct comparison, COMPARISONS_MAX);
        find_comparisons(site, condition->tree, condition);
        if (!bind_holes(site, condition)) {
            return false;
        }
    }
    return true;
}

/* All of COUNT conditions at once; UINT32_MAX in *NODE when there is none. */
static bool
bind_all(struct binding_site *site, const struct node *const *trees,
         size_t count, uint32_t *node)
{
    *node = UINT32_MAX;
    for (size_t i = 0; i < count; i++) {
        const struct node *tree = subject_settle(
            site->judgement->session, trees[i], &site->task->subject);
        uint32_t next = bind_part(site, tree, true);
        if (next == UINT32_MAX) {
            return false;
        }
        if (*node != UINT32_MAX) {
            struct plan_node both = {
                .op = PLAN_AND,
                .type = {.class = VALUE_TRUTH, .scale = -1},
                .kid = {*node, next, UINT32_MAX},
                .span = tree->span};
            next = plan_add_node(&site->group->question.plan, &both);
        }
        *node = next;
    }
    return true;
}

/* Names of `let` stand for their expressions in what follows them. */
static bool
bind_lets(struct binding_site *site)
{
    struct session *session = site->judgement->session;
    const struct rule *rule = site->rule;
    for (size_t i = 0; i < rule->let_count; i++) {
        const struct node *tree = subject_settle(session, rule->lets[i]->kid[1],
                                                 &site->task->subject);
        uint32_t node = bind_part(site, tree, false);
        if (node == UINT32_MAX) {
            return false;
        }
        site->task->lets[i] = node;
        struct alias *alias = arena_new(&session->scratch, struct alias);
        *alias = (struct alias){rule->lets[i]->kid[0]->value.name, node, tree,
                                site->binder.as_of, site->binder.aliases};
        site->binder.aliases = alias;
    }
    return true;
}

/* The subject's figure without its period, which is the frame's. */
static const struct node *
subject_figure(struct session *session, const struct rule *rule,
               const struct subject *subject)
{
    struct node *figure = (struct node *)(uintptr_t)subject_settle(
        session, rule->subject, subject);
    figure->kid[1] = NULL;
    return figure;
}

static void
set_focus(struct binding_site *site, const struct subject *subject)
{
    struct focus *focus = &site->focus;
    struct figure_names whole = site->names;
    figure_complete(site->judgement->session, &whole);
    *focus = (struct focus){
        .set = true, .kind = subject->kind, .metric = subject->metric};
    for (int i = 0; i < DIMENSIONS_MAX; i++) {
        focus->members[i] =
            whole.selectors[i] == SELECT_MEMBER ? whole.members[i] : 0;
        focus->fixed[i] = site->names.mentioned[i] &&
                          site->names.selectors[i] == SELECT_MEMBER;
    }
}

static bool
bind_subject(struct judgement *judgement, const struct rule *rule,
             const struct subject *subject, struct review_rule *result)
{
    struct session *session = judgement->session;
    struct group frame = {.metric = subject->metric,
                          .frequency = subject->frequency,
                          .context = rule->context};
    struct binding_site site = {.judgement = judgement, .rule = rule};
    const struct node *figure = subject_figure(session, rule, subject);
    struct focus none = {0};
    if (!figure_resolve(session, figure, &none, false, &site.names) ||
        !frame_periods(session, rule, &frame) ||
        !frame_dimensions(session, rule, subject, &site.names, &frame)) {
        return false;
    }
    site.group = find_group(judgement, &frame);
    if (!site.group) {
        return scope_fail(session, rule->subject, DIAGNOSTIC_FRAME_SIZE,
                          "a question has at most eight dimensions", NULL);
    }
    struct task *task = arena_new(&session->scratch, struct task);
    *task = (struct task){.rule = rule, .result = result, .subject = *subject};
    site.task = task;
    site.binder = site.group->question.binder;
    set_focus(&site, subject);
    site.binder.focus = &site.focus;
    site.binder.home = &site.focus;
    task->cell = bind_part(&site, figure, false);
    if (task->cell == UINT32_MAX || !bind_lets(&site) ||
        !bind_all(&site, rule->where, rule->where_count, &task->where) ||
        !bind_all(&site, rule->when, rule->when_count, &task->when) ||
        !bind_conditions(&site)) {
        return false;
    }
    if (frame.range.fiscal &&
        !task_check_years(
            &site.group->question, task,
            (rule->periods ? rule->periods : rule->subject->kid[1])->span)) {
        return false;
    }
    if (judgement->tells_all) {
        branches_bind(session, &site.binder, task);
    }
    struct group *group = site.group;
    void *items = group->tasks;
    memory_grow(&items, &group->task_capacity, group->task_count + 1,
                sizeof(struct task *));
    group->tasks = items;
    group->tasks[group->task_count++] = task;
    return true;
}

/* Which figures a rule makes no sense of, and why. */
static void
note_left_out(struct judgement *judgement, const struct rule *rule,
              const struct subject *subject, size_t message)
{
    struct session *session = judgement->session;
    const struct diagnostics *list = session->diagnostics;
    const struct vocabulary *vocabulary = session->vocabulary;
    struct buffer text = {0};
    buffer_add_slice(&text,
                     vocabulary_name(vocabulary, CLASS_KIND, subject->kind));
    buffer_add_char(&text, ' ');
    buffer_add_slice(
        &text, vocabulary_name(vocabulary, CLASS_METRIC, subject->metric));
    judge_note(judgement, NOTE_LEFT_OUT, rule->id, text.text,
               message < list->count ? list->items[message]->message : "",
               rule->subject->span);
    buffer_free(&text);
}

bool
judge_bind(struct judgement *judgement, const struct rule *rule,
           struct review_rule *result)
{
    struct session *session = judgement->session;
    struct subject *subjects;
    size_t count;
    size_t messages = session->diagnostics->count;
    size_t bound = 0;
    size_t first_end = 0;
    session_find_context(session, &rule->context);
    if (!rule_subjects(session, rule, &subjects, &count)) {
        return false;
    }
    /* A rule about any figure is left out where it makes no sense: growth of
     * what has no periods.  Where it makes sense nowhere it is a mistake. */
    for (size_t i = 0; i < count; i++) {
        size_t before = session->diagnostics->count;
        if (bind_subject(judgement, rule, &subjects[i], result)) {
            bound++;
        } else if (!rule->any_metric) {
            return false;
        } else {
            note_left_out(judgement, rule, &subjects[i], before);
            if (first_end) {
                diagnostics_truncate(session->diagnostics, before);
            } else {
                first_end = session->diagnostics->count;
            }
        }
    }
    if (bound || !first_end) {
        if (first_end) {
            diagnostics_truncate(session->diagnostics, messages);
            result->skipped += count - bound;
        }
        return true;
    }
    return false;
}

void
judge_free(struct judgement *judgement)
{
    for (size_t i = 0; i < judgement->group_count; i++) {
        question_free(&judgement->groups[i]->question);
        free(judgement->groups[i]->tasks);
        free(judgement->groups[i]);
    }
    movement_close(&judgement->movement);
    free(judgement->groups);
    judgement->groups = NULL;
    judgement->group_count = 0;
}
