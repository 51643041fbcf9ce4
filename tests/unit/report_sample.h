/* Values, columns and an output in memory for the tests of report/. */
#ifndef TESTS_UNIT_REPORT_SAMPLE_H
#define TESTS_UNIT_REPORT_SAMPLE_H

#include "base/buffer.h"
#include "report/report.h"

/* What one value may need; the rest is zero. */
static inline struct result_value
sample_number(double number, int place)
{
    return (struct result_value){.type = VALUE_NUMBER,
                                 .basis = BASIS_STATED,
                                 .number = number,
                                 .place = (int16_t)place};
}

static inline struct result_value
sample_computed(double number, double low, double high)
{
    return (struct result_value){.type = VALUE_NUMBER,
                                 .basis = BASIS_COMPUTED,
                                 .number = number,
                                 .bounds = {low, high},
                                 .has_bounds = true,
                                 .place = PLACE_NONE};
}

static inline struct result_value
sample_bound(enum value_relation relation, double low, double high, int place)
{
    return (struct result_value){.type = VALUE_NUMBER,
                                 .relation = relation,
                                 .bounds = {low, high},
                                 .has_bounds = true,
                                 .place = (int16_t)place};
}

static inline struct result_value
sample_text(const char *text)
{
    return (struct result_value){
        .type = VALUE_TEXT, .text = slice_of(text), .place = PLACE_NONE};
}

static inline struct result_value
sample_year(int year)
{
    return (struct result_value){.type = VALUE_PERIOD,
                                 .period = {FREQUENCY_A, year},
                                 .place = PLACE_NONE};
}

static inline struct result_value
sample_date(int year, int month, int day, bool before)
{
    return (struct result_value){.type = VALUE_DATE,
                                 .day = day_from_civil(year, month, day),
                                 .before = before,
                                 .place = PLACE_NONE};
}

static inline struct result_value
sample_unknown(const char *reason)
{
    return (struct result_value){
        .type = VALUE_UNKNOWN, .reason = reason, .place = PLACE_NONE};
}

static inline struct result_column
sample_column(const char *name, enum value_type type)
{
    return (struct result_column){
        .name = name, .type = type, .unit = "", .factor = 1, .scale = -1};
}

static inline struct result_column
sample_money(const char *name)
{
    struct result_column column = sample_column(name, VALUE_NUMBER);
    column.unit = "USD";
    return column;
}

static inline struct result_column
sample_share(const char *name)
{
    struct result_column column = sample_column(name, VALUE_NUMBER);
    column.unit = "%";
    column.factor = 0.01;
    return column;
}

static inline bool
sample_write(void *context, const char *bytes, size_t len)
{
    buffer_add(context, bytes, len);
    return true;
}

static inline struct report *
sample_open(struct report_options options, struct buffer *out)
{
    struct report_output output = {out, sample_write};
    buffer_clear(out);
    return report_open(&options, &output);
}

static inline void
sample_begin(struct report *report, const char *title,
             const struct result_column *columns, size_t count)
{
    struct result_head head = {
        .title = title, .columns = columns, .count = count};
    const struct result_sink *sink = report_sink(report);
    sink->begin(sink->context, &head);
}

static inline bool
sample_row(struct report *report, const struct result_value *values,
           const char *note)
{
    const struct result_sink *sink = report_sink(report);
    return sink->row(sink->context, values, note);
}

static inline void
sample_end(struct report *report, struct result_foot foot)
{
    const struct result_sink *sink = report_sink(report);
    sink->end(sink->context, &foot);
}

static inline void
sample_say(struct report *report, const char *text)
{
    const struct result_sink *sink = report_sink(report);
    sink->text(sink->context, slice_of(text));
}

#endif
