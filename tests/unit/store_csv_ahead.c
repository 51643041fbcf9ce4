/* A file that is read ahead gives the records that it gives otherwise. */
#include "store/csv.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { RECORDS = 60000 };

static unsigned seed;

static unsigned
draw(unsigned below)
{
    seed = seed * 1103515245U + 12345U;
    return (seed >> 16) % below;
}

static void
add_cell(struct buffer *text)
{
    static const char *const cells[] = {
        "exports",           "2023",           "12.3", "", "\"a,b\"", "ü",
        "\"say \"\"a\"\"\"", "\"two\nlines\"", "\"\"",
    };
    static const char *const mistakes[] = {"\"a\"b", "\xFF", "\"x\"\"y\"z"};
    buffer_add_text(text, draw(500) ? cells[draw(9)] : mistakes[draw(3)]);
}

static void
add_record(struct buffer *text)
{
    buffer_add_int(text, (int64_t)draw(100000000));
    for (unsigned left = draw(8); left; left--) {
        buffer_add_char(text, ',');
        add_cell(text);
    }
    buffer_add_text(text, draw(20) ? "\n" : draw(2) ? "\r\n" : "\n\n");
}

/* A file with RECORDS records and what TAIL adds; its name in PATH. */
static void
write_file(char *path, const char *tail)
{
    struct buffer text = {0};
    seed = 7;
    buffer_add_text(&text, "id,a,b\n");
    for (int i = 0; i < RECORDS; i++) {
        add_record(&text);
    }
    buffer_add_text(&text, tail);
    int file = mkstemp(path);
    ck_assert_int_ge(file, 0);
    ck_assert_int_eq(write(file, text.text, text.len), (ssize_t)text.len);
    close(file);
    buffer_free(&text);
}

static void
compare_slices(struct slice a, struct slice b)
{
    ck_assert_uint_eq(a.len, b.len);
    ck_assert(a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

static void
compare_records(const struct csv *a, const struct csv *b)
{
    ck_assert_uint_eq(a->count, b->count);
    ck_assert_uint_eq(a->line, b->line);
    ck_assert_ptr_eq(a->mistake, b->mistake);
    ck_assert_ptr_eq(a->help, b->help);
    ck_assert(!a->mistake || (a->mistake_at == b->mistake_at &&
                              a->mistake_end == b->mistake_end));
    ck_assert_int_eq(a->ends_in_crlf, b->ends_in_crlf);
    compare_slices(a->raw, b->raw);
    for (size_t i = 0; i < a->count; i++) {
        compare_slices(a->cells[i], b->cells[i]);
        ck_assert_uint_eq(a->places[i], b->places[i]);
        ck_assert_uint_eq(a->ends[i], b->ends[i]);
    }
}

static void
compare_hashes(const struct csv *a, const struct csv *b)
{
    struct buffer hashes[2] = {{0}, {0}};
    csv_hash(a, &hashes[0]);
    csv_hash(b, &hashes[1]);
    ck_assert_str_eq(hashes[0].text, hashes[1].text);
    buffer_free(&hashes[0]);
    buffer_free(&hashes[1]);
}

static void
read_both(const char *tail)
{
    char path[] = "/tmp/assay-csv-XXXXXX";
    struct csv ahead;
    struct csv plain;
    enum csv_status status;
    size_t records = 0;
    write_file(path, tail);
    ck_assert(csv_open(&ahead, path) && csv_open(&plain, path));
    ck_assert(csv_next(&ahead) == CSV_RECORD);
    ck_assert(csv_next(&plain) == CSV_RECORD);
    csv_read_ahead(&ahead);
    if (sysconf(_SC_NPROCESSORS_ONLN) > 1) {
        ck_assert(ahead.ahead != NULL);
    }
    do {
        status = csv_next(&plain);
        ck_assert_int_eq(csv_next(&ahead), status);
        if (status == CSV_RECORD || status == CSV_BAD) {
            compare_records(&ahead, &plain);
            records++;
        }
    } while (status == CSV_RECORD || status == CSV_BAD);
    ck_assert_int_eq(status, CSV_END);
    ck_assert_int_eq(csv_next(&ahead), CSV_END); /* and so it stays */
    ck_assert_uint_gt(records, RECORDS / 2);
    compare_hashes(&ahead, &plain);
    csv_close(&ahead);
    csv_close(&plain);
    unlink(path);
}

START_TEST(records_are_the_same)
{
    read_both("");
    read_both("1,\"open");
    read_both("last");
}
END_TEST

START_TEST(one_may_stop_at_any_record)
{
    char path[] = "/tmp/assay-csv-XXXXXX";
    write_file(path, "");
    for (int left = 0; left < 30000; left += 7000) {
        struct csv csv;
        ck_assert(csv_open(&csv, path));
        csv_read_ahead(&csv);
        for (int i = 0; i < left; i++) {
            csv_next(&csv);
        }
        csv_close(&csv);
    }
    unlink(path);
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("store_csv_ahead");
    TCase *all = tcase_create("all");
    tcase_set_timeout(all, 60);
    tcase_add_test(all, records_are_the_same);
    tcase_add_test(all, one_may_stop_at_any_record);
    suite_add_tcase(suite, all);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
