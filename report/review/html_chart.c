#include "base/utf8.h"
#include "report/review/html.h"
#include "report/review/markup.h"
#include "values/number.h"

enum {
    WIDTH = 640,
    HEIGHT = 220,
    LEFT = 72,
    RIGHT = 24,
    TOP = 34,
    BOTTOM = 28,
    LABELS_MAX = 8,  /* along the x axis */
    POINTS_MAX = 60, /* of a series, that are marked one by one */
    TICKS_WANTED = 4
};

struct drawing {
    const struct review_finding *finding;
    enum frequency frequency;
    int32_t first; /* ordinals with a value */
    int32_t last;
    double low; /* of the y axis, as shown */
    double high;
    double step;
    int place;     /* of the ticks' last digit */
    double factor; /* one unit in base units */
    int scale;     /* 0, 3, 6 ...: the letter of all labels */
    const char *unit;
    bool is_known; /* there is a value */
};

/* Rates are held as parts of one. */
static double
unit_factor(const char *unit)
{
    if (strcmp(unit, "%") == 0 || strcmp(unit, "pp") == 0) {
        return 0.01;
    }
    return strcmp(unit, "bp") == 0 ? 0.0001 : 1;
}

static bool
is_drawn(const struct drawing *drawing, const struct review_series *series,
         size_t at)
{
    return isfinite(series->values[at]) &&
           series->periods[at].frequency == drawing->frequency;
}

/* The axis of numbers: from a multiple of a round step to another. */
static void
choose_axis(struct drawing *drawing)
{
    double low = drawing->low;
    double high = drawing->high;
    if (low > 0 && low < high / 2) {
        low = 0;
    } else if (high < 0 && high > low / 2) {
        high = 0;
    }
    if (!(high - low > fabs(high) * 1e-9)) {
        double half = high == 0 ? 1 : fabs(high) / 2;
        low -= half;
        high += half;
    }
    double rough = (high - low) / TICKS_WANTED;
    int exponent = (int)floor(log10(rough));
    double power = pow(10, exponent);
    double lead = rough / power;
    drawing->step = power * (lead <= 1   ? 1
                             : lead <= 2 ? 2
                             : lead <= 5 ? 5
                                         : 10);
    drawing->place = exponent + (lead > 5);
    drawing->low = floor(low / drawing->step + 1e-9) * drawing->step;
    drawing->high = ceil(high / drawing->step - 1e-9) * drawing->step;
}

/* Finds what there is to draw. */
static bool
measure(struct drawing *drawing, const struct review_finding *finding)
{
    *drawing = (struct drawing){.finding = finding,
                                .unit = finding->unit ? finding->unit : "",
                                .frequency = FREQUENCY_COUNT};
    drawing->factor = unit_factor(drawing->unit);
    for (size_t i = 0; i < finding->series_count; i++) {
        const struct review_series *series = &finding->series[i];
        for (size_t k = 0; k < series->count; k++) {
            if (drawing->frequency == FREQUENCY_COUNT &&
                isfinite(series->values[k])) {
                drawing->frequency = series->periods[k].frequency;
            }
            if (!is_drawn(drawing, series, k)) {
                continue;
            }
            double value = series->values[k] / drawing->factor;
            int32_t at = series->periods[k].ordinal;
            bool is_first = !drawing->is_known;
            drawing->low = is_first ? value : fmin(drawing->low, value);
            drawing->high = is_first ? value : fmax(drawing->high, value);
            drawing->first =
                is_first || at < drawing->first ? at : drawing->first;
            drawing->last = is_first || at > drawing->last ? at : drawing->last;
            drawing->is_known = true;
        }
    }
    double size = fmax(fabs(drawing->low), fabs(drawing->high));
    /* Beyond this a difference of two would be no number. */
    if (!drawing->is_known || size > 1e300) {
        return false;
    }
    drawing->scale = number_scale(size);
    choose_axis(drawing);
    return isfinite(drawing->step) && drawing->step > 0;
}

static double
x_of(const struct drawing *drawing, int32_t ordinal)
{
    double room = WIDTH - LEFT - RIGHT;
    double range = (double)drawing->last - drawing->first;
    if (range <= 0) {
        return LEFT + room / 2;
    }
    return LEFT + room * ((double)ordinal - drawing->first) / range;
}

static double
y_of(const struct drawing *drawing, double value)
{
    double share = (value - drawing->low) / (drawing->high - drawing->low);
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
}

static void
add_length(struct buffer *out, const char *name, double value)
{
    buffer_format(out, " %s=\"", name);
    number_print_place(out, value, -1);
    buffer_add_char(out, '"');
}

/* Digits down to PLACE, the letter of the scale, and a sign of per cent. */
static void
add_amount(struct buffer *out, const struct drawing *drawing, double value,
           int place)
{
    double power = pow(10, drawing->scale);
    number_print_place(out, value / power, place - drawing->scale);
    if (value != 0 || drawing->scale == 0) {
        buffer_add_text(out, number_scale_letter(drawing->scale));
    }
    buffer_add_text(out, strcmp(drawing->unit, "%") == 0 ? "%" : "");
}

/* A value of the drawing, with four digits at least as the axis has them. */
static void
add_value(struct buffer *out, const struct drawing *drawing, double value)
{
    double shown = value / drawing->factor;
    add_amount(out, drawing, shown, number_place_of_digits(shown, 6));
    bool named = *drawing->unit && strcmp(drawing->unit, "%") != 0;
    buffer_add_text(out, named ? " " : "");
    markup_add(out, named ? drawing->unit : "");
}

static void
add_grid(struct buffer *out, const struct drawing *drawing)
{
    int count = (int)((drawing->high - drawing->low) / drawing->step + 0.5);
    for (int i = 0; i <= count; i++) {
        double value = drawing->low + i * drawing->step;
        double y = y_of(drawing, value);
        value = fabs(value) < drawing->step / 1e6 ? 0 : value;
        buffer_add_text(out, "<line class=\"grid\"");
        add_length(out, "x1", LEFT);
        add_length(out, "x2", WIDTH - RIGHT);
        add_length(out, "y1", y);
        add_length(out, "y2", y);
        buffer_add_text(out, "/><text text-anchor=\"end\"");
        add_length(out, "x", LEFT - 8);
        add_length(out, "y", y + 4);
        buffer_add_char(out, '>');
        add_amount(out, drawing, value, drawing->place);
        buffer_add_text(out, "</text>\n");
    }
}

static void
print_ordinal(struct buffer *out, const struct drawing *drawing,
              int32_t ordinal)
{
    buffer_clear(out);
    period_print(out, (struct period){drawing->frequency, ordinal}, false);
}

static void
add_periods(struct buffer *out, const struct drawing *drawing)
{
    struct buffer text = {0};
    int64_t range = (int64_t)drawing->last - drawing->first;
    int64_t step = 1 + range / LABELS_MAX;
    if (drawing->frequency == FREQUENCY_ONCE) {
        return;
    }
    for (int64_t at = drawing->first; at <= drawing->last; at += step) {
        print_ordinal(&text, drawing, (int32_t)at);
        buffer_add_text(out, "<text text-anchor=\"middle\"");
        add_length(out, "x", x_of(drawing, (int32_t)at));
        add_length(out, "y", HEIGHT - 8);
        buffer_add_char(out, '>');
        markup_add_slice(out, buffer_slice(&text));
        buffer_add_text(out, "</text>\n");
    }
    buffer_free(&text);
}

/* A band behind the period that was judged. */
static void
add_mark(struct buffer *out, const struct drawing *drawing)
{
    struct period period;
    bool fiscal;
    if (!drawing->finding->period ||
        !period_parse(slice_of(drawing->finding->period), &period, &fiscal) ||
        period.frequency != drawing->frequency ||
        period.ordinal < drawing->first || period.ordinal > drawing->last) {
        return;
    }
    buffer_add_text(out, "<rect class=\"mark\"");
    add_length(out, "x", x_of(drawing, period.ordinal) - 9);
    add_length(out, "y", TOP);
    add_length(out, "width", 18);
    add_length(out, "height", HEIGHT - TOP - BOTTOM);
    buffer_add_text(out, "/>\n");
}

static int
kind_class(const char *kind, size_t at)
{
    static const char *const kinds[] = {"target", "forecast", "actual"};
    for (int i = 0; i < 3; i++) {
        if (strcmp(kind, kinds[i]) == 0) {
            return i;
        }
    }
    return 3 + (int)(at % 2);
}

/* The lines of a series; what is not known parts them. */
static void
add_path(struct buffer *out, const struct drawing *drawing,
         const struct review_series *series, int class)
{
    bool goes_on = false;
    int32_t before = 0;
    buffer_format(out, "<path class=\"path k%d\" d=\"", class);
    for (size_t i = 0; i < series->count; i++) {
        int32_t at = series->periods[i].ordinal;
        if (!is_drawn(drawing, series, i)) {
            goes_on = false;
            continue;
        }
        bool is_next = drawing->frequency == FREQUENCY_D || at == before + 1;
        buffer_add_char(out, goes_on && is_next ? 'L' : 'M');
        number_print_place(out, x_of(drawing, at), -1);
        buffer_add_char(out, ' ');
        number_print_place(
            out, y_of(drawing, series->values[i] / drawing->factor), -1);
        goes_on = true;
        before = at;
    }
    buffer_add_text(out, "\"/>\n");
}

static void
add_points(struct buffer *out, const struct drawing *drawing,
           const struct review_series *series, int class)
{
    struct buffer text = {0};
    for (size_t i = 0; series->count <= POINTS_MAX && i < series->count; i++) {
        if (!is_drawn(drawing, series, i)) {
            continue;
        }
        buffer_format(out, "<circle class=\"k%d\" r=\"3.5\"", class);
        add_length(out, "cx", x_of(drawing, series->periods[i].ordinal));
        add_length(out, "cy",
                   y_of(drawing, series->values[i] / drawing->factor));
        buffer_add_text(out, "><title>");
        markup_add(out, series->kind);
        buffer_add_char(out, ' ');
        print_ordinal(&text, drawing, series->periods[i].ordinal);
        markup_add_slice(out, buffer_slice(&text));
        buffer_add_text(out, ": ");
        add_value(out, drawing, series->values[i]);
        buffer_add_text(out, "</title></circle>\n");
    }
    buffer_free(&text);
}

/* Whose line is whose: a stroke and a word for each. */
static void
add_legend(struct buffer *out, const struct drawing *drawing)
{
    double x = LEFT;
    for (size_t i = 0; i < drawing->finding->series_count; i++) {
        const char *kind = drawing->finding->series[i].kind;
        int class = kind_class(kind, i);
        buffer_format(out, "<path class=\"path k%d\" d=\"M", class);
        number_print_place(out, x, -1);
        buffer_add_text(out, " 14h28\"/><text class=\"label k");
        buffer_format(out, "%d\"", class);
        add_length(out, "x", x + 34);
        add_length(out, "y", 18);
        buffer_add_char(out, '>');
        markup_add(out, kind);
        buffer_add_text(out, "</text>\n");
        x += 34 + 7.5 * (double)utf8_width(slice_of(kind)) + 24;
    }
}

/* The earliest period behind the places AT of all series. */
static bool
next_ordinal(const struct drawing *drawing, const size_t *at, int32_t *ordinal)
{
    bool found = false;
    for (size_t i = 0; i < drawing->finding->series_count; i++) {
        const struct review_series *series = &drawing->finding->series[i];
        if (at[i] < series->count) {
            int32_t next = series->periods[at[i]].ordinal;
            *ordinal = !found || next < *ordinal ? next : *ordinal;
            found = true;
        }
    }
    return found;
}

static void
add_table_row(struct buffer *out, const struct drawing *drawing, size_t *at,
              int32_t ordinal)
{
    struct buffer text = {0};
    print_ordinal(&text, drawing, ordinal);
    buffer_add_text(out, "<tr><td>");
    markup_add_slice(out, buffer_slice(&text));
    buffer_add_text(out, "</td>");
    for (size_t i = 0; i < drawing->finding->series_count; i++) {
        const struct review_series *series = &drawing->finding->series[i];
        buffer_add_text(out, "<td class=\"number\">");
        while (at[i] < series->count &&
               series->periods[at[i]].ordinal == ordinal) {
            if (is_drawn(drawing, series, at[i])) {
                add_value(out, drawing, series->values[at[i]]);
            } else {
                buffer_add_char(out, '?');
            }
            at[i]++;
        }
        buffer_add_text(out, "</td>");
    }
    buffer_add_text(out, "</tr>\n");
    buffer_free(&text);
}

static void
add_table(struct buffer *out, const struct drawing *drawing)
{
    const struct review_finding *finding = drawing->finding;
    struct arena arena;
    int32_t ordinal;
    arena_init(&arena);
    size_t *at = arena_array(&arena, size_t, finding->series_count);
    buffer_add_text(out, "<details><summary>as a table</summary>\n"
                         "<table><thead><tr><th>period</th>");
    for (size_t i = 0; i < finding->series_count; i++) {
        buffer_add_text(out, "<th class=\"number\">");
        markup_add(out, finding->series[i].kind);
        buffer_add_text(out, "</th>");
    }
    buffer_add_text(out, "</tr></thead><tbody>\n");
    while (next_ordinal(drawing, at, &ordinal)) {
        add_table_row(out, drawing, at, ordinal);
    }
    buffer_add_text(out, "</tbody></table></details>\n");
    arena_free(&arena);
}

void
html_add_chart(struct buffer *out, const struct review_finding *finding)
{
    struct drawing drawing;
    if (!measure(&drawing, finding)) {
        return;
    }
    buffer_format(out, "<figure><svg viewBox=\"0 0 %d %d\" role=\"img\"", WIDTH,
                  HEIGHT);
    markup_add_attribute(out, "aria-label", finding->subject);
    buffer_add_text(out, ">\n");
    add_mark(out, &drawing);
    add_grid(out, &drawing);
    add_periods(out, &drawing);
    for (size_t i = 0; i < finding->series_count; i++) {
        int class = kind_class(finding->series[i].kind, i);
        add_path(out, &drawing, &finding->series[i], class);
        add_points(out, &drawing, &finding->series[i], class);
    }
    add_legend(out, &drawing);
    buffer_add_text(out, "</svg>\n");
    add_table(out, &drawing);
    buffer_add_text(out, "</figure>\n");
}
