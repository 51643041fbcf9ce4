/* Panes: a frame is worked in blocks of lines, with all of their periods.
 *
 * A figure that stands as the rows do is read where it is.
 * A node that looks at its own cells only passes: what it gives for a pane
 * stands in a buffer until another pane is asked for, so that a long expression
 * stays in the processor's cache and takes no memory by the cell.  One that
 * looks along the periods of its line (a window, a run, a gap) passes as well,
 * as a pane has all of them.  Kept are nodes that look at other lines (ranks,
 * aggregates), what ranks look at, those that somebody wants whole, and small
 * ones.
 */
#include "base/clock.h"
#include "eval/plan/plan.h"

#include <stdlib.h>

/* Kept in full up to here, and the usual pane.  Builds with sanitizers make it
 * small, so that tests cross many panes. */
#ifndef PANE_CELLS
#define PANE_CELLS 4096
#endif

enum {
    PANE_LINES =
        PANE_CELLS / 256 + 1,         /* at least, where periods are many ... */
    PANE_CELLS_MAX = 32 * PANE_CELLS, /* ... up to here */
};

/* What passed last: a pane, and a single cell beside it. */
struct passing {
    struct block pane;
    size_t capacity; /* of its columns */
    struct block cell;
    double one[3];
};

static struct pane
plan_panel(const struct plan *plan, const struct plan_node *node)
{
    struct pane all = {0, plan_period_count(plan), 0,
                       plan->spaces[node->space].line_count};
    return node_pane(node, all);
}

struct pane
node_pane(const struct plan_node *node, struct pane pane)
{
    if (!(node->varies & VARIES_PERIOD)) {
        pane.period = 0;
        pane.periods = 1;
    }
    if (!(node->varies & VARIES_LINE)) {
        pane.line = 0;
        pane.lines = 1;
    }
    return pane;
}

size_t
plan_pane_lines(const struct plan *plan, size_t space)
{
    size_t lines = plan->spaces[space].line_count;
    size_t periods = plan_period_count(plan);
    size_t least = periods ? PANE_CELLS_MAX / periods : 1;
    least = least > PANE_LINES ? PANE_LINES : least ? least : 1;
    size_t count = periods ? PANE_CELLS / periods : lines;
    count = count < least ? least : count;
    return count < lines ? count : lines ? lines : 1;
}

void
plan_want(struct plan *plan, uint32_t node)
{
    if (node != UINT32_MAX) {
        plan->nodes[node].wanted = true;
    }
}

void
node_free_blocks(struct plan_node *node)
{
    free(node->values);
    free(node->low);
    free(node->high);
    free(node->begins);
    free(node->told);
    free(node->assumed);
    if (node->passing) {
        free(node->passing->pane.values);
        free(node->passing);
    }
    if (node->groups) {
        free(node->groups->inside);
        free(node->groups->outside);
        free(node->groups->first);
        free(node->groups);
    }
}

/* Does a node look at other periods of its line, and at nothing else? */
static bool
runs_along(const struct plan_node *node)
{
    return node->op >= PLAN_SHIFT && node->op <= PLAN_INTERPOLATE;
}

/* Does a node look at other lines than the one it gives? */
static bool
looks_around(const struct plan_node *node)
{
    return node->op >= PLAN_RANK && !runs_along(node);
}

static bool
has_bounds(const struct plan *plan, const struct plan_node *node)
{
    return plan->bounds &&
           (node->type.class == VALUE_NUMBER || node->op >= PLAN_RANK);
}

/* Measured, the time of operands is not its own. */
static void
fill(const struct plan *plan, struct plan_node *node, struct block *to)
{
    struct plan_meter *meter = plan->meter;
    if (!meter) {
        kernel_run(plan, node, to);
        return;
    }
    double outside = meter->inside;
    double start = clock_seconds();
    meter->inside = 0;
    kernel_run(plan, node, to);
    double took = clock_seconds() - start;
    node->seconds += took - meter->inside;
    node->cell_count += to->pane.periods * to->pane.lines;
    meter->inside = outside + took;
}

/* Passing ------------------------------------------------------------------ */

static bool
holds(const struct block *column, struct pane pane)
{
    const struct pane *own = &column->pane;
    return column->values && pane.period >= own->period &&
           pane.line >= own->line &&
           pane.period + pane.periods <= own->period + own->periods &&
           pane.line + pane.lines <= own->line + own->lines;
}

/* The part of a column that a pane is. */
static struct block
part_of(struct block column, struct pane pane)
{
    size_t at = (pane.period - column.pane.period) * column.stride +
                (pane.line - column.pane.line);
    column.values += at;
    column.low = column.low ? column.low + at : NULL;
    column.high = column.high ? column.high + at : NULL;
    column.pane = pane;
    return column;
}

static struct block
kept_block(const struct plan *plan, const struct plan_node *node)
{
    struct pane panel = plan_panel(plan, node);
    return (struct block){node->values, node->low, node->high, panel.lines,
                          panel};
}

/* Room for a pane in the buffer of a node. */
static struct block *
pass_block(struct passing *passing, struct pane pane, bool bounds)
{
    struct block *block = &passing->pane;
    size_t cells = pane.periods * pane.lines;
    if (!block->values || cells > passing->capacity) {
        passing->capacity = cells ? cells : 1;
        free(block->values);
        block->values =
            memory_alloc(passing->capacity * 3 * sizeof *block->values);
    }
    block->low = bounds ? block->values + passing->capacity : NULL;
    block->high = bounds ? block->low + passing->capacity : NULL;
    return block;
}

static struct block *
pass_cell(struct passing *passing, bool bounds)
{
    struct block *cell = &passing->cell;
    cell->values = &passing->one[0];
    cell->low = bounds ? &passing->one[1] : NULL;
    cell->high = bounds ? &passing->one[2] : NULL;
    return cell;
}

struct block
plan_block(const struct plan *plan, uint32_t at, struct pane pane)
{
    struct plan_node *node = &plan->nodes[at];
    struct block read;
    if (node->kept) {
        return part_of(kept_block(plan, node), pane);
    }
    if (node->op == PLAN_FIGURE && figure_block(plan, node, pane, &read)) {
        size_t cells = (pane.line + pane.lines) * pane.periods;
        node->cell_count = node->cell_count < cells ? cells : node->cell_count;
        return read;
    }
    if (!node->passing) {
        node->passing = memory_alloc(sizeof *node->passing);
        *node->passing = (struct passing){.capacity = 0};
    }
    struct passing *passing = node->passing;
    struct pane asked = pane;
    if (runs_along(node)) { /* whatever is asked for, it needs all periods */
        pane.period = 0;
        pane.periods = plan_panel(plan, node).periods;
    }
    bool alone = pane.periods == 1 && pane.lines == 1;
    if (holds(&passing->pane, asked)) {
        return part_of(passing->pane, asked);
    }
    if (alone && holds(&passing->cell, asked)) {
        return passing->cell;
    }
    bool bounds = has_bounds(plan, node);
    struct block *to =
        alone ? pass_cell(passing, bounds) : pass_block(passing, pane, bounds);
    to->stride = pane.lines;
    to->pane = pane;
    fill(plan, node, to);
    return part_of(*to, asked);
}

struct cell
plan_cell(const struct plan *plan, uint32_t at, size_t period, size_t line)
{
    const struct plan_node *node = &plan->nodes[at];
    struct pane pane = node_pane(node, (struct pane){period, 1, line, 1});
    struct block column = plan_block(plan, at, pane);
    struct cell cell = {column.values[0], NAN, NAN};
    if (plan->bounds) {
        cell.low = column.low ? column.low[0] : cell.value;
        cell.high = column.high ? column.high[0] : cell.value;
    }
    return cell;
}

/* Keeping ------------------------------------------------------------------ */

static bool
is_small(const struct plan *plan, const struct plan_node *node)
{
    struct pane panel = plan_panel(plan, node);
    bool one_axis = node->varies != (VARIES_PERIOD | VARIES_LINE);
    return one_axis || panel.periods * panel.lines <= PANE_CELLS;
}

/* Must what a node looks at be kept? */
static bool
needs_kept(const struct plan_node *node)
{
    return looks_around(node) && !aggregate_passes(node);
}

/* Settles which nodes are kept; what an earlier run kept stays so.  A small one
 * that nothing rests on is none of them. */
static void
settle_kept(struct plan *plan)
{
    for (size_t i = 0; i < plan->node_count; i++) {
        plan->nodes[i].used = plan->nodes[i].wanted;
    }
    for (size_t i = plan->node_count; i-- > 0;) {
        struct plan_node *node = &plan->nodes[i];
        bool around = looks_around(node);
        node->used = node->used || around;
        node->kept = node->values || node->wanted || around ||
                     (node->used && is_small(plan, node));
        for (int k = 0; node->used && k < 3; k++) {
            if (node->kid[k] != UINT32_MAX) {
                struct plan_node *kid = &plan->nodes[node->kid[k]];
                kid->used = true;
                kid->wanted = kid->wanted || needs_kept(node);
            }
        }
    }
}

double
plan_node_cells(const struct plan *plan, const struct plan_node *node)
{
    struct pane panel = plan_panel(plan, node);
    if (!node->kept) {
        size_t lines = plan_pane_lines(plan, node->space);
        panel.lines = panel.lines < lines ? panel.lines : lines;
    }
    return (double)panel.periods * (double)panel.lines;
}

double
plan_kept_cells(struct plan *plan)
{
    double cells = 0;
    settle_kept(plan);
    for (size_t i = 0; i < plan->node_count; i++) {
        cells += plan_node_cells(plan, &plan->nodes[i]);
    }
    return cells;
}

static void
allocate(const struct plan *plan, struct plan_node *node)
{
    struct pane panel = plan_panel(plan, node);
    size_t cells = panel.periods * panel.lines;
    size_t bytes = (cells ? cells : 1) * sizeof(double);
    node->values = memory_alloc(bytes);
    if (has_bounds(plan, node)) {
        node->low = memory_alloc(bytes);
        node->high = memory_alloc(bytes);
    }
}

/* How many layers of nodes that look around lie below each node: what stands in
 * one layer can be computed at once. */
static uint32_t *
find_layers(const struct plan *plan)
{
    uint32_t *layers = memory_alloc((plan->node_count + 1) * sizeof *layers);
    for (size_t i = 0; i < plan->node_count; i++) {
        const struct plan_node *node = &plan->nodes[i];
        layers[i] = 0;
        for (int k = 0; k < 3; k++) {
            if (node->kid[k] != UINT32_MAX) {
                uint32_t below = layers[node->kid[k]] +
                                 looks_around(&plan->nodes[node->kid[k]]);
                layers[i] = below > layers[i] ? below : layers[i];
            }
        }
    }
    return layers;
}

static void
run_whole(struct plan *plan, struct plan_node *node)
{
    if (node->op == PLAN_SPARK) {
        kernel_spark(plan, node);
    } else {
        kernel_rank(plan, node);
    }
}

static void
count_whole(const struct plan *plan, struct plan_node *node, double seconds)
{
    struct pane panel = plan_panel(plan, node);
    if (plan->meter) {
        node->seconds = seconds;
        node->cell_count = panel.periods * panel.lines;
    }
}

/* The nodes of a layer that look around; aggregates of one space together. */
static void
run_around(struct plan *plan, const uint32_t *nodes, size_t count)
{
    uint32_t *alike = memory_alloc((count + 1) * sizeof *alike);
    for (size_t i = 0; i < count; i++) {
        struct plan_node *node = &plan->nodes[nodes[i]];
        double start = plan->meter ? clock_seconds() : 0;
        size_t found = 0;
        if (node->values) {
            continue;
        }
        for (size_t k = i; node->op >= PLAN_SUM && k < count; k++) {
            struct plan_node *other = &plan->nodes[nodes[k]];
            if (other->op >= PLAN_SUM &&
                other->from_space == node->from_space && !other->values &&
                aggregate_passes(other) == aggregate_passes(node) &&
                (other->op == PLAN_SPARK) == (node->op == PLAN_SPARK)) {
                alike[found++] = nodes[k];
            }
        }
        found = node->op == PLAN_SPARK ? 0 : found;
        if (!found) {
            allocate(plan, node);
            run_whole(plan, node);
            count_whole(plan, node, plan->meter ? clock_seconds() - start : 0);
            continue;
        }
        for (size_t k = 0; k < found; k++) {
            allocate(plan, &plan->nodes[alike[k]]);
        }
        if (plan->meter) {
            plan->meter->inside = 0;
        }
        kernel_aggregates(plan, alike, found);
        double took =
            plan->meter ? clock_seconds() - start - plan->meter->inside : 0;
        for (size_t k = 0; k < found; k++) {
            count_whole(plan, &plan->nodes[alike[k]], took / (double)found);
        }
    }
    free(alike);
}

/* The nodes of a layer that look at their own lines and are kept: those of one
 * space are filled pane by pane, so that they share what passes. */
static void
sweep_space(struct plan *plan, size_t space, const uint32_t *nodes,
            size_t count)
{
    size_t lines = plan_pane_lines(plan, space);
    size_t all = plan->spaces[space].line_count;
    for (size_t line = 0; line < all && !plan_stops(plan); line += lines) {
        struct pane pane = {0, plan_period_count(plan), line,
                            all - line < lines ? all - line : lines};
        for (size_t i = 0; i < count; i++) {
            struct plan_node *node = &plan->nodes[nodes[i]];
            if (node->space == space && !is_small(plan, node)) {
                struct block to = part_of(kept_block(plan, node), pane);
                fill(plan, node, &to);
            }
        }
    }
}

static void
sweep(struct plan *plan, const uint32_t *nodes, size_t count)
{
    bool *spaces = memory_alloc(plan->space_count * sizeof *spaces);
    memset(spaces, 0, plan->space_count * sizeof *spaces);
    for (size_t i = 0; i < count; i++) {
        struct plan_node *node = &plan->nodes[nodes[i]];
        allocate(plan, node);
        if (is_small(plan, node)) {
            struct block to = kept_block(plan, node);
            fill(plan, node, &to);
        } else {
            spaces[node->space] = true;
        }
    }
    for (size_t space = 0; space < plan->space_count; space++) {
        if (spaces[space]) {
            sweep_space(plan, space, nodes, count);
        }
    }
    free(spaces);
}

/* The nodes of a layer that wait, those that look around or the others. */
static size_t
find_waiting(const struct plan *plan, const uint32_t *layers, uint32_t layer,
             bool around, uint32_t *nodes)
{
    size_t count = 0;
    for (size_t i = 0; i < plan->node_count; i++) {
        const struct plan_node *node = &plan->nodes[i];
        if (layers[i] == layer && node->kept && !node->values &&
            looks_around(node) == around) {
            nodes[count++] = (uint32_t)i;
        }
    }
    return count;
}

void
plan_compute(struct plan *plan)
{
    uint32_t *layers = find_layers(plan);
    uint32_t *nodes = memory_alloc((plan->node_count + 1) * sizeof *nodes);
    uint32_t last = 0;
    for (size_t i = 0; i < plan->node_count; i++) {
        last = layers[i] > last ? layers[i] : last;
        if (plan->nodes[i].op == PLAN_WINDOW) {
            window_settle(plan, &plan->nodes[i]);
        }
    }
    for (uint32_t layer = 0; layer <= last && !plan_stops(plan); layer++) {
        size_t count = find_waiting(plan, layers, layer, false, nodes);
        sweep(plan, nodes, count);
        count = find_waiting(plan, layers, layer, true, nodes);
        run_around(plan, nodes, count);
    }
    free(nodes);
    free(layers);
}
