/* Does a mapping say all that a fact needs, and nothing that it cannot have? */
#include "eval/import/import.h"

const struct mapped *
mapping_find(const struct import *import, enum field field)
{
    for (size_t i = 0; i < import->count; i++) {
        if (import->items[i].field == field) {
            return &import->items[i];
        }
    }
    return NULL;
}

static bool
no_dimension(struct import *import, const struct mapped *mapped,
             uint32_t metric)
{
    struct session *session = import->session;
    const struct vocabulary *vocabulary = session->vocabulary;
    const struct metric *record = vocabulary_metric(vocabulary, metric);
    struct buffer help = {0};
    struct diagnostic *error = diagnostics_add(
        session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_DIMENSION_MISSING,
        mapped->node->span, "%s has no dimension %s",
        vocabulary_name(vocabulary, CLASS_METRIC, metric).at,
        vocabulary_name(vocabulary, CLASS_DIMENSION, mapped->dimension).at);
    for (uint8_t i = 0; i < record->dimension_count; i++) {
        buffer_format(
            &help, "%s%s", i ? ", " : "it has ",
            vocabulary_name(vocabulary, CLASS_DIMENSION, record->dimensions[i])
                .at);
    }
    diagnostics_help(session->diagnostics, error, "%s",
                     help.len ? help.text : "it has none");
    buffer_free(&help);
    return false;
}

/* ONCE: the metric has one cell, and no period. */
static bool
check_values(struct import *import, bool once)
{
    const struct node *at = import->statement;
    const struct mapped *period = mapping_find(import, FIELD_PERIOD);
    const struct mapped *value = mapping_find(import, FIELD_VALUE);
    if (import->wide && value && value->column == SIZE_MAX) {
        value = NULL; /* it says how the values in all of them are read */
    }
    if (import->wide && (period || value)) {
        return mapping_fail(
            import, (period ? period : value)->node,
            "in a wide file the columns are the periods",
            "leave wide out where one column holds the periods");
    }
    if (!import->wide && !value) {
        return mapping_fail(import, at, "no column holds the values",
                            "map one: (value = usd_mn)");
    }
    if (once && (period || import->wide)) {
        return mapping_fail(import, period ? period->node : at,
                            "the metric has one cell and no period",
                            "leave the period out");
    }
    return import->wide || period || once ||
           mapping_fail(import, at, "no column holds the periods",
                        "map one: (period = year)");
}

static bool
check_dimensions(struct import *import, uint32_t metric)
{
    const struct metric *record =
        vocabulary_metric(import->session->vocabulary, metric);
    for (size_t i = 0; i < import->count; i++) {
        const struct mapped *item = &import->items[i];
        if (item->field == FIELD_DIMENSION &&
            metric_dimension(record, item->dimension) < 0) {
            return no_dimension(import, item, metric);
        }
    }
    return true;
}

bool
mapping_check(struct import *import)
{
    const struct node *at = import->statement;
    const struct mapped *metric = mapping_find(import, FIELD_METRIC);
    if (import->members_of) {
        return mapping_find(import, FIELD_NAME) ||
               mapping_fail(import, at, "no column holds the members",
                            "say which one does: (name = code)");
    }
    if (!metric) {
        return mapping_fail(import, at, "the import does not say the metric",
                            "say it in the statement, as actual exports, or "
                            "map a column: (metric = indicator)");
    }
    if (metric->column != SIZE_MAX) {
        return check_values(import, false);
    }
    uint32_t id = metric->constant.id;
    const struct metric *record =
        vocabulary_metric(import->session->vocabulary, id);
    return check_values(import, record->frequency == FREQUENCY_ONCE) &&
           check_dimensions(import, id);
}
