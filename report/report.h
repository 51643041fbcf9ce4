/* Answers as text: tables for people, CSV and JSON for programs.
 *
 * A report takes results through the sink of eval/result.h and hands bytes to
 * a callback; it never touches a stream, and one report serves one run, which
 * may hold many results.  What a cell says is decided in cell.h, alike for
 * every format made for people.
 *
 * Formats for programs speak of columns by their machine names (a name that
 * comes twice gets `_2`).  A number stands in the unit of its column, without
 * a scale: 685000000000 for 685B USD, 4.7 for 4.7%, with the fewest digits
 * that read back.
 *
 * A result that is to be drawn (eval/result.h) is a drawing in formats for
 * people, and its rows in those for programs; one that has a file of its own
 * goes there, whatever the format.
 *
 * csv, tsv  A line of names, then rows; quoted as in RFC 4180, lines end in
 *           LF.  A column whose cells show their unit is followed by
 *           NAME_unit, and one whose numbers may be assumed (`x ? 0`) by
 *           NAME_basis, as in JSON.  Unknown is an empty cell (`""` in a row of
 * one).  A
 *           bound without a point is written as in the language: `>=5`,
 *           `640..660`.  An empty line parts results.  A text is a result
 *           with the one column `text`.
 * json      One document: {"schema": "assay-result/1", "as_of": DATE or null,
 *           "results": [...]}.  A result has title, columns (name, heading,
 *           type, key, unit), rows, undecided, cut and note; a text has only
 *           "text".
 * jsonl     One row a line, beginning with "result": 1 for the rows of the
 *           first result.  A result without rows is one line with "rows": 0;
 *           footers are not written.
 *
 * A row of json and jsonl is a flat object with every column in its order.
 * Periods and dates are strings, unknown is null.  A number NAME brings along
 * NAME_unit (if its column has a unit), NAME_text (as people see it), and, if
 * there is something to say, NAME_basis, NAME_low and NAME_high (of bounds
 * that are not the point itself), and for any column NAME_reason (why it is
 * unknown).  "note" is the remark on the row.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "eval/result.h"

enum report_format {
    REPORT_TABLE,
    REPORT_CSV,
    REPORT_TSV,
    REPORT_JSON,
    REPORT_JSONL,
    REPORT_MARKDOWN,
};

struct report_options {
    enum report_format format;
    size_t width;     /* cells a table may fill; 0 for no limit */
    size_t max_rows;  /* rows a table or Markdown shows; 0 for all */
    bool ascii;       /* write other characters as escapes */
    bool color;       /* tables: bold headings, faint remarks */
    day_number as_of; /* DAY_NONE when it is not known yet */
};

/* Where the bytes go.  WRITE returns false when it can take no more; it is
 * not called again after that. */
struct report_output {
    void *context;
    bool (*write)(void *context, const char *bytes, size_t len);
};

struct report;

/* Copies both structs. */
struct report *report_open(const struct report_options *options,
                           const struct report_output *output);

/* The sink that the evaluator fills; it lives as long as REPORT.  Rows reach
 * the output at the latest when their result ends. */
const struct result_sink *report_sink(struct report *report);

/* Says the date when it was not known at the start; before the first result,
 * since a JSON document begins with it. */
void report_set_as_of(struct report *report, day_number as_of);

/* Completes the document and frees REPORT.  Returns false when the output
 * took not all of it. */
bool report_close(struct report *report);

/* Finds a format by the name that --format takes. */
bool report_format_find(struct slice name, enum report_format *format);

#endif
