/* Whole files of rules and facts in a session in memory, as `assay check` reads
 * them: the verdicts go to every format, and messages are rendered.
 *
 * A line `#---` begins the next file.  A review without a verdict has a message
 * that is an error, and one with a verdict has none.  The same files say the
 * same a second time; with what was found as the baseline nothing is new, and
 * nothing that it names is gone.
 */
#include "report/review/review.h"
#include "eval/session.h"
#include "report/diagnostics.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FILES_MAX = 8, ROWS_MAX = 20000, CHUNK = 4096 };

static bool
append(void *context, const char *bytes, size_t len)
{
    buffer_add(context, bytes, len);
    return true;
}

static size_t
split(struct slice text, struct review_input *inputs)
{
    static const char mark[] = "\n#---\n";
    static const char *const names[FILES_MAX] = {
        "a.assay", "b.assay", "c.assay", "d.assay",
        "e.assay", "f.assay", "g.assay", "h.assay"};
    size_t count = 0;
    while (count < FILES_MAX - 1) {
        size_t at = 0;
        while (at + sizeof mark - 1 <= text.len &&
               memcmp(text.at + at, mark, sizeof mark - 1) != 0) {
            at++;
        }
        if (at + sizeof mark - 1 > text.len) {
            break;
        }
        inputs[count] = (struct review_input){.name = names[count],
                                              .text = {text.at, at + 1}};
        count++;
        at += sizeof mark - 1;
        text = (struct slice){text.at + at, text.len - at};
    }
    inputs[count] = (struct review_input){.name = names[count], .text = text};
    return count + 1;
}

static void
fail(const char *what)
{
    fprintf(stderr, "%s\n", what);
    abort();
}

/* Reviews REQUEST in a session of its own, into all formats. */
static enum review_status
judge(const struct review_request *request, size_t size, struct buffer *out,
      struct buffer *known, size_t *fresh)
{
    struct session_options options = {
        .read_only = true,
        .review = true,
        .bounds = true,
        .named_files_only = true,
        .as_of = size % 7 == 1 ? day_from_civil(2023, 6, 30) : DAY_NONE,
        .today = DAY_NONE,
    };
    struct diagnostics diagnostics;
    struct review review;
    struct report_output output = {out, append};
    diagnostics_init(&diagnostics);
    struct session *session = session_open(&options, &diagnostics);
    review_init(&review);
    enum run_status run = session_review(session, request, &review);
    bool broken = review.status == REVIEW_BROKEN;
    if (broken != (diagnostics.error_count > 0)) {
        fprintf(stderr, "status %d of run %d with %zu errors\n",
                (int)review.status, (int)run, diagnostics.error_count);
        abort();
    }
    for (int i = 0; i < REVIEW_FORMAT_COUNT; i++) {
        struct review_options told = {
            .format = (enum review_format)i,
            .color = size % 2 == 1,
            .ascii = size % 3 == 1,
            .csv_safe = size % 5 == 1,
            .width = size % 100,
            .root = "/",
            .diagnostics = &diagnostics,
            .sources = session_sources(session),
        };
        review_write(&review, &told, &output);
    }
    diagnostics_render(&diagnostics, 0, session_sources(session),
                       DIAGNOSTICS_TEXT, true, out);
    for (size_t i = 0; i < review.finding_count; i++) {
        *fresh += review.findings[i]->verdict == VERDICT_FAIL &&
                  review.findings[i]->state == FINDING_NEW;
    }
    if (request->baseline.at && !broken && review.fixed_count) {
        fail("a finding of the baseline is gone");
    }
    if (known && !broken) {
        review_write_baseline(&review, known);
    }
    enum review_status status = review.status;
    review_free(&review);
    session_close(session);
    diagnostics_free(&diagnostics);
    return status;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct review_input inputs[FILES_MAX];
    struct review_request request = {
        .inputs = inputs,
        .input_count = split((struct slice){(const char *)data, size}, inputs),
        .fail_level = (enum rule_severity)(size % 3),
        .require_subjects = size % 4 == 1,
        .keeps_passes = size % 2 == 1,
        .max_rows = ROWS_MAX,
        .max_bytes = UINT64_C(64) << 20,
    };
    struct buffer first = {0};
    struct buffer again = {0};
    struct buffer known = {0};
    size_t fresh = 0;
    enum review_status status = judge(&request, size, &first, &known, &fresh);
    judge(&request, size, &again, NULL, &fresh);
    if (first.len != again.len ||
        memcmp(first.text, again.text, first.len) != 0) {
        fail("a second time it says something else");
    }
    if (status != REVIEW_BROKEN) {
        request.baseline = buffer_slice(&known);
        fresh = 0;
        buffer_clear(&again);
        if (judge(&request, size, &again, NULL, &fresh) == REVIEW_BROKEN ||
            fresh) {
            fail("what is in the baseline is new");
        }
    }
    buffer_free(&first);
    buffer_free(&again);
    buffer_free(&known);
    return 0;
}
