/* A result as a drawing: what a statement `plot` is answered with.
 *
 * Rows are gathered into series first: one for each combination of key columns
 * beside the periods, and for each column of numbers.  Periods (or dates) stand
 * on the x axis at their rank, so that what is not known leaves a gap.  Where
 * all rows are of one period, or have none, there is a bar for each instead.
 * What has different units stands in panels of their own, one below the other:
 * two units on one axis can be made to say anything.
 *
 * The text is drawn here, with nothing from outside, so that it is the same
 * bytes everywhere; gnuplot draws the files SVG and PNG.  Private to report/.
 */
#ifndef REPORT_CHART_CHART_H
#define REPORT_CHART_CHART_H

#include "base/index.h"
#include "report/page.h"

enum {
    CHART_SERIES_MAX = 8,  /* as many as can be told apart */
    CHART_BARS_MAX = 40,   /* rows that become bars */
    CHART_FILE_WIDTH = 80, /* cells of a chart in a file of text */
};

/* What is known at one place of the x axis, in the unit of the column. */
struct chart_point {
    int32_t at; /* ordinal of the period, or day */
    enum value_relation relation;
    double low; /* the point itself, or its bounds */
    double high;
};

struct chart_series {
    const char *name; /* as it was written; not escaped */
    size_t column;
    size_t panel;
    struct chart_point *points; /* owns; in order of AT once all are there */
    size_t count;
    size_t capacity;
};

/* The series that share a unit, and their axis. */
struct chart_panel {
    const struct result_column *column; /* the first of them */
    size_t columns;                     /* how many columns share it */
    int scale;                          /* as in cell_style */
};

struct chart {
    struct page page; /* owns the head, and the rows that may become bars */
    struct report_options options; /* of PAGE, for the bars */
    bool ascii;
    bool color;
    size_t width;     /* cells */
    size_t key_count; /* columns of the head that are keys */
    size_t x;         /* the column on the x axis; SIZE_MAX: none */
    enum frequency frequency;
    bool fiscal;
    int32_t first; /* places on the x axis that have rows */
    int32_t last;
    struct chart_series series[CHART_SERIES_MAX];
    size_t series_count;
    size_t left_out;            /* series beyond these */
    struct index names;         /* hash of a combination: its first series */
    struct chart_panel *panels; /* in the page's head arena */
    size_t panel_count;
    size_t *panel_of; /* by column; SIZE_MAX for keys */
    size_t rows;
    const char *reason; /* of the first value that is not known; or NULL */
    size_t known;       /* values */
    size_t assumed;
    size_t bounded; /* points of which only bounds are known */
};

/* OPTIONS are borrowed for the call; COLOR and the width of its window are for
 * a drawing among answers, FILE says that it goes into one. */
void chart_begin(struct chart *chart, const struct report_options *options,
                 const struct result_head *head);
void chart_row(struct chart *chart, const struct result_value *values);
void chart_free(struct chart *chart);

/* Puts everything in order once all rows are there. */
void chart_finish(struct chart *chart);

/* Is there a bar for each row?  Else there are lines along the x axis. */
bool chart_has_bars(const struct chart *chart);
bool chart_is_empty(const struct chart *chart);

/* Does POINT continue the line of the point before it?  Between dates there is
 * nothing that could be missing; a period that is not known is a gap. */
bool chart_goes_on(const struct chart *chart, const struct chart_point *before,
                   const struct chart_point *point);

/* Appends the drawing as whole lines, without what is said below it. */
void chart_draw(struct chart *chart, struct buffer *out);

/* Appends what is said below it, a line each. */
void chart_add_remarks(struct chart *chart, const struct result_foot *foot,
                       struct buffer *out);

/* Has gnuplot draw FILE, and hands it the bytes; false after PROBLEM. */
bool chart_draw_file(struct chart *chart, struct result_chart *file);

/* Labels -------------------------------------------------------------- */

/* The heading of a panel: the name where only one column is in it, and the
 * unit. */
void chart_add_heading(const struct chart *chart, size_t panel,
                       struct buffer *out);
/* Do the lines of a panel need words on whose they are? */
bool chart_wants_legend(const struct chart *chart, size_t panel);
/* A place on the x axis. */
void chart_add_place(const struct chart *chart, int32_t at, struct buffer *out);
/* The members that ROW of the page stands for. */
void chart_add_members(const struct chart *chart, size_t row,
                       struct buffer *out);

/* Axes (axis.c) --------------------------------------------------------- */

/* An axis of numbers, from LOW to HIGH with a tick at each of them and every
 * STEP between, in the unit of its column. */
struct chart_axis {
    double low;
    double high;
    double step;
    int intervals;
    int scale;
    int decimals; /* of its labels */
    const struct result_column *column;
};

/* An axis of about WANTED intervals for numbers from LOW to HIGH; it begins at
 * zero where they reach far enough down. */
struct chart_axis chart_axis_make(const struct chart_panel *panel, double low,
                                  double high, int wanted);

/* The number at a tick, counted from the bottom, and its label. */
double chart_axis_tick(const struct chart_axis *axis, int tick);
void chart_axis_label(const struct chart_axis *axis, int tick, bool ascii,
                      struct buffer *out);

/* Where VALUE stands, from 0 at the low end to 1. */
double chart_axis_share(const struct chart_axis *axis, double value);

/* From the lowest to the highest number of a panel; false when there is
 * none. */
bool chart_extent(const struct chart *chart, size_t panel, double *low,
                  double *high);

/* Every how many places the x axis has a label, when labels are ROOM places
 * wide; such places have an ordinal that this divides. */
int32_t chart_place_step(const struct chart *chart, double room);

/* Drawing (lines.c, bars.c, gnuplot.c) ---------------------------------- */

void chart_draw_lines(struct chart *chart, struct buffer *out);
void chart_draw_bars(struct chart *chart, struct buffer *out);

/* Appends the commands that draw the chart. */
void chart_add_script(struct chart *chart, enum chart_form form,
                      struct buffer *out);

/* Runs gnuplot with SCRIPT on its standard input, and hands what it writes to
 * FILE; false after PROBLEM. */
bool chart_run_gnuplot(struct slice script, struct result_chart *file);

#endif
