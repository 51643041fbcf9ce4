/* What rests on the right side of a `?`, or on what fills a gap.
 *
 * Operands stand before operators, so one walk over the nodes tells it for a
 * pane.  An aggregate has gathered cells of another space, and keeps what it
 * found there.
 */
#include "eval/plan/assume.h"

#include <stdlib.h>

enum { ASSUME_CELLS = 1 << 18 }; /* of all nodes, marked at once */

static bool
puts_in_place(enum plan_op op)
{
    return op == PLAN_ORELSE || op == PLAN_FILL || op == PLAN_INTERPOLATE;
}

/* By node up to TOP: could it rest on such a value in some row?  NULL when TOP
 * could not; else the caller's. */
static bool *
find_able(const struct plan *plan, uint32_t top)
{
    bool found = false;
    for (uint32_t i = 0; !found && i <= top; i++) {
        found = puts_in_place(plan->nodes[i].op);
    }
    if (!found) {
        return NULL;
    }
    bool *able = memory_alloc(((size_t)top + 1) * sizeof *able);
    for (uint32_t i = 0; i <= top; i++) {
        const struct plan_node *node = &plan->nodes[i];
        able[i] = puts_in_place(node->op);
        for (int k = 0; !able[i] && k < 3; k++) {
            able[i] = node->kid[k] < i && able[node->kid[k]];
        }
    }
    if (!able[top]) {
        free(able);
        return NULL;
    }
    return able;
}

bool
plan_may_assume(const struct plan *plan, uint32_t at)
{
    bool *able = find_able(plan, at);
    bool may = able != NULL;
    free(able);
    return may;
}

/* The walk over a pane: by node its marks, NULL where it has none. */
struct walk {
    const struct plan *plan;
    struct pane pane;
    size_t cells;
    bool **marks;
};

/* How the cells of a node lie that does not vary along all of the pane. */
struct reading {
    struct block block;
    size_t period_step;
    size_t line_step;
};

static struct reading
read_node(const struct walk *walk, uint32_t at)
{
    const struct plan_node *node = &walk->plan->nodes[at];
    struct block block =
        plan_block(walk->plan, at, node_pane(node, walk->pane));
    return (struct reading){block,
                            node->varies & VARIES_PERIOD ? block.stride : 0,
                            node->varies & VARIES_LINE ? 1 : 0};
}

static size_t
reading_at(const struct walk *walk, const struct reading *reading, size_t cell)
{
    return cell / walk->pane.lines * reading->period_step +
           cell % walk->pane.lines * reading->line_step;
}

/* Marks what stands in the place of something unknown. */
static void
mark_in_place(const struct walk *walk, uint32_t at, bool *marks)
{
    struct reading left = read_node(walk, walk->plan->nodes[at].kid[0]);
    const double *low = left.block.low;
    for (size_t i = 0; i < walk->cells; i++) {
        size_t cell = reading_at(walk, &left, i);
        marks[i] |=
            isnan(left.block.values[cell]) && (!low || isnan(low[cell]));
    }
}

/* Of the two results of an `if` the one that was chosen. */
static void
mark_chosen(const struct walk *walk, const struct plan_node *node, bool *marks)
{
    struct reading chosen = read_node(walk, node->kid[0]);
    for (size_t i = 0; i < walk->cells; i++) {
        double truth = chosen.block.values[reading_at(walk, &chosen, i)];
        const bool *from =
            isnan(truth) ? NULL : walk->marks[node->kid[truth != 0 ? 1 : 2]];
        marks[i] |= from && from[i];
    }
}

/* Takes over the marks of an operand. */
static void
mark_with(const struct walk *walk, uint32_t kid, bool *marks)
{
    const bool *from = kid == UINT32_MAX ? NULL : walk->marks[kid];
    for (size_t i = 0; from && i < walk->cells; i++) {
        marks[i] |= from[i];
    }
}

static void
mark_gathered(const struct walk *walk, const struct plan_node *node,
              bool *marks)
{
    size_t lines = node->varies & VARIES_LINE
                       ? walk->plan->spaces[node->space].line_count
                       : 1;
    struct pane from = node_pane(node, walk->pane);
    for (size_t i = 0; node->assumed && i < walk->cells; i++) {
        size_t p = from.periods == 1 ? 0 : i / walk->pane.lines;
        size_t l = from.lines == 1 ? 0 : i % walk->pane.lines;
        marks[i] |= node->assumed[(from.period + p) * lines + from.line + l];
    }
}

/* A window rests on what it gathered up to its row, of which the walk has all
 * periods. */
static void
mark_window(const struct walk *walk, const struct plan_node *node, bool *marks)
{
    struct reading inside = read_node(walk, node->kid[0]);
    const bool *from = walk->marks[node->kid[0]];
    size_t lines = walk->pane.lines;
    for (size_t l = 0; l < lines; l++) {
        size_t behind = 0; /* the last marked one, plus 1 */
        for (size_t p = 0; p < walk->pane.periods; p++) {
            size_t at = p * lines + l;
            int64_t begin = node->window == WINDOW_ALL ? 0 : node->begins[p];
            bool known =
                !isnan(inside.block.values[reading_at(walk, &inside, at)]);
            behind = from[at] && known ? p + 1 : behind;
            marks[at] = (int64_t)behind > (begin < 0 ? 0 : begin);
        }
    }
}

/* What leads to another row rests on what that one does. */
static void
mark_shifted(const struct walk *walk, const struct plan_node *node, bool *marks)
{
    const bool *from = walk->marks[node->kid[0]];
    for (size_t p = 0; p < walk->pane.periods; p++) {
        size_t at = plan_shifted(walk->plan, node, p);
        if (at < walk->pane.periods) {
            memcpy(marks + p * walk->pane.lines, from + at * walk->pane.lines,
                   walk->pane.lines);
        }
    }
}

static void
mark_node(const struct walk *walk, uint32_t at, bool *marks)
{
    const struct plan_node *node = &walk->plan->nodes[at];
    if (node->op >= PLAN_SUM) {
        mark_gathered(walk, node, marks);
        return;
    }
    if (node->op == PLAN_WINDOW) {
        mark_window(walk, node, marks);
        return;
    }
    if (node->op == PLAN_SHIFT) {
        mark_shifted(walk, node, marks);
        return;
    }
    mark_with(walk, node->kid[0], marks);
    if (puts_in_place(node->op)) {
        mark_in_place(walk, at, marks);
    } else if (node->op == PLAN_IF) {
        mark_chosen(walk, node, marks);
    } else {
        mark_with(walk, node->kid[1], marks);
        mark_with(walk, node->kid[2], marks);
    }
}

/* Those of the ABLE nodes of the space of TOP on which TOP rests there: how
 * many are left of them. */
static size_t
keep_beneath(const struct plan *plan, uint32_t top, bool *able)
{
    size_t count = 0;
    bool *beneath = memory_alloc(((size_t)top + 1) * sizeof *beneath);
    memset(beneath, 0, ((size_t)top + 1) * sizeof *beneath);
    beneath[top] = true;
    for (uint32_t i = top + 1; i-- > 0;) {
        const struct plan_node *node = &plan->nodes[i];
        able[i] = able[i] && beneath[i];
        count += able[i];
        for (int k = 0; able[i] && node->op < PLAN_SUM && k < 3; k++) {
            if (node->kid[k] < i) {
                beneath[node->kid[k]] = true;
            }
        }
    }
    free(beneath);
    return count;
}

/* Fills TO, period by period TO_LINES apart, for a pane. */
static void
walk_pane(const struct plan *plan, uint32_t top, const bool *able,
          struct pane pane, bool *to, size_t to_lines)
{
    struct walk walk = {
        .plan = plan,
        .pane = pane,
        .cells = pane.periods * pane.lines,
        .marks = memory_alloc(((size_t)top + 1) * sizeof *walk.marks)};
    for (uint32_t i = 0; i <= top; i++) {
        walk.marks[i] = NULL;
        if (able[i]) {
            walk.marks[i] = memory_alloc(walk.cells + 1);
            memset(walk.marks[i], 0, walk.cells + 1);
            mark_node(&walk, i, walk.marks[i]);
        }
    }
    for (size_t p = 0; p < pane.periods; p++) {
        memcpy(to + p * to_lines, walk.marks[top] + p * pane.lines, pane.lines);
    }
    for (uint32_t i = 0; i <= top; i++) {
        free(walk.marks[i]);
    }
    free(walk.marks);
}

/* Does one of the ABLE nodes look at other periods of its line? */
static bool
looks_along(const struct plan *plan, uint32_t top, const bool *able)
{
    bool along = false;
    for (uint32_t i = 0; !along && i <= top; i++) {
        enum plan_op op = plan->nodes[i].op;
        along = able[i] && (op == PLAN_WINDOW || op == PLAN_SHIFT);
    }
    return along;
}

/* By cell of a pane, whose lines are taken so many at once that their marks are
 * few. */
static bool *
walk_parts(const struct plan *plan, uint32_t at, const bool *able, size_t nodes,
           struct pane pane)
{
    size_t lines = ASSUME_CELLS / (nodes * (pane.periods + 1));
    bool *marks = memory_alloc(pane.periods * pane.lines + 1);
    lines = lines ? lines : 1;
    for (size_t line = 0; line < pane.lines; line += lines) {
        struct pane part = pane;
        part.line += line;
        part.lines = pane.lines - line < lines ? pane.lines - line : lines;
        walk_pane(plan, at, able, part, marks + line, pane.lines);
    }
    return marks;
}

bool *
plan_find_assumed(const struct plan *plan, uint32_t at, struct pane pane)
{
    bool *able = find_able(plan, at);
    if (!able) {
        return NULL;
    }
    size_t nodes = keep_beneath(plan, at, able);
    struct pane all = pane;
    if (looks_along(plan, at, able)) {
        all.period = 0;
        all.periods = plan_period_count(plan);
    }
    bool *marks = walk_parts(plan, at, able, nodes, all);
    if (all.periods != pane.periods) {
        memmove(marks, marks + pane.period * pane.lines,
                pane.periods * pane.lines);
    }
    free(able);
    return marks;
}

bool
plan_assumes(const struct plan *plan, uint32_t at, size_t period, size_t line)
{
    bool *marks =
        plan_find_assumed(plan, at, (struct pane){period, 1, line, 1});
    bool assumes = marks && marks[0];
    free(marks);
    return assumes;
}
