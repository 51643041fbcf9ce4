/* One statement of a text: whether it is taken, what runs it, and what its
 * failure leaves behind. */
#include "base/suggest.h"
#include "eval/scope.h"

static bool
set_statement(struct session *session, const struct node *statement)
{
    const struct node *name = statement->kid[0];
    const struct node *value = statement->kid[1];
    struct slice text = atoms_text(&session->atoms, name->value.name);
    const struct node *word = value->kind == NODE_FIGURE ? value->kid[2] : NULL;
    bool off =
        word && slice_is(atoms_text(&session->atoms, word->value.name), "off");
    bool on = value->kind == NODE_TRUTH && value->op == OP_TRUE;
    off = off || (value->kind == NODE_TRUTH && value->op == OP_FALSE);
    if (!slice_is(text, "strict")) {
        struct diagnostic *record = diagnostics_add(
            session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_UNKNOWN_SETTING,
            name->span, "no setting named `%s`", text.at);
        struct suggestion suggestion;
        suggestion_init(&suggestion, text);
        suggestion_offer(&suggestion, SLICE("strict"));
        if (suggestion.best.len) {
            diagnostics_label(session->diagnostics, record,
                              "did you mean `strict`?");
        }
        diagnostics_help(session->diagnostics, record,
                         "the settings stand in: list settings");
        return false;
    }
    if (!on && !off) {
        diagnostics_add(session->diagnostics, SEVERITY_ERROR,
                        DIAGNOSTIC_TYPE_MISMATCH, value->span,
                        "strict is on or off");
        return false;
    }
    session->options.strict = on;
    return true;
}

static bool
refuse_missing(struct session *session, const struct node *statement,
               const char *name)
{
    diagnostics_add(session->diagnostics, SEVERITY_ERROR, DIAGNOSTIC_NOT_YET,
                    statement->span, "`%s` does not run in this version", name);
    return false;
}

static bool
is_declaration(const struct node *statement)
{
    return statement->kind >= NODE_UNIT && statement->kind <= NODE_PARAM_DEF &&
           statement->kind != NODE_USING;
}

/* Members of a file are declared, like others: what names them may stand in a
 * file that is read earlier. */
static bool
imports_members(const struct node *statement)
{
    return statement->kind == NODE_IMPORT && statement->kid[1] &&
           statement->kid[1]->kind == NODE_AS_MEMBERS;
}

static bool
states_facts(const struct node *statement)
{
    return statement->kind == NODE_FACT || statement->kind == NODE_CELLS ||
           statement->kind == NODE_RETRACT ||
           (statement->kind == NODE_IMPORT && !imports_members(statement));
}

static bool
is_question(const struct node *statement)
{
    return statement->kind >= NODE_ANSWER && statement->kind <= NODE_VERSION;
}

/* Does this run look at the statement?  A review takes what is declared first,
 * then the rest, and answers no questions. */
static bool
takes(const struct session *session, const struct node *statement)
{
    if (!session->options.review || statement->kind == NODE_INCLUDE) {
        return true;
    }
    if (statement->kind == NODE_QUIT) { /* nobody ends it for the others */
        return false;
    }
    if (session->options.states_nothing && states_facts(statement)) {
        return false;
    }
    if (imports_members(statement)) { /* its second run tells what it did */
        return session->takes & (TAKE_DECLARATIONS | TAKE_REST);
    }
    return is_declaration(statement) ? session->takes & TAKE_DECLARATIONS
           : is_question(statement)  ? session->takes & TAKE_QUESTIONS
                                     : session->takes & TAKE_REST;
}

/* `check` and conditions stand alone only behind `check`. */
static bool
run_statement(struct session *session, const struct node *statement)
{
    bool takes_back =
        statement->kind == NODE_UNDO || statement->kind == NODE_RETRACT_IMPORT;
    if (takes_back && session->options.review) {
        return scope_fail(session, statement, DIAGNOSTIC_NOTHING_TO_RETRACT,
                          "a review takes nothing of the fact base back",
                          "retract single figures: they count as withdrawn "
                          "while it runs");
    }
    const char *missing = statement_missing((enum node_kind)statement->kind);
    if (missing) {
        return refuse_missing(session, statement, missing);
    }
    switch (statement->kind) {
    case NODE_FACT:
    case NODE_CELLS:
        return fact_statement(session, statement);
    case NODE_USING:
        return using_statement(session, statement);
    case NODE_COMPARE:
        return compare_statement(session, statement);
    case NODE_SHOW:
    case NODE_CHECK:
    case NODE_ANSWER:
        return question_statement(session, statement);
    case NODE_WHY_RULE:
        return why_rule_statement(session, statement);
    case NODE_WHY:
        return why_statement(session, statement);
    case NODE_PLOT:
        return plot_statement(session, statement);
    case NODE_EXPLAIN:
    case NODE_EXPLAIN_ANALYZE:
        return explain_statement(session, statement);
    case NODE_LIST:
        return list_statement(session, statement);
    case NODE_DESCRIBE:
        return describe_statement(session, statement);
    case NODE_HELP:
    case NODE_APROPOS:
    case NODE_VERSION:
        return help_statement(session, statement);
    case NODE_PRINT:
        return print_statement_text(session, statement);
    case NODE_INCLUDE:
        return include_statement(session, statement);
    case NODE_EXPORT:
        return export_statement(session, statement);
    case NODE_IMPORT:
        return import_statement(session, statement);
    case NODE_POLICY:
        return policy_statement(session, statement);
    case NODE_RULE:
        return rule_statement(session, statement);
    case NODE_WAIVE:
        return waive_statement(session, statement);
    case NODE_CLAIM:
        return claim_statement(session, statement);
    case NODE_TEST:
        return test_statement(session, statement);
    case NODE_HISTORY:
        return history_statement(session, statement);
    case NODE_RETRACT:
        return retract_statement(session, statement);
    case NODE_RETRACT_IMPORT:
        return retract_import_statement(session, statement);
    case NODE_UNDO:
        return undo_statement(session, statement);
    case NODE_SET_OPTION:
        return set_statement(session, statement);
    case NODE_QUIT:
        session->quits = true;
        return true;
    default:
        return declare_statement(session, statement);
    }
}

/* The name that a failed declaration would have declared. */
static void
poison_declared(struct session *session, const struct node *statement)
{
    bool declares = statement->kind >= NODE_UNIT &&
                    statement->kind <= NODE_PARAM_DEF &&
                    statement->kind != NODE_USING && statement->kid[0] &&
                    statement->kid[0]->kind == NODE_NAME;
    if (declares) {
        scope_poison(session, statement->kid[0]->value.name);
    }
}

enum run_status
session_failure(const struct session *session, size_t from)
{
    enum run_status status = RUN_WRONG;
    for (size_t i = from; i < session->diagnostics->count; i++) {
        enum diagnostic_code code = session->diagnostics->items[i]->code;
        if (code == DIAGNOSTIC_INTERRUPTED) {
            status = RUN_INTERRUPTED;
        } else if ((code >= DIAGNOSTIC_CANNOT_OPEN &&
                    code <= DIAGNOSTIC_BASE_CORRUPT) ||
                   code == DIAGNOSTIC_CANNOT_WRITE ||
                   code == DIAGNOSTIC_CANNOT_DRAW) {
            status = RUN_SYSTEM;
        }
    }
    return status;
}

void
session_note_failure(struct session *session, size_t from)
{
    enum run_status status = session_failure(session, from);
    session->checking = !session->retries;
    if (status > session->status) {
        session->status = status;
    }
}

/* The store knows no statement: what it refused to write is told at this one. */
static void
place_refusals(struct session *session, const struct node *statement,
               size_t from)
{
    struct diagnostics *list = session->diagnostics;
    for (size_t i = from; i < list->count; i++) {
        struct span *span = &list->items[i]->primary.span;
        if (list->items[i]->code == DIAGNOSTIC_BASE_READ_ONLY &&
            span->end == span->start) {
            *span = statement->span;
        }
    }
}

void
session_run_one(struct session *session, const struct node *statement)
{
    size_t messages = session->diagnostics->count;
    size_t errors = session->diagnostics->error_count;
    if (!takes(session, statement)) {
        if (statement->kind == NODE_CHECK && session->takes & TAKE_REST) {
            check_keep(session, statement);
        } else if (is_question(statement) && session->takes & TAKE_REST) {
            session->first_passed = session->passed_over++
                                        ? session->first_passed
                                        : statement->span;
        }
        return;
    }
    session->next_focus.set = false;
    bool done = run_statement(session, statement);
    if (!done || session->diagnostics->error_count > errors) {
        place_refusals(session, statement, messages);
        if (!session->retries) {
            poison_declared(session, statement);
        }
        session_note_failure(session, messages);
        return;
    }
    session->statements++;
    if (session->next_focus.set) {
        session->focus = session->next_focus;
    }
    bool declares = statement->kind >= NODE_UNIT &&
                    statement->kind <= NODE_PARAM_DEF && statement->kid[0] &&
                    statement->kid[0]->kind == NODE_NAME;
    if (declares && statement->kid[0]->value.name < LEXER_KEYWORDS_END) {
        session->keyword_names[statement->kid[0]->value.name] = true;
        session->names_seen = SIZE_MAX;
    }
}
