"""Walks through the expressions of a question (see frames.py)."""
import along


def parts(x, lags=(), day=None):
    """The figures and aggregates of an expression that stand in its rows,
    with the lags and the day at which they are read."""
    if isinstance(x, tuple) and x:
        if x[0] in ("fig", "agg"):
            yield x, lags, day
        elif x[0] == "lag":
            yield from parts(x[2], lags + ((x[1], x[3]),), day)
        elif x[0] == "at":
            yield from parts(x[1], (), day)
        elif x[0] == "vintage":
            yield from parts(x[1], lags, earlier(x[2], day))
        elif x[0] in along.HEADS:
            for part in x[1:]:
                yield from parts(part, lags + along.leads(x), day)
        else:
            for part in x[1:]:
                yield from parts(part, lags, day)


def earlier(a, b):
    """The earlier of two days; None is no limit."""
    return min(a, b) if a and b else a or b


def figures(x):
    """All figures in an expression."""
    for part, *_ in parts(x):
        if part[0] == "fig":
            yield part
        else:
            yield from figures(part[2])


def aggregates(x):
    """All aggregates in an expression."""
    for part, *_ in parts(x):
        if part[0] == "agg":
            yield part
            yield from aggregates(part[2])


def has(x, *heads):
    return isinstance(x, tuple) and bool(x) and (
        x[0] in heads or any(has(part, *heads) for part in x[1:]))


def asks_unknown(x):
    """Does an expression tell in its rows what is unknown?"""
    return isinstance(x, tuple) and bool(x) and x[0] != "agg" and (
        x[0] in ("?", "known") or any(map(asks_unknown, x[1:])))
