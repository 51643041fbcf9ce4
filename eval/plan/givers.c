/* What gives a space its lines: figures that stand in it, and aggregates. */
#include "eval/plan/givers.h"

#include <stdlib.h>

static const struct vocabulary *
plan_vocabulary(const struct plan *plan)
{
    return store_vocabulary(plan->store);
}

/* Has a figure rows of its own by such a coordinate?  Not where none of its
 * facts says who, or where, and what stands beside it does. */
static bool
is_told_apart(const struct plan *plan, const struct figure *figure,
              enum spread spread)
{
    return figure->spreads >> spread & 1 &&
           (figure->named >> spread & 1 || spread == SPREAD_VINTAGE ||
            !plan_is_told_apart(plan, figure->space, spread));
}

void
figure_map_dimensions(const struct plan *plan, const struct figure *figure,
                      int *positions)
{
    const struct space *space = &plan->spaces[figure->space];
    const struct metric *metric =
        &plan_vocabulary(plan)->metrics[figure->metric];
    for (size_t d = 0; d < space->dimension_count; d++) {
        uint32_t dimension = space->dimensions[d];
        if (dimension_is_spread(dimension)) {
            uint32_t spread = dimension - DIMENSION_SPREAD;
            positions[d] = is_told_apart(plan, figure, (enum spread)spread)
                               ? DIMENSIONS_MAX + (int)spread
                               : -1;
            continue;
        }
        int at = metric_dimension(metric, dimension);
        positions[d] =
            at >= 0 && figure->selectors[at] == SELECT_SPACE ? at : -1;
    }
}

/* The member that an own line of a figure has at such a position. */
static uint32_t
own_member(const struct plan *plan, const struct figure *figure, size_t own,
           int position)
{
    if (position >= DIMENSIONS_MAX) {
        const struct extra *extra = &figure->extras[own % figure->extra_count];
        return (uint32_t)extra->at[position - DIMENSIONS_MAX];
    }
    return vocabulary_line_members(
        plan_vocabulary(plan),
        figure->own_lines[own / figure->extra_count])[position];
}

/* Is an own line a part of its space: are there facts of it, by the day of its
 * vintage? */
static bool
own_expected(const struct figure *figure, size_t own)
{
    size_t line = own / figure->extra_count;
    const struct extra *extra = &figure->extras[own % figure->extra_count];
    return figure->expected[line] &&
           (!figure->first_days || figure->space == 0 ||
            figure->first_days[line] <= extra->at[SPREAD_VINTAGE]);
}

uint32_t
space_group(const struct plan *plan, size_t at, uint32_t dimension)
{
    for (size_t f = 0; f < plan->figure_count; f++) {
        const struct figure *figure = plan->figures[f];
        int own = figure->space != at || dimension_is_spread(dimension)
                      ? -1
                      : metric_dimension(
                            &plan_vocabulary(plan)->metrics[figure->metric],
                            dimension);
        if (own >= 0 && figure->selectors[own] == SELECT_SPACE &&
            figure->members[own]) {
            return figure->members[own];
        }
    }
    return 0;
}

static struct giver
figure_gives(const struct plan *plan, const struct figure *figure)
{
    const struct space *space = &plan->spaces[figure->space];
    struct giver giver = {.count = 0};
    int positions[SPACE_DIMENSIONS_MAX];
    figure_map_dimensions(plan, figure, positions);
    for (size_t d = 0; d < space->dimension_count; d++) {
        if (positions[d] >= 0) {
            giver.which[giver.count++] = d;
        }
    }
    giver.tuples.width = giver.count;
    for (size_t own = 0; giver.count && own < figure->own_count; own++) {
        uint32_t tuple[SPACE_DIMENSIONS_MAX];
        for (size_t i = 0; i < giver.count; i++) {
            tuple[i] = own_member(plan, figure, own, positions[giver.which[i]]);
        }
        if (own_expected(figure, own)) {
            tuples_add(&giver.tuples, tuple);
        }
    }
    tuples_settle(&giver.tuples);
    return giver;
}

/* The dimensions of a space that an aggregate in it has inside, or only those
 * that it KEEPS; in INNER where they are inside. */
static size_t
aggregate_dimensions(const struct plan *plan, const struct plan_node *node,
                     bool keeps, size_t *which, size_t *inner)
{
    const struct space *space = &plan->spaces[node->space];
    const struct space *inside = &plan->spaces[node->from_space];
    size_t count = 0;
    for (size_t d = 0; d < space->dimension_count; d++) {
        uint32_t dimension = space->dimensions[d];
        for (size_t k = 0; k < inside->dimension_count; k++) {
            if (inside->dimensions[k] == dimension &&
                (aggregate_keeps(plan, node, dimension) ||
                 (!keeps && !space_group(plan, node->space, dimension)))) {
                which[count] = d;
                inner[count++] = k;
            }
        }
    }
    return count;
}

/* The lines that an aggregate keeps: `max(x by goods)`.  One that has all
 * dimensions of the space inside, `x / sum(x)`, stands beside all its lines. */
static struct giver
aggregate_gives(const struct plan *plan, const struct plan_node *node)
{
    const struct space *inside = &plan->spaces[node->from_space];
    struct tuples lines = {.width = inside->dimension_count,
                           .count = inside->line_count,
                           .items = inside->tuples};
    struct giver giver = {.count = 0};
    size_t inner[SPACE_DIMENSIONS_MAX];
    giver.count = aggregate_dimensions(plan, node, false, giver.which, inner);
    if (giver.count < plan->spaces[node->space].dimension_count) {
        giver.count =
            aggregate_dimensions(plan, node, true, giver.which, inner);
    }
    giver.tuples = tuples_project(&lines, inner, giver.count);
    return giver;
}

struct giver *
givers_find(const struct plan *plan, size_t at, size_t *count)
{
    struct giver *givers = memory_alloc(
        (plan->figure_count + plan->node_count + SPACE_DIMENSIONS_MAX) *
        sizeof *givers);
    *count = 0;
    for (size_t f = 0; f < plan->figure_count; f++) {
        if (plan->figures[f]->space == at) {
            givers[*count] = figure_gives(plan, plan->figures[f]);
            givers[(*count)++].figure = plan->figures[f];
        }
    }
    for (size_t i = 0; i < plan->node_count; i++) {
        if (plan->nodes[i].op >= PLAN_SUM && plan->nodes[i].space == at) {
            givers[*count] = aggregate_gives(plan, &plan->nodes[i]);
            givers[(*count)++].node = &plan->nodes[i];
        }
    }
    return givers;
}

/* The giver that a node is; NULL for none. */
static const struct giver *
giver_of(const struct plan *plan, const struct plan_node *node,
         const struct giver *givers, size_t count)
{
    const struct figure *figure =
        node->op == PLAN_FIGURE ? plan->figures[node->figure] : NULL;
    bool gives = figure || node->op >= PLAN_SUM;
    for (size_t g = 0; gives && g < count; g++) {
        if (figure ? givers[g].figure == figure : givers[g].node == node) {
            return &givers[g];
        }
    }
    return NULL;
}

bool *
givers_roots(const struct plan *plan, size_t space)
{
    bool *roots = memory_alloc((plan->node_count + 1) * sizeof *roots);
    for (size_t i = 0; i < plan->node_count; i++) {
        const struct plan_node *node = &plan->nodes[i];
        roots[i] = node->space == space && node->op < PLAN_SUM &&
                   node->op != PLAN_FIGURE;
        for (int k = 0; roots[i] && k < 3; k++) {
            uint32_t kid = node->kid[k];
            if (kid < i) { /* operands stand before operators */
                roots[kid] = roots[kid] && plan->nodes[kid].wanted;
            }
        }
    }
    return roots;
}

/* What is needed of the nodes beneath a value for it to be known. */
struct need {
    const struct giver *giver; /* that the node is; NULL: none */
    bool full;                 /* something that has all dimensions alone */
    bool wanted;
};

/* Is one of two operands enough, beside what both need? */
static bool
is_either(const struct plan_node *node, int kid)
{
    return node->op == PLAN_ORELSE || (node->op == PLAN_IF && kid > 0);
}

/* Does it need one that has all dimensions alone?  Of `a ? b` and both branches
 * of `if`, either is enough; known(a) needs nothing. */
static bool
needs_full(const struct plan_node *node, const struct need *needs, uint32_t at)
{
    bool either = true;
    bool choice = false;
    for (int k = 0; k < 3; k++) {
        bool has = node->kid[k] < at;
        bool full = has && needs[node->kid[k]].full;
        if (has && is_either(node, k)) {
            choice = true;
            either = either && full;
        } else if (full) {
            return true;
        }
    }
    return choice && either;
}

/* Fills NEEDS for the nodes up to AT. */
static void
find_needs(const struct plan *plan, uint32_t at, const struct giver *givers,
           size_t count, size_t width, struct need *needs)
{
    for (uint32_t i = 0; i <= at; i++) {
        const struct plan_node *node = &plan->nodes[i];
        bool leaf = node->op == PLAN_KNOWN || node->op >= PLAN_SUM;
        needs[i] = (struct need){.giver = giver_of(plan, node, givers, count)};
        needs[i].full = needs[i].giver ? needs[i].giver->count == width
                                       : !leaf && needs_full(node, needs, i);
    }
    needs[at].wanted = true;
    for (uint32_t i = at + 1; i-- > 0;) {
        const struct plan_node *node = &plan->nodes[i];
        bool leaf = node->op == PLAN_KNOWN || node->op >= PLAN_SUM;
        for (int k = 0; needs[i].wanted && !leaf && k < 3; k++) {
            if (node->kid[k] < i &&
                !(is_either(node, k) && needs[node->kid[k]].full)) {
                needs[node->kid[k]].wanted = true;
            }
        }
    }
}

size_t
givers_join(const struct plan *plan, size_t space, uint32_t at,
            const struct giver *givers, size_t count, struct giver *some)
{
    size_t width = plan->spaces[space].dimension_count;
    bool has[SPACE_DIMENSIONS_MAX] = {false};
    size_t found = 0;
    struct need *needs = memory_alloc(((size_t)at + 1) * sizeof *needs);
    find_needs(plan, at, givers, count, width, needs);
    for (uint32_t i = 0; !needs[at].full && i <= at; i++) {
        const struct giver *giver = needs[i].wanted ? needs[i].giver : NULL;
        if (giver && giver->count) {
            some[found++] = *giver;
        }
        for (size_t k = 0; giver && k < giver->count; k++) {
            has[giver->which[k]] = true;
        }
    }
    for (size_t d = 0; d < width; d++) {
        found = has[d] ? found : 0;
    }
    free(needs);
    return found;
}
