/* What an answer says where it has no rows, or nothing in its only row. */
#include "eval/question.h"

/* Is something known of a figure in the periods that were read? */
static bool
is_known(const struct figure *figure)
{
    size_t periods = figure->last < figure->first
                         ? 0
                         : (size_t)(figure->last - figure->first + 1);
    for (size_t at = 0; at < periods * figure->own_count; at++) {
        if (!isnan(figure->values[at]) || !isnan(figure->low[at])) {
            return true;
        }
    }
    return false;
}

/* The first figure of which nothing is known; NULL for none. */
static const struct figure *
first_unknown(const struct plan *plan)
{
    for (size_t i = 0; i < plan->figure_count; i++) {
        if (!is_known(plan->figures[i])) {
            return plan->figures[i];
        }
    }
    return NULL;
}

static bool
some_known(const struct plan *plan)
{
    for (size_t i = 0; i < plan->figure_count; i++) {
        if (is_known(plan->figures[i])) {
            return true;
        }
    }
    return false;
}

/* The last row in which some figure is known, else the last of all. */
static void
last_row(const struct question *question, size_t *period, size_t *line)
{
    const struct plan *plan = &question->plan;
    for (size_t p = question->row_last; p > question->row_first; p--) {
        for (size_t l = plan->spaces[0].line_count; l > 0; l--) {
            if (plan_row_known(plan, 0, p - 1, l - 1)) {
                *period = p - 1;
                *line = l - 1;
                return;
            }
        }
    }
    *period = question->row_last - 1;
    *line = plan->spaces[0].line_count - 1;
}

/* Did `where` leave out what is known? */
static bool
where_decides(const struct question *question)
{
    const struct plan *plan = &question->plan;
    for (size_t line = 0; line < plan->spaces[0].line_count; line++) {
        for (size_t p = question->row_first; p < question->row_last; p++) {
            for (size_t i = 0; i < question->item_count; i++) {
                struct cell cell = plan_cell(plan, question->items[i], p, line);
                if (!isnan(cell.value) || !isnan(cell.low)) {
                    return true;
                }
            }
        }
    }
    return false;
}

/* No row has a value, though some figure does: why there is none in a row of
 * that figure. */
static void
add_row_reason(const struct question *question, struct buffer *text)
{
    const struct plan *plan = &question->plan;
    size_t period;
    size_t line;
    if (question->item_count && some_known(plan) &&
        question->row_last > question->row_first &&
        plan->spaces[0].line_count) {
        last_row(question, &period, &line);
        if (isnan(plan_cell(plan, question->items[0], period, line).value)) {
            plan_reason(plan, question->items[0], period, line, text);
        }
    }
}

/* Does a figure of the frame have a value for each member of a dimension? */
static bool
is_spread(const struct plan *plan, uint32_t dimension)
{
    for (size_t i = 0; i < plan->figure_count; i++) {
        if (figure_follows(plan, plan->figures[i], dimension)) {
            return true;
        }
    }
    return false;
}

/* "nothing asked for here differs by c", where no figure does. */
static void
add_dimensions(const struct plan *plan, struct buffer *text)
{
    const struct space *space = &plan->spaces[0];
    for (size_t d = 0; d < space->dimension_count; d++) {
        if (!is_spread(plan, space->dimensions[d])) {
            buffer_add_text(text, text->len ? ", "
                                            : "nothing that is asked for here "
                                              "differs by ");
            plan_print_dimension(plan, space->dimensions[d], text);
        }
    }
}

/* Is a line of the figure's metric one that the figure can read? */
static bool
reads_line(const struct vocabulary *vocabulary, const struct figure *figure,
           uint32_t line)
{
    const struct metric *metric = &vocabulary->metrics[figure->metric];
    const uint32_t *members = vocabulary_line_members(vocabulary, line);
    for (int i = 0; i < metric->dimension_count; i++) {
        uint32_t wanted =
            figure->selectors[i] == SELECT_MEMBER ? figure->members[i] : 0;
        if (figure->selectors[i] != SELECT_SPACE && members[i] != wanted) {
            return false;
        }
    }
    return true;
}

static bool
reads_period(const struct plan *plan, const struct figure *figure,
             int32_t period)
{
    if (figure->fixed) {
        return period == figure->period;
    }
    return !plan->range_given ||
           (period >= plan->first && period <= plan->last);
}

/* A formula or movement was stated for a cell of the figure, and gives nothing,
 * or not yet: what it lacks, the cycle that it is in, or since when it does. */
static void
add_formula(const struct plan *plan, const struct figure *figure,
            struct buffer *text)
{
    const struct vocabulary *vocabulary = store_vocabulary(plan->store);
    const struct derived *derived;
    size_t count = store_derived(plan->store, figure->metric, &derived);
    for (size_t i = 0; i < count && !figure->stated_only; i++) {
        struct fact key = {.cell = derived[i].cell,
                           .line_day = derived[i].line_day};
        if (derived_lacks(plan, figure, &derived[i]) &&
            fact_kind(&key) == figure->kind &&
            fact_frequency(&key) == figure->frequency &&
            reads_period(plan, figure, fact_period(&key)) &&
            reads_line(vocabulary, figure, fact_line(&key))) {
            derived_print(&derived[i], text);
            return;
        }
    }
}

static bool
is_rate(const struct plan *plan, const struct figure *figure)
{
    for (size_t i = 0; i < plan->rate_count; i++) {
        if (plan->figures[plan->nodes[plan->rates[i]].figure] == figure) {
            return true;
        }
    }
    return false;
}

/* An exchange rate that is read along, and is stated more often: nobody wrote
 * it, so that the periods of the question are what can be changed. */
static void
add_rate(const struct plan *plan, const struct figure *figure,
         struct buffer *text)
{
    struct calendar calendar = figure_calendar(plan, figure);
    bool wanted = is_rate(plan, figure) && !figure->fixed && plan->range_given;
    for (int at = (int)figure->frequency + 1; wanted && at < FREQUENCY_COUNT;
         at++) {
        enum frequency finer = (enum frequency)at;
        struct period_range range = {
            .frequency = finer,
            .first = period_convert(plan->frequency, plan->first, finer,
                                    &calendar, false),
            .last = period_convert(plan->frequency, plan->last, finer,
                                   &calendar, true)};
        if (finer == FREQUENCY_W || !figure_is_stated(plan, figure, &range)) {
            continue;
        }
        struct period first = {finer, range.first};
        struct period last = {finer, range.last};
        buffer_add_text(text, "the exchange rate ");
        figure_print(plan, figure, NULL, NULL, text);
        buffer_format(text, " is stated %s: ask for ", frequency_word(finer));
        period_print(text, first, false);
        buffer_add_text(text, "..");
        period_print(text, last, false);
        return;
    }
}

const char *
question_empty_note(const struct question *question)
{
    const struct plan *plan = &question->plan;
    struct buffer text = {0};
    if (question->where != UINT32_MAX && where_decides(question)) {
        return NULL;
    }
    add_dimensions(plan, &text);
    if (!text.len) {
        add_row_reason(question, &text);
    }
    const struct figure *missing = first_unknown(plan);
    if (!text.len && missing) {
        add_formula(plan, missing, &text);
    }
    if (!text.len && missing) {
        add_rate(plan, missing, &text);
    }
    if (!text.len && missing) {
        plan_missing(plan, missing, &text);
    }
    const char *copy =
        text.len ? arena_copy(&question->session->scratch, text.text, text.len)
                 : NULL;
    buffer_free(&text);
    return copy;
}

/* Does a reason end with the name of what it is about? */
static bool
names_itself(const char *reason, const char *name)
{
    size_t len = strlen(reason);
    size_t own = strlen(name);
    return len > own && reason[len - own - 1] == ' ' &&
           strcmp(reason + len - own, name) == 0;
}

/* Items of one reason share a line: "ln(-1), ln(0): a logarithm needs ...". */
const char *
question_unknown_note(const struct question *question, const uint32_t *nodes,
                      const char *const *names, size_t count,
                      const struct question_row *row)
{
    struct session *session = question->session;
    const char **reasons = arena_array(&session->scratch, const char *, count);
    struct buffer text = {0};
    for (size_t i = 0; i < count; i++) {
        struct result_value value;
        answer_value(session, &question->plan, nodes[i], row->period, row->line,
                     &value);
        reasons[i] = value.type == VALUE_UNKNOWN ? value.reason : NULL;
    }
    for (size_t i = 0; i < count; i++) {
        const char *reason = reasons[i];
        if (!reason) {
            continue;
        }
        buffer_add_text(&text, text.len ? "\n" : "");
        bool alone = true;
        for (size_t k = i + 1; k < count; k++) {
            if (reasons[k] && strcmp(reasons[k], reason) == 0) {
                buffer_format(&text, "%s, ", alone ? names[i] : "");
                buffer_add_text(&text, names[k]);
                reasons[k] = NULL;
                alone = false;
            }
        }
        if (alone && !names_itself(reason, names[i])) {
            buffer_add_text(&text, names[i]);
            alone = false;
        }
        buffer_format(&text, "%s%s", alone ? "" : ": ", reason);
    }
    const char *copy =
        text.len ? arena_copy(&session->scratch, text.text, text.len) : NULL;
    buffer_free(&text);
    return copy;
}
