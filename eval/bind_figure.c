/* Figures in expressions: which cells each of them reads. */
#include "eval/bind.h"

static size_t
space_position(const struct binder *binder, uint32_t dimension)
{
    const struct space *space = &binder->plan->spaces[binder->space];
    for (size_t d = 0; d < space->dimension_count; d++) {
        if (space->dimensions[d] == dimension) {
            return d;
        }
    }
    return SIZE_MAX;
}

/* Does a figure that does not mention a dimension take the row's member?  A
 * kind alone goes along with the figure whose place it takes, and all others
 * only with what a clause has spread. */
static bool
follows_rows(const struct binder *binder, bool elliptical, uint32_t dimension)
{
    return elliptical
               ? space_position(binder, dimension) != SIZE_MAX
               : plan_space_names(binder->plan, binder->space, dimension);
}

/* A dimension that a figure does not mention: the frame's member, the home
 * cell's, the context's, else the total. */
static void
select_unmentioned(struct binder *binder, struct figure_names *names)
{
    const struct session *session = binder->session;
    const struct metric *metric =
        vocabulary_metric(session->vocabulary, names->metric);
    for (int i = 0; i < metric->dimension_count; i++) {
        if (!names->mentioned[i] &&
            follows_rows(binder, names->elliptical, metric->dimensions[i])) {
            names->mentioned[i] = true;
            names->selectors[i] = SELECT_SPACE;
        }
    }
    if (binder->home) {
        const struct focus *home = binder->home;
        const struct metric *own =
            vocabulary_metric(session->vocabulary, home->metric);
        for (int i = 0; i < metric->dimension_count; i++) {
            int at = metric_dimension(own, metric->dimensions[i]);
            if (!names->mentioned[i] && at >= 0) {
                names->mentioned[i] = true;
                names->members[i] = home->members[at];
                names->selectors[i] =
                    home->members[at] ? SELECT_MEMBER : SELECT_TOTAL;
            }
        }
    }
    figure_complete(binder->session, names);
    if (binder->plan->spaces[binder->space].collects) {
        for (int i = 0; i < metric->dimension_count; i++) {
            if (!names->mentioned[i]) {
                names->mentioned[i] = true;
                names->selectors[i] = SELECT_SPACE;
            }
        }
    }
}

/* sum(exports over country in G7) runs over the members of the group. */
static void
limit_members(const struct binder *binder, struct figure_names *names)
{
    const struct metric *metric =
        vocabulary_metric(binder->session->vocabulary, names->metric);
    for (int i = 0; i < metric->dimension_count; i++) {
        const struct limit *limit = binder->limits;
        while (limit && limit->dimension != metric->dimensions[i]) {
            limit = limit->outer;
        }
        if (limit && names->selectors[i] == SELECT_SPACE &&
            !names->members[i]) {
            names->members[i] = limit->group;
        }
    }
}

/* Every dimension that is spread becomes one of the space. */
static bool
spread_dimensions(struct binder *binder, const struct node *node,
                  const struct figure_names *names)
{
    const struct metric *metric =
        vocabulary_metric(binder->session->vocabulary, names->metric);
    bool collects = binder->plan->spaces[binder->space].collects;
    for (int i = 0; i < metric->dimension_count; i++) {
        if (names->selectors[i] == SELECT_SPACE &&
            !(collects ? plan_space_name : plan_space_add)(
                binder->plan, binder->space, metric->dimensions[i])) {
            bind_fail(binder, node, DIAGNOSTIC_FRAME_SIZE,
                      "this has more than eight dimensions", NULL);
            return false;
        }
    }
    return true;
}

/* What facts are told apart by: what the question or the figure spreads, but
 * for what the figure fixes. */
static bool
spread_coordinates(struct binder *binder, const struct node *node,
                   const struct figure_names *names, struct figure *figure)
{
    figure->spreads = binder->spreads | names->spreads;
    if (names->actor) {
        figure->spreads &= (uint8_t) ~(1 << SPREAD_ACTOR);
    }
    if (names->source) {
        figure->spreads &= (uint8_t) ~(1 << SPREAD_SOURCE);
    }
    if (names->has_vintage) {
        figure->spreads &= (uint8_t) ~(1 << SPREAD_VINTAGE);
    }
    for (int i = 0; i < SPREAD_COUNT; i++) {
        if (figure->spreads >> i & 1 &&
            !plan_space_add(binder->plan, binder->space,
                            spread_dimension((enum spread)i))) {
            bind_fail(binder, node, DIAGNOSTIC_FRAME_SIZE,
                      "this has more than eight dimensions", NULL);
            return false;
        }
    }
    return true;
}

/* Does it have no period of its own where there is none to have? */
static bool
figure_once(struct binder *binder, const struct node *node,
            const struct figure_names *names, struct figure *figure)
{
    figure->frequency = FREQUENCY_ONCE;
    figure->fixed = true;
    if (names->has_period && !names->elliptical) {
        bind_fail(binder, node, DIAGNOSTIC_NOT_ONCE,
                  "this metric has one cell and no period",
                  "leave the period out");
        return false;
    }
    return true;
}

/* Whether it is worked out from finer periods, and how. */
static bool
figure_conversion(struct binder *binder, const struct node *node,
                  const struct metric *metric, struct figure *figure)
{
    figure->converts = binder->convert != FREQUENCY_ONCE;
    figure->partial = binder->convert_partial;
    figure->aggregation = figure->converts ? binder->aggregation : 0;
    if (figure->converts && metric->aggregation == AGGREGATION_NONE &&
        figure->aggregation == AGGREGATION_NONE) {
        bind_fail(binder, node, DIAGNOSTIC_FREQUENCY_MISMATCH,
                  "nobody said how this metric adds up over time",
                  "declare it as flow, stock, rate or index");
        return false;
    }
    return true;
}

/* Reads it in PERIOD, or as far back as lags lead from there, in every row. */
static bool
figure_fix(struct binder *binder, const struct node *node,
           const struct metric *metric, struct period period,
           struct figure *figure)
{
    struct calendar calendar =
        vocabulary_calendar(binder->session->vocabulary, metric->calendar);
    if (period.frequency == FREQUENCY_D && metric->frequency != FREQUENCY_D) {
        period = period_of_day((enum frequency)metric->frequency,
                               period.ordinal, &calendar);
    }
    period = plan_lag(binder->plan, binder->fixed_lag, period);
    int parts = frequency_per_year(period.frequency);
    if (period.ordinal < (parts ? parts * YEAR_MIN : 0) ||
        (parts && period.ordinal / parts > YEAR_MAX)) {
        bind_fail(binder, node, DIAGNOSTIC_BAD_PERIOD,
                  period.ordinal > 0 ? "this looks ahead beyond the calendar"
                                     : "this looks back beyond the calendar",
                  NULL);
        return false;
    }
    if (figure->converts && period.frequency != binder->convert) {
        bind_fail(binder, node, DIAGNOSTIC_FREQUENCY_MISMATCH,
                  "this period is not of the frequency that is asked for",
                  "yearly(2023 exports), quarterly(2023-Q4 exports)");
        return false;
    }
    figure->fixed = true;
    figure->frequency = period.frequency;
    figure->period = period.ordinal;
    return true;
}

static bool
figure_frequency(struct binder *binder, const struct node *node,
                 const struct figure_names *names, struct figure *figure)
{
    const struct metric *metric =
        vocabulary_metric(binder->session->vocabulary, names->metric);
    if (metric->frequency == FREQUENCY_ONCE) {
        return figure_once(binder, node, names, figure);
    }
    figure->apart = binder->apart;
    if (!figure_conversion(binder, node, metric, figure)) {
        return false;
    }
    if (!names->has_period && !binder->has_at) {
        figure->frequency = binder->convert;
        binder->plan->has_periods = true;
        return true;
    }
    bool own = names->has_period && !binder->at_all;
    if (!own && binder->at_used) {
        *binder->at_used = true;
    }
    if (names->fiscal && !metric->calendar) {
        bind_fail(binder, node, DIAGNOSTIC_BAD_PERIOD,
                  "this metric has no fiscal calendar", NULL);
        return false;
    }
    return figure_fix(binder, node, metric, own ? names->period : binder->at,
                      figure);
}

bool
bind_reads_line(const struct vocabulary *vocabulary, uint32_t metric,
                const enum selector *selectors, const uint32_t *members,
                uint32_t line)
{
    const uint32_t *own = vocabulary_line_members(vocabulary, line);
    int count = vocabulary_metric(vocabulary, metric)->dimension_count;
    bool reads = vocabulary->lines[line].metric == metric;
    for (int i = 0; reads && i < count; i++) {
        reads = selectors[i] != SELECT_SPACE ? own[i] == members[i]
                : members[i]
                    ? vocabulary_is_in_group(vocabulary, own[i], members[i])
                    : own[i] != 0;
    }
    return reads;
}

/* The unit of a figure: the metric's, or where that follows a dimension, the
 * one that all of its lines share, or its member has. */
static unit_id
figure_unit(const struct binder *binder, const struct figure_names *names)
{
    const struct session *session = binder->session;
    const struct vocabulary *vocabulary = session->vocabulary;
    const struct metric *metric = vocabulary_metric(vocabulary, names->metric);
    unit_id shared = metric->unit;
    bool found = false;
    if (vocabulary->units.items[metric->unit].role != UNIT_FOLLOWS) {
        return metric->unit;
    }
    for (uint32_t line = 1; line < vocabulary->line_count; line++) {
        bool mine = bind_reads_line(vocabulary, names->metric, names->selectors,
                                    names->members, line);
        unit_id unit = vocabulary->lines[line].unit;
        if (mine && found && unit != shared) {
            return metric->unit;
        }
        shared = mine ? unit : shared;
        found = found || mine;
    }
    /* Nobody stated it: what else is known of the member tells its unit; not to
     * a formula, which would mean something else in another order of facts. */
    struct type type = {.class = VALUE_NUMBER,
                        .measure =
                            vocabulary->units.items[metric->unit].measure};
    uint32_t dimension = bind_dimension_of_unit(session, &type);
    int at = metric_dimension(metric, dimension);
    bool one = !binder->home && shared == metric->unit && at >= 0 &&
               names->selectors[at] == SELECT_MEMBER;
    return one ? scope_unit_of_member(vocabulary, metric->unit, dimension,
                                      names->members[at])
               : shared;
}

static uint32_t
bind_names(struct binder *binder, const struct node *node,
           struct figure_names *names)
{
    const struct session *session = binder->session;
    const struct metric *metric =
        vocabulary_metric(session->vocabulary, names->metric);
    unit_id unit_number = figure_unit(binder, names);
    const struct unit *unit = &session->vocabulary->units.items[unit_number];
    struct figure figure = {
        .kind = names->kind,
        .metric = names->metric,
        .actor = names->actor,
        .source = names->source,
        .as_of = binder->as_of,
        .reach = binder->reach,
        .release = binder->release,
        .stated_only = binder->stated_only,
        .space = binder->space,
        .span = node->span,
    };
    if (names->has_vintage && names->vintage < figure.as_of) {
        figure.as_of = names->vintage;
    }
    if (names->has_range) {
        return bind_fail(binder, node, DIAGNOSTIC_MANY_PERIODS,
                         "a figure in an expression has one period, or none",
                         "choose the periods of the whole question with for");
    }
    if (!spread_dimensions(binder, node, names) ||
        !spread_coordinates(binder, node, names, &figure) ||
        !figure_frequency(binder, node, names, &figure)) {
        return UINT32_MAX;
    }
    memcpy(figure.selectors, names->selectors, sizeof figure.selectors);
    memcpy(figure.members, names->members, sizeof figure.members);
    figure.mixed_parts = bind_parts_differ(session, names);
    struct plan_node read = {
        .op = PLAN_FIGURE,
        .type = {.class = VALUE_NUMBER,
                 .role = unit->role == UNIT_FOLLOWS ? UNIT_LEVEL : unit->role,
                 .measure = unit->measure,
                 .unit = unit_number,
                 .scale = metric->scale ? metric->scale : -1},
        .figure = plan_add_figure(binder->plan, &figure),
        .lag = figure.fixed ? 0 : binder->lag,
        .space = binder->space,
        .span = node->span,
    };
    return plan_add_node(binder->plan, &read);
}

/* A name alone: no kind, no period, no coordinates. */
static const struct node *
bare_name(const struct node *node)
{
    bool bare = !node->kid[0] && !node->kid[1] && !node->kid[3];
    return bare ? node->kid[2] : NULL;
}

bool
bind_argument(struct binder *binder, const struct node *node, uint32_t *result)
{
    const struct node *name = bare_name(node);
    const struct binding *binding = binder->bindings;
    if (!name || !binding) {
        return false;
    }
    const struct node *argument = binding->arguments;
    for (const struct node *at = binding->parameters; at && argument;
         at = at->next, argument = argument->next) {
        if (at->value.name == name->value.name) {
            /* Its names are those of its caller, and it is read as the body
             * reads it. */
            const struct binder *caller = binding->caller;
            struct binder inner = *binder;
            inner.bindings = caller->bindings;
            inner.aliases = caller->aliases;
            inner.given = caller->given;
            *result = bind_expression(&inner, argument);
            return true;
        }
    }
    return false;
}

const struct node *
bind_value_of(const struct binder *binder, const struct node *node)
{
    const struct binding *binding = binder->bindings;
    const struct node *name =
        node->kind == NODE_FIGURE ? bare_name(node) : NULL;
    const struct node *argument = binding ? binding->arguments : NULL;
    const struct node *at = binding ? binding->parameters : NULL;
    for (; name && at && argument; at = at->next, argument = argument->next) {
        if (at->value.name == name->value.name) {
            return bind_value_of(binding->caller, argument);
        }
    }
    return node;
}

/* `vintage`, `actor`, `source` of the row, and `horizon`: how many periods lie
 * between its vintage and its period. */
static bool
bind_coordinate(struct binder *binder, const struct node *node,
                const struct node *name, uint32_t *result)
{
    struct session *session = binder->session;
    struct slice word = atoms_text(&session->atoms, name->value.name);
    bool horizon = slice_is(word, "horizon");
    enum spread spread =
        horizon ? SPREAD_VINTAGE : scope_spread(session, name->value.name);
    if (spread == SPREAD_COUNT ||
        scope_find(session, CLASS_METRIC, name->value.name) ||
        scope_find(session, CLASS_DEFINITION, name->value.name)) {
        return false;
    }
    struct plan_node row = {
        .op = horizon ? PLAN_HORIZON : PLAN_MEMBER,
        .type = {.class = horizon                    ? VALUE_NUMBER
                          : spread == SPREAD_VINTAGE ? VALUE_DATE
                                                     : VALUE_TEXT,
                 .scale = horizon ? 0 : -1,
                 .dimension = horizon || spread == SPREAD_VINTAGE
                                  ? 0
                                  : spread_dimension(spread)},
        .figure = space_position(binder, spread_dimension(spread)),
        .lag = horizon ? binder->lag : 0,
        .space = binder->space,
        .span = node->span};
    if (row.figure == SIZE_MAX) {
        /* A figure that comes later may spread it: bind_check_coordinates()
         * looks whether one does. */
        plan_space_add(binder->plan, binder->space, spread_dimension(spread));
        row.figure = space_position(binder, spread_dimension(spread));
    }
    *result =
        row.figure == SIZE_MAX ? UINT32_MAX : plan_add_node(binder->plan, &row);
    return true;
}

bool
bind_check_coordinates(const struct binder *binder)
{
    const struct plan *plan = binder->plan;
    uint8_t found = 0;
    for (size_t i = 0; i < plan->figure_count; i++) {
        found |= plan->figures[i]->spreads;
    }
    for (size_t i = 0; i < plan->node_count; i++) {
        const struct plan_node *node = &plan->nodes[i];
        bool horizon = node->op == PLAN_HORIZON;
        if (!horizon && node->op != PLAN_MEMBER) {
            continue;
        }
        uint32_t dimension = plan->spaces[node->space].dimensions[node->figure];
        if (!dimension_is_spread(dimension) ||
            found >> (dimension - DIMENSION_SPREAD) & 1) {
            continue;
        }
        const char *word =
            spread_word((enum spread)(dimension - DIMENSION_SPREAD));
        struct diagnostic *record = diagnostics_add(
            binder->session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_CLAUSE,
            node->span,
            horizon ? "a horizon is counted from a vintage, and there is none "
                      "here"
                    : "no %s is told apart here",
            word);
        diagnostics_help(binder->session->diagnostics, record,
                         "spread a figure: exports[%s = *]; or the whole "
                         "question: by %s",
                         word, word);
        return false;
    }
    return true;
}

bool
bind_alias(struct binder *binder, const struct node *node, uint32_t *result)
{
    const struct node *name = bare_name(node);
    const struct alias *at = name && !binder->bindings ? binder->aliases : NULL;
    while (at && at->name != name->value.name) {
        at = at->next;
    }
    if (!at) {
        return false;
    }
    if (binder->space == 0 && !binder->lag && binder->as_of == at->as_of) {
        *result = at->node;
        return true;
    }
    /* Inside an aggregate, earlier, or as known before: what it stands for is
     * read anew, with the names that were there before it. */
    struct binder inner = *binder;
    inner.aliases = at->next;
    *result = bind_expression(&inner, at->expression);
    return true;
}

/* `period` where figures are read at one: at(if period > 2015 ..., 2015). */
static uint32_t
period_read(struct binder *binder, const struct node *node)
{
    struct period at = plan_lag(binder->plan, binder->fixed_lag, binder->at);
    struct type type = {.class = VALUE_PERIOD,
                        .scale = -1,
                        .dimension = (uint32_t)at.frequency};
    return plan_constant(binder->plan, type, at.ordinal,
                         interval_point(at.ordinal), node->span);
}

/* A single name in an expression may also be a dimension of the frame, or
 * `period`. */
static bool
bind_word(struct binder *binder, const struct node *node, uint32_t *result)
{
    const struct node *name = bare_name(node);
    struct session *session = binder->session;
    if (!name) {
        return false;
    }
    if (slice_is(atoms_text(&session->atoms, name->value.name), "period") &&
        !scope_find(session, CLASS_METRIC, name->value.name)) {
        if (binder->has_at) {
            *result = period_read(binder, node);
            return true;
        }
        struct plan_node row = {.op = PLAN_PERIOD,
                                .type = {.class = VALUE_PERIOD, .scale = -1},
                                .lag = binder->lag,
                                .space = binder->space,
                                .span = node->span};
        *result = plan_add_node(binder->plan, &row);
        return true;
    }
    if (bind_coordinate(binder, node, name, result)) {
        return true;
    }
    /* An aggregate that runs over all dimensions may ask for one of them before
     * a figure brings it. */
    uint32_t dimension =
        binder->plan->spaces[binder->space].collects &&
                !scope_find(session, CLASS_METRIC, name->value.name)
            ? scope_find(session, CLASS_DIMENSION, name->value.name)
            : 0;
    if (dimension) {
        plan_space_name(binder->plan, binder->space, dimension);
    }
    const struct space *space = &binder->plan->spaces[binder->space];
    for (size_t d = 0; d < space->dimension_count; d++) {
        if (!dimension_is_spread(space->dimensions[d]) &&
            vocabulary_entry(session->vocabulary, CLASS_DIMENSION,
                             space->dimensions[d])
                    ->name == name->value.name) {
            struct plan_node row = {.op = PLAN_MEMBER,
                                    .type = {.class = VALUE_TEXT,
                                             .scale = -1,
                                             .dimension = space->dimensions[d]},
                                    .figure = d,
                                    .space = binder->space,
                                    .span = node->span};
            *result = plan_add_node(binder->plan, &row);
            return true;
        }
    }
    return false;
}

/* A dimension stands for the member of the row, and the rows have none. */
static uint32_t
fail_dimension(struct binder *binder, const struct node *name)
{
    struct session *session = binder->session;
    const char *word = scope_chars(session, name->value.name);
    struct diagnostic *record = diagnostics_add(
        session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_DIMENSION_MISSING,
        name->span, "the rows here have no %s of their own", word);
    diagnostics_help(session->diagnostics, record,
                     "`by %s` gives them one; a sum over some members only is "
                     "sum(x over %s in GROUP)",
                     word, word);
    return UINT32_MAX;
}

uint32_t
bind_figure(struct binder *binder, const struct node *node)
{
    struct session *session = binder->session;
    struct figure_names names;
    uint32_t result;
    if (bind_word(binder, node, &result)) {
        return result;
    }
    const struct node *name = bare_name(node);
    if (name && !scope_find(session, CLASS_METRIC, name->value.name) &&
        scope_find(session, CLASS_DEFINITION, name->value.name)) {
        return bind_call_of(binder, node, name, NULL);
    }
    if (name && !scope_find(session, CLASS_METRIC, name->value.name) &&
        scope_find(session, CLASS_DIMENSION, name->value.name)) {
        return fail_dimension(binder, name);
    }
    /* The first figure written out in full speaks for what follows it. */
    const struct focus *focus = binder->keep_focus && session->next_focus.set
                                    ? &session->next_focus
                                    : binder->focus;
    node = bind_substitute(binder, node);
    if (!node || !figure_resolve(session, node, focus, false, &names)) {
        return UINT32_MAX;
    }
    if (binder->keep_focus && !binder->bindings) {
        struct figure_names own = names;
        figure_complete(session, &own);
        figure_focus(session, &own);
    }
    select_unmentioned(binder, &names);
    limit_members(binder, &names);
    return bind_names(binder, node, &names);
}
