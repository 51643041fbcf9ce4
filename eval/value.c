/* Constants: amounts with units, periods, dates. */
#include "eval/scope.h"
#include "parser/print.h"
#include "values/number.h"

static const struct type number_type = {
    .class = VALUE_NUMBER, .scale = -1, .bare = true};

static void
amount_of_literal(const struct node *node, struct amount *amount)
{
    struct literal literal = node->value;
    *amount = (struct amount){
        .decimal = literal_decimal(literal),
        .exact = !(literal.flags & LITERAL_LONG),
        .literal = true,
        .type = number_type,
        .scale = (uint8_t)literal_scale(literal),
    };
    amount->value = decimal_double(amount->decimal);
    amount->type.unscaled =
        !literal.scale && !(literal.flags & LITERAL_SCIENTIFIC);
    if (literal.flags & LITERAL_PERCENT) {
        amount->type.bare = amount->type.unscaled = false;
        amount->type.percent = true;
    }
}

/* Multiplies an amount by one of UNIT. */
static void
apply_unit(struct session *session, struct amount *amount, unit_id id)
{
    amount->type.unscaled = false;
    const struct unit *unit = &session->vocabulary->units.items[id];
    amount->unit = id;
    amount->type.unit = id;
    amount->type.measure = unit->measure;
    amount->type.role = unit->role;
    amount->type.bare = false;
    amount->unit_exponent = unit->is_power ? unit->exponent : 0;
    if (unit->is_power && amount->exact) {
        struct decimal shifted = amount->decimal;
        shifted.exponent = (int16_t)(shifted.exponent + unit->exponent);
        amount->value = decimal_double(shifted);
    } else {
        amount->value *= unit->factor;
    }
}

static bool
unit_by_name(struct session *session, const struct node *name, bool silent,
             unit_id *id)
{
    *id = scope_find_unit(session, name->value.name);
    if (*id == INDEX_NONE && !silent) {
        scope_unknown(session, DIAGNOSTIC_UNKNOWN_UNIT, CLASS_COUNT - 1, "unit",
                      name);
    }
    return *id != INDEX_NONE;
}

/* A number may carry a currency symbol: $685B. */
static bool
number_amount(struct session *session, const struct node *node, bool silent,
              struct amount *amount)
{
    amount_of_literal(node, amount);
    if (!node->value.name) {
        return true;
    }
    struct units *units = &session->vocabulary->units;
    unit_id id = units_find_symbol(units, node->value.name);
    if (id == INDEX_NONE &&
        library_declare(session, "unit", node->value.name)) {
        id = units_find_symbol(units, node->value.name);
    }
    if (id == INDEX_NONE) {
        if (!silent) {
            diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                            DIAGNOSTIC_UNKNOWN_UNIT, node->span,
                            "no unit has the symbol %s",
                            scope_chars(session, node->value.name));
        }
        return false;
    }
    apply_unit(session, amount, id);
    return true;
}

/* `2000 USD`, `USD` and `B USD` parse as figures; only names tell. */
static bool
figure_amount(struct session *session, const struct node *node, bool silent,
              struct amount *amount)
{
    const struct node *kind = node->kid[0];
    const struct node *when = node->kid[1];
    const struct node *name = node->kid[2];
    unit_id id;
    if (!name || node->kid[3]) {
        return false;
    }
    int scale =
        kind && !when
            ? literal_scale_word(atoms_text(&session->atoms, kind->value.name))
            : 0;
    if (kind && !when && !scale && !silent &&
        literal_is_scale(atoms_text(&session->atoms, kind->value.name))) {
        return scope_fail(session, kind, DIAGNOSTIC_UNKNOWN_UNIT,
                          "figures are not shown in this scale",
                          "numbers may be written with it; figures are shown "
                          "in K, M, B or T");
    }
    bool counted = when && !kind && when->kind == NODE_NUMBER;
    if ((kind && !scale) || (when && !counted) ||
        !unit_by_name(session, name, silent || counted || scale == 0, &id)) {
        return false;
    }
    if (counted) {
        amount_of_literal(when, amount);
    } else {
        *amount = (struct amount){.decimal = {1, (int16_t)scale},
                                  .exact = true,
                                  .type = number_type,
                                  .scale = (uint8_t)scale};
        amount->value = decimal_double(amount->decimal);
    }
    apply_unit(session, amount, id);
    amount->literal = counted;
    return true;
}

static bool
refuse(struct session *session, const struct node *node, bool silent,
       enum diagnostic_code code, const char *message)
{
    return silent ? false : scope_fail(session, node, code, message, NULL);
}

static bool
binary_amount(struct session *session, const struct node *node, bool silent,
              struct amount *amount)
{
    struct units *units = &session->vocabulary->units;
    struct amount left;
    struct amount right;
    if (node->op < OP_ADD || node->op > OP_POWER || node->op == OP_NEGATE ||
        !value_amount(session, node->kid[0], silent, &left) ||
        !value_amount(session, node->kid[1], silent, &right)) {
        return false;
    }
    *amount = (struct amount){.type = number_type};
    amount->type.bare = left.type.bare && right.type.bare;
    amount->type.measure = left.type.measure;
    amount->type.unit = left.type.unit;
    amount->type.role = left.type.role;
    amount->type.percent = left.type.percent && right.type.percent;
    switch (node->op) {
    case OP_ADD:
    case OP_SUBTRACT:
        if (left.type.measure != right.type.measure ||
            left.type.role != right.type.role) {
            return refuse(session, node, silent, DIAGNOSTIC_UNIT_MISMATCH,
                          "amounts of different units cannot be "
                          "added");
        }
        amount->value = number_add(
            left.value, node->op == OP_ADD ? right.value : -right.value);
        return true;
    case OP_MULTIPLY:
        amount->value = left.value * right.value;
        amount->type.measure =
            units_multiply(units, left.type.measure, right.type.measure);
        amount->type.unit = left.type.measure    ? left.type.unit
                            : right.type.measure ? right.type.unit
                                                 : 0;
        if (left.type.measure && right.type.measure) {
            amount->type.unit = 0;
        }
        amount->type.role = left.type.role ? left.type.role : right.type.role;
        break;
    case OP_DIVIDE:
        if (right.value == 0) {
            return refuse(session, node, silent, DIAGNOSTIC_NOT_A_VALUE,
                          "this divides by zero");
        }
        amount->value = left.value / right.value;
        amount->type.measure =
            units_divide(units, left.type.measure, right.type.measure);
        amount->type.unit = right.type.measure ? 0 : left.type.unit;
        break;
    default:
        if (right.type.measure || right.value != floor(right.value) ||
            fabs(right.value) > MEASURE_POWER_MAX) {
            if (left.type.measure || right.type.measure) {
                return refuse(session, node, silent, DIAGNOSTIC_UNIT_MISMATCH,
                              "a power of an amount must be a small "
                              "whole number");
            }
        }
        amount->value = pow(left.value, right.value);
        amount->type.measure =
            left.type.measure
                ? units_power(units, left.type.measure, (int)right.value)
                : 0;
        amount->type.unit = 0;
        break;
    }
    if (amount->type.measure == MEASURE_NONE || !isfinite(amount->value)) {
        return refuse(session, node, silent, DIAGNOSTIC_NUMBER_RANGE,
                      "this amount is beyond what can be kept");
    }
    return true;
}

bool
value_amount(struct session *session, const struct node *node, bool silent,
             struct amount *amount)
{
    if (node->kind == NODE_PARAM) {
        const struct node *value = scope_parameter(session, node);
        return value && value->kind != NODE_PARAM &&
               value_amount(session, value, silent, amount);
    }
    if (node->kind == NODE_NUMBER) {
        return number_amount(session, node, silent, amount);
    }
    if (node->kind == NODE_QUANTITY) {
        unit_id id;
        if (!number_amount(session, node->kid[0], silent, amount) ||
            !unit_by_name(session, node->kid[1], silent, &id)) {
            return false;
        }
        apply_unit(session, amount, id);
        return true;
    }
    if (node->kind == NODE_PERCENT) {
        *amount = (struct amount){
            .decimal = {1, 0}, .exact = true, .type = number_type};
        amount->value = 1;
        apply_unit(session, amount,
                   scope_find_unit(session,
                                   atoms_intern(&session->atoms, SLICE("%"))));
        return true;
    }
    if (node->kind == NODE_FIGURE) {
        return figure_amount(session, node, silent, amount);
    }
    if (node->kind == NODE_UNARY && node->op == OP_NEGATE) {
        if (!value_amount(session, node->kid[0], silent, amount)) {
            return false;
        }
        amount->value = -amount->value;
        amount->decimal.coefficient = -amount->decimal.coefficient;
        return true;
    }
    if (node->kind == NODE_BINARY) {
        return binary_amount(session, node, silent, amount);
    }
    return false;
}

bool
value_is_constant(struct session *session, const struct node *node)
{
    struct amount amount;
    return value_amount(session, node, true, &amount);
}

void
value_name_compound(struct session *session, const struct node *node,
                    struct buffer *name)
{
    struct buffer written = {0};
    print_expression(&written, node, &session->atoms, &session->sources);
    for (size_t i = 0; i < written.len; i++) { /* USD/person, without blanks */
        bool by_sign = written.text[i] == ' ' &&
                       (strchr("*/", written.text[i + 1]) ||
                        (i && strchr("*/", written.text[i - 1])));
        if (!by_sign) {
            buffer_add_char(name, written.text[i]);
        }
    }
    buffer_free(&written);
}

/* A compound unit gets a name of its own, so that it can be shown and kept. */
static unit_id
compound_unit(struct session *session, const struct node *node,
              const struct amount *amount)
{
    struct units *units = &session->vocabulary->units;
    struct buffer name = {0};
    if (amount->type.measure || amount->value != 1) {
        value_name_compound(session, node, &name);
    }
    if (name.len == 0) {
        buffer_free(&name);
        return 0;
    }
    atom text = atoms_intern(&session->atoms, buffer_slice(&name));
    buffer_free(&name);
    unit_id id = units_find(units, text);
    if (id == INDEX_NONE) {
        struct unit unit = {.name = text,
                            .factor = amount->value,
                            .measure = amount->type.measure};
        id = units_add(units, &unit, 0);
    }
    return id;
}

bool
value_unit(struct session *session, const struct node *node, struct type *type,
           double *factor)
{
    struct amount amount;
    /* A scale alone: `to B`. */
    const struct node *name = node->kind == NODE_FIGURE ? node->kid[2] : NULL;
    int scale =
        name && !node->kid[0] && !node->kid[1] && !node->kid[3]
            ? literal_scale_word(atoms_text(&session->atoms, name->value.name))
            : 0;
    *type = number_type;
    type->bare = false;
    if (scale && scope_find_unit(session, name->value.name) == INDEX_NONE) {
        type->scale = scale;
        *factor = decimal_power(scale);
        return true;
    }
    size_t before = session->diagnostics->error_count;
    if (!value_amount(session, node, false, &amount)) {
        if (session->diagnostics->error_count == before && name &&
            !node->kid[1] && !node->kid[3]) {
            scope_unknown(session, DIAGNOSTIC_UNKNOWN_UNIT, CLASS_COUNT - 1,
                          "unit", name);
        } else if (session->diagnostics->error_count == before) {
            return scope_fail(session, node, DIAGNOSTIC_UNKNOWN_UNIT,
                              "a unit is wanted here", NULL);
        }
        return false;
    }
    type->measure = amount.type.measure;
    type->role = amount.type.role;
    type->unit = amount.unit;
    type->scale = amount.scale && amount.scale % 3 == 0 ? amount.scale : -1;
    if (!amount.unit || amount.literal) {
        amount.scale = 0;
        type->scale = -1;
        type->unit = compound_unit(session, node, &amount);
    }
    *factor = session->vocabulary->units.items[type->unit].factor *
              decimal_power(amount.scale);
    return true;
}

void
value_print_type(struct session *session, const struct type *type,
                 struct buffer *text)
{
    switch (type->class) {
    case VALUE_NUMBER:
        break;
    case VALUE_TRUTH:
        buffer_add_text(text, "a truth value");
        return;
    case VALUE_TEXT:
        buffer_add_text(text, "a text");
        return;
    case VALUE_PERIOD:
        buffer_add_text(text, "a period");
        return;
    case VALUE_DATE:
        buffer_add_text(text, "a date");
        return;
    case VALUE_UNKNOWN:
        buffer_add_text(text, "unknown");
        return;
    }
    if (type->role == UNIT_RATE) {
        buffer_add_text(text, "a rate in %");
    } else if (type->role == UNIT_POINT) {
        buffer_add_text(text, "a difference of rates in pp");
    } else if (type->measure == 0) {
        buffer_add_text(text, type->percent ? "a share" : "a plain number");
    } else if (type->unit) {
        buffer_add_slice(
            text,
            atoms_text(&session->atoms,
                       session->vocabulary->units.items[type->unit].name));
    } else {
        units_print_measure(text, &session->vocabulary->units, type->measure,
                            &session->atoms);
    }
}

static bool
year_of_literal(struct literal literal, struct period *period)
{
    int64_t first = literal.flags & LITERAL_PADDED ? YEAR_MIN : 1000;
    if (!(literal.flags & LITERAL_INTEGER) || literal.coefficient < first ||
        literal.coefficient > YEAR_MAX) {
        return false;
    }
    *period = (struct period){FREQUENCY_A, (int32_t)literal.coefficient};
    return true;
}

bool
value_period(struct session *session, const struct node *node,
             struct period *period, bool *fiscal)
{
    const struct node *value = scope_parameter(session, node);
    *fiscal = false;
    if (!value) {
        return false;
    }
    switch (value->kind) {
    case NODE_NUMBER:
        if (year_of_literal(value->value, period)) {
            return true;
        }
        if (value->value.flags & LITERAL_INTEGER) {
            struct diagnostic *record = diagnostics_add(
                session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_BAD_PERIOD,
                node->span, "a year has four digits");
            if (value->value.coefficient < 100) {
                diagnostics_help(session->diagnostics, record,
                                 "write 20%02lld or 19%02lld",
                                 (long long)value->value.coefficient,
                                 (long long)value->value.coefficient);
            }
            return false;
        }
        break;
    case NODE_PERIOD:
        *period = literal_period(value->value);
        *fiscal = value->value.flags & LITERAL_FISCAL;
        return true;
    case NODE_DATE:
        *period = (struct period){FREQUENCY_D, value->value.ordinal};
        return true;
    default:
        break;
    }
    return scope_fail(session, node, DIAGNOSTIC_BAD_PERIOD,
                      "a period is wanted here", NULL);
}

static bool
range_end(enum literal_kind kind, struct literal literal, struct period *period)
{
    switch (kind) {
    case LITERAL_NUMBER:
        return year_of_literal(literal, period);
    case LITERAL_PERIOD:
        *period = literal_period(literal);
        return true;
    case LITERAL_DATE:
        *period = (struct period){FREQUENCY_D, literal.ordinal};
        return true;
    case LITERAL_NONE:
        break;
    }
    return false;
}

static bool
span_of_ends(struct session *session, const struct node *node,
             const struct period *first, const struct period *last,
             struct period_range *range)
{
    const struct period *known = first ? first : last;
    if (first && last && first->frequency != last->frequency) {
        return scope_fail(session, node, DIAGNOSTIC_FREQUENCY_MISMATCH,
                          "the two ends of this range have different "
                          "frequencies",
                          NULL);
    }
    *range = (struct period_range){known->frequency,
                                   first ? first->ordinal : INT32_MIN,
                                   last ? last->ordinal : INT32_MAX, false};
    if (range->first > range->last) {
        return scope_fail(session, node, DIAGNOSTIC_BAD_PERIOD,
                          "this range ends before it begins", NULL);
    }
    return true;
}

bool
value_span(struct session *session, const struct node *node,
           struct period_range *range)
{
    const struct node *value = scope_parameter(session, node);
    struct period ends[2];
    const struct period *known[2] = {NULL, NULL};
    bool is_fiscal = false;
    bool fiscal;
    if (!value) {
        return false;
    }
    if (value->kind == NODE_RANGE) {
        const struct literal_range *literal = value->value.range;
        for (int end = 0; end < 2; end++) {
            if (range_end(literal->kinds[end], literal->ends[end],
                          &ends[end])) {
                known[end] = &ends[end];
                is_fiscal =
                    is_fiscal || (literal->kinds[end] == LITERAL_PERIOD &&
                                  literal->ends[end].flags & LITERAL_FISCAL);
            } else if (literal->kinds[end] != LITERAL_NONE) {
                return scope_fail(session, node, DIAGNOSTIC_BAD_PERIOD,
                                  "a range of periods is wanted here", NULL);
            }
        }
    } else if (value->kind == NODE_BETWEEN) {
        for (int end = 0; end < 2; end++) {
            const struct node *kid = value->kid[end];
            if (kid && !value_period(session, kid, &ends[end], &fiscal)) {
                return false;
            }
            known[end] = kid ? &ends[end] : NULL;
            is_fiscal = is_fiscal || (kid && fiscal);
        }
    } else {
        if (!value_period(session, value, &ends[0], &fiscal)) {
            return false;
        }
        known[0] = known[1] = &ends[0];
        is_fiscal = fiscal;
    }
    if (!span_of_ends(session, node, known[0], known[1], range)) {
        return false;
    }
    range->fiscal = is_fiscal;
    return true;
}

bool
value_date(struct session *session, const struct node *node, day_number *day,
           bool *before)
{
    const struct node *value = scope_parameter(session, node);
    struct period period;
    bool fiscal;
    *before = false;
    if (!value) {
        return false;
    }
    if (value->kind == NODE_RANGE) {
        const struct literal_range *range = value->value.range;
        if (range->kinds[0] == LITERAL_NONE &&
            range_end(range->kinds[1], range->ends[1], &period)) {
            *day = period_first_day(period, &calendar_plain) - 1;
            *before = true;
            return true;
        }
        return scope_fail(session, node, DIAGNOSTIC_BAD_DATE,
                          "a date is wanted here: 2023-10-05, or ..2023-10-05 "
                          "for before that day",
                          NULL);
    }
    if (!value_period(session, value, &period, &fiscal)) {
        return false;
    }
    *day = period_last_day(period, &calendar_plain);
    return true;
}
