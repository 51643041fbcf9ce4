/* A source in canonical form.
 *
 * Statements come from the printer; what the printer cannot know stands only in
 * the source and is kept here: comments, and one blank line where there were
 * some.  A comment on a line of its own goes before the statement, or before
 * the clause or list element that it precedes; one behind something stays
 * behind its line.  Where it cannot stand (inside an expression) it moves to
 * the nearest such place that keeps all comments in order.  Formatting what
 * was formatted changes nothing.
 */
#ifndef PARSER_FORMAT_H
#define PARSER_FORMAT_H

#include "base/buffer.h"
#include "parser/tree.h"

/* Appends SOURCE in canonical form.  Returns false when it has mistakes, which
 * are reported; OUT is then as it was. */
bool format_source(struct atoms *atoms, struct sources *sources,
                   const struct source *source, struct diagnostics *diagnostics,
                   struct buffer *out);

/* Appends the tree of each statement of SOURCE on a line of its own. */
bool format_tree(struct atoms *atoms, struct sources *sources,
                 const struct source *source, struct diagnostics *diagnostics,
                 struct buffer *out);

#endif
