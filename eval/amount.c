/* How an amount is kept in a fact: digits in the unit of its line, and the form
 * in which they were said. */
#include "eval/fact_text.h"
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

/* The unit of a line that has none yet: that of its first amount. */
static bool
settle_unit(struct session *session, const struct node *node,
            struct metric *metric, const struct amount *amount)
{
    unit_id said = amount->unit ? amount->unit : amount->type.unit;
    if (said == 0 || amount->type.bare || amount->type.percent) {
        struct diagnostic *record = diagnostics_add(
            session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_UNIT_MISMATCH,
            node->span, "the first figure of this line needs its unit");
        diagnostics_help(
            session->diagnostics, record, "each has its own %s: write 1300 KRW",
            scope_chars(session,
                        session->vocabulary->units.items[metric->unit].name));
        return false;
    }
    metric->unit = said;
    return true;
}

/* The power of ten between what AMOUNT is written in and UNIT; false where the
 * two differ by something else. */
static bool
unit_shift(const struct session *session, const struct metric *metric,
           const struct amount *amount, int *shift)
{
    const struct unit *items = session->vocabulary->units.items;
    const struct unit *unit = &items[metric->unit];
    if (amount->type.bare) { /* it takes the unit, and the scale without one */
        *shift = amount->scale ? 0 : metric->scale;
        return true;
    }
    if (amount->type.percent) {
        *shift = -unit->exponent;
        return unit->is_power;
    }
    bool powers = items[amount->unit].is_power && unit->is_power;
    *shift = powers ? amount->unit_exponent - unit->exponent : 0;
    return powers || amount->unit == metric->unit;
}

static bool
is_compatible(const struct amount *amount, const struct unit *unit)
{
    if (amount->type.bare) {
        return true;
    }
    if (amount->type.percent) {
        return !unit->measure && unit->role != UNIT_POINT;
    }
    return amount->type.measure == unit->measure &&
           (amount->type.role == UNIT_POINT) == (unit->role == UNIT_POINT) &&
           !(amount->type.role == UNIT_RATE && unit->role != UNIT_RATE);
}

/* Of a literal that is longer than is kept the first fifteen digits are: as
 * many as a number that was computed has. */
static struct decimal
first_digits(struct decimal decimal)
{
    const int64_t limit = INT64_C(1000000000000000);
    int64_t sign = decimal.coefficient < 0 ? -1 : 1;
    int64_t digits = decimal.coefficient * sign;
    while (digits >= limit) {
        bool up = digits % 10 >= 5 && digits / 10 < limit;
        digits = digits / 10 + up;
        decimal.exponent++;
    }
    while (digits && digits % 10 == 0) {
        digits /= 10;
        decimal.exponent++;
    }
    return (struct decimal){digits * sign, decimal.exponent};
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
    int shift = 0;
    if (metric->unit_open && (has_unit || first_share)) {
        unit_id said = amount->unit ? amount->unit : amount->type.unit;
        fix_unit(session, metric,
                 has_unit
                     ? said
                     : scope_find_unit(
                           session, atoms_intern(&session->atoms, SLICE("%"))));
    }
    if (units->items[metric->unit].role == UNIT_FOLLOWS &&
        !settle_unit(session, node, metric, amount)) {
        return false;
    }
    const struct unit *unit = &units->items[metric->unit];
    if (!is_compatible(amount, unit)) {
        return mismatch(session, node, &amount->type, metric);
    }
    bool shifts = unit_shift(session, metric, amount, &shift);
    bool digits = shifts && (amount->exact || amount->literal);
    *exact = shifts && amount->exact;
    *decimal = *exact ? amount->decimal
               : digits
                   ? first_digits(amount->decimal)
                   : nearest_decimal(amount->value /
                                     (amount->type.bare ? 1 : unit->factor));
    shift = digits || amount->type.bare ? shift : 0;
    int exponent = decimal->exponent + shift;
    decimal->exponent = (int16_t)exponent;
    return (exponent <= AMOUNT_EXPONENT_MAX &&
            exponent >= -AMOUNT_EXPONENT_MAX) ||
           scope_fail(session, node, DIAGNOSTIC_NUMBER_RANGE,
                      "this amount is beyond what can be kept", NULL);
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

/* Appends a part of a statement as it was written. */
static void
add_written(struct session *session, const struct node *node,
            struct buffer *text)
{
    print_expression(text, scope_settle(session, node), &session->atoms,
                     &session->sources);
}

/* An amount that is longer than a fact holds, or in another unit: its digits as
 * they were written, and the unit as it is written of every fact. */
static void
add_long(struct session *session, const struct node *level,
         const struct metric *metric, const struct amount *amount,
         struct buffer *text)
{
    const struct node *at = scope_settle(session, level);
    struct buffer before = {0};
    bool bare = amount->type.bare && metric->scale == 0;
    if (at->kind == NODE_HEDGE) {
        buffer_format(&before, "%s ", node_op_text((enum node_op)at->op));
        at = at->kid[0];
    }
    if (at->kind == NODE_UNARY) {
        buffer_add_char(&before, '-');
        at = at->kid[0];
    }
    const struct node *number = at->kind == NODE_QUANTITY ? at->kid[0]
                                : at->kind == NODE_FIGURE ? at->kid[1]
                                                          : at;
    bool plain = amount->literal && number && number->kind == NODE_NUMBER &&
                 !number->value.name;
    if (plain) {
        buffer_add_slice(text, buffer_slice(&before));
        print_expression(text, number, &session->atoms, &session->sources);
        fact_print_unit(session, bare ? metric->unit : amount->unit, text);
    } else {
        add_written(session, level, text);
    }
    buffer_free(&before);
}

/* Keeps what a row cannot say as it is to be written again. */
static void
keep_written(struct session *session, struct buffer *text,
             struct fact_detail *detail)
{
    detail->written = arena_copy(&session->scratch, text->text, text->len);
    buffer_free(text);
}

/* DECIMAL as a number of FACTOR base units. */
static struct decimal
base_decimal(const struct unit *unit, struct decimal decimal, double *factor)
{
    *factor = unit->is_power ? 1 : unit->factor;
    decimal.exponent =
        (int16_t)(decimal.exponent + (unit->is_power ? unit->exponent : 0));
    return decimal;
}

static double
base_value(struct session *session, const struct metric *metric,
           struct decimal decimal)
{
    double factor;
    decimal = base_decimal(&session->vocabulary->units.items[metric->unit],
                           decimal, &factor);
    return decimal_double(decimal) * factor;
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

/* What stands behind +-. */
struct half {
    const struct node *node;
    bool relative;        /* a share of the figure */
    struct decimal width; /* in the figure's unit */
    bool exact;           /* ... in just these digits */
};

/* A share is one of the figure, when that is none; a bare half without a scale
 * takes that of the figure: 650B +- 5 means five billion. */
static bool
state_half(struct session *session, struct metric *metric,
           const struct amount *amount, struct decimal middle,
           struct half *half)
{
    struct amount said;
    if (!constant(session, half->node, &said)) {
        return false;
    }
    if (said.value < 0) {
        return scope_fail(session, half->node, DIAGNOSTIC_NOT_A_VALUE,
                          "what stands behind +- is not below zero",
                          "it counts to both sides: 5 +- 1");
    }
    half->relative = said.type.percent && !amount->type.percent;
    if (half->relative) {
        half->width =
            nearest_decimal(fabs(decimal_double(middle)) * said.value);
        return true;
    }
    if (said.type.bare && !said.scale && amount->scale) {
        said.scale = amount->scale;
        said.decimal.exponent = (int16_t)(said.decimal.exponent + said.scale);
        said.value *= decimal_power(said.scale);
    }
    return amount_in_unit(session, half->node, metric, &said, &half->width,
                          &half->exact);
}

/* Both parts with their unit; what is no literal stays as it was written.  A
 * share of a share is told from points by the figure, which then has no
 * sign of per cent. */
static void
write_wide(struct session *session, const struct node *level,
           const struct metric *metric, struct decimal middle, bool exact,
           const struct half *half, struct buffer *text)
{
    if (!exact || !(half->exact || half->relative)) {
        add_written(session, level, text);
        return;
    }
    const struct unit *unit = &session->vocabulary->units.items[metric->unit];
    struct metric bare = *metric;
    bool share = slice_is(atoms_text(&session->atoms, unit->name), "%");
    bare.unit = share && half->relative ? 0 : metric->unit;
    fact_print_amount(session, &bare, middle, text);
    bool lettered = text->len && strchr("KMBT", text->text[text->len - 1]);
    buffer_add_text(text, " +- ");
    if (half->relative) {
        add_written(session, half->node, text);
    } else {
        fact_print_half(session, metric, half->width, lettered, text);
    }
}

bool
amount_state(struct session *session, const struct node *level,
             struct metric *metric, struct fact *fact,
             struct fact_detail *detail, bool *has_detail)
{
    bool wide = level->kind == NODE_PLUS_MINUS;
    const struct node *inside =
        level->kind == NODE_HEDGE || wide ? level->kid[0] : level;
    struct half half = {.node = wide ? level->kid[1] : NULL};
    struct buffer text = {0};
    struct amount amount;
    struct decimal decimal;
    bool exact;
    if (!constant(session, inside, &amount) ||
        !amount_in_unit(session, inside, metric, &amount, &decimal, &exact) ||
        (wide && !state_half(session, metric, &amount, decimal, &half))) {
        return false;
    }
    fact->coefficient = decimal.coefficient;
    fact->exponent = decimal.exponent;
    fact->form |= hedge_form(level);
    if (wide) {
        const struct unit *unit =
            &session->vocabulary->units.items[metric->unit];
        double factor;
        struct decimal middle = base_decimal(unit, decimal, &factor);
        fact->form |= FORM_WIDE;
        detail->bounds = interval_around(
            middle, base_decimal(unit, half.width, &factor), factor);
        write_wide(session, level, metric, decimal, exact, &half, &text);
    } else if (!exact) {
        add_long(session, level, metric, &amount, &text);
    }
    if (text.text) {
        keep_written(session, &text, detail);
        *has_detail = true;
    }
    return true;
}

/* One end of a range; NULL is an open one. */
struct range_end {
    const struct node *node;
    double value;
    struct decimal decimal;
    bool exact;
};

static bool
state_end(struct session *session, struct metric *metric, struct range_end *end)
{
    struct amount amount;
    if (!end->node) {
        return true;
    }
    if (!constant(session, end->node, &amount) ||
        !amount_in_unit(session, end->node, metric, &amount, &end->decimal,
                        &end->exact)) {
        return false;
    }
    end->value = base_value(session, metric, end->decimal);
    return true;
}

/* A range is one token, or an expression on each side of the dots. */
static void
find_ends(struct session *session, const struct node *range,
          struct range_end *ends)
{
    ends[0] = (struct range_end){.value = -INFINITY};
    ends[1] = (struct range_end){.value = INFINITY};
    for (int end = 0; end < 2; end++) {
        ends[end].node = range->kid_count > end ? range->kid[end] : NULL;
        if (range->kid[0]->kind != NODE_RANGE) {
            continue;
        }
        const struct literal_range *literal = range->kid[0]->value.range;
        ends[end].node = NULL;
        if (literal->kinds[end] != LITERAL_NONE) {
            struct node *number =
                arena_alloc(&session->scratch, sizeof *number);
            number->kind = literal->kinds[end] == LITERAL_NUMBER ? NODE_NUMBER
                                                                 : NODE_PERIOD;
            number->span = range->kid[0]->span;
            number->value = literal->ends[end];
            ends[end].node = number;
        }
    }
}

/* Both ends with their unit; a range that is open or has an end that is no
 * literal stays as it was written. */
static void
write_range(struct session *session, const struct node *range,
            const struct metric *metric, const struct range_end *ends,
            struct fact_detail *detail)
{
    struct buffer text = {0};
    if (ends[0].exact && ends[1].exact) {
        buffer_add_text(&text, "in ");
        fact_print_amount(session, metric, ends[0].decimal, &text);
        buffer_add_text(&text, " .. ");
        fact_print_amount(session, metric, ends[1].decimal, &text);
    } else {
        add_written(session, range, &text);
    }
    keep_written(session, &text, detail);
}

/* A range that is open at one end says what a bound says: `in 5..` is >= 5. */
static bool
is_bound(const struct range_end *ends, struct fact *fact)
{
    bool at_least = ends[0].node && !ends[1].node;
    const struct range_end *end = at_least ? &ends[0] : &ends[1];
    if ((ends[0].node && ends[1].node) || !end->node || !end->exact) {
        return false;
    }
    fact->form |= at_least ? FORM_AT_LEAST : FORM_AT_MOST;
    fact->coefficient = end->decimal.coefficient;
    fact->exponent = end->decimal.exponent;
    return true;
}

bool
amount_range(struct session *session, const struct node *range,
             struct metric *metric, struct fact *fact,
             struct fact_detail *detail)
{
    struct range_end ends[2];
    find_ends(session, range, ends);
    if (!state_end(session, metric, &ends[0]) ||
        !state_end(session, metric, &ends[1])) {
        return false;
    }
    if (is_bound(ends, fact)) {
        return true;
    }
    fact->form |= FORM_AT_LEAST | FORM_AT_MOST | FORM_WIDE;
    detail->bounds = (struct interval){ends[0].value, ends[1].value};
    if (detail->bounds.low > detail->bounds.high) {
        diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                        DIAGNOSTIC_NOT_A_VALUE, range->span,
                        "this range ends before it begins");
        return false;
    }
    write_range(session, range, metric, ends, detail);
    return true;
}
