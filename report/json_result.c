/* Results as one JSON document, or as one object a row; report.h says what is
 * in them. */
#include "report/format.h"
#include "report/head.h"
#include "report/json_cell.h"

#include <stdlib.h>

struct json_report {
    const struct report_options *options; /* borrows */
    struct output *output;                /* borrows */
    struct json_writer json;
    bool lines;         /* jsonl */
    struct arena arena; /* owns HEAD and NAMES */
    struct result_head head;
    const char **names;
    struct buffer scratch;
    size_t results;
    size_t rows;   /* of this result */
    bool is_begun; /* the head of the document is written */
    bool is_open;  /* between begin and end */
};

static const char *
type_name(enum value_type type)
{
    switch (type) {
    case VALUE_UNKNOWN:
        return "unknown";
    case VALUE_NUMBER:
        return "number";
    case VALUE_TRUTH:
        return "truth";
    case VALUE_TEXT:
        return "text";
    case VALUE_PERIOD:
        return "period";
    case VALUE_DATE:
        return "date";
    }
    return "";
}

static void
begin_document(struct json_report *report)
{
    struct json_writer *json = &report->json;
    if (report->is_begun || report->lines) {
        return;
    }
    report->is_begun = true;
    json_begin_object(json);
    json_key(json, "schema");
    json_text(json, "assay-result/1");
    json_key(json, "as_of");
    if (report->options->as_of > DAY_NONE) {
        buffer_clear(&report->scratch);
        day_print(&report->scratch, report->options->as_of);
        json_slice(json, buffer_slice(&report->scratch));
    } else {
        json_null(json);
    }
    json_key(json, "results");
    json_begin_array(json);
}

static void
add_columns(struct json_report *report)
{
    struct json_writer *json = &report->json;
    json_begin_array(json);
    for (size_t i = 0; i < report->head.count; i++) {
        const struct result_column *column = &report->head.columns[i];
        json_begin_object(json);
        json_key(json, "name");
        json_text(json, report->names[i]);
        json_key(json, "heading");
        json_text(json, column->heading);
        json_key(json, "type");
        json_text(json, type_name(column->type));
        json_key(json, "key");
        json_bool(json, column->is_key);
        json_key(json, "unit");
        json_text(json, column->type == VALUE_NUMBER ? column->unit : NULL);
        json_end_object(json);
    }
    json_end_array(json);
}

static void
json_begin(void *context, const struct result_head *head)
{
    struct json_report *report = context;
    struct json_writer *json = &report->json;
    arena_reset(&report->arena);
    report->head = head_copy(&report->arena, head);
    report->names = head_names(&report->arena, &report->head);
    report->results++;
    report->rows = 0;
    report->is_open = true;
    if (report->lines) {
        return;
    }
    begin_document(report);
    json_break(json);
    json_begin_object(json);
    json_key(json, "title");
    json_text(json, report->head.title);
    json_key(json, "columns");
    add_columns(report);
    json_key(json, "rows");
    json_begin_array(json);
}

static bool
json_row(void *context, const struct result_value *values, const char *note)
{
    struct json_report *report = context;
    struct json_writer *json = &report->json;
    if (!report->lines) {
        json_break(json);
    }
    json_begin_object(json);
    if (report->lines) {
        json_key(json, "result");
        json_int(json, (int64_t)report->results);
    }
    for (size_t i = 0; i < report->head.count; i++) {
        json_cell_add(json, &report->head.columns[i], report->names[i],
                      &values[i]);
    }
    if (note) {
        json_key(json, "note");
        json_text(json, note);
    }
    json_end_object(json);
    if (report->lines) {
        buffer_add_char(json->out, '\n');
        json->needs_comma = false;
    }
    report->rows++;
    return output_step(report->output);
}

/* Closes the rows; a newline before the bracket unless they are `[]`. */
static void
close_rows(struct json_report *report)
{
    if (report->rows) {
        buffer_add_char(report->json.out, '\n');
    }
    json_end_array(&report->json);
    report->is_open = false;
}

static void
json_end(void *context, const struct result_foot *foot)
{
    struct json_report *report = context;
    struct json_writer *json = &report->json;
    report->is_open = false;
    if (report->lines && report->rows == 0) {
        buffer_format(json->out, "{\"result\":%lld,\"rows\":0}\n",
                      (long long)report->results);
        json->needs_comma = false;
    }
    if (!report->lines) {
        close_rows(report);
        json_key(json, "undecided");
        json_int(json, (int64_t)foot->undecided);
        json_key(json, "cut");
        json_int(json, (int64_t)foot->cut);
        json_key(json, "note");
        json_text(json, foot->note);
        json_end_object(json);
    }
    output_flush(report->output);
}

static void
json_text_result(void *context, struct slice text)
{
    struct json_report *report = context;
    struct json_writer *json = &report->json;
    report->results++;
    if (!report->lines) {
        begin_document(report);
        json_break(json);
    }
    json_begin_object(json);
    if (report->lines) {
        json_key(json, "result");
        json_int(json, (int64_t)report->results);
    }
    json_key(json, "text");
    json_slice(json, text);
    json_end_object(json);
    if (report->lines) {
        buffer_add_char(json->out, '\n');
        json->needs_comma = false;
    }
    output_flush(report->output);
}

static void
json_finish(void *context)
{
    struct json_report *report = context;
    struct json_writer *json = &report->json;
    if (!report->lines) {
        begin_document(report);
        if (report->is_open) {
            close_rows(report);
            json_end_object(json);
        }
        if (report->results) {
            buffer_add_char(json->out, '\n');
        }
        json_end_array(json);
        json_end_object(json);
        buffer_add_char(json->out, '\n');
    }
    arena_free(&report->arena);
    buffer_free(&report->scratch);
    free(report);
}

struct format
json_open(const struct report_options *options, struct output *output)
{
    struct json_report *report = memory_alloc(sizeof *report);
    *report = (struct json_report){
        .options = options,
        .output = output,
        .lines = options->format == REPORT_JSONL,
    };
    json_init(&report->json, &output->text);
    report->json.ascii = options->ascii;
    return (struct format){
        .sink = {report, json_begin, json_row, json_end, json_text_result},
        .finish = json_finish,
    };
}
