/* Pieces of the HTML page.  Private to report/review/. */
#ifndef REPORT_REVIEW_HTML_H
#define REPORT_REVIEW_HTML_H

#include "report/review/parts.h"

/* The text of the element <style>; the policy of the page names its hash. */
extern const char html_style[];
extern const char html_style_hash[];

/* Appends the finding's series as an inline drawing, and as a table that can be
 * opened; nothing when no value is known. */
void html_add_chart(struct buffer *out, const struct review_finding *finding);

#endif
