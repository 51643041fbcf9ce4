/* explain: the plan of a question in place of its answer. */
#include "eval/question.h"

/* Prints the plan under `explain`; does nothing when only checking. */
bool
question_explain(struct question *question)
{
    struct session *session = question->session;
    struct buffer text = {0};
    if (!session->planning || session->checking) {
        return true;
    }
    if (!question_compute(question)) {
        return false;
    }
    plan_print(&question->plan, &text);
    text.len -= text.len > 0; /* a sink ends the last line itself */
    session->sink->text(session->sink->context, buffer_slice(&text));
    buffer_free(&text);
    return true;
}

bool
explain_statement(struct session *session, const struct node *statement)
{
    const struct node *inner = statement->kid[0];
    bool done = false;
    session->measuring = statement->kind == NODE_EXPLAIN_ANALYZE;
    switch (inner->kind) {
    case NODE_SHOW:
    case NODE_ANSWER:
    case NODE_CHECK:
        session->planning = true;
        done = question_statement(session, inner);
        break;
    case NODE_PLOT:
        session->planning = true;
        done = plot_statement(session, inner);
        break;
    case NODE_COMPARE:
        session->planning = true;
        done = compare_statement(session, inner);
        break;
    default:
        scope_fail(session, inner, DIAGNOSTIC_CLAUSE,
                   "only questions have a plan",
                   "explain show, plot, compare, check or an expression");
        break;
    }
    session->planning = session->measuring = false;
    return done;
}
