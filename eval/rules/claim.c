/* Claims: a sentence that somebody said, with the condition that would make it
 * true; judged on what was known on the day of the claim, and once more on
 * what is known now. */
#include "eval/grounds.h"
#include "eval/rules/rules.h"

#include <stdlib.h>

/* What came of one judging. */
struct judged {
    enum claim_verdict verdict;
    const char *reason;
    struct review_finding evidence; /* only its facts */
};

static bool
judge_on(struct judgement *judgement, const struct node *statement,
         day_number as_of, struct judged *judged)
{
    struct session *session = judgement->session;
    struct question question;
    question_init(&question, session);
    question.plan.bounds = true;
    question.binder.keep_focus = false;
    bool done = question_clauses(&question, statement->kid[3]);
    if (as_of < question.binder.as_of) {
        question.binder.as_of = as_of;
    }
    uint32_t node =
        done ? bind_truth(&question.binder, statement->kid[2]) : UINT32_MAX;
    question.items = &node;
    question.item_count = 1;
    question.keeps_unknown = true;
    done =
        node != UINT32_MAX && question_conditions(&question, statement->kid[3]);
    grounds_want(&question.plan);
    done = done && question_compute(&question);
    size_t count = 0;
    struct question_row *rows = done ? question_rows(&question, &count) : NULL;
    size_t good = 0;
    size_t bad = 0;
    *judged = (struct judged){.verdict = CLAIM_UNVERIFIABLE};
    for (size_t i = 0; i < count; i++) {
        double value =
            plan_cell(&question.plan, node, rows[i].period, rows[i].line).value;
        good += value == 1 ? 1 : 0;
        bad += value == 0 ? 1 : 0;
        if (isnan(value) && !judged->reason) {
            struct buffer reason = {0};
            plan_reason(&question.plan, node, rows[i].period, rows[i].line,
                        &reason);
            judged->reason = review_keep(judgement->review, &reason);
            buffer_free(&reason);
        }
    }
    facts_tell(judgement, &question.plan, node, rows, count, &judged->evidence);
    judged->verdict = bad                          ? CLAIM_CONTRADICTED
                      : count > 0 && good == count ? CLAIM_SUPPORTED
                                                   : CLAIM_UNVERIFIABLE;
    if (judged->verdict != CLAIM_UNVERIFIABLE) {
        judged->reason = NULL;
    } else if (!judged->reason) {
        judged->reason = "nothing is known of these figures";
    }
    free(rows);
    question_free(&question);
    return done;
}

static const char *
name_of(struct judgement *judgement, enum name_class class, uint32_t id)
{
    return id ? review_copy(
                    judgement->review,
                    vocabulary_name(judgement->session->vocabulary, class, id)
                        .at)
              : NULL;
}

/* The day of the claim: its own, else that of its source. */
static day_number
day_of(struct session *session, const struct annotations *said)
{
    if (said->has_day) {
        return said->day;
    }
    uint32_t day = said->source ? vocabulary_entry(session->vocabulary,
                                                   CLASS_SOURCE, said->source)
                                      ->link
                                : 0;
    return day ? (day_number)day : DAY_NONE;
}

static bool
judge_claim(struct judgement *judgement, const struct claim *claim,
            struct review_claim *told)
{
    struct session *session = judgement->session;
    struct review *review = judgement->review;
    const struct node *statement = claim->statement;
    struct annotations said;
    struct judged then;
    struct judged now;
    session_find_context(session, &claim->context);
    if (!fact_annotations(session, statement->kid[1], &said)) {
        return false;
    }
    day_number day = day_of(session, &said);
    day_number known = day == DAY_NONE ? judgement->as_of : day;
    if (!judge_on(judgement, statement, known, &then) ||
        !judge_on(judgement, statement, judgement->as_of, &now)) {
        return false;
    }
    struct buffer text = {0};
    print_expression(&text, statement->kid[2], &session->atoms,
                     &session->sources);
    *told = (struct review_claim){
        .text = review_copy(review, scope_text(session, statement->kid[0])),
        .actor = name_of(judgement, CLASS_ACTOR, said.actor),
        .source = name_of(judgement, CLASS_SOURCE, said.source),
        .condition = review_keep(review, &text),
        .verdict = then.verdict,
        .today = now.verdict,
        .reason = then.reason,
        .fact_count = then.evidence.fact_count,
        .facts_left = then.evidence.facts_left,
        .place = review_place_of(review, session, statement->kid[0]->span)};
    buffer_clear(&text);
    if (day != DAY_NONE || review->as_of != DAY_NONE) {
        day_print(&text, day != DAY_NONE ? day : review->as_of);
        told->day = review_keep(review, &text);
    }
    struct review_fact *facts =
        arena_array(&review->arena, struct review_fact, told->fact_count + 1);
    if (told->fact_count) {
        memcpy(facts, then.evidence.facts, told->fact_count * sizeof *facts);
    }
    told->facts = facts;
    buffer_free(&text);
    return true;
}

bool
claims_judge(struct judgement *judgement)
{
    const struct book *book = rules_book(judgement->session);
    struct review *review = judgement->review;
    bool done = true;
    review->claims = arena_array(&review->arena, struct review_claim *,
                                 book->claim_count + 1);
    for (size_t i = 0; i < book->claim_count && !judgement->describes_only;
         i++) {
        struct review_claim *told =
            arena_new(&review->arena, struct review_claim);
        if (judge_claim(judgement, book->claims[i], told)) {
            review->claims[review->claim_count++] = told;
        } else {
            done = false;
        }
    }
    return done;
}
