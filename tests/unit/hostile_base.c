/* Fact bases that somebody has edited or that decay has reached: whatever
 * stands in them, a session opens them or says what is wrong, and a run that
 * fails leaves them as they were.  That nothing is read behind the end of a
 * table is for the sanitizers to see.
 */
#include "eval/session.h"

#include <check.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/unit/reading_sink.h"

static const char story[] =
    "dimension country \"Country\"\n"
    "member KR \"Korea\" of country; member JP of country\n"
    "member EA of country = KR + JP\n"
    "metric exports flow yearly in B USD by country\n"
    "actor moef \"Finance\"\n"
    "source wire \"Wire\" on 2023-10-05 url \"https://example.org\"\n"
    "calendar us starts 10-01 named by end\n"
    "metric outlays flow yearly in USD on us\n"
    "define twice(x) \"Twice\" = x * 2\n"
    "actual 2020 exports[KR] = 512.5B source wire note \"n\"\n"
    "actual 2021 exports[KR] = 644.5B up 25.8% from 2020\n"
    "forecast 2022 exports[KR] in 640B..660B by moef\n"
    "target 2023 exports[KR] = 155% * actual 2021 exports[KR]\n"
    "FY2023 outlays = 5M\n";

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

static char path[256];
static const char *edited = ""; /* the SQL that made the base what it is */
static struct buffer whole;     /* the bytes of the base as it was written */

static void
read_base(struct buffer *bytes)
{
    FILE *file = fopen(path, "rb");
    ck_assert_ptr_nonnull(file);
    buffer_clear(bytes);
    for (;;) {
        buffer_reserve(bytes, 65536);
        size_t got = fread(bytes->text + bytes->len, 1, 65536, file);
        bytes->len += got;
        if (got == 0) {
            break;
        }
    }
    fclose(file);
}

static void
write_base(struct slice bytes)
{
    FILE *file = fopen(path, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes.at, 1, bytes.len, file), bytes.len);
    ck_assert_int_eq(fclose(file), 0);
}

static enum run_status
run(const char *text)
{
    struct session_options options = {.facts = path};
    struct diagnostics diagnostics;
    enum run_status status = RUN_SYSTEM;
    diagnostics_init(&diagnostics);
    struct session *session = session_open(&options, &diagnostics);
    if (session) {
        status = session_run(session, "text", slice_of(text), &reading_sink);
        session_close(session);
    }
    ck_assert_msg((status >= RUN_WRONG) == (diagnostics.error_count > 0),
                  "status %d with %zu errors after: %s", (int)status,
                  diagnostics.error_count, edited);
    diagnostics_free(&diagnostics);
    return status;
}

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
set_up(void)
{
    const char *folder = getenv("TMPDIR");
    snprintf(path, sizeof path, "%s/hostile-%d.db", folder ? folder : "/tmp",
             (int)getpid());
    unlink(path);
    ck_assert_int_eq(run(story), RUN_DONE);
    read_base(&whole);
}

static void
tear_down(void)
{
    unlink(path);
    buffer_free(&whole);
}

static sqlite3 *
open_base(void)
{
    sqlite3 *db;
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_exec(db, "PRAGMA synchronous = OFF", NULL, NULL, NULL);
    return db;
}

/* Runs SQL on the whole base; false when the base itself refuses it. */
static bool
edit(const char *sql)
{
    edited = sql;
    write_base(buffer_slice(&whole));
    sqlite3 *db = open_base();
    bool done = sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK &&
                sqlite3_changes(db) > 0;
    sqlite3_close(db);
    return done;
}

/* Calls TRY for each column of each table. */
static void
each_column(void (*try)(const char *table, const char *column,
                        const char *type))
{
    sqlite3_stmt *row;
    sqlite3 *db = open_base();
    struct buffer names = {0};
    ck_assert_int_eq(
        sqlite3_prepare_v2(db,
                           "SELECT t.name, c.name, c.type FROM sqlite_schema"
                           " AS t, pragma_table_info(t.name) AS c"
                           " WHERE t.type = 'table'",
                           -1, &row, NULL),
        SQLITE_OK);
    while (sqlite3_step(row) == SQLITE_ROW) {
        for (int i = 0; i < 3; i++) {
            buffer_add_text(&names, (const char *)sqlite3_column_text(row, i));
            buffer_add(&names, "", 1);
        }
    }
    sqlite3_finalize(row);
    sqlite3_close(db);
    const char *table = names.text;
    while (table < names.text + names.len) {
        const char *column = table + strlen(table) + 1;
        const char *type = column + strlen(column) + 1;
        try(table, column, type);
        table = type + strlen(type) + 1;
    }
    buffer_free(&names);
}

static void
try_values(const char *table, const char *column, const char *type)
{
    static const char *const integers[] = {"-1", "7", "1000000",
                                           "9223372036854775807"};
    static const char *const texts[] = {"''", "'1:99999999999999999999'"};
    static const char *const reals[] = {"-1", "9e999"};
    const char *const *values = strcmp(type, "INTEGER") == 0 ? integers
                                : strcmp(type, "TEXT") == 0  ? texts
                                                             : reals;
    size_t count = values == integers ? sizeof integers / sizeof *integers
                   : values == texts  ? sizeof texts / sizeof *texts
                                      : sizeof reals / sizeof *reals;
    for (size_t i = 0; i < count; i++) {
        struct buffer sql = {0};
        buffer_format(&sql, "UPDATE OR REPLACE \"%s\" SET \"%s\" = %s", table,
                      column, values[i]);
        if (edit(sql.text)) {
            run_or_leave(questions);
            if (i == 0) { /* to write takes longer than to ask */
                run_or_leave(more);
            }
        }
        buffer_free(&sql);
    }
}

START_TEST(any_column_may_hold_anything)
{
    each_column(try_values);
}
END_TEST

static void
try_emptied(const char *table, const char *column, const char *type)
{
    static char last[64];
    struct buffer sql = {0};
    (void)column;
    (void)type;
    if (strcmp(last, table) == 0) {
        return; /* another column of it */
    }
    snprintf(last, sizeof last, "%s", table);
    buffer_format(&sql, "DELETE FROM \"%s\"", table);
    if (edit(sql.text)) {
        run_or_leave(questions);
        run_or_leave(more);
    }
    buffer_clear(&sql);
    buffer_format(&sql, "DROP TABLE \"%s\"", table);
    edit(sql.text);
    ck_assert_int_ge(run_or_leave(more), RUN_WRONG);
    buffer_free(&sql);
}

START_TEST(any_table_may_be_empty_or_missing)
{
    each_column(try_emptied);
}
END_TEST

START_TEST(any_byte_may_be_another)
{
    uint32_t random = 1;
    for (int round = 0; round < 60; round++) {
        write_base(buffer_slice(&whole));
        FILE *file = fopen(path, "r+b");
        for (int i = 0; i <= round % 5; i++) {
            random = random * 1664525 + 1013904223;
            /* the beginnings and ends of pages are what counts */
            size_t page = random % (whole.len / 16384);
            size_t near = random >> 12 & 511;
            size_t at = page * 16384 + (random >> 24 & 1 ? near : 16383 - near);
            fseek(file, (long)at, SEEK_SET);
            fputc((int)(random >> 16 & 255), file);
        }
        fclose(file);
        run_or_leave(round % 2 ? questions : more);
    }
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
