/* Facts as CSV, or with tabs, that `import` reads without a mapping: a row
 * each, in the order of the text.  A value is a plain number in the unit beside
 * it where that says all, else what stands behind the figure in a statement. */
#include "eval/export/export.h"

#include "eval/import/import.h"
#include "parser/print.h"
#include "values/number.h"

#include <stdlib.h>

enum { SCALES = 5 };

/* How a number of a line is written at a scale. */
struct unit_cell {
    struct buffer text;
    bool made;
    bool says; /* it is read back as what it is */
};

struct table {
    struct session *session;
    char separator;
    struct export_out *out;
    struct export_counts *counts;
    const struct export_order *order;
    struct export_usage usage;
    uint32_t line; /* to which the next two belong */
    struct buffer members;
    struct unit_cell units[SCALES];
};

/* Columns ------------------------------------------------------------------ */

static void
write_header(struct table *table)
{
    const struct vocabulary *vocabulary = table->session->vocabulary;
    static const char *const words[] = {"kind", "period", "metric"};
    struct buffer *text = &table->out->held;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        buffer_add_text(text, words[i]);
        buffer_add_char(text, table->separator);
    }
    for (size_t i = 0; i < table->usage.dimension_count; i++) {
        struct slice name = vocabulary_name(vocabulary, CLASS_DIMENSION,
                                            table->usage.dimensions[i]);
        export_write_dimension(name, field_find(name) != FIELD_COUNT,
                               table->separator, text);
        buffer_add_char(text, table->separator);
    }
    buffer_add_text(text, "value");
    buffer_add_char(text, table->separator);
    buffer_add_text(text, "unit");
    for (int column = 0; column < EXPORT_COLUMN_COUNT; column++) {
        if (table->usage.used[column]) {
            buffer_add_char(text, table->separator);
            buffer_add_text(text, export_column_word(column));
        }
    }
    buffer_add_char(text, '\n');
}

/* Values ------------------------------------------------------------------- */

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
    csv_add_cell(&cell->text, buffer_slice(&text), table->separator);
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
    buffer_add_char(&table->out->held, table->separator);
    buffer_add_slice(&table->out->held, buffer_slice(&unit->text));
    return true;
}

static void
write_value(struct table *table, const struct fact *fact,
            const struct fact_detail *detail)
{
    bool gone = table->order->settles;
    if (gone || !export_is_plain(fact, detail) || !write_number(table, fact)) {
        struct buffer said = {0};
        export_print_stated(table->session, fact, detail, gone, &said);
        csv_add_cell(&table->out->held, buffer_slice(&said), table->separator);
        buffer_add_char(&table->out->held, table->separator);
        buffer_free(&said);
    }
}

/* Rows --------------------------------------------------------------------- */

static void
write_name(struct table *table, enum name_class class, uint32_t id)
{
    csv_add_cell(&table->out->held,
                 vocabulary_name(table->session->vocabulary, class, id),
                 table->separator);
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
    for (size_t i = 0; i < table->usage.dimension_count; i++) {
        int at = metric_dimension(metric, table->usage.dimensions[i]);
        if (at >= 0) {
            csv_add_cell(&table->members,
                         vocabulary_name(vocabulary, CLASS_MEMBER, members[at]),
                         table->separator);
        }
        buffer_add_char(&table->members, table->separator);
    }
}

static void
write_column(struct table *table, enum export_column column,
             const struct fact *fact, const struct fact_detail *detail)
{
    struct buffer *text = &table->out->held;
    bool before = fact->form & FORM_BEFORE;
    switch (column) {
    case EXPORT_COLUMN_ACTOR:
        write_name(table, CLASS_ACTOR, fact->actor);
        break;
    case EXPORT_COLUMN_SOURCE:
        write_name(table, CLASS_SOURCE, fact->source);
        break;
    case EXPORT_COLUMN_ON:
        if (fact_day(fact) != DAY_NONE || before) {
            fact_print_day(fact_day(fact), before, text);
        }
        break;
    case EXPORT_COLUMN_CONDITION:
        csv_add_cell(text, slice_of(detail->condition), table->separator);
        break;
    case EXPORT_COLUMN_NOTE:
        csv_add_cell(text, slice_of(detail->note), table->separator);
        break;
    case EXPORT_COLUMN_URL:
        csv_add_cell(text, slice_of(detail->url), table->separator);
        break;
    case EXPORT_COLUMN_CONTEXT:
        csv_add_cell(text, slice_of(detail->context), table->separator);
        break;
    case EXPORT_COLUMN_RETRACTED:
        export_write_retraction(table->session, fact, table->separator, text);
        break;
    case EXPORT_COLUMN_COUNT:
        break;
    }
}

static bool
write_row(void *context, const struct fact *fact,
          const struct fact_detail *detail)
{
    struct table *table = context;
    struct buffer *text = &table->out->held;
    if (export_leaves_out(table->order, fact)) {
        table->counts->left_out++;
        return true;
    }
    if (table->line != fact_line(fact)) {
        take_line(table, fact_line(fact));
    }
    write_name(table, CLASS_KIND, fact_kind(fact));
    buffer_add_char(text, table->separator);
    fact_print_period(table->session, fact, text);
    buffer_add_char(text, table->separator);
    write_name(table, CLASS_METRIC, fact_metric(fact));
    buffer_add_char(text, table->separator);
    buffer_add_slice(text, buffer_slice(&table->members));
    write_value(table, fact, detail);
    for (int column = 0; column < EXPORT_COLUMN_COUNT; column++) {
        if (table->usage.used[column]) {
            buffer_add_char(text, table->separator);
            write_column(table, (enum export_column)column, fact, detail);
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
    export_usage_free(&table->usage);
    buffer_free(&table->members);
    for (int i = 0; i < SCALES; i++) {
        buffer_free(&table->units[i].text);
    }
}

bool
export_table(struct session *session, char separator, struct export_out *out,
             struct export_counts *counts)
{
    struct export_order order;
    struct table table = {.session = session,
                          .separator = separator,
                          .out = out,
                          .counts = counts};
    table.order = &order;
    bool done = export_order_open(&order, session) &&
                export_usage_find(&table.usage, &order);
    if (done) {
        write_header(&table);
        order.stands = true;
        done = export_in_sequence(&order, write_row, &table);
    }
    free_table(&table);
    export_order_close(&order);
    return done && !out->failed;
}
