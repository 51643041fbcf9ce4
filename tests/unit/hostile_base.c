/* Whatever stands in a fact base, a session opens it or says what is wrong, and
 * a run that fails leaves it as it was.  That nothing is read behind the end of
 * a table is for the sanitizers to see.
 */
#include "tests/unit/hostile_edit.h"

static const char questions[] =
    "show exports, twice(exports) by country for 2019..2025\n"
    "show growth(exports[KR]), exports[EA]; sum(exports over country)\n"
    "show target exports[KR] as of 2023-12-31; show outlays\n"
    "compare exports[KR] for 2021; explain show exports[KR]\n"
    "describe exports; describe moef; list metrics; list members of country\n"
    "list units; list kinds; list actors; list sources\n";

static const char more[] =
    "member US of country; actual 2024 exports[US] = 1T\n"
    "actual 2022 exports[KR] = 5B by moef source wire\n";

/* Runs TEXT; when it fails, the base is as before. */
static enum run_status
run_or_leave(const char *text)
{
    struct buffer before = {0};
    struct buffer after = {0};
    read_base(&before);
    enum run_status status = run(text);
    read_base(&after);
    ck_assert_int_le(status, RUN_SYSTEM);
    ck_assert_msg(status < RUN_WRONG ||
                      slice_equal(buffer_slice(&before), buffer_slice(&after)),
                  "a failed run changed the base after: %s", edited);
    buffer_free(&before);
    buffer_free(&after);
    return status;
}

static void
ask_and_state(size_t number)
{
    run_or_leave(questions);
    if (number == 0) { /* to write takes longer than to ask */
        run_or_leave(more);
    }
}

START_TEST(any_column_may_hold_anything)
{
    each_value(ask_and_state);
}
END_TEST

static void
use_emptied(void)
{
    ask_and_state(0);
}

static void
use_dropped(void)
{
    ck_assert_int_ge(run_or_leave(more), RUN_WRONG);
}

START_TEST(any_table_may_be_empty_or_missing)
{
    each_table(use_emptied, use_dropped);
}
END_TEST

static void
use_decayed(int round)
{
    run_or_leave(round % 2 ? questions : more);
}

START_TEST(any_byte_may_be_another)
{
    each_decay(use_decayed);
}
END_TEST

START_TEST(triggers_and_views_do_not_run)
{
    sqlite3 *db = open_base();
    ck_assert_int_eq(sqlite3_exec(db,
                                  "CREATE TABLE other(x);"
                                  "CREATE TRIGGER t AFTER INSERT ON fact"
                                  " BEGIN INSERT INTO other VALUES(1); END;",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(db);
    ck_assert_int_eq(run(more), RUN_DONE);
    db = open_base();
    ck_assert_int_eq(sqlite3_exec(db,
                                  "DELETE FROM other;"
                                  "ALTER TABLE actor RENAME TO a;"
                                  "CREATE VIEW actor AS SELECT * FROM a;",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    ck_assert_int_eq(sqlite3_changes(db), 0);
    sqlite3_close(db);
    ck_assert_int_eq(run_or_leave(questions), RUN_SYSTEM);
}
END_TEST

START_TEST(a_base_in_use_is_left_alone)
{
    sqlite3 *db = open_base();
    ck_assert_int_eq(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL),
                     SQLITE_OK);
    ck_assert_int_eq(run_or_leave(questions), RUN_DONE);
    ck_assert_int_eq(run_or_leave(more), RUN_SYSTEM);
    sqlite3_close(db);
    ck_assert_int_eq(run(more), RUN_DONE);
}
END_TEST

/* Names are of the last run; what another wrote since has names of its own. */
START_TEST(between_runs_another_may_write)
{
    struct session_options options = {.facts = path};
    struct diagnostics diagnostics;
    diagnostics_init(&diagnostics);
    struct session *session = session_open(&options, &diagnostics);
    ck_assert_ptr_nonnull(session);
    ck_assert_int_eq(session_run(session, "text",
                                 slice_of("actual 2001 mine = 1 on 2020-01-01"),
                                 &reading_sink),
                     RUN_DONE);
    ck_assert_int_eq(run("actual 2001 theirs = 2 on 2099-01-01"), RUN_DONE);
    ck_assert_int_eq(session_as_of(session), DAY_NONE);
    ck_assert_uint_eq(diagnostics.error_count, 0);
    ck_assert_int_eq(session_run(session, "text", slice_of("show 2001 theirs"),
                                 &reading_sink),
                     RUN_DONE);
    ck_assert_int_eq(session_as_of(session), day_from_civil(2099, 1, 1));
    ck_assert_uint_eq(diagnostics.error_count, 0);
    session_close(session);
    diagnostics_free(&diagnostics);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("hostile_base");
    TCase *bases = tcase_create("bases");
    tcase_add_checked_fixture(bases, set_up, tear_down);
    tcase_set_timeout(bases, 60);
    tcase_add_test(bases, between_runs_another_may_write);
    tcase_add_test(bases, any_column_may_hold_anything);
    tcase_add_test(bases, any_table_may_be_empty_or_missing);
    tcase_add_test(bases, any_byte_may_be_another);
    tcase_add_test(bases, triggers_and_views_do_not_run);
    tcase_add_test(bases, a_base_in_use_is_left_alone);
    suite_add_tcase(suite, bases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
