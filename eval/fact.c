/* Statements of fact: every check first, then one row in the overlay. */
#include "eval/fact_text.h"
#include "eval/fact_twice.h"
#include "parser/print.h"

#include <math.h>

static bool
take_text(struct session *session, const struct node *annotation,
          const char **text)
{
    if (*text) {
        return scope_fail(session, annotation, DIAGNOSTIC_TWICE,
                          "this is said twice", NULL);
    }
    *text = scope_text(session, annotation->kid[0]);
    return *text != NULL;
}

static bool
take_annotation(struct session *session, const struct node *at,
                struct annotations *said)
{
    bool twice = (at->kind == NODE_BY_ACTOR && said->actor) ||
                 (at->kind == NODE_SOURCE_OF && said->source) ||
                 (at->kind == NODE_ON && said->has_day);
    if (twice) {
        return scope_fail(session, at, DIAGNOSTIC_TWICE, "this is said twice",
                          NULL);
    }
    switch (at->kind) {
    case NODE_BY_ACTOR:
        said->actor = scope_actor(session, at->kid[0], true);
        return said->actor != 0;
    case NODE_SOURCE_OF:
        said->source = scope_source(session, at->kid[0], true);
        return said->source != 0;
    case NODE_ON:
        said->has_day = true;
        return value_date(session, at->kid[0], &said->day, &said->before);
    case NODE_IF_SAID:
        return take_text(session, at, &said->condition);
    case NODE_NOTE:
        return take_text(session, at, &said->note);
    default:
        return take_text(session, at, &said->url);
    }
}

bool
fact_annotations(struct session *session, const struct node *first,
                 struct annotations *said)
{
    *said = (struct annotations){0};
    for (const struct node *at = first; at; at = at->next) {
        if (!take_annotation(session, at, said)) {
            return false;
        }
    }
    if (!said->actor) {
        said->actor = session->context.actor;
    }
    if (!said->source) {
        said->source = session->context.source;
    }
    if (!said->has_day && said->source) {
        const struct entry *source =
            vocabulary_entry(session->vocabulary, CLASS_SOURCE, said->source);
        said->day = (day_number)source->link;
        said->before = source->flag;
    }
    return true;
}

/* The dimension of a coordinate of a metric that is not declared yet. */
static uint32_t
coordinate_dimension(struct session *session, const struct node *coord)
{
    const struct vocabulary *vocabulary = session->vocabulary;
    if (coord->kid[0]) {
        return scope_dimension(session, coord->kid[0]);
    }
    uint32_t found = 0;
    size_t count = vocabulary->classes[CLASS_DIMENSION].count;
    for (uint32_t id = 1; coord->kid[1] && id < count; id++) {
        if (store_load_members(session->store, id) &&
            vocabulary_find_member(vocabulary, id, coord->kid[1]->value.name)) {
            found = found ? UINT32_MAX : id;
        }
    }
    if (!found || found == UINT32_MAX) {
        scope_fail(session, coord,
                   found ? DIAGNOSTIC_AMBIGUOUS : DIAGNOSTIC_UNKNOWN_MEMBER,
                   found ? "this could be a member of several dimensions"
                         : "no dimension has this member",
                   "name the dimension: [country = KR]");
        return 0;
    }
    return found;
}

/* Declares a metric by its first fact: frequency and dimensions are the
 * fact's, the unit too when it gives one. */
static bool
declare_metric(struct session *session, const struct node *figure,
               const struct period *period)
{
    const struct node *name = figure->kid[2];
    struct metric metric = {.frequency = (uint8_t)period->frequency,
                            .unit_open = UNIT_OPEN_FACTS,
                            .dirty = true};
    if (!scope_declares(session)) {
        scope_unknown(session, DIAGNOSTIC_UNKNOWN_METRIC, CLASS_METRIC,
                      "metric", name);
        return false;
    }
    if (!scope_may_declare(session, name, "metric", true)) {
        return false;
    }
    for (const struct node *at = figure->kid[3]; at; at = at->next) {
        bool is_actor = at->kid[0]
                            ? false
                            : at->kid[1] && scope_find(session, CLASS_ACTOR,
                                                       at->kid[1]->value.name);
        uint32_t dimension = is_actor ? 0 : coordinate_dimension(session, at);
        if (!dimension && !is_actor) {
            return false;
        }
        if (dimension && metric_dimension(&metric, dimension) < 0 &&
            metric.dimension_count < DIMENSIONS_MAX) {
            metric.dimensions[metric.dimension_count++] = dimension;
        }
    }
    struct entry entry = {.name = name->value.name};
    uint32_t id = vocabulary_add(session->vocabulary, CLASS_METRIC, &entry);
    *vocabulary_metric(session->vocabulary, id) = metric;
    scope_note_declared(session, CLASS_METRIC, name, id);
    return true;
}

/* Fits the period to the metric: fiscal years, dates in a coarser metric.  A
 * range of one period is that period, of just its frequency. */
static bool
fit_period(struct session *session, const struct node *node,
           const struct metric *metric, struct figure_names *names)
{
    if (metric->frequency == FREQUENCY_ONCE) {
        names->period = (struct period){FREQUENCY_ONCE, 0};
        return !names->has_period || names->elliptical ||
               scope_fail(session, node, DIAGNOSTIC_NOT_ONCE,
                          "this metric has one cell and no period",
                          "leave the period out");
    }
    if (names->has_range && names->range.first == names->range.last) {
        names->period =
            (struct period){names->range.frequency, names->range.first};
        names->has_period = true;
        names->has_range = false;
        return true; /* 2020-02-29..2020-02-29: the day itself */
    }
    if (names->has_range) {
        return scope_fail(session, node, DIAGNOSTIC_MANY_PERIODS,
                          "a fact has one period",
                          "list the periods: actual exports: 2019 = 542.2B, "
                          "2020 = 512.5B");
    }
    if (!names->has_period) {
        return scope_fail(session, node, DIAGNOSTIC_NO_PERIOD,
                          "a fact needs a period",
                          "write target 2023 exports = ...; to ask whether a "
                          "condition holds, begin with check");
    }
    if (names->fiscal && !metric->calendar) {
        return scope_fail(
            session, node, DIAGNOSTIC_BAD_PERIOD,
            "this metric has no fiscal calendar",
            "write the year without FY, or declare the metric on a "
            "calendar");
    }
    if (names->period.frequency == FREQUENCY_D &&
        metric->frequency != FREQUENCY_D) {
        struct calendar calendar =
            vocabulary_calendar(session->vocabulary, metric->calendar);
        names->period = period_of_day((enum frequency)metric->frequency,
                                      names->period.ordinal, &calendar);
    }
    return true;
}

/* A movement as it is kept: by a bare number as by an amount of the metric, with
 * its unit and scale, once the metric's unit is known. */
static void
print_move(struct session *session, const struct metric *metric,
           const struct node *move, struct buffer *text)
{
    const struct units *units = &session->vocabulary->units;
    const struct node *level = move->kind == NODE_MOVE ? move->kid[0] : NULL;
    bool hedged = level && level->kind == NODE_HEDGE;
    const struct node *number = hedged ? level->kid[0] : level;
    struct metric own = *metric;
    struct amount amount;
    struct decimal decimal;
    bool exact = false;
    if (number && number->kind == NODE_NUMBER && !metric->unit_open &&
        units->items[metric->unit].role == UNIT_LEVEL &&
        value_amount(session, number, true, &amount) && amount.type.bare) {
        exact =
            amount_in_unit(session, number, &own, &amount, &decimal, &exact) &&
            exact;
    }
    if (!exact) {
        print_expression(text, move, &session->atoms, &session->sources);
        return;
    }
    buffer_format(text, "%s ", node_op_text((enum node_op)move->op));
    if (hedged) {
        buffer_format(text, "%s ", node_op_text((enum node_op)level->op));
    }
    fact_print_amount(session, &own, decimal, text);
    buffer_add_text(text, " from ");
    print_expression(text, move->kid[1], &session->atoms, &session->sources);
}

/* The assertion as it is kept: a formula as it was written, with the dimension
 * of each coordinate, an amount as it is written of every fact, with its unit;
 * movements behind it.  HOME is the metric of which it is said. */
static const char *
canonical(struct session *session, const struct node *assertion,
          const struct metric *metric, uint32_t home, const struct fact *fact,
          const struct fact_detail *detail)
{
    struct buffer text = {0};
    const struct node *settled = scope_settle_fact(session, assertion, home);
    bool ranged = assertion->kind == NODE_WITHIN_RANGE;
    const struct node *moves = ranged ? NULL : settled->kid[1];
    if (!(fact->form & FORM_FORMULA)) {
        fact_print_value(session, metric, fact, detail, &text);
    } else {
        buffer_format(&text, "%s ", node_op_text((enum node_op)settled->op));
    }
    if (fact->form & FORM_FORMULA && settled->kid[0]) {
        print_expression(&text, settled->kid[0], &session->atoms,
                         &session->sources);
    }
    for (const struct node *at = moves; at; at = at->next) {
        if (text.text[text.len - 1] != ' ') {
            buffer_add_char(&text, ' ');
        }
        print_move(session, metric, at, &text);
    }
    const char *copy = arena_copy(&session->scratch, text.text, text.len);
    buffer_free(&text);
    return copy;
}

/* What the context adds to the references of a formula: the members of
 * dimensions that the figure's own metric does not have. */
static const char *
context_text(struct session *session, const struct metric *metric)
{
    const struct context *context = &session->context;
    const struct vocabulary *vocabulary = session->vocabulary;
    struct buffer text = {0};
    for (size_t i = 0; i < context->count; i++) {
        if (metric_dimension(metric, context->dimensions[i]) < 0) {
            buffer_add_text(&text, text.len ? ", " : "using ");
            print_name(&text, vocabulary_name(vocabulary, CLASS_DIMENSION,
                                              context->dimensions[i]));
            buffer_add_char(&text, ' ');
            print_member(&text, vocabulary_name(vocabulary, CLASS_MEMBER,
                                                context->members[i]));
        }
    }
    const char *copy =
        text.len ? arena_copy(&session->scratch, text.text, text.len) : NULL;
    buffer_free(&text);
    return copy;
}

/* Does a figure whose unit follows a dimension collect lines?  Another one may
 * join them, in another unit. */
static bool
collects_units(const struct session *session, const struct figure *figure)
{
    const struct vocabulary *vocabulary = session->vocabulary;
    const struct metric *metric = vocabulary_metric(vocabulary, figure->metric);
    bool collects = false;
    for (int i = 0; i < metric->dimension_count; i++) {
        collects = collects || figure->selectors[i] == SELECT_SPACE;
    }
    return collects &&
           vocabulary->units.items[metric->unit].role == UNIT_FOLLOWS;
}

/* The line of a figure whose unit follows a dimension: true when the unit is
 * known, or is the one that the home cell is waiting for. */
static bool
has_unit(const struct session *session, const struct figure *figure,
         const struct focus *home)
{
    const struct vocabulary *vocabulary = session->vocabulary;
    const struct metric *metric = vocabulary_metric(vocabulary, figure->metric);
    uint32_t members[DIMENSIONS_MAX] = {0};
    bool own = figure->metric == home->metric;
    if (vocabulary->units.items[metric->unit].role != UNIT_FOLLOWS) {
        return true;
    }
    for (int i = 0; i < metric->dimension_count; i++) {
        members[i] =
            figure->selectors[i] == SELECT_MEMBER ? figure->members[i] : 0;
        own = own && members[i] == home->members[i];
    }
    uint32_t line = vocabulary_find_line(vocabulary, figure->metric, members);
    unit_id unit = line ? vocabulary->lines[line].unit : metric->unit;
    return own || vocabulary->units.items[unit].role != UNIT_FOLLOWS;
}

/* What a formula was found to mean stays so: it waits until the lines that it
 * speaks of have their units, and a metric that was declared without one is a
 * plain number from now on.  Only movements of a metric itself fit whatever
 * unit it will have. */
static bool
settle_references(struct session *session, const struct plan *plan,
                  const struct focus *home, const struct node *assertion)
{
    bool moves = !assertion->kid[0] || assertion->kid[1];
    for (size_t i = 0; i < plan->figure_count; i++) {
        const struct figure *figure = plan->figures[i];
        if (collects_units(session, figure)) {
            return scope_fail(session, assertion, DIAGNOSTIC_UNIT_MISMATCH,
                              "this collects lines that have units of their "
                              "own",
                              "a formula takes the amounts of single members");
        }
        if (!has_unit(session, figure, home)) {
            return scope_fail(session, assertion, DIAGNOSTIC_UNIT_MISMATCH,
                              "this speaks of a line that has no unit yet",
                              "each line has its own: state an amount of it "
                              "first");
        }
        if (vocabulary_metric(session->vocabulary, figure->metric)->unit_open &&
            !(moves && figure->metric == home->metric)) {
            vocabulary_change_metric(session->vocabulary, figure->metric)
                ->unit_open = 0;
        }
    }
    if (!moves &&
        vocabulary_metric(session->vocabulary, home->metric)->unit_open) {
        vocabulary_change_metric(session->vocabulary, home->metric)->unit_open =
            0;
    }
    return true;
}

/* Checks a formula or movement by binding it against the cell it is said of;
 * the plan is not run. */
static bool
check_formula(struct session *session, const struct focus *home,
              const struct node *assertion)
{
    struct plan plan;
    plan_init(&plan, &session->scratch, session->store, session->diagnostics);
    uint32_t node =
        follow_bind(session, &plan, home, assertion, INT32_MAX, REACH_STATED);
    bool sound = node != UINT32_MAX &&
                 settle_references(session, &plan, home, assertion);
    if (sound && plan.figure_count == 0) { /* constant: it must have a value */
        sound = plan_frame(&plan) && plan_run(&plan) &&
                !isnan(plan_cell(&plan, node, 0, 0).value);
        if (!sound) {
            scope_fail(session, assertion, DIAGNOSTIC_NOT_A_VALUE,
                       "this has no value", NULL);
        }
    }
    plan_free(&plan);
    return sound;
}

bool
fact_assert(struct session *session, const struct node *assertion,
            const struct focus *home, struct metric *metric, struct fact *fact,
            struct fact_detail *detail, bool *has_detail)
{
    if (assertion->kind == NODE_WITHIN_RANGE) {
        bool done = amount_range(session, assertion, metric, fact, detail);
        *has_detail = fact->form & FORM_WIDE;
        return done;
    }
    const struct node *level = assertion->kid[0];
    const struct node *inside =
        level && (level->kind == NODE_HEDGE || level->kind == NODE_PLUS_MINUS)
            ? level->kid[0]
            : level;
    bool formula = !level || !value_is_constant(session, inside);
    bool bounded = level && level->kind == NODE_HEDGE &&
                   (level->op == OP_OVER || level->op == OP_NEARLY);
    if (bounded && assertion->op != OP_EQ) {
        return scope_fail(session, assertion, DIAGNOSTIC_CLAUSE,
                          level->op == OP_OVER ? "`over` is a bound already"
                                               : "`nearly` is a bound already",
                          "write = over 5B, or >= 5B");
    }
    if (assertion->op == OP_GE) {
        fact->form |= FORM_AT_LEAST;
    } else if (assertion->op == OP_LE) {
        fact->form |= FORM_AT_MOST;
    }
    /* The amount first: it may fix the unit of a metric that has none yet. */
    if (!formula &&
        !amount_state(session, level, metric, fact, detail, has_detail)) {
        return false;
    }
    if (formula || assertion->kid[1]) {
        if (!check_formula(session, home, assertion)) {
            return false;
        }
        fact->form |= formula ? FORM_FORMULA : FORM_MOVED;
        detail->assertion =
            canonical(session, assertion, metric, home->metric, fact, detail);
        detail->context = context_text(session, metric);
        *has_detail = true;
        return scope_fits(session, assertion,
                          strlen(detail->assertion) +
                              (detail->context ? strlen(detail->context) : 0));
    }
    return true;
}

const char *
fact_restate(struct session *session, const struct metric *metric,
             const char *said)
{
    struct buffer text = {0};
    struct fact fact = {0};
    struct fact_detail detail = {0};
    struct metric own = *metric;
    bool has_detail = false;
    size_t messages = session->diagnostics->count;
    size_t sources = session->sources.count;
    buffer_format(&text, "x %s", said);
    struct source *source =
        sources_add(&session->sources, "a fact", buffer_slice(&text));
    buffer_clear(&text);
    const struct node *statement =
        source ? parse_statement(&session->atoms, &session->sources, source,
                                 &session->scratch, session->diagnostics)
               : NULL;
    const struct node *assertion =
        statement && statement->kind == NODE_FACT ? statement->kid[1] : NULL;
    own.unit_open = 0;
    bool ranged = assertion && assertion->kind == NODE_WITHIN_RANGE;
    bool done = ranged ? amount_range(session, assertion, &own, &fact, &detail)
                       : assertion && assertion->kid[0] &&
                             amount_state(session, assertion->kid[0], &own,
                                          &fact, &detail, &has_detail);
    if (done && assertion->op != OP_EQ && !ranged) {
        fact.form |= assertion->op == OP_GE ? FORM_AT_LEAST : FORM_AT_MOST;
    }
    const char *restated =
        done ? canonical(session, assertion, &own, 0, &fact, &detail) : said;
    diagnostics_truncate(session->diagnostics, messages);
    while (session->sources.count > sources) {
        sources_drop_last(&session->sources);
    }
    buffer_free(&text);
    return restated;
}

static bool
find_members(struct session *session, const struct node *node,
             const struct figure_names *names, const struct metric *metric,
             uint32_t *members)
{
    if (names->spreads || names->has_vintage) {
        return scope_fail(session, node, DIAGNOSTIC_NOT_ONE_CELL,
                          "a fact says when and by whom behind its value",
                          "write: ... = 685B by motie on 2023-10-05");
    }
    for (int i = 0; i < metric->dimension_count; i++) {
        if (names->selectors[i] == SELECT_SPACE) {
            return scope_fail(session, node, DIAGNOSTIC_NOT_ONE_CELL,
                              "a fact is about one cell", "name one member");
        }
        members[i] =
            names->selectors[i] == SELECT_MEMBER ? names->members[i] : 0;
    }
    return true;
}

/* LIST: what the figure of a list of cells is added to; or NULL. */
static bool
state_cell(struct session *session, const struct node *node,
           struct figure_names *names, const struct node *assertion,
           const struct annotations *said, struct fact_list *list)
{
    struct metric *metric =
        vocabulary_metric(session->vocabulary, names->metric);
    struct fact fact = {.actor = names->actor ? names->actor : said->actor,
                        .source = said->source,
                        .batch = session->batch};
    struct fact_detail detail = {
        .condition = said->condition, .note = said->note, .url = said->url};
    bool has_detail = said->condition || said->note || said->url;
    uint32_t members[DIMENSIONS_MAX] = {0};
    if (!fit_period(session, node, metric, names) ||
        !find_members(session, node, names, metric, members)) {
        return false;
    }
    uint32_t line =
        vocabulary_find_line(session->vocabulary, names->metric, members);
    bool follows =
        session->vocabulary->units.items[metric->unit].role == UNIT_FOLLOWS;
    /* A unit that follows a dimension is settled by the line's first fact. */
    struct metric own_metric = *metric;
    if (follows && line) {
        own_metric.unit = session->vocabulary->lines[line].unit;
    }
    struct metric *stated = follows ? &own_metric : metric;
    struct figure_names own = *names;
    own.has_period = own.period.frequency != FREQUENCY_ONCE;
    own.elliptical = false;
    session->next_focus.set = false;
    figure_focus(session, &own);
    if (!fact_assert(session, assertion, &session->next_focus, stated, &fact,
                     &detail, &has_detail)) {
        return false;
    }
    if (!scope_unit_fits(session, names->metric, members, stated->unit)) {
        return scope_fail(session, assertion, DIAGNOSTIC_UNIT_MISMATCH,
                          "another figure of this member is in another unit",
                          "a member has one unit in all that follows it: "
                          "describe METRIC tells which");
    }
    if (!line) {
        line = vocabulary_add_line(session->vocabulary, names->metric, members,
                                   stated->unit);
    } else if (stated->unit != session->vocabulary->lines[line].unit) {
        vocabulary_settle_line(session->vocabulary, line, stated->unit);
    }
    if (metric->unit_open) {
        vocabulary_change_metric(session->vocabulary, names->metric)
            ->unit_open--;
    }
    if (names->kind > KEY_KIND_MAX || names->metric > KEY_METRIC_MAX) {
        return scope_fail(session, node, DIAGNOSTIC_NUMBER_RANGE,
                          "the fact base holds no more kinds or metrics", NULL);
    }
    fact.cell = fact_pack_cell(names->metric, names->period.frequency,
                               names->kind, names->period.ordinal);
    fact.line_day = (uint64_t)line << 32 | (uint32_t)said->day;
    fact.form = (uint16_t)(fact.form | (said->before ? FORM_BEFORE : 0));
    if (!session->checking) {
        fact.row = session_row(session, node->span.start);
        store_add_fact(session->store, &fact, has_detail ? &detail : NULL);
    }
    if (list && !session->checking) {
        fact_list_add(list, &fact, node->kid[0]);
    }
    return true;
}

/* Resolves the figure of a statement, declaring its metric when it is new. */
static bool
resolve(struct session *session, const struct node *figure,
        const struct node *first_cell, struct figure_names *names)
{
    if (!figure_resolve(session, figure, &session->focus, true, names)) {
        return false;
    }
    if (!names->metric &&
        scope_is_poisoned(session, figure->kid[2]->value.name)) {
        scope_metric(session, figure->kid[2]); /* its declaration failed */
        return false;
    }
    if (!names->metric && names->has_range) {
        return scope_fail(session, figure, DIAGNOSTIC_MANY_PERIODS,
                          "a fact has one period",
                          "list the periods: actual exports: 2019 = 542.2B, "
                          "2020 = 512.5B");
    }
    if (!names->metric) {
        struct period period = names->period;
        bool fiscal;
        if (first_cell &&
            !value_period(session, first_cell->kid[0], &period, &fiscal)) {
            return false;
        }
        bool has_period = names->has_period || first_cell;
        if (!has_period && !names->has_range) {
            return scope_fail(session, figure, DIAGNOSTIC_NO_PERIOD,
                              "a fact needs a period",
                              "write target 2023 exports = ...; to ask whether "
                              "a condition holds, begin with check");
        }
        if (!declare_metric(session, figure, &period) ||
            !figure_resolve(session, figure, &session->focus, false, names)) {
            scope_poison(session, figure->kid[2]->value.name);
            return false;
        }
    }
    figure_complete(session, names);
    return true;
}

static bool
state_cells(struct session *session, const struct node *statement,
            const struct figure_names *names, const struct annotations *said,
            struct fact_list *list)
{
    const struct node *cell = statement->kid[1];
    if (names->has_period && !names->elliptical) {
        return scope_fail(session, statement->kid[0], DIAGNOSTIC_TWICE,
                          "the periods stand in the list",
                          "leave the period before the metric out");
    }
    for (; cell; cell = cell->next) {
        struct figure_names own = *names;
        own.has_period = true;
        own.elliptical = false;
        const struct node *when = scope_parameter(session, cell->kid[0]);
        if (when && when->kind == NODE_RANGE) {
            own.has_range = true;
            own.has_period = false;
            if (!value_span(session, when, &own.range)) {
                return false;
            }
        } else if (!when ||
                   !value_period(session, when, &own.period, &own.fiscal)) {
            return false;
        }
        if (!state_cell(session, cell, &own, cell->kid[1], said, list)) {
            return false;
        }
    }
    return true;
}

bool
fact_statement(struct session *session, const struct node *statement)
{
    struct figure_names names;
    struct annotations said;
    const struct node *figure = statement->kid[0];
    const struct node *cells =
        statement->kind == NODE_CELLS ? statement->kid[1] : NULL;
    if ((!session->checking && !session_write(session)) ||
        !resolve(session, figure, cells, &names) ||
        !fact_annotations(session, statement->kid[2], &said)) {
        return false;
    }
    if (!cells) {
        return state_cell(session, statement, &names, statement->kid[1], &said,
                          NULL);
    }
    struct fact_list list = {0};
    bool done = state_cells(session, statement, &names, &said, &list);
    if (done) {
        fact_list_tell(session, &list);
    }
    fact_list_free(&list);
    return done;
}
