/* A value as it stands in a cell, in the unit of its metric. */
#include "eval/import/import.h"

#include "eval/fact_text.h"
#include "parser/print.h"

enum { MARK_MAX = 20 };

bool
value_fits_unit(const struct import *import, const struct metric *metric,
                unit_id line_unit, struct decimal *decimal)
{
    const struct units *units = &import->session->vocabulary->units;
    const struct meaning *unit = &import->row[FIELD_UNIT];
    bool said = unit->known && unit->id != UINT32_MAX;
    int shift = 0;
    if (metric->unit_open || units->items[metric->unit].role == UNIT_FOLLOWS) {
        return false;
    }
    if (!said) {
        shift = metric->scale;
    } else if (unit->id == 0 && unit->extra >= 0) {
        shift = unit->extra;
    } else if (unit->id == line_unit) {
        shift = unit->extra >= 0 ? unit->extra : 0;
    } else {
        const struct unit *from = &units->items[unit->id];
        const struct unit *to = &units->items[line_unit];
        if (!from->is_power || !to->is_power || from->role != to->role ||
            from->measure != to->measure) {
            return false;
        }
        shift = (unit->extra >= 0 ? unit->extra : 0) + from->exponent -
                to->exponent;
    }
    int exponent = decimal->exponent + shift;
    if (exponent > AMOUNT_EXPONENT_MAX || exponent < -AMOUNT_EXPONENT_MAX) {
        return false; /* and is refused like that of a statement */
    }
    decimal->exponent = (int16_t)exponent;
    return true;
}

bool
value_convert(struct import *import, size_t column, struct decimal decimal,
              struct metric *metric, struct fact *fact,
              struct fact_detail *detail, bool *has_detail)
{
    struct session *session = import->session;
    const struct meaning *said = &import->row[FIELD_UNIT];
    bool none = !said->known || said->id == UINT32_MAX;
    unit_id unit_number = none ? 0 : said->id;
    int scale = !none && said->extra > 0 ? said->extra : 0;
    const struct unit *unit = &session->vocabulary->units.items[unit_number];
    decimal.exponent = (int16_t)(decimal.exponent + scale);
    struct amount amount = {
        .value = decimal_double(decimal) * (unit_number ? unit->factor : 1),
        .decimal = decimal,
        .exact = true,
        .literal = unit_number == 0,
        .unit = unit_number,
        .unit_exponent = unit->is_power ? unit->exponent : 0,
        .type = {.class = VALUE_NUMBER,
                 .role = unit->role,
                 .measure = unit->measure,
                 .unit = unit_number,
                 .scale = -1,
                 .bare = unit_number == 0},
        .scale = (uint8_t)scale,
    };
    bool exact;
    size_t messages = session->diagnostics->count;
    if (!amount_in_unit(session, import->statement->kid[0], metric, &amount,
                        &decimal, &exact)) {
        return cell_mistake_from(import, column, messages);
    }
    fact->coefficient = decimal.coefficient;
    fact->exponent = decimal.exponent;
    if (!exact) {
        struct buffer text = {0};
        struct metric said_in = {.unit = unit_number};
        fact_print_amount(session, &said_in, amount.decimal, &text);
        detail->written = arena_copy(&session->scratch, text.text, text.len);
        buffer_free(&text);
        *has_detail = true;
    }
    return true;
}

static void
home_of(const struct import *import, const struct stating *stating,
        struct focus *home)
{
    const struct metric *metric =
        vocabulary_metric(import->session->vocabulary, stating->metric);
    *home = (struct focus){.set = true,
                           .kind = stating->kind,
                           .metric = stating->metric,
                           .has_period =
                               stating->period.frequency != FREQUENCY_ONCE,
                           .period = stating->period};
    for (int i = 0; i < metric->dimension_count; i++) {
        home->members[i] = stating->members[i];
        home->fixed[i] = true;
    }
}

/* A sum or a quotient is a formula: it is said with its sign, `= 2 * x`. In an
 * export from elsewhere `(5)` is minus five, and `1/2/2021` a date. */
static bool
is_said_plainly(const struct node *assertion, struct slice cell)
{
    const struct node *level =
        assertion->kind == NODE_ASSERT ? assertion->kid[0] : NULL;
    if (strchr("=<>", cell.at[0]) || !level) {
        return true;
    }
    if (level->kind == NODE_HEDGE || level->kind == NODE_PLUS_MINUS) {
        level = level->kid[0];
    }
    if (level->kind == NODE_UNARY && level->op == OP_NEGATE) {
        level = level->kid[0];
    }
    /* `3 tonne` could be a figure of the year 3: binding tells. */
    bool number = level->kind == NODE_NUMBER || level->kind == NODE_QUANTITY ||
                  (level->kind == NODE_FIGURE && !level->kid[0] &&
                   level->kid[1] && level->kid[1]->kind == NODE_NUMBER);
    return cell.at[0] != '(' && number;
}

/* The assertion that a cell is; NULL when it is none. */
static const struct node *
parse_value(struct session *session, struct slice cell)
{
    struct buffer text = {0};
    bool sign = strchr("=<>", cell.at[0]) != NULL ||
                (cell.len > 3 && memcmp(cell.at, "in ", 3) == 0);
    size_t messages = session->diagnostics->count;
    buffer_add_text(&text, sign ? "x " : "x = ");
    buffer_add_slice(&text, cell);
    struct source *source =
        sources_add(&session->sources, "a value", buffer_slice(&text));
    buffer_free(&text);
    const struct node *statement =
        source ? parse_statement(&session->atoms, &session->sources, source,
                                 &session->scratch, session->diagnostics)
               : NULL;
    bool fact = statement && statement->kind == NODE_FACT &&
                !statement->kid[2] && session->diagnostics->count == messages;
    return fact && is_said_plainly(statement->kid[1], cell) ? statement->kid[1]
                                                            : NULL;
}

static bool
has_digit(struct slice cell)
{
    size_t at = 0;
    while (at < cell.len && (cell.at[at] < '0' || cell.at[at] > '9')) {
        at++;
    }
    return at < cell.len;
}

/* Is the message from number FIRST on about how a number is written? */
static bool
is_number_slip(const struct session *session, size_t first)
{
    const struct diagnostics *list = session->diagnostics;
    enum diagnostic_code code =
        first < list->count ? list->items[first]->code : DIAGNOSTIC_NONE;
    return code == DIAGNOSTIC_BAD_NUMBER || code == DIAGNOSTIC_NUMBER_RANGE ||
           code == DIAGNOSTIC_LOOK_ALIKE;
}

/* A mark is one word, and no number that is spelt in another way. */
static bool
may_be_mark(struct slice cell)
{
    size_t at = 0;
    while (at < cell.len && cell.at[at] > ' ' &&
           !(cell.at[at] >= '0' && cell.at[at] <= '9')) {
        at++;
    }
    return at == cell.len && cell.len <= MARK_MAX;
}

/* How a mapping names CELL as a mark for a value that is not there; NULL when
 * it is not likely one. */
static const char *
mark_label(struct import *import, size_t column, struct slice cell)
{
    struct buffer text = {0};
    struct slice name = import->wide ? SLICE("value") : import->header[column];
    if (!may_be_mark(cell) || !cell_can_name(name)) {
        return NULL;
    }
    buffer_add_text(&text, "if it stands for no value: value = ");
    print_name(&text, name);
    buffer_add_text(&text, " {\"");
    literal_escape(&text, cell, true);
    buffer_add_text(&text, "\": unknown}");
    const char *label =
        arena_copy(&import->session->scratch, text.text, text.len);
    buffer_free(&text);
    return label;
}

static bool
no_value(struct import *import, size_t column, struct slice cell)
{
    bool comma = memchr(cell.at, ',', cell.len) != NULL;
    struct slice shown = cell_start(cell);
    return cell_mistake(
        import, column,
        comma ? "numbers are written without thousands commas, and with a "
                "decimal point"
              : mark_label(import, column, cell),
        "`%.*s` is no number and nothing that a figure can be", (int)shown.len,
        shown.at);
}

/* The unit that stands beside words: `about 5` in B USD.  It says the scale of
 * what has no unit of its own, and the unit of a line that has none yet. */
static bool
take_unit_beside(struct import *import, size_t column, struct slice cell,
                 struct metric *metric)
{
    const struct units *units = &import->session->vocabulary->units;
    const struct meaning *said = &import->row[FIELD_UNIT];
    struct slice shown = cell_start(cell);
    if (!said->known || said->id == UINT32_MAX) {
        return true;
    }
    bool follows = units->items[metric->unit].role == UNIT_FOLLOWS;
    if (follows && said->id) {
        metric->unit = said->id;
    }
    bool fits = !metric->unit_open && (!said->id || said->id == metric->unit);
    metric->scale = fits && said->extra > 0 ? (int8_t)said->extra : 0;
    return fits || cell_mistake(import, column,
                                "write the unit behind the value: about 5 kg",
                                "`%.*s` is in words, and the unit beside it is "
                                "not that of the metric",
                                (int)shown.len, shown.at);
}

bool
value_assert(struct import *import, size_t column, struct slice cell,
             const struct stating *stating, struct metric *metric,
             struct fact *fact, struct fact_detail *detail, bool *has_detail)
{
    struct session *session = import->session;
    size_t messages = session->diagnostics->count;
    size_t parsed = session->parsed_count;
    size_t sources = session->sources.count;
    const struct node *assertion = parse_value(session, cell);
    struct metric beside = *metric;
    bool done = false;
    if (assertion && !take_unit_beside(import, column, cell, &beside)) {
        return false;
    }
    if (assertion) {
        struct context context = session->context;
        struct focus home;
        home_of(import, stating, &home);
        if (stating->texts[FIELD_CONTEXT]) {
            follow_context(session, stating->texts[FIELD_CONTEXT]);
        }
        bool own = import->row[FIELD_UNIT].known;
        done = fact_assert(session, assertion, &home, own ? &beside : metric,
                           fact, detail, has_detail);
        metric->unit = own ? beside.unit : metric->unit;
        session->context = context;
    }
    while (session->sources.count > sources &&
           session->parsed_count == parsed) {
        sources_drop_last(&session->sources);
    }
    if (done) {
        return true;
    }
    /* A word is more likely a cell of another column than a formula. */
    bool says_why = assertion ? has_digit(cell)
                              : is_number_slip(session, messages) &&
                                    !memchr(cell.at, ',', cell.len);
    if (says_why) {
        return cell_mistake_from(import, column, messages);
    }
    diagnostics_truncate(session->diagnostics, messages);
    return no_value(import, column, cell);
}
