/* A review from its inputs to its outcome. */
#include "eval/rules/rules.h"

#include <stdlib.h>

/* Rules and policies as the reports show them ------------------------------ */

static const char **
clause_texts(struct judgement *judgement, const struct rule *rule)
{
    struct session *session = judgement->session;
    const struct node *clauses = rule->statement->kid[3];
    const char **texts = arena_array(&judgement->review->arena, const char *,
                                     node_count(clauses) + 1);
    size_t count = 0;
    for (const struct node *at = clauses; at; at = at->next) {
        struct buffer text = {0};
        print_expression(&text, at, &session->atoms, &session->sources);
        texts[count++] = review_keep(judgement->review, &text);
        buffer_free(&text);
    }
    return texts;
}

static const struct review_policy *
describe_policy(struct judgement *judgement, const struct policy *policy)
{
    struct review *review = judgement->review;
    const char *name = scope_chars(judgement->session, policy->name);
    for (size_t i = 0; i < review->policy_count; i++) {
        if (strcmp(review->policies[i]->name, name) == 0) {
            return review->policies[i];
        }
    }
    return NULL;
}

static void
add_policies(struct judgement *judgement, const struct book *book)
{
    struct review *review = judgement->review;
    review->policies = arena_array(&review->arena, struct review_policy *,
                                   book->policy_count + 1);
    for (size_t i = 0; i < book->policy_count; i++) {
        const struct policy *policy = book->policies[i];
        struct review_policy *told =
            arena_new(&review->arena, struct review_policy);
        *told = (struct review_policy){
            .name = review_copy(review,
                                scope_chars(judgement->session, policy->name)),
            .title = review_copy(review, policy->title),
            .owner = review_copy(review, policy->owner),
            .because = review_copy(review, policy->because),
            .see = review_copy(review, policy->see),
            .place = review_place_of(review, judgement->session,
                                     policy->statement->kid[0]->span)};
        review->policies[review->policy_count++] = told;
    }
}

static struct review_rule *
describe_rule(struct judgement *judgement, const struct rule *rule)
{
    struct review *review = judgement->review;
    struct session *session = judgement->session;
    struct review_rule *told = arena_new(&review->arena, struct review_rule);
    struct buffer subject = {0};
    buffer_add_text(&subject, rule->every ? "every " : "");
    print_expression(&subject, rule->subject, &session->atoms,
                     &session->sources);
    *told = (struct review_rule){
        .policy =
            rule->policy ? describe_policy(judgement, rule->policy) : NULL,
        .id = review_copy(review, rule->id),
        .name = review_copy(review, scope_chars(session, rule->name)),
        .title = review_copy(review, rule->title),
        .severity = rule->severity,
        .on_unknown = rule->on_unknown,
        .may_be_empty = rule->may_be_empty,
        .has_fail_when = rule->has_fail_when,
        .fail_when = rule->fail_when,
        .owner = review_copy(review, rule->owner),
        .because = review_copy(review, rule->because),
        .see = review_copy(review, rule->see),
        .subject = review_keep(review, &subject),
        .clauses = clause_texts(judgement, rule),
        .place =
            review_place_of(review, session, rule->statement->kid[0]->span)};
    buffer_free(&subject);
    return told;
}

/* Order -------------------------------------------------------------------- */

static const int verdict_rank[VERDICT_COUNT] = {
    [VERDICT_FAIL] = 0,
    [VERDICT_UNKNOWN] = 1,
    [VERDICT_PASS] = 2,
    [VERDICT_NOT_APPLICABLE] = 3,
};

static int
compare_rules(const void *a, const void *b)
{
    const struct review_rule *left = *(const struct review_rule *const *)a;
    const struct review_rule *right = *(const struct review_rule *const *)b;
    return left->severity != right->severity
               ? (left->severity < right->severity ? -1 : 1)
               : strcmp(left->id, right->id);
}

/* What needs a look first. */
static int
compare_loudness(const struct review_finding *left,
                 const struct review_finding *right)
{
    int levels[] = {(int)finding_level(left), (int)finding_level(right)};
    if (left->state != right->state) {
        return left->state < right->state ? -1 : 1;
    }
    if (levels[0] != levels[1]) {
        return levels[0] < levels[1] ? -1 : 1;
    }
    int order = strcmp(left->rule->id, right->rule->id);
    return order                                                        ? order
           : left->verdict == right->verdict                            ? 0
           : verdict_rank[left->verdict] < verdict_rank[right->verdict] ? -1
                                                                        : 1;
}

static int
compare_places(const struct review_place *left,
               const struct review_place *right)
{
    int order = strcmp(left->file, right->file);
    return order                       ? order
           : left->line == right->line ? 0
           : left->line < right->line  ? -1
                                       : 1;
}

static int
compare_findings(const void *a, const void *b)
{
    const struct review_finding *left =
        *(const struct review_finding *const *)a;
    const struct review_finding *right =
        *(const struct review_finding *const *)b;
    int order = compare_loudness(left, right);
    if (!order && (!left->metric || !right->metric)) {
        return compare_places(&left->place, &right->place); /* of documents */
    }
    order = order ? order : strcmp(left->metric, right->metric);
    order = order ? order : strcmp(left->kind, right->kind);
    for (size_t i = 0;
         !order && i < left->member_count && i < right->member_count; i++) {
        order = strcmp(left->members[i].member, right->members[i].member);
    }
    if (!order && left->at.ordinal != right->at.ordinal) {
        order = left->at.ordinal < right->at.ordinal ? -1 : 1;
    }
    return order ? order : strcmp(left->subject, right->subject);
}

static int
compare_waivers(const void *a, const void *b)
{
    const struct review_waiver *left = *(const struct review_waiver *const *)a;
    const struct review_waiver *right = *(const struct review_waiver *const *)b;
    int order = strcmp(left->rule, right->rule);
    if (!order) {
        order = strcmp(left->subjects[0] ? left->subjects[0] : "",
                       right->subjects[0] ? right->subjects[0] : "");
    }
    if (!order && left->place.line != right->place.line) {
        order = left->place.line < right->place.line ? -1 : 1;
    }
    return order;
}

static int
compare_policies(const void *a, const void *b)
{
    const struct review_policy *left = *(const struct review_policy *const *)a;
    const struct review_policy *right = *(const struct review_policy *const *)b;
    return strcmp(left->name, right->name);
}

static void
sort_review(struct review *review)
{
    if (review->policy_count) {
        qsort(review->policies, review->policy_count, sizeof *review->policies,
              compare_policies);
    }
    if (review->rule_count) {
        qsort(review->rules, review->rule_count, sizeof *review->rules,
              compare_rules);
    }
    if (review->finding_count) {
        qsort(review->findings, review->finding_count, sizeof *review->findings,
              compare_findings);
    }
    if (review->waiver_count) {
        qsort(review->waivers, review->waiver_count, sizeof *review->waivers,
              compare_waivers);
    }
}

/* Outcome ------------------------------------------------------------------ */

static void
count_states(struct review *review)
{
    for (size_t i = 0; i < review->finding_count; i++) {
        struct review_finding *finding = review->findings[i];
        struct review_rule *rule =
            (struct review_rule *)(uintptr_t)finding->rule;
        rule->waived += finding->state == FINDING_WAIVED;
        rule->known += finding->state == FINDING_KNOWN;
    }
    for (size_t i = 0; i < review->rule_count; i++) {
        const struct review_rule *rule = review->rules[i];
        review->subjects += rule->subjects;
        review->waived += rule->waived;
        review->known += rule->known;
        for (int v = 0; v < VERDICT_COUNT; v++) {
            review->verdicts[v] += rule->verdicts[v];
        }
    }
}

static void
decide(struct review *review, const struct review_request *request)
{
    size_t failed = 0;
    size_t undecided = 0;
    size_t empty = 0;
    for (size_t i = 0; i < review->rule_count; i++) {
        struct review_rule *rule = review->rules[i];
        size_t fails =
            rule->verdicts[VERDICT_FAIL] - rule->waived - rule->known;
        rule->is_empty = rule->subjects == 0 && !rule->may_be_empty;
        failed += rule->severity <= review->fail_level && fails > 0 &&
                  (!rule->has_fail_when || fails > rule->fail_when);
        undecided += rule->on_unknown == ON_UNKNOWN_FAIL &&
                     rule->verdicts[VERDICT_UNKNOWN] > 0;
        empty += rule->is_empty && request->require_subjects;
    }
    bool nothing = review->rule_count + review->claim_count == 0;
    bool stale = request->strict_baseline && review->fixed_count > 0;
    struct buffer text = {0};
    if (failed || stale) {
        review->status = REVIEW_FAILED;
        if (failed) {
            buffer_format(&text, "failed: %zu rule%s with findings", failed,
                          failed == 1 ? "" : "s");
        }
        if (stale) {
            buffer_format(&text, "%s %s%s names %zu finding%s that %s gone",
                          failed ? ";" : "failed:",
                          review->against ? "--against " : "the baseline",
                          review->against ? review->against : "",
                          review->fixed_count,
                          review->fixed_count == 1 ? "" : "s",
                          review->fixed_count == 1 ? "is" : "are");
        }
    } else if (nothing) {
        review->status =
            request->require_subjects ? REVIEW_UNDECIDED : REVIEW_PASSED;
        buffer_format(&text, "%s: there is no rule",
                      request->require_subjects ? "undecided" : "passed");
    } else if (undecided || empty) {
        review->status = REVIEW_UNDECIDED;
        buffer_format(&text, "undecided: %zu rule%s could not be judged",
                      undecided + empty, undecided + empty == 1 ? "" : "s");
    } else {
        review->status = REVIEW_PASSED;
        buffer_add_text(&text, "passed");
    }
    review->outcome = review_keep(review, &text);
    buffer_free(&text);
}

/* -------------------------------------------------------------------------- */

static bool
bind_rules(struct judgement *judgement)
{
    struct session *session = judgement->session;
    struct review *review = judgement->review;
    const struct book *book = rules_book(session);
    bool done = true;
    add_policies(judgement, book);
    review->rules =
        arena_array(&review->arena, struct review_rule *, book->rule_count + 1);
    for (size_t i = 0; i < book->rule_count; i++) {
        struct review_rule *told = describe_rule(judgement, book->rules[i]);
        review->rules[review->rule_count++] = told;
        size_t messages = session->diagnostics->count;
        done = judgement->describes_only ||
               (judge_bind(judgement, book->rules[i], told) && done);
        if (!judge_goes_on(judgement, book->rules[i], messages)) {
            return false;
        }
    }
    return done;
}

void
judge_note(struct judgement *judgement, enum note_kind kind, const char *rule,
           const char *subject, const char *reason, struct span place)
{
    struct review *review = judgement->review;
    void *items = review->notes;
    memory_grow(&items, &judgement->note_capacity, review->note_count + 1,
                sizeof *review->notes);
    review->notes = items;
    review->notes[review->note_count++] = (struct review_note){
        kind, review_copy(review, rule), review_copy(review, subject),
        review_copy(review, reason),
        review_place_of(review, judgement->session, place)};
}

static void
note_withdrawals(struct judgement *judgement)
{
    const struct book *book = rules_book(judgement->session);
    for (size_t i = 0; i < book->withdrawal_count; i++) {
        const struct withdrawal *withdrawal = &book->withdrawals[i];
        struct buffer subject = {0};
        buffer_format(&subject, "%s %s", withdrawal->figure, withdrawal->said);
        judge_note(judgement, NOTE_RETRACTED, NULL, subject.text,
                   withdrawal->reason, withdrawal->statement->span);
        buffer_free(&subject);
    }
}

/* Findings grow on the heap; the review owns nothing there. */
static void
keep_findings(struct review *review)
{
    struct review_note *notes =
        arena_array(&review->arena, struct review_note, review->note_count + 1);
    if (review->note_count) {
        memcpy(notes, review->notes, review->note_count * sizeof *notes);
    }
    free(review->notes);
    review->notes = notes;
    struct review_finding **kept = arena_array(
        &review->arena, struct review_finding *, review->finding_count + 1);
    if (review->finding_count) {
        memcpy(kept, review->findings,
               review->finding_count * sizeof(struct review_finding *));
    }
    free(review->findings);
    review->findings = kept;
}

/* What only asks has no answer here, and nobody is to wait for one. */
static void
tell_passed_over(struct session *session)
{
    size_t count = session->passed_over;
    if (!count || session->options.states_nothing) { /* it is read again */
        return;
    }
    struct diagnostic *record = diagnostics_add(
        session->diagnostics, SEVERITY_NOTICE, DIAGNOSTIC_NOTE,
        session->first_passed,
        count == 1 ? "a question is passed over: a review answers none"
                   : "%zu questions are passed over, this is the first: a "
                     "review answers none",
        count);
    diagnostics_help(session->diagnostics, record,
                     "`assay run` answers them; `check` and rules are judged");
}

bool
review_judge(struct session *session, const struct review_request *request,
             struct review *review)
{
    struct judgement judgement = {.session = session,
                                  .review = review,
                                  .as_of = session_question_day(session),
                                  .max_rows = request->max_rows,
                                  .max_bytes = request->max_bytes,
                                  .describes_only = request->describes_only,
                                  .records_passes = request->keeps_passes,
                                  .tells_all = request->tells_all};
    size_t errors = session->diagnostics->error_count;
    review->as_of = session_as_of(session);
    review->fail_level = request->fail_level;
    review->keeps_passes = request->keeps_passes;
    review->profiles = request->profiles;
    review->against = review_copy(review, request->against);
    note_withdrawals(&judgement);
    if (!request->describes_only) {
        tell_passed_over(session);
    }
    bool done = follow_settle(session) && bind_rules(&judgement) &&
                claims_judge(&judgement) && judge_run(&judgement) &&
                waivers_apply(&judgement) && checks_ask(&judgement);
    if (done) {
        documents_apply(&judgement, request);
        done = !request->baseline.at ||
               baseline_apply(&judgement, request->baseline);
    }
    judge_free(&judgement);
    keep_findings(review);
    if (!done || session->diagnostics->error_count > errors) {
        review->status = REVIEW_BROKEN;
        review->outcome = "no verdict: see the errors";
        /* A part of the findings would look like a verdict. */
        review->finding_count = review->waiver_count = review->fixed_count = 0;
        review->note_count = 0;
        return false;
    }
    count_states(review);
    sort_review(review);
    decide(review, request);
    return true;
}

struct reading {
    const struct review_request *request;
    struct review *review;
};

static void
judge_all(struct session *session, void *context)
{
    struct reading *reading = context;
    review_judge(session, reading->request, reading->review);
}

enum run_status
session_review(struct session *session, const struct review_request *request,
               struct review *review)
{
    struct reading reading = {request, review};
    struct block_checks checks = {.review = review};
    review->status = REVIEW_BROKEN;
    review->outcome = "no verdict: see the errors";
    session->answers = request->describes_only ? NULL : request->answers;
    session->checks = &checks;
    enum run_status status = session_read_all(
        session, request->inputs, request->input_count, judge_all, &reading);
    session->answers = NULL;
    session->checks = NULL;
    return status;
}
