/* A number as it was written: an integer and a power of ten.
 *
 * `644.5B` is {6445, 8}: exact, and the half-unit of its rounding is half of
 * ten to the exponent.  A stated figure never passes through binary on its way
 * in or out.
 */
#ifndef VALUES_DECIMAL_H
#define VALUES_DECIMAL_H

#include "base/buffer.h"

#include <stdint.h>

enum {
    DECIMAL_DIGITS = 18,        /* digits that a coefficient holds */
    DECIMAL_EXPONENT_MAX = 300, /* larger ones are refused by the lexer */
};

struct decimal {
    int64_t coefficient;
    int16_t exponent; /* the value is coefficient * 10^exponent */
};

/* Reads a number in plain or scientific notation that fills TEXT, digit by
 * digit.  False when it is none, has more digits than are kept, or is beyond
 * DECIMAL_EXPONENT_MAX. */
bool decimal_parse(const char *text, size_t len, struct decimal *decimal);

/* DECIMAL with just PLACES digits behind the point, or down to a power of ten
 * when that is negative: rounded half away from zero, or filled up with zeros
 * as far as digits are kept. */
struct decimal decimal_round(struct decimal decimal, int places);

/* The double nearest to DECIMAL, correctly rounded. */
double decimal_double(struct decimal decimal);

/* Half a unit of the last written digit. */
struct decimal decimal_half_unit(struct decimal decimal);

/* The sum in just the digits that it has; false when they are more than a
 * double holds. */
bool decimal_add(struct decimal a, struct decimal b, struct decimal *sum);

/* Appends DECIMAL divided by 10^SCALE in plain notation, with just the digits
 * it was written with. */
void decimal_print(struct buffer *buffer, struct decimal decimal, int scale);

/* Appends DECIMAL with one digit before the point and its power of ten:
 * 6.445e11. */
void decimal_print_scientific(struct buffer *buffer, struct decimal decimal);

/* Power of ten as a double; exact for 0..22. */
double decimal_power(int exponent);

/* True when VALUE is ten to some whole power, which is returned. */
bool decimal_is_power(double value, int *exponent);

#endif
