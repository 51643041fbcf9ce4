/* What all records share, as the statement says it in front of the mapping: a
 * figure, and that a file is wide. */
#include "eval/import/import.h"

static bool
mapping_add_constant(struct import *import, const struct node *node,
                     enum field field, uint32_t dimension)
{
    struct mapped *mapped = mapping_add(import, node, field, dimension);
    return mapped && translate_constant(import, mapped, node);
}

/* The dimension that a bare coordinate of `as FIGURE` belongs to; 0: it is an
 * actor. */
static uint32_t
coordinate_dimension(struct import *import, uint32_t metric,
                     const struct node *member)
{
    struct session *session = import->session;
    const struct metric *record =
        vocabulary_metric(session->vocabulary, metric);
    for (uint8_t i = 0; i < record->dimension_count; i++) {
        if (store_load_members(session->store, record->dimensions[i]) &&
            vocabulary_find_member(session->vocabulary, record->dimensions[i],
                                   member->value.name)) {
            return record->dimensions[i];
        }
    }
    bool actor = scope_find(session, CLASS_ACTOR, member->value.name);
    return actor || record->dimension_count == 0 ? 0 : record->dimensions[0];
}

static bool
take_coordinate(struct import *import, uint32_t metric, const struct node *at)
{
    struct session *session = import->session;
    const struct node *member = at->kid[1];
    uint32_t dimension = 0;
    enum field field = FIELD_DIMENSION;
    if (!member || !metric) {
        return mapping_fail(import, at, "one member is wanted here",
                            "where the rows differ, map a column: (country = "
                            "iso3)");
    }
    if (at->kid[0]) {
        enum field said =
            field_find(atoms_text(&session->atoms, at->kid[0]->value.name));
        bool speaker =
            said == FIELD_ACTOR || said == FIELD_SOURCE || said == FIELD_ON;
        field = speaker ? said : FIELD_DIMENSION;
        dimension = speaker ? 0 : scope_dimension(session, at->kid[0]);
    } else {
        dimension = coordinate_dimension(import, metric, member);
        field = dimension ? FIELD_DIMENSION : FIELD_ACTOR;
    }
    return (field != FIELD_DIMENSION || dimension) &&
           mapping_add_constant(import, member, field, dimension);
}

bool
mapping_take_figure(struct import *import, const struct node *figure)
{
    struct session *session = import->session;
    const struct node *kind = figure->kid[0];
    const struct node *metric = figure->kid[2];
    bool is_kind =
        metric && !kind && scope_find(session, CLASS_KIND, metric->value.name);
    if (is_kind) {
        kind = metric;
        metric = NULL;
    }
    if ((kind && !mapping_add_constant(import, kind, FIELD_KIND, 0)) ||
        (figure->kid[1] &&
         !mapping_add_constant(import, figure->kid[1], FIELD_PERIOD, 0)) ||
        (metric && !mapping_add_constant(import, metric, FIELD_METRIC, 0))) {
        return false;
    }
    uint32_t id = metric ? import->items[import->count - 1].constant.id : 0;
    for (const struct node *at = figure->kid[3]; at; at = at->next) {
        if (!take_coordinate(import, id, at)) {
            return false;
        }
    }
    return true;
}

/* Some write years as 2019 [YR2019] or YR2019. */
bool
header_period(struct slice header, struct period *period, bool *fiscal)
{
    if (period_parse(header, period, fiscal)) {
        return true;
    }
    bool long_form = header.len == 13 && memcmp(header.at + 4, " [YR", 4) == 0;
    bool short_form = header.len == 6 && memcmp(header.at, "YR", 2) == 0;
    struct slice year = {header.at + (short_form ? 2 : 0), 4};
    return (long_form || short_form) && period_parse(year, period, fiscal);
}

bool
mapping_find_periods(struct import *import)
{
    import->periods =
        arena_array(&import->arena, struct period_column, import->header_count);
    for (size_t i = 0; i < import->header_count; i++) {
        struct period period;
        bool fiscal = false;
        if (header_period(import->header[i], &period, &fiscal)) {
            import->periods[import->period_count++] =
                (struct period_column){i, {.id = (uint32_t)period.frequency,
                                           .extra = period.ordinal,
                                           .known = true,
                                           .fiscal = fiscal }};
        }
    }
    return import->period_count ||
           mapping_fail(import, import->statement->kid[0],
                        "no column of this file is a period",
                        "a wide file has one column for each period: 2019, "
                        "2020, ...");
}
