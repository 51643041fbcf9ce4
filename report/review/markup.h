/* Texts within XML and HTML.  Private to report/review/. */
#ifndef REPORT_REVIEW_MARKUP_H
#define REPORT_REVIEW_MARKUP_H

#include "base/buffer.h"

/* Appends TEXT with markup and hidden characters escaped; line breaks are
 * kept. */
void markup_add(struct buffer *out, const char *text);
void markup_add_slice(struct buffer *out, struct slice text);

/* Appends ` NAME="TEXT"`; nothing when TEXT is NULL. */
void markup_add_attribute(struct buffer *out, const char *name,
                          const char *text);
void markup_add_number(struct buffer *out, const char *name, size_t number);

#endif
