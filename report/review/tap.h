/* TAP 14: numbered lines, with a YAML block below.  Private to report/review/.
 */
#ifndef REPORT_REVIEW_TAP_H
#define REPORT_REVIEW_TAP_H

#include "report/review/cases.h"

struct tap {
    struct buffer lines; /* owns */
    size_t count;
};

/* Adds a case; CONTEXT is a struct tap. */
void tap_take(void *context, const struct review_case *item);

/* Appends the document, with a line "Bail out!" when BROKEN is a text, and
 * frees TAP. */
void tap_finish(struct tap *tap, const char *broken, struct buffer *out);

#endif
