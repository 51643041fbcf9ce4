/* What an aggregate lacks that has nothing to take. */
#include "eval/plan/plan.h"

#include <stdlib.h>

/* The first figure that stands in an expression; NULL for none.  Operands stand
 * before operators. */
static const struct figure *
first_figure(const struct plan *plan, uint32_t top)
{
    const struct figure *found = NULL;
    bool *below = memory_alloc((size_t)top + 1);
    for (uint32_t i = 0; i <= top; i++) {
        below[i] = i == top;
    }
    for (uint32_t i = top + 1; i-- > 0;) {
        const struct plan_node *node = &plan->nodes[i];
        if (!below[i]) {
            continue;
        }
        for (int k = 0; k < 3; k++) {
            if (node->kid[k] < i) {
                below[node->kid[k]] = true;
            }
        }
        if (node->op == PLAN_FIGURE) {
            found = plan->figures[node->figure];
        }
    }
    free(below);
    return found;
}

static bool
keeps_dimension(const struct space *space, uint32_t dimension)
{
    size_t d = 0;
    while (d < space->dimension_count && space->dimensions[d] != dimension) {
        d++;
    }
    return d < space->dimension_count;
}

/* " over country, goods": what collapses. */
static void
add_dimensions(const struct plan *plan, const struct plan_node *node,
               struct buffer *text)
{
    const struct space *from = &plan->spaces[node->from_space];
    const char *before = " over ";
    for (size_t d = 0; d < from->dimension_count; d++) {
        if (!keeps_dimension(&plan->spaces[node->space], from->dimensions[d])) {
            buffer_add_text(text, before);
            plan_print_dimension(plan, from->dimensions[d], text);
            before = ", ";
        }
    }
}

/* " in 2021..2023": the periods that it was to take. */
static void
add_periods(const struct plan *plan, const struct plan_node *node,
            struct buffer *text)
{
    struct period_range range = node->periods;
    if (!node->own_periods) {
        range.first = plan->first + (int32_t)plan->shown_first;
        range.last = plan->first + (int32_t)plan->shown_last - 1;
    }
    bool open_start = range.first == INT32_MIN;
    bool open_end = range.last == INT32_MAX;
    bool given = node->own_periods || plan->range_given;
    if (!node->over_periods || !given || (open_start && open_end) ||
        range.first > range.last) {
        return;
    }
    struct period first = {plan->frequency, range.first};
    struct period last = {plan->frequency, range.last};
    buffer_add_text(text, " in ");
    if (!open_start) {
        period_print(text, first, false);
    }
    if (range.first != range.last) {
        buffer_add_text(text, "..");
    }
    if (!open_end && range.first != range.last) {
        period_print(text, last, false);
    }
}

void
plan_nothing(const struct plan *plan, const struct plan_node *node,
             struct buffer *text)
{
    const struct figure *figure = first_figure(plan, node->kid[0]);
    buffer_format(text, "%s has nothing to take", plan_op_word(node->op));
    if (figure) {
        buffer_add_text(text, " of ");
        figure_print(plan, figure, figure->fixed ? &figure->period : NULL, NULL,
                     text);
    }
    add_dimensions(plan, node, text);
    add_periods(plan, node, text);
}
