/* Panes: a frame is worked in blocks of lines, with all of their periods.
 *
 * A node that looks at its own cells only passes: what it gives for a pane
 * stands in a buffer until another pane is asked for, so that a long expression
 * stays in the processor's cache and takes no memory by the cell.  Kept are
 * nodes that look at other cells (windows, ranks, aggregates) and what they
 * look at, those that somebody wants whole, and small ones.
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
    PANE_LINES = PANE_CELLS / 256 + 1, /* at least, where periods are many ... */
    PANE_CELLS_MAX = 32 * PANE_CELLS,  /* ... up to here */
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
    if (node->passing) {
        free(node->passing->pane.values);
        free(node->passing);
    }
    if (node->groups) {
        free(node->groups->inside);
        free(node->groups->outside);
        free(node->groups);
    }
}

/* Does a node look at other cells than the one it gives? */
static bool
looks_around(const struct plan_node *node)
{
    return node->op >= PLAN_RANK;
}

static bool
has_bounds(const struct plan *plan, const struct plan_node *node)
{
    return plan->bounds &&
           (node->type.class == VALUE_NUMBER || looks_around(node));
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
    if (cells > passing->capacity) {
        free(block->values);
        block->values = memory_alloc(cells * 3 * sizeof(double));
        passing->capacity = cells;
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
    if (node->kept) {
        return part_of(kept_block(plan, node), pane);
    }
    if (!node->passing) {
        node->passing = memory_alloc(sizeof *node->passing);
        *node->passing = (struct passing){.capacity = 0};
    }
    struct passing *passing = node->passing;
    bool alone = pane.periods == 1 && pane.lines == 1;
    if (holds(&passing->pane, pane)) {
        return part_of(passing->pane, pane);
    }
    if (alone && holds(&passing->cell, pane)) {
        return passing->cell;
    }
    bool bounds = has_bounds(plan, node);
    struct block *to =
        alone ? pass_cell(passing, bounds) : pass_block(passing, pane, bounds);
    to->stride = pane.lines;
    to->pane = pane;
    fill(plan, node, to);
    return *to;
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

/* Settles which nodes are kept; what an earlier run kept stays so. */
static void
settle_kept(struct plan *plan)
{
    for (size_t i = plan->node_count; i-- > 0;) {
        struct plan_node *node = &plan->nodes[i];
        node->kept = node->values || node->wanted || looks_around(node) ||
                     is_small(plan, node);
        for (int k = 0; looks_around(node) && k < 3; k++) {
            plan_want(plan, node->kid[k]);
        }
    }
}

double
plan_kept_cells(struct plan *plan)
{
    double cells = 0;
    settle_kept(plan);
    for (size_t i = 0; i < plan->node_count; i++) {
        const struct plan_node *node = &plan->nodes[i];
        struct pane panel = plan_panel(plan, node);
        if (!node->kept) {
            size_t lines = plan_pane_lines(plan, node->space);
            panel.lines = panel.lines < lines ? panel.lines : lines;
        }
        cells += (double)panel.periods * (double)panel.lines;
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

static void
run_whole(struct plan *plan, struct plan_node *node)
{
    struct pane panel = plan_panel(plan, node);
    double start = plan->meter ? clock_seconds() : 0;
    if (node->op == PLAN_SPARK) {
        kernel_spark(plan, node);
    } else if (node->op >= PLAN_SUM) {
        kernel_aggregate(plan, node);
    } else if (node->op == PLAN_HIGHEST) {
        kernel_highest(plan, node);
    } else if (node->op >= PLAN_WINDOW) {
        kernel_window(plan, node);
    } else {
        kernel_rank(plan, node);
    }
    if (plan->meter) {
        node->seconds = clock_seconds() - start;
        node->cell_count = panel.periods * panel.lines;
    }
}

/* Nodes that are kept and wait, FIRST..LAST among all: those of one space are
 * filled pane by pane, so that they share what passes. */
static void
sweep_space(struct plan *plan, size_t space, size_t first, size_t last,
            const bool *waits)
{
    size_t lines = plan_pane_lines(plan, space);
    size_t count = plan->spaces[space].line_count;
    for (size_t line = 0; line < count; line += lines) {
        size_t left = count - line;
        struct pane pane = {0, plan_period_count(plan), line,
                            left < lines ? left : lines};
        for (size_t i = first; i < last; i++) {
            struct plan_node *node = &plan->nodes[i];
            if (waits[i] && node->space == space) {
                struct block to = part_of(kept_block(plan, node), pane);
                fill(plan, node, &to);
            }
        }
    }
}

static void
sweep(struct plan *plan, size_t first, size_t last, bool *waits)
{
    for (size_t i = first; i < last; i++) {
        if (waits[i]) {
            sweep_space(plan, plan->nodes[i].space, i, last, waits);
            for (size_t k = i + 1; k < last; k++) {
                bool done = plan->nodes[k].space == plan->nodes[i].space;
                waits[k] = waits[k] && !done;
            }
        }
    }
}

void
plan_compute(struct plan *plan)
{
    bool *waits = memory_alloc((plan->node_count + 1) * sizeof *waits);
    size_t first = 0; /* of those that may wait */
    for (size_t i = 0; i < plan->node_count; i++) {
        struct plan_node *node = &plan->nodes[i];
        waits[i] = false;
        if (!node->kept || node->values) {
            continue;
        }
        allocate(plan, node);
        if (looks_around(node)) {
            sweep(plan, first, i, waits);
            first = i;
            run_whole(plan, node);
        } else if (is_small(plan, node)) {
            struct block to = kept_block(plan, node);
            fill(plan, node, &to);
        } else {
            waits[i] = true;
        }
    }
    sweep(plan, first, plan->node_count, waits);
    free(waits);
}
