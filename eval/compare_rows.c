/* The table of a comparison: a row for each figure of a cell, and what it
 * lacks. */
#include "eval/compare.h"

/* The title: the metric, its members, its period. */
static const char *
title_of(struct comparison *comparison)
{
    struct session *session = comparison->question.session;
    const struct vocabulary *vocabulary = session->vocabulary;
    const struct figure_names *base = &comparison->base;
    const struct metric *metric = vocabulary_metric(vocabulary, base->metric);
    struct buffer text = {0};
    buffer_add_slice(&text,
                     vocabulary_name(vocabulary, CLASS_METRIC, base->metric));
    for (int i = 0; i < metric->dimension_count; i++) {
        if (base->mentioned[i] && base->selectors[i] == SELECT_MEMBER) {
            buffer_add_text(&text, ", ");
            buffer_add_slice(&text, vocabulary_name(vocabulary, CLASS_MEMBER,
                                                    base->members[i]));
        }
    }
    if (base->has_period && !comparison->question.by_period) {
        buffer_add_text(&text, ", ");
        period_print(&text, base->period, base->fiscal);
    }
    const char *copy = arena_copy(&session->scratch, text.text, text.len);
    buffer_free(&text);
    return copy;
}

static void
text_cell(struct result_value *value, struct slice text)
{
    *value = (struct result_value){.type = VALUE_TEXT, .text = text};
}

static void
fact_cells(struct comparison *comparison, const struct fact *fact,
           const struct derived *derived, struct result_value *values)
{
    const struct vocabulary *vocabulary =
        comparison->question.session->vocabulary;
    day_number day = fact_day(fact);
    text_cell(&values[0], SLICE(""));
    text_cell(&values[1], SLICE(""));
    text_cell(&values[2], SLICE(""));
    if (fact->actor) {
        text_cell(&values[0],
                  vocabulary_name(vocabulary, CLASS_ACTOR, fact->actor));
    }
    if (day != DAY_NONE && !derived) {
        bool before = fact->form & FORM_BEFORE;
        values[1] = (struct result_value){
            .type = VALUE_DATE, .day = day + before, .before = before};
    }
    if (fact->source) {
        text_cell(&values[2],
                  vocabulary_name(vocabulary, CLASS_SOURCE, fact->source));
    }
}

/* WAITS is what a movement or formula of the row lacks; empty for none. */
static const char *
row_note(struct comparison *comparison, const struct compared *item,
         const struct result_value *value, const struct derived *derived,
         const struct fact *fact, struct slice waits)
{
    struct session *session = comparison->question.session;
    struct buffer text = {0};
    struct fact_detail detail;
    if (derived) {
        buffer_add_text(&text, derived->basis == BASIS_IMPLIED ? "implied by "
                                                               : "derived: ");
        buffer_add_text(&text, derived->chain);
    } else if (waits.len) {
        buffer_add_slice(&text, waits);
    } else if (value->type == VALUE_UNKNOWN) {
        buffer_format(&text, "no %s is known", item->label);
    }
    if (fact->form & FORM_DETAIL &&
        store_detail(session->store, fact->record, &session->scratch,
                     &detail) &&
        detail.condition) {
        buffer_format(&text, "%sif %s", text.len ? "; " : "", detail.condition);
    }
    const char *copy =
        text.len ? arena_copy(&session->scratch, text.text, text.len) : NULL;
    buffer_free(&text);
    return copy;
}

static void
blank(struct result_value *value)
{
    text_cell(value, SLICE(""));
}

static bool
write_item(struct comparison *comparison, const struct compared *item,
           size_t period, size_t line, struct result_value *values, size_t keys)
{
    struct session *session = comparison->question.session;
    const struct plan *plan = &comparison->question.plan;
    const struct plan_node *node = &plan->nodes[item->node];
    const struct figure *figure = plan->figures[node->figure];
    size_t at = figure_cell(plan, node, period, line);
    struct fact fact = {0};
    const struct derived *derived = NULL;
    struct result_value *own = values + keys;
    comparison->wrote = false;
    text_cell(&own[0], slice_of(item->label));
    answer_value(session, plan, item->node, period, line, &own[1]);
    own[1].unit = item->units ? item->units[line] : NULL;
    bool said = at != SIZE_MAX && figure->derived[at];
    if (own[1].type == VALUE_UNKNOWN && !item->asked && !said) {
        return true;
    }
    if (at != SIZE_MAX && (own[1].type != VALUE_UNKNOWN || said)) {
        bool follows =
            own[1].type == VALUE_UNKNOWN || figure->basis[at] != BASIS_STATED;
        fact = figure->facts[at];
        derived = follows ? figure->derived[at] : NULL;
        const struct fact *behind =
            derived && derived->basis == BASIS_DERIVED
                ? store_constraint(session->store, derived->record)
                : NULL;
        if (behind) {
            fact = *behind;
            fact_cells(comparison, &fact, NULL, &own[2]);
        } else {
            fact_cells(comparison, &fact, derived, &own[2]);
        }
    } else {
        fact_cells(comparison, &fact, NULL, &own[2]);
    }
    for (int i = 5; i < 7; i++) {
        uint32_t computed = i == 5 ? item->difference : item->percent;
        blank(&own[i]);
        if (computed != UINT32_MAX) {
            answer_value(session, plan, computed, period, line, &own[i]);
            if (own[i].type == VALUE_UNKNOWN) {
                blank(&own[i]);
            }
        }
    }
    own[5].unit = own[1].unit; /* by which its scale is chosen */
    /* People see the basis in the note; for programs it is a column. */
    bool known = own[1].type != VALUE_UNKNOWN && !session->options.people;
    text_cell(&own[7], known ? slice_of(basis_word(own[1].basis)) : SLICE(""));
    struct buffer waits = {0};
    if (own[1].type == VALUE_UNKNOWN && !derived) {
        plan_formula_reason(plan, node, period, line, &waits);
    }
    const char *note = row_note(comparison, item, &own[1], derived, &fact,
                                buffer_slice(&waits));
    buffer_free(&waits);
    comparison->wrote = true;
    return session->sink->row(session->sink->context, values, note);
}

static size_t
make_columns(struct comparison *comparison, struct result_column *columns,
             const char *title)
{
    struct session *session = comparison->question.session;
    const struct plan *plan = &comparison->question.plan;
    size_t keys = question_keys(&comparison->question, columns);
    struct result_column *own = columns + keys;
    struct buffer versus = {0};
    (void)title;
    static const char *const names[COMPARE_COLUMNS] = {
        "kind",   "value",      "actor",   "stated",
        "source", "difference", "percent", "basis"};
    for (int i = 0; i < COMPARE_COLUMNS; i++) {
        own[i] = (struct result_column){.name = names[i],
                                        .heading = "",
                                        .type = VALUE_TEXT,
                                        .unit = "",
                                        .factor = 1};
    }
    own[0].is_key = true;
    answer_column(session, &plan->nodes[comparison->items[0].node].type,
                  &own[1]);
    own[1].show_unit = true;
    own[1].own_units = own[5].own_units = comparison->items[0].units != NULL;
    own[3].type = VALUE_DATE;
    buffer_format(&versus, "vs %s", comparison->items[0].label);
    own[5].heading = arena_copy(&session->scratch, versus.text, versus.len);
    buffer_free(&versus);
    for (size_t i = 1; i < comparison->count; i++) {
        const struct compared *item = &comparison->items[i];
        if (item->difference != UINT32_MAX) {
            struct type type = plan->nodes[item->difference].type;
            answer_column(session, &type, &own[5]);
            own[5].show_unit = true;
            own[5].unit = type.role == UNIT_POINT ? own[5].unit : "";
        }
        if (item->percent != UINT32_MAX) {
            struct type type = plan->nodes[item->percent].type;
            answer_column(session, &type, &own[6]);
            own[6].show_unit = true;
        }
    }
    own[5].signed_ = own[6].signed_ = true;
    return keys + COMPARE_COLUMNS;
}

static bool
any_known(const struct comparison *comparison, size_t period, size_t line)
{
    for (size_t i = 0; i < comparison->count; i++) {
        struct cell cell = plan_cell(&comparison->question.plan,
                                     comparison->items[i].node, period, line);
        if (!isnan(cell.value) || !isnan(cell.low)) {
            return true;
        }
    }
    return false;
}

static bool
item_is_known(const struct comparison *comparison, size_t item)
{
    const struct question *question = &comparison->question;
    const struct plan *plan = &question->plan;
    for (size_t line = 0; line < plan->spaces[0].line_count; line++) {
        for (size_t p = question->row_first; p < question->row_last; p++) {
            struct cell cell =
                plan_cell(plan, comparison->items[item].node, p, line);
            if (!isnan(cell.value) || !isnan(cell.low)) {
                return true;
            }
        }
    }
    return false;
}

/* "no target or forecast is known", of the figures behind the first. */
static void
add_others(const struct comparison *comparison, struct buffer *text)
{
    size_t last = comparison->count - 1;
    for (size_t i = 1; i <= last; i++) {
        buffer_add_text(text, i == 1 ? "\nno " : i < last ? ", " : " or ");
        buffer_add_text(text, comparison->items[i].label);
    }
    buffer_add_text(text, last ? " is known" : "");
}

/* Why nothing is compared, so far as no row said it; NULL when something is. */
static const char *
nothing_compared(const struct comparison *comparison, size_t rows)
{
    const struct plan *plan = &comparison->question.plan;
    const struct compared *first = &comparison->items[0];
    bool known = item_is_known(comparison, 0);
    if (known || (rows && first->asked)) {
        return known && comparison->count == 1
                   ? "nobody stated another kind of it"
                   : NULL;
    }
    struct buffer text = {0};
    plan_missing(plan, plan->figures[plan->nodes[first->node].figure], &text);
    if (rows == 0) {
        add_others(comparison, &text);
    }
    const char *copy =
        arena_copy(&comparison->question.session->scratch, text.text, text.len);
    buffer_free(&text);
    return copy;
}

void
compare_write(struct comparison *comparison)
{
    struct session *session = comparison->question.session;
    const struct plan *plan = &comparison->question.plan;
    struct result_column columns[SPACE_DIMENSIONS_MAX + 1 + COMPARE_COLUMNS];
    struct result_value values[SPACE_DIMENSIONS_MAX + 1 + COMPARE_COLUMNS];
    const char *title = title_of(comparison);
    for (size_t i = 0; i < comparison->count; i++) {
        struct compared *item = &comparison->items[i];
        item->units = answer_line_units(session, plan, item->node);
    }
    size_t count = make_columns(comparison, columns, title);
    size_t keys = count - COMPARE_COLUMNS;
    struct result_head head = {
        .title = title, .columns = columns, .count = count};
    struct result_foot foot = {0};
    const struct result_sink *sink = session->sink;
    bool single = keys == 0;
    sink->begin(sink->context, &head);
    for (size_t line = 0; line < plan->spaces[0].line_count; line++) {
        for (size_t p = comparison->question.row_first;
             p < comparison->question.row_last; p++) {
            if (!single && !any_known(comparison, p, line)) {
                continue;
            }
            for (size_t i = 0; i < comparison->count; i++) {
                question_key_values(&comparison->question, p, line, values);
                if (!write_item(comparison, &comparison->items[i], p, line,
                                values, keys)) {
                    return;
                }
                foot.rows += comparison->wrote;
            }
        }
    }
    foot.note = nothing_compared(comparison, foot.rows);
    sink->end(sink->context, &foot);
}
