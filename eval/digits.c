#include "eval/digits.h"

#include "values/decimal.h"
#include "values/number.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    DIGITS_MAX = 6,    /* of a number that nobody vouches for */
    DIGITS_EXACT = 12, /* of an exact one, without zeros at its end */
    DIGITS_MIN = 2,    /* which it keeps in a column of large ones */
};

double
digits_in_unit(const struct result_column *column, double number)
{
    if (column->factor == 1 || column->factor == 0) {
        return number;
    }
    char text[40];
    double quotient = number / column->factor;
    snprintf(text, sizeof text, "%.15g", quotient);
    double nearest = strtod(text, NULL);
    /* The division and the reading of NUMBER each cost up to half a unit in
     * the last place: 29% must not become 28.999999999999996. */
    bool same = fabs(nearest - quotient) <= fabs(quotient) * 4e-16;
    return same ? nearest : quotient;
}

struct digits_ends
digits_ends(const struct result_column *column,
            const struct result_value *value)
{
    double low = value->bounds.low;
    double high = value->bounds.high;
    switch (value->relation) {
    case RELATION_EQUAL:
        low = high = value->number;
        break;
    case RELATION_AT_LEAST:
        high = low;
        break;
    case RELATION_AT_MOST:
        low = high;
        break;
    case RELATION_BETWEEN:
        break;
    }
    return (struct digits_ends){digits_in_unit(column, low),
                                digits_in_unit(column, high)};
}

bool
digits_are_known(const struct result_column *column,
                 const struct result_value *value)
{
    if (value->type != VALUE_NUMBER) {
        return false;
    }
    struct digits_ends ends = digits_ends(column, value);
    return isfinite(ends.first) && isfinite(ends.last);
}

static double
larger_end(struct digits_ends ends)
{
    return fabs(ends.first) > fabs(ends.last) ? ends.first : ends.last;
}

/* Would SIZE, rounded at PLACE, stand visibly outside its bounds? */
static bool
leaves(double size, int place, double low, double high)
{
    double unit = pow(10, place);
    double shown = number_round(size / unit) * unit;
    double slack = (high - low) / 8;
    return shown < low - slack || shown > high + slack;
}

/* An exact number shows all its digits, if they are few enough to be meant. */
static bool
place_of_exact(const struct result_value *value, double size, int *place)
{
    bool exact = value->relation == RELATION_EQUAL && value->has_bounds &&
                 number_equal(value->bounds.low, value->bounds.high);
    int most = size != 0 ? (int)floor(log10(fabs(size))) - 9 : 0;
    int all = number_place_of_digits(size, DIGITS_EXACT);
    if (exact && all >= most) {
        *place = all;
    }
    return exact && all >= most;
}

/* The last digit of the ends of a range. */
static int
place_of_ends(double low, double high)
{
    int first = number_place_of_digits(low, DIGITS_EXACT);
    int last = number_place_of_digits(high, DIGITS_EXACT);
    return low == 0 || (high != 0 && last < first) ? last : first;
}

/* The place of a range whose bounds are LOW and HIGH.  One that somebody stated
 * shows the digits of its ends, and so does a computed one if they are few;
 * else its ends are kept apart by one digit more than the interval supports. */
static int
place_of_range(double low, double high, bool stated)
{
    int all = place_of_ends(low, high);
    int apart = number_place_of_interval(low, high) - 1;
    double size = fmax(fabs(low), fabs(high));
    int least = (int)floor(log10(size)) - (DIGITS_MAX - 1);
    return stated || (all >= least && all < apart) ? all : apart;
}

/* The place that two bounds support; false without bounds, or when they are
 * one point, which says nothing of digits. */
static bool
place_of_bounds(const struct result_column *column,
                const struct result_value *value, int *place)
{
    bool between = value->relation == RELATION_BETWEEN;
    bool equal = value->relation == RELATION_EQUAL && value->has_bounds;
    if (!between && !equal) {
        return false;
    }
    double low = digits_in_unit(column, value->bounds.low);
    double high = digits_in_unit(column, value->bounds.high);
    if (!isfinite(low) || !isfinite(high)) {
        return false;
    }
    if (number_equal(low, high)) {
        return false; /* exact: nobody rounded it */
    }
    if (between) {
        *place = place_of_range(low, high, value->basis == BASIS_STATED);
        return true;
    }
    double size = digits_in_unit(column, value->number);
    double half = (high - low) / 2;
    *place = number_place_of_interval(low, high);
    if (!isfinite(size)) {
        return true;
    }
    /* One digit is always shown, but for what is next to nothing. */
    int leading = size != 0 ? (int)floor(log10(fabs(size))) : INT16_MAX;
    if (*place > leading && fabs(size) > half / 4) {
        *place = leading;
    }
    /* What is shown must not leave what it may be. */
    for (int i = 0; i < 3 && leaves(size, *place, low, high); i++) {
        --*place;
    }
    return true;
}

int
digits_place(const struct result_column *column,
             const struct result_value *value, int floor, bool *vouched)
{
    int place;
    *vouched = true;
    if (value->place != PLACE_NONE) {
        return value->place;
    }
    if (place_of_bounds(column, value, &place)) {
        return place;
    }
    *vouched = false;
    floor = value->end == END_NONE ? floor : PLACE_NONE;
    double size = larger_end(digits_ends(column, value));
    if (place_of_exact(value, size, &place)) {
        return place;
    }
    place = number_place_of_digits(size, DIGITS_MAX);
    if (floor != PLACE_NONE && place < floor) {
        int least = number_place_of_digits(size, DIGITS_MIN);
        least = least < floor ? least : floor;
        return place < least ? least : place;
    }
    return place;
}

bool
digits_measure(const struct result_column *column,
               const struct result_value *value, struct digits_measure *measure)
{
    if (!digits_are_known(column, value)) {
        return false;
    }
    measure->place = digits_place(column, value, PLACE_NONE, &measure->vouched);
    measure->size = fabs(larger_end(digits_ends(column, value)));
    if (measure->place > -16 && measure->place < 300) {
        double unit = decimal_power(measure->place);
        double rounded = round(measure->size / unit) * unit;
        measure->size = isfinite(rounded) ? rounded : measure->size;
    }
    return true;
}

static bool
is_share(const struct result_column *column)
{
    static const char *const shares[] = {"%", "pp", "bp"};
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        if (column->unit && strcmp(column->unit, shares[i]) == 0) {
            return true;
        }
    }
    return false;
}

int
digits_scale(const struct result_column *column, double size, bool coarse)
{
    if (is_share(column)) {
        return 0;
    }
    int scale = number_scale(size);
    return scale == 3 && !coarse ? 0 : scale;
}
