/* JUnit's XML: suites of cases, counted as they are added.  Private to
 * report/review/. */
#ifndef REPORT_REVIEW_JUNIT_H
#define REPORT_REVIEW_JUNIT_H

#include "report/review/cases.h"

struct junit_counts {
    size_t tests;
    size_t failures;
    size_t errors;
    size_t skipped;
};

struct junit {
    struct buffer suites;  /* those that are whole */
    struct buffer cases;   /* of the suite at hand */
    const char *classname; /* of it */
    struct junit_counts all;
    struct junit_counts here;
};

/* Adds a case; CONTEXT is a struct junit. */
void junit_take(void *context, const struct review_case *item);

/* Ends the suite at hand, whose name is its classname; nothing if it has no
 * case. */
void junit_end_suite(struct junit *junit);

/* Appends the document, and frees JUNIT. */
void junit_finish(struct junit *junit, struct buffer *out);

#endif
