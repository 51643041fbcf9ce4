/* The formats of a review.  With --write FOLDER the reports of all samples are
 * written there; the suite `reports` compares them with those it has. */
#include "tests/unit/review_sample.h"

#include <cJSON.h>
#include <check.h>
#include <stdlib.h>

enum { SAMPLES = sizeof sample_reviews / sizeof *sample_reviews };

static const char *const format_names[] = {
    "text",  "csv", "json",   "markdown", "sarif",
    "junit", "tap", "github", "gitlab",   "html"};

static struct buffer out;

static bool
take(void *context, const char *bytes, size_t len)
{
    buffer_add(context, bytes, len);
    return true;
}

static bool
refuse(void *context, const char *bytes, size_t len)
{
    (void)context, (void)bytes, (void)len;
    return false;
}

static void
sample_make(struct review *review, size_t sample)
{
    sample_review_open(review);
    if (sample_reviews[sample].fill) {
        sample_reviews[sample].fill(review);
    }
}

static const char *
write_with(size_t sample, struct review_options options)
{
    struct review review;
    struct report_output output = {&out, take};
    buffer_clear(&out);
    sample_make(&review, sample);
    ck_assert(review_write(&review, &options, &output));
    review_free(&review);
    return out.text;
}

static const char *
write_as(size_t sample, enum review_format format)
{
    return write_with(
        sample, (struct review_options){.format = format, .csv_safe = true});
}

static cJSON *
member(const cJSON *object, const char *name)
{
    cJSON *found = cJSON_GetObjectItemCaseSensitive(object, name);
    ck_assert_msg(found != NULL, "no member %s", name);
    return found;
}

START_TEST(json_reads_back_with_its_numbers)
{
    cJSON *read = cJSON_Parse(write_as(0, REVIEW_JSON));
    ck_assert_ptr_nonnull(read);
    ck_assert_str_eq(member(read, "schema")->valuestring, "assay-check/1");
    ck_assert_int_eq(member(member(read, "exit"), "status")->valueint, 1);
    cJSON *summary = member(read, "summary");
    ck_assert_int_eq(member(summary, "subjects")->valueint, 46);
    ck_assert_int_eq(member(summary, "fail")->valueint, 5);
    ck_assert_int_eq(member(summary, "known")->valueint, 1);
    cJSON *finding = cJSON_GetArrayItem(member(read, "findings"), 0);
    cJSON *value =
        member(cJSON_GetArrayItem(member(finding, "operands"), 1), "value");
    ck_assert_double_eq(member(value, "number")->valuedouble, 670.53e9);
    ck_assert_str_eq(member(value, "text")->valuestring, "670.5B USD");
    cJSON_Delete(read);
}
END_TEST

START_TEST(json_keeps_hostile_texts_whole)
{
    cJSON *read = cJSON_Parse(write_as(1, REVIEW_JSON));
    ck_assert_ptr_nonnull(read);
    cJSON *finding = cJSON_GetArrayItem(member(read, "findings"), 0);
    ck_assert_str_eq(member(finding, "message")->valuestring, SAMPLE_HOSTILE);
    cJSON_Delete(read);
}
END_TEST

START_TEST(no_format_for_people_lets_a_hidden_character_through)
{
    static const enum review_format formats[] = {
        REVIEW_TEXT, REVIEW_MARKDOWN, REVIEW_JUNIT,  REVIEW_TAP, REVIEW_GITHUB,
        REVIEW_HTML, REVIEW_SARIF,    REVIEW_GITLAB, REVIEW_JSON};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        write_as(1, formats[i]);
        for (size_t at = 0; at < out.len; at++) {
            unsigned char c = (unsigned char)out.text[at];
            ck_assert(c >= ' ' || c == '\n');
        }
        ck_assert_ptr_null(strstr(out.text, "\xE2\x80\xAE"));
    }
}
END_TEST

START_TEST(github_shows_ten_of_each_and_counts_the_rest)
{
    size_t errors = 0;
    size_t warnings = 0;
    write_as(2, REVIEW_GITHUB);
    const char *last = out.text;
    for (char *line = strtok(out.text, "\n"); line; line = strtok(NULL, "\n")) {
        errors += strncmp(line, "::error ", 8) == 0;
        warnings += strncmp(line, "::warning ", 10) == 0;
        last = line;
    }
    ck_assert_uint_eq(errors, 10);
    ck_assert_uint_eq(warnings, 10);
    ck_assert_int_eq(strncmp(last, "::notice ", 9), 0);
    ck_assert_ptr_nonnull(strstr(last, "not shown: 19 errors, 2 warnings"));
}
END_TEST

START_TEST(github_lines_are_one_command_each)
{
    write_as(1, REVIEW_GITHUB);
    for (char *line = strtok(out.text, "\n"); line; line = strtok(NULL, "\n")) {
        ck_assert_int_eq(strncmp(line, "::", 2), 0);
        ck_assert_ptr_nonnull(strstr(line + 2, "::"));
        ck_assert_ptr_null(strstr(line, " %0A"));
    }
}
END_TEST

START_TEST(sarif_writes_what_fails_first)
{
    cJSON *read = cJSON_Parse(write_as(0, REVIEW_SARIF));
    cJSON *run = cJSON_GetArrayItem(member(read, "runs"), 0);
    cJSON *results = member(run, "results");
    static const char *const states[] = {"new",       "new", "new",   "new",
                                         "unchanged", "new", "absent"};
    ck_assert_int_eq(cJSON_GetArraySize(results), 7);
    for (int i = 0; i < 7; i++) {
        cJSON *result = cJSON_GetArrayItem(results, i);
        ck_assert_str_eq(member(result, "baselineState")->valuestring,
                         states[i]);
    }
    cJSON *waived = cJSON_GetArrayItem(results, 5);
    cJSON *suppression = cJSON_GetArrayItem(member(waived, "suppressions"), 0);
    ck_assert_str_eq(member(suppression, "kind")->valuestring, "external");
    cJSON *first = cJSON_GetArrayItem(results, 0);
    cJSON *region =
        member(member(cJSON_GetArrayItem(member(first, "locations"), 0),
                      "physicalLocation"),
               "region");
    ck_assert_int_eq(member(region, "endColumn")->valueint, 33);
    ck_assert_str_eq(
        member(member(first, "partialFingerprints"), "primaryLocationLineHash")
            ->valuestring,
        "00000000000000000000000000000001");
    cJSON_Delete(read);
}
END_TEST

START_TEST(spreadsheets_run_nothing)
{
    ck_assert_ptr_nonnull(strstr(write_as(1, REVIEW_CSV), ",\"'=cmd()"));
    ck_assert_ptr_null(strstr(out.text, ",\"=cmd()"));
    ck_assert_ptr_nonnull(strstr(out.text, ",-0.1,"));
    write_with(1, (struct review_options){.format = REVIEW_CSV});
    ck_assert_ptr_nonnull(strstr(out.text, ",\"=cmd()"));
}
END_TEST

START_TEST(text_ends_with_the_outcome)
{
    for (size_t i = 0; i < SAMPLES; i++) {
        write_with(
            i, (struct review_options){.format = REVIEW_TEXT, .quiet = i == 2});
        ck_assert(out.len > 1 && out.text[out.len - 1] == '\n');
    }
    write_as(0, REVIEW_TEXT);
    ck_assert_str_eq(out.text + out.len - 16, "failed: 1 error\n");
}
END_TEST

START_TEST(color_changes_no_character)
{
    write_as(0, REVIEW_TEXT);
    char *plain = strdup(out.text);
    write_with(0,
               (struct review_options){.format = REVIEW_TEXT, .color = true});
    char *to = out.text;
    for (const char *at = out.text; *at; at++) {
        if (*at == '\x1b') {
            at += strcspn(at, "m");
        } else {
            *to++ = *at;
        }
    }
    *to = '\0';
    ck_assert_str_eq(out.text, plain);
    free(plain);
}
END_TEST

START_TEST(lines_are_broken_to_the_width)
{
    write_with(0, (struct review_options){.format = REVIEW_TEXT, .width = 40});
    ck_assert_ptr_nonnull(strstr(out.text,
                                 "   = because: Targets far above the\n"
                                 "     forecast have been missed each time\n"));
}
END_TEST

START_TEST(files_are_named_from_the_root)
{
    write_with(0, (struct review_options){.format = REVIEW_GITLAB});
    ck_assert_ptr_nonnull(strstr(out.text, "\"path\":\"korea.assay\""));
    struct review review;
    struct report_output output = {&out, take};
    struct review_options options = {.format = REVIEW_GITHUB,
                                     .root = "/home/a/"};
    sample_make(&review, 0);
    review.findings[0]->place.file = "/home/a/b.assay";
    buffer_clear(&out);
    review_write(&review, &options, &output);
    ck_assert_ptr_nonnull(strstr(out.text, "::error file=b.assay,line=12,"));
    review_free(&review);
}
END_TEST

START_TEST(breakdowns_are_errors_and_no_failures)
{
    struct review review;
    struct diagnostics list;
    struct report_output output = {&out, take};
    diagnostics_init(&list);
    diagnostics_add(&list, SEVERITY_ERROR, DIAGNOSTIC_UNKNOWN_METRIC,
                    (struct span){0, 0}, "no metric named `exprots`");
    sample_make(&review, 4);
    review.status = REVIEW_BROKEN;
    review.outcome = "broken: no verdict";
    static const struct {
        enum review_format format;
        const char *wanted;
    } cases[] = {
        {REVIEW_JUNIT, "tests=\"1\" failures=\"0\" errors=\"1\""},
        {REVIEW_TAP, "Bail out! broken: no verdict\n"},
        {REVIEW_SARIF, "\"executionSuccessful\":false,\"exitCode\":2"},
        {REVIEW_JSON, "\"code\":\"E0203\""},
        {REVIEW_GITHUB, "::error title=E0203::no metric named"},
        {REVIEW_GITLAB, "\"severity\":\"blocker\""},
        {REVIEW_HTML, "error E0203: no metric"},
        {REVIEW_MARKDOWN, "- error E0203: no metric"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct review_options options = {.format = cases[i].format,
                                         .diagnostics = &list};
        buffer_clear(&out);
        review_write(&review, &options, &output);
        ck_assert_msg(strstr(out.text, cases[i].wanted) != NULL, "%s in %s",
                      cases[i].wanted, out.text);
    }
    review_free(&review);
    diagnostics_free(&list);
}
END_TEST

START_TEST(a_closed_output_is_told)
{
    struct review review;
    struct report_output output = {NULL, refuse};
    for (int i = 0; i < REVIEW_FORMAT_COUNT; i++) {
        struct review_options options = {.format = (enum review_format)i};
        sample_make(&review, 0);
        ck_assert(!review_write(&review, &options, &output));
        review_free(&review);
    }
}
END_TEST

START_TEST(formats_have_names)
{
    enum review_format format;
    for (int i = 0; i < REVIEW_FORMAT_COUNT; i++) {
        ck_assert(review_format_find(slice_of(format_names[i]), &format));
        ck_assert_int_eq(format, i);
    }
    ck_assert(review_format_find(SLICE("table"), &format));
    ck_assert_int_eq(format, REVIEW_TEXT);
    ck_assert(!review_format_find(SLICE("xml"), &format));
}
END_TEST

static void
write_file(const char *folder, const char *name, const char *ending)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s.%s", folder, name, ending);
    FILE *file = fopen(path, "w");
    if (!file || fwrite(out.text, 1, out.len, file) != out.len) {
        exit(1);
    }
    fclose(file);
}

static void
write_tests(const char *folder)
{
    static struct review_expectation expectations[] = {
        {"expect fail p.r for target 2023 exports",
         false,
         "it passed",
         {"t.assay", 5, 5, 5, 20}},
        {"expect no other", true, NULL, {"t.assay", 6, 5, 6, 20}}};
    static struct review_test tests[] = {{"a target 5% above # is flagged",
                                          true,
                                          NULL,
                                          NULL,
                                          0,
                                          {"t.assay", 1, 1, 4, 1}},
                                         {"a target below is not",
                                          false,
                                          NULL,
                                          expectations,
                                          2,
                                          {"t.assay", 4, 1, 7, 1}},
                                         {"broken",
                                          false,
                                          "no metric named `x`",
                                          NULL,
                                          0,
                                          {"t.assay", 9, 1, 9, 10}}};
    struct review_test *list[] = {&tests[0], &tests[1], &tests[2]};
    struct review_rule rule = {.id = "p.r"};
    struct review_coverage coverage = {&rule, {true, false, true, false}};
    struct review_tests all = {.tests = list,
                               .test_count = 3,
                               .failed = 2,
                               .coverage = &coverage,
                               .coverage_count = 1,
                               .percent = 50,
                               .status = REVIEW_FAILED,
                               .outcome = "failed: 2 tests"};
    static const enum review_format formats[] = {REVIEW_TEXT, REVIEW_JUNIT,
                                                 REVIEW_TAP, REVIEW_JSON};
    struct report_output output = {&out, take};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        struct review_options options = {.format = formats[i]};
        buffer_clear(&out);
        review_write_tests(&all, &options, &output);
        write_file(folder, "tests", format_names[formats[i]]);
    }
}

static void
write_all(const char *folder)
{
    struct report_output output = {&out, take};
    for (size_t i = 0; i < SAMPLES; i++) {
        struct review review;
        sample_make(&review, i);
        for (int k = 0; k < REVIEW_FORMAT_COUNT; k++) {
            struct review_options options = {
                .format = (enum review_format)k, .csv_safe = true, .width = 80};
            buffer_clear(&out);
            review_write(&review, &options, &output);
            write_file(folder, sample_reviews[i].name, format_names[k]);
        }
        if (i < 2) {
            buffer_clear(&out);
            review_write_rules(&review, &output);
            write_file(folder, sample_reviews[i].name, "rules");
        }
        review_free(&review);
    }
    write_tests(folder);
}

int
main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--write") == 0) {
        write_all(argv[2]);
        buffer_free(&out);
        return 0;
    }
    Suite *suite = suite_create("report_review");
    TCase *tests = tcase_create("review");
    tcase_add_test(tests, json_reads_back_with_its_numbers);
    tcase_add_test(tests, json_keeps_hostile_texts_whole);
    tcase_add_test(tests, no_format_for_people_lets_a_hidden_character_through);
    tcase_add_test(tests, github_shows_ten_of_each_and_counts_the_rest);
    tcase_add_test(tests, github_lines_are_one_command_each);
    tcase_add_test(tests, sarif_writes_what_fails_first);
    tcase_add_test(tests, spreadsheets_run_nothing);
    tcase_add_test(tests, text_ends_with_the_outcome);
    tcase_add_test(tests, color_changes_no_character);
    tcase_add_test(tests, lines_are_broken_to_the_width);
    tcase_add_test(tests, files_are_named_from_the_root);
    tcase_add_test(tests, breakdowns_are_errors_and_no_failures);
    tcase_add_test(tests, a_closed_output_is_told);
    tcase_add_test(tests, formats_have_names);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    buffer_free(&out);
    return failed != 0;
}
