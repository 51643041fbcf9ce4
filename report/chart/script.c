/* The chart as commands for gnuplot.
 *
 * What people wrote reaches gnuplot only between single quotes, in which
 * nothing has a meaning but the quote itself, and with its markup switched off;
 * data stand in blocks whose lines we make.  Labels are ours, so that they are
 * those of the text, and no locale or setting of gnuplot's touches them. */
#include "report/chart/chart.h"

#include "eval/digits.h"
#include "values/decimal.h"
#include "values/number.h"

enum { PIXELS_WIDE = 800, PIXELS_HIGH = 480, PIXELS_MORE = 320 };

/* Appends TEXT between quotes.  A label of a tick is a format as well. */
static void
add_quoted(struct buffer *out, struct slice text, bool format)
{
    struct buffer visible = {0};
    buffer_clear(&visible);
    cell_add_text(&visible, text, false);
    buffer_add_char(out, '\'');
    for (size_t i = 0; i < visible.len; i++) {
        char c = visible.text[i];
        buffer_add_char(out, c);
        if (c == '\'' || (c == '%' && format)) {
            buffer_add_char(out, c);
        }
    }
    buffer_add_char(out, '\'');
    buffer_free(&visible);
}

/* A number in the scale of its panel.  Never inf or nan: what is not known is
 * not written at all. */
static void
add_number(struct buffer *out, double value)
{
    buffer_format(out, "%.15g", value);
}

static double
scaled(const struct chart *chart, size_t panel, double value)
{
    return value / decimal_power(chart->panels[panel].scale);
}

static void
add_head(const struct chart *chart, enum chart_form form, size_t panels,
         struct buffer *out)
{
    size_t high = panels > 1 ? panels * PIXELS_MORE : PIXELS_HIGH;
    buffer_format(out,
                  "set encoding utf8\nset terminal %s size %d,%zu noenhanced "
                  "background '#ffffff'\n",
                  form == CHART_PNG ? "pngcairo" : "svg", PIXELS_WIDE, high);
    buffer_add_text(out, "set key noenhanced outside bottom center "
                         "horizontal\nset border 3\nset tics nomirror out\n"
                         "set grid ytics\nset style fill solid 0.8\n");
    if (chart->page.head.title) {
        buffer_add_text(out, "set title ");
        add_quoted(out, slice_of(chart->page.head.title), false);
        buffer_add_text(out, " noenhanced\n");
    }
    if (panels > 1) {
        buffer_format(out, "set multiplot layout %zu,1\n", panels);
    }
}

/* The y axis, with labels that are ours. */
static void
add_y_axis(const struct chart *chart, size_t panel, double low, double high,
           struct buffer *out)
{
    struct chart_axis axis =
        chart_axis_make(&chart->panels[panel], low, high, 5);
    struct buffer label = {0};
    buffer_add_text(out, "set ylabel ");
    buffer_clear(&label);
    chart_add_heading(chart, panel, &label);
    add_quoted(out, buffer_slice(&label), false);
    buffer_add_text(out, " noenhanced\nset yrange [");
    add_number(out, scaled(chart, panel, axis.low));
    buffer_add_char(out, ':');
    add_number(out, scaled(chart, panel, axis.high));
    buffer_add_text(out, "]\nset ytics (");
    for (int i = 0; i <= axis.intervals; i++) {
        buffer_clear(&label);
        chart_axis_label(&axis, i, true, &label);
        buffer_add_text(out, i ? ", " : "");
        add_quoted(out, buffer_slice(&label), true);
        buffer_add_char(out, ' ');
        add_number(out, scaled(chart, panel, chart_axis_tick(&axis, i)));
    }
    buffer_add_text(out, ") noenhanced\n");
    bool zero = axis.low < 0 && axis.high > 0;
    buffer_add_text(out, zero ? "set xzeroaxis lt -1\n" : "unset xzeroaxis\n");
    buffer_free(&label);
}

/* Lines -------------------------------------------------------------------- */

static void
add_x_axis(const struct chart *chart, struct buffer *out)
{
    int32_t step =
        chart_place_step(chart, ((double)chart->last - chart->first) / 10);
    int64_t at = chart->first + (step - chart->first % step) % step;
    struct buffer label = {0};
    const char *comma = "";
    buffer_format(out, "set xrange [%lld:%lld]\nset xtics (",
                  (long long)chart->first, (long long)chart->last);
    for (; at <= chart->last; at += step) {
        buffer_clear(&label);
        chart_add_place(chart, (int32_t)at, &label);
        buffer_add_text(out, comma);
        add_quoted(out, buffer_slice(&label), true);
        buffer_format(out, " %lld", (long long)at);
        comma = ", ";
    }
    buffer_add_text(out, ") noenhanced\n");
    buffer_free(&label);
}

static void
add_place(const struct chart *chart, size_t panel,
          const struct chart_point *point, struct buffer *out)
{
    buffer_format(out, "%d ", (int)point->at);
    add_number(out, scaled(chart, panel, point->low));
}

/* The block d of a series has a line for each point, and an empty one for a
 * gap. */
static void
add_points(const struct chart *chart, size_t at, struct buffer *out)
{
    const struct chart_series *series = &chart->series[at];
    bool gap = true; /* two empty lines would mean more than a gap */
    buffer_format(out, "$d%zu << END\n", at);
    for (size_t i = 0; i < series->count; i++) {
        const struct chart_point *point = &series->points[i];
        if (i && !chart_goes_on(chart, point - 1, point)) {
            buffer_add_text(out, gap ? "" : "\n");
            gap = true;
        }
        if (point->relation == RELATION_EQUAL) {
            add_place(chart, series->panel, point, out);
            buffer_add_char(out, '\n');
            gap = false;
        }
    }
    buffer_add_text(out, "END\n");
}

/* The block r has ranges with both ends; the block o what is known on one side
 * only, with the point that shows to the other. */
static void
add_bounds(const struct chart *chart, size_t at, struct buffer *out)
{
    enum { UPWARDS = 9, DOWNWARDS = 11 };
    const struct chart_series *series = &chart->series[at];
    buffer_format(out, "$r%zu << END\n", at);
    for (size_t i = 0; i < series->count; i++) {
        if (series->points[i].relation == RELATION_BETWEEN) {
            add_place(chart, series->panel, &series->points[i], out);
            buffer_add_char(out, ' ');
            add_number(out,
                       scaled(chart, series->panel, series->points[i].high));
            buffer_add_char(out, '\n');
        }
    }
    buffer_format(out, "END\n$o%zu << END\n", at);
    for (size_t i = 0; i < series->count; i++) {
        enum value_relation relation = series->points[i].relation;
        if (relation == RELATION_AT_LEAST || relation == RELATION_AT_MOST) {
            add_place(chart, series->panel, &series->points[i], out);
            buffer_format(out, " %d\n",
                          relation == RELATION_AT_LEAST ? UPWARDS : DOWNWARDS);
        }
    }
    buffer_add_text(out, "END\n");
}

static bool
has_relation(const struct chart_series *series, enum value_relation first,
             enum value_relation last)
{
    for (size_t i = 0; i < series->count; i++) {
        if (series->points[i].relation >= first &&
            series->points[i].relation <= last) {
            return true;
        }
    }
    return false;
}

/* How the blocks of a series are drawn; the first one has its name. */
static const struct {
    const char *block;
    const char *how;
    enum value_relation first;
    enum value_relation last;
} layers[] = {
    {"$d", "using 1:2 with linespoints pt 7 ps 0.6", RELATION_EQUAL,
     RELATION_EQUAL},
    {"$r", "using 1:2:2:3 with yerrorbars pt 0", RELATION_BETWEEN,
     RELATION_BETWEEN},
    {"$o", "using 1:2:3 with points pt variable ps 1.2", RELATION_AT_LEAST,
     RELATION_AT_MOST},
};

static void
add_lines(const struct chart *chart, size_t panel, struct buffer *out)
{
    const char *comma = "plot ";
    int color = 0;
    for (size_t i = 0; i < chart->series_count; i++) {
        const struct chart_series *series = &chart->series[i];
        bool named = false;
        color += series->panel == panel;
        for (size_t k = 0; k < sizeof layers / sizeof *layers; k++) {
            if (series->panel != panel ||
                !has_relation(series, layers[k].first, layers[k].last)) {
                continue;
            }
            buffer_format(out, "%s%s%zu %s lt %d lw 2 %s", comma,
                          layers[k].block, i, layers[k].how, color,
                          named ? "notitle" : "title ");
            if (!named) {
                add_quoted(out, slice_of(series->name), false);
            }
            comma = ", \\\n     ";
            named = true;
        }
    }
    buffer_add_char(out, '\n');
}

/* Bars --------------------------------------------------------------------- */

static bool
bar_value(const struct chart *chart, size_t row, size_t column,
          struct digits_ends *ends, bool *point)
{
    const struct page *page = &chart->page;
    const struct result_value *value =
        &page->values[row * page->head.count + column];
    bool known = digits_are_known(&page->head.columns[column], value);
    *point = value->relation == RELATION_EQUAL;
    if (known) {
        *ends = digits_ends(&page->head.columns[column], value);
    }
    return known;
}

/* From zero to the largest number, or from the smallest. */
static bool
bar_extent(const struct chart *chart, size_t panel, double *low, double *high)
{
    bool some = false;
    *low = *high = 0;
    for (size_t row = 0; row < chart->page.count; row++) {
        for (size_t c = 0; c < chart->page.head.count; c++) {
            struct digits_ends ends;
            bool point;
            if (chart->panel_of[c] == panel &&
                bar_value(chart, row, c, &ends, &point)) {
                *low = fmin(*low, fmin(ends.first, ends.last));
                *high = fmax(*high, fmax(ends.first, ends.last));
                some = true;
            }
        }
    }
    return some;
}

static void
add_members(const struct chart *chart, struct buffer *out)
{
    struct buffer label = {0};
    const char *how = chart->page.count > 20  ? "rotate by 90 right"
                      : chart->page.count > 8 ? "rotate by 45 right"
                                              : "norotate center";
    buffer_format(out, "set xrange [-0.5:%zu.5]\nset xtics %s (",
                  chart->page.count ? chart->page.count - 1 : 0, how);
    for (size_t row = 0; row < chart->page.count; row++) {
        buffer_clear(&label);
        chart_add_members(chart, row, &label);
        buffer_add_text(out, row ? ", " : "");
        add_quoted(out, buffer_slice(&label), true);
        buffer_format(out, " %zu", row);
    }
    buffer_add_text(out, ") noenhanced\n");
    buffer_free(&label);
}

/* A block of data for each column of the panel, then their boxes side by
 * side; of bounds the ends. */
static void
add_boxes(const struct chart *chart, size_t panel, struct buffer *out)
{
    double count = (double)chart->panels[panel].columns;
    double width = 0.8 / count;
    double offset = -0.4 + width / 2;
    struct buffer plot = {0};
    int color = 0;
    for (size_t c = 0; c < chart->page.head.count; c++) {
        if (chart->panel_of[c] != panel) {
            continue;
        }
        size_t known = 0;
        buffer_format(out, "$b%zu << END\n", c);
        for (size_t row = 0; row < chart->page.count; row++) {
            struct digits_ends ends;
            bool point;
            if (bar_value(chart, row, c, &ends, &point)) {
                add_number(out, (double)row + offset);
                buffer_add_char(out, ' ');
                add_number(out, point ? 0 : scaled(chart, panel, ends.first));
                buffer_add_char(out, ' ');
                add_number(out, scaled(chart, panel, ends.last));
                buffer_add_char(out, '\n');
                known++;
            }
        }
        buffer_add_text(out, "END\n");
        color++;
        if (known) {
            buffer_add_text(&plot, plot.len ? ", \\\n     " : "plot ");
            buffer_format(&plot,
                          "$b%zu using 1:2:($1-%.6f):($1+%.6f):2:3 with "
                          "boxxyerror lt %d title ",
                          c, width * 0.45, width * 0.45, color);
            add_quoted(&plot, slice_of(chart->page.head.columns[c].heading),
                       false);
        }
        offset += width;
    }
    buffer_add_slice(out, buffer_slice(&plot));
    buffer_add_char(out, '\n');
    buffer_free(&plot);
}

void
chart_add_script(struct chart *chart, enum chart_form form, struct buffer *out)
{
    bool bars = chart_has_bars(chart);
    size_t panels = 0;
    double low;
    double high;
    for (size_t i = 0; i < chart->panel_count; i++) {
        panels += bars ? bar_extent(chart, i, &low, &high)
                       : chart_extent(chart, i, &low, &high);
    }
    add_head(chart, form, panels, out);
    for (size_t i = 0; !bars && i < chart->series_count; i++) {
        add_points(chart, i, out);
        add_bounds(chart, i, out);
    }
    for (size_t i = 0; i < chart->panel_count; i++) {
        if (!(bars ? bar_extent(chart, i, &low, &high)
                   : chart_extent(chart, i, &low, &high))) {
            continue;
        }
        add_y_axis(chart, i, low, high, out);
        if (bars) {
            buffer_add_text(out, chart->panels[i].columns > 1 ? "set key on\n"
                                                              : "unset key\n");
            add_members(chart, out);
            add_boxes(chart, i, out);
        } else {
            add_x_axis(chart, out);
            buffer_add_text(out, chart_wants_legend(chart, i) ? "set key on\n"
                                                              : "unset key\n");
            add_lines(chart, i, out);
        }
    }
    buffer_add_text(out, panels > 1 ? "unset multiplot\n" : "");
}
