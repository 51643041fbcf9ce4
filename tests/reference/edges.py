"""Where the rows of an aggregate begin and end that has no range: where a figure
is known that is not missing for the lags of the expression alone. At the start
all are asked where the earliest of them is read, at the end where the latest is:
of a growth rate, the year before x and x; of x - previous(y), both a year before,
and both.
"""
from along import HEADS, leads
from expressions import earlier
import periods as p

IN_TIME = ("first", "last")


def collapses(x):
    """Is an aggregate the same in all periods?"""
    return x[3] != "over" or bool(x[5]) or x[1] in IN_TIME


def year_of(frequency):
    return p.PER_YEAR.get(frequency) or {"W": 54, "D": 367}[frequency]


def steps(x, year):
    """How much earlier a lag reads, in periods."""
    return x[3] * {"previous": 1, "year_ago": year, "lead": -1}[x[1]]


def window_reach(x, year):
    """How far a window reaches back from its row, or farther."""
    if x[0] != "window" or x[3] == "all":
        return 0
    return x[3] - 1 if isinstance(x[3], int) else year


def distances(x, year, lag=0, reach=0):
    """How much earlier than their row the figures are read that follow its
    period: (by lags alone, with the reach of windows) for each of them."""
    if not isinstance(x, tuple) or not x or x[0] == "at":
        return
    if x[0] == "exchange":  # a rate is no part of what is said
        yield from distances(x[1], year, lag, reach)
        return
    if x[0] == "fig":
        if x[2] is None:
            yield lag, lag + reach
        return
    if x[0] == "agg":
        if not collapses(x):
            yield from distances(x[2], year, lag, reach)
        return
    if x[0] == "lag":
        lag += steps(x, year)
    lag += sum(count for _, count in leads(x)) if x[0] in HEADS else 0
    reach += window_reach(x, year)
    for part in x[1:]:
        yield from distances(part, year, lag, reach)


class Edges:
    """Needs do_fig, inside, lagged and shifted of the reader."""

    def edge(self, x, row, early):
        """Is a figure known there that is not missing for lags alone?"""
        found = [at[early] for at in distances(x, year_of(row.period[0]))]
        return bool(found) and self.edge_at(
            x, row, early, (max if early else min)(found))

    def edge_at(self, x, row, early, target, lag=0, reach=0):
        """... where what is read TARGET earlier than the first row is."""
        if not isinstance(x, tuple) or not x or x[0] == "at":
            return False
        year = year_of(row.period[0])
        row = self.shifted(x, row)
        if x[0] == "fig":
            earlier_ = target - lag - reach * early
            return x[2] is None and self.do_fig(x, row._replace(
                period=p.shift(row.period, -earlier_))) is not None
        if x[0] == "exchange":
            return self.edge_at(x[1], row, early, target, lag, reach)
        if x[0] == "agg":
            return not collapses(x) and any(
                self.edge_at(x[2], one, early, target, lag, reach)
                for one in self.inside(x, row))
        if x[0] == "vintage":
            row = row._replace(as_of=earlier(x[2], row.as_of))
        elif x[0] == "lag":
            lag += steps(x, year)
            row = self.lagged(x, row)
        elif x[0] in HEADS:
            ahead = -sum(count for _, count in leads(x))
            wide = window_reach(x, year)
            lag -= ahead
            reach += wide
            row = row._replace(period=p.shift(row.period,
                                              ahead - wide * early))
        return any(self.edge_at(part, row, early, target, lag, reach)
                   for part in x[1:])
