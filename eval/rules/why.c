/* why RULE for FIGURE: what a rule said of a figure, and on which facts; and
 * the lists of rules and policies. */
#include "eval/why.h"
#include "eval/rules/rules.h"

#include <stdlib.h>

static struct result_value
text_value(const char *text)
{
    return (struct result_value){.type = VALUE_TEXT,
                                 .text = slice_of(text ? text : "")};
}

static void
begin(struct session *session, const char *const *names, size_t count)
{
    struct result_column *columns =
        arena_array(&session->scratch, struct result_column, count);
    struct result_head head = {.columns = columns, .count = count};
    for (size_t i = 0; i < count; i++) {
        columns[i] = (struct result_column){
            .name = names[i], .type = VALUE_TEXT, .unit = "", .factor = 1};
    }
    session->sink->begin(session->sink->context, &head);
}

static void
tell(struct session *session, int depth, const char *what, const char *value,
     const struct review_fact *fact, const char *note)
{
    struct result_value values[WHY_COLUMNS];
    struct buffer text = {0};
    struct buffer place = {0};
    buffer_fill(&text, ' ', (size_t)depth * 2);
    buffer_add_text(&text, what);
    buffer_reserve(&place, 1);
    if (fact && fact->place.file) {
        buffer_format(&place, "%s:%u", fact->place.file, fact->place.line);
    }
    values[WHY_WHAT] = text_value(text.text);
    values[WHY_VALUE] = text_value(value);
    values[WHY_ACTOR] = text_value(fact ? fact->actor : NULL);
    values[WHY_STATED] = text_value(fact ? fact->stated : NULL);
    values[WHY_SOURCE] = text_value(fact ? fact->source : NULL);
    values[WHY_PLACE] = text_value(place.len ? place.text : NULL);
    session->sink->row(session->sink->context, values, note);
    buffer_free(&text);
    buffer_free(&place);
}

static bool
same_reason(const char *reason, const struct review_value *value)
{
    return value->reason && strcmp(reason, value->reason) == 0;
}

/* Does what stands below part number AT give the same reason? */
static bool
is_said_below(const struct review_finding *finding, size_t at)
{
    const struct review_branch *branch = &finding->branches[at];
    const char *reason = branch->value.reason;
    for (size_t i = at; reason && i < finding->branch_count; i++) {
        const struct review_branch *below = &finding->branches[i];
        if (i > at && below->depth <= branch->depth) {
            break;
        }
        if (i > at && same_reason(reason, &below->value)) {
            return true;
        }
        for (size_t f = 0; f < below->fact_count; f++) {
            if (same_reason(reason, &below->facts[f].value)) {
                return true;
            }
        }
    }
    return false;
}

/* A part of the rule, and at the end of its tree the figures. */
static size_t
tell_branch(struct session *session, const struct review_finding *finding,
            size_t at)
{
    const struct review_branch *branch = &finding->branches[at];
    struct buffer text = {0};
    int depth = (int)branch->depth + 1;
    buffer_format(&text, "%s%s%s", branch->label ? branch->label : "",
                  branch->label ? " " : "", branch->expression);
    tell(session, depth, text.text, branch->value.text, NULL,
         is_said_below(finding, at) ? NULL : branch->value.reason);
    buffer_free(&text);
    for (size_t i = 0; i < branch->fact_count; i++) {
        const struct review_fact *fact = &branch->facts[i];
        tell(session, depth + 1 + (int)fact->depth, fact->figure,
             fact->value.text, fact,
             fact->value.known ? fact->chain : fact->value.reason);
    }
    return 1 + branch->fact_count;
}

/* Of a figure that the rule leaves out: the clauses that were false. */
static size_t
tell_left_out(struct session *session, const struct review_finding *finding)
{
    size_t rows = 1;
    bool shown = false;
    tell(session, 0, finding->subject, "no subject", NULL,
         "the rule's where leaves it out");
    for (size_t i = 0; i < finding->branch_count; i++) {
        const struct review_branch *branch = &finding->branches[i];
        if (branch->depth == 0) {
            shown = branch->label && strcmp(branch->label, "where") == 0 &&
                    branch->value.text &&
                    strcmp(branch->value.text, "false") == 0;
        }
        rows += shown ? tell_branch(session, finding, i) : 0;
    }
    return rows;
}

static size_t
tell_finding(struct session *session, const struct review_finding *finding)
{
    size_t rows = 1;
    if (finding->left_out) {
        return tell_left_out(session, finding);
    }
    tell(session, 0, finding->subject, verdict_word(finding->verdict), NULL,
         finding->verdict == VERDICT_PASS ? NULL : finding->message);
    for (size_t i = 0; i < finding->branch_count; i++) {
        rows += tell_branch(session, finding, i);
    }
    return rows;
}

/* The rule and the figures of the statement. */
static const struct node *
figures_of(struct session *session, const struct node *statement)
{
    for (const struct node *at = statement->kid[2]; at; at = at->next) {
        if (at->kind == NODE_FOR_FIGURES) {
            return at->kid[0];
        }
    }
    scope_fail(session, statement, DIAGNOSTIC_CLAUSE,
               "name the figure that the rule has judged",
               "why export_targets.in_reach for target 2023 exports");
    return NULL;
}

static bool
judge_one(struct judgement *judgement, const struct rule *rule)
{
    struct review_rule *result =
        arena_new(&judgement->review->arena, struct review_rule);
    result->id = rule->id;
    return judge_bind(judgement, rule, result) && judge_run(judgement);
}

static const char *
why_none(struct session *session, const struct waived *pattern)
{
    return !pattern_is_stated(session, pattern) ? "nobody stated it"
           : pattern_is_whole(session, pattern)
               ? "the rule's for leaves it out, or to its parts"
               : "the rule's for leaves it out";
}

static void
answer(struct session *session, const struct review *review,
       const struct node *figures, struct waived **patterns)
{
    struct result_column columns[WHY_COLUMNS];
    struct result_head head = {.columns = columns, .count = WHY_COLUMNS};
    size_t rows = 0;
    size_t at = 0;
    why_columns(columns, VALUE_TEXT);
    session->sink->begin(session->sink->context, &head);
    for (const struct node *figure = figures; figure;
         figure = figure->next, at++) {
        size_t found = 0;
        for (size_t i = 0; i < review->finding_count; i++) {
            if (figure_covers(session, patterns[at], review->findings[i])) {
                rows += tell_finding(session, review->findings[i]);
                found++;
            }
        }
        if (!found) {
            tell(session, 0, question_item_name(session, figure), "no subject",
                 NULL, why_none(session, patterns[at]));
            rows++;
        }
    }
    struct result_foot foot = {.rows = rows};
    session->sink->end(session->sink->context, &foot);
}

bool
why_rule_statement(struct session *session, const struct node *statement)
{
    const struct node *figures = figures_of(session, statement);
    struct node *id =
        arena_alloc(&session->scratch, sizeof *id + 2 * sizeof(struct node *));
    struct context context = session->context;
    struct review review;
    id->kind = NODE_RULE_ID;
    id->kid_count = 2;
    id->span = span_join(statement->kid[0]->span, statement->kid[1]->span);
    id->kid[0] = statement->kid[0];
    id->kid[1] = statement->kid[1];
    struct rule *rule = figures ? rules_find(session, id, NULL) : NULL;
    if (!rule || session->checking || !follow_settle(session)) {
        return rule != NULL;
    }
    review_init(&review);
    struct judgement judgement = {.session = session,
                                  .review = &review,
                                  .as_of = session_question_day(session),
                                  .records_passes = true,
                                  .tells_left_out = true,
                                  .tells_all = true};
    struct waived **patterns =
        arena_array(&session->scratch, struct waived *, node_count(figures));
    size_t count = 0;
    bool done = true;
    for (const struct node *at = figures; done && at; at = at->next) {
        patterns[count] = figure_pattern(session, at);
        done = patterns[count++] != NULL;
    }
    done = done && judge_one(&judgement, rule);
    judge_free(&judgement);
    session->context = context;
    if (done) {
        answer(session, &review, figures, patterns);
    }
    free(review.findings); /* which no review has taken over */
    review.findings = NULL;
    free(review.notes);
    review.notes = NULL;
    review_free(&review);
    return done;
}

bool
list_rules(struct session *session, const char *what)
{
    static const char *const rule_names[] = {"rule", "severity", "title"};
    static const char *const policy_names[] = {"policy", "title"};
    const struct book *book = rules_book(session);
    struct result_value values[3];
    bool rules = strcmp(what, "rules") == 0;
    size_t count = rules ? book->rule_count : book->policy_count;
    begin(session, rules ? rule_names : policy_names, rules ? 3 : 2);
    for (size_t i = 0; i < count; i++) {
        if (rules) {
            const struct rule *rule = book->rules[i];
            values[0] = text_value(rule->id);
            values[1] = text_value(severity_word(rule->severity));
            values[2] = text_value(rule->title);
        } else {
            const struct policy *policy = book->policies[i];
            values[0] = text_value(scope_chars(session, policy->name));
            values[1] = text_value(policy->title);
        }
        session->sink->row(session->sink->context, values, NULL);
    }
    struct result_foot foot = {
        .rows = count,
        .note =
            count ? NULL : "none: rules stand in files, or are typed before"};
    session->sink->end(session->sink->context, &foot);
    return true;
}
