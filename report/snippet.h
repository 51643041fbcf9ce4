/* A source line with places marked beneath it.
 *
 *      |
 *    3 | target 2023 exprots = 685B
 *      |             ^^^^^^^ did you mean `exports`?
 *
 * Tabs are expanded, hidden characters escaped, long lines cut around the
 * first mark; the marks stand below their text all the same.
 */
#ifndef REPORT_SNIPPET_H
#define REPORT_SNIPPET_H

#include "base/buffer.h"
#include "base/source.h"

struct snippet_mark {
    struct location location;
    const char *label; /* may be NULL */
    bool is_primary;   /* marked ^^^, else --- */
    bool is_done;      /* drawn already */
};

/* The colours of one message; all "" for none. */
struct snippet_paint {
    const char *primary;
    const char *related;
    const char *gutter;
    const char *bold;
    const char *reset;
};

/* Appends the line of MARKS[0], and beneath it those of the COUNT marks that
 * are on that line (and on its shown part), which become done.  GUTTER is the
 * width of the largest line number. */
void snippet_add(struct buffer *out, struct snippet_mark *marks, size_t count,
                 size_t gutter, const struct snippet_paint *paint);

/* Appends "   |" and a newline. */
void snippet_add_bar(struct buffer *out, size_t gutter,
                     const struct snippet_paint *paint);

/* The display column of a location, base 1. */
size_t snippet_column(const struct location *location);

#endif
