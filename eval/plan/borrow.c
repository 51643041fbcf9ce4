/* Which periods each figure reads, and which figures read the same.
 *
 * The same figure may stand in several spaces, each with its own lines; what is
 * read of it is read once, over the periods that any of them needs.
 */
#include "eval/plan/plan.h"

#include <stdlib.h>

/* Years of lag as periods, for the widest reach of a figure. */
static void
figure_range(const struct plan *plan, struct figure *figure)
{
    int32_t back = 0;
    int32_t ahead = 0;
    if (figure->fixed) {
        figure->first = figure->last = figure->period;
        return;
    }
    for (size_t i = 0; i < plan->node_count; i++) {
        const struct plan_node *node = &plan->nodes[i];
        if (node->op == PLAN_FIGURE && plan->figures[node->figure] == figure) {
            int32_t lag = (int32_t)plan_lag_back(plan, node->lag);
            back = lag > back ? lag : back;
            ahead = lag < ahead ? lag : ahead;
        }
    }
    figure->first = plan->first - back;
    figure->last = plan->last - ahead;
    if (figure->frequency != plan->frequency && plan->last >= plan->first) {
        struct calendar calendar = figure_calendar(plan, figure);
        figure->first = period_convert(plan->frequency, figure->first,
                                       figure->frequency, &calendar, false);
        figure->last = period_convert(plan->frequency, figure->last,
                                      figure->frequency, &calendar, true);
    }
}

/* Do two figures read the same facts of the same lines? */
static bool
reads_alike(const struct plan *plan, const struct figure *a,
            const struct figure *b)
{
    struct figure other = *b;
    const struct space *own = &plan->spaces[a->space];
    const struct space *theirs = &plan->spaces[b->space];
    other.space = a->space;
    return figure_equal(a, &other) && a->wants_facts == b->wants_facts &&
           own->leaves_only == theirs->leaves_only &&
           (a->space == 0) == (b->space == 0);
}

void
plan_settle_reads(struct plan *plan)
{
    for (size_t i = 0; i < plan->figure_count; i++) {
        struct figure *figure = plan->figures[i];
        if (figure->values) {
            continue; /* read by an earlier run of the plan */
        }
        figure_range(plan, figure);
        if (figure->last < figure->first) {
            figure->last = figure->first - 1;
        }
        for (size_t k = 0; k < i && !figure->lender; k++) {
            struct figure *other = plan->figures[k];
            if (other->lender || other->values ||
                !reads_alike(plan, other, figure)) {
                continue;
            }
            figure->lender = other;
            free(figure->own_lines);
            free(figure->line_own);
            figure->own_lines = figure->line_own = NULL;
            figure->line_count = 0;
            figure->lines_found = false;
            other->first =
                figure->first < other->first ? figure->first : other->first;
            other->last =
                figure->last > other->last ? figure->last : other->last;
        }
    }
}

void
figure_borrow(struct figure *figure)
{
    const struct figure *lender = figure->lender;
    struct figure own = *figure;
    *figure = *lender;
    figure->lender = lender;
    figure->space = own.space;
    figure->span = own.span;
    figure->twin = own.twin;
    figure->gather = NULL;
}
