"""Periods of the six frequencies as (frequency, number); one more is the next.
F are the years of a calendar of their own, named by their end.
"""
from datetime import date

FREQUENCIES = "AASSQQMMWWDDF"
WORDS = dict(A="yearly", F="yearly", S="halfyearly", Q="quarterly", M="monthly",
             W="weekly", D="daily")
PER_YEAR = dict(A=1, F=1, S=2, Q=4, M=12)
MONDAY = date(1, 1, 1).toordinal()  # 0001-01-01 was a Monday


def make(frequency, year, part=1):
    """The PARTth of a year; for days, PART counts from 1 January."""
    if frequency in PER_YEAR:
        return frequency, year * PER_YEAR[frequency] + part - 1
    if frequency == "W":
        first = date.fromisocalendar(year, 1, 1).toordinal()
        return frequency, (first - MONDAY) // 7 + part - 1
    return frequency, date(year, 1, 1).toordinal() + part - 1


def shift(period, count):
    return period[0], period[1] + count


def years_back(period, years):
    """The same period of an earlier year: the week of the same number, the
    same day of the month; the last one before it where there is none."""
    frequency, at = period
    if frequency in PER_YEAR:
        return frequency, at - years * PER_YEAR[frequency]
    if frequency == "W":
        year, week, _ = week_of(at)
        try:
            day = date.fromisocalendar(year - years, week, 1)
        except ValueError:
            day = date.fromisocalendar(year - years, week - 1, 1)
        return frequency, (day.toordinal() - MONDAY) // 7
    day = date.fromordinal(at)
    try:
        day = day.replace(year=day.year - years)
    except ValueError:
        day = day.replace(year=day.year - years, day=28)
    return frequency, day.toordinal()


def first_of_year(period):
    """The first period of the year that holds it."""
    frequency, at = period
    if frequency in PER_YEAR:
        return frequency, at - at % PER_YEAR[frequency]
    if frequency == "W":
        return make("W", week_of(at)[0])
    return make("D", date.fromordinal(at).year)


def finer(frequency):
    """Those whose periods are parts of it, as far as tests ask for them."""
    return [] if frequency == "F" else [
        f for f in "SQM" if PER_YEAR.get(frequency, 99) < PER_YEAR[f]]


def whole(period, frequency):
    """The period of a coarser frequency that holds it; by months only."""
    return frequency, period[1] // (PER_YEAR[period[0]] // PER_YEAR[frequency])


def parts(period, frequency):
    """Those of a finer frequency; by months only."""
    count = PER_YEAR[frequency] // PER_YEAR[period[0]]
    return [(frequency, period[1] * count + i) for i in range(count)]


def week_of(at):
    return date.fromordinal(at * 7 + MONDAY).isocalendar()


def text(period):
    frequency, at = period
    if frequency == "W":
        return "%04d-W%02d" % week_of(at)[:2]
    if frequency == "D":
        return date.fromordinal(at).isoformat()
    year, part = divmod(at, PER_YEAR[frequency])
    form = dict(A="%04d", F="FY%04d", S="%04d-H%d", Q="%04d-Q%d", M="%04d-%02d")[frequency]
    return form % ((year,) if frequency in "AF" else (year, part + 1))
