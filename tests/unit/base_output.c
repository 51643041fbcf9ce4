/* A file that is replaced lasts through a crash: its bytes are on the disk
 * before it has the name, and the name is there before anybody is told.  The
 * calls of the system that matter are this program's own, which note that they
 * were made.
 */
#include "base/output.h"

#include <check.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char calls[200];
static int failing; /* errno that the next fsync of a file gives */

static void
note(const char *call)
{
    ck_assert_uint_lt(strlen(calls) + strlen(call) + 2, sizeof calls);
    strcat(calls, *calls ? " " : "");
    strcat(calls, call);
}

int
fsync(int fd)
{
    struct stat info;
    ck_assert_int_eq(fstat(fd, &info), 0);
    bool folder = S_ISDIR(info.st_mode);
    note(folder ? "folder" : "file");
    if (failing && !folder) {
        errno = failing;
        return -1;
    }
    return fdatasync(fd);
}

int
rename(const char *from, const char *to)
{
    note("rename");
    return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

static char folder[] = "/tmp/assay-output-XXXXXX";
static char path[100];

static void
make_folder(void)
{
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/file", folder);
    *calls = '\0';
}

static void
remove_folder(void)
{
    unlink(path);
    ck_assert_int_eq(rmdir(folder), 0); /* nothing else is left in it */
}

static void
check_holds(const char *text)
{
    char bytes[100] = {0};
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    size_t count = fread(bytes, 1, sizeof bytes - 1, file);
    ck_assert_uint_eq(count, strlen(text));
    ck_assert_str_eq(bytes, text);
    fclose(file);
}

static void
write_old(void)
{
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs("old", file);
    fclose(file);
}

START_TEST(bytes_then_name_then_folder)
{
    struct output output;
    if (_i) {
        write_old();
    }
    ck_assert_int_eq(output_open(&output, path), 0);
    ck_assert(output_write(&output, "new text", 8));
    ck_assert_str_eq(calls, "");
    ck_assert_int_eq(output_finish(&output), 0);
    ck_assert_str_eq(calls, "file");
    if (_i) {
        check_holds("old");
    }
    ck_assert_int_eq(output_keep(&output), 0);
    ck_assert_str_eq(calls, "file rename folder");
    check_holds("new text");
}
END_TEST

START_TEST(what_does_not_last_replaces_nothing)
{
    struct output output;
    write_old();
    ck_assert_int_eq(output_open(&output, path), 0);
    ck_assert(output_write(&output, "new text", 8));
    failing = EIO;
    ck_assert_int_eq(output_finish(&output), EIO);
    ck_assert_str_eq(calls, "file");
    check_holds("old");
}
END_TEST

int
main(void)
{
    Suite *suite = suite_create("base_output");
    TCase *tests = tcase_create("output");
    tcase_add_checked_fixture(tests, make_folder, remove_folder);
    tcase_add_loop_test(tests, bytes_then_name_then_folder, 0, 2);
    tcase_add_test(tests, what_does_not_last_replaces_nothing);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
