/* What the texts of the library tell: functions, topics, texts to include. */
#include "stdlib/foreign.h"
#include "stdlib/function.h"
#include "stdlib/text.h"

#include <check.h>

START_TEST(each_function_is_whole)
{
    struct function_walk walk = {0};
    struct library_function function;
    struct library_function found;
    size_t count = 0;
    size_t builtin = 0;
    while (function_next(&walk, &function)) {
        ck_assert(function.topic.len && function.name.len);
        ck_assert(function.title.len && function.example.len);
        ck_assert(function.call.len > function.name.len);
        ck_assert(function.call.at[function.call.len - 1] == ')');
        ck_assert(memcmp(function.example.at, "#>", 2) == 0);
        ck_assert(function_find(function.name, &found));
        ck_assert_ptr_eq(found.name.at, function.name.at);
        ck_assert(function_is_reserved(function.name) ==
                  function_is_builtin(&function));
        builtin += function_is_builtin(&function);
        count++;
    }
    ck_assert_uint_gt(builtin, 30);
    ck_assert_uint_gt(count, builtin + 30);
    ck_assert(!function_next(&walk, &function));
}
END_TEST

START_TEST(a_function_has_its_parts)
{
    struct library_function found;
    ck_assert(function_find(SLICE("gap"), &found));
    ck_assert(slice_is(found.topic, "targets"));
    ck_assert(slice_is(found.call, "gap(a, b)"));
    ck_assert(slice_is(found.definition, "a - b"));
    ck_assert(slice_is(function_summary(&found),
                       "How far a is above b, in their unit"));
    ck_assert(function_find(SLICE("abs"), &found));
    ck_assert(function_is_builtin(&found));
    ck_assert(!function_find(SLICE("ga"), &found));
    ck_assert(!function_find(SLICE("actual"), &found)); /* a kind */
    ck_assert(!function_find(SLICE(""), &found));
}
END_TEST

START_TEST(a_page_shows_what_is_said_and_what_comes_of_it)
{
    struct library_function found;
    struct buffer page = {0};
    ck_assert(function_find(SLICE("growth"), &found));
    function_print(&page, &found);
    ck_assert(strncmp(page.text, "growth(x)\n\nGrowth on", 20) == 0);
    ck_assert_ptr_nonnull(strstr(page.text, "    show growth("));
    ck_assert_ptr_null(strstr(page.text, "#>"));
    ck_assert_ptr_null(strstr(page.text, "#="));
    ck_assert_ptr_nonnull(strstr(page.text, "See also: functions"));
    buffer_clear(&page);
    ck_assert(function_print_topic(&page, SLICE("targets")));
    ck_assert_ptr_nonnull(strstr(page.text, "  gap(a, b)"));
    buffer_clear(&page);
    ck_assert(!function_print_topic(&page, SLICE("units")));
    ck_assert_uint_eq(page.len, 0);
    buffer_free(&page);
}
END_TEST

START_TEST(texts_are_found_by_name)
{
    const struct library_file *groups = text_find(SLICE("groups"));
    ck_assert(groups && groups->length);
    ck_assert(slice_is(text_name(groups), "groups"));
    ck_assert_ptr_nonnull(text_find(SLICE("countries3")));
    ck_assert_ptr_null(text_find(SLICE("growth")));
    ck_assert_ptr_null(text_find(SLICE("")));
    ck_assert(text_is_named("std:groups") && !text_is_named("./std:groups"));
    if (text_currencies()) { /* built with iso-codes */
        ck_assert(text_is_currency(SLICE("THB")));
        ck_assert(!text_is_currency(SLICE("USD"))); /* has a symbol */
        ck_assert(!text_is_currency(SLICE("TH")));
        ck_assert(!text_is_currency(SLICE("XXX")));
    }
}
END_TEST

/* Every call in WRITTEN is one of a function that there is. */
static void
check_calls(const char *written)
{
    const char *open = written;
    while ((open = strchr(open, '(')) != NULL) {
        struct library_function found;
        const char *start = open;
        while (start > written &&
               (start[-1] == '_' || (start[-1] >= 'a' && start[-1] <= 'z') ||
                (start[-1] >= '0' && start[-1] <= '9'))) {
            start--;
        }
        struct slice name = {start, (size_t)(open - start)};
        ck_assert_msg(!name.len || function_find(name, &found), "%.*s: %s",
                      (int)name.len, start, written);
        open++;
    }
}

START_TEST(names_from_elsewhere_have_one_here)
{
    size_t count = 0;
    const char *last = "";
    for (const char *name; (name = foreign_name(count)) != NULL; count++) {
        struct library_function found;
        const char *written = foreign_function(slice_of(name));
        ck_assert_str_lt(last, name);
        ck_assert_msg(written != NULL, "%s", name);
        ck_assert(!function_find(slice_of(name), &found));
        check_calls(written);
        last = name;
    }
    ck_assert_uint_gt(count, 100);
    ck_assert_ptr_eq(foreign_function(SLICE("PCT_Change")),
                     foreign_function(SLICE("pctchange")));
    ck_assert_ptr_null(foreign_function(SLICE("")));
    ck_assert_ptr_null(foreign_function(SLICE("previous")));
    ck_assert_ptr_null(
        foreign_function(SLICE("a_name_that_is_longer_than_any_of_the_table")));
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("stdlib texts");
    TCase *cases = tcase_create("texts");
    tcase_add_test(cases, each_function_is_whole);
    tcase_add_test(cases, a_function_has_its_parts);
    tcase_add_test(cases, a_page_shows_what_is_said_and_what_comes_of_it);
    tcase_add_test(cases, texts_are_found_by_name);
    tcase_add_test(cases, names_from_elsewhere_have_one_here);
    suite_add_tcase(suite, cases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? 1 : 0;
}
