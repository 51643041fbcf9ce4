#include "values/decimal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

enum { POWER_COUNT = sizeof powers / sizeof *powers };

/* Whole numbers up to this are exact as doubles. */
#define DECIMAL_BINARY (INT64_C(1) << 53)

double
decimal_power(int exponent)
{
    if (exponent >= 0 && exponent < POWER_COUNT) {
        return powers[exponent];
    }
    if (exponent < 0 && -exponent < POWER_COUNT) {
        return 1 / powers[-exponent];
    }
    char text[16];
    snprintf(text, sizeof text, "1e%d", exponent);
    return strtod(text, NULL);
}

/* Reads e9, E-3 at AT; false when something else stands there. */
static bool
parse_exponent(const char *at, const char *end, int *exponent)
{
    int sign = 1;
    int value = 0;
    if (at == end || (*at != 'e' && *at != 'E') || ++at == end) {
        return false;
    }
    if (*at == '+' || *at == '-') {
        sign = *at++ == '-' ? -1 : 1;
    }
    if (at == end) {
        return false;
    }
    for (; at < end && value <= DECIMAL_EXPONENT_MAX; at++) {
        if (*at < '0' || *at > '9') {
            return false;
        }
        value = value * 10 + (*at - '0');
    }
    *exponent += sign * value;
    return at == end;
}

bool
decimal_parse(const char *text, size_t len, struct decimal *decimal)
{
    const char *at = text;
    const char *end = text + len;
    bool negative = at < end && *at == '-';
    uint64_t coefficient = 0;
    int exponent = 0;
    at += negative || (at < end && *at == '+');
    const char *first = at;
    while (at < end && *at == '0') {
        at++;
    }
    const char *digits = at;
    for (; at < end && (unsigned)(*at - '0') < 10; at++) {
        coefficient = coefficient * 10 + (unsigned)(*at - '0');
    }
    bool some = at > first;
    ptrdiff_t count = at - digits;
    if (at < end && *at == '.') {
        const char *point = at++;
        if (coefficient == 0) {
            while (at < end && *at == '0') {
                at++;
            }
            digits = at;
            count = 0;
        }
        const char *from = at;
        for (; at < end && (unsigned)(*at - '0') < 10; at++) {
            coefficient = coefficient * 10 + (unsigned)(*at - '0');
        }
        count += at - from;
        some = some || at > point + 1; /* 5. and .5 too */
        exponent = -(int)(at - point - 1);
    }
    if (!some || count > DECIMAL_DIGITS || len > 1000 ||
        (at < end && !parse_exponent(at, end, &exponent)) ||
        exponent > DECIMAL_EXPONENT_MAX || exponent < -DECIMAL_EXPONENT_MAX) {
        return false;
    }
    decimal->coefficient =
        negative ? -(int64_t)coefficient : (int64_t)coefficient;
    decimal->exponent = (int16_t)exponent;
    return true;
}

/* An integer below 2^53 times or over an exact power is one rounded operation,
 * so the result is the nearest double; the rest is rare and left to strtod. */
struct decimal
decimal_round(struct decimal decimal, int places)
{
    const int64_t most = 999999999999999999; /* DECIMAL_DIGITS of them */
    while (decimal.exponent > -places && decimal.coefficient <= most / 10 &&
           decimal.coefficient >= -(most / 10)) {
        decimal.coefficient *= 10;
        decimal.exponent--;
    }
    int64_t rest = 0; /* the digit that is cut last; those before round down */
    while (decimal.exponent < -places) {
        rest = decimal.coefficient % 10;
        decimal.coefficient /= 10;
        decimal.exponent++;
    }
    decimal.coefficient += rest >= 5 ? 1 : rest <= -5 ? -1 : 0;
    return decimal;
}

double
decimal_double(struct decimal decimal)
{
    bool small = decimal.coefficient <= DECIMAL_BINARY &&
                 decimal.coefficient >= -DECIMAL_BINARY;
    int exponent = decimal.exponent;
    if (small && exponent >= 0 && exponent < POWER_COUNT) {
        /* Exact as long as the product is; else one rounding. */
        return (double)decimal.coefficient * powers[exponent];
    }
    if (small && exponent < 0 && -exponent < POWER_COUNT) {
        return (double)decimal.coefficient / powers[-exponent];
    }
    char text[48];
    snprintf(text, sizeof text, "%llde%d", (long long)decimal.coefficient,
             exponent);
    return strtod(text, NULL);
}

struct decimal
decimal_half_unit(struct decimal decimal)
{
    return (struct decimal){5, (int16_t)(decimal.exponent - 1)};
}

bool
decimal_add(struct decimal a, struct decimal b, struct decimal *sum)
{
    if (a.exponent < b.exponent) {
        struct decimal first = a;
        a = b;
        b = first;
    }
    for (; a.exponent > b.exponent; a.exponent--) {
        if (a.coefficient > DECIMAL_BINARY / 10 ||
            a.coefficient < -(DECIMAL_BINARY / 10)) {
            return false;
        }
        a.coefficient *= 10;
    }
    if (b.coefficient > DECIMAL_BINARY || b.coefficient < -DECIMAL_BINARY) {
        return false;
    }
    *sum = (struct decimal){a.coefficient + b.coefficient, a.exponent};
    return sum->coefficient <= DECIMAL_BINARY &&
           sum->coefficient >= -DECIMAL_BINARY;
}

/* The digits of a coefficient without its sign, at the end of SPACE; returns
 * how many there are. */
static int
write_digits(int64_t coefficient, char space[static 24])
{
    uint64_t rest =
        coefficient < 0 ? 0 - (uint64_t)coefficient : (uint64_t)coefficient;
    int count = 0;
    do {
        space[24 - ++count] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    return count;
}

void
decimal_print_scientific(struct buffer *buffer, struct decimal decimal)
{
    char space[24];
    int count = write_digits(decimal.coefficient, space);
    const char *digits = space + sizeof space - count;
    buffer_add_text(buffer, decimal.coefficient < 0 ? "-" : "");
    buffer_add_char(buffer, digits[0]);
    buffer_add_text(buffer, count > 1 ? "." : "");
    buffer_add(buffer, digits + 1, (size_t)count - 1);
    buffer_add_char(buffer, 'e');
    buffer_add_int(buffer, decimal.exponent + count - 1);
}

void
decimal_print(struct buffer *buffer, struct decimal decimal, int scale)
{
    int exponent = decimal.exponent - scale;
    char space[24];
    int count = write_digits(decimal.coefficient, space);
    const char *digits = space + sizeof space - count;
    if (decimal.coefficient < 0) {
        buffer_add_char(buffer, '-');
    }
    if (exponent >= 0) {
        buffer_add(buffer, digits, (size_t)count);
        buffer_fill(buffer, '0', decimal.coefficient ? (size_t)exponent : 0);
        return;
    }
    int whole = count + exponent; /* digits before the point */
    if (whole > 0) {
        buffer_add(buffer, digits, (size_t)whole);
        buffer_add_char(buffer, '.');
        buffer_add(buffer, digits + whole, (size_t)-exponent);
        return;
    }
    buffer_add_text(buffer, "0.");
    buffer_fill(buffer, '0', (size_t)-whole);
    buffer_add(buffer, digits, (size_t)count);
}

bool
decimal_is_power(double value, int *exponent)
{
    if (!(value > 0) || !isfinite(value)) {
        return false;
    }
    int power = (int)lround(log10(value));
    if (power < -DECIMAL_EXPONENT_MAX || power > DECIMAL_EXPONENT_MAX ||
        decimal_power(power) != value) {
        return false;
    }
    *exponent = power;
    return true;
}
