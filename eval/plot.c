/* The statement `plot`: a question as `show` asks it, whose answer is drawn,
 * among the answers or into a file. */
#include "base/output.h"
#include "eval/bind.h"
#include "eval/question.h"

#include <stdio.h>

/* Only numbers have a place on an axis. */
bool
plot_takes(struct question *question, const struct node *item, uint32_t node)
{
    static const char *const sorts[] = {
        [VALUE_UNKNOWN] = "nothing known", [VALUE_NUMBER] = "a number",
        [VALUE_TRUTH] = "a condition",     [VALUE_TEXT] = "a text",
        [VALUE_PERIOD] = "a period",       [VALUE_DATE] = "a date"};
    struct diagnostics *list = question->session->diagnostics;
    enum value_type class = question->plan.nodes[node].type.class;
    if (class == VALUE_NUMBER && bind_follows(&question->binder, node)) {
        bind_fail_follows(&question->binder, item, node, "drawn on one axis");
        return false;
    }
    if (class == VALUE_NUMBER) {
        return true;
    }
    struct diagnostic *record =
        diagnostics_add(list, SEVERITY_ERROR, DIAGNOSTIC_TYPE_MISMATCH,
                        item->span, "only numbers can be drawn");
    diagnostics_label(list, record, "this is %s", sorts[class]);
    if (class == VALUE_TRUTH) {
        diagnostics_help(list, record,
                         "if CONDITION then 1 else 0 is a number");
    }
    return false;
}

/* Where the drawing goes. */
struct target {
    const struct node *at; /* the text that names the file; NULL: none */
    const char *path;
    struct output output;
    struct result_chart chart;
};

static bool
form_of(struct session *session, const struct node *at, const char *path,
        enum chart_form *form)
{
    static const struct {
        const char *ending;
        enum chart_form form;
    } forms[] = {
        {".svg", CHART_SVG}, {".png", CHART_PNG}, {".txt", CHART_TEXT}};
    size_t len = strlen(path);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (len > 4 && strcmp(path + len - 4, forms[i].ending) == 0) {
            *form = forms[i].form;
            return true;
        }
    }
    struct diagnostic *record = diagnostics_add(
        session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_FILE_FORM, at->span,
        "the ending of %s does not say in which form", path);
    diagnostics_help(session->diagnostics, record,
                     "charts are drawn into a file that ends in .svg, .png or "
                     ".txt");
    return false;
}

/* Finds the file among the clauses, and whether it may be written. */
static bool
find_target(struct session *session, const struct node *clauses,
            struct target *target)
{
    for (const struct node *clause = clauses; clause; clause = clause->next) {
        if (clause->kind != NODE_INTO) {
            continue;
        }
        if (target->at) {
            return scope_fail(session, clause, DIAGNOSTIC_TWICE,
                              "the file is named twice", NULL);
        }
        if (!export_may_write(session, clause)) {
            return false;
        }
        target->at = clause->kid[0];
        const char *path = message_path(session, target->at);
        if (!path || !form_of(session, target->at, path, &target->chart.form)) {
            return false;
        }
        target->path = session_path(session, path);
    }
    return true;
}

static bool
cannot_draw(struct session *session, const struct target *target)
{
    const struct result_chart *chart = &target->chart;
    if (chart->is_empty) {
        return scope_fail(session, target->at, DIAGNOSTIC_NOTHING_KNOWN,
                          "nothing is known that could be drawn", NULL);
    }
    struct diagnostic *record = diagnostics_add(
        session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_CANNOT_DRAW,
        target->at->span, "%s cannot be drawn: %s", target->path,
        *chart->problem ? chart->problem : "nobody here draws");
    if (chart->lacks_program) {
        diagnostics_help(session->diagnostics, record,
                         "install it (the package gnuplot-nox of Debian), or "
                         "draw into a file that ends in .txt");
    }
    return false;
}

/* The file is complete, or nothing is left of it. */
static bool
close_target(struct session *session, struct target *target, bool done)
{
    bool failed = target->output.error != 0; /* closing says why */
    if (done && !target->chart.drawn && !failed) {
        done = cannot_draw(session, target);
    }
    if (!done) {
        output_drop(&target->output);
        return false;
    }
    if (!export_close_file(session, target->at, target->path,
                           &target->output)) {
        return false;
    }
    struct diagnostic *record = diagnostics_add(
        session->diagnostics, SEVERITY_NOTICE, DIAGNOSTIC_NOTE,
        target->at->span, "the chart is written to %s", target->path);
    size_t len = strcspn(target->chart.remarks, "\n");
    if (len) {
        diagnostics_help(session->diagnostics, record, "%.*s", (int)len,
                         target->chart.remarks);
    }
    return true;
}

bool
plot_statement(struct session *session, const struct node *statement)
{
    struct target target = {0};
    struct question question;
    if (!find_target(session, statement->kid[1], &target) ||
        !follow_settle(session)) {
        return false;
    }
    if (target.at && session->options.passes_exports) {
        return true; /* a text that is read for its facts draws nothing */
    }
    bool writes = target.at && !session->checking && !session->planning;
    if (writes) {
        if (!export_open_file(session, target.at, target.path,
                              &target.output)) {
            return false;
        }
        target.chart.write = output_write;
        target.chart.context = &target.output;
    }
    question_init(&question, session);
    question.chart = &target.chart;
    bool done =
        question_answer(&question, statement->kid[0], statement->kid[1]);
    question_free(&question);
    return writes ? close_target(session, &target, done) : done;
}
