/* Which digits of a number mean something, and at which scale it reads best.
 *
 * A place is a power of ten of the column's unit: the last digit worth
 * showing.  It is the place that was written, else the one that the bounds
 * support, else the sixth digit, which nobody vouches for.
 */
#ifndef EVAL_DIGITS_H
#define EVAL_DIGITS_H

#include "eval/result.h"

/* The numbers that a value shows, in the unit of its column: its point, its
 * one bound, or both bounds of a range. */
struct digits_ends {
    double first;
    double last; /* the same as FIRST, but for a range */
};

struct digits_measure {
    double size;  /* as rounded for show, in the unit, without its sign */
    int place;    /* of the last digit shown */
    bool vouched; /* the place comes from the digits or bounds, not from us */
};

/* NUMBER in the unit of COLUMN, without the noise of the division: 0.29 is
 * 29%, and 0.57 is 57%. */
double digits_in_unit(const struct result_column *column, double number);

struct digits_ends digits_ends(const struct result_column *column,
                               const struct result_value *value);

/* Is VALUE a number, and finite where it is shown? */
bool digits_are_known(const struct result_column *column,
                      const struct result_value *value);

/* The place of a known number.  One that nobody vouches for goes no lower
 * than FLOOR (PLACE_NONE: no floor), but keeps two digits.  The end of an
 * interval has none: cut outwards there, it would lie far from the interval. */
int digits_place(const struct result_column *column,
                 const struct result_value *value, int floor, bool *vouched);

/* Measures a known number; false for any other value. */
bool digits_measure(const struct result_column *column,
                    const struct result_value *value,
                    struct digits_measure *measure);

/* The scale for numbers of COLUMN up to SIZE, where COARSE says that every
 * digit below thousands is void: thousands are read well in full, so K is for
 * those only.  Per cents have no scale. */
int digits_scale(const struct result_column *column, double size, bool coarse);

#endif
