/* The figure that somebody could have stated instead, to be right about how it
 * moved. */
#include "eval/movement.h"

#include "values/number.h"

enum { FINER_MAX = 12 };

/* The unit of the last digit of a fact, in base units. */
static double
last_digit(const struct vocabulary *vocabulary, const struct fact *fact)
{
    const struct unit *unit =
        &vocabulary->units.items[vocabulary->lines[fact_line(fact)].unit];
    struct decimal decimal = fact_decimal(fact);
    if (unit->is_power) {
        decimal.exponent = (int16_t)(decimal.exponent + unit->exponent);
    }
    return 2 * decimal_double(decimal_half_unit(decimal)) *
           (unit->is_power ? 1 : unit->factor);
}

static bool
reaches(double a, double b)
{
    return a >= b || number_equal(a, b);
}

/* The whole number at or behind VALUE, upwards or downwards. */
static double
whole_from(double value, bool upwards)
{
    double whole = number_round(value);
    return number_equal(whole, value) ? whole
           : upwards                  ? ceil(value)
                                      : floor(value);
}

double
movement_nearest(const struct vocabulary *vocabulary, const struct fact *fact,
                 struct interval level, struct interval wanted)
{
    double digit = last_digit(vocabulary, fact);
    double half = (level.high - level.low) / 2;
    bool upwards = level.high < wanted.low;
    for (int i = 0; i < FINER_MAX && digit > 0; i++) {
        double edge = upwards ? wanted.low - half : wanted.high + half;
        double figure = whole_from(edge / digit, upwards) * digit;
        if (reaches(figure + half, wanted.low) &&
            reaches(wanted.high, figure - half)) {
            return figure;
        }
        digit /= 10; /* none has so few digits */
        half /= 10;
    }
    return upwards ? wanted.low : wanted.high;
}
