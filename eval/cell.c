#include "eval/cell.h"

#include "base/utf8.h"
#include "eval/digits.h"
#include "values/decimal.h"
#include "values/number.h"

enum { CELL_SCALE_LARGEST = 12 };

/* Plain notation is for numbers between these. */
static const double cell_plain_max = 1e15;
static const double cell_plain_min = 1e-12;

struct cell_style
cell_style_alone(const struct result_column *column)
{
    return (struct cell_style){
        .scale = column->scale < 0 ? CELL_SCALE_OWN : column->scale,
        .decimals = CELL_DECIMALS_OWN,
        .floor = PLACE_NONE,
        .with_unit = true,
        .assumed = " (assumed)",
    };
}

void
cell_add_text(struct buffer *out, struct slice text, bool ascii)
{
    if (!ascii || utf8_is_ascii(text)) {
        utf8_add_visible(out, text);
        return;
    }
    while (text.len) {
        int32_t point;
        size_t bytes = utf8_next(text, &point);
        bool broken = point == 0xFFFD && bytes == 1;
        if (point < 0x80 || broken) {
            utf8_add_visible(out, (struct slice){text.at, bytes});
        } else {
            buffer_format(out, "\\u{%X}", (unsigned)point);
        }
        text.at += bytes;
        text.len -= bytes;
    }
}

/* SCALE where it has a letter, else 0. */
static int
lettered(int scale)
{
    return scale >= 0 && scale <= 12 && scale % 3 == 0 ? scale : 0;
}

int
cell_plain_scale(const struct result_column *column, double size, int scale)
{
    bool plain = size / decimal_power(lettered(scale)) < cell_plain_max;
    return plain || !digits_scale(column, size, false) ? scale
                                                       : CELL_SCALE_LARGEST;
}

void
cell_add_heading(struct buffer *out, const struct result_column *column,
                 const struct cell_style *style)
{
    const char *heading = column->heading ? column->heading : column->name;
    if (!*heading) {
        return;
    }
    cell_add_text(out, slice_of(heading), style->ascii);
    if (style->with_unit || column->type != VALUE_NUMBER) {
        return;
    }
    const char *letter = number_scale_letter(lettered(style->scale));
    const char *unit = column->unit ? column->unit : "";
    if (*letter || *unit) {
        buffer_add_text(out, ", ");
        buffer_add_text(out, letter);
        buffer_add_text(out, *letter && *unit ? " " : "");
        cell_add_text(out, slice_of(unit), style->ascii);
    }
}

/* Puts commas into the digits from START to END; returns their new end. */
static size_t
group_thousands(struct buffer *out, size_t start, size_t end)
{
    size_t count = end - start;
    size_t commas = count ? (count - 1) / 3 : 0;
    size_t tail = out->len - end;
    buffer_fill(out, ',', commas);
    memmove(out->text + end + commas, out->text + end, tail);
    size_t to = end + commas;
    for (size_t i = 0; i < count; i++) {
        if (i && i % 3 == 0) {
            out->text[--to] = ',';
        }
        out->text[--to] = out->text[end - 1 - i];
    }
    return end + commas;
}

/* Where a number that has more digits than are shown goes. */
enum rounding { ROUND_NEAREST, ROUND_DOWN, ROUND_UP };

/* The multiple of 10^PLACE that is shown for NUMBER: what may be from 9.5 on is
 * not shown as from 10 on. */
static double
round_outwards(double number, int place, enum rounding rounding)
{
    if (rounding == ROUND_NEAREST || place < -15 || place > 300) {
        return number;
    }
    double unit = decimal_power(place < 0 ? -place : place);
    double parts = place < 0 ? number * unit : number / unit;
    double whole = round(parts);
    if (!isfinite(parts) || number_equal(whole, parts)) {
        return number;
    }
    whole = rounding == ROUND_DOWN ? floor(parts) : ceil(parts);
    return place < 0 ? whole / unit : whole * unit;
}

/* Appends NUMBER / 10^SCALE up to PLACE; returns where its integer part ends
 * in OUT. */
static size_t
add_number(struct buffer *out, double number, int place, int scale,
           const struct cell_style *style, enum rounding rounding)
{
    double shown = number / decimal_power(scale);
    size_t start = out->len;
    if (style->decimals >= 0) {
        place = scale - style->decimals;
    }
    if (fabs(shown) >= cell_plain_max) {
        number_print(out, shown);
    } else if (shown != 0 && fabs(shown) < cell_plain_min) {
        buffer_format(out, "%.6g", shown);
    } else {
        number_print_place(out, round_outwards(shown, place - scale, rounding),
                           place - scale);
    }
    start += out->text[start] == '-';
    size_t end = start + strspn(out->text + start, "0123456789");
    return style->grouped ? group_thousands(out, start, end) : end;
}

static int
scale_of(const struct result_column *column, const struct result_value *value,
         const struct cell_style *style)
{
    struct digits_measure measure;
    int wanted = lettered(style->scale);
    if (style->scale >= 0 && !style->with_unit) {
        return wanted; /* the heading has said it */
    }
    if (!digits_measure(column, value, &measure)) {
        return wanted;
    }
    if (style->scale >= 0) {
        return cell_plain_scale(column, measure.size, wanted);
    }
    return digits_scale(column, measure.size,
                        measure.vouched && measure.place > 0);
}

/* What stands before the (last) number. */
static void
add_sign(struct buffer *out, const struct result_column *column,
         const struct result_value *value, int place)
{
    switch (value->relation) {
    case RELATION_EQUAL:
        if (column->signed_ &&
            digits_in_unit(column, value->number) >= decimal_power(place) / 2) {
            buffer_add_char(out, '+');
        }
        break;
    case RELATION_AT_LEAST:
        buffer_add_text(out, ">= ");
        break;
    case RELATION_AT_MOST:
        buffer_add_text(out, "<= ");
        break;
    case RELATION_BETWEEN:
        buffer_add_text(out, "..");
        break;
    }
}

static enum rounding
last_rounding(const struct result_value *value)
{
    switch (value->relation) {
    case RELATION_EQUAL:
        break;
    case RELATION_AT_LEAST:
        return ROUND_DOWN;
    case RELATION_AT_MOST:
    case RELATION_BETWEEN:
        return ROUND_UP;
    }
    return value->end == END_LOW    ? ROUND_DOWN
           : value->end == END_HIGH ? ROUND_UP
                                    : ROUND_NEAREST;
}

static size_t
add_quantity(struct buffer *out, const struct result_column *column,
             const struct result_value *value, const struct cell_style *style)
{
    bool vouched;
    int place = digits_place(column, value, style->floor, &vouched);
    int scale = scale_of(column, value, style);
    if (!vouched && value->number == 0) {
        place = scale; /* a bare 0, at any scale */
    }
    const char *letter = style->with_unit ? number_scale_letter(scale) : "";
    bool bare = column->unit && !*column->unit; /* it is said elsewhere */
    const char *unit = !style->with_unit || bare ? ""
                       : value->unit             ? value->unit
                       : column->unit            ? column->unit
                                                 : "";
    bool joined = strcmp(unit, "%") == 0;
    struct digits_ends ends = digits_ends(column, value);
    if (value->relation == RELATION_BETWEEN) {
        add_number(out, ends.first, place, scale, style, ROUND_DOWN);
        buffer_add_text(out, letter);
        buffer_add_text(out, joined ? unit : "");
    }
    add_sign(out, column, value, place);
    size_t point =
        add_number(out, ends.last, place, scale, style, last_rounding(value));
    buffer_add_text(out, letter);
    buffer_add_text(out, *unit && !joined ? " " : "");
    cell_add_text(out, slice_of(unit), style->ascii);
    if (value->basis == BASIS_ASSUMED && style->assumed) {
        buffer_add_text(out, style->assumed);
    }
    return point;
}

size_t
cell_add(struct buffer *out, const struct result_column *column,
         const struct result_value *value, const struct cell_style *style)
{
    size_t start = out->len;
    switch (value->type) {
    case VALUE_UNKNOWN:
        buffer_add_char(out, '?');
        break;
    case VALUE_NUMBER:
        if (digits_are_known(column, value)) {
            return add_quantity(out, column, value, style) - start;
        }
        buffer_add_char(out, '?');
        break;
    case VALUE_TRUTH:
        buffer_add_text(out, value->truth ? "true" : "false");
        break;
    case VALUE_TEXT:
        cell_add_text(out, value->text, style->ascii);
        break;
    case VALUE_PERIOD:
        period_print(out, value->period, value->fiscal);
        break;
    case VALUE_DATE:
        buffer_add_text(out, value->before ? ".." : "");
        day_print(out, value->day);
        break;
    }
    return out->len - start;
}
