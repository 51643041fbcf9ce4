/* show, check, and an expression on its own: one frame, its rows. */
#include "eval/question.h"

#include "eval/cell.h"
#include "parser/print.h"

#include <stdlib.h>

void
question_init(struct question *question, struct session *session)
{
    *question = (struct question){
        .session = session,
        .where = UINT32_MAX,
        .sort = UINT32_MAX,
        .top = SIZE_MAX,
    };
    plan_init(&question->plan, &session->scratch, session->store,
              session->diagnostics);
    question->plan.bounds = session->options.bounds;
    if (session->measuring) {
        question->plan.meter = arena_new(&session->scratch, struct plan_meter);
        *question->plan.meter = (struct plan_meter){.seconds = 0};
    }
    binder_init(&question->binder, session, &question->plan);
    question->binder.keep_focus = true;
}

void
question_free(struct question *question)
{
    plan_free(&question->plan);
}

static bool
take_span(struct question *question, const struct node *clause)
{
    struct plan *plan = &question->plan;
    struct period_range range;
    if (plan->range_given) {
        return scope_fail(question->session, clause, DIAGNOSTIC_TWICE,
                          "the periods are chosen twice", NULL);
    }
    if (!value_span(question->session, clause->kid[0], &range)) {
        return false;
    }
    plan->range_given = plan->frequency_known = true;
    plan->frequency = range.frequency;
    plan->frequency_span = clause->kid[0]->span;
    plan->first = range.first;
    plan->last = range.last;
    return true;
}

static bool
take_count(struct question *question, const struct node *clause, size_t *count)
{
    struct amount amount;
    if (!value_amount(question->session, clause->kid[0], false, &amount) ||
        amount.value < 1 || amount.value != floor(amount.value) ||
        amount.value > 1e9) {
        return scope_fail(question->session, clause, DIAGNOSTIC_CLAUSE,
                          "a count from 1 is wanted here", NULL);
    }
    *count = (size_t)amount.value;
    return true;
}

static bool
take_dimensions(struct question *question, const struct node *clause)
{
    for (const struct node *name = clause->kid[0]; name; name = name->next) {
        uint32_t dimension = scope_axis(question->session, name);
        if (!dimension) {
            return false;
        }
        if (dimension_is_spread(dimension)) {
            question->binder.spreads =
                (uint8_t)(question->binder.spreads |
                          1 << (dimension - DIMENSION_SPREAD));
        }
        if (!plan_space_name(&question->plan, 0, dimension)) {
            return scope_fail(question->session, clause, DIAGNOSTIC_FRAME_SIZE,
                              "a question has at most eight dimensions", NULL);
        }
    }
    return true;
}

/* Clauses that must be known before the expressions are bound. */
bool
question_clauses(struct question *question, const struct node *clauses)
{
    struct session *session = question->session;
    bool before;
    for (const struct node *at = clauses; at; at = at->next) {
        bool done = true;
        switch (at->kind) {
        case NODE_FOR:
            done = take_span(question, at);
            break;
        case NODE_FOR_LAST:
            done = take_count(question, at, &question->for_last);
            break;
        case NODE_FOR_FIGURES:
            done =
                scope_fail(session, at, DIAGNOSTIC_CLAUSE,
                           "this question takes periods after for, not figures",
                           "for 2015..2023");
            break;
        case NODE_BY:
            done = take_dimensions(question, at);
            break;
        case NODE_TOP:
            done = take_count(question, at, &question->top);
            break;
        case NODE_AS_OF:
            done = value_date(session, at->kid[0], &question->binder.as_of,
                              &before);
            break;
        case NODE_STATED_ONLY:
            question->binder.stated_only = true;
            break;
        case NODE_WITH_BOUNDS:
            question->with_bounds = question->plan.bounds = true;
            break;
        default: /* where, sort and with come after the expressions */
            break;
        }
        if (!done) {
            return false;
        }
    }
    return true;
}

/* Clauses that are expressions themselves. */
bool
question_conditions(struct question *question, const struct node *clauses)
{
    struct binder binder = question->binder;
    binder.keep_focus = false;
    for (const struct node *at = clauses; at; at = at->next) {
        if (at->kind == NODE_WHERE) {
            uint32_t where = bind_truth(&binder, at->kid[0]);
            if (where == UINT32_MAX) {
                return false;
            }
            if (question->where != UINT32_MAX) {
                struct plan_node both = {
                    .op = PLAN_AND,
                    .type = {.class = VALUE_TRUTH, .scale = -1},
                    .kid = {question->where, where, UINT32_MAX},
                    .span = at->span};
                where = plan_add_node(&question->plan, &both);
            }
            question->where = where;
        } else if (at->kind == NODE_SORT) {
            question->sort = bind_expression(&binder, at->kid[0]);
            question->descending = at->op == OP_DESC;
            if (question->sort == UINT32_MAX) {
                return false;
            }
        }
    }
    return true;
}

static uint32_t
bind_item(struct question *question, const struct node *item)
{
    return bind_expression(&question->binder,
                           item->kind == NODE_AS ? item->kid[0] : item);
}

/* A name given with `as` stands for its item in what follows. */
static void
add_alias(struct question *question, const struct node *item, uint32_t node)
{
    atom name = item->kid[1]->value.name;
    struct alias *alias = arena_new(&question->session->scratch, struct alias);
    *alias = (struct alias){name, node, item->kid[0], question->binder.as_of,
                            question->binder.aliases};
    question->binder.aliases = alias;
}

/* In a heading, a function called like a keyword needs no backquotes. */
static void
unquote_functions(struct buffer *text)
{
    size_t to = 0;
    for (size_t at = 0; at < text->len;) {
        const char *from = text->text + at;
        const char *stop = *from == '`' ? strchr(from + 1, '`') : NULL;
        if (stop && stop[1] == '(') {
            size_t len = (size_t)(stop - from - 1);
            memmove(text->text + to, from + 1, len);
            to += len;
            at += len + 2;
        } else {
            text->text[to++] = *from;
            at++;
        }
    }
    text->len = to;
}

const char *
question_item_name(struct session *session, const struct node *item)
{
    struct buffer text = {0};
    if (item->kind == NODE_AS) {
        return scope_chars(session, item->kid[1]->value.name);
    }
    print_expression(&text, item, &session->atoms, &session->sources);
    unquote_functions(&text);
    const char *copy = arena_copy(&session->scratch, text.text, text.len);
    buffer_free(&text);
    return copy;
}

/* Rows without a period cannot be judged by what differs from one period to
 * the next. */
static bool
judges_rows(struct question *question)
{
    const struct plan *plan = &question->plan;
    const uint32_t nodes[] = {question->where, question->sort};
    bool open =
        !question->by_period &&
        (!plan->has_periods || plan->shown_last - plan->shown_first != 1);
    for (int i = 0; open && i < 2; i++) {
        if (nodes[i] == UINT32_MAX ||
            !(plan->nodes[nodes[i]].varies & VARIES_PERIOD)) {
            continue;
        }
        struct diagnostic *record = diagnostics_add(
            question->session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_CLAUSE,
            plan->nodes[nodes[i]].span,
            "this differs from period to period, and the rows of this answer "
            "have none");
        diagnostics_help(question->session->diagnostics, record,
                         "name the period: 2023 exports; or ask inside: "
                         "avg(if C then x else unknown, partial)");
        return false;
    }
    return true;
}

bool
question_frame(struct question *question)
{
    struct plan *plan = &question->plan;
    if (!bind_check_coordinates(&question->binder) || !plan_frame(plan)) {
        return false;
    }
    bool varies = false;
    for (size_t i = 0; i < question->item_count; i++) {
        varies =
            varies || plan->nodes[question->items[i]].varies & VARIES_PERIOD;
    }
    question->by_period = plan->has_periods && varies;
    size_t shown = plan->shown_last - plan->shown_first;
    if (question->for_last && question->for_last < shown) {
        plan->shown_first = plan->shown_last - question->for_last;
    }
    /* A question that does not vary by period has one row. */
    question->row_first = plan->has_periods ? plan->shown_first : 0;
    question->row_last =
        question->by_period ? plan->shown_last : question->row_first + 1;
    return judges_rows(question);
}

bool
question_compute(struct question *question)
{
    struct plan *plan = &question->plan;
    for (size_t i = 0; i < question->item_count; i++) {
        plan_want(plan, question->items[i]);
    }
    for (size_t i = 0; i < plan->rate_count; i++) {
        plan_want(plan, plan->rates[i]);
    }
    plan_want(plan, question->where);
    plan_want(plan, question->sort);
    return question_frame(question) && plan_run(plan);
}

/* Rows ------------------------------------------------------------------- */

static int
compare_rows(const void *a, const void *b)
{
    const struct question_row *left = a;
    const struct question_row *right = b;
    bool left_unknown = isnan(left->key);
    bool right_unknown = isnan(right->key);
    if (left_unknown || right_unknown) {
        if (left_unknown != right_unknown) {
            return left_unknown ? 1 : -1;
        }
    } else if (left->key != right->key) {
        return left->key < right->key ? -1 : 1;
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
    if (question->keeps_unknown) { /* a period that was named is judged */
        return plan->range_given || plan_row_known(plan, 0, period, line);
    }
    for (size_t i = 0; i < question->item_count; i++) {
        struct cell cell = plan_cell(plan, question->items[i], period, line);
        if (!isnan(cell.value) || !isnan(cell.low)) {
            return true;
        }
    }
    return false;
}

static bool
row_passes(struct question *question, size_t period, size_t line)
{
    const struct plan *plan = &question->plan;
    bool has_figures = plan->figure_count > 0;
    bool single = !question->by_period && plan->spaces[0].dimension_count == 0;
    if (has_figures && !single &&
        (!row_known(question, period, line) ||
         !plan_row_new(plan, period, line))) {
        return false;
    }
    if (question->where == UINT32_MAX) {
        return true;
    }
    double where = plan_cell(plan, question->where, period, line).value;
    question->undecided += isnan(where) ? 1 : 0;
    return where == 1;
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
            if (!row_passes(question, p, line)) {
                continue;
            }
            double key = question->sort == UINT32_MAX
                             ? 0
                             : plan_cell(plan, question->sort, p, line).value;
            memory_grow(&items, &capacity, *count + 1,
                        sizeof(struct question_row));
            ((struct question_row *)items)[(*count)++] = (struct question_row){
                p, line, question->descending ? -key : key};
        }
    }
    if (question->sort != UINT32_MAX && *count) {
        qsort(items, *count, sizeof(struct question_row), compare_rows);
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

/* Items and their bounds as columns. */
struct columns {
    struct result_column *items;
    uint32_t *nodes; /* beside the items behind the keys */
    uint8_t *parts;  /* 0 the value, 1 its low, 2 its high */
    size_t keys;
    size_t count;
};

static void
add_column(struct question *question, struct columns *columns, uint32_t node,
           uint8_t part, const char *name)
{
    static const char *const suffixes[] = {"", " low", " high"};
    struct session *session = question->session;
    struct result_column column = {.name = name};
    struct type type = question->plan.nodes[node].type;
    answer_column(session, &type, &column);
    if (part) {
        struct buffer text = {0};
        buffer_format(&text, "%s%s", name, suffixes[part]);
        column.name = arena_copy(&session->scratch, text.text, text.len);
        buffer_free(&text);
    }
    columns->nodes[columns->count - columns->keys] = node;
    columns->parts[columns->count - columns->keys] = part;
    columns->items[columns->count++] = column;
}

static void
part_value(struct result_value *value, uint8_t part)
{
    double end = part == 1 ? value->bounds.low : value->bounds.high;
    if (part == 0) {
        return;
    }
    /* The bound of an exact kind stands for the value; its other end is open. */
    bool open =
        value->bounds.low == value->bounds.high &&
        value->relation == (part == 1 ? RELATION_AT_MOST : RELATION_AT_LEAST);
    *value = (struct result_value){
        .type = value->has_bounds && isfinite(end) && !open ? VALUE_NUMBER
                                                            : VALUE_UNKNOWN,
        .basis = BASIS_COMPUTED,
        .number = end,
        .place = PLACE_NONE};
}

/* Why a verdict is unknown. */
static const char *
row_note(const struct question *question, const struct columns *columns,
         const struct result_value *values)
{
    const struct result_value *first = &values[columns->keys];
    bool alone = columns->count == 1; /* then it stands in the cell */
    bool open =
        question->keeps_unknown && !alone && first->type == VALUE_UNKNOWN;
    return open ? first->reason : NULL;
}

static bool
write_rows(struct question *question, const struct columns *columns,
           const struct question_row *rows, size_t count)
{
    struct session *session = question->session;
    const struct result_sink *sink = session->sink;
    struct result_value *values = memory_alloc(columns->count * sizeof *values);
    struct arena scratch = session->scratch;
    bool going = true;
    session->scratch = (struct arena){0};
    for (size_t i = 0; going && i < count; i++) {
        question_key_values(question, rows[i].period, rows[i].line, values);
        for (size_t c = columns->keys; c < columns->count; c++) {
            answer_value(session, &question->plan,
                         columns->nodes[c - columns->keys], rows[i].period,
                         rows[i].line, &values[c]);
            part_value(&values[c], columns->parts[c - columns->keys]);
            bool failed = question->keeps_unknown &&
                          values[columns->keys].type == VALUE_TRUTH &&
                          !values[columns->keys].truth;
            if (failed && values[c].relation == RELATION_EQUAL &&
                values[c].basis == BASIS_COMPUTED) {
                /* What made it false is shown with all its digits. */
                values[c].has_bounds = false;
            }
        }
        going = sink->row(sink->context, values,
                          row_note(question, columns, values));
        arena_reset(&session->scratch);
    }
    arena_free(&session->scratch);
    session->scratch = scratch;
    free(values);
    return going;
}

/* Is some cell of it known? */
static bool
some_cell_known(const struct figure *figure)
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

/* The first figure of which something is known, or of which nothing is; NULL
 * for none. */
static const struct figure *
first_figure(const struct plan *plan, bool known)
{
    for (size_t i = 0; i < plan->figure_count; i++) {
        if (some_cell_known(plan->figures[i]) == known) {
            return plan->figures[i];
        }
    }
    return NULL;
}

/* Why there are no rows: why the last of them would be unknown, or the first
 * figure that nobody stated. */
static const char *
empty_note(const struct question *question)
{
    const struct plan *plan = &question->plan;
    struct buffer text = {0};
    if (plan->figure_count == 0 || question->where != UINT32_MAX) {
        return NULL;
    }
    if (question->item_count && first_figure(plan, true) &&
        question->row_last > question->row_first &&
        plan->spaces[0].line_count) {
        plan_reason(plan, question->items[0], question->row_last - 1,
                    plan->spaces[0].line_count - 1, &text);
    }
    if (!text.len) {
        const struct figure *missing = first_figure(plan, false);
        plan_missing(plan, missing ? missing : plan->figures[0], &text);
    }
    const char *copy =
        arena_copy(&question->session->scratch, text.text, text.len);
    buffer_free(&text);
    return copy;
}

/* Which figure a rate is, and which rate of its periods. */
static void
rate_name(const struct plan *plan, const struct figure *rate,
          struct buffer *text)
{
    figure_print(plan, rate, rate->fixed ? &rate->period : NULL, NULL, text);
    if (rate->converts && rate->aggregation == AGGREGATION_STOCK) {
        buffer_add_text(text, rate->fixed ? ", its last part"
                                          : ", the last part of each period");
    } else if (rate->converts) {
        buffer_add_text(text, rate->fixed ? ", the mean of its parts"
                                          : ", the mean of each period");
    }
}

/* By which rates amounts were converted, from the lowest to the highest of the
 * rows. */
static const char *
rate_note(struct question *question, const struct question_row *rows,
          size_t count)
{
    struct session *session = question->session;
    const struct plan *plan = &question->plan;
    struct buffer text = {0};
    for (size_t i = 0; i < plan->rate_count; i++) {
        struct result_value ends[2] = {{0}, {0}};
        struct result_column column = {.name = ""};
        size_t known = 0;
        answer_column(session, &plan->nodes[plan->rates[i]].type, &column);
        struct cell_style style = cell_style_alone(&column);
        for (size_t r = 0; r < count; r++) {
            struct result_value value;
            answer_value(session, plan, plan->rates[i], rows[r].period,
                         rows[r].line, &value);
            if (value.type == VALUE_NUMBER) {
                bool low = !known || value.number < ends[0].number;
                bool high = !known || value.number > ends[1].number;
                ends[0] = low ? value : ends[0];
                ends[1] = high ? value : ends[1];
                known++;
            }
        }
        if (!known) {
            continue;
        }
        buffer_add_text(&text, text.len ? "\nconverted at " : "converted at ");
        cell_add(&text, &column, &ends[0], &style);
        if (ends[0].number != ends[1].number) {
            buffer_add_text(&text, " to ");
            cell_add(&text, &column, &ends[1], &style);
        }
        buffer_add_text(&text, ": ");
        rate_name(plan, plan->figures[plan->nodes[plan->rates[i]].figure],
                  &text);
    }
    const char *copy =
        text.len ? arena_copy(&session->scratch, text.text, text.len) : NULL;
    buffer_free(&text);
    return copy;
}

/* Writes the frame with NODES as columns. */
static void
write_frame(struct question *question, struct columns *columns,
            const char *title)
{
    const struct result_sink *sink = question->session->sink;
    size_t count;
    struct question_row *rows = question_rows(question, &count);
    struct result_head head = {title, columns->items, columns->count,
                               question->chart};
    struct result_foot foot = {.rows = count};
    sink->begin(sink->context, &head);
    write_rows(question, columns, rows, count);
    foot.undecided = question->undecided;
    foot.cut = question->cut;
    foot.note = count ? rate_note(question, rows, count) : empty_note(question);
    sink->end(sink->context, &foot);
    free(rows);
}

static void
columns_init(struct question *question, struct columns *columns, size_t items)
{
    struct arena *arena = &question->session->scratch;
    size_t most = SPACE_DIMENSIONS_MAX + 1 + items * 3;
    columns->items = arena_array(arena, struct result_column, most);
    columns->nodes = arena_array(arena, uint32_t, items * 3);
    columns->parts = arena_array(arena, uint8_t, items * 3);
    columns->keys = columns->count = question_keys(question, columns->items);
}

/* show and bare expressions ------------------------------------------------- */

bool
question_answer(struct question *question, const struct node *items,
                const struct node *clauses)
{
    struct session *session = question->session;
    size_t count = node_count(items);
    uint32_t *nodes = arena_array(&session->scratch, uint32_t, count);
    size_t at = 0;
    if (!question_clauses(question, clauses)) {
        return false;
    }
    for (const struct node *item = items; item; item = item->next) {
        nodes[at] = bind_item(question, item);
        if (nodes[at] == UINT32_MAX ||
            (question->chart && !plot_takes(question, item, nodes[at]))) {
            return false;
        }
        if (item->kind == NODE_AS) {
            add_alias(question, item, nodes[at]);
        }
        at++;
    }
    question->items = nodes;
    question->item_count = count;
    if (!question_conditions(question, clauses)) {
        return false;
    }
    if (session->checking || session->planning) {
        return question_explain(question);
    }
    if (!question_compute(question)) {
        return false;
    }
    struct columns columns;
    columns_init(question, &columns, count);
    at = 0;
    for (const struct node *item = items; item; item = item->next, at++) {
        const char *name = question_item_name(session, item);
        add_column(question, &columns, nodes[at], 0, name);
        bool number =
            question->plan.nodes[nodes[at]].type.class == VALUE_NUMBER;
        if (question->with_bounds && number) {
            add_column(question, &columns, nodes[at], 1, name);
            add_column(question, &columns, nodes[at], 2, name);
        }
    }
    write_frame(question, &columns, NULL);
    return true;
}

/* check ----------------------------------------------------------------------- */

static bool
is_comparison(const struct node *node)
{
    return node->kind == NODE_BINARY && node->op >= OP_EQ &&
           node->op <= OP_AGREES;
}

/* The comparison inside a condition, whose sides say why it holds or not. */
static const struct node *
comparison_of(const struct node *condition)
{
    if (condition->kind == NODE_UNARY || condition->kind == NODE_WITHIN) {
        condition = condition->kid[0];
    }
    bool in = condition->kind == NODE_BINARY && condition->op == OP_IN;
    return in || is_comparison(condition) ? condition : NULL;
}

static void
count_verdicts(struct question *question, uint32_t node, size_t *bad,
               size_t *open, size_t *good)
{
    const struct plan *plan = &question->plan;
    size_t last = question->row_last;
    for (size_t line = 0; line < plan->spaces[0].line_count; line++) {
        for (size_t p = question->row_first; p < last; p++) {
            if (!row_passes(question, p, line)) {
                continue;
            }
            double verdict = plan_cell(plan, node, p, line).value;
            *open += isnan(verdict) ? 1 : 0;
            *bad += verdict == 0;
            *good += verdict == 1;
        }
    }
    question->undecided = 0;
}

static bool
check_condition(struct question *question, const struct node *statement)
{
    struct session *session = question->session;
    const struct node *condition = statement->kid[0];
    const struct node *clauses = statement->kid[1];
    uint32_t sides[2] = {UINT32_MAX, UINT32_MAX};
    const struct node *comparison = comparison_of(condition);
    if (!question_clauses(question, clauses)) {
        return false;
    }
    uint32_t node = bind_truth(&question->binder, condition);
    question->items = &node;
    question->item_count = 1;
    question->keeps_unknown = true;
    if (node == UINT32_MAX || !question_conditions(question, clauses)) {
        return false;
    }
    int side_count = !comparison ? 0 : comparison->op == OP_IN ? 1 : 2;
    for (int side = 0; side < side_count; side++) {
        size_t messages = session->diagnostics->count;
        sides[side] = bind_expression(&question->binder, comparison->kid[side]);
        plan_want(&question->plan, sides[side]);
        diagnostics_truncate(session->diagnostics, messages);
    }
    if (session->checking || session->planning) {
        return question_explain(question);
    }
    if (!question_compute(question)) {
        return false;
    }
    size_t bad = 0;
    size_t open = 0;
    size_t good = 0;
    count_verdicts(question, node, &bad, &open, &good);
    open += bad + good + open == 0; /* nothing to judge is not good */
    checks_note(question, statement, node, sides,
                comparison ? comparison->kid : NULL, bad, open);
    struct columns columns;
    columns_init(question, &columns, 3);
    add_column(question, &columns, node, 0, "check");
    for (int side = 0; side < 2; side++) {
        bool varies = sides[side] != UINT32_MAX &&
                      question->plan.nodes[sides[side]].op != PLAN_CONSTANT;
        if (varies) {
            add_column(question, &columns, sides[side], 0,
                       question_item_name(session, comparison->kid[side]));
        }
    }
    write_frame(question, &columns, NULL);
    enum run_status status = bad ? RUN_FALSE : open ? RUN_UNDECIDED : RUN_DONE;
    if (status > session->status) {
        session->status = status;
    }
    return true;
}

bool
question_statement(struct session *session, const struct node *statement)
{
    struct question question;
    bool done;
    if (!follow_settle(session)) {
        return false;
    }
    question_init(&question, session);
    if (statement->kind == NODE_CHECK) {
        done = check_condition(&question, statement);
    } else if (statement->kind == NODE_ANSWER) {
        done = question_answer(&question, statement->kid[0], NULL);
    } else {
        done = question_answer(&question, statement->kid[0], statement->kid[1]);
    }
    question_free(&question);
    return done;
}
