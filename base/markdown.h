/* The fenced blocks of a Markdown document, as CommonMark tells them.
 *
 * Blocks in lists are found, whose lines are indented as the list is, and those
 * in quotations (`> `) are not; what is commented out (`<!-- -->`) or indented
 * like code is no block.  Nothing else of the document is understood.
 */
#ifndef BASE_MARKDOWN_H
#define BASE_MARKDOWN_H

#include "base/buffer.h"

#include <stdint.h>

enum { MARKDOWN_DEPTH_MAX = 32 };

/* Offsets are bytes of the document.  The content is whole lines, without those
 * of the fences. */
struct markdown_block {
    struct slice info; /* what stands behind the fence: "assay continue" */
    uint32_t line;     /* of the opening fence, base 1 */
    size_t content;
    size_t content_end;
    size_t open;  /* where the characters of the opening fence begin */
    size_t close; /* ... and of the closing one; CONTENT_END when it has none */
    size_t fence; /* how many characters open it */
    size_t closing; /* ... and close it; 0: the document or the list ends it */
    char mark;
    size_t margin; /* cells of indentation that are no part of its lines */
    bool carriage; /* its lines end with CR LF */
};

struct markdown {
    struct slice text; /* borrowed */
    size_t at;         /* of the next line */
    uint32_t line;
    /* Cells at which the content of the lists that are open begins. */
    size_t lists[MARKDOWN_DEPTH_MAX];
    size_t list_count;
    bool in_comment;
};

void markdown_start(struct markdown *markdown, struct slice text);

/* The next fenced block; false when there is none. */
bool markdown_next(struct markdown *markdown, struct markdown_block *block);

/* The first word of what stands behind a fence. */
struct slice markdown_language(const struct markdown_block *block);

/* Appends the lines of BLOCK without its margin and without CR.  MARGINS, if it
 * is not NULL, becomes a table, to be freed, of the characters that were left
 * out in front of each line. */
void markdown_content(struct slice text, const struct markdown_block *block,
                      struct buffer *out, uint8_t **margins);

/* Appends the document with the lines of BLOCK replaced by CONTENT, which ends
 * with a newline unless it is empty; FROM is the place up to which the document
 * was appended before, and moves behind the block.  Its fences become longer
 * where a line of CONTENT could be taken for one. */
void markdown_replace(struct slice text, const struct markdown_block *block,
                      struct slice content, size_t *from, struct buffer *out);

#endif
