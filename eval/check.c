/* check: is it true in every row?  And the statements that are questions. */
#include "eval/frame.h"
#include "eval/grounds.h"

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
    while (condition->kind == NODE_UNARY || condition->kind == NODE_WITHIN) {
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
            if (!question_row_passes(question, p, line)) {
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
    if (session->checks) {
        grounds_want(&question->plan);
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
    struct frame_columns columns;
    frame_columns_init(question, &columns, 3);
    frame_add_column(question, &columns, node, 0, "check");
    for (int side = 0; side < 2; side++) {
        bool varies = sides[side] != UINT32_MAX &&
                      question->plan.nodes[sides[side]].op != PLAN_CONSTANT;
        if (varies) {
            frame_add_column(
                question, &columns, sides[side], 0,
                question_item_name(session, comparison->kid[side]));
        }
    }
    frame_write(question, &columns);
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
