/* How an amount is kept in a fact: digits in the unit of its line, and the form
 * in which they were said. */
#include "eval/scope.h"
#include "parser/print.h"
#include "values/number.h"

#include <stdio.h>
#include <stdlib.h>

static bool
mismatch(struct session *session, const struct node *node,
         const struct type *said, const struct metric *metric)
{
    struct buffer text = {0};
    const struct unit *unit = &session->vocabulary->units.items[metric->unit];
    value_print_type(session, said, &text);
    struct diagnostic *record = diagnostics_add(
        session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_UNIT_MISMATCH,
        node->span, "this is %s, and the metric is in %s", text.text,
        metric->unit ? scope_chars(session, unit->name) : "plain numbers");
    if (said->percent && unit->role == UNIT_POINT) {
        diagnostics_help(session->diagnostics, record,
                         "a difference of rates is written in pp: 0.3 pp");
    } else if (said->role == UNIT_POINT) {
        diagnostics_help(session->diagnostics, record,
                         "a level of a rate is written with %%: 4.5%%");
    }
    buffer_free(&text);
    return false;
}

/* The first unit said fixes that of a metric that was declared without. */
static void
fix_unit(struct session *session, struct metric *metric, unit_id unit)
{
    struct vocabulary *vocabulary = session->vocabulary;
    uint32_t id = (uint32_t)(metric - vocabulary->metrics);
    vocabulary_change_metric(vocabulary, id);
    metric->unit = unit;
    metric->unit_open = 0;
    for (size_t line = 1; line < vocabulary->line_count; line++) {
        if (vocabulary->lines[line].metric == id) {
            vocabulary->lines[line].unit = unit;
        }
    }
}

/* The nearest decimal of 15 digits. */
static struct decimal
nearest_decimal(double value)
{
    char text[40];
    snprintf(text, sizeof text, "%.14e", value);
    char *mark = strchr(text, 'e');
    int64_t coefficient = 0;
    int exponent = mark ? atoi(mark + 1) - 14 : 0;
    for (char *c = text; c < mark; c++) {
        if (*c >= '0' && *c <= '9') {
            coefficient = coefficient * 10 + (*c - '0');
        }
    }
    while (coefficient && coefficient % 10 == 0) {
        coefficient /= 10;
        exponent++;
    }
    return (struct decimal){value < 0 ? -coefficient : coefficient,
                            (int16_t)(coefficient ? exponent : 0)};
}

bool
amount_in_unit(struct session *session, const struct node *node,
               struct metric *metric, const struct amount *amount,
               struct decimal *decimal, bool *exact)
{
    const struct units *units = &session->vocabulary->units;
    bool has_unit = !amount->type.bare && !amount->type.percent;
    bool first_share =
        amount->type.percent && metric->unit_open == UNIT_OPEN_FACTS;
    if (metric->unit_open && (has_unit || first_share)) {
        fix_unit(session, metric,
                 has_unit
                     ? amount->unit
                     : scope_find_unit(
                           session, atoms_intern(&session->atoms, SLICE("%"))));
    }
    if (units->items[metric->unit].role == UNIT_FOLLOWS) {
        if (!has_unit) {
            struct diagnostic *record = diagnostics_add(
                session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_UNIT_MISMATCH,
                node->span, "the first figure of this line needs its unit");
            diagnostics_help(
                session->diagnostics, record,
                "each has its own %s: write 1300 KRW",
                scope_chars(session, units->items[metric->unit].name));
            return false;
        }
        metric->unit = amount->unit; /* of the line that is stated */
    }
    const struct unit *unit = &units->items[metric->unit];
    int shift = 0;
    *exact = amount->exact;
    *decimal = amount->decimal;
    if (amount->type.bare) {
        shift = amount->scale ? 0 : metric->scale;
    } else if (amount->type.percent) {
        if (unit->measure || unit->role == UNIT_POINT) {
            return mismatch(session, node, &amount->type, metric);
        }
        shift = unit->role == UNIT_RATE ? 2 : 0;
    } else if (amount->type.measure != unit->measure ||
               (amount->type.role == UNIT_POINT) !=
                   (unit->role == UNIT_POINT) ||
               (amount->type.role == UNIT_RATE && unit->role != UNIT_RATE)) {
        return mismatch(session, node, &amount->type, metric);
    } else if (amount->exact && unit->is_power) {
        shift = amount->unit_exponent - unit->exponent;
    } else {
        *exact = amount->exact && amount->unit == metric->unit;
    }
    if (amount->exact && (*exact || amount->unit == metric->unit)) {
        decimal->exponent = (int16_t)(decimal->exponent + shift);
    } else {
        double factor = amount->type.bare ? 1 : unit->factor;
        *decimal = nearest_decimal(amount->value / factor);
        decimal->exponent =
            (int16_t)(decimal->exponent + (amount->type.bare ? shift : 0));
    }
    return true;
}

static bool
constant(struct session *session, const struct node *node,
         struct amount *amount)
{
    size_t before = session->diagnostics->error_count;
    if (value_amount(session, node, false, amount)) {
        return true;
    }
    if (session->diagnostics->error_count == before) {
        diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                        DIAGNOSTIC_NOT_CONSTANT, node->span,
                        "a constant amount is wanted here");
    }
    return false;
}

static const char *
written_text(struct session *session, const struct node *node)
{
    struct buffer text = {0};
    print_expression(&text, node, &session->atoms, &session->sources);
    char *copy = arena_copy(&session->scratch, text.text, text.len);
    buffer_free(&text);
    return copy;
}

static double
base_value(struct session *session, const struct metric *metric,
           struct decimal decimal)
{
    const struct unit *unit = &session->vocabulary->units.items[metric->unit];
    if (unit->is_power) {
        decimal.exponent = (int16_t)(decimal.exponent + unit->exponent);
        return decimal_double(decimal);
    }
    return decimal_double(decimal) * unit->factor;
}

static uint16_t
hedge_form(const struct node *level)
{
    switch (level->kind == NODE_HEDGE ? level->op : OP_NONE) {
    case OP_EXACTLY:
        return FORM_EXACT;
    case OP_ABOUT:
        return FORM_ABOUT;
    case OP_OVER:
        return FORM_AT_LEAST | FORM_OVER;
    case OP_NEARLY:
        return FORM_AT_MOST | FORM_NEARLY;
    default:
        return 0;
    }
}

bool
amount_state(struct session *session, const struct node *level,
             struct metric *metric, struct fact *fact,
             struct fact_detail *detail, bool *has_detail)
{
    const struct node *inside =
        level->kind == NODE_HEDGE || level->kind == NODE_PLUS_MINUS
            ? level->kid[0]
            : level;
    struct amount amount;
    struct decimal decimal;
    bool exact;
    if (!constant(session, inside, &amount) ||
        !amount_in_unit(session, inside, metric, &amount, &decimal, &exact)) {
        return false;
    }
    fact->coefficient = decimal.coefficient;
    fact->exponent = decimal.exponent;
    fact->form |= hedge_form(level);
    if (!exact) {
        detail->written = written_text(session, level);
        *has_detail = true;
    }
    if (level->kind == NODE_PLUS_MINUS) {
        struct amount half;
        struct decimal width;
        if (!constant(session, level->kid[1], &half)) {
            return false;
        }
        double middle = base_value(session, metric, decimal);
        double reach;
        if (half.type.percent && !amount.type.percent) {
            reach = fabs(middle) * half.value;
        } else {
            if (half.type.bare && !half.scale && amount.scale) {
                /* 650B +- 5 means five billion. */
                half.scale = amount.scale;
                half.decimal.exponent =
                    (int16_t)(half.decimal.exponent + amount.scale);
                half.value *= decimal_power(amount.scale);
            }
            if (!amount_in_unit(session, level->kid[1], metric, &half, &width,
                                &exact)) {
                return false;
            }
            reach = fabs(base_value(session, metric, width));
        }
        fact->form |= FORM_WIDE;
        detail->bounds = (struct interval){middle - reach, middle + reach};
        *has_detail = true;
    }
    return true;
}

static bool
range_end(struct session *session, const struct node *node,
          struct metric *metric, double *value)
{
    struct amount amount;
    struct decimal decimal;
    bool exact;
    if (!constant(session, node, &amount) ||
        !amount_in_unit(session, node, metric, &amount, &decimal, &exact)) {
        return false;
    }
    *value = base_value(session, metric, decimal);
    return true;
}

bool
amount_range(struct session *session, const struct node *range,
             struct metric *metric, struct fact *fact,
             struct fact_detail *detail)
{
    detail->bounds = interval_all();
    fact->form |= FORM_AT_LEAST | FORM_AT_MOST | FORM_WIDE;
    double *ends[2] = {&detail->bounds.low, &detail->bounds.high};
    for (int end = 0; end < 2; end++) {
        const struct node *node = range->kid[end];
        if (range->kid[0]->kind == NODE_RANGE) {
            const struct literal_range *literal = range->kid[0]->value.range;
            if (literal->kinds[end] == LITERAL_NONE) {
                continue;
            }
            struct node *number =
                arena_alloc(&session->scratch, sizeof *number);
            number->kind = literal->kinds[end] == LITERAL_NUMBER ? NODE_NUMBER
                                                                 : NODE_PERIOD;
            number->span = range->kid[0]->span;
            number->value = literal->ends[end];
            node = number;
        }
        if (node && !range_end(session, node, metric, ends[end])) {
            return false;
        }
    }
    if (detail->bounds.low > detail->bounds.high) {
        diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                        DIAGNOSTIC_NOT_A_VALUE, range->span,
                        "this range ends before it begins");
        return false;
    }
    return true;
}
