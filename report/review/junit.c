#include "report/review/junit.h"

#include "report/review/markup.h"

static void
add_outcome(struct buffer *out, const char *element,
            const struct review_case *item)
{
    buffer_format(out, "<%s", element);
    markup_add_attribute(out, "message", item->message);
    if (item->outcome != CASE_SKIPPED) {
        markup_add_attribute(out, "type", item->type);
    }
    if (item->details && *item->details && item->outcome != CASE_SKIPPED) {
        buffer_add_char(out, '>');
        markup_add(out, item->details);
        buffer_format(out, "</%s>\n", element);
    } else {
        buffer_add_text(out, "/>\n");
    }
}

void
junit_take(void *context, const struct review_case *item)
{
    struct junit *junit = context;
    struct buffer *out = &junit->cases;
    junit->here.tests++;
    buffer_add_text(out, "<testcase");
    markup_add_attribute(out, "name", item->name);
    markup_add_attribute(out, "classname", junit->classname);
    markup_add_attribute(out, "file", item->place.file);
    if (item->place.file && item->place.line) {
        markup_add_number(out, "line", item->place.line);
    }
    if (item->outcome == CASE_PASSED) {
        buffer_add_text(out, "/>\n");
        return;
    }
    buffer_add_text(out, ">\n");
    if (item->outcome == CASE_FAILED) {
        junit->here.failures++;
        add_outcome(out, "failure", item);
    } else if (item->outcome == CASE_BROKEN) {
        junit->here.errors++;
        add_outcome(out, "error", item);
    } else {
        junit->here.skipped++;
        add_outcome(out, "skipped", item);
    }
    buffer_add_text(out, "</testcase>\n");
}

static void
add_counts_of(struct buffer *out, const struct junit_counts *counts)
{
    markup_add_number(out, "tests", counts->tests);
    markup_add_number(out, "failures", counts->failures);
    markup_add_number(out, "errors", counts->errors);
    markup_add_number(out, "skipped", counts->skipped);
}

void
junit_end_suite(struct junit *junit)
{
    if (junit->here.tests) {
        buffer_add_text(&junit->suites, "<testsuite");
        markup_add_attribute(&junit->suites, "name", junit->classname);
        add_counts_of(&junit->suites, &junit->here);
        buffer_add_text(&junit->suites, ">\n");
        buffer_add_slice(&junit->suites, buffer_slice(&junit->cases));
        buffer_add_text(&junit->suites, "</testsuite>\n");
    }
    junit->all.tests += junit->here.tests;
    junit->all.failures += junit->here.failures;
    junit->all.errors += junit->here.errors;
    junit->all.skipped += junit->here.skipped;
    junit->here = (struct junit_counts){0};
    buffer_clear(&junit->cases);
}

void
junit_finish(struct junit *junit, struct buffer *out)
{
    buffer_add_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                         "<testsuites");
    markup_add_attribute(out, "name", "assay");
    add_counts_of(out, &junit->all);
    buffer_add_text(out, ">\n");
    buffer_add_slice(out, buffer_slice(&junit->suites));
    buffer_add_text(out, "</testsuites>\n");
    buffer_free(&junit->suites);
    buffer_free(&junit->cases);
}

void
write_junit(struct writer *writer)
{
    const struct review *review = writer->review;
    struct junit junit = {.classname = "assay"};
    cases_of_breakdown(writer, junit_take, &junit);
    junit_end_suite(&junit);
    for (size_t i = 0; i <= review->policy_count; i++) {
        const struct review_policy *policy =
            i < review->policy_count ? review->policies[i] : NULL;
        junit.classname = policy ? policy->name : "rules";
        cases_of_policy(writer, policy, junit_take, &junit);
        junit_end_suite(&junit);
    }
    junit_finish(&junit, writer->out);
}
