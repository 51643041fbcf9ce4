/* Units that follow a dimension: `currency of country`.
 *
 * Such a unit is a measure of its own, so what is computed within a row is
 * right: growth, ratios, sums of two metrics of one country.  What brings rows
 * of several members together is refused here: nobody may add won to yen, and
 * no bare number is meant in both.
 */
#include "eval/bind.h"

uint32_t
bind_dimension_of_unit(const struct session *session, const struct type *type)
{
    const struct vocabulary *vocabulary = session->vocabulary;
    const struct units *units = &vocabulary->units;
    const struct measure *measure = &units->measures[type->measure];
    size_t count = vocabulary->classes[CLASS_DIMENSION].count;
    for (int i = 0; type->class == VALUE_NUMBER && i < measure->count; i++) {
        const struct unit *unit = &units->items[measure->terms[i].base];
        if (unit->role != UNIT_FOLLOWS) {
            continue;
        }
        /* It is called "WORD of DIMENSION". */
        struct slice name = atoms_text(&session->atoms, unit->name);
        for (uint32_t dimension = 1; dimension < count; dimension++) {
            struct slice end =
                vocabulary_name(vocabulary, CLASS_DIMENSION, dimension);
            if (name.len > end.len + 4 &&
                memcmp(name.at + name.len - end.len, end.at, end.len) == 0 &&
                memcmp(name.at + name.len - end.len - 4, " of ", 4) == 0) {
                return dimension;
            }
        }
    }
    return 0;
}

/* Finds two lines of a figure whose units differ; false when it has none. */
static bool
find_two(const struct session *session, const struct figure *figure,
         uint32_t lines[2])
{
    const struct vocabulary *vocabulary = session->vocabulary;
    unit_id none = vocabulary_metric(vocabulary, figure->metric)->unit;
    unit_id first = none;
    for (uint32_t line = 1; line < vocabulary->line_count; line++) {
        unit_id unit = vocabulary->lines[line].unit;
        if (unit == none || unit == first ||
            !bind_reads_line(vocabulary, figure->metric, figure->selectors,
                             figure->members, line)) {
            continue;
        }
        lines[first != none] = line;
        if (first != none) {
            return true;
        }
        first = unit;
    }
    return false;
}

/* The first figure behind a node whose lines have units of their own. */
static const struct figure *
find_figure(const struct binder *binder, uint32_t at, uint32_t lines[2])
{
    const struct plan *plan = binder->plan;
    const bool *beneath = plan_beneath(plan, at, &binder->session->scratch);
    for (uint32_t i = 0; i <= at; i++) {
        const struct plan_node *node = &plan->nodes[i];
        if (beneath[i] && node->op == PLAN_FIGURE &&
            bind_dimension_of_unit(binder->session, &node->type) &&
            find_two(binder->session, plan->figures[node->figure], lines)) {
            return plan->figures[node->figure];
        }
    }
    return NULL;
}

uint32_t
bind_follows(const struct binder *binder, uint32_t at)
{
    struct type type = bind_type(binder, at);
    uint32_t lines[2];
    uint32_t dimension = bind_dimension_of_unit(binder->session, &type);
    return dimension && find_figure(binder, at, lines) ? dimension : 0;
}

/* "KRW for KR, JPY for JP". */
static void
name_units(const struct session *session, const struct figure *figure,
           uint32_t dimension, const uint32_t lines[2], struct buffer *text)
{
    const struct vocabulary *vocabulary = session->vocabulary;
    int at = metric_dimension(vocabulary_metric(vocabulary, figure->metric),
                              dimension);
    for (int i = 0; at >= 0 && i < 2; i++) {
        uint32_t member = vocabulary_line_members(vocabulary, lines[i])[at];
        unit_id unit = vocabulary->lines[lines[i]].unit;
        buffer_format(text, "%s%s for %s", i ? ", " : "",
                      scope_chars(session, vocabulary->units.items[unit].name),
                      member
                          ? vocabulary_name(vocabulary, CLASS_MEMBER, member).at
                          : "the total");
    }
}

uint32_t
bind_fail_follows(struct binder *binder, const struct node *at, uint32_t value,
                  const char *verb)
{
    struct session *session = binder->session;
    struct diagnostics *list = session->diagnostics;
    struct type type = bind_type(binder, value);
    struct buffer text = {0};
    struct buffer label = {0};
    uint32_t lines[2];
    const struct figure *figure = find_figure(binder, value, lines);
    buffer_format(&text, "amounts in different units cannot be %s: ", verb);
    name_units(session, figure, bind_dimension_of_unit(session, &type), lines,
               &text);
    bind_fail(binder, at, DIAGNOSTIC_UNIT_MISMATCH, text.text,
              "put them into one first, as in: sum(x to USD over country); or "
              "keep them apart: sum(x by country)");
    value_print_type(session, &type, &label);
    struct span place = bind_operand_place(binder, at, SIDE_LEFT,
                                           binder->plan->nodes[value].span);
    if (place.end > place.start) {
        diagnostics_relate(list, list->items[list->count - 1], place,
                           "this is in %s", label.text);
    }
    buffer_free(&text);
    buffer_free(&label);
    return UINT32_MAX;
}

bool
bind_mixes_units(const struct binder *binder, const struct plan_node *node)
{
    uint32_t dimension = bind_follows(binder, node->kid[0]);
    bool brings = node->op != PLAN_COUNT &&
                  !aggregate_keeps(binder->plan, node, dimension);
    if (node->op == PLAN_RANK) {
        brings = false;
        for (size_t i = 0; i < node->over_count; i++) {
            brings = brings || node->over[i] == dimension;
        }
    }
    return dimension && brings;
}

bool
bind_parts_differ(const struct session *session,
                  const struct figure_names *names)
{
    const struct vocabulary *vocabulary = session->vocabulary;
    const struct metric *metric = vocabulary_metric(vocabulary, names->metric);
    const struct unit *unit = &vocabulary->units.items[metric->unit];
    struct type type = {.class = VALUE_NUMBER, .measure = unit->measure};
    int position =
        unit->role == UNIT_FOLLOWS
            ? metric_dimension(metric, bind_dimension_of_unit(session, &type))
            : -1;
    struct figure parts = {.metric = names->metric};
    uint32_t lines[2];
    if (position < 0 || names->selectors[position] != SELECT_TOTAL) {
        return false;
    }
    for (int i = 0; i < metric->dimension_count; i++) {
        bool total = names->selectors[i] == SELECT_TOTAL;
        parts.selectors[i] = total ? SELECT_SPACE : names->selectors[i];
        parts.members[i] = total ? 0 : names->members[i];
    }
    return find_two(session, &parts, lines);
}

/* The unit that a figure's metric has, where that follows a dimension along
 * which the figure has rows; INDEX_NONE for any other node. */
static unit_id
unit_by_row(const struct binder *binder, uint32_t at)
{
    const struct vocabulary *vocabulary = binder->session->vocabulary;
    const struct plan_node *node = &binder->plan->nodes[at];
    if (node->op != PLAN_FIGURE) {
        return INDEX_NONE;
    }
    const struct figure *figure = binder->plan->figures[node->figure];
    const struct metric *metric = vocabulary_metric(vocabulary, figure->metric);
    const struct unit *unit = &vocabulary->units.items[metric->unit];
    struct type type = {.class = VALUE_NUMBER, .measure = unit->measure};
    int position =
        unit->role == UNIT_FOLLOWS
            ? metric_dimension(metric,
                               bind_dimension_of_unit(binder->session, &type))
            : -1;
    return position >= 0 && figure->selectors[position] == SELECT_SPACE
               ? metric->unit
               : INDEX_NONE;
}

uint32_t
bind_unshared(struct binder *binder, uint32_t at, uint32_t beside)
{
    const struct units *units = &binder->session->vocabulary->units;
    struct plan_node node = binder->plan->nodes[at];
    struct type other = bind_type(binder, beside);
    unit_id own = unit_by_row(binder, at);
    if (own == INDEX_NONE || other.class != VALUE_NUMBER ||
        node.type.measure == other.measure ||
        (other.measure != units->items[own].measure &&
         unit_by_row(binder, beside) != own)) {
        return at;
    }
    node.type.unit = own;
    node.type.measure = units->items[own].measure;
    return plan_add_node(binder->plan, &node);
}
