/* Test blocks: each on facts of its own, with the names of the files around
 * it. */
#include "eval/rules/rules.h"

#include <stdlib.h>

/* What a test block runs with. */
struct bench {
    struct session *session;
    struct review_tests *tests;
    struct review review; /* of the block that runs */
    struct review_test *test;
    const struct test_block *block;
    struct review_expectation *expectations;
    bool *expected; /* by finding: an expectation named it */
};

static const char *
keep(struct bench *bench, const struct buffer *text)
{
    return arena_copy(&bench->tests->arena, text->text ? text->text : "",
                      text->len);
}

static const char *
copy(struct bench *bench, const char *text)
{
    return text ? arena_copy(&bench->tests->arena, text, strlen(text)) : NULL;
}

static struct review_place
place_of(struct bench *bench, struct span span)
{
    struct location at;
    if (!sources_locate(&bench->session->sources, span, &at)) {
        return (struct review_place){0};
    }
    return (struct review_place){copy(bench, at.source->name), at.line,
                                 at.column, at.end_line, at.end_column};
}

static const char *
text_of(struct bench *bench, const struct node *node)
{
    struct buffer text = {0};
    print_expression(&text, node, &bench->session->atoms,
                     &bench->session->sources);
    const char *kept = keep(bench, &text);
    buffer_free(&text);
    return kept;
}

/* Facts -------------------------------------------------------------------- */

static bool
state_facts(struct bench *bench)
{
    struct session *session = bench->session;
    const struct source *source =
        sources_find(&session->sources, bench->block->statement->span.start);
    bool done = true;
    session->source = source;
    session->row_place = source->base;
    session->row = source->first_line;
    session->batch = store_add_batch(session->store, source->name);
    session_find_context(session, &bench->block->context);
    for (const struct node *at = bench->block->statement->kid[3]; done && at;
         at = at->next) {
        if (at->kind == NODE_GIVEN) {
            session->next_focus.set = false;
            done = fact_statement(session, at->kid[0]);
            if (done && session->next_focus.set) {
                session->focus = session->next_focus;
            }
        }
    }
    return done;
}

static bool
test_day(struct bench *bench, day_number *day)
{
    const struct node *as_of = bench->block->statement->kid[1];
    bool before;
    *day = DAY_NONE;
    return !as_of || value_date(bench->session, as_of->kid[0], day, &before);
}

/* Expectations ------------------------------------------------------------- */

static enum verdict
wanted_verdict(const struct node *expect)
{
    return expect->op == OP_PASS      ? VERDICT_PASS
           : expect->op == OP_FAIL    ? VERDICT_FAIL
           : expect->op == OP_UNKNOWN ? VERDICT_UNKNOWN
                                      : VERDICT_NOT_APPLICABLE;
}

/* What the rule said of the figure; NULL when it is no subject of it. */
static struct review_finding *
find_verdict(struct bench *bench, const struct rule *rule,
             const struct node *figure, bool *failed)
{
    struct waived *pattern = figure_pattern(bench->session, figure);
    *failed = !pattern;
    for (size_t i = 0; pattern && i < bench->review.finding_count; i++) {
        struct review_finding *finding = bench->review.findings[i];
        if (strcmp(finding->rule->id, rule->id) == 0 &&
            figure_covers(bench->session, pattern, finding)) {
            bench->expected[i] = true;
            return finding;
        }
    }
    return NULL;
}

static bool
expect_verdict(struct bench *bench, const struct node *expect,
               struct review_expectation *told)
{
    struct session *session = bench->session;
    bool failed;
    struct rule *rule =
        rules_find(session, expect->kid[0], bench->block->policy);
    if (!rule) {
        return false;
    }
    struct review_finding *finding =
        find_verdict(bench, rule, expect->kid[1], &failed);
    const char *words = expect->kid_count > 2 && expect->kid[2]
                            ? scope_text(session, expect->kid[2])
                            : NULL;
    if (failed) {
        return false;
    }
    struct buffer got = {0};
    if (!finding) {
        got_no_subject(&got, &bench->review, rule->id);
    } else if (finding->verdict != wanted_verdict(expect)) {
        got_verdict(&got, finding);
    } else if (words && strcmp(words, finding->message) != 0) {
        got_message(&got, finding);
    }
    told->met = got.len == 0;
    told->got = told->met ? NULL : keep(bench, &got);
    buffer_free(&got);
    return true;
}

/* A condition has one value, which has to be true. */
static bool
expect_condition(struct bench *bench, const struct node *expect,
                 struct review_expectation *told)
{
    struct session *session = bench->session;
    struct question question;
    question_init(&question, session);
    question.binder.as_of =
        bench->review.as_of == DAY_NONE ? INT32_MAX : bench->review.as_of;
    uint32_t node = bind_truth(&question.binder, expect->kid[0]);
    struct got_sides sides = {.count = 0};
    struct buffer got = {0};
    bool done = node != UINT32_MAX;
    if (done) {
        got_find_sides(&sides, &question.binder, expect->kid[0]);
    }
    question.items = &node;
    question.item_count = 1;
    question.keeps_unknown = true;
    done = done && question_compute(&question);
    size_t rows = 0;
    size_t good = 0;
    for (size_t line = 0; done && line < question.plan.spaces[0].line_count;
         line++) {
        for (size_t p = question.row_first; p < question.row_last; p++) {
            double value = plan_cell(&question.plan, node, p, line).value;
            rows++;
            good += value == 1 ? 1 : 0;
            if (value != 1 && !got.len) {
                got_condition(&got, &bench->review, session, &question.plan,
                              &sides, node, p, line);
            }
        }
    }
    told->met = rows > 0 && good == rows;
    told->got = told->met ? NULL : got.len ? keep(bench, &got) : "unknown";
    buffer_free(&got);
    question_free(&question);
    return done;
}

/* Fails that nothing named. */
static void
expect_no_other(struct bench *bench, struct review_expectation *told)
{
    struct buffer got = {0};
    for (size_t i = 0; i < bench->review.finding_count; i++) {
        const struct review_finding *finding = bench->review.findings[i];
        if (finding->verdict == VERDICT_FAIL && !bench->expected[i]) {
            buffer_format(&got, "%sfail %s for %s", got.len ? "; " : "",
                          finding->rule->id, finding->subject);
        }
    }
    told->met = got.len == 0;
    told->got = told->met ? NULL : keep(bench, &got);
    buffer_free(&got);
}

static bool
judge_expectation(struct bench *bench, const struct node *expect)
{
    struct review_expectation *told =
        &bench->expectations[bench->test->expectation_count++];
    told->place = place_of(bench, expect->span);
    told->text = text_of(bench, expect);
    if (expect->kind == NODE_EXPECT_NO_OTHER) {
        expect_no_other(bench, told);
        return true;
    }
    return expect->op == OP_NONE ? expect_condition(bench, expect, told)
                                 : expect_verdict(bench, expect, told);
}

/* `no other` counts what all the others name, wherever it stands. */
static bool
judge_expectations(struct bench *bench)
{
    const struct node *clauses = bench->block->statement->kid[3];
    bool done = true;
    bench->expectations =
        arena_array(&bench->tests->arena, struct review_expectation,
                    node_count(clauses) + 1);
    bench->expected = memory_alloc(bench->review.finding_count + 1);
    memset(bench->expected, 0, bench->review.finding_count + 1);
    for (int last = 0; last < 2; last++) {
        for (const struct node *at = clauses; done && at; at = at->next) {
            bool other = at->kind == NODE_EXPECT_NO_OTHER;
            if (at->kind != NODE_GIVEN && other == (last == 1)) {
                done = judge_expectation(bench, at);
            }
        }
    }
    free(bench->expected);
    bench->test->expectations = bench->expectations;
    return done;
}

/* Coverage ----------------------------------------------------------------- */

static void
note_outcomes(struct bench *bench)
{
    for (size_t i = 0; i < bench->review.rule_count; i++) {
        const struct review_rule *rule = bench->review.rules[i];
        for (size_t c = 0; c < bench->tests->coverage_count; c++) {
            struct review_coverage *coverage = &bench->tests->coverage[c];
            if (strcmp(coverage->rule->id, rule->id) != 0) {
                continue;
            }
            for (int v = 0; v < VERDICT_COUNT; v++) {
                coverage->seen[v] = coverage->seen[v] || rule->verdicts[v];
            }
        }
    }
}

static int
compare_coverage(const void *a, const void *b)
{
    return strcmp(((const struct review_coverage *)a)->rule->id,
                  ((const struct review_coverage *)b)->rule->id);
}

static void
open_coverage(struct bench *bench)
{
    const struct book *book = rules_book(bench->session);
    struct review_tests *tests = bench->tests;
    tests->coverage = arena_array(&tests->arena, struct review_coverage,
                                  book->rule_count + 1);
    for (size_t i = 0; i < book->rule_count; i++) {
        struct review_rule *rule = arena_new(&tests->arena, struct review_rule);
        rule->id = copy(bench, book->rules[i]->id);
        rule->name =
            copy(bench, scope_chars(bench->session, book->rules[i]->name));
        rule->severity = book->rules[i]->severity;
        rule->place = place_of(bench, book->rules[i]->statement->kid[0]->span);
        tests->coverage[tests->coverage_count++].rule = rule;
    }
    if (tests->coverage_count) {
        qsort(tests->coverage, tests->coverage_count, sizeof *tests->coverage,
              compare_coverage);
    }
}

static void
close_coverage(struct review_tests *tests)
{
    size_t seen = 0;
    for (size_t i = 0; i < tests->coverage_count; i++) {
        seen += tests->coverage[i].seen[VERDICT_PASS];
        seen += tests->coverage[i].seen[VERDICT_FAIL];
    }
    tests->percent =
        tests->coverage_count
            ? 100.0 * (double)seen / (2.0 * (double)tests->coverage_count)
            : 100;
}

/* -------------------------------------------------------------------------- */

/* The first message of a block that could not run, as its error. */
static void
take_error(struct bench *bench, size_t messages)
{
    struct diagnostics *list = bench->session->diagnostics;
    for (size_t i = messages; i < list->count; i++) {
        if (list->items[i]->severity == SEVERITY_ERROR) {
            bench->test->error = copy(bench, list->items[i]->message);
            return;
        }
    }
    bench->test->error = "it could not be run";
}

static void
run_block(struct bench *bench)
{
    struct session *session = bench->session;
    struct review_request request = {.keeps_passes = true, .tells_all = true};
    const struct session_options kept = session->options;
    size_t messages = session->diagnostics->count;
    day_number day;
    review_init(&bench->review);
    session->focus.set = false;
    bool done = test_day(bench, &day);
    if (day != DAY_NONE) {
        session->options.as_of = day;
    }
    done = done && state_facts(bench) &&
           review_judge(session, &request, &bench->review) &&
           judge_expectations(bench);
    if (!done) {
        take_error(bench, messages);
        bench->tests->status = REVIEW_BROKEN;
    }
    bench->test->passed = done;
    for (size_t i = 0; i < bench->test->expectation_count; i++) {
        bench->test->passed = bench->test->passed && bench->expectations[i].met;
    }
    note_outcomes(bench);
    bench->tests->failed += !bench->test->passed;
    session->options = kept;
    store_forget_facts(session->store);
    session->settled_version = 0;
    session->settled_record = 0;
    review_free(&bench->review);
}

static void
decide(struct review_tests *tests)
{
    struct buffer text = {0};
    if (tests->status != REVIEW_BROKEN) {
        tests->status = tests->failed ? REVIEW_FAILED : REVIEW_PASSED;
    }
    if (tests->failed) {
        buffer_format(&text, "failed: %zu of %zu tests", tests->failed,
                      tests->test_count);
    } else {
        buffer_format(&text, "passed: %zu test%s", tests->test_count,
                      tests->test_count == 1 ? "" : "s");
    }
    tests->outcome = arena_copy(&tests->arena, text.text, text.len);
    buffer_free(&text);
}

static void
run_blocks(struct session *session, void *context)
{
    struct review_tests *tests = context;
    const struct book *book = rules_book(session);
    struct bench bench = {.session = session, .tests = tests};
    store_forget_facts(session->store); /* their names stay */
    tests->status = REVIEW_PASSED;
    tests->tests =
        memory_alloc((book->test_count + 1) * sizeof(struct review_test *));
    open_coverage(&bench);
    for (size_t i = 0; i < book->test_count; i++) {
        bench.block = book->tests[i];
        bench.test = arena_new(&tests->arena, struct review_test);
        bench.test->name =
            copy(&bench, scope_text(session, bench.block->statement->kid[0]));
        bench.test->place =
            place_of(&bench, bench.block->statement->kid[0]->span);
        tests->tests[tests->test_count++] = bench.test;
        run_block(&bench);
    }
    close_coverage(tests);
    decide(tests);
}

enum run_status
session_test(struct session *session, const struct review_input *inputs,
             size_t count, struct review_tests *tests)
{
    *tests = (struct review_tests){.status = REVIEW_BROKEN,
                                   .outcome = "no verdict: see the errors"};
    arena_init(&tests->arena);
    return session_read_all(session, inputs, count, run_blocks, tests);
}

void
review_tests_free(struct review_tests *tests)
{
    free(tests->tests);
    arena_free(&tests->arena);
    *tests = (struct review_tests){0};
}
