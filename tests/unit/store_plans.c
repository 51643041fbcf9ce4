/* The query plans of the scans: each must be a walk along the key, without a
 * sort.  A change of SQL or of SQLite that loses this loses a factor of ten. */
#include "store/internal.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static struct atoms atoms;
static struct diagnostics diagnostics;
static struct store *store;
static char path[64];

static void
open_sample(void)
{
    snprintf(path, sizeof path, "plans-%d.db", (int)getpid());
    atoms_init(&atoms);
    diagnostics_init(&diagnostics);
    store = store_open(path, false, &atoms, &diagnostics);
    ck_assert_ptr_nonnull(store);
}

static void
close_base(void)
{
    store_close(store);
    diagnostics_free(&diagnostics);
    atoms_free(&atoms);
    unlink(path);
}

/* The plan of a kept statement, its steps joined by " | ". */
static const char *
plan_of(enum statement which)
{
    static struct buffer plan;
    struct buffer sql = {0};
    sqlite3_stmt *explain = NULL;
    buffer_clear(&plan);
    buffer_format(&sql, "EXPLAIN QUERY PLAN %s",
                  sqlite3_sql(store_statement(store, which)));
    ck_assert_int_eq(
        sqlite3_prepare_v2(store->db, sql.text, -1, &explain, NULL), SQLITE_OK);
    while (sqlite3_step(explain) == SQLITE_ROW) {
        buffer_add_text(&plan, plan.len ? " | " : "");
        buffer_add_text(&plan, (const char *)sqlite3_column_text(explain, 3));
    }
    sqlite3_finalize(explain);
    buffer_free(&sql);
    return plan.text;
}

static void
expect_walk(enum statement which, const char *step)
{
    const char *plan = plan_of(which);
    ck_assert_msg(!strstr(plan, "TEMP B-TREE"), "it sorts: %s", plan);
    ck_assert_msg(strstr(plan, step) != NULL, "no %s in: %s", step, plan);
}

START_TEST(all_lines_are_one_range)
{
    expect_walk(SQL_SCAN, "SEARCH fact USING PRIMARY KEY (metric=? AND "
                          "frequency=? AND kind=? AND period>? AND period<?)");
    expect_walk(SQL_SCAN_PLACES, "SEARCH fact USING PRIMARY KEY");
}
END_TEST

START_TEST(few_lines_are_a_seek_for_each_period)
{
    const char *seek = "SEARCH fact USING PRIMARY KEY (metric=? AND "
                       "frequency=? AND kind=? AND period=? AND line>? AND "
                       "line<?)";
    expect_walk(SQL_SCAN_LINES, seek);
    expect_walk(SQL_SCAN_LINES_PLACES, seek);
}
END_TEST

START_TEST(one_period_is_a_seek)
{
    const char *seek = "period=? AND line>? AND line<?)";
    expect_walk(SQL_SCAN_PERIOD, seek);
    expect_walk(SQL_SCAN_PERIOD_PLACES, seek);
}
END_TEST

START_TEST(one_cell_is_a_seek)
{
    const char *seek = "period=? AND line=? AND day<?)";
    expect_walk(SQL_SCAN_CELL, seek);
    expect_walk(SQL_SCAN_CELL_PLACES, seek);
}
END_TEST

START_TEST(constraints_are_found_by_their_key)
{
    expect_walk(SQL_CONSTRAINTS, "SEARCH f USING PRIMARY KEY");
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("store_plans");
    TCase *plans = tcase_create("plans");
    tcase_add_checked_fixture(plans, open_sample, close_base);
    tcase_add_test(plans, all_lines_are_one_range);
    tcase_add_test(plans, few_lines_are_a_seek_for_each_period);
    tcase_add_test(plans, one_period_is_a_seek);
    tcase_add_test(plans, one_cell_is_a_seek);
    tcase_add_test(plans, constraints_are_found_by_their_key);
    suite_add_tcase(suite, plans);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
