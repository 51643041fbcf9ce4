/* Series along the x axis, drawn with characters.
 *
 * A canvas of cells is filled from the back to the front: the line of zero, the
 * dots between neighbouring periods, bounds, and the marks of the points, those
 * of the first series last.  No dots lead over a period that is not known. */
#include "report/chart/chart.h"

#include "base/utf8.h"
#include "report/layout.h"

#include <stdlib.h>

enum {
    ROWS_ALONE = 17,
    ROWS_SHARED = 11,
    PLACE_CELLS_MAX = 12,
    CANVAS_MIN = 8
};

static const struct {
    const char *text;
    const char *ascii;
} marks[CHART_SERIES_MAX] = {{"\u25CF", "*"}, {"\u25B2", "+"}, {"\u25A0", "o"},
                             {"\u25C6", "x"}, {"\u25CB", "#"}, {"\u25B3", "@"},
                             {"\u25A1", "%"}, {"\u25C7", "&"}};

static const char *const colors[CHART_SERIES_MAX] = {
    "\033[34m", "\033[31m", "\033[32m", "\033[35m",
    "\033[36m", "\033[33m", "\033[94m", "\033[91m"};

/* What stands in a cell; marks are SIGN_MARK and on. */
enum sign {
    SIGN_NONE,
    SIGN_ZERO,
    SIGN_DOT,
    SIGN_RANGE,
    SIGN_LEAST,
    SIGN_MOST,
    SIGN_MARK,
};

struct canvas {
    const struct chart *chart;
    size_t panel;
    struct chart_axis axis;
    size_t label_width;
    size_t width;
    size_t height;
    uint8_t *signs;  /* by row, the upper first */
    uint8_t *owners; /* number of the series within the panel */
    bool *labelled;  /* by column: the x axis has a tick there */
};

static const char *
sign_text(const struct canvas *canvas, size_t cell)
{
    static const char *const texts[] = {" ",      "\u2500", "\u00B7",
                                        "\u2502", "\u2191", "\u2193"};
    static const char *const plain[] = {" ", "-", ".", "|", "^", "v"};
    uint8_t sign = canvas->signs[cell];
    bool ascii = canvas->chart->ascii;
    if (sign == SIGN_MARK) {
        uint8_t owner = canvas->owners[cell];
        return ascii ? marks[owner].ascii : marks[owner].text;
    }
    return ascii ? plain[sign] : texts[sign];
}

static size_t
column_of(const struct canvas *canvas, int32_t at)
{
    const struct chart *chart = canvas->chart;
    int64_t count = (int64_t)chart->last - chart->first;
    int64_t from = (int64_t)at - chart->first;
    return (size_t)((from * (int64_t)(canvas->width - 1) * 2 + count) /
                    (count * 2));
}

static size_t
row_of(const struct canvas *canvas, double value)
{
    double share = chart_axis_share(&canvas->axis, value);
    return (size_t)floor((1 - share) * (double)(canvas->height - 1) + 0.5);
}

static void
put(struct canvas *canvas, size_t row, size_t column, enum sign sign,
    uint8_t owner)
{
    size_t cell = row * canvas->width + column;
    canvas->signs[cell] = (uint8_t)sign;
    canvas->owners[cell] = owner;
}

/* Dots from one point to the next. */
static void
put_dots(struct canvas *canvas, const struct chart_point *from,
         const struct chart_point *to, uint8_t owner)
{
    double x = (double)column_of(canvas, from->at);
    double y = (double)row_of(canvas, from->low);
    double width = (double)column_of(canvas, to->at) - x;
    double height = (double)row_of(canvas, to->low) - y;
    int steps = (int)fmax(fabs(width), fabs(height));
    for (int i = 1; i < steps; i++) {
        put(canvas, (size_t)floor(y + height * i / steps + 0.5),
            (size_t)floor(x + width * i / steps + 0.5), SIGN_DOT, owner);
    }
}

static void
put_series(struct canvas *canvas, const struct chart_series *series,
           uint8_t owner, bool points)
{
    for (size_t i = 0; i < series->count; i++) {
        const struct chart_point *point = &series->points[i];
        const struct chart_point *before = i ? point - 1 : NULL;
        size_t column = column_of(canvas, point->at);
        size_t row = row_of(canvas, point->low);
        bool equal = point->relation == RELATION_EQUAL;
        if (points && equal) {
            put(canvas, row, column, SIGN_MARK, owner);
        } else if (points) {
            continue;
        } else if (equal) {
            if (before && chart_goes_on(canvas->chart, before, point)) {
                put_dots(canvas, before, point, owner);
            }
        } else if (point->relation == RELATION_BETWEEN) {
            for (size_t at = row_of(canvas, point->high); at <= row; at++) {
                put(canvas, at, column, SIGN_RANGE, owner);
            }
        } else {
            bool least = point->relation == RELATION_AT_LEAST;
            put(canvas, row, column, least ? SIGN_LEAST : SIGN_MOST, owner);
        }
    }
}

static void
fill(struct canvas *canvas)
{
    const struct chart *chart = canvas->chart;
    if (canvas->axis.low < 0 && canvas->axis.high > 0) {
        size_t zero = row_of(canvas, 0);
        for (size_t i = 0; i < canvas->width; i++) {
            put(canvas, zero, i, SIGN_ZERO, 0);
        }
    }
    for (int points = 0; points < 2; points++) {
        uint8_t owner = 0;
        for (size_t i = 0; i < chart->series_count; i++) {
            owner =
                (uint8_t)(owner + (chart->series[i].panel == canvas->panel));
        }
        for (size_t i = chart->series_count; i-- > 0;) {
            if (chart->series[i].panel == canvas->panel) {
                put_series(canvas, &chart->series[i], --owner, points == 1);
            }
        }
    }
}

static void
add_paint(const struct canvas *canvas, struct buffer *out, int owner)
{
    if (canvas->chart->color) {
        buffer_add_text(out, owner < 0 ? "\033[0m" : colors[owner]);
    }
}

static void
add_row(const struct canvas *canvas, size_t row, struct buffer *out)
{
    int painted = -1;
    for (size_t i = 0; i < canvas->width; i++) {
        size_t cell = row * canvas->width + i;
        bool own = canvas->signs[cell] >= SIGN_DOT;
        int owner = own ? canvas->owners[cell] : -1;
        if (owner != painted) {
            add_paint(canvas, out, owner);
            painted = owner;
        }
        buffer_add_text(out, sign_text(canvas, cell));
    }
    if (painted >= 0) {
        add_paint(canvas, out, -1);
    }
    page_trim(out);
    buffer_add_char(out, '\n');
}

static void
add_rows(const struct canvas *canvas, struct buffer *out)
{
    struct buffer label = {0};
    size_t between = (canvas->height - 1) / (size_t)canvas->axis.intervals;
    for (size_t row = 0; row < canvas->height; row++) {
        size_t up = canvas->height - 1 - row;
        bool tick = up % between == 0;
        buffer_clear(&label);
        if (tick) {
            chart_axis_label(&canvas->axis, (int)(up / between),
                             canvas->chart->ascii, &label);
        }
        buffer_fill(out, ' ',
                    canvas->label_width - utf8_width(buffer_slice(&label)));
        buffer_add_slice(out, buffer_slice(&label));
        buffer_add_text(out, canvas->chart->ascii ? (tick ? " +" : " |")
                             : tick               ? " \u2524"
                                                  : " \u2502");
        add_row(canvas, row, out);
    }
    buffer_free(&label);
}

/* The label of a place, centred below it; false when there is no room for it
 * behind what stands in LINE. */
static bool
add_place(struct canvas *canvas, int32_t at, struct buffer *line)
{
    struct buffer label = {0};
    size_t column = column_of(canvas, at);
    size_t middle = canvas->label_width + 2 + column;
    size_t end = canvas->label_width + 2 + canvas->width;
    chart_add_place(canvas->chart, at, &label);
    size_t start = middle > label.len / 2 ? middle - label.len / 2 : 0;
    if (start + label.len > end) {
        start = end > label.len ? end - label.len : 0;
    }
    bool fits = line->len == 0 || start >= line->len + 2;
    if (fits) {
        buffer_fill(line, ' ', start - line->len);
        buffer_add_slice(line, buffer_slice(&label));
        canvas->labelled[column] = true;
    }
    buffer_free(&label);
    return fits;
}

/* Labels at every STEP places; false when they do not all fit. */
static bool
add_steps(struct canvas *canvas, int32_t step, struct buffer *line,
          size_t *labels)
{
    const struct chart *chart = canvas->chart;
    int64_t at = chart->first + (step - chart->first % step) % step;
    bool fits = true;
    *labels = 0;
    buffer_clear(line);
    memset(canvas->labelled, 0, canvas->width);
    for (; fits && at <= chart->last; at += step) {
        fits = add_place(canvas, (int32_t)at, line);
        *labels += fits;
    }
    return fits;
}

static void
add_places(struct canvas *canvas, struct buffer *line)
{
    const struct chart *chart = canvas->chart;
    struct buffer label = {0};
    size_t labels;
    chart_add_place(chart, chart->last, &label);
    double room = (double)(label.len + 2) *
                  ((double)chart->last - chart->first) /
                  (double)(canvas->width - 1);
    int32_t step = chart_place_step(chart, room);
    while (!add_steps(canvas, step, line, &labels)) {
        step = chart_place_step(chart, (double)step + 1);
    }
    if (labels < 2) { /* at least the ends of the axis are named */
        buffer_clear(line);
        memset(canvas->labelled, 0, canvas->width);
        add_place(canvas, chart->first, line);
        add_place(canvas, chart->last, line);
    }
    buffer_free(&label);
}

static void
add_x_axis(struct canvas *canvas, struct buffer *out)
{
    bool ascii = canvas->chart->ascii;
    struct buffer line = {0};
    buffer_clear(&line);
    add_places(canvas, &line);
    buffer_fill(out, ' ', canvas->label_width);
    buffer_add_text(out, ascii ? " +" : " \u2514");
    for (size_t i = 0; i < canvas->width; i++) {
        buffer_add_text(out, canvas->labelled[i] ? (ascii ? "+" : "\u252C")
                             : ascii             ? "-"
                                                 : "\u2500");
    }
    buffer_add_char(out, '\n');
    buffer_add_slice(out, buffer_slice(&line));
    buffer_add_char(out, '\n');
    buffer_free(&line);
}

/* Which mark is whose: as many of them in a line as fit. */
static void
add_legend(const struct canvas *canvas, struct buffer *out)
{
    const struct chart *chart = canvas->chart;
    size_t margin = canvas->label_width + 2;
    size_t room = chart->width > margin + 12 ? chart->width - margin : 12;
    struct buffer name = {0};
    size_t used = 0;
    uint8_t owner = 0;
    for (size_t i = 0; i < chart->series_count; i++) {
        const struct chart_series *series = &chart->series[i];
        if (series->panel != canvas->panel) {
            continue;
        }
        buffer_clear(&name);
        cell_add_text(&name, slice_of(series->name), chart->ascii);
        buffer_add_text(&name, series->count ? "" : " (nothing known)");
        size_t width = utf8_width(buffer_slice(&name)) + 2;
        width = width < room ? width : room;
        bool fits = used && used + 3 + width <= room;
        buffer_add_text(out, used && !fits ? "\n" : "");
        buffer_fill(out, ' ', fits ? 3 : margin);
        used = fits ? used + 3 + width : width;
        add_paint(canvas, out, owner);
        buffer_add_text(out,
                        chart->ascii ? marks[owner].ascii : marks[owner].text);
        add_paint(canvas, out, -1);
        buffer_add_char(out, ' ');
        layout_add_cut(out, buffer_slice(&name), width - 2, chart->ascii);
        owner++;
    }
    buffer_add_char(out, '\n');
    buffer_free(&name);
}

/* As many rows as make the distances between ticks alike. */
static void
set_size(struct canvas *canvas)
{
    const struct chart *chart = canvas->chart;
    size_t wanted = chart->panel_count > 1 ? ROWS_SHARED : ROWS_ALONE;
    size_t intervals = (size_t)canvas->axis.intervals;
    size_t each = (wanted - 1 + intervals / 2) / intervals;
    struct buffer label = {0};
    canvas->height = intervals * (each ? each : 1) + 1;
    for (int i = 0; i <= canvas->axis.intervals; i++) {
        buffer_clear(&label);
        chart_axis_label(&canvas->axis, i, chart->ascii, &label);
        size_t width = utf8_width(buffer_slice(&label));
        canvas->label_width =
            width > canvas->label_width ? width : canvas->label_width;
    }
    buffer_free(&label);
    size_t margin = canvas->label_width + 2;
    size_t most =
        chart->width > margin + CANVAS_MIN ? chart->width - margin : CANVAS_MIN;
    int64_t places = (int64_t)chart->last - chart->first;
    int64_t useful = places * PLACE_CELLS_MAX + 1;
    canvas->width = useful < (int64_t)most ? (size_t)useful : most;
}

static void
draw_panel(struct chart *chart, size_t panel, double low, double high,
           struct buffer *out)
{
    struct canvas canvas = {.chart = chart, .panel = panel};
    int wanted = chart->panel_count > 1 ? 3 : 5;
    canvas.axis = chart_axis_make(&chart->panels[panel], low, high, wanted);
    set_size(&canvas);
    size_t cells = canvas.width * canvas.height;
    canvas.signs = memory_alloc(cells);
    canvas.owners = memory_alloc(cells);
    canvas.labelled = memory_alloc(canvas.width);
    memset(canvas.signs, SIGN_NONE, cells);
    memset(canvas.owners, 0, cells);
    memset(canvas.labelled, 0, canvas.width);
    fill(&canvas);
    struct buffer heading = {0};
    chart_add_heading(chart, panel, &heading);
    layout_add_cut(out, buffer_slice(&heading), chart->width, chart->ascii);
    buffer_add_text(out, heading.len ? "\n" : "");
    add_rows(&canvas, out);
    add_x_axis(&canvas, out);
    if (chart_wants_legend(chart, panel)) {
        add_legend(&canvas, out);
    }
    buffer_free(&heading);
    free(canvas.signs);
    free(canvas.owners);
    free(canvas.labelled);
}

void
chart_draw_lines(struct chart *chart, struct buffer *out)
{
    double low;
    double high;
    bool some = false;
    for (size_t i = 0; i < chart->panel_count; i++) {
        if (chart_extent(chart, i, &low, &high)) {
            buffer_add_text(out, some ? "\n" : "");
            draw_panel(chart, i, low, high, out);
            some = true;
        }
    }
}
