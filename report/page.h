/* Rows for people, block by block: what tables and Markdown share.
 *
 * Scales and widths are chosen from the first rows of a result, so rows are
 * kept until PAGE_BLOCK of them have come or the result ends; later blocks
 * are drawn as the first one was.  A format draws a block when page_add says
 * so and once more at the end.
 */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "eval/cell.h"
#include "report/head.h"
#include "report/output.h"

enum { PAGE_BLOCK = 1000 };

/* What was written last; it decides on empty lines between results. */
enum page_piece { PAGE_NOTHING, PAGE_LINE, PAGE_TABLE };

/* How the numbers of one unit are shown in a column. */
struct unit_style {
    struct unit_style *next;
    const char *unit; /* NULL: the column's */
    struct cell_style style;
};

struct page {
    const struct report_options *options; /* borrows */
    struct output *output;                /* borrows */
    bool ascii;
    enum page_piece last;
    struct arena head_arena; /* owns HEAD and STYLES; for one result */
    struct arena row_arena;  /* owns the rows; for one block */
    struct result_head head;
    struct cell_style *styles;   /* by column; chosen by page_choose_styles */
    struct unit_style **units;   /* by column; of those with units by row */
    struct result_value *values; /* COUNT rows of head.count values */
    size_t value_capacity;
    const char *notes[PAGE_BLOCK]; /* by row; NULL for none */
    size_t count;                  /* rows in this block */
    size_t kept;                   /* rows of this result, so far */
    bool is_open;                  /* between begin and end */
    bool is_drawn;                 /* the first block is out */
    bool has_assumed;              /* a mark needs its explanation */
};

void page_init(struct page *page, const struct report_options *options,
               struct output *output);
void page_free(struct page *page);

void page_begin(struct page *page, const struct result_head *head);

/* Keeps a row, unless max_rows are there.  True when the block is full. */
bool page_add(struct page *page, const struct result_value *values,
              const char *note);

/* Is the result one number or text that needs no table around it? */
bool page_is_alone(const struct page *page);

/* Appends the text of that one value, and why it is unknown, as a line, and
 * the remark on it. */
void page_add_alone(struct page *page, struct buffer *out);

/* Chooses scale and digits of every column from the rows of this block.  In a
 * column whose rows have units of their own, each unit is chosen for when it
 * is met first, which may be in a later block. */
void page_choose_styles(struct page *page);

/* The style of a cell of this block: that of its column, or of its unit
 * there. */
struct cell_style page_cell_style(const struct page *page, size_t row,
                                  size_t column);

/* Forgets the rows of a block that is drawn. */
void page_next_block(struct page *page);

/* Appends what is to be said below the rows, a line each. */
void page_add_remarks(const struct page *page, const struct result_foot *foot,
                      struct buffer *out);

void page_end(struct page *page);

/* Appends an empty line if PIECE wants one after what was written last. */
void page_separate(struct page *page, enum page_piece piece);

/* Takes the blanks back that stand last. */
void page_trim(struct buffer *out);

/* Appends TEXT, escaped, each of its lines behind INDENT blanks. */
void page_add_lines(const struct page *page, struct buffer *out,
                    struct slice text, size_t indent);

#endif
