/* From a record to facts. */
#include "eval/import/sdmx_import.h"

#include "base/utf8.h"

/* A text of a file whose lines end in CR LF has them inside too, and means a
 * line break. */
static const char *
own_text(struct import *import, struct slice cell)
{
    char *text = arena_copy(&import->session->scratch, cell.at, cell.len);
    size_t len = 0;
    for (size_t i = 0; i < cell.len; i++) {
        bool pair =
            import->csv.ends_in_crlf && text[i] == '\r' && text[i + 1] == '\n';
        text[len] = text[i];
        len += !pair;
    }
    text[len] = '\0';
    return text;
}

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

/* The cell of a value; "" in a wide file, where there are many. */
static struct slice
value_cell(const struct import *import, const struct mapped *mapped)
{
    return mapped->column == SIZE_MAX ? SLICE("")
                                      : import->csv.cells[mapped->column];
}

/* Does a code leave the record out?  False after a mistake, too.  This is asked
 * first: nothing else in such a record needs to have a meaning. */
static bool
is_skipped(struct import *import, bool *mistaken)
{
    for (size_t i = 0; i < import->count; i++) {
        struct mapped *mapped = &import->items[i];
        if (!mapped->skips) {
            continue;
        }
        if (mapped->field == FIELD_VALUE) {
            if (value_is_skipped(import, value_cell(import, mapped))) {
                return true;
            }
            continue;
        }
        struct slice cell = import->csv.cells[mapped->column];
        if (mapped->declares) { /* that waits until the period is known */
            if (translate_skips(import, mapped, cell)) {
                return true;
            }
            continue;
        }
        const struct meaning *meaning =
            translate(import, mapped, mapped->column, cell);
        if (!meaning || meaning->skip) {
            *mistaken = !meaning;
            return meaning != NULL;
        }
    }
    return false;
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
            stating->texts[field] = cell.len ? own_text(import, cell) : NULL;
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

/* Can what the record says in words be written as a statement? */
static bool
check_texts(struct import *import, const struct stating *stating)
{
    bool fits = true;
    for (enum field field = FIELD_CONDITION; field <= FIELD_URL && fits;
         field = (enum field)(field + 1)) {
        const char *text = stating->texts[field];
        fits = !text ||
               cell_fits(import, column_of(import, field), strlen(text), false);
    }
    return fits;
}

/* Members that the row does not name come from the context, else it is the
 * total. */
static bool
place_members(struct import *import, const struct metric *metric,
              struct stating *stating)
{
    const struct context *context = &import->session->context;
    bool named[DIMENSIONS_MAX] = {false};
    bool total = false;
    for (size_t i = 0; i < import->count; i++) {
        const struct mapped *mapped = &import->items[i];
        if (mapped->field != FIELD_DIMENSION) {
            continue;
        }
        int at = metric_dimension(metric, mapped->dimension);
        if (at >= 0) {
            stating->members[at] = import->members[i];
            named[at] = true;
            total = total || (mapped->column != SIZE_MAX &&
                              import->csv.cells[mapped->column].len == 0);
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
    import->totals += total;
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
    if (period->id == FREQUENCY_D && metric->frequency != FREQUENCY_D &&
        !period->exact) {
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
    if (import->published && !mapping_find(import, FIELD_ON)) {
        stating->day = import->published;
    } else if (on->extra <= DAY_NONE && !on->id && stating->source) {
        const struct entry *source = vocabulary_entry(
            session->vocabulary, CLASS_SOURCE, stating->source);
        stating->day = (day_number)source->link;
        stating->before = source->flag;
    }
    stating->day = stating->day < DAY_NONE ? DAY_NONE : stating->day;
}

/* Facts -------------------------------------------------------------------- */

static void
place_fact(struct fact *fact, const struct stating *stating, uint32_t line)
{
    fact->cell = fact_pack_cell(stating->metric, stating->period.frequency,
                                stating->kind, stating->period.ordinal);
    fact->line_day = (uint64_t)line << 32 | (uint32_t)stating->day;
    fact->form = (uint16_t)(fact->form | (stating->before ? FORM_BEFORE : 0));
}

/* The value of a cell in the unit of STATED. */
static bool
read_value(struct import *import, size_t column, struct slice cell,
           const struct stating *stating, struct metric *stated,
           struct pending *pending)
{
    struct decimal decimal;
    struct fact *fact = &pending->fact;
    bool number = decimal_parse(cell.at, cell.len, &decimal);
    if (!number && import->sdmx && column == import->value->column) {
        struct slice shown = cell_start(cell);
        return cell_mistake(import, column, NULL, "`%.*s` is no number",
                            (int)shown.len, shown.at);
    }
    if (!number) {
        return value_assert(import, column, cell, stating, stated, fact,
                            &pending->detail, &pending->has_detail);
    }
    if (import->value && import->value->round) {
        decimal = decimal_round(decimal, import->value->places);
    }
    if (import->sdmx) {
        decimal.exponent = (int16_t)(decimal.exponent + import->sdmx->shift);
    }
    if (!value_fits_unit(import, stated, stated->unit, &decimal)) {
        return value_convert(import, column, decimal, stated, fact,
                             &pending->detail, &pending->has_detail);
    }
    fact->coefficient = decimal.coefficient;
    fact->exponent = decimal.exponent;
    return true;
}

/* The facts of a record land together: one bad cell sets all of it aside. */
static void
keep_pending(struct import *import, const struct pending *pending)
{
    void *items = import->pending;
    memory_grow(&items, &import->pending_capacity, import->pending_count + 1,
                sizeof *import->pending);
    import->pending = items;
    import->pending[import->pending_count++] = *pending;
}

static bool
load_pending(struct import *import)
{
    for (size_t i = 0; i < import->pending_count; i++) {
        struct pending *pending = &import->pending[i];
        import->facts++;
        if (!store_load_add(import->load, &pending->fact,
                            pending->has_detail ? &pending->detail : NULL)) {
            return false;
        }
        if (pending->retraction.reason) {
            pending->retraction.retracted = pending->fact.record;
            store_add_retraction(import->session->store, &pending->retraction);
        }
    }
    return true;
}

static bool
state_value(struct import *import, struct stating *stating, size_t column,
            struct slice cell)
{
    struct vocabulary *vocabulary = import->session->vocabulary;
    struct metric *metric = vocabulary_metric(vocabulary, stating->metric);
    struct pending pending = {
        .fact = {.actor = stating->actor,
                 .source = stating->source,
                 .row = import->csv.line},
        .detail = {.condition = stating->texts[FIELD_CONDITION],
                   .note = stating->texts[FIELD_NOTE],
                   .url = stating->texts[FIELD_URL]},
    };
    const struct fact_detail *said = &pending.detail;
    const char *retracted = stating->texts[FIELD_RETRACTED];
    pending.has_detail = said->condition || said->note || said->url;
    uint32_t line =
        vocabulary_find_line(vocabulary, stating->metric, stating->members);
    bool follows = vocabulary->units.items[metric->unit].role == UNIT_FOLLOWS;
    struct metric own = *metric;
    own.unit = follows && line ? vocabulary->lines[line].unit : own.unit;
    struct metric *stated = follows ? &own : metric;
    if (!read_value(import, column, cell, stating, stated, &pending)) {
        return false;
    }
    if (!scope_unit_fits(import->session, stating->metric, stating->members,
                         stated->unit)) {
        struct slice shown = cell_start(cell);
        return cell_mistake(import, column,
                            "a member has one unit in all that follows it",
                            "`%.*s` is in another unit than other figures of "
                            "its member",
                            (int)shown.len, shown.at);
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
    place_fact(&pending.fact, stating, line);
    if (retracted && !retraction_read(import, retracted, &pending.fact,
                                      &pending.retraction)) {
        return false;
    }
    if (import->session->options.review) {
        import_place(import, column, &pending.fact);
    }
    keep_pending(import, &pending);
    return true;
}

/* One value of the record, in the period that is said for it. */
static bool
state_cell(struct import *import, struct stating *stating,
           const struct meaning *period, size_t period_column, size_t column)
{
    struct slice cell = cell_trim(import->csv.cells[column]);
    const struct metric *metric =
        vocabulary_metric(import->session->vocabulary, stating->metric);
    struct meaning settled = *period;
    if (value_is_missing(import, cell)) {
        import->empty++;
        return true;
    }
    if (!absent_check(import)) {
        return false;
    }
    if (import->sdmx && !sdmx_settle_period(import, metric, &settled)) {
        return false;
    }
    return place_period(import, metric, &settled, period_column, stating) &&
           state_value(import, stating, column, cell);
}

static bool
state_periods(struct import *import, struct stating *stating)
{
    bool done = true;
    if (!import->wide) {
        return state_cell(import, stating, &import->row[FIELD_PERIOD],
                          column_of(import, FIELD_PERIOD),
                          import->sdmx ? import->sdmx->value
                                       : column_of(import, FIELD_VALUE));
    }
    for (size_t i = 0; done && i < import->period_count; i++) {
        const struct period_column *at = &import->periods[i];
        done = state_cell(import, stating, &at->period, at->column, at->column);
    }
    return done;
}

/* Kind and metric of the record. */
static bool
place_subject(struct import *import, struct stating *stating)
{
    struct session *session = import->session;
    stating->kind = import->row[FIELD_KIND].id;
    stating->metric = import->row[FIELD_METRIC].id;
    if (!stating->kind && column_of(import, FIELD_KIND) != SIZE_MAX) {
        return cell_mistake(import, column_of(import, FIELD_KIND),
                            "give the empty cell a meaning: {\"\": estimate}",
                            "a fact needs a kind");
    }
    if (!stating->kind) {
        stating->kind =
            scope_find(session, CLASS_KIND,
                       atoms_intern(&session->atoms, SLICE("actual")));
    }
    return stating->metric ||
           cell_mistake(import, column_of(import, FIELD_METRIC), NULL,
                        "a fact needs a metric");
}

static bool
state_record(struct import *import)
{
    struct stating stating = {0};
    bool mistaken = false;
    size_t empty = import->empty;
    enum sdmx_record form =
        import->sdmx ? sdmx_take_record(import) : SDMX_STATE;
    import->pending_count = 0;
    import->measured = import->measured_characters = 0;
    import->measured_break = false;
    if (form != SDMX_STATE) {
        return form == SDMX_PASS;
    }
    if (is_skipped(import, &mistaken)) {
        import->skipped++;
        return true;
    }
    if (mistaken || !translate_row(import, &stating) ||
        !place_subject(import, &stating) ||
        (import->sdmx && !sdmx_place(import, &stating)) ||
        !check_texts(import, &stating)) {
        return false;
    }
    place_speaker(import, &stating);
    const struct metric *metric =
        vocabulary_metric(import->session->vocabulary, stating.metric);
    if (!place_members(import, metric, &stating) ||
        !state_periods(import, &stating)) {
        import->empty = empty;
        return false;
    }
    absent_count(import, import->empty - empty);
    return load_pending(import);
}

/* Members ------------------------------------------------------------------ */

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
    struct slice name = utf8_normalize(&import->arena, code);
    struct entry entry = {
        .name = atoms_intern(&session->atoms, name),
        .title = own_text(import, title),
        .link = import->members_of,
    };
    if (!cell_fits(import, column_of(import, FIELD_NAME), name.len, true) ||
        !cell_fits(import, title_column, strlen(entry.title), false)) {
        return false;
    }
    uint32_t known = vocabulary_find_member(session->vocabulary,
                                            import->members_of, entry.name);
    if (known) {
        /* The same again is nothing new; another title is a contradiction.  A
         * review reads all of its texts several times. */
        import->facts += session->options.review;
        const char *before =
            vocabulary_entry(session->vocabulary, CLASS_MEMBER, known)->title;
        if (strcmp(before, entry.title) != 0 && *entry.title && !*before) {
            return cell_mistake(import, column_of(import, FIELD_TITLE),
                                "import members before the facts that use them",
                                "`%.*s` is declared already, without a title",
                                (int)code.len, code.at);
        }
        return strcmp(before, entry.title) == 0 || !*entry.title ||
               cell_mistake(import, column_of(import, FIELD_TITLE), NULL,
                            "`%.*s` is declared already, as \"%s\"",
                            (int)code.len, code.at, before);
    }
    vocabulary_add(session->vocabulary, CLASS_MEMBER, &entry);
    import->facts++;
    return true;
}

/* A line of nothing but separators is blank. */
static bool
is_blank(const struct csv *csv)
{
    size_t at = 0;
    while (at < csv->count && csv->cells[at].len == 0) {
        at++;
    }
    return at == csv->count;
}

bool
import_row(struct import *import)
{
    const struct csv *csv = &import->csv;
    if (is_blank(csv)) {
        return true;
    }
    if (csv->count != import->header_count) {
        return record_mistake(import);
    }
    return import->members_of ? state_member(import) : state_record(import);
}
