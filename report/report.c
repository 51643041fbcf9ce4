#include "report/report.h"

#include "base/arena.h"
#include "report/chart/chart.h"
#include "report/format.h"

#include <stdio.h>
#include <stdlib.h>

struct report {
    struct report_options options;
    struct output output;
    struct format format;
    struct result_sink sink;
    struct chart *chart; /* owns; between the begin and end of a drawing */
    struct result_chart *drawing; /* borrows; what is said of it */
};

static struct format
open_format(struct report *report)
{
    switch (report->options.format) {
    case REPORT_TABLE:
        break;
    case REPORT_CSV:
    case REPORT_TSV:
        return csv_format_open(&report->options, &report->output);
    case REPORT_JSON:
    case REPORT_JSONL:
        return json_open(&report->options, &report->output);
    case REPORT_MARKDOWN:
        return markdown_open(&report->options, &report->output);
    }
    return table_open(&report->options, &report->output);
}

/* A result that is to be drawn is gathered here, all others go to the
 * format. */

static void
report_begin(void *context, const struct result_head *head)
{
    struct report *report = context;
    bool file = head->chart && head->chart->write;
    if (!file && !(head->chart && report->format.chart)) {
        report->format.sink.begin(report->format.sink.context, head);
        return;
    }
    report->chart = memory_alloc(sizeof *report->chart);
    report->drawing = head->chart;
    chart_begin(report->chart, &report->options, head);
}

static bool
report_row(void *context, const struct result_value *values, const char *note)
{
    struct report *report = context;
    if (!report->chart) {
        return report->format.sink.row(report->format.sink.context, values,
                                       note);
    }
    chart_row(report->chart, values);
    return !report->output.failed;
}

static void
end_drawing(struct report *report, const struct result_foot *foot)
{
    struct buffer drawing = {0};
    struct buffer remarks = {0};
    struct result_chart *chart = report->drawing;
    buffer_clear(&drawing);
    buffer_clear(&remarks);
    chart_finish(report->chart);
    chart_add_remarks(report->chart, foot, &remarks);
    if (chart->write) {
        chart->drawn = chart_draw_file(report->chart, chart);
        snprintf(chart->remarks, sizeof chart->remarks, "%s", remarks.text);
    } else {
        chart_draw(report->chart, &drawing);
        report->format.chart(report->format.sink.context,
                             buffer_slice(&drawing), buffer_slice(&remarks));
    }
    buffer_free(&drawing);
    buffer_free(&remarks);
}

static void
drop_drawing(struct report *report)
{
    if (report->chart) {
        chart_free(report->chart);
        free(report->chart);
        report->chart = NULL;
    }
}

static void
report_end(void *context, const struct result_foot *foot)
{
    struct report *report = context;
    if (report->chart) {
        end_drawing(report, foot);
        drop_drawing(report);
    } else {
        report->format.sink.end(report->format.sink.context, foot);
    }
}

static void
report_text(void *context, struct slice text)
{
    struct report *report = context;
    report->format.sink.text(report->format.sink.context, text);
}

struct report *
report_open(const struct report_options *options,
            const struct report_output *output)
{
    struct report *report = memory_alloc(sizeof *report);
    *report = (struct report){
        .options = *options,
        .output = {.target = *output},
    };
    report->format = open_format(report);
    report->sink = (struct result_sink){report, report_begin, report_row,
                                        report_end, report_text};
    return report;
}

const struct result_sink *
report_sink(struct report *report)
{
    return &report->sink;
}

void
report_set_as_of(struct report *report, day_number as_of)
{
    report->options.as_of = as_of;
}

bool
report_close(struct report *report)
{
    drop_drawing(report);
    report->format.finish(report->format.sink.context);
    bool done = output_flush(&report->output);
    buffer_free(&report->output.text);
    free(report);
    return done;
}

bool
report_format_find(struct slice name, enum report_format *format)
{
    static const struct {
        const char *name;
        enum report_format format;
    } formats[] = {
        {"table", REPORT_TABLE}, {"csv", REPORT_CSV},
        {"tsv", REPORT_TSV},     {"json", REPORT_JSON},
        {"jsonl", REPORT_JSONL}, {"markdown", REPORT_MARKDOWN},
    };
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        if (slice_is(name, formats[i].name)) {
            *format = formats[i].format;
            return true;
        }
    }
    return false;
}
