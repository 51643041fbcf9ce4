/* Comma- or tab-separated values, quoted as in RFC 4180. */
#include "eval/digits.h"
#include "report/format.h"
#include "report/head.h"
#include "values/number.h"

#include <stdlib.h>

struct csv {
    const struct report_options *options; /* borrows */
    struct output *output;                /* borrows */
    char separator;
    struct arena arena; /* owns HEAD */
    struct result_head head;
    struct buffer field;
    bool is_first; /* nothing is written yet */
};

static bool
has_unit_field(const struct result_column *column)
{
    return column->type == VALUE_NUMBER && column->show_unit && *column->unit;
}

static bool
has_basis_field(const struct result_column *column)
{
    return column->type == VALUE_NUMBER && column->may_assume;
}

static bool
needs_quotes(const struct csv *csv, struct slice field)
{
    if (field.len == 0) {
        return false;
    }
    for (size_t i = 0; i < field.len; i++) {
        char c = field.at[i];
        if (c == '"' || c == '\n' || c == '\r' || c == csv->separator) {
            return true;
        }
    }
    return field.at[0] == ' ' || field.at[field.len - 1] == ' ';
}

static void
add_field(struct csv *csv, struct slice field)
{
    struct buffer *out = &csv->output->text;
    if (!needs_quotes(csv, field)) {
        buffer_add_slice(out, field);
        return;
    }
    buffer_add_char(out, '"');
    for (size_t i = 0; i < field.len; i++) {
        if (field.at[i] == '"') {
            buffer_add_char(out, '"');
        }
        buffer_add_char(out, field.at[i]);
    }
    buffer_add_char(out, '"');
}

static void
add_number(struct buffer *out, const struct result_column *column,
           const struct result_value *value)
{
    if (!digits_are_known(column, value)) {
        return;
    }
    struct digits_ends ends = digits_ends(column, value);
    switch (value->relation) {
    case RELATION_EQUAL:
        break;
    case RELATION_AT_LEAST:
        buffer_add_text(out, ">=");
        break;
    case RELATION_AT_MOST:
        buffer_add_text(out, "<=");
        break;
    case RELATION_BETWEEN:
        number_print(out, ends.first);
        buffer_add_text(out, "..");
        break;
    }
    number_print(out, ends.last);
}

/* The bare text of a value; empty when it is unknown. */
static void
print_value(struct buffer *out, const struct result_column *column,
            const struct result_value *value)
{
    switch (value->type) {
    case VALUE_UNKNOWN:
        break;
    case VALUE_NUMBER:
        add_number(out, column, value);
        break;
    case VALUE_TRUTH:
        buffer_add_text(out, value->truth ? "true" : "false");
        break;
    case VALUE_TEXT:
        buffer_add_slice(out, value->text);
        break;
    case VALUE_PERIOD:
        period_print(out, value->period, value->fiscal);
        break;
    case VALUE_DATE:
        if (value->day > DAY_NONE) {
            buffer_add_text(out, value->before ? ".." : "");
            day_print(out, value->day);
        }
        break;
    }
}

/* An empty line between results. */
static void
separate(struct csv *csv)
{
    if (!csv->is_first) {
        buffer_add_char(&csv->output->text, '\n');
    }
    csv->is_first = false;
}

static void
csv_begin(void *context, const struct result_head *head)
{
    struct csv *csv = context;
    struct buffer *out = &csv->output->text;
    arena_reset(&csv->arena);
    csv->head = head_copy(&csv->arena, head);
    const char **names = head_names(&csv->arena, &csv->head);
    separate(csv);
    for (size_t i = 0; i < csv->head.count; i++) {
        if (i) {
            buffer_add_char(out, csv->separator);
        }
        add_field(csv, slice_of(names[i]));
        if (has_unit_field(&csv->head.columns[i])) {
            buffer_clear(&csv->field);
            buffer_format(&csv->field, "%s_unit", names[i]);
            buffer_add_char(out, csv->separator);
            add_field(csv, buffer_slice(&csv->field));
        }
        if (has_basis_field(&csv->head.columns[i])) {
            buffer_clear(&csv->field);
            buffer_format(&csv->field, "%s_basis", names[i]);
            buffer_add_char(out, csv->separator);
            add_field(csv, buffer_slice(&csv->field));
        }
    }
    buffer_add_char(out, '\n');
}

static bool
csv_row(void *context, const struct result_value *values, const char *note)
{
    struct csv *csv = context;
    struct buffer *out = &csv->output->text;
    size_t start = out->len;
    (void)note;
    for (size_t i = 0; i < csv->head.count; i++) {
        const struct result_column *column = &csv->head.columns[i];
        if (i) {
            buffer_add_char(out, csv->separator);
        }
        buffer_clear(&csv->field);
        print_value(&csv->field, column, &values[i]);
        add_field(csv, buffer_slice(&csv->field));
        if (has_unit_field(column)) {
            buffer_add_char(out, csv->separator);
            add_field(csv,
                      slice_of(values[i].unit ? values[i].unit : column->unit));
        }
        if (has_basis_field(column)) {
            buffer_add_char(out, csv->separator);
            if (digits_are_known(column, &values[i])) {
                add_field(csv, slice_of(basis_word(values[i].basis)));
            }
        }
    }
    if (out->len == start) {
        buffer_add_text(out, "\"\""); /* an empty line would end the result */
    }
    buffer_add_char(out, '\n');
    return output_step(csv->output);
}

static void
csv_end(void *context, const struct result_foot *foot)
{
    struct csv *csv = context;
    (void)foot;
    output_flush(csv->output);
}

static void
csv_text(void *context, struct slice text)
{
    struct csv *csv = context;
    struct buffer *out = &csv->output->text;
    separate(csv);
    buffer_add_text(out, "text\n");
    size_t start = out->len;
    add_field(csv, text);
    buffer_add_text(out, out->len == start ? "\"\"\n" : "\n");
    output_flush(csv->output);
}

static void
csv_finish(void *context)
{
    struct csv *csv = context;
    arena_free(&csv->arena);
    buffer_free(&csv->field);
    free(csv);
}

struct format
csv_format_open(const struct report_options *options, struct output *output)
{
    struct csv *csv = memory_alloc(sizeof *csv);
    *csv = (struct csv){
        .options = options,
        .output = output,
        .separator = options->format == REPORT_TSV ? '\t' : ',',
        .is_first = true,
    };
    return (struct format){
        .sink = {csv, csv_begin, csv_row, csv_end, csv_text},
        .finish = csv_finish,
    };
}
