/* A figure's names: which kind, metric, period and coordinates it means.
 *
 * The same words mean the same cell whether it is stated, asked for or judged.
 * What is not mentioned is left to the caller: the frame, the context, the
 * focus, the total, in this order.
 */
#include "eval/scope.h"

#include "base/utf8.h"

static bool
take_period(struct session *session, const struct node *when,
            struct figure_names *names)
{
    if (!when) {
        return true;
    }
    const struct node *value = scope_parameter(session, when);
    if (value && value->kind == NODE_RANGE) {
        names->has_range = true;
        return value_span(session, value, &names->range);
    }
    names->has_period = true;
    return value_period(session, when, &names->period, &names->fiscal);
}

/* Fills what an elliptical figure did not say from the focus. */
static bool
take_focus(struct session *session, const struct node *node,
           const struct focus *focus, struct figure_names *names)
{
    if (!focus->set) {
        return scope_fail(session, node, DIAGNOSTIC_NO_FOCUS,
                          "there is no figure that this could refer to",
                          "name the metric, or state or show a whole figure "
                          "first: target 2023 exports");
    }
    const struct metric *metric =
        vocabulary_metric(session->vocabulary, focus->metric);
    names->metric = focus->metric;
    names->elliptical = true;
    if (!names->has_period && !names->has_range && focus->has_period) {
        names->has_period = true;
        names->period = focus->period;
    }
    for (int i = 0; i < metric->dimension_count; i++) {
        if (!names->mentioned[i] && focus->fixed[i]) {
            names->mentioned[i] = true;
            names->members[i] = focus->members[i];
            names->selectors[i] =
                focus->members[i] ? SELECT_MEMBER : SELECT_TOTAL;
        }
    }
    return true;
}

/* Kind and metric of a figure.  A single name may be either; two words in the
 * wrong order are told apart from unknown ones. */
static bool
take_names(struct session *session, const struct node *node, bool declare,
           struct figure_names *names)
{
    const struct node *kind = node->kid[0];
    const struct node *metric = node->kid[2];
    if (kind && !metric) { /* `forecast 2023`, or `exports 2023` turned round */
        names->kind = scope_find(session, CLASS_KIND, kind->value.name);
        if (!names->kind &&
            scope_find(session, CLASS_METRIC, kind->value.name)) {
            return scope_fail(session, node, DIAGNOSTIC_SYNTAX,
                              "the period comes before the metric",
                              "write 2023 exports, target 2023 exports");
        }
        names->has_kind = names->kind != 0;
        return names->kind || scope_kind(session, kind);
    }
    if (kind) {
        struct slice word = atoms_text(&session->atoms, kind->value.name);
        if (slice_is(word, "not")) {
            return scope_fail(session, kind, DIAGNOSTIC_NEEDS_CHECK,
                              "a condition as a statement begins with check",
                              "check not ...");
        }
        names->kind = scope_kind(session, kind);
        names->has_kind = true;
        if (!names->kind) {
            return false;
        }
    } else if (!node->kid[1]) { /* a name alone: a kind is elliptical */
        names->kind = scope_find(session, CLASS_KIND, metric->value.name);
        if (names->kind) {
            names->has_kind = true;
            return true;
        }
    }
    names->metric = scope_find(session, CLASS_METRIC, metric->value.name);
    if (!names->metric && declare) {
        const char *meaning = scope_meaning(session, metric->value.name);
        if (meaning && scope_is_poisoned(session, metric->value.name)) {
            return false; /* its declaration failed and was reported */
        }
        return !meaning || scope_fail(session, metric, DIAGNOSTIC_WRONG_CLASS,
                                      "this is not a metric", meaning);
    }
    if (!names->metric && !kind &&
        scope_find(session, CLASS_KIND, metric->value.name)) {
        return scope_fail(session, metric, DIAGNOSTIC_WRONG_CLASS,
                          "a kind comes before the period",
                          "write target 2023 exports");
    }
    if (!names->metric) {
        return scope_metric(session, metric) != 0;
    }
    return store_load_lines(session->store, names->metric);
}

static bool
set_coordinate(struct session *session, const struct node *coord, int at,
               uint32_t dimension, struct figure_names *names)
{
    const struct node *member = coord->kid[1];
    if (names->mentioned[at]) {
        return scope_fail(session, coord, DIAGNOSTIC_TWICE,
                          "this dimension is named twice", NULL);
    }
    names->mentioned[at] = true;
    if (!member) {
        names->selectors[at] = SELECT_SPACE;
        return true;
    }
    if (slice_is(atoms_text(&session->atoms, member->value.name), "total")) {
        names->selectors[at] = SELECT_TOTAL;
        return true;
    }
    names->selectors[at] = SELECT_MEMBER;
    names->members[at] = scope_member(session, dimension, member);
    return names->members[at] != 0;
}

/* A text in brackets that stands for a parameter, or did, is its member's
 * code. */
const struct node *
figure_member(struct session *session, const struct node *member)
{
    if (!member || member->kind == NODE_NAME) {
        return member;
    }
    const struct node *value = scope_parameter(session, member);
    struct node *name = NULL;
    if (value && (value->kind == NODE_PERIOD || value->kind == NODE_DATE)) {
        return value;
    }
    if (value && value->kind == NODE_TEXT) {
        name = arena_alloc(&session->scratch, sizeof *name);
        name->kind = NODE_NAME;
        name->span = member->span;
        struct slice code =
            literal_unescape(&session->scratch, literal_text(value->value));
        name->value.name = atoms_intern(
            &session->atoms, utf8_normalize(&session->scratch, code));
    } else if (value && value->kind == NODE_FIGURE && value->kid[2] &&
               !value->kid[0] && !value->kid[1]) {
        return value->kid[2];
    } else if (value) {
        scope_fail(session, member, DIAGNOSTIC_TYPE_MISMATCH,
                   "a member's code is wanted here", NULL);
    }
    return name;
}

/* A date, or a longer period, which is its last day; the grammar takes a bare
 * year for a code. */
static bool
vintage_day(struct session *session, const struct node *member, day_number *day)
{
    struct period period;
    bool fiscal = false;
    bool before = false;
    if (member->kind != NODE_NAME) {
        return value_date(session, member, day, &before);
    }
    if (!period_parse(atoms_text(&session->atoms, member->value.name), &period,
                      &fiscal) ||
        fiscal) {
        return scope_fail(session, member, DIAGNOSTIC_BAD_DATE,
                          "a vintage is a date",
                          "[vintage = 2019-04-30]; 2019-04 means its last day");
    }
    *day = period_last_day(period, &calendar_plain);
    return true;
}

/* `actor = moef`, `vintage = 2019-04`, `vintage = *`. */
static bool
fact_coordinate(struct session *session, const struct node *coord,
                enum spread spread, struct figure_names *names)
{
    const struct node *member = coord->kid[1];
    if (!member) {
        names->spreads = (uint8_t)(names->spreads | 1 << spread);
        return true;
    }
    if (spread != SPREAD_VINTAGE && member->kind != NODE_NAME) {
        return scope_fail(session, member, DIAGNOSTIC_TYPE_MISMATCH,
                          "a name is wanted here", NULL);
    }
    switch (spread) {
    case SPREAD_ACTOR:
        return (names->actor = scope_actor(session, member, false)) != 0;
    case SPREAD_SOURCE:
        return (names->source = scope_source(session, member, false)) != 0;
    case SPREAD_VINTAGE:
    case SPREAD_COUNT:
        break;
    }
    names->has_vintage = true;
    return vintage_day(session, member, &names->vintage);
}

/* `country = KR`, `actor = moef`. */
static bool
named_coordinate(struct session *session, const struct node *coord,
                 const struct metric *metric, struct figure_names *names)
{
    struct slice text = atoms_text(&session->atoms, coord->kid[0]->value.name);
    const struct node *member = coord->kid[1];
    enum spread spread = scope_spread(session, coord->kid[0]->value.name);
    if (spread < SPREAD_COUNT) {
        return fact_coordinate(session, coord, spread, names);
    }
    if (member && member->kind != NODE_NAME) {
        return scope_fail(session, member, DIAGNOSTIC_TYPE_MISMATCH,
                          "a member's code is wanted here",
                          "codes that look like periods stand in quotes: "
                          "[period = \"2019-04\"]");
    }
    uint32_t dimension = scope_dimension(session, coord->kid[0]);
    if (!dimension) {
        return false;
    }
    int at = metric_dimension(metric, dimension);
    if (at < 0) {
        struct diagnostic *record = diagnostics_add(
            session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_DIMENSION_MISSING,
            coord->span, "%s has no dimension %s",
            vocabulary_name(session->vocabulary, CLASS_METRIC, names->metric)
                .at,
            text.at);
        diagnostics_help(
            session->diagnostics, record,
            "its dimensions stand in: describe %s",
            vocabulary_name(session->vocabulary, CLASS_METRIC, names->metric)
                .at);
        return false;
    }
    return set_coordinate(session, coord, at, dimension, names);
}

/* Names the things that a bare coordinate could be. */
static bool
report_ambiguous(struct session *session, const struct node *coord,
                 const struct metric *metric, bool actor)
{
    const struct vocabulary *vocabulary = session->vocabulary;
    const char *code = scope_chars(session, coord->kid[1]->value.name);
    struct buffer help = {0};
    for (int i = 0; i < metric->dimension_count; i++) {
        if (vocabulary_find_member(vocabulary, metric->dimensions[i],
                                   coord->kid[1]->value.name)) {
            buffer_format(&help, "%s%s = %s", help.len ? " or " : "write ",
                          vocabulary_name(vocabulary, CLASS_DIMENSION,
                                          metric->dimensions[i])
                              .at,
                          code);
        }
    }
    if (actor) {
        buffer_format(&help, "%sactor = %s", help.len ? " or " : "write ",
                      code);
    }
    scope_fail(session, coord, DIAGNOSTIC_AMBIGUOUS, "this could be two things",
               help.text);
    buffer_free(&help);
    return false;
}

/* The first dimension that has a member of that name; 0 for none. */
static uint32_t
dimension_of_member(const struct session *session, atom name)
{
    const struct vocabulary *vocabulary = session->vocabulary;
    size_t count = vocabulary->classes[CLASS_DIMENSION].count;
    for (uint32_t dimension = 1; dimension < count; dimension++) {
        if (vocabulary_find_member(vocabulary, dimension, name)) {
            return dimension;
        }
    }
    return 0;
}

/* A name alone that is a member of none of the metric's dimensions. */
static bool
report_no_member(struct session *session, const struct metric *metric,
                 const struct node *member)
{
    struct buffer what = {0};
    buffer_add_text(&what, "member of ");
    for (int i = 0; i < metric->dimension_count; i++) {
        bool last = i + 1 == metric->dimension_count;
        buffer_add_text(&what, i == 0 ? "" : last ? " or " : ", ");
        buffer_add_slice(&what,
                         vocabulary_name(session->vocabulary, CLASS_DIMENSION,
                                         metric->dimensions[i]));
    }
    scope_unknown_member(session, metric, what.text, member);
    buffer_free(&what);
    return false;
}

/* `KR` alone: a member of one of the metric's dimensions, or an actor. */
static bool
bare_coordinate(struct session *session, const struct node *coord,
                const struct metric *metric, struct figure_names *names)
{
    const struct node *member = coord->kid[1];
    const struct vocabulary *vocabulary = session->vocabulary;
    int found = -1;
    int count = 0;
    if (!member && metric->dimension_count == 0) {
        diagnostics_add(
            session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_DIMENSION_MISSING,
            coord->span, "%s has no dimensions",
            vocabulary_name(vocabulary, CLASS_METRIC, names->metric).at);
        return false;
    }
    if (!member) {
        for (int i = 0; i < metric->dimension_count; i++) {
            names->mentioned[i] = true;
            names->selectors[i] = SELECT_SPACE;
        }
        return true;
    }
    for (int i = 0; i < metric->dimension_count; i++) {
        if (vocabulary_find_member(vocabulary, metric->dimensions[i],
                                   member->value.name)) {
            found = i;
            count++;
        }
    }
    uint32_t actor = scope_find(session, CLASS_ACTOR, member->value.name);
    if (count + (actor != 0) > 1) {
        return report_ambiguous(session, coord, metric, actor != 0);
    }
    if (count == 1) {
        return set_coordinate(session, coord, found, metric->dimensions[found],
                              names);
    }
    if (actor) {
        names->actor = actor;
        return true;
    }
    if (metric->dimension_count > 0) {
        return report_no_member(session, metric, member);
    }
    uint32_t other = dimension_of_member(session, member->value.name);
    if (other) {
        diagnostics_add(
            session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_DIMENSION_MISSING,
            coord->span, "%s has no dimensions, and `%s` is a member of %s",
            vocabulary_name(vocabulary, CLASS_METRIC, names->metric).at,
            scope_chars(session, member->value.name),
            vocabulary_name(vocabulary, CLASS_DIMENSION, other).at);
        return false;
    }
    scope_unknown(session, DIAGNOSTIC_UNKNOWN_ACTOR, CLASS_ACTOR,
                  "member or actor", member);
    return false;
}

bool
figure_resolve(struct session *session, const struct node *node,
               const struct focus *focus, bool declare,
               struct figure_names *names)
{
    *names = (struct figure_names){0};
    size_t before = session->diagnostics->error_count;
    if (!take_names(session, node, declare, names) ||
        !take_period(session, node->kid[1], names)) {
        return false;
    }
    if (!names->kind) {
        names->kind =
            scope_find(session, CLASS_KIND,
                       atoms_intern(&session->atoms, SLICE("actual")));
    }
    if (!names->metric) {
        if (declare && !names->elliptical && node->kid[2] &&
            !(names->has_kind && !node->kid[0])) {
            return true; /* an unknown metric: the caller declares it */
        }
        if (!focus->set) {
            return take_focus(session, node, focus, names);
        }
        names->metric = focus->metric;
        names->elliptical = true;
    }
    const struct metric *metric =
        vocabulary_metric(session->vocabulary, names->metric);
    for (const struct node *at = node->kid[3]; at; at = at->next) {
        struct node *coord = arena_alloc(
            &session->scratch, sizeof *coord + 2 * sizeof(struct node *));
        memcpy(coord, at, sizeof *coord + 2 * sizeof(struct node *));
        coord->kid[1] =
            (struct node *)(uintptr_t)figure_member(session, at->kid[1]);
        if ((at->kid[1] && !coord->kid[1]) ||
            !(at->kid[0] ? named_coordinate(session, coord, metric, names)
                         : bare_coordinate(session, coord, metric, names))) {
            return false;
        }
    }
    if (names->elliptical && !take_focus(session, node, focus, names)) {
        return false;
    }
    return session->diagnostics->error_count == before;
}

void
figure_complete(struct session *session, struct figure_names *names)
{
    const struct metric *metric =
        vocabulary_metric(session->vocabulary, names->metric);
    const struct context *context = &session->context;
    for (size_t use = 0; use < context->count; use++) {
        int at = metric_dimension(metric, context->dimensions[use]);
        if (at >= 0 && !names->mentioned[at]) {
            names->mentioned[at] = true;
            names->selectors[at] = SELECT_MEMBER;
            names->members[at] = context->members[use];
        }
    }
}

void
figure_focus(struct session *session, const struct figure_names *names)
{
    struct focus *focus = &session->next_focus;
    if (names->elliptical || focus->set) {
        return;
    }
    *focus = (struct focus){.set = true,
                            .kind = names->kind,
                            .metric = names->metric,
                            .has_period = names->has_period,
                            .period = names->period};
    for (int i = 0; i < DIMENSIONS_MAX; i++) {
        focus->members[i] =
            names->selectors[i] == SELECT_MEMBER ? names->members[i] : 0;
        focus->fixed[i] =
            names->mentioned[i] && names->selectors[i] != SELECT_SPACE;
    }
}
