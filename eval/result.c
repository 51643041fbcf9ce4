/* The sink for those who want no answers. */
#include "eval/result.h"

static void
none_begin(void *context, const struct result_head *head)
{
    (void)context;
    (void)head;
}

static bool
none_row(void *context, const struct result_value *values, const char *note)
{
    (void)context;
    (void)values;
    (void)note;
    return true;
}

static void
none_end(void *context, const struct result_foot *foot)
{
    (void)context;
    (void)foot;
}

static void
none_text(void *context, struct slice text)
{
    (void)context;
    (void)text;
}

const struct result_sink result_sink_none = {
    .begin = none_begin, .row = none_row, .end = none_end, .text = none_text};
