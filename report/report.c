#include "report/report.h"

#include "base/arena.h"
#include "report/format.h"

#include <stdlib.h>

struct report {
    struct report_options options;
    struct output output;
    struct format format;
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
    return report;
}

const struct result_sink *
report_sink(struct report *report)
{
    return &report->format.sink;
}

void
report_set_as_of(struct report *report, day_number as_of)
{
    report->options.as_of = as_of;
}

bool
report_close(struct report *report)
{
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
