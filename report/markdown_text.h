/* Texts within Markdown, so that nothing in them is read as markup. */
#ifndef REPORT_MARKDOWN_TEXT_H
#define REPORT_MARKDOWN_TEXT_H

#include "base/buffer.h"

/* Appends TEXT, which is one line and has no hidden characters. */
void markdown_add_text(struct buffer *out, struct slice text);

/* The same where TEXT begins a line: it opens no heading and no list. */
void markdown_add_start(struct buffer *out, struct slice text);

#endif
