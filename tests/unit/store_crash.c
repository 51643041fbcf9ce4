/* A fact base whose writer dies in the middle: at one operation on the file
 * after the other, killed, or by a loss of power.  Whatever happens, the next
 * session finds it sound, as it was before or as it is after, and what was
 * acknowledged is never lost.
 */
#include "eval/verify.h"
#include "tests/unit/crash_vfs.h"

#include <check.h>
#include <sys/wait.h>

#include "tests/unit/reading_sink.h"

enum { MOMENTS = 12 }; /* for each text and way to die */

static char path[256];
static char csv[256];
static struct buffer before; /* the bytes of the base */

static void
write_file(const char *name, struct slice bytes)
{
    FILE *file = fopen(name, "wb");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes.at, 1, bytes.len, file), bytes.len);
    ck_assert_int_eq(fclose(file), 0);
}

static void
read_file(const char *name, struct buffer *bytes)
{
    FILE *file = fopen(name, "rb");
    ck_assert_ptr_nonnull(file);
    buffer_clear(bytes);
    for (size_t got = 1; got; bytes->len += got) {
        buffer_reserve(bytes, 65536);
        got = fread(bytes->text + bytes->len, 1, 65536, file);
    }
    buffer_add_text(bytes, ""); /* ends it with a NUL */
    fclose(file);
}

static void
remove_base(void)
{
    static const char *const ends[] = {"",         "-journal",         ".v1",
                                       ".v1.part", ".v1.part-journal", ".v1.2",
                                       ".v1.3"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        char name[300];
        snprintf(name, sizeof name, "%s%s", path, ends[i]);
        unlink(name);
    }
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
    diagnostics_free(&diagnostics);
    return status;
}

static void
take_fault(void *context, const char *text)
{
    ck_abort_msg("%s: %s", (const char *)context, text);
}

static void
check_sound(const char *when)
{
    struct diagnostics diagnostics;
    struct verification found = {.fault = take_fault,
                                 .context = (void *)(uintptr_t)when};
    diagnostics_init(&diagnostics);
    ck_assert_msg(verify_base(path, &diagnostics, &found), "%s: %s", when,
                  diagnostics.count ? diagnostics.items[0]->message : "");
    diagnostics_free(&diagnostics);
}

/* All that the base says, as one text. */
static void
dump(struct buffer *text)
{
    sqlite3 *db;
    sqlite3_stmt *table;
    sqlite3_stmt *row;
    buffer_clear(text);
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_prepare_v2(db,
                       "SELECT name FROM sqlite_schema"
                       " WHERE type = 'table' ORDER BY name",
                       -1, &table, NULL);
    while (sqlite3_step(table) == SQLITE_ROW) {
        struct buffer sql = {0};
        buffer_format(&sql, "SELECT * FROM \"%s\"",
                      (const char *)sqlite3_column_text(table, 0));
        sqlite3_prepare_v2(db, sql.text, -1, &row, NULL);
        while (sqlite3_step(row) == SQLITE_ROW) {
            for (int i = 0; i < sqlite3_column_count(row); i++) {
                const char *value = (const char *)sqlite3_column_text(row, i);
                buffer_format(text, "%s|", value ? value : "");
            }
        }
        buffer_format(text, "%s\n", sql.text);
        sqlite3_finalize(row);
        buffer_free(&sql);
    }
    sqlite3_finalize(table);
    sqlite3_close(db);
}

static void
restore(void)
{
    remove_base();
    if (before.len) {
        write_file(path, buffer_slice(&before));
    }
}

/* Runs TEXT in a process that dies at operation AT (0: after it has said that
 * it is done, which a loss of power follows too).  Returns the number of
 * operations, or -1 when nothing was said. */
static long
run_and_die(const char *text, long at, bool power, uint32_t random)
{
    int said[2];
    long operations = -1;
    ck_assert_int_eq(pipe(said), 0);
    pid_t child = fork();
    if (child == 0) {
        crash_arm(at, power, random);
        bool done = run(text) == RUN_DONE;
        if (done && write(said[1], &crash.operations, sizeof(long)) > 0) {
            crash_now();
        }
        _exit(1);
    }
    close(said[1]);
    ssize_t got = read(said[0], &operations, sizeof operations);
    close(said[0]);
    int status;
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_msg(WIFSIGNALED(status), "it failed: %s", text);
    return got == sizeof operations ? operations : -1;
}

/* The base is BEFORE, or with TEXT also run; EMPTY when it may not be there. */
static void
check_text(const char *text, const struct buffer *was, const struct buffer *is,
           bool power)
{
    restore();
    long operations = run_and_die(text, 0, false, 0);
    ck_assert_int_gt(operations, MOMENTS / 4);
    for (long i = 0; i <= MOMENTS; i++) {
        struct buffer now = {0};
        char when[200];
        bool last = i == MOMENTS;
        long at = last ? 0 : 1 + (2 * i + power) * operations / (2 * MOMENTS);
        snprintf(when, sizeof when, "%.40s, operation %ld of %ld%s", text, at,
                 operations, power ? ", power" : "");
        restore();
        bool acknowledged =
            run_and_die(text, at, power, last ? 0 : (uint32_t)i) >= 0;
        ck_assert_int_eq(run("print \"\""), RUN_DONE);
        check_sound(when);
        dump(&now);
        bool is_new = slice_equal(buffer_slice(&now), buffer_slice(is));
        bool is_old = slice_equal(buffer_slice(&now), buffer_slice(was));
        ck_assert_msg(is_new || is_old, "neither old nor new: %s", when);
        ck_assert_msg(is_new || !acknowledged, "lost: %s", when);
        ck_assert_msg(acknowledged == (at == 0), "%s", when);
        buffer_free(&now);
    }
}

/* TEXT, on the base as it is, dies in all ways. */
static void
try_text(const char *text)
{
    struct buffer was = {0};
    struct buffer is = {0};
    buffer_clear(&before);
    if (access(path, F_OK) == 0) {
        read_file(path, &before);
    }
    ck_assert_int_eq(run("print \"\""), RUN_DONE); /* makes or migrates it */
    dump(&was);
    restore();
    ck_assert_int_eq(run(text), RUN_DONE);
    dump(&is);
    check_text(text, &was, &is, false);
    check_text(text, &was, &is, true);
    buffer_free(&was);
    buffer_free(&is);
}

static void
set_up(void)
{
    const char *folder = getenv("TMPDIR");
    struct buffer rows = {0};
    snprintf(path, sizeof path, "%s/crash-%d.db", folder ? folder : "/tmp",
             (int)getpid());
    snprintf(csv, sizeof csv, "%s/crash-%d.csv", folder ? folder : "/tmp",
             (int)getpid());
    buffer_add_text(&rows, "period,c,value\n");
    for (int i = 0; i < 600; i++) {
        buffer_format(&rows, "%d,m%d,%d\n", 2001 + i % 2, i / 2, i);
    }
    write_file(csv, buffer_slice(&rows));
    buffer_free(&rows);
    crash_register();
    remove_base();
    struct buffer text = {0};
    buffer_format(&text,
                  "dimension c; metric x yearly by c; metric y yearly\n"
                  "actual 2001 y = 5 note \"n\"; forecast 2002 y = up 3%% from "
                  "2001\nimport \"%s\" as actual x (period = period,"
                  " c = new c, value = value)",
                  csv);
    ck_assert_int_eq(run(text.text), RUN_DONE);
    buffer_free(&text);
}

static void
tear_down(void)
{
    remove_base();
    unlink(csv);
    buffer_free(&before);
}

START_TEST(a_new_base)
{
    remove_base();
    try_text("actual 2001 y = 1 note \"n\"");
}
END_TEST

START_TEST(a_statement)
{
    try_text("actual 2003 y = 1 note \"n\"");
}
END_TEST

START_TEST(names_and_what_follows)
{
    try_text("dimension d; member a of d; metric z yearly by d; actor b\n"
             "actual 2001 z[a] = 5 by b; forecast 2002 z[a] = up 3% from 2001\n"
             "actual 2001 y = 7");
}
END_TEST

START_TEST(an_import)
{
    struct buffer text = {0};
    buffer_format(&text,
                  "import \"%s\" as forecast x (period = period, c = c,"
                  " value = value)",
                  csv);
    try_text(text.text);
    buffer_free(&text);
}
END_TEST

START_TEST(a_retraction)
{
    try_text("retract actual 2001 x[m5] because \"r\"");
}
END_TEST

START_TEST(a_withdrawn_import)
{
    try_text("retract import 2 because \"r\"");
}
END_TEST

START_TEST(an_undo)
{
    try_text("undo");
}
END_TEST

/* From version 1, of which no base is made any more. */
START_TEST(a_migration)
{
    struct buffer sql = {0};
    sqlite3 *db;
    remove_base();
    read_file("tests/golden/base/data/version1.sql", &sql);
    ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
    ck_assert_int_eq(sqlite3_exec(db, sql.text, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    try_text("print \"\"");
    buffer_free(&sql);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("store_crash");
    TCase *texts = tcase_create("texts");
    tcase_add_checked_fixture(texts, set_up, tear_down);
    tcase_set_timeout(texts, 60);
    tcase_add_test(texts, a_new_base);
    tcase_add_test(texts, a_statement);
    tcase_add_test(texts, names_and_what_follows);
    tcase_add_test(texts, an_import);
    tcase_add_test(texts, a_retraction);
    tcase_add_test(texts, a_withdrawn_import);
    tcase_add_test(texts, an_undo);
    tcase_add_test(texts, a_migration);
    suite_add_tcase(suite, texts);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
