/* Dates, periods and frequencies.
 *
 * A date is a day number: 1 is 0001-01-01 of the Gregorian calendar, 0 means
 * "no date" and sorts before every date.  A period is a frequency and an
 * ordinal, so that the next period is the next number: years by their number,
 * halves 2y, quarters 4y, months 12y (each plus 0 for the first), ISO weeks
 * counted from the week of day 1, days by day number.
 */
#ifndef VALUES_PERIOD_H
#define VALUES_PERIOD_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stdint.h>

typedef int32_t day_number;

enum { DAY_NONE = 0, DAY_MAX = 3652059, YEAR_MIN = 1, YEAR_MAX = 9999 };

/* In order from coarse to fine, named as in SDMX (CL_FREQ). */
enum frequency {
    FREQUENCY_ONCE, /* no period at all */
    FREQUENCY_A,
    FREQUENCY_S,
    FREQUENCY_Q,
    FREQUENCY_M,
    FREQUENCY_W,
    FREQUENCY_D,
    FREQUENCY_COUNT
};

struct period {
    enum frequency frequency;
    int32_t ordinal;
};

/* Both ends belong to it; open ends are INT32_MIN and INT32_MAX. */
struct period_range {
    enum frequency frequency;
    int32_t first;
    int32_t last;
    bool fiscal; /* written as FY2021: years of a metric's own calendar */
};

/* A year that need not begin in January.  The plain calendar is {1, 1}. */
struct calendar {
    uint8_t month; /* the month and day on which a year starts */
    uint8_t day;
    bool named_by_end; /* FY2023 is the year that ends in 2023 */
};

extern const struct calendar calendar_plain;

/* Day number of a civil date; DAY_NONE when there is no such day. */
day_number day_from_civil(int year, int month, int day);
void day_to_civil(day_number number, int *year, int *month, int *day);

/* Appends 2023-10-05. */
void day_print(struct buffer *buffer, day_number number);

/* Reads 2023-10-05; false when it is none. */
bool day_parse(struct slice text, day_number *number);

/* Reads any spelling of a period: 2023, 2023-Q3, 2023Q3, 2023-H1, 2023-S1,
 * 2023-10, 2023-M10, 2023-W40, 2023-10-05, FY2023.  FISCAL says that the year
 * was written as FY. */
bool period_parse(struct slice text, struct period *period, bool *fiscal);

/* Appends the period in its canonical spelling; "FY2023" when FISCAL; "before
 * 0001" where a shift has left the years that can be written. */
void period_print(struct buffer *buffer, struct period period, bool fiscal);

day_number period_first_day(struct period period,
                            const struct calendar *calendar);
day_number period_last_day(struct period period,
                           const struct calendar *calendar);

/* The period of FREQUENCY that holds DAY. */
struct period period_of_day(enum frequency frequency, day_number day,
                            const struct calendar *calendar);

/* The first and the last period of the year to which PERIOD belongs.  A week
 * belongs to the year that holds its Thursday (ISO 8601). */
void period_year_ends(struct period period, const struct calendar *calendar,
                      struct period *first, struct period *last);

/* How many periods make a year; 0 for weeks and days, which go by date. */
int frequency_per_year(enum frequency frequency);

/* "yearly", the word of the language. */
const char *frequency_word(enum frequency frequency);

/* The period one year before (or YEARS after) PERIOD: for weeks the week of
 * the same number, for days the same day (29 February: the 28th). */
struct period period_shift_years(struct period period, int years);

#endif
