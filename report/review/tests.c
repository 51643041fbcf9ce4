/* How the tests of rules ended, and which outcomes of the rules they saw. */
#include "eval/cell.h"
#include "report/review/json_parts.h"
#include "report/review/junit.h"
#include "report/review/tap.h"
#include "report/review/text.h"
#include "values/number.h"

static const char *
got_text(const struct review_expectation *expectation)
{
    return expectation->got && *expectation->got ? expectation->got
                                                 : "it did not come";
}

/* What went wrong in a test, as lines. */
static void
add_trouble(struct buffer *out, const struct review_test *test)
{
    if (test->error) {
        add_visible_lines(out, test->error);
        buffer_add_char(out, '\n');
    }
    for (size_t i = 0; i < test->expectation_count; i++) {
        const struct review_expectation *expectation = &test->expectations[i];
        if (!expectation->met) {
            cell_add_text(out, slice_of(expectation->text), false);
            buffer_add_text(out, ": ");
            cell_add_text(out, slice_of(got_text(expectation)), false);
            if (expectation->place.file) {
                buffer_add_text(out, " (");
                add_place(out, &expectation->place, false);
                buffer_add_char(out, ')');
            }
            buffer_add_char(out, '\n');
        }
    }
}

static void
write_cases(const struct review_tests *tests, case_taker take, void *context)
{
    struct buffer details = {0};
    struct buffer message = {0};
    for (size_t i = 0; i < tests->test_count; i++) {
        const struct review_test *test = tests->tests[i];
        struct review_case item = {.name = test->name, .place = test->place};
        buffer_clear(&details);
        add_trouble(&details, test);
        buffer_clear(&message);
        buffer_add(&message, details.text, strcspn(details.text, "\n"));
        if (!test->passed) {
            item.outcome = test->error ? CASE_BROKEN : CASE_FAILED;
            item.type = test->error ? "error" : "expectation";
            item.message = message.text;
            item.details = details.text;
        }
        take(context, &item);
    }
    if (!tests->test_count && tests->status == REVIEW_BROKEN) {
        take(context, &(struct review_case){.outcome = CASE_BROKEN,
                                            .name = "the tests",
                                            .type = "error",
                                            .message = tests->outcome});
    }
    buffer_free(&details);
    buffer_free(&message);
}

/* Text ------------------------------------------------------------------ */

static void
add_arrow(const struct writer *writer, const struct review_place *place)
{
    if (place->file) {
        paint_on(writer, PAINT_FAINT);
        buffer_add_text(writer->out, "  -->");
        paint_off(writer);
        buffer_add_char(writer->out, ' ');
        add_place(writer->out, place, writer->options->ascii);
        buffer_add_char(writer->out, '\n');
    }
}

static void
add_test(const struct writer *writer, const struct review_test *test)
{
    struct buffer *out = writer->out;
    paint_on(writer, test->passed ? PAINT_GOOD : PAINT_ERROR);
    buffer_add_text(out, test->passed ? "pass" : "fail");
    paint_off(writer);
    buffer_add_text(out, ": ");
    cell_add_text(out, slice_of(test->name), writer->options->ascii);
    buffer_add_char(out, '\n');
    if (test->passed) {
        return;
    }
    add_arrow(writer, &test->place);
    add_remark(writer, "could not run", test->error);
    for (size_t i = 0; i < test->expectation_count; i++) {
        const struct review_expectation *expectation = &test->expectations[i];
        if (!expectation->met) {
            buffer_fill(out, ' ', 3);
            add_wrapped(writer, expectation->text, 3, 5);
            add_remark(writer, "but", got_text(expectation));
        }
    }
    buffer_add_char(out, '\n');
}

/* "rule  seen in tests" with a row for each rule. */
static void
add_coverage(const struct writer *writer, const struct review_tests *tests)
{
    static const enum verdict shown[] = {VERDICT_PASS, VERDICT_FAIL,
                                         VERDICT_UNKNOWN};
    struct buffer *out = writer->out;
    if (!tests->coverage_count) {
        return;
    }
    buffer_add_text(out, "\npass  fail  unknown  seen in tests\n");
    for (size_t i = 0; i < tests->coverage_count; i++) {
        const struct review_coverage *coverage = &tests->coverage[i];
        for (size_t k = 0; k < sizeof shown / sizeof *shown; k++) {
            buffer_add_text(out, coverage->seen[shown[k]] ? "yes " : "no  ");
            buffer_fill(out, ' ', strlen(verdict_word(shown[k])) - 2);
        }
        cell_add_text(out, slice_of(coverage->rule->id),
                      writer->options->ascii);
        buffer_add_char(out, '\n');
    }
    buffer_add_text(out, "coverage: ");
    number_print_place(out, tests->percent, -1);
    buffer_add_text(out, "% of passes and fails of ");
    add_count(out, tests->coverage_count, "rule");
    buffer_add_char(out, '\n');
}

static void
write_text_of_tests(struct writer *writer, const struct review_tests *tests)
{
    struct buffer *out = writer->out;
    for (size_t i = 0; i < tests->test_count; i++) {
        if (!writer->options->quiet || !tests->tests[i]->passed) {
            add_test(writer, tests->tests[i]);
        }
    }
    if (!writer->options->quiet) {
        add_coverage(writer, tests);
        buffer_add_text(out, tests->test_count ? "\n" : "");
        add_count(out, tests->test_count, "test");
        buffer_format(out, ": %zu passed, %zu failed\n",
                      tests->test_count - tests->failed, tests->failed);
    }
    add_outcome(writer, tests->status, tests->outcome);
}

/* JSON ------------------------------------------------------------------ */

static void
add_expectations(struct json_writer *json, const struct review_test *test)
{
    json_key(json, "expectations");
    json_begin_array(json);
    for (size_t i = 0; i < test->expectation_count; i++) {
        const struct review_expectation *expectation = &test->expectations[i];
        json_begin_object(json);
        json_member(json, "text", expectation->text);
        json_key(json, "met");
        json_bool(json, expectation->met);
        json_member(json, "got", expectation->got);
        json_place(json, "place", &expectation->place);
        json_end_object(json);
    }
    json_end_array(json);
}

static void
add_coverage_json(struct json_writer *json, const struct review_tests *tests)
{
    json_break(json);
    json_key(json, "coverage");
    json_begin_object(json);
    json_key(json, "percent");
    json_number(json, tests->percent);
    json_key(json, "rules");
    json_begin_array(json);
    for (size_t i = 0; i < tests->coverage_count; i++) {
        const struct review_coverage *coverage = &tests->coverage[i];
        json_break(json);
        json_begin_object(json);
        json_member(json, "rule", coverage->rule->id);
        json_key(json, "seen");
        json_begin_array(json);
        for (int k = 0; k < VERDICT_COUNT; k++) {
            if (coverage->seen[k]) {
                json_text(json, verdict_word((enum verdict)k));
            }
        }
        json_end_array(json);
        json_end_object(json);
    }
    json_end_array(json);
    json_end_object(json);
}

static void
write_json_of_tests(struct writer *writer, const struct review_tests *tests)
{
    struct json_writer json;
    json_init(&json, writer->out);
    json.ascii = writer->options->ascii;
    json_begin_object(&json);
    json_member(&json, "schema", "assay-test/1");
    json_exit(&json, tests->status, tests->outcome, NULL);
    json_break(&json);
    json_key(&json, "summary");
    json_begin_object(&json);
    json_count(&json, "tests", tests->test_count);
    json_count(&json, "passed", tests->test_count - tests->failed);
    json_count(&json, "failed", tests->failed);
    json_end_object(&json);
    json_errors(&json, writer);
    json_break(&json);
    json_key(&json, "tests");
    json_begin_array(&json);
    for (size_t i = 0; i < tests->test_count; i++) {
        const struct review_test *test = tests->tests[i];
        json_break(&json);
        json_begin_object(&json);
        json_member(&json, "name", test->name);
        json_key(&json, "passed");
        json_bool(&json, test->passed);
        json_member(&json, "error", test->error);
        add_expectations(&json, test);
        json_place(&json, "place", &test->place);
        json_end_object(&json);
    }
    json_end_array(&json);
    add_coverage_json(&json, tests);
    json_end_object(&json);
    buffer_add_char(writer->out, '\n');
}

static void
write_junit_of_tests(struct writer *writer, const struct review_tests *tests)
{
    struct junit junit = {.classname = "tests"};
    write_cases(tests, junit_take, &junit);
    junit_end_suite(&junit);
    junit_finish(&junit, writer->out);
}

static void
write_tap_of_tests(struct writer *writer, const struct review_tests *tests)
{
    struct tap tap = {0};
    write_cases(tests, tap_take, &tap);
    tap_finish(&tap, tests->status == REVIEW_BROKEN ? tests->outcome : NULL,
               writer->out);
}

bool
review_write_tests(const struct review_tests *tests,
                   const struct review_options *options,
                   const struct report_output *output)
{
    struct output target = {.target = *output};
    struct writer writer = {NULL, options, &target, &target.text};
    buffer_clear(&target.text);
    if (options->format == REVIEW_JUNIT) {
        write_junit_of_tests(&writer, tests);
    } else if (options->format == REVIEW_TAP) {
        write_tap_of_tests(&writer, tests);
    } else if (options->format == REVIEW_JSON) {
        write_json_of_tests(&writer, tests);
    } else {
        write_text_of_tests(&writer, tests);
    }
    bool done = output_flush(&target);
    buffer_free(&target.text);
    return done;
}
