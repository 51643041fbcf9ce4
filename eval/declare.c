/* Declarations: from the tree into the vocabulary.
 *
 * Saying the same twice is no mistake (scripts are run again); saying something
 * else about a name that stands is one.
 */
#include "eval/declare.h"

#include "eval/scope.h"
#include "parser/print.h"
#include "stdlib/text.h"
#include "values/number.h"

const char *
declare_title(struct session *session, const struct node *title)
{
    return title ? scope_text(session, title) : "";
}

bool
scope_clash(struct session *session, const struct node *name, const char *what)
{
    diagnostics_add(session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_NAME_TAKEN,
                    name->span, "the %s %s is declared already, differently",
                    what, scope_chars(session, name->value.name));
    return false;
}

uint32_t
declare_existing(struct session *session, enum name_class class,
                 const struct node *name)
{
    /* A definition of one's own hides that of the library. */
    return session->in_library || class == CLASS_DEFINITION
               ? vocabulary_find(session->vocabulary, class, name->value.name)
               : scope_find(session, class, name->value.name);
}

static bool
same_title(struct session *session, enum name_class class, uint32_t id,
           const char *title)
{
    const char *known = vocabulary_entry(session->vocabulary, class, id)->title;
    return !*title || session->in_text || strcmp(known, title) == 0;
}

static bool
declare_titled(struct session *session, const struct node *node,
               enum name_class class)
{
    const struct node *name = node->kid[0];
    const char *title = declare_title(session, node->kid[1]);
    uint32_t id = declare_existing(session, class, name);
    if (!title) {
        return false;
    }
    if (id) {
        return same_title(session, class, id, title) ||
               scope_clash(session, name, name_class_text(class));
    }
    if (!scope_may_declare(session, name, name_class_text(class), false)) {
        return false;
    }
    struct entry entry = {.name = name->value.name, .title = title};
    return vocabulary_add(session->vocabulary, class, &entry) != 0;
}

static bool
declare_kind(struct session *session, const struct node *node)
{
    const struct node *name = node->kid[0];
    const char *title = declare_title(session, node->kid[1]);
    struct slice own = atoms_text(&session->atoms, name->value.name);
    struct slice like = atoms_text(&session->atoms, node->kid[2]->value.name);
    uint32_t id = declare_existing(session, CLASS_KIND, name);
    if (!title) {
        return false;
    }
    if (id) {
        return same_title(session, CLASS_KIND, id, title) ||
               scope_clash(session, name, "kind");
    }
    if (!scope_may_declare(session, name, "kind", true)) {
        return false;
    }
    /* The library's first kinds are like themselves. */
    struct entry entry = {.name = name->value.name, .title = title};
    if (session->in_library && slice_equal(own, like)) {
        entry.flag = !slice_is(own, "target") && !slice_is(own, "pledge");
        entry.link = (uint32_t)session->vocabulary->classes[CLASS_KIND].count;
    } else {
        uint32_t model = scope_kind(session, node->kid[2]);
        if (!model) {
            return false;
        }
        const struct entry *known =
            vocabulary_entry(session->vocabulary, CLASS_KIND, model);
        entry.link = known->link;
        entry.flag = known->flag;
    }
    return vocabulary_add(session->vocabulary, CLASS_KIND, &entry) != 0;
}

static bool
declare_unit(struct session *session, const struct node *node)
{
    const struct node *name = node->kid[0];
    const struct node *definition = node->kid[2];
    struct units *units = &session->vocabulary->units;
    const char *title = declare_title(session, node->kid[1]);
    struct unit unit = {.name = name->value.name, .measure = MEASURE_NONE};
    atom symbol = 0;
    if (!title) {
        return false;
    }
    unit.title = arena_copy(&session->vocabulary->arena, title, strlen(title));
    if (definition && definition->kind == NODE_SYMBOL) {
        const char *text = scope_text(session, definition->kid[0]);
        symbol = atoms_intern(&session->atoms, slice_of(text));
        unit_id taken = units_find_symbol(units, symbol);
        if (taken == INDEX_NONE && library_declare(session, "unit", symbol)) {
            taken = units_find_symbol(units, symbol);
        }
        if (taken != INDEX_NONE && units->items[taken].name != unit.name) {
            diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                            DIAGNOSTIC_NAME_TAKEN, definition->span,
                            "the symbol %s is that of %s", text,
                            scope_chars(session, units->items[taken].name));
            return false;
        }
        unit.symbol =
            arena_copy(&session->vocabulary->arena, text, strlen(text));
    } else if (definition) {
        struct amount amount;
        size_t before = session->diagnostics->error_count;
        if (!value_amount(session, definition, false, &amount) ||
            amount.value <= 0) {
            bool of_unit =
                definition->kind == NODE_FIGURE && definition->kid[2] &&
                scope_find_unit(session, definition->kid[2]->value.name) ==
                    INDEX_NONE;
            if (session->diagnostics->error_count == before && of_unit) {
                scope_unknown(session, DIAGNOSTIC_UNKNOWN_UNIT, CLASS_COUNT - 1,
                              "unit", definition->kid[2]);
            } else if (session->diagnostics->error_count == before) {
                diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                                DIAGNOSTIC_NOT_CONSTANT, definition->span,
                                "a unit is a positive constant amount: "
                                "unit tonne = 1000 kg");
            }
            return false;
        }
        unit.factor = amount.value;
        unit.measure = amount.type.measure;
        unit.role = amount.type.role;
    }
    bool own = session->in_library ||
               text_is_currency(atoms_text(&session->atoms, unit.name));
    unit_id id = own ? units_find(units, unit.name)
                     : scope_find_unit(session, unit.name);
    if (id != INDEX_NONE) {
        const struct unit *known = &units->items[id];
        bool same = unit.measure == MEASURE_NONE
                        ? known->is_base
                        : known->measure == unit.measure &&
                              number_equal(known->factor, unit.factor);
        return same || scope_clash(session, name, "unit");
    }
    if (!scope_may_declare(session, name, "unit", true)) {
        return false;
    }
    units_add(units, &unit, symbol);
    return true;
}

static bool
has_part(const struct vocabulary *vocabulary, uint32_t group, uint32_t part)
{
    for (size_t i = 0; i < vocabulary->part_count; i++) {
        if (vocabulary->parts[i].group == group &&
            vocabulary->parts[i].part == part) {
            return true;
        }
    }
    return false;
}

/* A member has one title: the first. */
static bool
clash_title(struct session *session, const struct node *name, const char *known)
{
    struct diagnostic *record = diagnostics_add(
        session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_NAME_TAKEN, name->span,
        "the member %s is declared already, differently",
        scope_chars(session, name->value.name));
    diagnostics_help(session->diagnostics, record,
                     *known ? "its title is \"%s\"; the first that is declared "
                              "stands"
                            : "it has no title%s",
                     known);
    return false;
}

/* Can the parts of a group be written in one statement, as they are? */
static bool
parts_fit(struct session *session, const struct node *node)
{
    struct buffer text = {0};
    for (const struct node *part = node->kid[3]; part; part = part->next) {
        buffer_add_text(&text, " + ");
        print_member(&text, atoms_text(&session->atoms, part->value.name));
    }
    bool fits = scope_fits(session, node, text.len);
    buffer_free(&text);
    return fits;
}

/* Parts are known before the group is, which otherwise would stay without
 * them when one is not. */
static bool
parts_are_known(struct session *session, uint32_t dimension,
                const struct node *node)
{
    atom group = node->kid[0]->value.name;
    for (const struct node *part = node->kid[3]; part; part = part->next) {
        if (part->value.name != group &&
            !scope_member(session, dimension, part)) {
            return false;
        }
    }
    return true;
}

static bool
declare_member(struct session *session, const struct node *node)
{
    const struct node *name = node->kid[0];
    const char *title = declare_title(session, node->kid[1]);
    uint32_t dimension = scope_dimension(session, node->kid[2]);
    struct vocabulary *vocabulary = session->vocabulary;
    if (!title || !dimension) {
        return false;
    }
    uint32_t id =
        vocabulary_find_member(vocabulary, dimension, name->value.name);
    bool was_known = id != 0;
    if (name->value.name == 0) {
        return scope_fail(session, name, DIAGNOSTIC_NAME_RESERVED,
                          "a member needs a name",
                          "without one it would be the total");
    }
    if (slice_is(atoms_text(&session->atoms, name->value.name), "total")) {
        return scope_may_declare(session, name, "member", false);
    }
    if (was_known && session->in_text) {
        return true;
    }
    if (was_known && *title) {
        const char *known =
            vocabulary_entry(vocabulary, CLASS_MEMBER, id)->title;
        if (strcmp(known, title) != 0) {
            return clash_title(session, name, known);
        }
    }
    if (!was_known && (!parts_fit(session, node) ||
                       !parts_are_known(session, dimension, node))) {
        return false;
    }
    if (!was_known) {
        struct entry entry = {
            .name = name->value.name, .title = title, .link = dimension};
        id = vocabulary_add(vocabulary, CLASS_MEMBER, &entry);
    }
    for (const struct node *part = node->kid[3]; part; part = part->next) {
        uint32_t member = scope_member(session, dimension, part);
        if (!member) {
            return false;
        }
        if (member == id) {
            diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                            DIAGNOSTIC_RECURSION, part->span,
                            "a group cannot be a part of itself");
            return false;
        }
        if (was_known && !has_part(vocabulary, id, member)) {
            return scope_clash(session, name, "member");
        }
        if (!was_known) {
            vocabulary_add_part(vocabulary, id, member);
        }
    }
    return true;
}

/* `in currency of country`: the unit of each line is that of its first fact.
 * Until a line is named, a unit stands for all of them. */
static bool
unit_of_dimension(struct session *session, const struct node *node,
                  struct metric *metric)
{
    struct units *units = &session->vocabulary->units;
    struct buffer text = {0};
    if (!scope_dimension(session, node->kid[1])) {
        return false;
    }
    buffer_format(&text, "%s of %s",
                  scope_chars(session, node->kid[0]->value.name),
                  scope_chars(session, node->kid[1]->value.name));
    atom name = atoms_intern(&session->atoms, buffer_slice(&text));
    buffer_free(&text);
    unit_id id = units_find(units, name);
    if (id == INDEX_NONE) {
        struct unit unit = {
            .name = name, .role = UNIT_FOLLOWS, .measure = MEASURE_NONE};
        id = units_add(units, &unit, 0);
    }
    metric->unit = id;
    return true;
}

/* The properties of a metric, collected before it is added. */
static bool
metric_property(struct session *session, const struct node *node,
                struct metric *metric)
{
    struct type type;
    double factor;
    switch (node->kind) {
    case NODE_AGGREGATION:
        metric->aggregation = (uint8_t)(node->op - OP_FLOW + AGGREGATION_FLOW);
        return true;
    case NODE_FREQUENCY:
        metric->frequency = (uint8_t)(node->op - OP_ONCE + FREQUENCY_ONCE);
        return true;
    case NODE_IN_UNIT:
        if (!value_unit(session, node->kid[0], &type, &factor)) {
            return false;
        }
        metric->unit = type.unit;
        metric->scale = (int8_t)(type.scale > 0 ? type.scale : 0);
        return true;
    case NODE_BY:
        for (const struct node *name = node->kid[0]; name; name = name->next) {
            uint32_t dimension = scope_dimension(session, name);
            if (!dimension) {
                return false;
            }
            if (metric->dimension_count == DIMENSIONS_MAX ||
                metric_dimension(metric, dimension) >= 0) {
                diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                                DIAGNOSTIC_TWICE, name->span,
                                metric->dimension_count == DIMENSIONS_MAX
                                    ? "a metric has at most eight dimensions"
                                    : "this dimension is named twice");
                return false;
            }
            metric->dimensions[metric->dimension_count++] = dimension;
        }
        return true;
    case NODE_ON_CALENDAR:
        metric->calendar = scope_calendar(session, node->kid[0]);
        return metric->calendar != 0;
    default:
        return unit_of_dimension(session, node, metric);
    }
}

/* What a property says; units are said in two ways. */
static int
property_sort(const struct node *property)
{
    return property->kind == NODE_IN_UNIT_OF ? NODE_IN_UNIT : property->kind;
}

/* They stand in any order, each once. */
static bool
check_properties(struct session *session, const struct node *properties)
{
    for (const struct node *at = properties; at; at = at->next) {
        const struct node *other = properties;
        while (other != at && property_sort(other) != property_sort(at)) {
            other = other->next;
        }
        if (other != at) {
            struct diagnostic *record = diagnostics_add(
                session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_TWICE,
                at->span, "a metric has one %s",
                at->kind == NODE_AGGREGATION   ? "way to add up over time"
                : at->kind == NODE_FREQUENCY   ? "frequency"
                : at->kind == NODE_BY          ? "list of dimensions"
                : at->kind == NODE_ON_CALENDAR ? "calendar"
                                               : "unit");
            diagnostics_relate(session->diagnostics, record, other->span,
                               "said here already");
            if (at->kind == NODE_BY) {
                diagnostics_help(session->diagnostics, record,
                                 "write by country, goods");
            }
            return false;
        }
    }
    return true;
}

static bool
same_metric(const struct metric *a, const struct metric *b)
{
    return a->frequency == b->frequency && a->aggregation == b->aggregation &&
           a->unit == b->unit && a->scale == b->scale &&
           a->calendar == b->calendar &&
           a->dimension_count == b->dimension_count &&
           memcmp(a->dimensions, b->dimensions, sizeof a->dimensions) == 0;
}

static bool
declare_metric(struct session *session, const struct node *node)
{
    const struct node *name = node->kid[0];
    struct metric metric = {.frequency = FREQUENCY_A, .dirty = true};
    const char *title = declare_title(session, node->kid[1]);
    const struct node *property = node->kid[2];
    if (!check_properties(session, property)) {
        return false;
    }
    for (; property; property = property->next) {
        if (!metric_property(session, property, &metric)) {
            return false;
        }
    }
    if (!scope_unit_has_dimension(session, node->kid[2], &metric)) {
        return false;
    }
    uint32_t id = declare_existing(session, CLASS_METRIC, name);
    if (!title) {
        return false;
    }
    if (id) {
        return (same_metric(&metric,
                            vocabulary_metric(session->vocabulary, id)) &&
                same_title(session, CLASS_METRIC, id, title)) ||
               scope_clash(session, name, "metric");
    }
    if (!scope_may_declare(session, name, "metric", true)) {
        return false;
    }
    struct entry entry = {.name = name->value.name, .title = title};
    id = vocabulary_add(session->vocabulary, CLASS_METRIC, &entry);
    *vocabulary_metric(session->vocabulary, id) = metric;
    return true;
}

static bool
declare_source(struct session *session, const struct node *node)
{
    const struct node *name = node->kid[0];
    const char *title = declare_title(session, node->kid[1]);
    struct entry entry = {.name = name->value.name, .title = title};
    bool sound = title != NULL;
    for (const struct node *at = node->kid[3]; sound && at; at = at->next) {
        day_number day;
        if (at->kind == NODE_ON) {
            sound = value_date(session, at->kid[0], &day, &entry.flag);
            entry.link = sound ? (uint32_t)day : 0;
        } else if (at->kind == NODE_URL) {
            entry.text = scope_text(session, at->kid[0]);
            sound = entry.text != NULL;
        } else {
            diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                            DIAGNOSTIC_CLAUSE, at->span,
                            "a source has only `on` and `url`");
            sound = false;
        }
    }
    uint32_t id = declare_existing(session, CLASS_SOURCE, name);
    if (!sound) {
        return false;
    }
    if (id) {
        const struct entry *known =
            vocabulary_entry(session->vocabulary, CLASS_SOURCE, id);
        return (same_title(session, CLASS_SOURCE, id, title) &&
                known->link == entry.link && known->flag == entry.flag) ||
               scope_clash(session, name, "source");
    }
    return scope_may_declare(session, name, "source", false) &&
           vocabulary_add(session->vocabulary, CLASS_SOURCE, &entry) != 0;
}

static bool
declare_calendar(struct session *session, const struct node *node)
{
    const struct node *name = node->kid[0];
    const char *title = declare_title(session, node->kid[1]);
    struct slice bound = atoms_text(&session->atoms, node->kid[2]->value.name);
    bool by_end = slice_is(bound, "end");
    if (!title) {
        return false;
    }
    if (!by_end && !slice_is(bound, "start")) {
        diagnostics_add(session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_SYNTAX,
                        node->kid[2]->span,
                        "a fiscal year is named by start or by end");
        return false;
    }
    if (node->value.ordinal == 0) {
        diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                        DIAGNOSTIC_BAD_DATE, node->span,
                        "a fiscal year starts on a month and day, 01-01 to "
                        "12-28");
        return false;
    }
    struct entry entry = {.name = name->value.name,
                          .title = title,
                          .link = (uint32_t)node->value.ordinal,
                          .flag = by_end};
    uint32_t id = declare_existing(session, CLASS_CALENDAR, name);
    if (id) {
        const struct entry *known =
            vocabulary_entry(session->vocabulary, CLASS_CALENDAR, id);
        return (known->link == entry.link && known->flag == entry.flag) ||
               scope_clash(session, name, "calendar");
    }
    return scope_may_declare(session, name, "calendar", false) &&
           vocabulary_add(session->vocabulary, CLASS_CALENDAR, &entry) != 0;
}

bool
declare_statement(struct session *session, const struct node *node)
{
    if (node->kind == NODE_PARAM_DEF) {
        return param_statement(session, node);
    }
    if (!session->in_library && !session->checking && !session_write(session)) {
        return false;
    }
    switch (node->kind) {
    case NODE_UNIT:
        return declare_unit(session, node);
    case NODE_KIND:
        return declare_kind(session, node);
    case NODE_DIMENSION:
        return declare_titled(session, node, CLASS_DIMENSION);
    case NODE_MEMBER:
        return declare_member(session, node);
    case NODE_METRIC:
        return declare_metric(session, node);
    case NODE_ACTOR:
        return declare_titled(session, node, CLASS_ACTOR);
    case NODE_SOURCE:
        return declare_source(session, node);
    case NODE_CALENDAR:
        return declare_calendar(session, node);
    default:
        return declare_definition(session, node);
    }
}

static bool
use_member(struct session *session, const struct node *use)
{
    struct context *context = &session->context;
    uint32_t dimension = scope_dimension(session, use->kid[0]);
    uint32_t member = 0;
    struct slice code = atoms_text(&session->atoms, use->kid[1]->value.name);
    if (!dimension) {
        return false;
    }
    if (!slice_is(code, "total")) {
        member = scope_member(session, dimension, use->kid[1]);
        if (!member) {
            return false;
        }
    }
    size_t at = 0;
    while (at < context->count && context->dimensions[at] != dimension) {
        at++;
    }
    if (at == CONTEXT_USES_MAX) {
        diagnostics_add(session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_CLAUSE,
                        use->span, "the context holds at most %d dimensions",
                        CONTEXT_USES_MAX);
        return false;
    }
    if (member == 0) { /* `using country total` ends the context */
        if (at < context->count) {
            context->count--;
            context->dimensions[at] = context->dimensions[context->count];
            context->members[at] = context->members[context->count];
        }
        return true;
    }
    context->dimensions[at] = dimension;
    context->members[at] = member;
    context->count += at == context->count;
    return true;
}

bool
using_statement(struct session *session, const struct node *statement)
{
    for (const struct node *use = statement->kid[0]; use; use = use->next) {
        bool done = true;
        if (use->kind == NODE_USE) {
            done = use_member(session, use);
        } else if (use->kind == NODE_USE_SOURCE) {
            uint32_t id = scope_source(session, use->kid[0], true);
            session->context.source = id;
            done = id != 0;
        } else if (use->kind == NODE_USE_ACTOR) {
            uint32_t id = scope_actor(session, use->kid[0], true);
            session->context.actor = id;
            done = id != 0;
        } else {
            diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                            DIAGNOSTIC_NOT_YET, use->span,
                            "`using unit` does not run yet");
            done = false;
        }
        if (!done) {
            return false;
        }
    }
    return true;
}
