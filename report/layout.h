/* Where the columns of a table stand.
 *
 * Widths are counted in terminal cells.  Numbers are right-aligned at their
 * decimal points; texts are left-aligned and give way when the table is too
 * wide, those that are no keys first; numbers never do.  A heading may run on
 * over the columns behind it whose heading is empty.
 */
#ifndef REPORT_LAYOUT_H
#define REPORT_LAYOUT_H

#include "report/page.h"

struct layout_cell {
    struct slice text; /* escaped; in the page's row arena */
    size_t width;
    size_t head; /* cells before the decimal point */
};

struct layout_column {
    struct slice heading; /* escaped; in the page's head arena */
    size_t heading_width;
    size_t head; /* numbers: cells before the decimal point, and behind it */
    size_t tail;
    size_t width; /* without the gap behind it */
    size_t gap;
    bool is_number;
};

struct layout {
    struct layout_column *columns; /* in the page's head arena */
    size_t count;
    struct slice title; /* empty for none */
    size_t title_width;
};

/* Measures CELLS, the rows of PAGE's first block, and places the columns. */
void layout_make(struct layout *layout, struct page *page,
                 const struct layout_cell *cells);

/* Appends title and headings; nothing if there are none. */
void layout_add_headings(const struct layout *layout, const struct page *page,
                         struct buffer *out);

/* Appends a cell as column AT wants it: texts cut to their width (if the
 * table has one), numbers with blanks behind them up to the gap. */
void layout_add_cell(const struct layout *layout, const struct page *page,
                     size_t at, const struct layout_cell *cell,
                     struct buffer *out);

/* Appends TEXT, cut to WIDTH cells with a mark where it was longer. */
void layout_add_cut(struct buffer *out, struct slice text, size_t width,
                    bool ascii);

/* The cell at which the second column begins. */
size_t layout_indent(const struct layout *layout);

#endif
