#ifndef TESTS_UNIT_READING_SINK_H
#define TESTS_UNIT_READING_SINK_H

#include <string.h>

#include "eval/session.h"

/* A sink that reads what it is given. */
static size_t seen;

static void
sink_begin(void *context, const struct result_head *head)
{
    (void)context;
    seen += head->count;
}

static bool
sink_row(void *context, const struct result_value *values, const char *note)
{
    (void)context;
    seen += (size_t)values[0].type + (note ? strlen(note) : 0);
    return true;
}

static void
sink_end(void *context, const struct result_foot *foot)
{
    (void)context;
    seen += foot->rows;
}

static void
sink_text(void *context, struct slice text)
{
    (void)context;
    seen += text.len;
}

static const struct result_sink reading_sink = {NULL, sink_begin, sink_row,
                                                sink_end, sink_text};

#endif
