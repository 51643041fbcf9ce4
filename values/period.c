#include "values/period.h"

const struct calendar calendar_plain = {1, 1, false};

static const int month_days[] = {31, 28, 31, 30, 31, 30,
                                 31, 31, 30, 31, 30, 31};

static bool
is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
days_in_month(int year, int month)
{
    return month_days[month - 1] + (month == 2 && is_leap(year));
}

/* Days before January 1 of YEAR. */
static int
days_before_year(int year)
{
    int before = year - 1;
    return before * 365 + before / 4 - before / 100 + before / 400;
}

static int
days_before_month(int year, int month)
{
    int days = 0;
    for (int m = 1; m < month; m++) {
        days += days_in_month(year, m);
    }
    return days;
}

day_number
day_from_civil(int year, int month, int day)
{
    if (year < YEAR_MIN || year > YEAR_MAX || month < 1 || month > 12 ||
        day < 1 || day > days_in_month(year, month)) {
        return DAY_NONE;
    }
    return days_before_year(year) + days_before_month(year, month) + day;
}

void
day_to_civil(day_number number, int *year, int *month, int *day)
{
    int y = (int)(((int64_t)number * 400) / 146097) + 1;
    while (y > YEAR_MIN && days_before_year(y) >= number) {
        y--;
    }
    while (days_before_year(y + 1) < number) {
        y++;
    }
    int rest = number - days_before_year(y);
    int m = 1;
    while (m < 12 && rest > days_in_month(y, m)) {
        rest -= days_in_month(y, m);
        m++;
    }
    *year = y;
    *month = m;
    *day = rest;
}

/* A number that is not negative with at least WIDTH digits, by hand: periods
 * and dates are printed by the million. */
static void
add_padded(struct buffer *buffer, int number, int width)
{
    char digits[12];
    int at = (int)sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
        width--;
    } while (number || width > 0);
    buffer_add(buffer, digits + at, sizeof digits - (size_t)at);
}

static void
add_part(struct buffer *buffer, int year, const char *mark, int part, int width)
{
    add_padded(buffer, year, 4);
    buffer_add_text(buffer, mark);
    add_padded(buffer, part, width);
}

void
day_print(struct buffer *buffer, day_number number)
{
    int year;
    int month;
    int day;
    if (number <= DAY_NONE) {
        buffer_add_text(buffer, "undated");
        return;
    }
    day_to_civil(number, &year, &month, &day);
    add_part(buffer, year, "-", month, 2);
    buffer_add_char(buffer, '-');
    add_padded(buffer, day, 2);
}

/* Reads exactly COUNT digits (or, when COUNT is 0, one or two). */
static bool
read_digits(struct slice *text, size_t count, int *value)
{
    size_t len = 0;
    size_t limit = count ? count : 2;
    *value = 0;
    while (len < limit && len < text->len && text->at[len] >= '0' &&
           text->at[len] <= '9') {
        *value = *value * 10 + (text->at[len] - '0');
        len++;
    }
    if (len == 0 || (count && len != count)) {
        return false;
    }
    text->at += len;
    text->len -= len;
    return true;
}

static bool
read_char(struct slice *text, char c)
{
    if (text->len == 0 || text->at[0] != c) {
        return false;
    }
    text->at++;
    text->len--;
    return true;
}

bool
day_parse(struct slice text, day_number *number)
{
    int year;
    int month;
    int day;
    if (!read_digits(&text, 4, &year) || !read_char(&text, '-') ||
        !read_digits(&text, 2, &month) || !read_char(&text, '-') ||
        !read_digits(&text, 2, &day) || text.len) {
        return false;
    }
    *number = day_from_civil(year, month, day);
    return *number != DAY_NONE;
}

/* Monday of ISO week 1: the week that holds January 4. */
static day_number
iso_year_start(int year)
{
    day_number fourth = days_before_year(year) + 4;
    return fourth - (fourth - 1) % 7; /* day 1 was a Monday */
}

static int
iso_weeks_in_year(int year)
{
    return (iso_year_start(year + 1) - iso_year_start(year)) / 7;
}

static struct period
period_make(enum frequency frequency, int32_t ordinal)
{
    return (struct period){frequency, ordinal};
}

/* A year and the number of a part of it. */
static bool
period_of_part(enum frequency frequency, int year, int part,
               struct period *period)
{
    int parts = frequency == FREQUENCY_W ? iso_weeks_in_year(year)
                                         : frequency_per_year(frequency);
    if (part < 1 || part > parts) {
        return false;
    }
    int32_t ordinal = frequency == FREQUENCY_W
                          ? (iso_year_start(year) - 1) / 7 + part - 1
                          : year * parts + part - 1;
    *period = period_make(frequency, ordinal);
    return true;
}

static enum frequency
frequency_of_letter(char letter)
{
    switch (letter) {
    case 'H':
    case 'S':
        return FREQUENCY_S;
    case 'Q':
        return FREQUENCY_Q;
    case 'M':
        return FREQUENCY_M;
    case 'W':
        return FREQUENCY_W;
    default:
        return FREQUENCY_ONCE;
    }
}

bool
period_parse(struct slice text, struct period *period, bool *fiscal)
{
    int year;
    int part;
    day_number day;
    *fiscal = text.len > 2 && text.at[0] == 'F' && text.at[1] == 'Y';
    if (*fiscal) {
        text.at += 2;
        text.len -= 2;
    }
    if (!*fiscal && day_parse(text, &day)) {
        *period = period_make(FREQUENCY_D, day);
        return true;
    }
    if (!read_digits(&text, 4, &year) || year < YEAR_MIN) {
        return false;
    }
    if (text.len == 0) {
        *period = period_make(FREQUENCY_A, year);
        return true;
    }
    if (*fiscal) {
        return false;
    }
    bool dash = read_char(&text, '-');
    enum frequency frequency =
        text.len ? frequency_of_letter(text.at[0]) : FREQUENCY_ONCE;
    if (frequency != FREQUENCY_ONCE) {
        read_char(&text, text.at[0]);
        return read_digits(&text, 0, &part) && text.len == 0 &&
               period_of_part(frequency, year, part, period);
    }
    return dash && read_digits(&text, 2, &part) && text.len == 0 &&
           period_of_part(FREQUENCY_M, year, part, period);
}

/* ISO year and week of a week's ordinal. */
static void
week_parts(int32_t ordinal, int *year, int *week)
{
    day_number thursday = ordinal * 7 + 4;
    int month;
    int day;
    day_to_civil(thursday, year, &month, &day);
    *week = ordinal - (iso_year_start(*year) - 1) / 7 + 1;
}

/* A lag may reach to where no period can be written any more. */
static bool
is_before_years(struct period period)
{
    static const int32_t first[FREQUENCY_COUNT] = {
        [FREQUENCY_A] = YEAR_MIN,     [FREQUENCY_S] = YEAR_MIN * 2,
        [FREQUENCY_Q] = YEAR_MIN * 4, [FREQUENCY_M] = YEAR_MIN * 12,
        [FREQUENCY_D] = DAY_NONE + 1,
    };
    return period.frequency != FREQUENCY_ONCE &&
           period.ordinal < first[period.frequency];
}

void
period_print(struct buffer *buffer, struct period period, bool fiscal)
{
    int32_t ordinal = period.ordinal;
    int year;
    int week;
    if (is_before_years(period)) {
        buffer_add_text(buffer, "before 0001");
        return;
    }
    switch (period.frequency) {
    case FREQUENCY_A:
        buffer_add_text(buffer, fiscal ? "FY" : "");
        add_padded(buffer, ordinal, 4);
        break;
    case FREQUENCY_S:
        add_part(buffer, ordinal / 2, "-H", ordinal % 2 + 1, 1);
        break;
    case FREQUENCY_Q:
        add_part(buffer, ordinal / 4, "-Q", ordinal % 4 + 1, 1);
        break;
    case FREQUENCY_M:
        add_part(buffer, ordinal / 12, "-", ordinal % 12 + 1, 2);
        break;
    case FREQUENCY_W:
        week_parts(ordinal, &year, &week);
        add_part(buffer, year, "-W", week, 2);
        break;
    case FREQUENCY_D:
        day_print(buffer, ordinal);
        break;
    case FREQUENCY_ONCE:
    case FREQUENCY_COUNT:
        break;
    }
}

/* The first day of the year that CALENDAR calls YEAR. */
static day_number
calendar_year_start(int year, const struct calendar *calendar)
{
    bool in_january = calendar->month == 1 && calendar->day == 1;
    int civil = calendar->named_by_end && !in_january ? year - 1 : year;
    return days_before_year(civil) + days_before_month(civil, calendar->month) +
           calendar->day;
}

day_number
period_first_day(struct period period, const struct calendar *calendar)
{
    int32_t ordinal = period.ordinal;
    int parts = frequency_per_year(period.frequency);
    switch (period.frequency) {
    case FREQUENCY_A:
        return calendar_year_start(ordinal, calendar);
    case FREQUENCY_S:
    case FREQUENCY_Q:
    case FREQUENCY_M:
        return day_from_civil(ordinal / parts,
                              ordinal % parts * (12 / parts) + 1, 1);
    case FREQUENCY_W:
        return ordinal * 7 + 1;
    case FREQUENCY_D:
        return ordinal;
    case FREQUENCY_ONCE:
    case FREQUENCY_COUNT:
        break;
    }
    return DAY_NONE;
}

day_number
period_last_day(struct period period, const struct calendar *calendar)
{
    if (period.frequency == FREQUENCY_ONCE) {
        return DAY_NONE;
    }
    struct period next = {period.frequency, period.ordinal + 1};
    if (period.ordinal / (frequency_per_year(period.frequency)
                              ? frequency_per_year(period.frequency)
                              : 1) >=
            YEAR_MAX &&
        period.frequency < FREQUENCY_W) {
        return day_from_civil(YEAR_MAX, 12, 31);
    }
    return period_first_day(next, calendar) - 1;
}

struct period
period_of_day(enum frequency frequency, day_number day,
              const struct calendar *calendar)
{
    int year;
    int month;
    int unused;
    day_to_civil(day, &year, &month, &unused);
    int parts = frequency_per_year(frequency);
    switch (frequency) {
    case FREQUENCY_A:
        while (calendar_year_start(year, calendar) > day) {
            year--;
        }
        while (calendar_year_start(year + 1, calendar) <= day) {
            year++;
        }
        return period_make(frequency, year);
    case FREQUENCY_S:
    case FREQUENCY_Q:
    case FREQUENCY_M:
        return period_make(frequency,
                           year * parts + (month - 1) / (12 / parts));
    case FREQUENCY_W:
        return period_make(frequency, (day - 1) / 7);
    case FREQUENCY_D:
        return period_make(frequency, day);
    case FREQUENCY_ONCE:
    case FREQUENCY_COUNT:
        break;
    }
    return period_make(FREQUENCY_ONCE, 0);
}

void
period_year_ends(struct period period, const struct calendar *calendar,
                 struct period *first, struct period *last)
{
    int middle = period.frequency == FREQUENCY_W ? 3 : 0;
    day_number day = period_first_day(period, calendar) + middle;
    struct period year = period_of_day(FREQUENCY_A, day, calendar);
    *first = period_of_day(period.frequency,
                           period_first_day(year, calendar) + middle, calendar);
    *last = period_of_day(period.frequency,
                          period_last_day(year, calendar) - middle, calendar);
}

int
frequency_per_year(enum frequency frequency)
{
    static const int counts[FREQUENCY_COUNT] = {[FREQUENCY_A] = 1,
                                                [FREQUENCY_S] = 2,
                                                [FREQUENCY_Q] = 4,
                                                [FREQUENCY_M] = 12};
    return counts[frequency];
}

const char *
frequency_word(enum frequency frequency)
{
    static const char *const words[FREQUENCY_COUNT] = {
        "once",    "yearly", "halfyearly", "quarterly",
        "monthly", "weekly", "daily"};
    return words[frequency];
}

struct period
period_shift_years(struct period period, int years)
{
    int parts = frequency_per_year(period.frequency);
    if (parts) {
        return period_make(period.frequency, period.ordinal + years * parts);
    }
    int year;
    int part;
    int day;
    if (period.frequency == FREQUENCY_W) {
        week_parts(period.ordinal, &year, &part);
        year += years;
        int last = iso_weeks_in_year(year);
        struct period shifted = period;
        period_of_part(FREQUENCY_W, year, part > last ? last : part, &shifted);
        return shifted;
    }
    if (period.frequency != FREQUENCY_D) {
        return period;
    }
    day_to_civil(period.ordinal, &year, &part, &day);
    year += years;
    if (year < YEAR_MIN || year > YEAR_MAX) { /* no day is stated there */
        int32_t outside = year < YEAR_MIN ? DAY_NONE : DAY_MAX + 1;
        return period_make(FREQUENCY_D, outside);
    }
    int last = days_in_month(year, part);
    return period_make(FREQUENCY_D,
                       day_from_civil(year, part, day > last ? last : day));
}
