/* The lines of its metric that a figure takes. */
#include "eval/plan/plan.h"

static const struct vocabulary *
plan_vocabulary(const struct plan *plan)
{
    return store_vocabulary(plan->store);
}

/* Does the line of a metric belong to the figure? */
static bool
line_matches(const struct plan *plan, const struct figure *figure,
             uint32_t line)
{
    const struct vocabulary *vocabulary = plan_vocabulary(plan);
    const struct metric *metric = &vocabulary->metrics[figure->metric];
    const uint32_t *members = vocabulary_line_members(vocabulary, line);
    const struct space *space = &plan->spaces[figure->space];
    for (int i = 0; i < metric->dimension_count; i++) {
        switch (figure->selectors[i]) {
        case SELECT_TOTAL:
            if (members[i] != 0) {
                return false;
            }
            break;
        case SELECT_MEMBER:
            if (members[i] != figure->members[i]) {
                return false;
            }
            break;
        case SELECT_SPACE:
            if (members[i] == 0 ||
                (space->leaves_only &&
                 vocabulary_is_group(vocabulary, members[i])) ||
                (figure->members[i] &&
                 !vocabulary_is_in_group(vocabulary, members[i],
                                         figure->members[i]))) {
                return false;
            }
            break;
        }
    }
    return true;
}

/* A figure of one cell in each period needs no walk over the lines. */
static bool
single_line(const struct plan *plan, const struct figure *figure,
            uint32_t *line)
{
    const struct vocabulary *vocabulary = plan_vocabulary(plan);
    const struct metric *metric = &vocabulary->metrics[figure->metric];
    uint32_t members[DIMENSIONS_MAX] = {0};
    for (int i = 0; i < metric->dimension_count; i++) {
        if (figure->selectors[i] == SELECT_SPACE) {
            return false;
        }
        members[i] =
            figure->selectors[i] == SELECT_MEMBER ? figure->members[i] : 0;
    }
    *line = vocabulary_find_line(vocabulary, figure->metric, members);
    return true;
}

void
figure_find_lines(struct plan *plan, struct figure *figure)
{
    const struct vocabulary *vocabulary = plan_vocabulary(plan);
    size_t capacity = 0;
    void *items = NULL;
    uint32_t line;
    if (figure->lines_found) {
        return;
    }
    figure->lines_found = true;
    bool single = single_line(plan, figure, &line);
    uint32_t from = single ? line : 1;
    uint32_t to =
        single ? line + (line != 0) : (uint32_t)vocabulary->line_count;
    size_t others = 0;
    for (line = from; line < to; line++) {
        bool mine = vocabulary->lines[line].metric == figure->metric;
        if (!single && mine && !line_matches(plan, figure, line)) {
            others++;
        } else if (single || mine) {
            memory_grow(&items, &capacity, figure->line_count + 1,
                        sizeof *figure->own_lines);
            figure->own_lines = items;
            figure->own_lines[figure->line_count++] = line;
        }
    }
    figure->all_lines =
        others == 0 &&
        (!single || vocabulary->metrics[figure->metric].dimension_count == 0);
    if (figure->line_count == 0) {
        return;
    }
    figure->most_lines = !single && others < 8 * figure->line_count;
    uint32_t base = figure->own_lines[0];
    size_t span = figure->own_lines[figure->line_count - 1] - base + 1;
    figure->line_own = memory_alloc(span * sizeof *figure->line_own);
    memset(figure->line_own, 0xFF, span * sizeof *figure->line_own);
    for (size_t i = 0; i < figure->line_count; i++) {
        figure->line_own[figure->own_lines[i] - base] = (uint32_t)i;
    }
}
