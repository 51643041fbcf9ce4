/* Doubles as the language sees them: equal at twelve digits, printed with the
 * digits that mean something. */
#ifndef VALUES_NUMBER_H
#define VALUES_NUMBER_H

#include "base/buffer.h"

#include <math.h>

/* The one comparison of the language: numbers that agree to twelve significant
 * digits are equal. */
static inline bool
number_equal(double a, double b)
{
    double size = fabs(a) > fabs(b) ? fabs(a) : fabs(b);
    return a == b || (fabs(a - b) <= size * 1e-12 && isfinite(size));
}

/* A sum that is noise beside the largest of its operands, whose size is SIZE,
 * is 0, so that a boundary is never lost to binary arithmetic. */
static inline double
number_denoise(double sum, double size)
{
    return fabs(sum) < size * 1e-12 ? 0 : sum;
}

static inline double
number_add(double a, double b)
{
    return number_denoise(a + b, fabs(a) > fabs(b) ? fabs(a) : fabs(b));
}

/* A sum of many numbers with what their additions lost (Neumaier 1974), so that
 * it does not depend on their order.  It begins with zeros; what is open stays
 * so. */
struct number_sum {
    double sum;
    double carry;
};

/* What A + B lost when it was rounded to SUM. */
static inline double
number_lost(double a, double b, double sum)
{
    return fabs(a) >= fabs(b) ? (a - sum) + b : (b - sum) + a;
}

static inline void
number_sum_add(struct number_sum *to, double value)
{
    double sum = to->sum + value;
    to->carry =
        isfinite(sum) ? to->carry + number_lost(to->sum, value, sum) : 0;
    to->sum = sum;
}

static inline struct number_sum
number_sum_join(struct number_sum a, struct number_sum b)
{
    double sum = a.sum + b.sum;
    double carry =
        isfinite(sum) ? a.carry + b.carry + number_lost(a.sum, b.sum, sum) : 0;
    return (struct number_sum){sum, carry};
}

static inline double
number_sum_total(struct number_sum sum)
{
    return sum.sum + sum.carry;
}

/* The nearest whole number, half away from zero as people round; a half that
 * binary noise put just below counts as one. */
static inline double
number_round(double value)
{
    double size = fabs(value);
    double whole = floor(size);
    double noise = fmin(size * 1e-12, 1e-6);
    return copysign(size - whole >= 0.5 - noise ? whole + 1 : whole, value);
}

/* Appends the shortest text of 15 to 17 digits that reads back as VALUE. */
void number_print(struct buffer *buffer, double value);

/* Appends VALUE rounded to a multiple of 10^PLACE in plain notation. */
void number_print_place(struct buffer *buffer, double value, int place);

/* The place of the last digit that an interval from LOW to HIGH supports: the
 * number is known to within two units of it. */
int number_place_of_interval(double low, double high);

/* The place that shows VALUE with DIGITS significant digits, without the
 * zeros behind the last other digit. */
int number_place_of_digits(double value, int digits);

/* The scale (0, 3, 6, 9 or 12) at which VALUE has one to three digits before
 * the point, and its letter: "", K, M, B, T. */
int number_scale(double value);
const char *number_scale_letter(int scale);

#endif
