/* Units that follow a dimension, line by line: KRW in the rows of KR, JPY in
 * those of JP, whatever metric follows it. */
#include "eval/bind.h"

unit_id
scope_unit_of_member(const struct vocabulary *vocabulary, unit_id follows,
                     uint32_t dimension, uint32_t member)
{
    /* Files keep what belongs together side by side: the last one is near. */
    for (size_t at = vocabulary->line_count; member && at-- > 1;) {
        const struct metric *other =
            vocabulary_metric(vocabulary, vocabulary->lines[at].metric);
        int position = metric_dimension(other, dimension);
        if (other->unit == follows && position >= 0 &&
            vocabulary->lines[at].unit != follows &&
            vocabulary_line_members(vocabulary, (uint32_t)at)[position] ==
                member) {
            return vocabulary->lines[at].unit;
        }
    }
    return follows;
}

bool
scope_unit_fits(const struct session *session, uint32_t id,
                const uint32_t *members, unit_id said)
{
    const struct vocabulary *vocabulary = session->vocabulary;
    const struct metric *metric = vocabulary_metric(vocabulary, id);
    const struct unit *unit = &vocabulary->units.items[metric->unit];
    if (unit->role != UNIT_FOLLOWS || said == metric->unit) {
        return true;
    }
    struct type type = {.class = VALUE_NUMBER, .measure = unit->measure};
    uint32_t dimension = bind_dimension_of_unit(session, &type);
    int own = metric_dimension(metric, dimension);
    uint32_t member = own >= 0 ? members[own] : 0;
    unit_id known =
        scope_unit_of_member(vocabulary, metric->unit, dimension, member);
    return known == metric->unit || known == said;
}

/* Notes for each member the unit in which a figure states it. */
static void
note_members(const struct plan *plan, const struct figure *figure,
             uint32_t dimension, unit_id *units)
{
    const struct vocabulary *vocabulary = store_vocabulary(plan->store);
    const struct metric *metric = vocabulary_metric(vocabulary, figure->metric);
    int position = metric_dimension(metric, dimension);
    bool follows = vocabulary->units.items[metric->unit].role == UNIT_FOLLOWS;
    for (uint32_t line = 1;
         follows && position >= 0 && line < vocabulary->line_count; line++) {
        if (vocabulary->lines[line].unit != metric->unit &&
            bind_reads_line(vocabulary, figure->metric, figure->selectors,
                            figure->members, line)) {
            uint32_t member =
                vocabulary_line_members(vocabulary, line)[position];
            units[member] = vocabulary->lines[line].unit;
        }
    }
}

/* TYPE's unit in words, where UNIT stands for what follows the dimension. */
static const char *
unit_words(struct session *session, const struct type *type, unit_id unit)
{
    struct units *units = &session->vocabulary->units;
    struct measure measure = units->measures[type->measure];
    measure_id own = type->measure;
    for (int i = 0; i < measure.count; i++) {
        const struct unit *base = &units->items[measure.terms[i].base];
        if (base->role == UNIT_FOLLOWS) {
            int power = measure.terms[i].power;
            own = units_divide(units, own,
                               units_power(units, base->measure, power));
            own = units_multiply(
                units, own,
                units_power(units, units->items[unit].measure, power));
        }
    }
    struct buffer text = {0};
    units_print_measure(&text, units, own, &session->atoms);
    const char *copy =
        arena_copy(&session->scratch, text.text ? text.text : "", text.len);
    buffer_free(&text);
    return copy;
}

/* The unit in TYPE that follows a dimension. */
static unit_id
follows_in(const struct units *units, const struct type *type)
{
    const struct measure *measure = &units->measures[type->measure];
    for (int i = 0; i < measure->count; i++) {
        if (units->items[measure->terms[i].base].role == UNIT_FOLLOWS) {
            return measure->terms[i].base;
        }
    }
    return INDEX_NONE;
}

const char *
answer_unit(struct session *session, const struct plan *plan,
            const struct type *type, size_t in, size_t line)
{
    const struct vocabulary *vocabulary = session->vocabulary;
    const struct space *space = &plan->spaces[in];
    uint32_t dimension = bind_dimension_of_unit(session, type);
    size_t position = 0;
    while (position < space->dimension_count &&
           space->dimensions[position] != dimension) {
        position++;
    }
    if (!dimension || position == space->dimension_count ||
        line >= space->line_count) {
        return NULL;
    }
    unit_id follows = follows_in(&vocabulary->units, type);
    unit_id own = scope_unit_of_member(
        vocabulary, follows, dimension,
        space->tuples[line * space->dimension_count + position]);
    return own == follows ? NULL : unit_words(session, type, own);
}

const char **
answer_line_units(struct session *session, const struct plan *plan,
                  uint32_t node)
{
    struct type type = plan->nodes[node].type;
    const struct space *space = &plan->spaces[0];
    uint32_t dimension = bind_dimension_of_unit(session, &type);
    size_t position = 0;
    while (position < space->dimension_count &&
           space->dimensions[position] != dimension) {
        position++;
    }
    if (!dimension || position == space->dimension_count) {
        return NULL;
    }
    size_t members = session->vocabulary->classes[CLASS_MEMBER].count;
    unit_id *units = arena_array(&session->scratch, unit_id, members);
    const char **words = arena_array(&session->scratch, const char *, members);
    const char **lines =
        arena_array(&session->scratch, const char *, space->line_count + 1);
    memset(units, 0, members * sizeof *units);
    memset(words, 0, members * sizeof *words);
    const bool *beneath = plan_beneath(plan, node, &session->scratch);
    for (uint32_t i = 0; i <= node; i++) {
        if (beneath[i] && plan->nodes[i].op == PLAN_FIGURE) {
            note_members(plan, plan->figures[plan->nodes[i].figure], dimension,
                         units);
        }
    }
    for (size_t line = 0; line < space->line_count; line++) {
        uint32_t member =
            space->tuples[line * space->dimension_count + position];
        if (!words[member] && units[member]) {
            words[member] = unit_words(session, &type, units[member]);
        }
        lines[line] = words[member];
    }
    return lines;
}

/* "by goods, country", where BY names what there is. */
static void
print_by(const struct session *session, const struct node *by, const char *name,
         struct buffer *text)
{
    buffer_add_text(text, "by ");
    for (const struct node *at = by ? by->kid[0] : NULL; at; at = at->next) {
        buffer_format(text, "%s, ", scope_chars(session, at->value.name));
    }
    buffer_add_text(text, name);
}

bool
scope_unit_has_dimension(struct session *session, const struct node *properties,
                         const struct metric *metric)
{
    struct diagnostics *list = session->diagnostics;
    const struct node *unit = NULL;
    const struct node *by = NULL;
    for (const struct node *at = properties; at; at = at->next) {
        unit = at->kind == NODE_IN_UNIT_OF ? at : unit;
        by = at->kind == NODE_BY ? at : by;
    }
    uint32_t dimension = unit ? scope_dimension(session, unit->kid[1]) : 0;
    if (!unit || (dimension && metric_dimension(metric, dimension) >= 0)) {
        return true;
    }
    const char *name = scope_chars(session, unit->kid[1]->value.name);
    struct buffer help = {0};
    struct diagnostic *record = diagnostics_add(
        list, SEVERITY_ERROR, DIAGNOSTIC_DIMENSION_MISSING, unit->span,
        "this is a unit for each %s, and the metric has no figures by %s", name,
        name);
    if (by) {
        diagnostics_relate(list, record, by->span, "these are its dimensions");
    }
    print_by(session, by, name, &help);
    diagnostics_help(list, record, "add the dimension: %s", help.text);
    buffer_free(&help);
    return false;
}
