/* A question: its clauses, its frame, what it computes. */
#include "eval/question.h"

#include "eval/bind.h"
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
    question->fiscal = range.fiscal;
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
            if (bind_follows(&binder, question->sort)) {
                bind_fail_follows(&binder, at->kid[0], question->sort,
                                  "sorted");
                return false;
            }
        }
    }
    return question_check_fiscal(question);
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
    if (!bind_check_coordinates(&question->binder) ||
        !question_check_fiscal(question) || !plan_frame(plan)) {
        return false;
    }
    question_note_years(question);
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
