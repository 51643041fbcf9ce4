/* Fact bases that somebody has edited, or that decay has reached: a base with
 * all sorts of things in it is written, and after each of many edits a function
 * is called that does with it what is to be tested.
 */
#ifndef TESTS_UNIT_HOSTILE_EDIT_H
#define TESTS_UNIT_HOSTILE_EDIT_H

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
each_column(void (*try)(void *context, const char *table, const char *column,
                        const char *type),
            void *context)
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
        try(context, table, column, type);
        table = type + strlen(type) + 1;
    }
    buffer_free(&names);
}

struct value_try {
    void (*try)(size_t number);
};

static void
try_values(void *context, const char *table, const char *column,
           const char *type)
{
    static const char *const integers[] = {"-1", "7", "1000000",
                                           "9223372036854775807", NULL};
    static const char *const texts[] = {"''", "'1:99999999999999999999'", NULL};
    static const char *const reals[] = {"-1", "9e999", NULL};
    static const char *const blobs[] = {"x''", "x'00'", "x'ffffffff'", NULL};
    const struct value_try *with = context;
    const char *const *values = strcmp(type, "INTEGER") == 0 ? integers
                                : strcmp(type, "TEXT") == 0  ? texts
                                : strcmp(type, "REAL") == 0  ? reals
                                                             : blobs;
    for (size_t i = 0; values[i]; i++) {
        struct buffer sql = {0};
        buffer_format(&sql, "UPDATE OR REPLACE \"%s\" SET \"%s\" = %s", table,
                      column, values[i]);
        if (edit(sql.text)) {
            with->try(i);
        }
        buffer_free(&sql);
    }
}

/* Calls TRY when a column holds a value that it should not, with the number of
 * that value; for each column of each table. */
static void
each_value(void (*try)(size_t number))
{
    struct value_try with = {try};
    each_column(try_values, &with);
}

struct table_try {
    void (*emptied)(void);
    void (*dropped)(void);
    char last[64]; /* the table before */
};

static void
try_table(void *context, const char *table, const char *column,
          const char *type)
{
    struct table_try *with = context;
    struct buffer sql = {0};
    (void)column;
    (void)type;
    if (strcmp(with->last, table) == 0) {
        return; /* another column of it */
    }
    snprintf(with->last, sizeof with->last, "%s", table);
    buffer_format(&sql, "DELETE FROM \"%s\"", table);
    if (edit(sql.text)) {
        with->emptied();
    }
    buffer_clear(&sql);
    buffer_format(&sql, "DROP TABLE \"%s\"", table);
    edit(sql.text);
    with->dropped();
    buffer_free(&sql);
}

/* Calls EMPTIED when a table has no rows, if it had some, and DROPPED when it
 * is not there; for each table. */
static void
each_table(void (*emptied)(void), void (*dropped)(void))
{
    struct table_try with = {emptied, dropped, ""};
    each_column(try_table, &with);
}

/* Calls TRY when bytes of the file are others, round by round. */
static void
each_decay(void (*try)(int round))
{
    uint32_t random = 1;
    edited = "decay";
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
        try(round);
    }
}

#endif
