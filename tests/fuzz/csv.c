/* Hostile bytes as a data file: read record by record, imported in memory by
 * several mappings, and guessed at.
 *
 * Cells lie within their record, in order, and every file ends; an import that
 * went wrong has a message, and one that is done has none that is an error;
 * what was guessed is a text that parses.
 */
#include "store/csv.h"
#include "eval/session.h"
#include "report/diagnostics.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char path[] = "/tmp/assay-fuzz-XXXXXX";
static int file = -1;

static void
fail(const char *what)
{
    fprintf(stderr, "%s\n", what);
    abort();
}

static void
remove_file(void)
{
    unlink(path);
}

/* A library reads files by name: one file serves all inputs. */
static void
write_file(const uint8_t *data, size_t size)
{
    if (file < 0) {
        file = mkstemp(path);
        atexit(remove_file);
    }
    bool done = file >= 0 && ftruncate(file, 0) == 0 &&
                pwrite(file, data, size, 0) == (ssize_t)size;
    if (!done) {
        fail("the file cannot be written");
    }
}

/* Reads every byte, so that a sanitizer sees those that are not there. */
static unsigned
sum_of(struct slice text)
{
    unsigned sum = 0;
    for (size_t i = 0; i < text.len; i++) {
        sum = sum * 31 + (unsigned char)text.at[i];
    }
    return sum;
}

static void
check_record(const struct csv *csv)
{
    uint32_t before = 0;
    static volatile unsigned sum;
    sum = sum_of(csv->raw);
    for (size_t i = 0; i < csv->count; i++) {
        sum = sum + sum_of(csv->cells[i]);
        if (csv->places[i] < before || csv->ends[i] < csv->places[i] ||
            csv->ends[i] > csv->raw.len) {
            fail("a cell lies outside of its record");
        }
        before = csv->ends[i];
    }
    if (csv->mistake && csv->mistake_end < csv->mistake_at) {
        fail("a mistake ends before it begins");
    }
}

static void
read_records(void)
{
    struct csv csv;
    enum csv_status status;
    uint32_t line = 0;
    if (csv_open(&csv, path)) {
        while ((status = csv_next(&csv)) == CSV_RECORD || status == CSV_BAD) {
            if ((status == CSV_BAD) != (csv.mistake != NULL)) {
                fail("a bad record without a mistake");
            }
            if (csv.line < line || (status == CSV_RECORD && !csv.count)) {
                fail("a record without a line, or without cells");
            }
            line = csv.line;
            check_record(&csv);
        }
    }
    csv_close(&csv);
}

/* Answers are not of interest here: script.c looks at them. */
static void
begin(void *context, const struct result_head *head)
{
    (void)context;
    (void)head;
}

static bool
row(void *context, const struct result_value *values, const char *note)
{
    (void)context;
    (void)values;
    (void)note;
    return true;
}

static void
end(void *context, const struct result_foot *foot)
{
    (void)context;
    (void)foot;
}

static void
text(void *context, struct slice said)
{
    (void)context;
    (void)said;
}

/* Runs a text; GUESSED: it must parse. */
static void
run(struct session *session, struct diagnostics *diagnostics,
    struct slice script, bool guessed)
{
    static const struct result_sink sink = {NULL, begin, row, end, text};
    struct buffer said = {0};
    enum run_status status = session_run(session, "script", script, &sink);
    if ((status >= RUN_WRONG) != (diagnostics->error_count > 0)) {
        fail("the status does not go with the messages");
    }
    for (size_t i = 0; guessed && i < diagnostics->count; i++) {
        if (diagnostics->items[i]->code <= DIAGNOSTIC_NUMBER_RANGE) {
            fail("what was guessed does not parse");
        }
    }
    diagnostics_render(diagnostics, 0, session_sources(session),
                       DIAGNOSTICS_TEXT, false, &said);
    buffer_free(&said);
    diagnostics_clear(diagnostics);
}

static const char *const imports[] = {
    "as x (period = year, value = value, note = note)",
    ("(period = year, value = value, metric = new metric, kind = kind "
     "{A: actual, \"\": estimate, 7: target}, c = new c, on = on, "
     "unit = unit)"),
    "as x wide",
    "wide (metric = new metric, c = new c, source = new source)",
    "as members of c (name = name, title = title)",
    "",
};

static void
import_file(struct slice how)
{
    struct session_options options = {
        .as_of = DAY_NONE, .reject = how.len % 2 ? "/dev/null" : NULL};
    struct diagnostics diagnostics;
    struct buffer script = {0};
    diagnostics_init(&diagnostics);
    struct session *session = session_open(&options, &diagnostics);
    buffer_format(&script,
                  "dimension c; member KR of c; metric x flow yearly in USD "
                  "by c; actor a; source s\n"
                  "import \"%s\" %.*s\n",
                  path, (int)how.len, how.at);
    run(session, &diagnostics, buffer_slice(&script), false);
    run(session, &diagnostics,
        SLICE("show x by c; history x; list imports; undo"), false);
    buffer_free(&script);
    session_close(session);
    diagnostics_free(&diagnostics);
}

static void
guess_file(void)
{
    struct session_options options = {.as_of = DAY_NONE};
    struct diagnostics diagnostics;
    struct buffer script = {0};
    char *const paths[] = {path};
    diagnostics_init(&diagnostics);
    struct session *session = session_open(&options, &diagnostics);
    bool done = session_guess(session, paths, 1, &script);
    if (done != (diagnostics.error_count == 0)) {
        fail("a guess does not go with the messages");
    }
    diagnostics_clear(&diagnostics);
    if (done) {
        run(session, &diagnostics, buffer_slice(&script), true);
    }
    buffer_free(&script);
    session_close(session);
    diagnostics_free(&diagnostics);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    write_file(data, size);
    read_records();
    import_file(slice_of(imports[size % (sizeof imports / sizeof *imports)]));
    guess_file();
    return 0;
}
