/* Whatever stands in a fact base, to verify it comes to an end, changes nothing
 * and says what is wrong in lines without SQL; what nobody edited is sound.
 */
#include "eval/verify.h"

#include "tests/unit/hostile_edit.h"

static size_t told;

static void
take_fault(void *context, const char *text)
{
    (void)context;
    told++;
    ck_assert_ptr_null(strchr(text, '\n'));
    ck_assert_ptr_null(strstr(text, "SELECT"));
    ck_assert_uint_gt(strlen(text), 0);
}

/* Verifies the base; returns the number of its faults, or -1 when it could not
 * be read. */
static int64_t
verify(void)
{
    struct buffer before = {0};
    struct buffer after = {0};
    struct diagnostics diagnostics;
    struct verification found = {.fault = take_fault};
    diagnostics_init(&diagnostics);
    read_base(&before);
    told = 0;
    bool done = verify_base(path, &diagnostics, &found);
    read_base(&after);
    ck_assert_msg(slice_equal(buffer_slice(&before), buffer_slice(&after)),
                  "the base was changed after: %s", edited);
    ck_assert_msg(done == (diagnostics.error_count == 0), "after: %s", edited);
    ck_assert_uint_eq(told, found.faults < VERIFY_FAULTS_TOLD
                                ? found.faults
                                : VERIFY_FAULTS_TOLD);
    diagnostics_free(&diagnostics);
    buffer_free(&before);
    buffer_free(&after);
    return done ? (int64_t)found.faults : -1;
}

START_TEST(what_nobody_edited_is_sound)
{
    ck_assert_int_eq(verify(), 0);
}
END_TEST

/* Texts and numbers that stand for themselves: nothing tells what they were. */
static const char *const free_columns[] = {
    "SET \"name\"",
    "SET \"title\"",
    "SET \"symbol\"",
    "SET \"measure\"",
    "SET \"text\"",
    "SET \"url\"",
    "SET \"note\"",
    "SET \"input\"",
    "SET \"hash\"",
    "SET \"mapping\"",
    "SET \"reason\"",
    "SET \"written\"",
    "SET \"context\"",
    "SET \"chain\"",
    "SET \"condition\"",
    "SET \"low\"",
    "SET \"high\"",
    "SET \"row\"",
    "SET \"unit_open\"",
    "SET \"relation\"",
    "metric\" SET \"scale\"",
    "source\" SET \"day\"",
    "definition\" SET \"id\"",
    "counter\" SET \"record\"",
    /* Tables that nothing refers to. */
    "DELETE FROM \"member_part\"",
    "DELETE FROM \"definition\"",
};

static bool
is_free(void)
{
    bool found = false;
    for (size_t i = 0; i < sizeof free_columns / sizeof *free_columns; i++) {
        found = found || strstr(edited, free_columns[i]);
    }
    return found;
}

static void
verify_edited(void)
{
    int64_t faults = verify();
    ck_assert_msg(faults != 0 || is_free(), "sound after: %s", edited);
}

static void
verify_value(size_t number)
{
    (void)number;
    verify_edited();
}

START_TEST(any_column_may_hold_anything)
{
    each_value(verify_value);
}
END_TEST

static void
verify_dropped(void)
{
    ck_assert_msg(verify() > 0, "sound after: %s", edited);
}

START_TEST(any_table_may_be_empty_or_missing)
{
    each_table(verify_edited, verify_dropped);
}
END_TEST

static void
verify_decayed(int round)
{
    (void)round;
    verify();
}

START_TEST(any_byte_may_be_another)
{
    each_decay(verify_decayed);
}
END_TEST

/* Puts BYTES in place of the one cross-section that there is. */
static void
write_section(const struct buffer *bytes)
{
    sqlite3 *db = open_base();
    sqlite3_stmt *row;
    sqlite3_prepare_v2(db, "UPDATE cross_section SET cells = ?1", -1, &row,
                       NULL);
    sqlite3_bind_blob(row, 1, bytes->text, (int)bytes->len, SQLITE_STATIC);
    ck_assert_int_eq(sqlite3_step(row), SQLITE_DONE);
    ck_assert_int_eq(sqlite3_changes(db), 1);
    sqlite3_finalize(row);
    sqlite3_close(db);
}

static void
read_section(struct buffer *bytes)
{
    sqlite3 *db = open_base();
    sqlite3_stmt *row;
    sqlite3_prepare_v2(db, "SELECT cells FROM cross_section", -1, &row, NULL);
    ck_assert_int_eq(sqlite3_step(row), SQLITE_ROW);
    buffer_clear(bytes);
    buffer_add(bytes, sqlite3_column_blob(row, 0),
               (size_t)sqlite3_column_bytes(row, 0));
    sqlite3_finalize(row);
    sqlite3_close(db);
}

static void
state_panel(void)
{
    struct buffer text = {0};
    buffer_add_text(&text, "dimension c; metric x yearly by c\n");
    for (int i = 0; i < 300; i++) {
        buffer_format(&text, "member m%d of c; actual 2001 x[m%d] = %d.%d%s\n",
                      i, i, i * 7919 % 1000, i % 10,
                      i % 9 ? "" : " note \"n\"");
    }
    unlink(path);
    ck_assert_int_eq(run(text.text), RUN_DONE);
    buffer_free(&text);
}

/* Whatever is packed in a cross-section: a question ends, and to verify finds
 * that it is not what the facts say. */
START_TEST(a_cross_section_may_hold_anything)
{
    static const char question[] = "show x by c; show sum(x over c)";
    struct buffer bytes = {0};
    uint32_t random = 1;
    edited = "a byte of a cross-section";
    state_panel();
    read_section(&bytes);
    ck_assert_int_eq(verify(), 0);
    for (int round = 0; round < 150; round++) {
        random = random * 1664525 + 1013904223;
        char *at = &bytes.text[(random >> 8) % bytes.len];
        char was = *at;
        *at = (char)(was ^ (int)(1 + random % 255));
        write_section(&bytes);
        ck_assert_int_gt(verify(), 0);
        ck_assert_int_le(run(question), RUN_SYSTEM);
        *at = was;
    }
    bytes.len /= 2;
    write_section(&bytes);
    ck_assert_int_gt(verify(), 0);
    buffer_free(&bytes);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("hostile_verify");
    TCase *bases = tcase_create("bases");
    tcase_add_checked_fixture(bases, set_up, tear_down);
    tcase_set_timeout(bases, 60);
    tcase_add_test(bases, what_nobody_edited_is_sound);
    tcase_add_test(bases, any_column_may_hold_anything);
    tcase_add_test(bases, any_table_may_be_empty_or_missing);
    tcase_add_test(bases, any_byte_may_be_another);
    tcase_add_test(bases, a_cross_section_may_hold_anything);
    suite_add_tcase(suite, bases);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
