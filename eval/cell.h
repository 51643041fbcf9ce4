/* The text of one cell as a person reads it.
 *
 * All formats made for people, NAME_text in JSON, and texts with figures in
 * them use this file; it knows no format.  digits.h says which digits are
 * shown.
 */
#ifndef EVAL_CELL_H
#define EVAL_CELL_H

#include "base/buffer.h"
#include "eval/result.h"

enum {
    CELL_SCALE_OWN = -1,    /* each number takes the letter that suits it */
    CELL_DECIMALS_OWN = -1, /* each number shows the digits that it has */
};

struct cell_style {
    int scale;           /* power of ten: 0, 3, 6, 9, 12 or CELL_SCALE_OWN */
    int decimals;        /* digits behind the point, or CELL_DECIMALS_OWN */
    int floor;           /* for digits_place */
    bool with_unit;      /* the scale's letter and the unit follow */
    bool grouped;        /* a comma between thousands */
    bool ascii;          /* other characters are written \u{...} */
    const char *assumed; /* follows an assumed number; NULL for no mark */
};

/* The style of a cell on its own: with letter and unit, assumed numbers
 * marked " (assumed)". */
struct cell_style cell_style_alone(const struct result_column *column);

/* SCALE, or the largest one where a number of SIZE would leave plain notation at
 * it: in a column it would stand beside others that do not. */
int cell_plain_scale(const struct result_column *column, double size,
                     int scale);

/* Appends the text of VALUE.  Returns how many bytes of it stand before the
 * decimal point (or where it would be), which columns align. */
size_t cell_add(struct buffer *out, const struct result_column *column,
                const struct result_value *value,
                const struct cell_style *style);

/* Appends TEXT with hidden characters escaped; if ASCII, all others too. */
void cell_add_text(struct buffer *out, struct slice text, bool ascii);

/* Appends a column's heading with the scale and unit that STYLE leaves out of
 * its cells: "exports, B USD".  An empty heading stays empty. */
void cell_add_heading(struct buffer *out, const struct result_column *column,
                      const struct cell_style *style);

#endif
