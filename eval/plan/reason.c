/* Why a value is unknown, and figures in words. */
#include "eval/plan/ends.h"
#include "eval/plan/said.h"
#include "values/number.h"

#include <stdlib.h>

static const struct vocabulary *
plan_vocabulary(const struct plan *plan)
{
    return store_vocabulary(plan->store);
}

void
figure_print(const struct plan *plan, const struct figure *figure,
             const int32_t *period, const uint32_t *tuple, struct buffer *text)
{
    const struct vocabulary *vocabulary = plan_vocabulary(plan);
    const struct metric *metric = &vocabulary->metrics[figure->metric];
    const struct space *space = &plan->spaces[figure->space];
    bool some = false;
    buffer_add_slice(text,
                     vocabulary_name(vocabulary, CLASS_KIND, figure->kind));
    buffer_add_char(text, ' ');
    if (period && figure->frequency != FREQUENCY_ONCE) {
        struct period at = {figure->frequency, *period};
        period_print(text, at, metric->calendar != 0);
        buffer_add_char(text, ' ');
    }
    buffer_add_slice(text,
                     vocabulary_name(vocabulary, CLASS_METRIC, figure->metric));
    for (int i = 0; i < metric->dimension_count; i++) {
        uint32_t member =
            figure->selectors[i] == SELECT_MEMBER ? figure->members[i] : 0;
        for (size_t d = 0; tuple && figure->selectors[i] == SELECT_SPACE &&
                           d < space->dimension_count;
             d++) {
            if (space->dimensions[d] == metric->dimensions[i]) {
                member = tuple[d];
            }
        }
        bool all = !tuple && figure->selectors[i] == SELECT_SPACE;
        if (member || all) {
            buffer_add_text(text, some ? ", " : "[");
            some = true;
        }
        if (all) {
            buffer_add_slice(text, vocabulary_name(vocabulary, CLASS_DIMENSION,
                                                   metric->dimensions[i]));
            buffer_add_text(text, " = *");
        } else if (member) {
            buffer_add_slice(text,
                             vocabulary_name(vocabulary, CLASS_MEMBER, member));
        }
    }
    buffer_add_text(text, some ? "]" : "");
}

static const uint32_t *
space_tuple(const struct plan *plan, size_t space, size_t line)
{
    const struct space *at = &plan->spaces[space];
    return at->tuples ? at->tuples + line * at->dimension_count : NULL;
}

/* "; the group is CA + DE" */
static void
group_hint(const struct plan *plan, uint32_t group, struct buffer *reason)
{
    const struct vocabulary *vocabulary = plan_vocabulary(plan);
    bool some = false;
    for (size_t i = 0; i < vocabulary->part_count; i++) {
        if (vocabulary->parts[i].group == group) {
            buffer_add_text(reason, some ? " + " : "; the group is ");
            buffer_add_slice(reason,
                             vocabulary_name(vocabulary, CLASS_MEMBER,
                                             vocabulary->parts[i].part));
            some = true;
        }
    }
}

bool
derived_lacks(const struct plan *plan, const struct figure *figure,
              const struct derived *derived)
{
    struct fact key = {.line_day = derived->line_day};
    if (isnan(derived->value) && isnan(derived->bounds.low)) {
        return true;
    }
    if (figure->release || fact_day(&key) <= figure->as_of) {
        return false;
    }
    const struct fact *said = store_constraint(plan->store, derived->record);
    return said && fact_day(said) <= figure->as_of;
}

void
derived_print(const struct derived *derived, struct buffer *text)
{
    struct fact key = {.line_day = derived->line_day};
    buffer_add_text(text, derived->chain);
    if (!isnan(derived->value)) {
        buffer_add_text(text, ", which was known on ");
        day_print(text, fact_day(&key));
    }
}

bool
plan_formula_reason(const struct plan *plan, const struct plan_node *node,
                    size_t period, size_t line, struct buffer *reason)
{
    const struct figure *figure = plan->figures[node->figure];
    int32_t when = figure_ordinal(plan, node, period);
    const struct derived *derived;
    if (line >= plan->spaces[node->space].line_count) {
        return false;
    }
    size_t count = store_derived(plan->store, figure->metric, &derived);
    uint32_t own = figure->gather ? figure->gather[line] : UINT32_MAX;
    for (size_t i = 0; own != UINT32_MAX && i < count; i++) {
        struct fact key = {.cell = derived[i].cell,
                           .line_day = derived[i].line_day};
        if (fact_kind(&key) == figure->kind && fact_period(&key) == when &&
            fact_frequency(&key) == figure->frequency &&
            fact_line(&key) == figure->own_lines[own / figure->extra_count] &&
            derived_lacks(plan, figure, &derived[i])) {
            derived_print(&derived[i], reason);
            return true;
        }
    }
    return false;
}

static void
begin_missing(const struct plan *plan, const struct figure *figure,
              uint32_t actor, struct buffer *text)
{
    if (actor) {
        buffer_add_slice(
            text, vocabulary_name(plan_vocabulary(plan), CLASS_ACTOR, actor));
        buffer_add_text(text, " did not state ");
    } else {
        buffer_add_text(text, "nobody stated ");
    }
    if (figure->release) {
        buffer_format(text, "release %d of ", (int)figure->release);
    }
}

/* How to ask for the parts that are known.  Only an exchange rate is made by a
 * rule of its own, and it is no argument of anything. */
static void
advise_partial(const struct figure *figure, struct buffer *text)
{
    if (figure->aggregation != AGGREGATION_NONE) {
        buffer_add_text(text, "convert(x, CURRENCY, partial)");
    } else {
        buffer_format(text, "%s(x, partial)",
                      frequency_word(figure->frequency));
    }
    buffer_add_text(text, " takes those that are");
}

/* Who would have to state a figure in a line that is told apart by that; 0 for
 * anybody. */
static uint32_t
wanted_actor(const struct plan *plan, const struct figure *figure, size_t line)
{
    const struct space *space = &plan->spaces[figure->space];
    bool told = figure->named >> SPREAD_ACTOR & 1 && line < space->line_count;
    for (size_t d = 0; told && d < space->dimension_count; d++) {
        if (space->dimensions[d] == spread_dimension(SPREAD_ACTOR)) {
            return space->tuples[line * space->dimension_count + d];
        }
    }
    return 0;
}

static void
figure_reason(const struct plan *plan, const struct plan_node *node,
              size_t period, size_t line, struct buffer *reason)
{
    const struct figure *figure = plan->figures[node->figure];
    size_t at = figure_cell(plan, node, period, line);
    int32_t when = figure_ordinal(plan, node, period);
    bool bounds = at != SIZE_MAX && !isnan(figure->low[at]);
    if (!bounds && plan_formula_reason(plan, node, period, line, reason)) {
        return;
    }
    if (bounds) {
        buffer_add_text(reason, "only bounds are known of ");
    } else {
        begin_missing(plan, figure, wanted_actor(plan, figure, line), reason);
    }
    figure_print(plan, figure, &when, space_tuple(plan, node->space, line),
                 reason);
    const struct metric *metric =
        &plan_vocabulary(plan)->metrics[figure->metric];
    bool alone = plan->spaces[node->space].dimension_count == 0;
    if (!bounds && alone && plan_elsewhere(plan, figure, &when, NULL, reason)) {
        return;
    }
    if (!bounds && figure->converts) {
        buffer_add_text(reason, ", and not all of its parts are known; ");
        advise_partial(figure, reason);
        return;
    }
    for (int i = 0; !bounds && i < metric->dimension_count; i++) {
        if (figure->selectors[i] == SELECT_MEMBER &&
            vocabulary_is_group(plan_vocabulary(plan), figure->members[i])) {
            group_hint(plan, figure->members[i], reason);
            break;
        }
        if (figure->selectors[i] == SELECT_TOTAL && !figure->mixed_parts) {
            buffer_add_text(reason, "; its parts add up in sum(");
            figure_print(plan, figure, figure->fixed ? &when : NULL,
                         space_tuple(plan, node->space, line), reason);
            buffer_add_text(reason, " over ");
            buffer_add_slice(reason, vocabulary_name(plan_vocabulary(plan),
                                                     CLASS_DIMENSION,
                                                     metric->dimensions[i]));
            buffer_add_char(reason, ')');
            break;
        }
    }
}

/* The lines that an aggregate gathers for a row. */
static size_t *
gathered_lines(const struct plan *plan, const struct plan_node *node,
               size_t row, size_t *count)
{
    size_t lines = plan->spaces[node->from_space].line_count;
    struct grouping groups = plan_group_lines(plan, node);
    size_t *all = memory_alloc((lines + 1) * sizeof *all);
    *count = 0;
    for (size_t line = 0; line < lines; line++) {
        if (groups.inside[line] == groups.outside[row]) {
            all[(*count)++] = line;
        }
    }
    return all;
}

/* Which rows of an aggregate may say why it is unknown. */
enum among {
    AMONG_COUNTED,
    AMONG_SAID, /* those outside of its ends too */
    AMONG_ALL,  /* and those of vintages that say nothing of their own */
};

/* Why an aggregate is unknown: the first value that it lacks. */
static void
first_missing(const struct plan *plan, const struct plan_node *node,
              size_t period, size_t row, enum among among,
              struct buffer *reason)
{
    size_t first = period;
    size_t last = period + 1;
    size_t count;
    size_t *all = gathered_lines(plan, node, row, &count);
    bool mixes = among != AMONG_ALL && plan_mixes_vintages(plan, node);
    struct run run = {0, SIZE_MAX};
    if (among == AMONG_COUNTED) {
        run = plan_aggregate_run(plan, node, row);
    }
    if (node->over_periods) {
        plan_aggregate_periods(plan, node, &first, &last);
    }
    for (size_t p = first; p < last && !reason->len; p++) {
        for (size_t i = 0; i < count && !reason->len; i++) {
            if (p >= run.first && p < run.last &&
                (!mixes || plan_row_said(plan, node->from_space, p, all[i])) &&
                isnan(plan_cell(plan, node->kid[0], p, all[i]).value)) {
                plan_reason(plan, node->kid[0], p, all[i], reason);
            }
        }
    }
    free(all);
}

/* How many of the values that an aggregate reads are known. */
static size_t
count_known(const struct plan *plan, const struct plan_node *node,
            size_t period, size_t row)
{
    size_t first = period;
    size_t last = period + 1;
    size_t count;
    size_t known = 0;
    size_t *all = gathered_lines(plan, node, row, &count);
    if (node->over_periods) {
        plan_aggregate_periods(plan, node, &first, &last);
    }
    for (size_t p = first; p < last; p++) {
        for (size_t i = 0; i < count; i++) {
            double value = plan_cell(plan, node->kid[0], p, all[i]).value;
            known += isnan(value) ? 0 : 1;
        }
    }
    free(all);
    return known;
}

static void
aggregate_reason(const struct plan *plan, const struct plan_node *node,
                 size_t period, size_t row, struct buffer *reason)
{
    for (int among = AMONG_COUNTED; among <= AMONG_ALL && !reason->len;
         among++) {
        first_missing(plan, node, period, row, (enum among)among, reason);
    }
    if (reason->len) {
        return;
    }
    bool sample = node->op == PLAN_VAR_SAMP || node->op == PLAN_STDDEV_SAMP;
    size_t known = count_known(plan, node, period, row);
    if (known == 0) {
        plan_nothing(plan, node, reason);
        return;
    }
    buffer_add_text(reason, known > (sample ? 1 : 0)
                                ? "the result is too large to be kept"
                                : "a sample has at least two rows");
}

/* Which result of an `if` a row takes: 0 while the condition is unknown.  One
 * that was written as unknown is unknown because of the condition, or of what
 * that asks to be known. */
static int
chosen_branch(const struct plan *plan, const struct plan_node *node,
              size_t period, size_t line, struct buffer *reason)
{
    double holds = plan_cell(plan, node->kid[0], period, line).value;
    int chosen = isnan(holds) ? 0 : holds != 0 ? 1 : 2;
    const struct plan_node *condition = &plan->nodes[node->kid[0]];
    size_t before = reason->len;
    if (chosen == 2 && condition->op == PLAN_KNOWN &&
        plan->nodes[node->kid[2]].op == PLAN_CONSTANT) {
        plan_reason(plan, condition->kid[0], period, line, reason);
    }
    if (reason->len == before && chosen &&
        plan->nodes[node->kid[chosen]].op == PLAN_CONSTANT) {
        buffer_add_text(reason, chosen == 1
                                    ? "it is said to be unknown where its "
                                      "condition holds, as here"
                                    : "it is said to be unknown where its "
                                      "condition does not hold, as here");
    }
    return chosen;
}

void
plan_reason(const struct plan *plan, uint32_t at, size_t period, size_t line,
            struct buffer *reason)
{
    const struct plan_node *node = &plan->nodes[at];
    if (node->op == PLAN_FIGURE) {
        figure_reason(plan, node, period, line, reason);
        return;
    }
    if (node->op >= PLAN_SUM) {
        aggregate_reason(plan, node, period, line, reason);
        return;
    }
    if (node->op == PLAN_SHIFT) {
        size_t row = plan_shifted(plan, node, period);
        if (row == SIZE_MAX) {
            buffer_add_text(reason, "nothing is known of that period");
        } else {
            plan_reason(plan, node->kid[0], row, line, reason);
        }
        return;
    }
    if (plan_end_cause(plan, node, period, line, reason)) {
        return;
    }
    size_t before = reason->len;
    int chosen = node->op == PLAN_IF
                     ? chosen_branch(plan, node, period, line, reason)
                     : 0;
    if (reason->len > before) {
        return;
    }
    for (int i = chosen; i < (chosen ? chosen + 1 : 3); i++) {
        uint32_t kid = node->kid[i];
        if (kid != UINT32_MAX &&
            isnan(plan_cell(plan, kid, period, line).value)) {
            plan_reason(plan, kid, period, line, reason);
            if (reason->len) {
                return;
            }
        }
    }
    plan_cause(plan, node, period, line, reason);
}

/* Was something read of the periods that a figure is worked out from? */
static bool
has_parts(const struct figure *figure)
{
    for (size_t i = 0; figure->finer && figure->finer[i]; i++) {
        const struct figure *finer = figure->finer[i];
        size_t periods = finer->last < finer->first
                             ? 0
                             : (size_t)(finer->last - finer->first + 1);
        for (size_t at = 0; finer->values && at < periods * finer->own_count;
             at++) {
            if (!isnan(finer->values[at]) || !isnan(finer->low[at])) {
                return true;
            }
        }
    }
    return false;
}

void
plan_missing(const struct plan *plan, const struct figure *figure,
             struct buffer *text)
{
    const struct vocabulary *vocabulary = plan_vocabulary(plan);
    const struct metric *metric = &vocabulary->metrics[figure->metric];
    const int32_t *when = figure->fixed ? &figure->period : NULL;
    struct buffer elsewhere = {0};
    bool some = plan_elsewhere(plan, figure, when, NULL, &elsewhere);
    if (!some && figure->converts && has_parts(figure)) {
        buffer_add_text(text, "not all parts of any period are known of ");
        figure_print(plan, figure, when, NULL, text);
        buffer_add_text(text, "; ");
        advise_partial(figure, text);
        return;
    }
    begin_missing(plan, figure, 0, text);
    figure_print(plan, figure, when, NULL, text);
    if (!figure->fixed && plan->range_given) {
        buffer_add_text(text, " in these periods");
    } else if (!figure->fixed && some) {
        buffer_format(text, " %s", frequency_word(figure->frequency));
    }
    if (figure->as_of != INT32_MAX) {
        buffer_add_text(text, " by ");
        day_print(text, figure->as_of);
    }
    buffer_add_slice(text, buffer_slice(&elsewhere));
    buffer_free(&elsewhere);
    if (some) {
        return;
    }
    for (int i = 0; i < metric->dimension_count; i++) {
        if (figure->selectors[i] == SELECT_TOTAL && !figure->mixed_parts) {
            buffer_add_text(text, "; its parts add up in sum(");
            figure_print(plan, figure, figure->fixed ? &figure->period : NULL,
                         NULL, text);
            buffer_add_text(text, " over ");
            buffer_add_slice(text, vocabulary_name(vocabulary, CLASS_DIMENSION,
                                                   metric->dimensions[i]));
            buffer_add_char(text, ')');
            return;
        }
    }
}

const char *
spread_word(enum spread spread)
{
    static const char *const words[] = {"actor", "source", "vintage"};
    return words[spread];
}

void
plan_print_dimension(const struct plan *plan, uint32_t dimension,
                     struct buffer *text)
{
    if (dimension_is_spread(dimension)) {
        buffer_add_text(
            text, spread_word((enum spread)(dimension - DIMENSION_SPREAD)));
        return;
    }
    buffer_add_slice(text, vocabulary_name(plan_vocabulary(plan),
                                           CLASS_DIMENSION, dimension));
}
