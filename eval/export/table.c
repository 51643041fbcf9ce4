/* Facts as CSV that `import` reads without a mapping: a row each, in the order
 * of the text.  A value is a plain number in the unit beside it where that says
 * all, else what stands behind the figure in a statement. */
#include "eval/export/export.h"

#include "eval/import/import.h"
#include "parser/print.h"
#include "values/number.h"

#include <stdlib.h>

enum { SCALES = 5 };

/* Columns that are left out where no fact uses them. */
enum column {
    COLUMN_ACTOR,
    COLUMN_SOURCE,
    COLUMN_ON,
    COLUMN_CONDITION,
    COLUMN_NOTE,
    COLUMN_URL,
    COLUMN_CONTEXT,
    COLUMN_COUNT
};

static const char *const column_words[COLUMN_COUNT] = {
    "actor", "source", "on", "condition", "note", "url", "context"};

/* How a number of a line is written at a scale. */
struct unit_cell {
    struct buffer text;
    bool made;
    bool says; /* it is read back as what it is */
};

struct table {
    struct session *session;
    struct export_out *out;
    struct export_counts *counts;
    bool used[COLUMN_COUNT];
    bool *has_dimension;  /* by id: some fact has a member of it */
    uint32_t *dimensions; /* those, by name */
    size_t dimension_count;
    int64_t *records; /* whose details are to be looked at */
    size_t record_count;
    size_t record_capacity;
    bool failed;   /* the base did, reported */
    uint32_t line; /* to which the next two belong */
    struct buffer members;
    struct unit_cell units[SCALES];
};

/* Columns ------------------------------------------------------------------ */

static void
note_fact(void *context, const struct fact *fact)
{
    struct table *table = context;
    const struct vocabulary *vocabulary = table->session->vocabulary;
    const struct metric *metric =
        vocabulary_metric(vocabulary, fact_metric(fact));
    const uint32_t *members =
        vocabulary_line_members(vocabulary, fact_line(fact));
    if (store_retraction(table->session->store, fact->record)) {
        return;
    }
    table->used[COLUMN_ACTOR] |= fact->actor != 0;
    table->used[COLUMN_SOURCE] |= fact->source != 0;
    table->used[COLUMN_ON] |=
        fact_day(fact) != DAY_NONE || fact->form & FORM_BEFORE;
    for (uint8_t i = 0; i < metric->dimension_count; i++) {
        table->has_dimension[metric->dimensions[i]] |= members[i] != 0;
    }
    if (fact->form & FORM_DETAIL) {
        void *items = table->records;
        memory_grow(&items, &table->record_capacity, table->record_count + 1,
                    sizeof *table->records);
        table->records = items;
        table->records[table->record_count++] = fact->record;
    }
}

/* Looks at the details of what was noted: not while facts are read. */
static void
note_details(struct table *table)
{
    struct arena texts = {0};
    for (size_t i = 0; i < table->record_count && !table->failed; i++) {
        struct fact_detail detail = {0};
        table->failed = !store_detail(table->session->store, table->records[i],
                                      &texts, &detail);
        const char *said[COLUMN_COUNT] = {[COLUMN_CONDITION] = detail.condition,
                                          [COLUMN_NOTE] = detail.note,
                                          [COLUMN_URL] = detail.url,
                                          [COLUMN_CONTEXT] = detail.context};
        for (int column = 0; column < COLUMN_COUNT; column++) {
            table->used[column] |= said[column] && *said[column];
        }
        arena_reset(&texts);
    }
    table->record_count = 0;
    arena_free(&texts);
}

/* True once every column is known to be used; between the metrics. */
static bool
is_full(void *context)
{
    struct table *table = context;
    size_t dimensions =
        table->session->vocabulary->classes[CLASS_DIMENSION].count;
    bool full = true;
    note_details(table);
    for (int column = 0; column < COLUMN_COUNT; column++) {
        full = full && table->used[column];
    }
    for (size_t id = 1; full && id < dimensions; id++) {
        full = table->has_dimension[id];
    }
    return full || table->failed;
}

static void
sort_dimensions(struct table *table)
{
    const struct vocabulary *vocabulary = table->session->vocabulary;
    size_t count = vocabulary->classes[CLASS_DIMENSION].count;
    table->dimensions = memory_alloc(count * sizeof *table->dimensions);
    for (uint32_t id = 1; id < count; id++) {
        size_t at = table->dimension_count;
        struct slice name = vocabulary_name(vocabulary, CLASS_DIMENSION, id);
        if (!table->has_dimension[id]) {
            continue;
        }
        for (; at > 0; at--) {
            uint32_t before = table->dimensions[at - 1];
            if (slice_compare(
                    vocabulary_name(vocabulary, CLASS_DIMENSION, before),
                    name) < 0) {
                break;
            }
            table->dimensions[at] = before;
        }
        table->dimensions[at] = id;
        table->dimension_count++;
    }
}

/* A word of the language, and what a reader would trim, stands in backquotes. */
static void
write_dimension(struct slice name, struct buffer *text)
{
    struct slice trimmed = cell_trim(name);
    struct buffer cell = {0};
    bool plain = field_find(name) == FIELD_COUNT && slice_equal(trimmed, name);
    buffer_add_text(&cell, plain ? "" : "`");
    buffer_add_slice(&cell, name);
    buffer_add_text(&cell, plain ? "" : "`");
    csv_add_cell(text, buffer_slice(&cell), ',');
    buffer_free(&cell);
}

static void
write_header(struct table *table)
{
    const struct vocabulary *vocabulary = table->session->vocabulary;
    struct buffer *text = &table->out->held;
    buffer_add_text(text, "kind,period,metric,");
    for (size_t i = 0; i < table->dimension_count; i++) {
        write_dimension(
            vocabulary_name(vocabulary, CLASS_DIMENSION, table->dimensions[i]),
            text);
        buffer_add_char(text, ',');
    }
    buffer_add_text(text, "value,unit");
    for (int column = 0; column < COLUMN_COUNT; column++) {
        if (table->used[column]) {
            buffer_add_char(text, ',');
            buffer_add_text(text, column_words[column]);
        }
    }
    buffer_add_char(text, '\n');
}

/* Values -------------------------------------------------------------------- */

/* The unit of a line with the letter of a scale, as a cell.  It does not say
 * what it is where another unit has this very name or symbol. */
static const struct unit_cell *
unit_cell(struct table *table, unit_id id, int scale)
{
    struct session *session = table->session;
    const struct units *units = &session->vocabulary->units;
    struct unit_cell *cell = &table->units[scale / 3];
    if (cell->made) {
        return cell;
    }
    struct buffer text = {0};
    buffer_add_text(&text, number_scale_letter(scale));
    struct buffer name = {0};
    fact_print_unit(session, id, &name); /* with a blank before it, or "%" */
    struct slice shown = cell_trim(buffer_slice(&name));
    buffer_add_text(&text, scale && shown.len ? " " : "");
    buffer_add_slice(&text, shown);
    atom known = atoms_find(&session->atoms, buffer_slice(&text));
    unit_id named = known ? units_find(units, known) : INDEX_NONE;
    unit_id symbol = known ? units_find_symbol(units, known) : INDEX_NONE;
    bool own = scale == 0 && named == id;
    cell->says = own || (named == INDEX_NONE && symbol == INDEX_NONE);
    csv_add_cell(&cell->text, buffer_slice(&text), ',');
    cell->made = true;
    buffer_free(&name);
    buffer_free(&text);
    return cell;
}

/* A plain number, and the unit that says the rest.  False where they would be
 * read as something else. */
static bool
write_number(struct table *table, const struct fact *fact)
{
    const struct vocabulary *vocabulary = table->session->vocabulary;
    const struct metric *metric =
        vocabulary_metric(vocabulary, fact_metric(fact));
    unit_id id = vocabulary->lines[fact_line(fact)].unit;
    enum unit_role role = vocabulary->units.items[id].role;
    struct decimal decimal = fact_decimal(fact);
    bool share = role == UNIT_RATE || role == UNIT_POINT;
    bool bare = !fact_names_unit(table->session, id);
    bool written_out = share ? decimal.exponent > 0 : decimal.exponent > 12;
    int scale = bare && metric->scale > 0 ? 3 : 0;
    while (!written_out && !share && scale < 12 && scale < decimal.exponent) {
        scale += 3;
    }
    const struct unit_cell *unit = unit_cell(table, id, scale);
    if (!unit->says || (written_out && scale)) {
        return false;
    }
    if (written_out) {
        decimal_print_scientific(&table->out->held, decimal);
    } else {
        decimal_print(&table->out->held, decimal, scale);
    }
    buffer_add_char(&table->out->held, ',');
    buffer_add_slice(&table->out->held, buffer_slice(&unit->text));
    return true;
}

/* A plain value and a movement need no sign.  A formula and an amount that is
 * more than digits and a unit do: without it, a reader would not take a word or
 * a sum for a value. */
static bool
needs_sign(const struct fact *fact, const struct fact_detail *detail,
           struct slice said)
{
    bool moves = said.len > 5 && (memcmp(said.at, "up ", 3) == 0 ||
                                  memcmp(said.at, "down ", 5) == 0);
    bool formula = fact->form & FORM_FORMULA;
    return !moves && (formula || detail->written);
}

static void
write_assertion(struct table *table, const struct fact *fact,
                const struct fact_detail *detail)
{
    struct buffer said = {0};
    fact_print_assertion(table->session, fact, detail, &said);
    struct slice text = buffer_slice(&said);
    struct slice rest = {text.at + 2, text.len > 2 ? text.len - 2 : 0};
    bool equals = text.len > 2 && memcmp(text.at, "= ", 2) == 0;
    csv_add_cell(&table->out->held,
                 equals && !needs_sign(fact, detail, rest) ? rest : text, ',');
    buffer_add_char(&table->out->held, ',');
    buffer_free(&said);
}

static void
write_value(struct table *table, const struct fact *fact,
            const struct fact_detail *detail)
{
    bool plain =
        !(fact->form & ~(FORM_DETAIL | FORM_BEFORE)) && !detail->written;
    if (!plain || !write_number(table, fact)) {
        write_assertion(table, fact, detail);
    }
}

/* Rows ---------------------------------------------------------------------- */

static void
write_name(struct table *table, enum name_class class, uint32_t id)
{
    csv_add_cell(&table->out->held,
                 vocabulary_name(table->session->vocabulary, class, id), ',');
}

/* The cells of a line's members, made once for all of its facts. */
static void
take_line(struct table *table, uint32_t line)
{
    const struct vocabulary *vocabulary = table->session->vocabulary;
    const struct metric *metric =
        vocabulary_metric(vocabulary, vocabulary->lines[line].metric);
    const uint32_t *members = vocabulary_line_members(vocabulary, line);
    table->line = line;
    buffer_clear(&table->members);
    for (int i = 0; i < SCALES; i++) {
        table->units[i].made = false;
        buffer_clear(&table->units[i].text);
    }
    for (size_t i = 0; i < table->dimension_count; i++) {
        int at = metric_dimension(metric, table->dimensions[i]);
        if (at >= 0) {
            csv_add_cell(&table->members,
                         vocabulary_name(vocabulary, CLASS_MEMBER, members[at]),
                         ',');
        }
        buffer_add_char(&table->members, ',');
    }
}

static void
write_column(struct table *table, enum column column, const struct fact *fact,
             const struct fact_detail *detail)
{
    struct buffer *text = &table->out->held;
    bool before = fact->form & FORM_BEFORE;
    switch (column) {
    case COLUMN_ACTOR:
        write_name(table, CLASS_ACTOR, fact->actor);
        break;
    case COLUMN_SOURCE:
        write_name(table, CLASS_SOURCE, fact->source);
        break;
    case COLUMN_ON:
        if (fact_day(fact) != DAY_NONE || before) {
            fact_print_day(fact_day(fact), before, text);
        }
        break;
    case COLUMN_CONDITION:
        csv_add_cell(text, slice_of(detail->condition), ',');
        break;
    case COLUMN_NOTE:
        csv_add_cell(text, slice_of(detail->note), ',');
        break;
    case COLUMN_URL:
        csv_add_cell(text, slice_of(detail->url), ',');
        break;
    case COLUMN_CONTEXT:
        csv_add_cell(text, slice_of(detail->context), ',');
        break;
    case COLUMN_COUNT:
        break;
    }
}

static bool
write_row(void *context, const struct fact *fact,
          const struct fact_detail *detail)
{
    struct table *table = context;
    struct buffer *text = &table->out->held;
    if (store_retraction(table->session->store, fact->record)) {
        table->counts->left_out++;
        return true;
    }
    if (table->line != fact_line(fact)) {
        take_line(table, fact_line(fact));
    }
    write_name(table, CLASS_KIND, fact_kind(fact));
    buffer_add_char(text, ',');
    fact_print_period(table->session, fact, text);
    buffer_add_char(text, ',');
    write_name(table, CLASS_METRIC, fact_metric(fact));
    buffer_add_char(text, ',');
    buffer_add_slice(text, buffer_slice(&table->members));
    write_value(table, fact, detail);
    for (int column = 0; column < COLUMN_COUNT; column++) {
        if (table->used[column]) {
            buffer_add_char(text, ',');
            write_column(table, (enum column)column, fact, detail);
        }
    }
    buffer_add_char(text, '\n');
    table->counts->facts++;
    export_flush(table->out, false);
    return !table->out->failed;
}

static void
free_table(struct table *table)
{
    free(table->has_dimension);
    free(table->dimensions);
    free(table->records);
    buffer_free(&table->members);
    for (int i = 0; i < SCALES; i++) {
        buffer_free(&table->units[i].text);
    }
}

bool
export_table(struct session *session, struct export_out *out,
             struct export_counts *counts)
{
    struct export_order order;
    struct table table = {.session = session, .out = out, .counts = counts};
    size_t bytes = session->vocabulary->classes[CLASS_DIMENSION].count *
                   sizeof *table.has_dimension;
    table.has_dimension = memory_alloc(bytes);
    memset(table.has_dimension, 0, bytes);
    bool done = export_order_open(&order, session) &&
                export_each_fact(&order, note_fact, is_full, &table);
    if (done) {
        is_full(&table); /* the details of the last metric */
    }
    if (done && !table.failed) {
        sort_dimensions(&table);
        write_header(&table);
        done = export_in_sequence(&order, write_row, &table);
    }
    free_table(&table);
    export_order_close(&order);
    return done && !table.failed && !out->failed;
}
