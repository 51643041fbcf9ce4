/* From a record to facts. */
#include "eval/import/import.h"

#include "base/utf8.h"
#include "eval/fact_text.h"

/* The cell that a row speaks of, and who says it. */
struct stating {
    uint32_t kind;
    uint32_t metric;
    struct period period;
    uint32_t members[DIMENSIONS_MAX];
    day_number day;
    bool before;
    uint32_t actor;
    uint32_t source;
    const char *texts[FIELD_CONTEXT + 1]; /* by field; NULL for none */
};

static size_t
column_of(const struct import *import, enum field field)
{
    for (size_t i = 0; i < import->count; i++) {
        if (import->items[i].field == field) {
            return import->items[i].column;
        }
    }
    return SIZE_MAX;
}

/* Translates the cells of the record; false when one has no meaning. */
static bool
translate_row(struct import *import, struct stating *stating)
{
    const struct csv *csv = &import->csv;
    memset(import->row, 0, sizeof import->row);
    for (size_t i = 0; i < import->count; i++) {
        struct mapped *mapped = &import->items[i];
        enum field field = mapped->field;
        bool constant = mapped->column == SIZE_MAX;
        if (field >= FIELD_VALUE) {
            continue;
        }
        if (field >= FIELD_CONDITION) {
            struct slice cell =
                constant ? slice_of(mapped->text) : csv->cells[mapped->column];
            stating->texts[field] =
                cell.len
                    ? arena_copy(&import->session->scratch, cell.at, cell.len)
                    : NULL;
            continue;
        }
        const struct meaning *meaning =
            constant ? &mapped->constant
                     : translate(import, mapped, mapped->column,
                                 csv->cells[mapped->column]);
        if (!meaning) {
            return false;
        }
        if (field == FIELD_DIMENSION) {
            import->members[i] = meaning->id;
        } else {
            import->row[field] = *meaning;
        }
    }
    return true;
}

/* Members that the row does not name come from the context, else it is the
 * total. */
static bool
place_members(struct import *import, const struct metric *metric,
              struct stating *stating)
{
    const struct context *context = &import->session->context;
    bool named[DIMENSIONS_MAX] = {false};
    for (size_t i = 0; i < import->count; i++) {
        const struct mapped *mapped = &import->items[i];
        if (mapped->field != FIELD_DIMENSION) {
            continue;
        }
        int at = metric_dimension(metric, mapped->dimension);
        if (at >= 0) {
            stating->members[at] = import->members[i];
            named[at] = true;
        } else if (import->members[i]) {
            return cell_mistake(
                import, mapped->column, NULL, "%s has no dimension %s",
                vocabulary_name(import->session->vocabulary, CLASS_METRIC,
                                stating->metric)
                    .at,
                vocabulary_name(import->session->vocabulary, CLASS_DIMENSION,
                                mapped->dimension)
                    .at);
        }
    }
    for (size_t i = 0; i < context->count; i++) {
        int at = metric_dimension(metric, context->dimensions[i]);
        if (at >= 0 && !named[at]) {
            stating->members[at] = context->members[i];
        }
    }
    return true;
}

static bool
place_period(struct import *import, const struct metric *metric,
             const struct meaning *period, size_t column,
             struct stating *stating)
{
    const struct vocabulary *vocabulary = import->session->vocabulary;
    bool none = period->id == FREQUENCY_ONCE;
    if (metric->frequency == FREQUENCY_ONCE) {
        stating->period = (struct period){FREQUENCY_ONCE, 0};
        return none ||
               cell_mistake(
                   import, column, NULL, "%s has one cell and no period",
                   vocabulary_name(vocabulary, CLASS_METRIC, stating->metric)
                       .at);
    }
    if (none) {
        return cell_mistake(import, column, NULL, "a fact needs a period");
    }
    if (period->fiscal && !metric->calendar) {
        return cell_mistake(import, column, "write the year without FY",
                            "this metric has no fiscal calendar");
    }
    stating->period =
        (struct period){(enum frequency)period->id, period->extra};
    if (period->id == FREQUENCY_D && metric->frequency != FREQUENCY_D) {
        struct calendar calendar =
            vocabulary_calendar(vocabulary, metric->calendar);
        stating->period = period_of_day((enum frequency)metric->frequency,
                                        period->extra, &calendar);
    }
    return true;
}

static void
place_speaker(struct import *import, struct stating *stating)
{
    const struct session *session = import->session;
    const struct meaning *on = &import->row[FIELD_ON];
    stating->actor = import->row[FIELD_ACTOR].id;
    stating->source = import->row[FIELD_SOURCE].id;
    stating->actor = stating->actor ? stating->actor : session->context.actor;
    stating->source =
        stating->source ? stating->source : session->context.source;
    stating->day = on->extra;
    stating->before = on->id;
    if (on->extra <= DAY_NONE && !on->id && stating->source) {
        const struct entry *source = vocabulary_entry(
            session->vocabulary, CLASS_SOURCE, stating->source);
        stating->day = (day_number)source->link;
        stating->before = source->flag;
    }
    stating->day = stating->day < DAY_NONE ? DAY_NONE : stating->day;
}

/* Amounts -------------------------------------------------------------------- */

/* Digits in the unit of the line, when only powers of ten lie between: what
 * most rows say. */
static bool
fits_unit(const struct import *import, const struct metric *metric,
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

/* The same for every other unit, by the rules of statements. */
static bool
convert_amount(struct import *import, size_t column, struct decimal decimal,
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

/* What stands behind the figure in a statement: `>= 1T`, `about 5B`, `685B up
 * 0.2% from 2022`. */
static bool
assert_text(struct import *import, size_t column, struct slice cell,
            const struct stating *stating, struct metric *metric,
            struct fact *fact, struct fact_detail *detail, bool *has_detail)
{
    struct session *session = import->session;
    struct buffer text = {0};
    size_t messages = session->diagnostics->count;
    size_t parsed = session->parsed_count;
    size_t sources = session->sources.count;
    struct context context = session->context;
    struct focus home;
    bool sign = strchr("=<>", cell.at[0]) != NULL ||
                (cell.len > 3 && memcmp(cell.at, "in ", 3) == 0);
    buffer_add_text(&text, sign ? "x " : "x = ");
    buffer_add_slice(&text, cell);
    struct source *source =
        sources_add(&session->sources, "a value", buffer_slice(&text));
    buffer_free(&text);
    const struct node *statement =
        source ? parse_statement(&session->atoms, &session->sources, source,
                                 &session->scratch, session->diagnostics)
               : NULL;
    bool done = statement && statement->kind == NODE_FACT &&
                !statement->kid[2] && session->diagnostics->count == messages;
    if (done) {
        home_of(import, stating, &home);
        if (stating->texts[FIELD_CONTEXT]) {
            follow_context(session, stating->texts[FIELD_CONTEXT]);
        }
        done = fact_assert(session, statement->kid[1], &home, metric, fact,
                           detail, has_detail);
        session->context = context;
    }
    while (session->sources.count > sources &&
           session->parsed_count == parsed) {
        sources_drop_last(&session->sources);
    }
    if (!done) {
        bool comma = memchr(cell.at, ',', cell.len) != NULL;
        diagnostics_truncate(session->diagnostics, messages);
        return cell_mistake(
            import, column,
            comma ? "numbers are written without thousands commas, and with "
                    "a decimal point"
                  : NULL,
            "`%.*s` is no number and nothing that a figure can be",
            (int)(cell.len > 60 ? 60 : cell.len), cell.at);
    }
    return true;
}

/* Cells of which everybody knows that they hold no number. */
static bool
is_missing(struct slice cell)
{
    static const char *const words[] = {"..",   "NA",   "N/A",  "n/a", "-",
                                        "null", "NULL", "#N/A", "NaN", "nan"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (slice_is(cell, words[i])) {
            return true;
        }
    }
    return cell.len == 0;
}

/* Facts ----------------------------------------------------------------------- */

static bool
state_value(struct import *import, struct stating *stating, size_t column,
            struct slice cell)
{
    struct session *session = import->session;
    struct vocabulary *vocabulary = session->vocabulary;
    struct metric *metric = vocabulary_metric(vocabulary, stating->metric);
    struct decimal decimal;
    struct fact fact = {.actor = stating->actor,
                        .source = stating->source,
                        .row = import->csv.line};
    struct fact_detail detail = {.condition = stating->texts[FIELD_CONDITION],
                                 .note = stating->texts[FIELD_NOTE],
                                 .url = stating->texts[FIELD_URL]};
    bool has_detail = detail.condition || detail.note || detail.url;
    uint32_t line =
        vocabulary_find_line(vocabulary, stating->metric, stating->members);
    bool follows = vocabulary->units.items[metric->unit].role == UNIT_FOLLOWS;
    struct metric own = *metric;
    own.unit = follows && line ? vocabulary->lines[line].unit : own.unit;
    struct metric *stated = follows ? &own : metric;
    if (!decimal_parse(cell.at, cell.len, &decimal)) {
        if (!assert_text(import, column, cell, stating, stated, &fact, &detail,
                         &has_detail)) {
            return false;
        }
    } else if (fits_unit(import, stated, stated->unit, &decimal)) {
        fact.coefficient = decimal.coefficient;
        fact.exponent = decimal.exponent;
    } else if (!convert_amount(import, column, decimal, stated, &fact, &detail,
                               &has_detail)) {
        return false;
    }
    if (!line) {
        line = vocabulary_add_line(vocabulary, stating->metric,
                                   stating->members, stated->unit);
    } else if (stated->unit != vocabulary->lines[line].unit) {
        vocabulary_settle_line(vocabulary, line, stated->unit);
    }
    if (metric->unit_open) {
        vocabulary_change_metric(vocabulary, stating->metric)->unit_open--;
    }
    fact.cell = fact_pack_cell(stating->metric, stating->period.frequency,
                               stating->kind, stating->period.ordinal);
    fact.line_day = (uint64_t)line << 32 | (uint32_t)stating->day;
    fact.form = (uint16_t)(fact.form | (stating->before ? FORM_BEFORE : 0));
    import->facts++;
    return store_load_add(import->load, &fact, has_detail ? &detail : NULL);
}

/* One value of the record, in the period that is said for it. */
static bool
state_cell(struct import *import, struct stating *stating,
           const struct meaning *period, size_t period_column, size_t column)
{
    struct slice cell = cell_trim(import->csv.cells[column]);
    const struct metric *metric =
        vocabulary_metric(import->session->vocabulary, stating->metric);
    if (is_missing(cell)) {
        import->empty++;
        return true;
    }
    return place_period(import, metric, period, period_column, stating) &&
           state_value(import, stating, column, cell);
}

static bool
state_record(struct import *import)
{
    struct stating stating = {0};
    if (!translate_row(import, &stating)) {
        return false;
    }
    stating.kind = import->row[FIELD_KIND].id;
    stating.metric = import->row[FIELD_METRIC].id;
    if (!stating.kind && column_of(import, FIELD_KIND) != SIZE_MAX) {
        return cell_mistake(import, column_of(import, FIELD_KIND),
                            "give the empty cell a meaning: {\"\": estimate}",
                            "a fact needs a kind");
    }
    if (!stating.metric) {
        return cell_mistake(import, column_of(import, FIELD_METRIC), NULL,
                            "a fact needs a metric");
    }
    if (!stating.kind) {
        stating.kind =
            scope_find(import->session, CLASS_KIND,
                       atoms_intern(&import->session->atoms, SLICE("actual")));
    }
    place_speaker(import, &stating);
    if (!place_members(
            import,
            vocabulary_metric(import->session->vocabulary, stating.metric),
            &stating)) {
        return false;
    }
    if (!import->wide) {
        return state_cell(import, &stating, &import->row[FIELD_PERIOD],
                          column_of(import, FIELD_PERIOD),
                          column_of(import, FIELD_VALUE));
    }
    bool done = true;
    for (size_t i = 0; done && i < import->period_count; i++) {
        const struct period_column *at = &import->periods[i];
        done =
            state_cell(import, &stating, &at->period, at->column, at->column);
    }
    return done;
}

/* Members --------------------------------------------------------------------- */

static bool
state_member(struct import *import)
{
    struct session *session = import->session;
    struct slice cell = import->csv.cells[column_of(import, FIELD_NAME)];
    size_t title_column = column_of(import, FIELD_TITLE);
    struct slice title =
        title_column == SIZE_MAX ? SLICE("") : import->csv.cells[title_column];
    struct slice code = cell_trim(cell);
    if (code.len == 0) {
        return cell_mistake(import, column_of(import, FIELD_NAME), NULL,
                            "a member needs a name");
    }
    if (slice_is(code, "total")) {
        return cell_mistake(import, column_of(import, FIELD_NAME), NULL,
                            "`total` cannot be the name of a member");
    }
    struct entry entry = {
        .name =
            atoms_intern(&session->atoms, utf8_normalize(&import->arena, code)),
        .title = arena_copy(&session->scratch, title.at, title.len),
        .link = import->members_of,
    };
    uint32_t known = vocabulary_find_member(session->vocabulary,
                                            import->members_of, entry.name);
    if (known) {
        /* The same again is nothing new; another title is a contradiction. */
        const char *before =
            vocabulary_entry(session->vocabulary, CLASS_MEMBER, known)->title;
        return strcmp(before, entry.title) == 0 || !*entry.title ||
               cell_mistake(import, column_of(import, FIELD_TITLE), NULL,
                            "`%.*s` is declared already, as \"%s\"",
                            (int)code.len, code.at, before);
    }
    vocabulary_add(session->vocabulary, CLASS_MEMBER, &entry);
    import->facts++;
    return true;
}

bool
import_row(struct import *import)
{
    const struct csv *csv = &import->csv;
    if (csv->count != import->header_count) {
        return cell_mistake(import, SIZE_MAX, NULL,
                            "%zu cells where the header has %zu", csv->count,
                            import->header_count);
    }
    return import->members_of ? state_member(import) : state_record(import);
}
