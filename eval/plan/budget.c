/* How much memory a plan takes, asked for before it is taken: what is read of
 * its figures, the lines of its spaces, and what is kept of its nodes. */
#include "eval/plan/plan.h"

#include <stdlib.h>

bool
plan_fits(struct plan *plan, double bytes)
{
    bool fits = plan->max_bytes <= 0 || plan->bytes + bytes <= plan->max_bytes;
    plan->is_too_large = plan->is_too_large || !fits;
    return fits;
}

bool
plan_take(struct plan *plan, double bytes)
{
    plan->bytes += bytes;
    return plan_fits(plan, 0);
}

bool
plan_take_figure(struct plan *plan, const struct figure *figure, double cells)
{
    size_t cell = sizeof *figure->values + sizeof *figure->places +
                  sizeof *figure->basis + sizeof *figure->relations;
    if (plan->bounds) {
        cell += sizeof *figure->low + sizeof *figure->high;
    }
    if (figure->spreads >> SPREAD_VINTAGE & 1) {
        cell += sizeof *figure->days;
    }
    if (figure->release) {
        cell += sizeof *figure->releases;
    }
    if (figure->wants_facts) {
        cell += sizeof *figure->facts + sizeof *figure->derived;
    }
    return plan_take(plan, cells * (double)cell);
}

bool
plan_take_lines(struct plan *plan, size_t space)
{
    const struct space *own = &plan->spaces[space];
    size_t line = own->dimension_count * sizeof *own->tuples;
    for (size_t i = 0; i < plan->figure_count; i++) {
        const struct figure *figure = plan->figures[i];
        line += figure->space == space ? sizeof *figure->gather : 0;
    }
    return plan_take(plan, (double)line * (double)own->line_count);
}

bool
plan_take_nodes(struct plan *plan, double cells)
{
    size_t numbers = plan->bounds ? 3 : 1; /* without them, in full */
    return plan_take(plan, cells * (double)(numbers * sizeof(double)));
}

/* The cells that were read of a figure, or were to be. */
static double
figure_cells(const struct figure *figure)
{
    double periods = (double)figure->last - (double)figure->first + 1;
    double cells = periods * (double)figure->own_count;
    for (size_t i = 0; figure->finer && figure->finer[i]; i++) {
        double finer = figure_cells(figure->finer[i]);
        cells = finer > cells ? finer : cells;
    }
    return cells;
}

double
plan_weigh(const struct plan *plan, const bool *nodes)
{
    double cells = 0;
    bool *read = memory_alloc((plan->figure_count + 1) * sizeof *read);
    memset(read, 0, (plan->figure_count + 1) * sizeof *read);
    for (size_t i = 0; i < plan->node_count; i++) {
        const struct plan_node *node = &plan->nodes[i];
        cells += nodes[i] ? plan_node_cells(plan, node) : 0;
        if (nodes[i] && node->op == PLAN_FIGURE && !read[node->figure]) {
            read[node->figure] = true;
            cells += figure_cells(plan->figures[node->figure]);
        }
    }
    free(read);
    return cells;
}
