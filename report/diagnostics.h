/* Messages as text: with the source line and the place marked in it, on one
 * line, or as JSON.
 *
 * Columns count terminal cells for people (a wide character two, a tab up to
 * the next eighth cell) and code points for programs, which also get bytes.
 * JSON is one object a line:
 *
 *   {"severity", "code", "message", "file", "line", "column", "end_line",
 *    "end_column", "display_column", "byte", "length", "label",
 *    "related": [{"file" ... "label"}], "help"}
 *
 * Lines and columns count from 1, bytes from 0; the end column is the one
 * behind the last; what a message lacks is null.
 */
#ifndef REPORT_DIAGNOSTICS_H
#define REPORT_DIAGNOSTICS_H

#include "base/buffer.h"
#include "base/diagnostic.h"

enum diagnostics_style {
    DIAGNOSTICS_TEXT,
    DIAGNOSTICS_SHORT,
    DIAGNOSTICS_JSON,
};

/* Appends the records from index FROM on, and in text and short how many
 * errors beyond the list's limit are not shown. */
void diagnostics_render(const struct diagnostics *list, size_t from,
                        const struct sources *sources,
                        enum diagnostics_style style, bool color,
                        struct buffer *out);

/* Finds a style by the name that --diagnostics takes. */
bool diagnostics_style_find(struct slice name, enum diagnostics_style *style);

#endif
