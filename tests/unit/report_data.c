/* CSV, TSV, JSON and JSON lines, and the JSON writer beneath them; JSON is
 * read back with cJSON. */
#include "report/json.h"
#include "tests/unit/report_sample.h"

#include <cJSON.h>
#include <check.h>
#include <math.h>
#include <stdlib.h>

static struct buffer out;

static struct report *
open_format(enum report_format format)
{
    struct report_options options = {.format = format};
    return sample_open(options, &out);
}

/* A period, a text and a number that shows its unit; all sorts of values. */
static void
add_result(struct report *report)
{
    struct result_column columns[] = {
        sample_column("period", VALUE_PERIOD),
        sample_column("who, \"when\"", VALUE_TEXT), sample_money("exports"),
        sample_share("growth"), sample_column("on", VALUE_DATE)};
    columns[2].show_unit = true;
    columns[0].is_key = true;
    struct result_value rows[][5] = {
        {sample_year(2021), sample_text("a,b\t\"c\"\r\nd"),
         sample_number(644.5e9, 8), sample_number(0.29, 0),
         sample_date(2022, 1, 12, false)},
        {sample_year(2022), sample_text(" x"),
         sample_computed(652.85e9, 652.2e9, 653.5e9), sample_unknown("why"),
         sample_date(2023, 10, 5, true)},
        {sample_year(2023), sample_text(""),
         sample_bound(RELATION_AT_LEAST, 1e12, INFINITY, 12),
         sample_bound(RELATION_BETWEEN, 0.01, 0.02, 0), sample_text("")}};
    sample_begin(report, "a title", columns, 5);
    for (size_t i = 0; i < 3; i++) {
        sample_row(report, rows[i], i == 1 ? "a \"note\"" : NULL);
    }
    sample_end(report,
               (struct result_foot){
                   .rows = 3, .undecided = 2, .cut = 1, .note = "noted"});
}

static void
add_empty(struct report *report)
{
    struct result_column columns[] = {sample_money("x"), sample_money("x")};
    sample_begin(report, NULL, columns, 2);
    sample_end(report, (struct result_foot){0});
}

static void
add_unknown(struct report *report)
{
    struct result_column column = sample_money("x");
    struct result_value value = sample_unknown(NULL);
    sample_begin(report, NULL, &column, 1);
    sample_row(report, &value, NULL);
    sample_end(report, (struct result_foot){.rows = 1});
}

START_TEST(csv_quotes_as_in_rfc_4180)
{
    struct report *report = open_format(REPORT_CSV);
    add_result(report);
    add_empty(report);
    add_unknown(report);
    sample_say(report, "say \"hi\"");
    report_close(report);
    ck_assert_str_eq(
        out.text,
        "period,\"who, \"\"when\"\"\",exports,exports_unit,growth,on\n"
        "2021,\"a,b\t\"\"c\"\"\r\nd\",644500000000,USD,29,2022-01-12\n"
        "2022,\" x\",652850000000,USD,,..2023-10-05\n"
        "2023,,>=1000000000000,USD,1..2,\n"
        "\n"
        "x,x_2\n"
        "\n"
        "x\n"
        "\"\"\n"
        "\n"
        "text\n"
        "\"say \"\"hi\"\"\"\n");
}
END_TEST

START_TEST(tsv_quotes_tabs)
{
    struct report *report = open_format(REPORT_TSV);
    add_result(report);
    report_close(report);
    ck_assert_str_eq(
        out.text,
        "period\t\"who, \"\"when\"\"\"\texports\texports_unit\tgrowth\ton\n"
        "2021\t\"a,b\t\"\"c\"\"\r\nd\"\t644500000000\tUSD\t29\t2022-01-12\n"
        "2022\t\" x\"\t652850000000\tUSD\t\t..2023-10-05\n"
        "2023\t\t>=1000000000000\tUSD\t1..2\t\n");
}
END_TEST

START_TEST(json_is_one_document)
{
    struct report *report = open_format(REPORT_JSON);
    report_set_as_of(report, day_from_civil(2023, 10, 5));
    add_result(report);
    add_empty(report);
    sample_say(report, "hi");
    report_close(report);
    ck_assert_str_eq(
        out.text,
        "{\"schema\":\"assay-result/1\",\"as_of\":\"2023-10-05\","
        "\"results\":[\n"
        "{\"title\":\"a title\",\"columns\":["
        "{\"name\":\"period\",\"heading\":\"period\",\"type\":\"period\","
        "\"key\":true,\"unit\":null},"
        "{\"name\":\"who, \\\"when\\\"\",\"heading\":\"who, \\\"when\\\"\","
        "\"type\":\"text\",\"key\":false,\"unit\":null},"
        "{\"name\":\"exports\",\"heading\":\"exports\",\"type\":\"number\","
        "\"key\":false,\"unit\":\"USD\"},"
        "{\"name\":\"growth\",\"heading\":\"growth\",\"type\":\"number\","
        "\"key\":false,\"unit\":\"%\"},"
        "{\"name\":\"on\",\"heading\":\"on\",\"type\":\"date\","
        "\"key\":false,\"unit\":null}],\"rows\":[\n"
        "{\"period\":\"2021\","
        "\"who, \\\"when\\\"\":\"a,b\\t\\\"c\\\"\\r\\nd\","
        "\"exports\":644500000000,\"exports_unit\":\"USD\","
        "\"exports_text\":\"644.5B USD\",\"exports_basis\":\"stated\","
        "\"growth\":29,\"growth_unit\":\"%\",\"growth_text\":\"29%\","
        "\"growth_basis\":\"stated\",\"on\":\"2022-01-12\"},\n"
        "{\"period\":\"2022\",\"who, \\\"when\\\"\":\" x\","
        "\"exports\":652850000000,\"exports_unit\":\"USD\","
        "\"exports_text\":\"653B USD\",\"exports_basis\":\"computed\","
        "\"exports_low\":652200000000,\"exports_high\":653500000000,"
        "\"growth\":null,\"growth_unit\":\"%\",\"growth_text\":\"?\","
        "\"growth_reason\":\"why\",\"on\":\"..2023-10-05\","
        "\"note\":\"a \\\"note\\\"\"},\n"
        "{\"period\":\"2023\",\"who, \\\"when\\\"\":\"\","
        "\"exports\":null,\"exports_unit\":\"USD\","
        "\"exports_text\":\">= 1T USD\",\"exports_basis\":\"stated\","
        "\"exports_low\":1000000000000,"
        "\"growth\":null,\"growth_unit\":\"%\",\"growth_text\":\"1%..2%\","
        "\"growth_basis\":\"stated\",\"growth_low\":1,\"growth_high\":2,"
        "\"on\":null}\n"
        "],\"undecided\":2,\"cut\":1,\"note\":\"noted\"},\n"
        "{\"title\":null,\"columns\":["
        "{\"name\":\"x\",\"heading\":\"x\",\"type\":\"number\","
        "\"key\":false,\"unit\":\"USD\"},"
        "{\"name\":\"x_2\",\"heading\":\"x\",\"type\":\"number\","
        "\"key\":false,\"unit\":\"USD\"}],"
        "\"rows\":[],\"undecided\":0,\"cut\":0,\"note\":null},\n"
        "{\"text\":\"hi\"}\n"
        "]}\n");
    cJSON *document = cJSON_Parse(out.text);
    ck_assert_ptr_nonnull(document);
    const cJSON *results =
        cJSON_GetObjectItemCaseSensitive(document, "results");
    ck_assert_int_eq(cJSON_GetArraySize(results), 3);
    cJSON_Delete(document);
}
END_TEST

START_TEST(json_without_results)
{
    struct report *report = open_format(REPORT_JSON);
    report_close(report);
    ck_assert_str_eq(out.text, "{\"schema\":\"assay-result/1\","
                               "\"as_of\":null,\"results\":[]}\n");
}
END_TEST

START_TEST(json_is_complete_when_interrupted)
{
    struct report *report = open_format(REPORT_JSON);
    struct result_column column = sample_money("x");
    struct result_value value = sample_number(1, 0);
    sample_begin(report, NULL, &column, 1);
    sample_row(report, &value, NULL);
    report_close(report);
    cJSON *document = cJSON_Parse(out.text);
    ck_assert_ptr_nonnull(document);
    cJSON_Delete(document);
}
END_TEST

START_TEST(json_lines_are_one_object_a_row)
{
    struct report *report = open_format(REPORT_JSONL);
    add_empty(report);
    add_result(report);
    sample_say(report, "hi");
    report_close(report);
    size_t lines = 0;
    for (char *line = strtok(out.text, "\n"); line; line = strtok(NULL, "\n")) {
        cJSON *row = cJSON_Parse(line);
        ck_assert_ptr_nonnull(row);
        const cJSON *result = cJSON_GetObjectItemCaseSensitive(row, "result");
        static const int results[] = {1, 2, 2, 2, 3};
        ck_assert_int_eq(result->valueint, results[lines]);
        if (lines == 1) {
            const cJSON *value =
                cJSON_GetObjectItemCaseSensitive(row, "exports");
            ck_assert(value->valuedouble == 644.5e9);
        }
        cJSON_Delete(row);
        lines++;
    }
    ck_assert_uint_eq(lines, 5);
}
END_TEST

START_TEST(writer_escapes_texts)
{
    struct json_writer json;
    buffer_clear(&out);
    json_init(&json, &out);
    json_begin_array(&json);
    json_text(&json, "\"\\/\b\f\n\r\t\x01\x7f");
    json_text(&json, "\xe2\x80\xae\xea\xb5\xad|e\xcc\x81");
    json_text(&json, "\xff\xc3(\xed\xa0\x80");
    json_text(&json, "\xf0\x9f\x87\xb0\xf3\xa0\x81\x81");
    json_text(&json, NULL);
    json.ascii = true;
    json_text(&json, "\xea\xb5\xad\xf0\x9f\x87\xb0\xff");
    json_end_array(&json);
    ck_assert_str_eq(out.text,
                     "[\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u007f\","
                     "\"\\u202e\xea\xb5\xad|e\xcc\x81\","
                     "\"\xef\xbf\xbd\xef\xbf\xbd(\xef\xbf\xbd\xef\xbf\xbd"
                     "\xef\xbf\xbd\","
                     "\"\xf0\x9f\x87\xb0\\udb40\\udc41\","
                     "null,"
                     "\"\\uad6d\\ud83c\\uddf0\\ufffd\"]");
    cJSON *read = cJSON_Parse(out.text);
    ck_assert_ptr_nonnull(read);
    ck_assert_str_eq(cJSON_GetArrayItem(read, 0)->valuestring,
                     "\"\\/\b\f\n\r\t\x01\x7f");
    ck_assert_str_eq(cJSON_GetArrayItem(read, 3)->valuestring,
                     "\xf0\x9f\x87\xb0\xf3\xa0\x81\x81");
    cJSON_Delete(read);
}
END_TEST

START_TEST(writer_puts_commas)
{
    struct json_writer json;
    buffer_clear(&out);
    json_init(&json, &out);
    json_begin_object(&json);
    json_key(&json, "a");
    json_begin_array(&json);
    json_end_array(&json);
    json_key_joined(&json, "a", "_b");
    json_begin_object(&json);
    json_end_object(&json);
    json_break(&json);
    json_key(&json, "c");
    json_bool(&json, false);
    json_key(&json, "d");
    json_int(&json, INT64_MIN);
    json_end_object(&json);
    ck_assert_str_eq(
        out.text,
        "{\"a\":[],\"a_b\":{},\n\"c\":false,\"d\":-9223372036854775808}");
}
END_TEST

START_TEST(written_numbers_read_back)
{
    static const double special[] = {0,    -0.0,      1e15,     1e300, 5e-324,
                                     1e22, 0.1 + 0.2, -1.0 / 3, 1e-7};
    uint64_t state = 1;
    struct json_writer json;
    for (size_t i = 0; i < 20000; i++) {
        double value;
        state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
        memcpy(&value, &state, sizeof value);
        if (i < sizeof special / sizeof *special) {
            value = special[i];
        }
        buffer_clear(&out);
        json_init(&json, &out);
        json_number(&json, value);
        if (!isfinite(value)) {
            ck_assert_str_eq(out.text, "null");
            continue;
        }
        cJSON *read = cJSON_Parse(out.text);
        ck_assert_ptr_nonnull(read);
        ck_assert(read->valuedouble == value);
        cJSON_Delete(read);
    }
}
END_TEST

START_TEST(formats_have_names)
{
    enum report_format format;
    ck_assert(report_format_find(SLICE("jsonl"), &format));
    ck_assert_int_eq(format, REPORT_JSONL);
    ck_assert(report_format_find(SLICE("markdown"), &format));
    ck_assert_int_eq(format, REPORT_MARKDOWN);
    ck_assert(!report_format_find(SLICE("html"), &format));
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("report_data");
    TCase *tests = tcase_create("data");
    tcase_add_test(tests, csv_quotes_as_in_rfc_4180);
    tcase_add_test(tests, tsv_quotes_tabs);
    tcase_add_test(tests, json_is_one_document);
    tcase_add_test(tests, json_without_results);
    tcase_add_test(tests, json_is_complete_when_interrupted);
    tcase_add_test(tests, json_lines_are_one_object_a_row);
    tcase_add_test(tests, writer_escapes_texts);
    tcase_add_test(tests, writer_puts_commas);
    tcase_add_test(tests, written_numbers_read_back);
    tcase_add_test(tests, formats_have_names);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    buffer_free(&out);
    return failed != 0;
}
