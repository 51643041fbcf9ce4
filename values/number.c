#include "values/number.h"

#include "values/decimal.h"

#include <stdio.h>
#include <stdlib.h>

void
number_print(struct buffer *buffer, double value)
{
    char text[40];
    if (value == 0) {
        buffer_add_char(buffer, '0');
        return;
    }
    if (fabs(value) < 1e15 && value == floor(value)) {
        buffer_add_int(buffer, (int64_t)value);
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, value);
        if (strtod(text, NULL) == value) {
            break;
        }
    }
    buffer_add_text(buffer, text);
}

void
number_print_place(struct buffer *buffer, double value, int place)
{
    char text[400];
    int decimals = place < 0 ? -place : 0;
    if (place > 0) {
        double unit = decimal_power(place);
        value = number_round(value / unit) * unit;
    } else if (place > -16) {
        /* Half away from zero, as people round; 0.125 to two digits is 0.13,
         * also where binary noise put it just below. */
        double unit = decimal_power(decimals);
        double scaled = value * unit;
        double nearest = number_round(scaled);
        if (fabs(scaled) < 1e15) {
            value = nearest / unit;
        }
    }
    if (value == 0) {
        value = 0; /* no minus sign on nothing */
    }
    int len = snprintf(text, sizeof text, "%.*f", decimals > 30 ? 30 : decimals,
                       value);
    buffer_add(buffer, text, (size_t)len);
}

int
number_place_of_interval(double low, double high)
{
    double half = (high - low) / 2;
    double size = fabs(low) > fabs(high) ? fabs(low) : fabs(high);
    if (!(half > size * 1e-13) || !isfinite(half)) {
        return number_place_of_digits((low + high) / 2, 15);
    }
    int place = (int)ceil(log10(half / 2 * (1 - 1e-9)));
    return place < -300 ? -300 : place;
}

int
number_place_of_digits(double value, int digits)
{
    char text[40];
    if (value == 0 || !isfinite(value)) {
        return 0;
    }
    snprintf(text, sizeof text, "%.*e", digits - 1, fabs(value));
    char *mark = strchr(text, 'e');
    int exponent = mark ? atoi(mark + 1) : 0;
    int place = exponent - (digits - 1);
    for (char *digit = mark ? mark - 1 : text;
         digit > text && (*digit == '0' || *digit == '.'); digit--) {
        place += *digit == '0';
    }
    return place < -15 && exponent > -10 ? -15 : place;
}

int
number_scale(double value)
{
    double size = fabs(value) * (1 + 1e-12);
    int scale = 0;
    while (scale < 12 && size >= decimal_power(scale + 3)) {
        scale += 3;
    }
    return scale;
}

const char *
number_scale_letter(int scale)
{
    static const char letters[][2] = {"", "K", "M", "B", "T"};
    return letters[scale / 3];
}
