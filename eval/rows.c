/* The rows of a question's frame: which there are, in which order, and what
 * they are called. */
#include "eval/plan/said.h"
#include "eval/question.h"

#include <stdlib.h>

static int
compare_rows(const void *a, const void *b)
{
    const struct question_row *left = a;
    const struct question_row *right = b;
    bool left_unknown = isnan(left->low);
    bool right_unknown = isnan(right->low);
    if (left_unknown || right_unknown) {
        if (left_unknown != right_unknown) {
            return left_unknown ? 1 : -1;
        }
    } else if (left->low != right->low) {
        return left->low < right->low ? -1 : 1;
    } else if (left->high != right->high) {
        return left->high < right->high ? -1 : 1;
    }
    if (left->line != right->line) {
        return left->line < right->line ? -1 : 1;
    }
    return (left->period > right->period) - (left->period < right->period);
}

/* Is there something to show in this row? */
static bool
row_known(const struct question *question, size_t period, size_t line)
{
    const struct plan *plan = &question->plan;
    if (question->keeps_unknown && /* a period that was named is judged */
        (plan->range_given || plan_row_known(plan, 0, period, line))) {
        return true;
    }
    for (size_t i = 0; i < question->item_count; i++) {
        struct cell cell = plan_cell(plan, question->items[i], period, line);
        if (!isnan(cell.value) || !isnan(cell.low)) {
            return true;
        }
    }
    return false;
}

bool
question_row_passes(struct question *question, size_t period, size_t line)
{
    const struct plan *plan = &question->plan;
    bool has_figures = plan->figure_count > 0;
    bool single = !question->by_period && plan->spaces[0].dimension_count == 0;
    if (has_figures && !single &&
        (!row_known(question, period, line) ||
         !plan_row_said(plan, 0, period, line))) {
        return false;
    }
    if (question->where == UINT32_MAX) {
        return true;
    }
    double where = plan_cell(plan, question->where, period, line).value;
    question->undecided += isnan(where) ? 1 : 0;
    return where == 1;
}

/* By what a row is sorted: a point, or bounds where they are all that is known
 * of it. */
static void
read_key(const struct question *question, struct question_row *row)
{
    if (question->sort == UINT32_MAX) {
        return;
    }
    struct cell cell =
        plan_cell(&question->plan, question->sort, row->period, row->line);
    struct interval key = {cell.value, cell.value};
    if (isnan(cell.value) && (cell.low > -INFINITY || cell.high < INFINITY)) {
        key = (struct interval){cell.low, cell.high};
    }
    row->low = question->descending ? -key.high : key.low;
    row->high = question->descending ? -key.low : key.high;
}

/* Sorts rows.  One of which only bounds are known stands between others when
 * they leave no doubt, else with those that are unknown; returns how many such
 * there are. */
static size_t
sort_rows(struct question_row *rows, size_t count)
{
    size_t doubtful = 0;
    double reached = -INFINITY; /* by the rows before */
    qsort(rows, count, sizeof *rows, compare_rows);
    for (size_t i = 0; i < count && !isnan(rows[i].low); i++) {
        struct question_row *row = &rows[i];
        double high = row->high;
        bool meets = reached > row->low ||
                     (i + 1 < count && rows[i + 1].low < row->high);
        if (row->low != row->high && meets) {
            row->high = NAN; /* its LOW is not looked at again */
            doubtful++;
        }
        reached = high > reached ? high : reached;
    }
    for (size_t i = 0; doubtful && i < count; i++) {
        rows[i].low = isnan(rows[i].high) ? NAN : rows[i].low;
    }
    if (doubtful) {
        qsort(rows, count, sizeof *rows, compare_rows);
    }
    return doubtful;
}

struct question_row *
question_rows(struct question *question, size_t *count)
{
    const struct plan *plan = &question->plan;
    size_t capacity = 0;
    void *items = NULL;
    size_t last = question->row_last;
    *count = 0;
    for (size_t line = 0; line < plan->spaces[0].line_count; line++) {
        for (size_t p = question->row_first; p < last; p++) {
            if (!question_row_passes(question, p, line)) {
                continue;
            }
            struct question_row row = {.period = p, .line = line};
            read_key(question, &row);
            memory_grow(&items, &capacity, *count + 1, sizeof row);
            ((struct question_row *)items)[(*count)++] = row;
        }
    }
    if (question->sort != UINT32_MAX && *count) {
        question->unsorted = sort_rows(items, *count);
    }
    if (*count > question->top) {
        question->cut = *count - question->top;
        *count = question->top;
    }
    return items;
}

/* Key columns: the dimensions of the frame, then the period. */
size_t
question_keys(const struct question *question, struct result_column *columns)
{
    const struct plan *plan = &question->plan;
    const struct space *space = &plan->spaces[0];
    size_t count = 0;
    for (size_t d = 0; d < space->dimension_count; d++) {
        uint32_t dimension = space->dimensions[d];
        bool spread = dimension_is_spread(dimension);
        bool vintage = dimension == spread_dimension(SPREAD_VINTAGE);
        columns[count++] = (struct result_column){
            .name = spread ? spread_word(
                                 (enum spread)(dimension - DIMENSION_SPREAD))
                           : vocabulary_name(question->session->vocabulary,
                                             CLASS_DIMENSION, dimension)
                                 .at,
            .type = vintage ? VALUE_DATE : VALUE_TEXT,
            .is_key = true,
            .unit = "",
            .factor = 1};
    }
    if (question->by_period) {
        columns[count++] = (struct result_column){.name = "period",
                                                  .type = VALUE_PERIOD,
                                                  .is_key = true,
                                                  .unit = "",
                                                  .factor = 1};
    }
    return count;
}

size_t
question_key_values(const struct question *question, size_t period, size_t line,
                    struct result_value *values)
{
    const struct plan *plan = &question->plan;
    const struct space *space = &plan->spaces[0];
    size_t count = 0;
    for (size_t d = 0; d < space->dimension_count; d++) {
        uint32_t member = space->tuples[line * space->dimension_count + d];
        if (space->dimensions[d] == spread_dimension(SPREAD_VINTAGE)) {
            values[count++] =
                (struct result_value){.type = member ? VALUE_DATE : VALUE_TEXT,
                                      .text = SLICE(""),
                                      .day = (day_number)member};
            continue;
        }
        values[count++] = (struct result_value){
            .type = VALUE_TEXT,
            .text =
                answer_member(question->session, space->dimensions[d], member)};
    }
    if (question->by_period) {
        values[count++] = (struct result_value){
            .type = VALUE_PERIOD,
            .fiscal = answer_is_fiscal(plan),
            .period = {plan->frequency, plan->first + (int32_t)period}};
    }
    return count;
}
