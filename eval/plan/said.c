/* Which rows of a vintage say something of their own.
 *
 * A vintage shows all that was known on its day.  A row of which nothing was said
 * on that day only repeats an earlier one: an answer does not show it, and what
 * gathers several vintages does not count it.  So neither depends on what else
 * was said, of other periods or members.
 */
#include "eval/plan/said.h"

#include <stdlib.h>

/* The position of the vintage among the dimensions of a space; SIZE_MAX: it has
 * none. */
static size_t
vintage_position(const struct space *space)
{
    for (size_t d = 0; d < space->dimension_count; d++) {
        if (space->dimensions[d] == spread_dimension(SPREAD_VINTAGE)) {
            return d;
        }
    }
    return SIZE_MAX;
}

/* Has each vintage of the rows around an aggregate a result of its own? */
static bool
keeps_vintages(const struct plan *plan, const struct plan_node *node)
{
    return vintage_position(&plan->spaces[node->space]) != SIZE_MAX &&
           aggregate_keeps(plan, node, spread_dimension(SPREAD_VINTAGE));
}

bool
plan_mixes_vintages(const struct plan *plan, const struct plan_node *node)
{
    return vintage_position(&plan->spaces[node->from_space]) != SIZE_MAX &&
           !keeps_vintages(plan, node);
}

static day_number
vintage_of(const struct space *space, size_t line)
{
    return (day_number)
        space->tuples[line * space->dimension_count + vintage_position(space)];
}

/* By period, unless they collapse, and line of the space around an aggregate that
 * keeps vintages: was something said in this one of a row that it gathers?  The
 * lines of a group inside have one vintage; those outside may be later. */
static bool *
find_told(const struct plan *plan, const struct plan_node *node)
{
    const struct space *inside = &plan->spaces[node->from_space];
    const struct space *outside = &plan->spaces[node->space];
    struct grouping groups = plan_group_lines(plan, node);
    size_t first = 0;
    size_t last = plan_period_count(plan);
    size_t rows = node->over_periods ? 1 : last;
    size_t lines = outside->line_count;
    bool *said = memory_alloc(rows * groups.count + 1);
    bool *told = memory_alloc(rows * lines + 1);
    day_number *days = memory_alloc((groups.count + 1) * sizeof *days);
    memset(said, 0, rows * groups.count + 1);
    memset(days, 0, (groups.count + 1) * sizeof *days);
    if (node->over_periods) {
        plan_aggregate_periods(plan, node, &first, &last);
    }
    for (size_t l = 0; l < inside->line_count; l++) {
        size_t group = groups.inside[l];
        if (group == UINT32_MAX) {
            continue;
        }
        days[group] = vintage_of(inside, l);
        for (size_t p = first; p < last; p++) {
            bool *at = said + (rows == 1 ? 0 : p) * groups.count + group;
            *at = *at || plan_row_said(plan, node->from_space, p, l);
        }
    }
    for (size_t at = 0; at < rows * lines; at++) {
        size_t group = groups.outside[at % lines];
        told[at] = said[at / lines * groups.count + group] &&
                   days[group] == vintage_of(outside, at % lines);
    }
    free(said);
    free(days);
    return told;
}

static bool
aggregate_said(const struct plan *plan, const struct plan_node *node,
               size_t period, size_t line)
{
    struct plan_node *owner = &plan->nodes[node - plan->nodes];
    size_t lines = plan->spaces[node->space].line_count;
    if (!owner->told) {
        owner->told = find_told(plan, node);
    }
    return owner->told[(node->over_periods ? 0 : period) * lines + line];
}

/* Was something said in just this vintage of the cell that NODE reads? */
static bool
figure_said(const struct plan *plan, const struct plan_node *node,
            size_t period, size_t line, day_number vintage)
{
    const struct figure *figure = plan->figures[node->figure];
    size_t at = figure_cell(plan, node, period, line);
    return at != SIZE_MAX && figure->days && figure->days[at] == vintage;
}

bool
plan_row_said(const struct plan *plan, size_t at, size_t period, size_t line)
{
    const struct space *space = &plan->spaces[at];
    bool tells = false;
    if (vintage_position(space) == SIZE_MAX) {
        return true;
    }
    day_number vintage = vintage_of(space, line);
    for (size_t i = 0; i < plan->node_count; i++) {
        const struct plan_node *node = &plan->nodes[i];
        bool figure =
            node->op == PLAN_FIGURE && node->space == at &&
            plan->figures[node->figure]->spreads >> SPREAD_VINTAGE & 1;
        bool aggregate = node->op >= PLAN_SUM && node->space == at &&
                         node->from_space != at && keeps_vintages(plan, node);
        tells = tells || figure || aggregate;
        if ((figure && figure_said(plan, node, period, line, vintage)) ||
            (aggregate && aggregate_said(plan, node, period, line))) {
            return true;
        }
    }
    return !tells;
}

uint32_t *
plan_lines_alike(const struct plan *plan, size_t at)
{
    const struct space *space = &plan->spaces[at];
    size_t width = space->dimension_count;
    size_t position = vintage_position(space);
    uint32_t *alike = memory_alloc((space->line_count + 1) * sizeof *alike);
    struct index seen = {0}; /* hash of a line: the first one that has it */
    for (size_t line = 0; line < space->line_count; line++) {
        uint32_t own[SPACE_DIMENSIONS_MAX];
        memcpy(own, space->tuples + line * width, width * sizeof *own);
        own[position] = 0;
        uint64_t hash = hash_bytes(own, width * sizeof *own);
        alike[line] = index_get(&seen, hash);
        for (; alike[line] != INDEX_NONE;
             alike[line] = index_get(&seen, ++hash)) {
            uint32_t other[SPACE_DIMENSIONS_MAX];
            memcpy(other, space->tuples + alike[line] * width,
                   width * sizeof *other);
            other[position] = 0;
            if (memcmp(own, other, width * sizeof *own) == 0) {
                break;
            }
        }
        if (alike[line] == INDEX_NONE) {
            alike[line] = (uint32_t)line;
            index_put(&seen, hash, (uint32_t)line);
        }
    }
    index_free(&seen);
    return alike;
}
