/* A bar for each row, drawn with characters: what the rows of one period, or
 * of none, look like.  Bars begin at zero, else their lengths would lie. */
#include "report/chart/chart.h"

#include "base/utf8.h"
#include "eval/digits.h"
#include "report/layout.h"

enum { BAR_MIN = 8, LABEL_SHARE = 3 /* of the width at most is for labels */ };

/* How a panel of bars is laid out, in cells. */
struct bars {
    struct chart *chart;
    size_t panel;
    size_t members; /* width of the labels of rows, and of columns */
    size_t names;
    size_t values; /* width of the numbers behind the bars */
    size_t left;   /* cells for bars below zero, and above it */
    size_t right;
    double low; /* what these stand for, in the unit; low <= 0 <= high */
    double high;
    struct buffer text; /* for one label or number */
};

static const struct result_value *
value_at(const struct chart *chart, size_t row, size_t column)
{
    return &chart->page.values[row * chart->page.head.count + column];
}

static struct slice
members_text(struct bars *bars, size_t row)
{
    struct buffer raw = {0};
    buffer_clear(&raw);
    buffer_clear(&bars->text);
    chart_add_members(bars->chart, row, &raw);
    cell_add_text(&bars->text, buffer_slice(&raw), bars->chart->ascii);
    buffer_free(&raw);
    return buffer_slice(&bars->text);
}

static struct slice
name_text(struct bars *bars, size_t column)
{
    buffer_clear(&bars->text);
    cell_add_text(&bars->text,
                  slice_of(bars->chart->page.head.columns[column].heading),
                  bars->chart->ascii);
    return buffer_slice(&bars->text);
}

static struct slice
number_text(struct bars *bars, size_t row, size_t column)
{
    const struct page *page = &bars->chart->page;
    buffer_clear(&bars->text);
    cell_add(&bars->text, &page->head.columns[column],
             value_at(bars->chart, row, column), &page->styles[column]);
    return buffer_slice(&bars->text);
}

static size_t
larger(size_t a, struct slice text)
{
    size_t width = utf8_width(text);
    return a > width ? a : width;
}

static void
measure(struct bars *bars)
{
    const struct chart *chart = bars->chart;
    bool named = chart->panels[bars->panel].columns > 1;
    for (size_t row = 0; row < chart->page.count; row++) {
        bars->members = larger(bars->members, members_text(bars, row));
        for (size_t c = 0; c < chart->page.head.count; c++) {
            if (chart->panel_of[c] != bars->panel) {
                continue;
            }
            bars->names = named ? larger(bars->names, name_text(bars, c)) : 0;
            bars->values = larger(bars->values, number_text(bars, row, c));
            const struct result_column *column = &chart->page.head.columns[c];
            const struct result_value *value = value_at(chart, row, c);
            if (digits_are_known(column, value)) {
                struct digits_ends ends = digits_ends(column, value);
                bars->low = fmin(bars->low, fmin(ends.first, ends.last));
                bars->high = fmax(bars->high, fmax(ends.first, ends.last));
            }
        }
    }
    size_t most = chart->width / LABEL_SHARE;
    bars->members = bars->members < most ? bars->members : most;
    bars->names = bars->names < most ? bars->names : most;
}

/* Shares the cells that are left between both sides of zero. */
static void
set_sides(struct bars *bars)
{
    size_t taken = bars->members + bars->names + bars->values + 4;
    size_t room = bars->chart->width > taken + BAR_MIN
                      ? bars->chart->width - taken
                      : BAR_MIN;
    double range = bars->high / 2 - bars->low / 2;
    double share = range > 0 ? -bars->low / 2 / range : 0;
    bars->left = (size_t)ceil(share * (double)room);
    if (bars->high > 0 && bars->left >= room) {
        bars->left = room - 1;
    }
    bars->right = room - bars->left;
}

static void
add_padded(struct buffer *out, struct slice text, size_t width, bool ascii)
{
    size_t full = utf8_width(text);
    layout_add_cut(out, text, width, ascii);
    buffer_fill(out, ' ', full < width ? width - full : 0);
}

/* A bar to the right grows by eighths of a cell, one to the left by halves:
 * there are no other characters for it. */
static void
add_bar(const struct bars *bars, double value, struct buffer *out)
{
    static const char *const parts[] = {"",       "\u258F", "\u258E", "\u258D",
                                        "\u258C", "\u258B", "\u258A", "\u2589"};
    bool ascii = bars->chart->ascii;
    double left = value < 0 ? value / bars->low * (double)bars->left : 0;
    double right = value > 0 ? value / bars->high * (double)bars->right : 0;
    size_t halves = (size_t)floor(left * 2 + 0.5);
    size_t eighths = (size_t)floor(right * 8 + 0.5);
    if (ascii) {
        halves = (halves + 1) / 2 * 2;
        eighths = (eighths + 4) / 8 * 8;
    }
    /* What is not zero can be seen. */
    halves += left > 0 && halves == 0 ? (ascii ? 2 : 1) : 0;
    eighths += right > 0 && eighths == 0 ? (ascii ? 8 : 1) : 0;
    if (bars->left) {
        buffer_fill(out, ' ', bars->left - (halves + 1) / 2);
        buffer_add_text(out, halves % 2 ? "\u2590" : "");
        for (size_t i = 0; i < halves / 2; i++) {
            buffer_add_text(out, ascii ? "#" : "\u2588");
        }
    }
    buffer_add_text(out, ascii ? "|" : "\u2502");
    for (size_t i = 0; i < eighths / 8; i++) {
        buffer_add_text(out, ascii ? "#" : "\u2588");
    }
    buffer_add_text(out, parts[eighths % 8]);
}

/* Of bounds only their ends are drawn: a range is a line between them. */
static void
add_range(const struct bars *bars, const struct result_value *value,
          struct digits_ends ends, struct buffer *out)
{
    bool ascii = bars->chart->ascii;
    double width = (double)(bars->left + bars->right);
    double range = bars->high / 2 - bars->low / 2;
    double low = fmin(ends.first, ends.last);
    double high = fmax(ends.first, ends.last);
    range = range > 0 ? range : 1;
    size_t from = (size_t)((low / 2 - bars->low / 2) / range * (width - 1));
    size_t to = (size_t)((high / 2 - bars->low / 2) / range * (width - 1));
    const char *zero = ascii ? "|" : "\u2502";
    for (size_t i = 0; i <= to || i <= bars->left; i++) {
        const char *sign = ascii ? "-" : "\u2500";
        if (i == from || i == to) {
            sign = value->relation == RELATION_AT_LEAST  ? ">"
                   : value->relation == RELATION_AT_MOST ? "<"
                   : ascii                               ? "+"
                   : i == from                           ? "\u251C"
                                                         : "\u2524";
        }
        buffer_add_text(out, i == bars->left ? zero : "");
        if (i <= to) {
            buffer_add_text(out, i < from ? " " : sign);
        } else if (i < bars->left) {
            buffer_add_char(out, ' ');
        }
    }
}

static void
add_line(struct bars *bars, size_t row, size_t column, bool first,
         struct buffer *out)
{
    struct chart *chart = bars->chart;
    const struct result_value *value = value_at(chart, row, column);
    const struct result_column *head = &chart->page.head.columns[column];
    if (bars->members) {
        struct slice none = {"", 0};
        add_padded(out, first ? members_text(bars, row) : none, bars->members,
                   chart->ascii);
        buffer_add_char(out, ' ');
    }
    if (bars->names) {
        add_padded(out, name_text(bars, column), bars->names, chart->ascii);
        buffer_add_char(out, ' ');
    }
    if (!digits_are_known(head, value)) {
        buffer_fill(out, ' ', bars->left);
        buffer_add_text(out, chart->ascii ? "| ?\n" : "\u2502 ?\n");
        return;
    }
    if (value->relation == RELATION_EQUAL) {
        add_bar(bars, digits_ends(head, value).first, out);
    } else {
        add_range(bars, value, digits_ends(head, value), out);
    }
    buffer_add_char(out, ' ');
    buffer_add_slice(out, number_text(bars, row, column));
    buffer_add_char(out, '\n');
}

static void
draw_panel(struct chart *chart, size_t panel, struct buffer *out)
{
    struct bars bars = {.chart = chart, .panel = panel};
    struct buffer heading = {0};
    measure(&bars);
    set_sides(&bars);
    buffer_clear(&heading);
    chart_add_heading(chart, panel, &heading);
    layout_add_cut(out, buffer_slice(&heading), chart->width, chart->ascii);
    buffer_add_text(out, heading.len ? "\n" : "");
    for (size_t row = 0; row < chart->page.count; row++) {
        bool first = true;
        for (size_t c = 0; c < chart->page.head.count; c++) {
            if (chart->panel_of[c] == panel) {
                add_line(&bars, row, c, first, out);
                first = false;
            }
        }
    }
    buffer_free(&heading);
    buffer_free(&bars.text);
}

void
chart_draw_bars(struct chart *chart, struct buffer *out)
{
    page_choose_styles(&chart->page);
    for (size_t i = 0; i < chart->panel_count; i++) {
        /* One scale for all of a panel. */
        for (size_t c = 0; c < chart->page.head.count; c++) {
            if (chart->panel_of[c] == i) {
                chart->page.styles[c].scale = chart->panels[i].scale;
                chart->page.styles[c].ascii = chart->ascii;
            }
        }
        buffer_add_text(out, i ? "\n" : "");
        draw_panel(chart, i, out);
    }
}
