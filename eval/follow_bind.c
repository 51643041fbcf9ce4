/* What a formula or a movement says of its cell, as nodes of a plan. */
#include "eval/bind.h"
#include "eval/follow.h"

/* A reference of a movement, `from 2022`, as a figure of the home cell. */
uint32_t
follow_reference(struct binder *binder, const struct node *reference)
{
    struct session *session = binder->session;
    const struct focus *home = binder->home;
    if (reference->kind == NODE_FIGURE) {
        return bind_expression(binder, reference);
    }
    struct node *figure = arena_alloc(
        &session->scratch, sizeof *figure + 4 * sizeof(struct node *));
    struct node *kind = arena_alloc(&session->scratch, sizeof *kind);
    struct node *metric = arena_alloc(&session->scratch, sizeof *metric);
    *kind = (struct node){.kind = NODE_NAME, .span = reference->span};
    kind->value.name = atoms_intern(&session->atoms, SLICE("actual"));
    *metric = (struct node){.kind = NODE_NAME, .span = reference->span};
    metric->value.name =
        vocabulary_entry(session->vocabulary, CLASS_METRIC, home->metric)->name;
    figure->kind = NODE_FIGURE;
    figure->kid_count = 4;
    figure->span = reference->span;
    figure->kid[0] = kind;
    figure->kid[1] = (struct node *)(uintptr_t)reference;
    figure->kid[2] = metric;
    return bind_expression(binder, figure);
}

static struct node *
operation(struct session *session, const struct node *at)
{
    struct node *node = arena_alloc(&session->scratch, sizeof *node);
    node->kind = NODE_BINARY;
    node->span = at->span;
    return node;
}

/* The unit of the home cell's line, where each line has its own. */
static unit_id
home_unit(const struct session *session, const struct focus *home)
{
    const struct vocabulary *vocabulary = session->vocabulary;
    unit_id shared = vocabulary_metric(vocabulary, home->metric)->unit;
    uint32_t line =
        vocabulary_find_line(vocabulary, home->metric, home->members);
    bool follows = vocabulary->units.items[shared].role == UNIT_FOLLOWS;
    return follows && line ? vocabulary->lines[line].unit : shared;
}

uint32_t
follow_amount(struct binder *binder, const struct node *move, bool *relative)
{
    struct binder inner = *binder;
    const struct node *level = move->kid[0];
    const struct node *change =
        level->kind == NODE_HEDGE || level->kind == NODE_PLUS_MINUS
            ? level->kid[0]
            : level;
    inner.rounded_literals = true;
    uint32_t node = bind_expression(&inner, change);
    if (node == UINT32_MAX) {
        return node;
    }
    *relative = binder->plan->nodes[node].type.percent;
    const struct metric *metric =
        vocabulary_metric(binder->session->vocabulary, binder->home->metric);
    return bind_in_home(binder, node, home_unit(binder->session, binder->home),
                        metric->scale);
}

static uint32_t
one(struct binder *binder, const struct node *at)
{
    struct type plain = {.class = VALUE_NUMBER, .scale = -1, .bare = true};
    return plan_constant(binder->plan, plain, 1, interval_point(1), at->span);
}

/* What the movement makes of REFERENCE, or with INVERSE, the reference that
 * would give it. */
uint32_t
follow_change(struct binder *binder, const struct node *move, uint32_t from,
              bool inverse)
{
    bool relative = false;
    uint32_t change = follow_amount(binder, move, &relative);
    if (change == UINT32_MAX || from == UINT32_MAX) {
        return UINT32_MAX;
    }
    const struct node *at = operation(binder->session, move);
    enum unit_role role = binder->plan->nodes[from].type.role;
    if (relative && role == UNIT_RATE) {
        struct diagnostic *record =
            diagnostics_add(binder->session->diagnostics, SEVERITY_ERROR,
                            DIAGNOSTIC_RATE_ARITHMETIC, move->span,
                            "a rate does not move by per cent");
        diagnostics_help(binder->session->diagnostics, record,
                         "say by how many percentage points: up 0.3 pp");
        return UINT32_MAX;
    }
    if (!relative) {
        bool adds = (move->op == OP_UP) != inverse;
        return bind_binary(binder, at, adds ? OP_ADD : OP_SUBTRACT, from,
                           change);
    }
    uint32_t factor =
        bind_binary(binder, at, move->op == OP_UP ? OP_ADD : OP_SUBTRACT,
                    one(binder, move), change);
    if (factor == UINT32_MAX) {
        return factor;
    }
    binder->plan->nodes[factor].type.percent = false;
    return bind_binary(binder, at, inverse ? OP_DIVIDE : OP_MULTIPLY, from,
                       factor);
}

void
follow_binder(struct binder *binder, struct session *session, struct plan *plan,
              const struct focus *home, day_number as_of, enum reach reach)
{
    binder_init(binder, session, plan);
    binder->focus = home;
    binder->home = home;
    binder->as_of = as_of;
    binder->reach = reach;
    binder->keep_focus = false;
    plan->bounds = true;
}

/* The formula must be of the metric's unit. */
static bool
check_unit(struct binder *binder, const struct node *assertion, uint32_t node)
{
    struct session *session = binder->session;
    unit_id home = home_unit(session, binder->home);
    const struct unit *unit = &session->vocabulary->units.items[home];
    const struct type *type = &binder->plan->nodes[node].type;
    bool fits = type->class == VALUE_NUMBER &&
                (type->bare || type->measure == unit->measure) &&
                (type->role == UNIT_POINT) == (unit->role == UNIT_POINT);
    if (!fits) {
        struct buffer text = {0};
        value_print_type(session, type, &text);
        diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                        type->class == VALUE_NUMBER ? DIAGNOSTIC_UNIT_MISMATCH
                                                    : DIAGNOSTIC_NOT_A_VALUE,
                        assertion->span,
                        "this gives %s, and the metric is in %s", text.text,
                        home ? scope_chars(session, unit->name)
                             : "plain numbers");
        buffer_free(&text);
    }
    return fits;
}

uint32_t
follow_bind(struct session *session, struct plan *plan,
            const struct focus *home, const struct node *assertion,
            day_number as_of, enum reach reach)
{
    struct binder binder;
    const struct node *level = assertion->kid[0];
    uint32_t result = 0;
    follow_binder(&binder, session, plan, home, as_of, reach);
    for (const struct node *move = assertion->kid[1]; move; move = move->next) {
        if (move->kind != NODE_MOVE) {
            continue;
        }
        uint32_t from = follow_reference(&binder, move->kid[1]);
        uint32_t moved = follow_change(&binder, move, from, false);
        if (moved == UINT32_MAX || !check_unit(&binder, move, moved)) {
            return UINT32_MAX;
        }
        result = level ? result : moved;
    }
    if (level) {
        bool hedged =
            level->kind == NODE_HEDGE || level->kind == NODE_PLUS_MINUS;
        const struct node *inside = hedged ? level->kid[0] : level;
        result = bind_expression(&binder, inside);
        if (result == UINT32_MAX || !check_unit(&binder, inside, result)) {
            return UINT32_MAX;
        }
    }
    return result;
}

/* The amount of the fact itself, with the rounding of its digits. */
static uint32_t
bind_stated(struct binder *binder, const struct fact *fact,
            const struct node *at)
{
    struct session *session = binder->session;
    struct type type = follow_type(session, fact);
    double value;
    struct interval bounds;
    enum value_relation relation;
    fact_amount(session->store, fact, &value, &bounds, &relation);
    return relation == RELATION_EQUAL || !isnan(value)
               ? plan_constant(binder->plan, type, value, bounds, at->span)
               : UINT32_MAX;
}

uint32_t
follow_bind_inverse(struct session *session, struct plan *plan,
                    const struct focus *home, const struct fact *fact,
                    const struct node *move, uint32_t *reference)
{
    struct binder binder;
    follow_binder(&binder, session, plan, home, fact_day(fact), REACH_NONE);
    *reference = follow_reference(&binder, move->kid[1]);
    uint32_t level = bind_stated(&binder, fact, move);
    return level == UINT32_MAX ? level
                               : follow_change(&binder, move, level, true);
}

uint64_t
follow_cell(const struct plan *plan, uint32_t reference)
{
    const struct plan_node *node = &plan->nodes[reference];
    const struct figure *figure = plan->figures[node->figure];
    return fact_pack_cell(figure->metric, figure->frequency, figure->kind,
                          figure->period);
}
