/* The values of TIME_PERIOD that are periods of the language. */
#include "eval/import/sdmx.h"

#include <string.h>

enum { DATE_LEN = 10, ZONE_LEN = 6, NUMBER_LEN_MAX = 3 };

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* A time may be followed by its zone: Z, +01:00.  It moves no period. */
static struct slice
without_zone(struct slice text)
{
    if (text.len && text.at[text.len - 1] == 'Z') {
        return (struct slice){text.at, text.len - 1};
    }
    if (text.len <= ZONE_LEN) {
        return text;
    }
    const char *zone = text.at + text.len - ZONE_LEN;
    bool has = (zone[0] == '+' || zone[0] == '-') && is_digit(zone[1]) &&
               is_digit(zone[2]) && zone[3] == ':' && is_digit(zone[4]) &&
               is_digit(zone[5]);
    text.len -= has ? ZONE_LEN : 0;
    return text;
}

/* Digits only, as many as are given. */
static bool
read_number(struct slice text, int *number)
{
    *number = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!is_digit(text.at[i])) {
            return false;
        }
        *number = *number * 10 + (text.at[i] - '0');
    }
    return text.len > 0 && text.len <= NUMBER_LEN_MAX;
}

static int
days_of_year(int year)
{
    return day_from_civil(year, 12, 31) - day_from_civil(year, 1, 1) + 1;
}

/* What stands behind the year of 2023-A1 and the like, TEXT being all of it. */
static const char *
reporting_period(struct slice text, struct period *period)
{
    bool fiscal;
    int number;
    struct period year;
    char letter = text.at[5];
    struct slice digits = {text.at + 6, text.len - 6};
    if (!period_parse((struct slice){text.at, 4}, &year, &fiscal)) {
        return "this is no period";
    }
    if (!read_number(digits, &number) || number == 0) {
        return "this is no period";
    }
    if (letter == 'A') {
        *period = year;
        return number == 1 ? NULL : "a year has one part of a year's length";
    }
    if (letter == 'D') {
        int days = days_of_year(year.ordinal);
        *period = (struct period){
            FREQUENCY_D, day_from_civil(year.ordinal, 1, 1) + number - 1};
        return number <= days ? NULL : "this year does not have so many days";
    }
    if (letter == 'T') {
        return "periods of four months are not known here";
    }
    char small[] = "0000-Q00";
    memcpy(small, text.at, 6);
    int len = 6;
    if (digits.len > 2) {
        return "this is no period";
    }
    small[len++] = (char)('0' + number / 10);
    small[len++] = (char)('0' + number % 10);
    struct slice plain = {small, (size_t)len};
    return period_parse(plain, period, &fiscal)
               ? NULL
               : "a year does not have so many of them";
}

/* 2023-07-01/P3M: a period of the calendar, when it begins one. */
static const char *
ranged_period(struct slice start, struct slice length, struct period *period)
{
    static const struct {
        const char *length;
        enum frequency frequency;
    } lengths[] = {{"P1Y", FREQUENCY_A}, {"P12M", FREQUENCY_A},
                   {"P6M", FREQUENCY_S}, {"P3M", FREQUENCY_Q},
                   {"P1M", FREQUENCY_M}, {"P7D", FREQUENCY_W},
                   {"P1W", FREQUENCY_W}, {"P1D", FREQUENCY_D}};
    day_number day;
    bool midnight =
        start.len == 19 && memcmp(start.at + DATE_LEN, "T00:00:00", 9) == 0;
    start.len = midnight ? DATE_LEN : start.len;
    if (!day_parse(start, &day)) {
        return "a range begins on a day: 2023-07-01/P3M";
    }
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        if (!slice_is(length, lengths[i].length)) {
            continue;
        }
        *period = period_of_day(lengths[i].frequency, day, &calendar_plain);
        return period_first_day(*period, &calendar_plain) == day
                   ? NULL
                   : "this range is no period of the calendar";
    }
    return "this range is no year, half-year, quarter, month, week or day";
}

/* A time of day: only the midnight that begins a day stands for it. */
static const char *
timed_period(struct slice text, struct period *period)
{
    day_number day;
    struct slice time = {text.at + DATE_LEN + 1, text.len - DATE_LEN - 1};
    time = without_zone(time);
    if (!day_parse((struct slice){text.at, DATE_LEN}, &day)) {
        return "this is no period";
    }
    for (size_t i = 0; i < time.len; i++) {
        if (!memchr("0:.", time.at[i], 3)) {
            return "a time of day is shorter than any period here";
        }
    }
    *period = (struct period){FREQUENCY_D, day};
    return NULL;
}

const char *
sdmx_period(struct slice text, struct period *period, bool *reporting)
{
    bool fiscal;
    *reporting = false;
    const char *slash = memchr(text.at, '/', text.len);
    if (slash) {
        size_t at = (size_t)(slash - text.at);
        struct slice length = {slash + 1, text.len - at - 1};
        return ranged_period((struct slice){text.at, at}, length, period);
    }
    if (text.len > DATE_LEN && text.at[DATE_LEN] == 'T') {
        return timed_period(text, period);
    }
    text = without_zone(text);
    if (text.len > 6 && text.at[4] == '-' && memchr("ASTQMWD", text.at[5], 7)) {
        *reporting = true;
        return reporting_period(text, period);
    }
    return period_parse(text, period, &fiscal) && !fiscal ? NULL
                                                          : "this is no period";
}
