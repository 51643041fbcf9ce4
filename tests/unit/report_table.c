/* Tables for terminals and Markdown, byte by byte. */
#include "tests/unit/report_sample.h"

#include "base/utf8.h"

#include <check.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>

static struct buffer out;

static const struct report_options table = {.format = REPORT_TABLE};
static const struct report_options markdown = {.format = REPORT_MARKDOWN};

/* The question of section 7 of language.md. */
static void
add_compare(struct report *report)
{
    struct result_column columns[] = {
        sample_column("kind", VALUE_TEXT),
        sample_money("value"),
        sample_column("actor", VALUE_TEXT),
        sample_column("on", VALUE_DATE),
        sample_column("source", VALUE_TEXT),
        sample_money("difference"),
        sample_share("percent"),
    };
    for (size_t i = 0; i < 7; i++) {
        columns[i].heading = i == 5 ? "vs target" : "";
        columns[i].show_unit = true;
    }
    columns[0].is_key = true;
    columns[5].unit = "";
    struct result_value target[] = {
        sample_text("target"),  sample_number(685e9, 9),
        sample_text("motie"),   sample_date(2023, 10, 5, false),
        sample_text("bizwire"), sample_text(""),
        sample_text(""),
    };
    struct result_value forecast[] = {
        sample_text("forecast"),
        sample_computed(652.85e9, 652.2e9, 653.5e9),
        sample_text("moef"),
        sample_date(2023, 10, 5, true),
        sample_text("bizwire"),
        sample_computed(-32.15e9, -32.8e9, -31.5e9),
        sample_computed(-32.15 / 685, -32.8 / 685, -31.5 / 685),
    };
    sample_begin(report, "exports, KR, 2023", columns, 7);
    sample_row(report, target, NULL);
    sample_row(report, forecast,
               "derived: down 4.5% from actual 2022, itself implied 684B");
    sample_end(report, (struct result_foot){.rows = 2});
}

/* Exports and growth of three years; the middle one has a remark. */
static void
add_growth(struct report *report, const char *country)
{
    struct result_column columns[] = {sample_column("period", VALUE_PERIOD),
                                      sample_column("country", VALUE_TEXT),
                                      sample_money("exports"),
                                      sample_share("growth")};
    struct result_value rows[][4] = {
        {sample_year(2020), sample_text(country), sample_number(512.5e9, 8),
         sample_unknown("nobody stated 2019")},
        {sample_year(2021), sample_text(country), sample_number(644.5e9, 8),
         sample_computed(0.2575, 0.2573, 0.2579)},
        {sample_year(2022), sample_text(country), sample_number(685e9, 9),
         sample_number(0.0628393, PLACE_NONE)}};
    columns[0].is_key = columns[1].is_key = true;
    columns[3].signed_ = true;
    sample_begin(report, NULL, columns, 4);
    for (size_t i = 0; i < 3; i++) {
        sample_row(report, rows[i], i == 1 ? "record\nsaid in 2022" : NULL);
    }
    sample_end(report, (struct result_foot){.rows = 3});
}

static void
add_single(struct report *report, struct result_column column,
           struct result_value value)
{
    sample_begin(report, NULL, &column, 1);
    sample_row(report, &value, NULL);
    sample_end(report, (struct result_foot){.rows = 1});
}

START_TEST(compare_is_laid_out_as_in_the_language)
{
    struct report *report = sample_open(table, &out);
    add_compare(report);
    ck_assert(report_close(report));
    ck_assert_str_eq(
        out.text,
        "exports, KR, 2023                                      vs target\n"
        "target     685B USD   motie  2023-10-05    bizwire\n"
        "forecast   653B USD   moef   ..2023-10-05  bizwire     -32B  -4.7%\n"
        "           derived: down 4.5% from actual 2022, itself implied "
        "684B\n");
}
END_TEST

START_TEST(numbers_share_a_scale_and_align_at_the_point)
{
    struct report *report = sample_open(table, &out);
    add_growth(report, "KR");
    report_close(report);
    ck_assert_str_eq(out.text, "period  country  exports, B USD  growth, %\n"
                               "2020    KR                512.5     ?\n"
                               "2021    KR                644.5   +25.75\n"
                               "        record\n"
                               "        said in 2022\n"
                               "2022    KR                685      +6.2839\n");
}
END_TEST

START_TEST(wide_text_counts_two_cells)
{
    struct report *report = sample_open(table, &out);
    add_growth(report, "\xeb\x8c\x80\xed\x95\x9c\xeb\xaf\xbc\xea\xb5\xad");
    add_growth(report, "e\xcc\x81t");
    report_close(report);
    ck_assert_ptr_nonnull(strstr(
        out.text, "2022    \xeb\x8c\x80\xed\x95\x9c\xeb\xaf\xbc\xea\xb5\xad"
                  "           685      +6.2839\n"));
    ck_assert_ptr_nonnull(
        strstr(out.text, "\n\nperiod  country  exports, B USD  growth, %\n"));
    ck_assert_ptr_nonnull(
        strstr(out.text, "2022    e\xcc\x81t                685"));
}
END_TEST

/* Every line ends without a blank and fills at most LIMIT cells. */
static void
check_lines(const char *text, size_t limit)
{
    while (*text) {
        size_t len = strcspn(text, "\n");
        ck_assert_uint_le(utf8_width((struct slice){text, len}), limit);
        ck_assert(len == 0 || text[len - 1] != ' ');
        text += len + 1;
    }
}

START_TEST(texts_give_way_numbers_never)
{
    static const char name[] = "Korea (Republic of) \xea\xb5\xad\xea\xb5\xad";
    struct report_options narrow = table;
    narrow.width = 50;
    struct report *report = sample_open(narrow, &out);
    add_growth(report, name);
    report_close(report);
    check_lines(out.text, 50);
    ck_assert_ptr_nonnull(strstr(out.text, "2020    Korea (Republi\xe2\x80\xa6"
                                           "           512.5     ?\n"));
    ck_assert_ptr_nonnull(strstr(out.text, " +6.2839\n"));
    narrow.ascii = true;
    report = sample_open(narrow, &out);
    add_growth(report, name);
    report_close(report);
    check_lines(out.text, 50);
    ck_assert(utf8_is_ascii(buffer_slice(&out)));
    ck_assert_ptr_nonnull(strstr(out.text, "2020    Korea (Repub...  "));
    /* Too narrow for its numbers: those stay whole. */
    narrow.width = 10;
    report = sample_open(narrow, &out);
    add_growth(report, name);
    report_close(report);
    ck_assert_ptr_nonnull(strstr(out.text, "512.5     ?\n"));
    ck_assert_ptr_nonnull(strstr(out.text, "685      +6.2839\n"));
}
END_TEST

START_TEST(gaps_give_way_before_texts)
{
    struct report_options narrow = table;
    narrow.width = 60;
    struct report *report = sample_open(narrow, &out);
    add_compare(report);
    report_close(report);
    ck_assert_str_eq(
        out.text,
        "exports, KR, 2023                                vs target\n"
        "target    685B USD  motie  2023-10-05    bizwi\xe2\x80\xa6\n"
        "forecast  653B USD  moef   ..2023-10-05  bizwi\xe2\x80\xa6"
        "  -32B  -4.7%\n"
        "          derived: down 4.5% from actual 2022, itself implied "
        "684B\n");
}
END_TEST

START_TEST(one_value_prints_itself)
{
    struct report *report = sample_open(table, &out);
    struct result_column money = sample_money("exports");
    struct result_value assumed = sample_number(1e12, 12);
    assumed.basis = BASIS_ASSUMED;
    add_single(report, sample_share("percent"), sample_number(0.002, -1));
    add_single(report, money, sample_number(685e9, 9));
    add_single(report, money, sample_unknown("nobody stated it"));
    add_single(report, money, assumed);
    sample_say(report, "said\twith \x1b[1m");
    add_growth(report, "KR");
    add_single(report, money, sample_number(1, 0));
    money.is_key = true;
    add_single(report, money, sample_number(2, 0));
    report_close(report);
    ck_assert_str_eq(out.text, "0.2%\n"
                               "685B USD\n"
                               "? (nobody stated it)\n"
                               "1T USD (assumed)\n"
                               "said\twith \\u{1B}[1m\n"
                               "\n"
                               "period  country  exports, B USD  growth, %\n"
                               "2020    KR                512.5     ?\n"
                               "2021    KR                644.5   +25.75\n"
                               "        record\n"
                               "        said in 2022\n"
                               "2022    KR                685      +6.2839\n"
                               "\n"
                               "1 USD\n"
                               "\n"
                               "exports, USD\n"
                               "           2\n");
}
END_TEST

START_TEST(bounds_and_marks_align_with_numbers)
{
    struct report *report = sample_open(table, &out);
    struct result_column columns[] = {sample_column("kind", VALUE_TEXT),
                                      sample_money("exports")};
    struct result_value assumed = sample_number(500e9, 11);
    assumed.basis = BASIS_ASSUMED;
    struct result_value rows[][2] = {
        {sample_text("pledge"),
         sample_bound(RELATION_AT_LEAST, 700e9, INFINITY, 9)},
        {sample_text("forecast"),
         sample_bound(RELATION_BETWEEN, 640e9, 660e9, 9)},
        {sample_text("actual"), sample_number(644.5e9, 8)},
        {sample_text("plan"), assumed},
        {sample_text("estimate"), sample_unknown(NULL)}};
    sample_begin(report, NULL, columns, 2);
    for (size_t i = 0; i < 5; i++) {
        sample_row(report, rows[i], NULL);
    }
    sample_end(report, (struct result_foot){.rows = 5});
    report_close(report);
    ck_assert_str_eq(out.text, "kind      exports, B USD\n"
                               "pledge          >= 700\n"
                               "forecast      640..660\n"
                               "actual             644.5\n"
                               "plan               500*\n"
                               "estimate             ?\n"
                               "* assumed\n");
}
END_TEST

START_TEST(footers_count_what_is_missing)
{
    struct report_options few = table;
    few.max_rows = 1;
    struct report *report = sample_open(few, &out);
    struct result_column column = sample_column("country", VALUE_TEXT);
    struct result_value value = sample_text("KR");
    sample_begin(report, "countries", &column, 1);
    for (size_t i = 0; i < 3; i++) {
        ck_assert(sample_row(report, &value, NULL));
    }
    sample_end(report, (struct result_foot){.rows = 3,
                                            .undecided = 2,
                                            .cut = 1,
                                            .note = "as of 2023-10-05\n2"});
    sample_begin(report, NULL, &column, 1);
    sample_end(report, (struct result_foot){0});
    report_close(report);
    ck_assert_str_eq(
        out.text,
        "countries\n"
        "KR\n"
        "(2 rows not shown; 1 row left out by top; 2 rows undecided)\n"
        "as of 2023-10-05\n"
        "2\n"
        "\n"
        "country\n"
        "(no rows)\n");
}
END_TEST

START_TEST(a_title_that_does_not_fit_stands_above)
{
    struct report *report = sample_open(table, &out);
    struct result_column columns[] = {sample_column("period", VALUE_PERIOD),
                                      sample_money("exports")};
    struct result_value row[] = {sample_year(2023), sample_number(1, 0)};
    sample_begin(report, "A long title", columns, 2);
    sample_row(report, row, NULL);
    sample_end(report, (struct result_foot){.rows = 1});
    columns[0].heading = "";
    sample_begin(report, "short", columns, 2);
    sample_row(report, row, NULL);
    sample_end(report, (struct result_foot){.rows = 1});
    report_close(report);
    ck_assert_str_eq(out.text, "A long title\n"
                               "period  exports, USD\n"
                               "2023               1\n"
                               "\n"
                               "short    exports, USD\n"
                               "2023                1\n");
}
END_TEST

START_TEST(long_results_are_streamed)
{
    enum { ROWS = 2500 };
    struct report *report = sample_open(table, &out);
    struct result_column columns[] = {sample_column("name", VALUE_TEXT),
                                      sample_money("exports")};
    char name[40];
    sample_begin(report, NULL, columns, 2);
    for (int i = 0; i < ROWS; i++) {
        snprintf(name, sizeof name, "row %04d", i);
        struct result_value row[] = {sample_text(name),
                                     sample_number(1e9 + i * 1e6, 6)};
        sample_row(report, row, i == 2000 ? "note" : NULL);
        memset(name, 'x', sizeof name); /* the report keeps no pointers */
    }
    sample_end(report, (struct result_foot){.rows = ROWS});
    report_close(report);
    size_t lines = 0;
    for (const char *at = out.text; *at; at++) {
        lines += *at == '\n';
    }
    ck_assert_uint_eq(lines, ROWS + 2);
    ck_assert_ptr_nonnull(strstr(out.text, "\nrow 0000           1.000\n"));
    ck_assert_ptr_nonnull(
        strstr(out.text, "\nrow 2000           3.000\n          note\n"));
    ck_assert_ptr_nonnull(strstr(out.text, "\nrow 2499           3.499\n"));
}
END_TEST

START_TEST(hostile_cells_stay_on_their_line)
{
    struct report *report = sample_open(table, &out);
    struct result_column column = sample_column("a\x1b[2J", VALUE_TEXT);
    const char *texts[] = {"x\ny", "\xe2\x80\xae|", "\xff\\x41",
                           "\xcd\xb8 \xee\x80\x80", ""};
    sample_begin(report, "t\x9b", &column, 1);
    for (size_t i = 0; i < 5; i++) {
        struct result_value value = sample_text(texts[i]);
        sample_row(report, &value, "n\x07");
    }
    sample_end(report, (struct result_foot){.rows = 5, .note = "f\x1b"});
    report_close(report);
    ck_assert_ptr_nonnull(strstr(out.text, "\nx\\u{A}y\n  n\\u{7}\n"));
    ck_assert_ptr_nonnull(strstr(out.text, "\n\\u{202E}|\n"));
    ck_assert_ptr_nonnull(strstr(out.text, "\n\\x{FF}\\x41\n"));
    ck_assert_ptr_nonnull(strstr(out.text, "\nf\\u{1B}\n"));
    ck_assert_ptr_null(strchr(out.text, '\x1b'));
}
END_TEST

START_TEST(without_a_utf8_locale_text_is_escaped)
{
    setlocale(LC_CTYPE, "C");
    struct report *report = sample_open(table, &out);
    add_growth(report, "\xea\xb5\xad");
    report_close(report);
    setlocale(LC_CTYPE, "C.UTF-8");
    ck_assert_ptr_nonnull(
        strstr(out.text, "\n2020    \\u{AD6D}           512.5     ?\n"));
}
END_TEST

START_TEST(color_marks_headings_and_remarks)
{
    struct report_options colored = table;
    colored.color = true;
    struct report *report = sample_open(colored, &out);
    add_growth(report, "KR");
    report_close(report);
    ck_assert_ptr_nonnull(strstr(
        out.text,
        "\x1b[1mperiod  country  exports, B USD  growth, %\x1b[0m\n2020 "));
    ck_assert_ptr_nonnull(strstr(out.text, "\n\x1b[2m        record\x1b[0m\n"));
}
END_TEST

START_TEST(markdown_tables)
{
    struct report *report = sample_open(markdown, &out);
    add_compare(report);
    add_growth(report, "a|b_c *d* <e> \\ \n\xe2\x80\xae");
    add_single(report, sample_money("exports"), sample_number(685e9, 9));
    sample_say(report, "one *\ntwo");
    report_close(report);
    ck_assert_str_eq(
        out.text,
        "**exports, KR, 2023**\n\n"
        "| | | | | | vs target | |\n"
        "| --- | ---: | --- | --- | --- | ---: | ---: |\n"
        "| target | 685B USD | motie | 2023-10-05 | bizwire | | |\n"
        "| forecast | 653B USD | moef | ..2023-10-05 | bizwire | -32B |"
        " -4.7% |\n"
        "| | derived: down 4.5% from actual 2022, itself implied 684B |"
        " | | | | |\n"
        "\n"
        "| period | country | exports, B USD | growth, % |\n"
        "| --- | --- | ---: | ---: |\n"
        "| 2020 | a\\|b_c \\*d\\* &lt;e> \\\\ \\\\u{A}\\\\u{202E} | 512.5 |"
        " ? |\n"
        "| 2021 | a\\|b_c \\*d\\* &lt;e> \\\\ \\\\u{A}\\\\u{202E} | 644.5 |"
        " +25.75 |\n"
        "| | record<br>said in 2022 | | |\n"
        "| 2022 | a\\|b_c \\*d\\* &lt;e> \\\\ \\\\u{A}\\\\u{202E} | 685 |"
        " +6.2839 |\n"
        "\n"
        "685B USD\n"
        "\n"
        "one \\*\\\n"
        "two\n");
}
END_TEST

static bool
refuse(void *context, const char *bytes, size_t len)
{
    (void)bytes;
    (void)len;
    ++*(int *)context;
    return false;
}

START_TEST(a_full_output_is_reported_once)
{
    int calls = 0;
    struct report_output output = {&calls, refuse};
    struct report *report = report_open(&table, &output);
    add_growth(report, "KR");
    add_growth(report, "KR");
    ck_assert(!report_close(report));
    ck_assert_int_eq(calls, 1);
}
END_TEST

START_TEST(an_interrupted_result_is_flushed)
{
    struct report *report = sample_open(table, &out);
    struct result_column columns[] = {sample_column("period", VALUE_PERIOD),
                                      sample_money("exports")};
    struct result_value row[] = {sample_year(2023), sample_number(1, 0)};
    sample_begin(report, NULL, columns, 2);
    sample_row(report, row, NULL);
    ck_assert(report_close(report));
    ck_assert_str_eq(out.text, "period  exports, USD\n"
                               "2023               1\n");
}
END_TEST

int
main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    Suite *suite = suite_create("report_table");
    TCase *tests = tcase_create("table");
    tcase_add_test(tests, compare_is_laid_out_as_in_the_language);
    tcase_add_test(tests, numbers_share_a_scale_and_align_at_the_point);
    tcase_add_test(tests, wide_text_counts_two_cells);
    tcase_add_test(tests, texts_give_way_numbers_never);
    tcase_add_test(tests, gaps_give_way_before_texts);
    tcase_add_test(tests, one_value_prints_itself);
    tcase_add_test(tests, bounds_and_marks_align_with_numbers);
    tcase_add_test(tests, footers_count_what_is_missing);
    tcase_add_test(tests, a_title_that_does_not_fit_stands_above);
    tcase_add_test(tests, long_results_are_streamed);
    tcase_add_test(tests, hostile_cells_stay_on_their_line);
    tcase_add_test(tests, without_a_utf8_locale_text_is_escaped);
    tcase_add_test(tests, color_marks_headings_and_remarks);
    tcase_add_test(tests, markdown_tables);
    tcase_add_test(tests, a_full_output_is_reported_once);
    tcase_add_test(tests, an_interrupted_result_is_flushed);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    buffer_free(&out);
    return failed != 0;
}
