/* The text of a cell: digits, scales, bounds, units, hostile text. */
#include "eval/cell.h"
#include "eval/digits.h"
#include "tests/unit/report_sample.h"

#include <check.h>
#include <math.h>

static struct buffer out;

/* The text of VALUE on its own, or with STYLE. */
static const char *
text_of(const struct result_column *column, struct result_value value,
        const struct cell_style *style)
{
    struct cell_style alone = cell_style_alone(column);
    buffer_clear(&out);
    cell_add(&out, column, &value, style ? style : &alone);
    return out.text;
}

static const char *
money(double number, int place)
{
    struct result_column column = sample_money("exports");
    return text_of(&column, sample_number(number, place), NULL);
}

static const char *
plain(double number)
{
    struct result_column column = sample_column("x", VALUE_NUMBER);
    return text_of(&column, sample_number(number, PLACE_NONE), NULL);
}

START_TEST(stated_numbers_keep_their_digits)
{
    ck_assert_str_eq(money(685e9, 9), "685B USD");
    ck_assert_str_eq(money(685e9, 8), "685.0B USD");
    ck_assert_str_eq(money(644.5e9, 8), "644.5B USD");
    ck_assert_str_eq(money(-32e9, 9), "-32B USD");
    ck_assert_str_eq(money(1e12, 12), "1T USD");
    ck_assert_str_eq(money(1.5e12, 9), "1.500T USD");
    ck_assert_str_eq(money(2500e12, 12), "2500T USD");
    ck_assert_str_eq(money(12300, 2), "12.3K USD");
    ck_assert_str_eq(money(12345, 0), "12345 USD");
    ck_assert_str_eq(money(500, 2), "500 USD");
    ck_assert_str_eq(money(12.40, -2), "12.40 USD");
    ck_assert_str_eq(money(0, 0), "0 USD");
    ck_assert_str_eq(money(-0.0, -1), "0.0 USD");
}
END_TEST

START_TEST(other_numbers_have_six_digits)
{
    ck_assert_str_eq(plain(1.0 / 3), "0.333333");
    ck_assert_str_eq(plain(2.0 / 3e3), "0.000666667");
    ck_assert_str_eq(plain(4200), "4200");
    ck_assert_str_eq(plain(123456), "123456");
    ck_assert_str_eq(plain(1234567), "1.23457M");
    ck_assert_str_eq(plain(685e9), "685B");
    ck_assert_str_eq(plain(0.1 + 0.2), "0.3");
    ck_assert_str_eq(plain(999999.9), "1M");
    ck_assert_str_eq(plain(999999.99e6), "1T");
    ck_assert_str_eq(plain(0.125), "0.125");
    ck_assert_str_eq(plain(1e300), "1e+288T");
    ck_assert_str_eq(plain(-1.5e-20), "-1.5e-20");
    ck_assert_str_eq(plain(NAN), "?");
    ck_assert_str_eq(plain(INFINITY), "?");
}
END_TEST

START_TEST(bounds_decide_digits_of_computed_numbers)
{
    struct result_column column = sample_money("exports");
    struct result_value value = sample_computed(652.85e9, 652.2e9, 653.5e9);
    ck_assert_str_eq(text_of(&column, value, NULL), "653B USD");
    value = sample_computed(683.64e9, 683.3e9, 684.0e9);
    ck_assert_str_eq(text_of(&column, value, NULL), "684B USD");
    value = sample_computed(999.96e9, 999.9e9, 1000.02e9);
    ck_assert_str_eq(text_of(&column, value, NULL), "1.0000T USD");
    /* Bounds that are one point say nothing of digits. */
    value = sample_computed(1e9 / 3, 1e9 / 3, 1e9 / 3);
    ck_assert_str_eq(text_of(&column, value, NULL), "333.333M USD");
    value = sample_computed(2e9, -INFINITY, INFINITY);
    ck_assert_str_eq(text_of(&column, value, NULL), "2B USD");
    column = sample_share("percent");
    value = sample_computed(-32.15 / 685, -32.8 / 685, -31.5 / 685);
    ck_assert_str_eq(text_of(&column, value, NULL), "-4.7%");
}
END_TEST

START_TEST(shares_have_no_scale)
{
    struct result_column column = sample_share("rate");
    ck_assert_str_eq(text_of(&column, sample_number(0.047, -1), NULL), "4.7%");
    ck_assert_str_eq(text_of(&column, sample_number(0.29, 0), NULL), "29%");
    ck_assert_str_eq(text_of(&column, sample_number(50000, 0), NULL),
                     "5000000%");
    column.unit = "pp";
    ck_assert_str_eq(text_of(&column, sample_number(0.003, -1), NULL),
                     "0.3 pp");
    column.unit = "bp";
    column.factor = 0.0001;
    ck_assert_str_eq(text_of(&column, sample_number(0.0025, 0), NULL), "25 bp");
}
END_TEST

START_TEST(plus_stands_before_positive_numbers_only)
{
    struct result_column column = sample_share("growth");
    column.signed_ = true;
    ck_assert_str_eq(text_of(&column, sample_number(0.258, -1), NULL),
                     "+25.8%");
    ck_assert_str_eq(text_of(&column, sample_number(-0.045, -1), NULL),
                     "-4.5%");
    ck_assert_str_eq(text_of(&column, sample_number(0.00001, -1), NULL),
                     "0.0%");
    ck_assert_str_eq(text_of(&column, sample_number(0, PLACE_NONE), NULL),
                     "0%");
}
END_TEST

START_TEST(bounds_are_shown_as_bounds)
{
    struct result_column column = sample_money("exports");
    struct result_value value =
        sample_bound(RELATION_AT_LEAST, 1e12, INFINITY, 12);
    ck_assert_str_eq(text_of(&column, value, NULL), ">= 1T USD");
    value = sample_bound(RELATION_BETWEEN, 640e9, 660e9, 9);
    ck_assert_str_eq(text_of(&column, value, NULL), "640B..660B USD");
    value = sample_bound(RELATION_BETWEEN, 683.28e9, 683.97e9, PLACE_NONE);
    value.basis = BASIS_IMPLIED;
    ck_assert_str_eq(text_of(&column, value, NULL), "683.28B..683.97B USD");
    value =
        sample_bound(RELATION_BETWEEN, 683.283417e9, 683.966533e9, PLACE_NONE);
    value.basis = BASIS_IMPLIED;
    ck_assert_str_eq(text_of(&column, value, NULL), "683.2B..684.0B USD");
    value = sample_bound(RELATION_BETWEEN, 640e9, INFINITY, PLACE_NONE);
    ck_assert_str_eq(text_of(&column, value, NULL), "?");
    column = sample_share("rate");
    value = sample_bound(RELATION_AT_MOST, -INFINITY, 0.05, 0);
    ck_assert_str_eq(text_of(&column, value, NULL), "<= 5%");
    value = sample_bound(RELATION_BETWEEN, 0.05, 0.1, 0);
    ck_assert_str_eq(text_of(&column, value, NULL), "5%..10%");
}
END_TEST

START_TEST(style_sets_scale_and_decimals)
{
    struct result_column column = sample_money("exports");
    struct cell_style style = cell_style_alone(&column);
    style.with_unit = false;
    style.scale = 6;
    ck_assert_str_eq(text_of(&column, sample_number(685e9, 9), &style),
                     "685000");
    style.grouped = true;
    ck_assert_str_eq(text_of(&column, sample_number(685e9, 9), &style),
                     "685,000");
    style.scale = 0;
    style.decimals = 2;
    ck_assert_str_eq(text_of(&column, sample_number(-1234567.891, 0), &style),
                     "-1,234,567.89");
    ck_assert_str_eq(text_of(&column, sample_number(100, 0), &style), "100.00");
    style.scale = 9;
    style.with_unit = true;
    ck_assert_str_eq(text_of(&column, sample_number(685e9, 9), &style),
                     "685.00B USD");
}
END_TEST

START_TEST(head_ends_before_the_point)
{
    struct result_column column = sample_money("exports");
    struct cell_style style = cell_style_alone(&column);
    struct result_value values[] = {
        sample_number(-32.5e9, 8),
        sample_number(685e9, 9),
        sample_bound(RELATION_BETWEEN, 640e9, 660.5e9, 8),
        sample_unknown(NULL),
    };
    size_t heads[] = {3, 3, 11, 1};
    for (size_t i = 0; i < 4; i++) {
        buffer_clear(&out);
        buffer_add_text(&out, "before");
        ck_assert_uint_eq(cell_add(&out, &column, &values[i], &style),
                          heads[i]);
    }
}
END_TEST

START_TEST(other_values)
{
    struct result_column column = sample_column("x", VALUE_TEXT);
    struct result_value value = sample_date(2023, 10, 5, false);
    ck_assert_str_eq(text_of(&column, value, NULL), "2023-10-05");
    value.before = true;
    ck_assert_str_eq(text_of(&column, value, NULL), "..2023-10-05");
    value = sample_year(2023);
    ck_assert_str_eq(text_of(&column, value, NULL), "2023");
    value.fiscal = true;
    ck_assert_str_eq(text_of(&column, value, NULL), "FY2023");
    value = (struct result_value){.type = VALUE_TRUTH, .truth = true};
    ck_assert_str_eq(text_of(&column, value, NULL), "true");
    ck_assert_str_eq(text_of(&column, sample_unknown("why"), NULL), "?");
    column = sample_money("exports");
    value = sample_number(1e12, 12);
    value.basis = BASIS_ASSUMED;
    ck_assert_str_eq(text_of(&column, value, NULL), "1T USD (assumed)");
}
END_TEST

START_TEST(hostile_text_is_visible)
{
    struct result_column column = sample_column("x", VALUE_TEXT);
    struct cell_style ascii = cell_style_alone(&column);
    struct result_value value =
        sample_text("a\x1b[31m\xe2\x80\xae\xff\n\xea\xb5\xad");
    ascii.ascii = true;
    ck_assert_str_eq(text_of(&column, value, NULL),
                     "a\\u{1B}[31m\\u{202E}\\x{FF}\\u{A}\xea\xb5\xad");
    ck_assert_str_eq(text_of(&column, value, &ascii),
                     "a\\u{1B}[31m\\u{202E}\\x{FF}\\u{A}\\u{AD6D}");
    column = sample_money("x");
    column.unit = "\x1b]0;";
    ck_assert_str_eq(text_of(&column, sample_number(1, 0), NULL),
                     "1 \\u{1B}]0;");
}
END_TEST

START_TEST(headings_name_scale_and_unit)
{
    struct result_column column = sample_money("exports");
    struct cell_style style = cell_style_alone(&column);
    style.with_unit = false;
    const struct {
        const char *heading;
        const char *unit;
        int scale;
        const char *expected;
    } cases[] = {
        {NULL, "USD", 9, "exports, B USD"}, {NULL, "USD", 0, "exports, USD"},
        {NULL, "", 6, "exports, M"},        {NULL, "", 0, "exports"},
        {"growth", "%", 0, "growth, %"},    {"", "USD", 9, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        column.heading = cases[i].heading;
        column.unit = cases[i].unit;
        style.scale = cases[i].scale;
        buffer_clear(&out);
        cell_add_heading(&out, &column, &style);
        ck_assert_str_eq(out.text, cases[i].expected);
    }
}
END_TEST

START_TEST(division_by_the_unit_leaves_no_noise)
{
    struct result_column column = sample_share("rate");
    for (int i = -100000; i <= 100000; i++) {
        double share = i / 100000.0;
        ck_assert(digits_in_unit(&column, share) == i / 1000.0);
        ck_assert(digits_in_unit(&column, i / 1000.0 * 0.01) == i / 1000.0);
    }
    ck_assert(digits_in_unit(&column, 0.29) == 29);
    ck_assert(digits_in_unit(&column, 0.57) == 57);
    ck_assert(digits_in_unit(&column, 0.07) == 7);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("report_cell");
    TCase *tests = tcase_create("cell");
    tcase_add_test(tests, stated_numbers_keep_their_digits);
    tcase_add_test(tests, other_numbers_have_six_digits);
    tcase_add_test(tests, bounds_decide_digits_of_computed_numbers);
    tcase_add_test(tests, shares_have_no_scale);
    tcase_add_test(tests, plus_stands_before_positive_numbers_only);
    tcase_add_test(tests, bounds_are_shown_as_bounds);
    tcase_add_test(tests, style_sets_scale_and_decimals);
    tcase_add_test(tests, head_ends_before_the_point);
    tcase_add_test(tests, other_values);
    tcase_add_test(tests, hostile_text_is_visible);
    tcase_add_test(tests, headings_name_scale_and_unit);
    tcase_add_test(tests, division_by_the_unit_leaves_no_noise);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    buffer_free(&out);
    return failed != 0;
}
