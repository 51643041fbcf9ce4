/* compare: one figure beside others of the same cells. */
#include "eval/compare.h"

#include "eval/bind.h"
#include "parser/print.h"

static uint32_t
bind_kind(struct comparison *comparison, const struct node *at, uint32_t kind,
          const struct figure_names *of)
{
    struct session *session = comparison->question.session;
    const struct vocabulary *vocabulary = session->vocabulary;
    const struct metric *metric = vocabulary_metric(vocabulary, of->metric);
    struct focus focus = {.set = true,
                          .kind = kind,
                          .metric = of->metric,
                          .has_period = of->has_period,
                          .period = of->period};
    struct binder binder = comparison->question.binder;
    struct node *name = arena_alloc(&session->scratch, sizeof *name);
    struct node *figure = arena_alloc(
        &session->scratch, sizeof *figure + 4 * sizeof(struct node *));
    for (int i = 0; i < metric->dimension_count; i++) {
        focus.fixed[i] = of->mentioned[i] && of->selectors[i] != SELECT_SPACE;
        focus.members[i] = of->members[i];
    }
    name->kind = NODE_NAME;
    name->span = at->span;
    name->value.name = vocabulary_entry(vocabulary, CLASS_KIND, kind)->name;
    figure->kind = NODE_FIGURE;
    figure->kid_count = 4;
    figure->span = at->span;
    figure->kid[2] = name;
    binder.focus = &focus;
    binder.keep_focus = false;
    return bind_expression(&binder, figure);
}

static bool
add_item(struct comparison *comparison, const struct node *at, uint32_t node,
         const char *label, bool asked)
{
    struct session *session = comparison->question.session;
    if (node == UINT32_MAX) {
        return false;
    }
    for (size_t i = 0; i < comparison->count; i++) {
        if (comparison->items[i].node == node) {
            return true;
        }
    }
    if (comparison->count == COMPARED_MAX) {
        diagnostics_add(
            session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_FRAME_SIZE,
            at->span, "at most %d figures are compared at once", COMPARED_MAX);
        return false;
    }
    comparison->items[comparison->count++] =
        (struct compared){.node = node,
                          .difference = UINT32_MAX,
                          .percent = UINT32_MAX,
                          .label = label,
                          .asked = asked};
    return true;
}

static const char *
kind_name(struct comparison *comparison, uint32_t kind)
{
    return vocabulary_name(comparison->question.session->vocabulary, CLASS_KIND,
                           kind)
        .at;
}

/* Is it a figure of the cells that the first one has, by anybody? */
static bool
same_cell(const struct comparison *comparison, const struct figure_names *names)
{
    const struct figure_names *base = &comparison->base;
    const struct metric *metric = vocabulary_metric(
        comparison->question.session->vocabulary, base->metric);
    bool same = names->metric == base->metric && !names->actor &&
                !names->source && names->has_period == base->has_period &&
                (!names->has_period ||
                 (names->period.frequency == base->period.frequency &&
                  names->period.ordinal == base->period.ordinal));
    for (int i = 0; same && i < metric->dimension_count; i++) {
        same = !names->mentioned[i] ||
               (names->selectors[i] == base->selectors[i] &&
                names->members[i] == base->members[i]);
    }
    return same;
}

static const char *
figure_text(struct session *session, const struct node *node)
{
    struct buffer text = {0};
    print_expression(&text, node, &session->atoms, &session->sources);
    const char *copy = arena_copy(&session->scratch, text.text, text.len);
    buffer_free(&text);
    return copy;
}

/* What a figure of the list is called: its kind; its own text when it is of
 * another metric, period or place. */
static const char *
figure_label(struct comparison *comparison, const struct node *node,
             const struct figure_names *names)
{
    return same_cell(comparison, names)
               ? kind_name(comparison, names->kind)
               : figure_text(comparison->question.session, node);
}

/* Every other kind that has facts of the metric. */
static bool
add_kinds(struct comparison *comparison, const struct node *at)
{
    struct session *session = comparison->question.session;
    const struct extent *extents;
    const struct derived *derived;
    size_t count;
    if (!store_extents(session->store, &extents, &count)) {
        return false;
    }
    size_t derived_count =
        store_derived(session->store, comparison->base.metric, &derived);
    size_t kinds = session->vocabulary->classes[CLASS_KIND].count;
    for (uint32_t kind = 1; kind < kinds; kind++) {
        bool found = false;
        for (size_t i = 0; !found && i < count; i++) {
            struct fact key = {.cell = extents[i].cell};
            found = fact_metric(&key) == comparison->base.metric &&
                    fact_kind(&key) == kind;
        }
        for (size_t i = 0; !found && i < derived_count; i++) {
            struct fact key = {.cell = derived[i].cell};
            found = fact_kind(&key) == kind;
        }
        if (found &&
            !add_item(comparison, at,
                      bind_kind(comparison, at, kind, &comparison->base),
                      kind_name(comparison, kind), false)) {
            return false;
        }
    }
    return true;
}

static void
names_of_focus(const struct session *session, struct figure_names *names)
{
    const struct focus *focus = &session->focus;
    *names = (struct figure_names){.kind = focus->kind,
                                   .metric = focus->metric,
                                   .has_kind = true,
                                   .has_period = focus->has_period,
                                   .period = focus->period};
    for (int i = 0; i < DIMENSIONS_MAX; i++) {
        names->mentioned[i] = focus->fixed[i];
        names->members[i] = focus->members[i];
        names->selectors[i] = focus->members[i] ? SELECT_MEMBER : SELECT_TOTAL;
    }
}

/* A figure without a period is compared in that of the first one, unless `for`
 * chooses others. */
static bool
add_listed(struct comparison *comparison, const struct node *clauses)
{
    struct session *session = comparison->question.session;
    struct focus focus = session->focus;
    const struct figure_names *base = &comparison->base;
    focus = (struct focus){.set = true,
                           .kind = base->kind,
                           .metric = base->metric,
                           .has_period = base->has_period,
                           .period = base->period};
    for (int i = 0; i < DIMENSIONS_MAX; i++) {
        focus.fixed[i] =
            base->mentioned[i] && base->selectors[i] != SELECT_SPACE;
        focus.members[i] = base->members[i];
    }
    bool one = base->has_period && !comparison->question.plan.range_given;
    for (const struct node *clause = clauses; clause; clause = clause->next) {
        for (const struct node *figure =
                 clause->kind == NODE_WITH ? clause->kid[0] : NULL;
             figure; figure = figure->next) {
            struct figure_names names;
            struct binder binder = comparison->question.binder;
            binder.focus = &focus;
            binder.keep_focus = false;
            if (!figure_resolve(session, figure, &focus, false, &names)) {
                return false;
            }
            if (one && !names.has_period && !names.has_range) {
                binder.has_at = names.has_period = true;
                binder.at = names.period = base->period;
            }
            if (!add_item(comparison, figure, bind_expression(&binder, figure),
                          figure_label(comparison, figure, &names), true)) {
                return false;
            }
        }
    }
    return true;
}

static bool
has_list(const struct node *clauses)
{
    for (; clauses; clauses = clauses->next) {
        if (clauses->kind == NODE_WITH) {
            return true;
        }
    }
    return false;
}

/* Which figure is the first one, and which stand beside it. */
static bool
bind_items(struct comparison *comparison, const struct node *statement)
{
    struct session *session = comparison->question.session;
    const struct node *figure = statement->kid[0];
    const struct node *clauses = statement->kid[1];
    struct figure_names names = {0};
    if (figure &&
        !figure_resolve(session, figure, &session->focus, false, &names)) {
        return false;
    }
    bool alone = !has_list(clauses); /* else the first figure named is first */
    if (!figure || (alone && names.elliptical && !names.has_range)) {
        if (!session->focus.set) {
            diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                            DIAGNOSTIC_NO_FOCUS, statement->span,
                            "there is no figure to compare with");
            return false;
        }
        names_of_focus(session, &comparison->base);
        if (names.has_period) {
            comparison->base.has_period = true;
            comparison->base.period = names.period;
        }
        uint32_t base = bind_kind(comparison, statement, comparison->base.kind,
                                  &comparison->base);
        if (!add_item(comparison, statement, base,
                      kind_name(comparison, comparison->base.kind), true)) {
            return false;
        }
        if (figure && names.kind != comparison->base.kind &&
            !add_item(
                comparison, figure,
                bind_kind(comparison, figure, names.kind, &comparison->base),
                kind_name(comparison, names.kind), true)) {
            return false;
        }
        return add_listed(comparison, clauses) &&
               (comparison->count > 1 || add_kinds(comparison, statement));
    }
    comparison->base = names;
    figure_complete(session, &comparison->base);
    figure_focus(session, &comparison->base);
    /* Beside rows of other periods it says of which it is. */
    bool held = names.has_period && comparison->question.plan.range_given;
    const char *label =
        held ? figure_text(session, figure) : kind_name(comparison, names.kind);
    return add_item(comparison, figure,
                    bind_expression(&comparison->question.binder, figure),
                    label, names.has_kind) &&
           (has_list(clauses) ? add_listed(comparison, clauses)
                              : add_kinds(comparison, figure));
}

/* Figures that follow one dimension do so together. */
static void
share_units(struct comparison *comparison)
{
    struct binder *binder = &comparison->question.binder;
    struct compared *first = &comparison->items[0];
    for (size_t i = 1; i < comparison->count; i++) {
        first->node =
            bind_unshared(binder, first->node, comparison->items[i].node);
    }
    for (size_t i = 1; i < comparison->count; i++) {
        struct compared *item = &comparison->items[i];
        item->node = bind_unshared(binder, item->node, first->node);
    }
}

/* Difference and per cent of every other figure against the first. */
static bool
bind_differences(struct comparison *comparison, const struct node *at)
{
    share_units(comparison);
    struct binder *binder = &comparison->question.binder;
    uint32_t base = comparison->items[0].node;
    for (size_t i = 1; i < comparison->count; i++) {
        struct compared *item = &comparison->items[i];
        if (!bind_compatible(binder, base, item->node)) {
            struct node place = {.kind = NODE_FIGURE,
                                 .span = binder->plan->nodes[item->node].span};
            bind_fail_types(binder, &place, base, item->node, "compared");
            return false;
        }
        item->difference =
            bind_binary(binder, at, OP_SUBTRACT, item->node, base);
        if (binder->plan->nodes[base].type.role == UNIT_LEVEL) {
            struct type share = {
                .class = VALUE_NUMBER, .scale = 0, .percent = true};
            uint32_t ratio =
                bind_binary(binder, at, OP_DIVIDE, item->node, base);
            struct type plain = {
                .class = VALUE_NUMBER, .scale = -1, .bare = true};
            uint32_t one = plan_constant(binder->plan, plain, 1,
                                         interval_point(1), at->span);
            struct plan_node minus = {.op = PLAN_SUBTRACT,
                                      .type = share,
                                      .kid = {ratio, one, UINT32_MAX},
                                      .span = at->span};
            item->percent = plan_add_node(binder->plan, &minus);
        }
    }
    return true;
}

/* Without a kind of its own, the first figure that is known is the base. */
static void
choose_base(struct comparison *comparison)
{
    const struct plan *plan = &comparison->question.plan;
    if (comparison->items[0].asked || comparison->count < 2) {
        return;
    }
    for (size_t i = 0; i < comparison->count; i++) {
        for (size_t line = 0; line < plan->spaces[0].line_count; line++) {
            for (size_t p = comparison->question.row_first;
                 p < comparison->question.row_last; p++) {
                uint32_t node = comparison->items[i].node;
                if (!isnan(plan_cell(plan, node, p, line).value)) {
                    struct compared first = comparison->items[i];
                    comparison->items[i] = comparison->items[0];
                    comparison->items[0] = first;
                    return;
                }
            }
        }
    }
}

static void
want_all(struct comparison *comparison)
{
    struct plan *plan = &comparison->question.plan;
    for (size_t i = 0; i < comparison->count; i++) {
        plan_want(plan, comparison->items[i].node);
        plan_want(plan, comparison->items[i].difference);
        plan_want(plan, comparison->items[i].percent);
    }
}

/* Figures that stand side by side are combined in their differences. */
static void
note_years(struct comparison *comparison)
{
    struct question *question = &comparison->question;
    uint32_t nodes[COMPARED_MAX];
    for (size_t i = 0; i < comparison->count; i++) {
        nodes[i] = comparison->items[i].difference;
    }
    question_note_years_of(question, NULL, nodes, comparison->count);
}

/* The figures are read first: they tell which of them is the base. */
static bool
run_comparison(struct comparison *comparison, const struct node *statement)
{
    struct question *question = &comparison->question;
    uint32_t *nodes =
        arena_array(&question->session->scratch, uint32_t, comparison->count);
    for (size_t i = 0; i < comparison->count; i++) {
        nodes[i] = comparison->items[i].node;
    }
    question->items = nodes;
    question->item_count = comparison->count;
    if (!question_compute(question)) {
        return false;
    }
    /* One period stands in the heading. */
    if (question->by_period && question->row_last - question->row_first == 1) {
        question->by_period = false;
        comparison->base.has_period = true;
        comparison->base.period = (struct period){
            question->plan.frequency,
            question->plan.first + (int32_t)question->row_first};
    }
    choose_base(comparison);
    if (!bind_differences(comparison, statement)) {
        return false;
    }
    note_years(comparison);
    want_all(comparison);
    if (!plan_run(&question->plan)) {
        return false;
    }
    compare_write(comparison);
    return true;
}

/* Rows of a comparison belong together: they are not sorted or cut. */
static bool
check_clauses(struct session *session, const struct node *clauses)
{
    for (const struct node *at = clauses; at; at = at->next) {
        if (at->kind == NODE_WHERE || at->kind == NODE_SORT ||
            at->kind == NODE_TOP || at->kind == NODE_WITH_BOUNDS) {
            return scope_fail(session, at, DIAGNOSTIC_CLAUSE,
                              "compare takes for, by, as of, stated only and "
                              "with",
                              "show has all clauses: show target, forecast "
                              "...");
        }
    }
    return true;
}

bool
compare_statement(struct session *session, const struct node *statement)
{
    struct comparison comparison = {.count = 0};
    struct question *question = &comparison.question;
    if (!follow_settle(session)) {
        return false;
    }
    question_init(question, session);
    question->plan.bounds = true;
    bool done = check_clauses(session, statement->kid[1]) &&
                question_clauses(question, statement->kid[1]) &&
                bind_items(&comparison, statement);
    if (done && session->checking) {
        done = bind_differences(&comparison, statement);
    } else if (done) {
        for (size_t i = 0; i < question->plan.figure_count; i++) {
            question->plan.figures[i]->wants_facts = true;
        }
        if (session->planning) {
            done = bind_differences(&comparison, statement);
            want_all(&comparison);
            done = done && question_explain(question);
        } else {
            done = run_comparison(&comparison, statement);
        }
    }
    question_free(question);
    return done;
}
