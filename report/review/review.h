/* A review in words: every format in which a person, a build or a forge reads
 * what the rules found.
 *
 * Each format is one function over eval/review.h, in a file of its own, which
 * appends to a buffer that is handed on from time to time.  What it writes is
 * the same for the same review, whatever the machine, the locale and the time.
 * Texts are escaped for where they go: control and bidirectional characters in
 * every format for people, markup in HTML, properties in annotations.
 */
#ifndef REPORT_REVIEW_REVIEW_H
#define REPORT_REVIEW_REVIEW_H

#include "base/diagnostic.h"
#include "eval/review.h"
#include "report/report.h"

enum review_format {
    REVIEW_TEXT,
    REVIEW_CSV,
    REVIEW_JSON,
    REVIEW_MARKDOWN,
    REVIEW_SARIF,
    REVIEW_JUNIT,
    REVIEW_TAP,
    REVIEW_GITHUB,
    REVIEW_GITLAB,
    REVIEW_HTML,
    REVIEW_FORMAT_COUNT
};

struct review_options {
    enum review_format format;
    bool color;    /* text */
    bool ascii;    /* text */
    bool csv_safe; /* CSV: cells that a spreadsheet would run are defused */
    bool quiet;    /* text: findings and the last line alone */
    size_t width;  /* text: cells of a line; 0 for no limit */
    /* An absolute folder that is the root of the repository: files below it are
     * named from there where a forge reads them.  NULL: as they are named. */
    const char *root;
    /* Breakdowns: with REVIEW_BROKEN, what is told in SARIF, JUnit and JSON. */
    const struct diagnostics *diagnostics;
    const struct sources *sources;
};

/* Finds a format by the name that --format takes. */
bool review_format_find(struct slice name, enum review_format *format);

/* Writes REVIEW.  Returns false when OUTPUT took not all of it. */
bool review_write(const struct review *review,
                  const struct review_options *options,
                  const struct report_output *output);

/* Writes how the tests of rules ended: REVIEW_TEXT, REVIEW_JUNIT, REVIEW_TAP or
 * REVIEW_JSON. */
bool review_write_tests(const struct review_tests *tests,
                        const struct review_options *options,
                        const struct report_output *output);

/* Documents policies and rules from their own clauses, as Markdown. */
bool review_write_rules(const struct review *review,
                        const struct report_output *output);

#endif
