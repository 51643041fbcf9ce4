/* From columns of the plan to values of a result. */
#include "eval/plan/assume.h"
#include "eval/scope.h"

#include <stdlib.h>

static const char *
unit_text(struct session *session, const struct type *type)
{
    const struct units *units = &session->vocabulary->units;
    struct buffer text = {0};
    if (type->unit) {
        return scope_chars(session, units->items[type->unit].name);
    }
    if (type->role == UNIT_POINT) {
        return "pp";
    }
    if (type->role == UNIT_RATE || type->percent) {
        return "%";
    }
    units_print_measure(&text, units, type->measure, &session->atoms);
    const char *copy =
        arena_copy(&session->scratch, text.text ? text.text : "", text.len);
    buffer_free(&text);
    return copy;
}

void
answer_column(struct session *session, const struct type *type,
              struct result_column *column)
{
    const struct units *units = &session->vocabulary->units;
    bool share = !type->unit && (type->role != UNIT_LEVEL || type->percent);
    column->type = type->class;
    column->unit = "";
    column->factor = 1;
    column->scale = type->scale;
    if (type->class != VALUE_NUMBER) {
        return;
    }
    column->unit = unit_text(session, type);
    column->factor = type->unit ? units->items[type->unit].factor
                     : share    ? 0.01
                                : 1;
}

static void
figure_value(const struct plan *plan, const struct figure *figure, size_t at,
             const struct type *type, struct result_value *value)
{
    const struct metric *metric =
        &store_vocabulary(plan->store)->metrics[figure->metric];
    value->basis = (enum basis)figure->basis[at];
    value->relation = (enum value_relation)figure->relations[at];
    const struct units *units = &store_vocabulary(plan->store)->units;
    if (type->unit == metric->unit ||
        units->items[metric->unit].role == UNIT_FOLLOWS) {
        value->place = figure->places[at];
    }
    value->bounds = (struct interval){figure->low[at], figure->high[at]};
    value->has_bounds = !isnan(figure->low[at]);
}

bool
answer_may_assume(const struct plan *plan, uint32_t at)
{
    return plan->nodes[at].op != PLAN_FIGURE && plan_may_assume(plan, at);
}

struct slice
answer_member(const struct session *session, uint32_t dimension,
              uint32_t member)
{
    enum name_class class =
        dimension == spread_dimension(SPREAD_ACTOR)    ? CLASS_ACTOR
        : dimension == spread_dimension(SPREAD_SOURCE) ? CLASS_SOURCE
                                                       : CLASS_MEMBER;
    return member ? vocabulary_name(session->vocabulary, class, member)
                  : SLICE("");
}

static void
text_value(struct session *session, const struct type *type, double number,
           struct result_value *value)
{
    value->text = type->dimension ? answer_member(session, type->dimension,
                                                  (uint32_t)number)
                                  : atoms_text(&session->atoms, (atom)number);
}

/* How a number is told of which only bounds are known. */
static void
relate_bounds(struct result_value *value)
{
    if (value->relation == RELATION_EQUAL) {
        value->relation = isinf(value->bounds.high)  ? RELATION_AT_LEAST
                          : isinf(value->bounds.low) ? RELATION_AT_MOST
                                                     : RELATION_BETWEEN;
    }
}

bool
answer_part(const struct plan *plan, const struct figure *figure, size_t at,
            const struct type *type, struct result_value *value)
{
    *value = (struct result_value){.type = VALUE_NUMBER,
                                   .place = PLACE_NONE,
                                   .number = figure->values[at]};
    figure_value(plan, figure, at, type, value);
    if (isnan(value->number)) {
        relate_bounds(value);
    }
    return !isnan(value->number) || value->has_bounds;
}

bool
answer_is_fiscal(const struct plan *plan)
{
    bool fiscal = false;
    for (size_t i = 0; i < plan->figure_count; i++) {
        const struct metric *metric =
            &store_vocabulary(plan->store)->metrics[plan->figures[i]->metric];
        if (!metric->calendar) {
            return false;
        }
        fiscal = true;
    }
    return fiscal;
}

void
answer_value(struct session *session, const struct plan *plan, uint32_t at,
             size_t period, size_t line, struct result_value *value)
{
    const struct plan_node *node = &plan->nodes[at];
    struct cell cell = plan_cell(plan, at, period, line);
    *value = (struct result_value){
        .type = node->type.class,
        .basis = BASIS_COMPUTED,
        .end = node->op == PLAN_LOW    ? END_LOW
               : node->op == PLAN_HIGH ? END_HIGH
                                       : END_NONE,
        .place = node->op == PLAN_RANK ? 0 : PLACE_NONE,
        .number = cell.value,
        .bounds = {cell.low, cell.high},
        .has_bounds = !isnan(cell.low) && !isnan(cell.high),
    };
    size_t own = node->op == PLAN_FIGURE ? figure_cell(plan, node, period, line)
                                         : SIZE_MAX;
    if (own != SIZE_MAX) {
        figure_value(plan, plan->figures[node->figure], own, &node->type,
                     value);
    } else if (plan_assumes(plan, at, period, line)) {
        value->basis = BASIS_ASSUMED;
    }
    if (isnan(cell.value)) {
        bool bounded = node->type.class == VALUE_NUMBER && value->has_bounds;
        if (!bounded) {
            struct buffer reason = {0};
            plan_reason(plan, at, period, line, &reason);
            value->type = VALUE_UNKNOWN;
            value->reason = reason.len ? arena_copy(&session->scratch,
                                                    reason.text, reason.len)
                                       : NULL;
            buffer_free(&reason);
        } else {
            relate_bounds(value);
        }
        return;
    }
    switch (node->type.class) {
    case VALUE_TRUTH:
        value->truth = cell.value != 0;
        break;
    case VALUE_TEXT:
        text_value(session, &node->type, cell.value, value);
        break;
    case VALUE_PERIOD:
        value->fiscal = !node->type.dimension && answer_is_fiscal(plan);
        value->period = (struct period){
            node->type.dimension ? (enum frequency)node->type.dimension
                                 : plan->frequency,
            (int32_t)cell.value};
        break;
    case VALUE_DATE:
        value->day = (day_number)cell.value;
        break;
    case VALUE_NUMBER:
    case VALUE_UNKNOWN:
        break;
    }
}
