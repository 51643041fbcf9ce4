/* By which exchange rates an answer was converted: those of its rows, and of
 * the periods at which something in it looks beside them.  `growth(x to USD)`
 * takes the rate of the year before too, and a sum those of all its periods.
 *
 * From the items down, each node is told where it is read.  A rate counts where
 * the amount that it converts is known.
 */
#include "eval/cell.h"
#include "eval/question.h"

#include <stdlib.h>
#include <string.h>

enum { RATE_LINES_MAX = 8 };

/* Where a node is read: in the rows of the answer, and in some periods. */
struct reading {
    bool rows;
    size_t first; /* up to LAST, which does not belong to them */
    size_t last;
};

/* A rate that is told, which several nodes may read, each at another lag. */
struct told_rate {
    const char *name;
    uint32_t lowest; /* nodes, and where they are so low and high */
    uint32_t highest;
    struct question_row low;
    struct question_row high; /* KEY: the rate */
};

struct rates {
    struct question *question;
    const struct question_row *rows;
    size_t row_count;
    struct reading *readings; /* by node */
    struct told_rate *told;
    size_t told_count;
};

static void
add_reading(struct reading *reading, size_t first, size_t last)
{
    bool none = reading->first >= reading->last;
    if (first < last) {
        reading->first =
            none || first < reading->first ? first : reading->first;
        reading->last = none || last > reading->last ? last : reading->last;
    }
}

/* The periods at which a node is read, its rows among them. */
static struct reading
all_periods(const struct rates *rates, const struct reading *reading)
{
    struct reading all = *reading;
    for (size_t r = 0; reading->rows && r < rates->row_count; r++) {
        add_reading(&all, rates->rows[r].period, rates->rows[r].period + 1);
    }
    return all;
}

/* The first period that rows from FIRST on are filled from. */
static size_t
filled_from(const struct plan *plan, const struct plan_node *node, size_t first)
{
    size_t lines =
        node->varies & VARIES_LINE ? plan->spaces[node->space].line_count : 1;
    size_t from = first;
    for (size_t l = 0; l < lines; l++) {
        size_t p = first;
        while (p > 0 && isnan(plan_cell(plan, node->kid[0], p, l).value)) {
            p--;
        }
        bool known = !isnan(plan_cell(plan, node->kid[0], p, l).value);
        from = known && p < from ? p : from;
    }
    return from;
}

/* Tells an operand where NODE, which looks along the periods, reads it. */
static void
read_along(const struct rates *rates, const struct plan_node *node,
           const struct reading *reading, struct reading *operand)
{
    const struct plan *plan = &rates->question->plan;
    struct reading all = all_periods(rates, reading);
    size_t first = 0;
    size_t last = all.last;
    if (all.first >= all.last) {
        return;
    }
    if (node->over_periods) {
        plan_aggregate_periods(plan, node, &first, &last);
    } else if (node->op == PLAN_SHIFT) {
        first = plan_shifted(plan, node, all.first);
        last = plan_shifted(plan, node, all.last - 1);
        first = first == SIZE_MAX ? 0 : first;
        last = last == SIZE_MAX ? plan_period_count(plan) : last + 1;
    } else if (node->op == PLAN_FILL) {
        first = filled_from(plan, node, all.first);
    } else if (node->op == PLAN_INTERPOLATE) {
        last = plan_period_count(plan);
    } else if (node->op == PLAN_WINDOW && node->window != WINDOW_ALL &&
               node->begins && node->begins[all.first] > 0) {
        first = (size_t)node->begins[all.first];
    }
    add_reading(operand, first, last);
}

static bool
looks_along(const struct plan_node *node)
{
    return node->over_periods || node->op == PLAN_SHIFT ||
           (node->op >= PLAN_WINDOW && node->op <= PLAN_INTERPOLATE);
}

/* Operands stand before operators: from the last node to the first. */
static void
find_readings(struct rates *rates)
{
    const struct question *question = rates->question;
    const struct plan *plan = &question->plan;
    struct reading *readings = rates->readings;
    for (size_t i = 0; i < question->item_count; i++) {
        readings[question->items[i]].rows = true;
    }
    if (question->where != UINT32_MAX) {
        readings[question->where].rows = true;
    }
    if (question->sort != UINT32_MAX) {
        readings[question->sort].rows = true;
    }
    for (size_t i = plan->node_count; i-- > 0;) {
        const struct plan_node *node = &plan->nodes[i];
        const struct reading *own = &readings[i];
        bool read = own->rows || own->first < own->last;
        for (int k = 0; read && k < 3; k++) {
            if (node->kid[k] >= i) {
                continue;
            }
            struct reading *operand = &readings[node->kid[k]];
            if (looks_along(node)) {
                read_along(rates, node, own, operand);
            } else {
                operand->rows = operand->rows || own->rows;
                add_reading(operand, own->first, own->last);
            }
        }
    }
}

/* Was RATE used there, as the amount that CONVERSION gives is known? */
static bool
use_rate(const struct rates *rates, uint32_t conversion, uint32_t rate,
         struct told_rate *told, size_t period, size_t line)
{
    const struct plan *plan = &rates->question->plan;
    struct cell amount = plan_cell(plan, conversion, period, line);
    double value = plan_cell(plan, rate, period, line).value;
    struct question_row place = {period, line, value, value};
    bool known =
        !isnan(amount.value) || !isnan(amount.low) || !isnan(amount.high);
    if (!known || isnan(value)) {
        return false;
    }
    if (told->lowest == UINT32_MAX || value < told->low.low) {
        told->lowest = rate;
        told->low = place;
    }
    if (told->highest == UINT32_MAX || value > told->high.low) {
        told->highest = rate;
        told->high = place;
    }
    return true;
}

/* Which figure a rate is, and which rate of its periods. */
static const char *
rate_name(const struct question *question, uint32_t node)
{
    const struct plan *plan = &question->plan;
    const struct figure *rate = plan->figures[plan->nodes[node].figure];
    struct buffer text = {0};
    figure_print(plan, rate, rate->fixed ? &rate->period : NULL, NULL, &text);
    if (rate->converts && rate->aggregation == AGGREGATION_STOCK) {
        buffer_add_text(&text, rate->fixed ? ", its last part"
                                           : ", the last part of each period");
    } else if (rate->converts) {
        buffer_add_text(&text, rate->fixed ? ", the mean of its parts"
                                           : ", the mean of each period");
    }
    if (rate->converts && rate->partial) {
        buffer_add_text(&text, ", of those that are known");
    }
    const char *name =
        arena_copy(&question->session->scratch, text.text, text.len);
    buffer_free(&text);
    return name;
}

/* What is told of a rate; those of one name are told together. */
static struct told_rate *
told_rate(struct rates *rates, uint32_t rate)
{
    const char *name = rate_name(rates->question, rate);
    size_t i = 0;
    while (i < rates->told_count && strcmp(rates->told[i].name, name) != 0) {
        i++;
    }
    if (i == rates->told_count) {
        rates->told[rates->told_count++] = (struct told_rate){
            .name = name, .lowest = UINT32_MAX, .highest = UINT32_MAX};
    }
    return &rates->told[i];
}

/* Uses of a rate by one of the nodes that convert by it.  Where it is the same
 * in all lines, one of them will do. */
static void
find_uses(struct rates *rates, uint32_t conversion, uint32_t rate)
{
    const struct plan *plan = &rates->question->plan;
    const struct reading *reading = &rates->readings[conversion];
    const struct plan_node *node = &plan->nodes[conversion];
    bool one_will_do = !(plan->nodes[rate].varies & VARIES_LINE);
    bool has_lines = node->varies & VARIES_LINE;
    size_t lines = has_lines ? plan->spaces[node->space].line_count : 1;
    bool *done = arena_array(&rates->question->session->scratch, bool,
                             plan_period_count(plan) + 1);
    struct told_rate *told = told_rate(rates, rate);
    for (size_t r = 0; reading->rows && r < rates->row_count; r++) {
        size_t period = rates->rows[r].period;
        size_t first = node->space == 0 ? rates->rows[r].line : 0;
        size_t last = node->space == 0 ? first + 1 : lines;
        for (size_t l = first; l < last && !done[period]; l++) {
            done[period] = use_rate(rates, conversion, rate, told, period, l) &&
                           one_will_do;
        }
    }
    for (size_t p = reading->first; p < reading->last; p++) {
        for (size_t l = 0; l < lines && !done[p]; l++) {
            done[p] =
                use_rate(rates, conversion, rate, told, p, l) && one_will_do;
        }
    }
}

static void
add_rate(const struct rates *rates, const struct told_rate *told,
         struct buffer *text)
{
    struct session *session = rates->question->session;
    const struct plan *plan = &rates->question->plan;
    struct result_value ends[2] = {{0}, {0}};
    struct result_column column = {.name = ""};
    answer_column(session, &plan->nodes[told->lowest].type, &column);
    struct cell_style style = cell_style_alone(&column);
    answer_value(session, plan, told->lowest, told->low.period, told->low.line,
                 &ends[0]);
    answer_value(session, plan, told->highest, told->high.period,
                 told->high.line, &ends[1]);
    buffer_add_text(text, text->len ? "\nconverted at " : "converted at ");
    cell_add(text, &column, &ends[0], &style);
    if (ends[0].number != ends[1].number) {
        buffer_add_text(text, " to ");
        cell_add(text, &column, &ends[1], &style);
    }
    buffer_format(text, ": %s", told->name);
}

/* Uses by all that converts by a rate, in the order of the rates. */
static void
find_all_uses(struct rates *rates)
{
    const struct plan *plan = &rates->question->plan;
    for (size_t i = 0; i < plan->rate_count; i++) {
        for (uint32_t n = plan->rates[i] + 1; n < plan->node_count; n++) {
            enum plan_op op = plan->nodes[n].op;
            if ((op == PLAN_MULTIPLY || op == PLAN_DIVIDE) &&
                plan->nodes[n].kid[1] == plan->rates[i]) {
                find_uses(rates, n, plan->rates[i]);
            }
        }
    }
}

const char *
question_rates_note(struct question *question, const struct question_row *rows,
                    size_t count)
{
    const struct plan *plan = &question->plan;
    struct arena *scratch = &question->session->scratch;
    struct buffer text = {0};
    size_t lines = 0;
    size_t more = 0;
    struct rates rates = {
        .question = question, .rows = rows, .row_count = count};
    if (!plan->rate_count) {
        return NULL;
    }
    rates.readings = arena_array(scratch, struct reading, plan->node_count);
    rates.told = arena_array(scratch, struct told_rate, plan->rate_count);
    find_readings(&rates);
    find_all_uses(&rates);
    for (size_t i = 0; i < rates.told_count; i++) {
        bool used = rates.told[i].lowest != UINT32_MAX;
        if (used && lines == RATE_LINES_MAX) {
            more++;
        } else if (used) {
            add_rate(&rates, &rates.told[i], &text);
            lines++;
        }
    }
    if (more) {
        buffer_format(&text, "\n... and at %zu other rates", more);
    }
    const char *copy =
        text.len ? arena_copy(scratch, text.text, text.len) : NULL;
    buffer_free(&text);
    return copy;
}
