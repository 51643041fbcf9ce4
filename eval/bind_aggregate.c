/* Aggregates: which rows collapse, and into what. */
#include "eval/bind.h"

static const struct {
    const char *name;
    enum plan_op op;
} aggregates[] = {
    {"sum", PLAN_SUM},
    {"avg", PLAN_AVG},
    {"mean", PLAN_AVG},
    {"min", PLAN_MIN},
    {"max", PLAN_MAX},
    {"count", PLAN_COUNT},
    {"median", PLAN_MEDIAN},
    {"quantile", PLAN_QUANTILE},
    {"var_samp", PLAN_VAR_SAMP},
    {"var_pop", PLAN_VAR_POP},
    {"stddev_samp", PLAN_STDDEV_SAMP},
    {"stddev_pop", PLAN_STDDEV_POP},
    {"rms", PLAN_RMS},
    {"first", PLAN_FIRST},
    {"last", PLAN_LAST},
    {"all", PLAN_ALL},
    {"any", PLAN_ANY},
};

bool
bind_is_aggregate(struct slice name, enum plan_op *op)
{
    for (size_t i = 0; i < sizeof aggregates / sizeof *aggregates; i++) {
        if (slice_is(name, aggregates[i].name)) {
            *op = aggregates[i].op;
            return true;
        }
    }
    return false;
}

/* What an aggregate was written with: its clause, and the one that was given to
 * the definition in which it stands. */
struct aggregate {
    enum plan_op op;
    const struct node *x;
    const struct node *part; /* of quantile() */
    const struct node *clause;
    bool partial;
    bool over;   /* collapses what its clause names, and no more */
    bool in_row; /* ... and takes what figures beside it would (bind_in_row) */
};

/* The space inside: the frame's dimensions, those that collapse, and those
 * that SEEN has. */
static bool
inner_space(struct binder *binder, const struct aggregate *aggregate,
            const struct space *seen, size_t *space)
{
    struct plan *plan = binder->plan;
    const struct node *clause = aggregate->clause;
    bool over = aggregate->over;
    bool in_row = aggregate->in_row;
    *space = plan_add_space(plan);
    const struct space *outer = &plan->spaces[binder->space];
    struct space own = *outer;
    plan->spaces[*space].leaves_only = in_row ? own.leaves_only : true;
    plan->spaces[*space].collects = in_row ? own.collects : !over;
    for (size_t d = 0; d < own.dimension_count; d++) {
        plan_space_add(plan, *space, own.dimensions[d]);
    }
    plan->spaces[*space].named = own.named;
    for (const struct node *name = clause ? clause->kid[0] : NULL; name;
         name = name->next) {
        uint32_t dimension = scope_axis(binder->session, name);
        if (!dimension) {
            return false;
        }
        plan_space_name(plan, *space, dimension);
        if (!over) { /* what is kept belongs to the frame */
            plan_space_add(plan, binder->space, dimension);
        }
    }
    for (size_t d = 0; d < seen->dimension_count; d++) {
        (seen->named >> d & 1 ? plan_space_name : plan_space_add)(
            plan, *space, seen->dimensions[d]);
    }
    return true;
}

/* Does a figure in SPACE have a row for each member of DIMENSION, or an
 * aggregate?  All in that space stands behind the mark. */
static bool
varies_along(const struct binder *binder, const struct plan_mark *mark,
             size_t space, uint32_t dimension)
{
    const struct plan *plan = binder->plan;
    for (size_t i = mark->figures; i < plan->figure_count; i++) {
        const struct figure *figure = plan->figures[i];
        const struct metric *metric =
            vocabulary_metric(binder->session->vocabulary, figure->metric);
        bool spread = dimension_is_spread(dimension);
        int at = spread ? -1 : metric_dimension(metric, dimension);
        bool varies =
            spread ? figure->spreads >> (dimension - DIMENSION_SPREAD) & 1
                   : at >= 0 && figure->selectors[at] == SELECT_SPACE;
        if (figure->space == space && varies) {
            return true;
        }
    }
    for (size_t i = mark->nodes; i < plan->node_count; i++) {
        const struct plan_node *node = &plan->nodes[i];
        if (node->op >= PLAN_SUM && node->space == space &&
            aggregate_keeps(plan, node, dimension)) {
            return true;
        }
    }
    return false;
}

/* The group that a figure behind the mark fixes in DIMENSION; 0 for none. */
static uint32_t
fixed_group(const struct binder *binder, const struct plan_mark *mark,
            size_t space, uint32_t dimension)
{
    const struct vocabulary *vocabulary = binder->session->vocabulary;
    for (size_t i = mark->figures; i < binder->plan->figure_count; i++) {
        const struct figure *figure = binder->plan->figures[i];
        int at =
            dimension_is_spread(dimension)
                ? -1
                : metric_dimension(
                      vocabulary_metric(vocabulary, figure->metric), dimension);
        if (figure->space == space && at >= 0 &&
            figure->selectors[at] == SELECT_MEMBER &&
            vocabulary_is_group(vocabulary, figure->members[at])) {
            return figure->members[at];
        }
    }
    return 0;
}

static bool
nothing_varies(struct binder *binder, const struct plan_mark *mark,
               size_t space, uint32_t dimension, struct span span,
               const char *name)
{
    struct diagnostics *diagnostics = binder->session->diagnostics;
    struct diagnostic *record = diagnostics_add(
        diagnostics, SEVERITY_ERROR, DIAGNOSTIC_DIMENSION_MISSING, span,
        "nothing here varies along %s", name);
    uint32_t group = fixed_group(binder, mark, space, dimension);
    if (group) {
        diagnostics_help(
            diagnostics, record,
            "a group in brackets is one cell; its members are "
            "over %s in %s",
            name,
            vocabulary_name(binder->session->vocabulary, CLASS_MEMBER, group)
                .at);
    }
    return false;
}

/* `over D` needs figures that have D. */
static bool
check_over(struct binder *binder, const struct plan_mark *mark,
           const struct node *clause, size_t space)
{
    for (const struct node *name = clause->kid[0]; name; name = name->next) {
        uint32_t dimension = scope_axis(binder->session, name);
        if (!varies_along(binder, mark, space, dimension)) {
            return nothing_varies(
                binder, mark, space, dimension, name->span,
                scope_chars(binder->session, name->value.name));
        }
    }
    return true;
}

/* So does a condition on D. */
static bool
check_members(struct binder *binder, const struct plan_mark *mark, size_t space)
{
    const struct plan *plan = binder->plan;
    for (size_t i = mark->nodes; i < plan->node_count; i++) {
        const struct plan_node *node = &plan->nodes[i];
        if (node->op != PLAN_MEMBER || node->space != space) {
            continue;
        }
        uint32_t dimension = plan->spaces[space].dimensions[node->figure];
        const struct space *outer = &plan->spaces[binder->space];
        bool framed = dimension_is_spread(dimension);
        for (size_t d = 0; d < outer->dimension_count; d++) {
            framed = framed || outer->dimensions[d] == dimension;
        }
        if (!framed && !varies_along(binder, mark, space, dimension)) {
            return nothing_varies(binder, mark, space, dimension, node->span,
                                  vocabulary_name(binder->session->vocabulary,
                                                  CLASS_DIMENSION, dimension)
                                      .at);
        }
    }
    return true;
}

/* `over D` collapses D only: what else its figures spread belongs to the
 * frame. */
static bool
keep_others(struct binder *binder, const struct node *clause, size_t space)
{
    const struct space inside = binder->plan->spaces[space];
    bool done = true;
    for (size_t d = 0; done && d < inside.dimension_count; d++) {
        bool named = false;
        for (const struct node *name = clause ? clause->kid[0] : NULL; name;
             name = name->next) {
            named = named ||
                    scope_axis(binder->session, name) == inside.dimensions[d];
        }
        done = named || (inside.collects ? plan_space_name : plan_space_add)(
                            binder->plan, binder->space, inside.dimensions[d]);
    }
    return done;
}

/* The type of a reduction of numbers of TYPE; a deviation of rates is in
 * points. */
bool
bind_reduced_type(struct binder *binder, enum plan_op op, struct type *type)
{
    struct units *units = &binder->session->vocabulary->units;
    if (op == PLAN_COUNT) {
        *type = (struct type){.class = VALUE_NUMBER, .scale = -1};
        return true;
    }
    type->bare = false;
    if (op == PLAN_VAR_SAMP || op == PLAN_VAR_POP) {
        *type = (struct type){.class = VALUE_NUMBER,
                              .scale = -1,
                              .measure = units_power(units, type->measure, 2)};
        return type->measure != MEASURE_NONE;
    }
    bool deviation = op == PLAN_STDDEV_SAMP || op == PLAN_STDDEV_POP;
    if (deviation && type->role == UNIT_RATE) {
        atom pp = atoms_intern(&binder->session->atoms, SLICE("pp"));
        type->role = UNIT_POINT;
        type->unit = scope_find_unit(binder->session, pp);
    }
    return true;
}

bool
bind_is_word(const struct binder *binder, const struct node *argument,
             const char *word)
{
    return argument && argument->kind == NODE_FIGURE && argument->kid[2] &&
           !argument->kid[0] && !argument->kid[1] && !argument->kid[3] &&
           slice_is(atoms_text(&binder->session->atoms,
                               argument->kid[2]->value.name),
                    word);
}

static bool
read_aggregate(struct binder *binder, const struct node *call, enum plan_op op,
               struct aggregate *aggregate)
{
    const struct node *x = call->kid[1];
    const struct node *rest = x ? x->next : NULL;
    *aggregate = (struct aggregate){.op = op, .x = x, .clause = call->kid[2]};
    if (op == PLAN_QUANTILE) {
        aggregate->part = rest;
        rest = rest ? rest->next : NULL;
    }
    aggregate->partial = bind_is_word(binder, rest, "partial");
    bool complete = x && (op != PLAN_QUANTILE || aggregate->part) &&
                    (!rest || (aggregate->partial && !rest->next));
    if (!complete) {
        bind_fail_call(binder, call,
                       op == PLAN_QUANTILE
                           ? "quantile takes a value, and which quantile from "
                             "0 to 1"
                           : "an aggregate takes one value, and `partial` if "
                             "unknown ones are left out",
                       op == PLAN_QUANTILE ? "quantile(exports, 0.25)"
                                           : "sum(exports over country)");
        return false;
    }
    if (binder->given) {
        binder->given->used = true;
        aggregate->partial = aggregate->partial || binder->given->partial;
        if (!bind_join_clauses(binder, call->kid[2], binder->given->clause,
                               &aggregate->clause)) {
            return false;
        }
    }
    bool in_time = op == PLAN_FIRST || op == PLAN_LAST;
    const struct node *names =
        aggregate->clause ? aggregate->clause->kid[0] : NULL;
    if (in_time && names) {
        bind_fail_call(binder, call,
                       "first and last run over periods and keep the members",
                       "first(exports), first(exports for 2015..)");
        return false;
    }
    aggregate->over =
        in_time || (aggregate->clause && aggregate->clause->op == OP_OVER);
    return true;
}

/* Which quantile: a number from 0 to 1. */
static uint32_t
bind_part(struct binder *binder, const struct node *node)
{
    struct amount amount;
    struct type plain = {.class = VALUE_NUMBER, .scale = -1};
    node = bind_value_of(binder, node);
    if (!value_amount(binder->session, node, true, &amount) ||
        amount.type.measure || !(amount.value >= 0 && amount.value <= 1)) {
        return bind_fail_call(binder, node,
                              "a number from 0 to 1 is wanted here",
                              "quantile(exports, 0.25)");
    }
    return plan_constant(binder->plan, plain, amount.value,
                         interval_point(amount.value), node->span);
}

/* Dimensions that the clause names: those that collapse in rows that have them
 * all the same, or all that are kept. */
static void
note_named(struct binder *binder, const struct aggregate *aggregate,
           struct plan_node *node)
{
    const struct node *name =
        aggregate->clause ? aggregate->clause->kid[0] : NULL;
    for (; name; name = name->next) {
        uint32_t dimension = scope_axis(binder->session, name);
        bool twice = false;
        for (size_t i = 0; i < node->over_count; i++) {
            twice = twice || node->over[i] == dimension;
        }
        if (!twice && node->over_count < SPACE_DIMENSIONS_MAX) {
            node->over[node->over_count++] = dimension;
        }
    }
}

static bool
check_type(struct binder *binder, const struct aggregate *aggregate,
           struct type *type)
{
    bool truth = aggregate->op == PLAN_ALL || aggregate->op == PLAN_ANY;
    if (truth) {
        *type = bind_truth_type;
        return true;
    }
    if (aggregate->op == PLAN_COUNT && type->class == VALUE_TRUTH) {
        bind_fail_call(binder, aggregate->x,
                       "count counts what is known; count(if C then "
                       "1 else unknown) counts where C holds",
                       NULL);
        return false;
    }
    if (aggregate->op != PLAN_COUNT && type->class != VALUE_NUMBER) {
        bind_fail_call(binder, aggregate->x, "only numbers can be aggregated",
                       NULL);
        return false;
    }
    if (!bind_reduced_type(binder, aggregate->op, type)) {
        bind_fail_call(binder, aggregate->x, "the unit of this is too complex",
                       NULL);
        return false;
    }
    return true;
}

const char bind_group_help[] =
    "one member is chosen by x[country = KR]; several are declared as a group: "
    "member G2 of country = KR + JP";

/* Pushes what a clause says of one dimension; false when it names no group. */
static bool
limit_to(struct binder *binder, const struct node *name,
         const struct limit **limits)
{
    struct session *session = binder->session;
    struct limit *limit = arena_new(&session->scratch, struct limit);
    *limit = (struct limit){scope_axis(session, name), 0, *limits};
    *limits = limit;
    if (!limit->dimension || !name->kid_count) {
        return limit->dimension != 0;
    }
    const struct node *group = name->kid[0];
    if (dimension_is_spread(limit->dimension)) {
        bind_fail_call(binder, group,
                       "only members of a dimension are put in groups", NULL);
        return false;
    }
    return bind_group(binder, group, limit->dimension, bind_group_help,
                      &limit->group);
}

/* The members over which an aggregate runs: without a clause, and of what it
 * does not keep, over all. */
static bool
find_limits(struct binder *binder, const struct aggregate *aggregate,
            struct binder *inner)
{
    const struct node *name =
        aggregate->clause ? aggregate->clause->kid[0] : NULL;
    if (!aggregate->over) {
        inner->limits = NULL;
        return true;
    }
    bool done = true;
    for (; done && name; name = name->next) {
        done = limit_to(binder, name, &inner->limits);
    }
    return done;
}

/* Binds the value inside, in a space of its own that begins with the dimensions
 * of SEEN; its figures are told apart by SPREADS. */
static uint32_t
bind_value_inside(struct binder *binder, const struct aggregate *aggregate,
                  uint8_t spreads, const struct space *seen, size_t *space)
{
    struct binder inner = *binder;
    bool truth = aggregate->op == PLAN_ALL || aggregate->op == PLAN_ANY;
    inner.spreads |= spreads;
    if (!inner_space(binder, aggregate, seen, space) ||
        !find_limits(binder, aggregate, &inner)) {
        return UINT32_MAX;
    }
    inner.space = *space;
    uint32_t value = truth ? bind_truth(&inner, aggregate->x)
                           : bind_expression(&inner, aggregate->x);
    return value;
}

/* A space that takes the dimensions of its figures has all of them only when
 * all is bound; an aggregate inside that was bound before may miss some, so it
 * is bound again: `avg(x over a) != x` must say the same as `x != avg(x over
 * a)`. */
static uint32_t
bind_settled(struct binder *binder, const struct aggregate *aggregate,
             uint8_t spreads, size_t *space)
{
    struct plan *plan = binder->plan;
    struct focus focus = binder->session->next_focus;
    struct plan_mark mark = plan_mark(plan);
    struct space seen = {0};
    for (;;) {
        uint32_t value =
            bind_value_inside(binder, aggregate, spreads, &seen, space);
        struct space found = plan->spaces[*space];
        bool nested = plan_has_aggregate(plan, &mark);
        if (value == UINT32_MAX || aggregate->over || !nested ||
            (found.dimension_count == seen.dimension_count &&
             found.named == seen.named)) {
            return value;
        }
        plan_truncate(plan, &mark);
        binder->session->next_focus = focus;
        seen = found;
    }
}

/* The coordinates of facts that a clause names and by which nothing behind the
 * mark is told apart yet. */
static uint8_t
find_spreads(const struct binder *binder, const struct plan_mark *mark,
             const struct node *clause, size_t space)
{
    uint8_t spreads = 0;
    const struct node *name = clause ? clause->kid[0] : NULL;
    for (; name; name = name->next) {
        uint32_t dimension = scope_axis(binder->session, name);
        if (dimension_is_spread(dimension) &&
            !varies_along(binder, mark, space, dimension)) {
            spreads |= (uint8_t)(1 << (dimension - DIMENSION_SPREAD));
        }
    }
    return spreads;
}

/* A clause tells all figures apart by who said them, unless one of them asks
 * for that itself: in `avg(forecast x[actor = *] - x over actor)` x alone is
 * what was said last. */
static uint32_t
bind_spread(struct binder *binder, const struct aggregate *aggregate,
            size_t *space)
{
    struct plan_mark mark = plan_mark(binder->plan);
    struct focus focus = binder->session->next_focus;
    uint32_t value = bind_settled(binder, aggregate, 0, space);
    uint8_t spreads =
        value == UINT32_MAX
            ? 0
            : find_spreads(binder, &mark, aggregate->clause, *space);
    if (!spreads) {
        return value;
    }
    plan_truncate(binder->plan, &mark);
    binder->session->next_focus = focus;
    return bind_settled(binder, aggregate, spreads, space);
}

/* The value inside, and what it needs around it. */
static uint32_t
bind_inside(struct binder *binder, const struct node *call,
            const struct aggregate *aggregate, size_t *space)
{
    const struct node *clause = aggregate->clause;
    struct plan_mark mark = plan_mark(binder->plan);
    uint32_t value = bind_spread(binder, aggregate, space);
    bool named = aggregate->over && clause;
    if (value == UINT32_MAX ||
        !(named ? check_over(binder, &mark, clause, *space)
                : check_members(binder, &mark, *space))) {
        return UINT32_MAX;
    }
    plan_narrow_inside(binder->plan, &mark, *space);
    value = plan_share_inside(binder->plan, &mark, space, value);
    if (aggregate->over && !keep_others(binder, clause, *space)) {
        return bind_fail_call(binder, call,
                              "this has more than eight dimensions", NULL);
    }
    return value;
}

uint32_t
bind_aggregate(struct binder *binder, const struct node *call, enum plan_op op)
{
    struct aggregate aggregate;
    struct plan_node node = {.op = op, .span = call->span};
    if (!read_aggregate(binder, call, op, &aggregate)) {
        return UINT32_MAX;
    }
    node.kid[0] = bind_inside(binder, call, &aggregate, &node.from_space);
    node.kid[1] = aggregate.part && node.kid[0] != UINT32_MAX
                      ? bind_part(binder, aggregate.part)
                      : UINT32_MAX;
    node.kid[2] = UINT32_MAX;
    if (node.kid[0] == UINT32_MAX ||
        (aggregate.part && node.kid[1] == UINT32_MAX)) {
        return UINT32_MAX;
    }
    node.type = binder->plan->nodes[node.kid[0]].type;
    if (!check_type(binder, &aggregate, &node.type)) {
        return UINT32_MAX;
    }
    bool in_time = op == PLAN_FIRST || op == PLAN_LAST;
    node.space = binder->space;
    node.partial = aggregate.partial || op == PLAN_COUNT || in_time;
    node.picks = aggregate.partial || in_time;
    node.over_periods = (!aggregate.over || in_time) && !binder->cell_frame;
    node.keeps = !aggregate.over;
    note_named(binder, &aggregate, &node);
    if (bind_mixes_units(binder, &node)) {
        return bind_fail_follows(binder, call, node.kid[0], "aggregated");
    }
    const struct node *span =
        aggregate.clause ? aggregate.clause->kid[1] : NULL;
    if (span) {
        node.own_periods = node.over_periods = true;
        if (!value_span(binder->session, span, &node.periods)) {
            return UINT32_MAX;
        }
        plan_want_periods(binder->plan, &node.periods, span->span);
        if (node.periods.fiscal &&
            !bind_check_fiscal(binder, node.kid[0], span->span)) {
            return UINT32_MAX;
        }
    }
    return plan_add_node(binder->plan, &node);
}

/* The period of an `at`, as one of the figures behind a node: a date is the
 * period that holds it. */
static struct period
period_for(const struct binder *binder, uint32_t at)
{
    const struct metric *metric = bind_first_metric(binder, at);
    struct period period = binder->at;
    if (metric && period.frequency == FREQUENCY_D &&
        metric->frequency != FREQUENCY_ONCE) {
        struct calendar calendar =
            vocabulary_calendar(binder->session->vocabulary, metric->calendar);
        period = period_of_day((enum frequency)metric->frequency,
                               period.ordinal, &calendar);
    }
    return period;
}

uint32_t
bind_in_row(struct binder *binder, const struct node *call)
{
    struct aggregate aggregate = {
        .op = PLAN_LAST, .x = call, .over = true, .in_row = true};
    struct binder inner = *binder;
    inner.has_at = inner.at_all = false;
    inner.at_used = NULL;
    struct plan_node node = {.op = PLAN_LAST,
                             .kid = {0, UINT32_MAX, UINT32_MAX},
                             .space = binder->space,
                             .span = call->span,
                             .over_periods = true,
                             .own_periods = true};
    node.kid[0] = bind_inside(&inner, call, &aggregate, &node.from_space);
    if (node.kid[0] == UINT32_MAX) {
        return UINT32_MAX;
    }
    struct period period = period_for(binder, node.kid[0]);
    node.type = binder->plan->nodes[node.kid[0]].type;
    node.periods = (struct period_range){period.frequency, period.ordinal,
                                         period.ordinal, false};
    plan_want_periods(binder->plan, &node.periods, call->span);
    if (binder->at_used) {
        *binder->at_used = true;
    }
    return plan_add_node(binder->plan, &node);
}
