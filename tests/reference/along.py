"""What runs along the periods of a line, a method of the reader for each:

    ("window", reduction, x, reach, partial, centered)   rolling
               reach is a number of periods, "year", "all" (running) or
               "to date" (ytd)
    ("fill", x, count or None)      ("interpolate", x, geometric)
    ("streak", c)  ("since", c)     ("highest", x)

A series is worked out period by period, from the first that any fact is about
to the last, with some room for lags: what lies outside is unknown.
"""
import math

import numbers_of_figures as n
import periods as p
import spreads

HEADS = ("window", "fill", "interpolate", "streak", "since", "highest")
FAR = 10 ** 6


def leads(x):
    """A window around its row reads what it holds half of it later."""
    return (("previous", -(x[3] // 2)),) if x[0] == "window" and x[5] else ()


def back(x, year):
    """How far windows in an expression look back, in periods, one inside the
    other."""
    if not isinstance(x, tuple) or not x:
        return 0
    inside = max([back(part, year) for part in x[1:]] + [0])
    if x[0] not in HEADS:
        return inside
    if x[0] == "window" and isinstance(x[3], int):
        return inside + x[3] - 1
    return inside + (year if x[0] == "window" and x[3] != "all" else FAR)


def lead(x, year, lag=0):
    """How much later than in its row a figure is read at most."""
    if not isinstance(x, tuple) or not x:
        return 0
    if x[0] == "fig":
        return max(0, -lag)
    if x[0] == "lag":
        lag += x[3] * {"previous": 1, "year_ago": year, "lead": -1}[x[1]]
    lag += sum(count for _, count in leads(x)) if x[0] in HEADS else 0
    return max([lead(part, year, lag) for part in x[1:]] + [0])


def looks_ahead(x):
    return isinstance(x, tuple) and bool(x) and (
        x[0] == "interpolate" or any(map(looks_ahead, x[1:])))


def reduce(name, values, partial):
    """Of values that may be unknown; None where nothing is known."""
    if name == "count":
        return n.exact(float(sum(
            1 for v in values if v is not None and v.point is not None)))
    if partial:
        values = [v for v in values if v is not None and v.point is not None]
    if not values or None in values:
        return None
    return spreads.REDUCTIONS[name](values)


class Along:
    """Needs value(x, row), base, largest and the frequency of the question."""

    def reach_farther(self, extent):
        """What is read reaches back as far as windows do, but not before what
        is known, and to the last that is known if something looks ahead."""
        expressions = self.question.expressions()
        year = p.PER_YEAR.get(self.frequency) or {"W": 54, "D": 367}[
            self.frequency]
        far = max(back(x, year) for x in expressions)
        if not self.read or not extent or (
                not far and not any(map(looks_ahead, expressions))):
            return
        first, last = self.read[0], self.read[-1]
        known = extent[0][1] - max(lead(x, year) for x in expressions)
        at = min(first[1], max(first[1] - far, known))
        end = max(last[1], extent[1][1]) if any(
            map(looks_ahead, expressions)) else last[1]
        self.read = [(first[0], i) for i in range(at, end + 1)]

    def horizon(self):
        periods = [fact.period if fact.period[0] == self.frequency
                   else p.whole(fact.period, self.frequency)
                   for fact in self.base.facts
                   if fact.period[0] == self.frequency
                   or fact.period[0] in p.finer(self.frequency)]
        room = {"A": 9, "F": 9, "S": 9, "Q": 16, "M": 40}.get(self.frequency, 800)
        return (p.shift(min(periods), -9), p.shift(max(periods), room)) \
            if periods else None

    def shifted(self, x, row):
        """A window by day or week is read a year ago as a whole: what it holds
        is beside its last period there, also behind a day or week that the year
        before has not."""
        if x[0] not in HEADS or self.base.frequency not in "WD" or not any(
                function == "year_ago" for function, _ in row.lags):
            return row
        return row._replace(period=self.lag(row.period, row.lags), lags=())

    def at(self, x, row, period):
        """The value in another row of the line; periods without facts before
        all others and behind them are unknown."""
        key = (id(x), period, row.lags, row.as_of, row.actor, row.vintage,
               row.named, tuple(sorted(row.members.items())))
        if key not in self.series_values:
            self.series_values[key] = self.value(x, row._replace(
                period=period))
        return self.series_values[key]

    def earlier(self, row):
        """The periods before that of a row, the nearest first."""
        first, last = self.horizon() or (row.period, row.period)
        at = p.shift(row.period, -1)
        if at > last:
            at = last
        while at >= first:
            yield at
            at = p.shift(at, -1)

    def later(self, row):
        _, last = self.horizon() or (row.period, row.period)
        at = p.shift(row.period, 1)
        while at <= last:
            yield at
            at = p.shift(at, 1)

    def window_periods(self, x, row):
        """Those of the window, in order; None where it begins with nothing."""
        _, _, inner, length, _, centered = x
        end = row.period
        if length == "all":
            known = [at for at in [end] + list(self.earlier(row))
                     if self.at(inner, row, at) is not None]
            first = min(known) if known else end
        elif length == "year":
            first = p.shift(p.years_back(end, 1), 1)
        elif length == "to date":
            read = self.lag(end, row.lags)
            first = p.shift(end, p.first_of_year(read)[1] - read[1])
        else:
            end = p.shift(end, length // 2) if centered else end
            first = p.shift(end, 1 - length)
        return [(first[0], at) for at in range(first[1], end[1] + 1)]

    def do_window(self, x, row):
        values = [self.at(x[2], row, at) for at in self.window_periods(x, row)]
        self.note_size(values)
        return reduce(x[1], values, x[4])

    def note_size(self, values):
        self.largest = max([self.largest] + [
            abs(end) for v in values if v is not None for end in v
            if end is not None and n.finite(end)])

    def do_fill(self, x, row):
        own = self.value(x[1], row)
        if own is not None:
            return own
        for distance, at in enumerate(self.earlier(row), 1):
            if x[2] is not None and row.period[1] - at[1] > x[2]:
                return None
            value = self.at(x[1], row, at)
            if value is not None:
                return value
        return None

    def do_interpolate(self, x, row):
        own = self.value(x[1], row)
        if own is not None:
            return own
        left = next(((at, v) for at in self.earlier(row) for v in
                     [self.at(x[1], row, at)] if v is not None), None)
        right = next(((at, v) for at in self.later(row) for v in
                      [self.at(x[1], row, at)] if v is not None), None)
        if left is None or right is None:
            return None
        part = (row.period[1] - left[0][1]) / (right[0][1] - left[0][1])
        return between(left[1], right[1], part, x[2])

    def run(self, condition, row):
        """How many periods the condition has held, and whether it did not in
        the one before; None where that is unknown now."""
        now = self.value(condition, row)
        if now is None:
            return None
        if not now:
            return 0, True
        length = 1
        for at in self.earlier(row):
            holds = self.at(condition, row, at)
            if not holds:
                return length, holds is False
            length += 1
        return length, False

    def do_streak(self, x, row):
        found = self.run(x[1], row)
        if found is None:
            return None
        length, whole = found
        return n.exact(float(length)) if whole else n.Num(
            None, float(length), math.inf)

    def do_since(self, x, row):
        found = self.run(x[1], row)
        if found is None or not found[1] or not found[0]:
            return None
        return p.text(p.shift(row.period, 1 - found[0]))

    def do_highest(self, x, row):
        """The last period before in which it was as high, for sure."""
        own = self.value(x[1], row)
        if own is None:
            return None
        for at in self.earlier(row):
            value = self.at(x[1], row, at)
            if value is None:
                return None
            if not n.less(value.high, own.low):
                return p.text(at) if not n.less(value.low, own.high) else None
        return None


def between(a, b, part, geometric):
    """On the way from one to the other, which grows with both; a geometric one
    only where neither may be 0 or of the other sign."""
    def way(x, y):
        if x is None or y is None:
            return None
        if not geometric:
            return x if math.isinf(x) else x + (y - x) * part
        try:
            found = x * (y / x) ** part
        except (ZeroDivisionError, OverflowError):
            return None
        return None if isinstance(found, complex) or math.isnan(found) \
            else found
    point = way(a.point, b.point)
    if a.point is not None and b.point is not None and (
            point is None or not n.finite(point)):
        return None
    crosses = geometric and any(v.low <= 0 <= v.high for v in (a, b))
    low, high = way(a.low, b.low), way(a.high, b.high)
    return n.number(point, -math.inf if crosses or low is None else low,
                    math.inf if crosses or high is None else high)
