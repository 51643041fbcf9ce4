"""Statistics of numbers known within bounds, at least one of them.

The least variance is taken with each number as near as it can be to a centre;
a finite set of centres is enough, since between the ends of the intervals the
best one is the mean of those it does not touch. The greatest is enclosed: the
squares about the centre from which the farthest ends are least far.
"""
import math
from fractions import Fraction

import numbers_of_figures as n


def sorted_at(values, part):
    """A quantile of type 7."""
    values = sorted(values)
    at = part * (len(values) - 1)
    below = int(at)
    above = min(below + 1, len(values) - 1)
    if values[below] == values[above]:
        return values[below]
    if math.isinf(values[below]) or math.isinf(values[above]):
        rest = at - below
        return values[below] if rest == 0 else (
            values[above] if rest == 1 or math.isinf(values[above])
            else values[below])
    return values[below] + (at - below) * (values[above] - values[below])


def median(numbers):
    points = [x.point for x in numbers]
    return n.number(None if None in points else sorted_at(points, 0.5),
                    sorted_at([x.low for x in numbers], 0.5),
                    sorted_at([x.high for x in numbers], 0.5))


def squares(numbers, centre, gap):
    return sum(gap(x, centre) ** 2 for x in numbers)


def nearest(x, centre):
    return max(x.low - centre, centre - x.high, 0)


def farthest(x, centre):
    return max(abs(x.low - centre), abs(x.high - centre))


def exactly(numbers):
    return [n.Num(None, *(Fraction(end) if math.isfinite(end) else end
                          for end in x[1:])) for x in numbers]


def least_squares(numbers):
    """About the best of the ends and of the means of those beside each gap."""
    ends = sorted({end for x in numbers for end in x[1:]
                   if math.isfinite(end)})
    centres = list(ends) or [0]
    for a, b in zip(ends, ends[1:]):
        touched = [x.low if x.low >= b else x.high for x in numbers
                   if x.low >= b or x.high <= a]
        if touched:
            mean = sum(touched) / len(touched)
            centres.append(min(max(mean, a), b))
    return min(squares(numbers, c, nearest) for c in centres)


def greatest_squares(numbers):
    """About the best of the middles and of the means between them."""
    if any(math.isinf(end) for x in numbers for end in x[1:]):
        return math.inf
    middles = sorted({(x.low + x.high) / 2 for x in numbers})
    centres = list(middles)
    for a, b in zip(middles, middles[1:]):
        ends = [x.high if (x.low + x.high) / 2 >= b else x.low
                for x in numbers]
        centres.append(min(max(sum(ends) / len(ends), a), b))
    return min(squares(numbers, c, farthest) for c in centres)


def spread(numbers, less, root):
    count = len(numbers) - less
    if count == 0:
        return None

    def finish(total):
        if math.isinf(total):
            return math.inf
        value = float(total / count)
        return math.sqrt(value) if root else value
    points = [x.point for x in numbers]
    value = None
    if None not in points:
        mean = math.fsum(points) / len(points)
        value = finish(math.fsum(n.plus(x, -mean) ** 2 for x in points))
        if not n.finite(value):
            return None
    bounds = exactly(numbers)
    return n.number(value, finish(least_squares(bounds)),
                    0.0 if len(numbers) == 1
                    else finish(greatest_squares(bounds)))


def variance(numbers):
    return spread(numbers, 0, False)


def variance_of_sample(numbers):
    return spread(numbers, 1, False)


def deviation(numbers):
    return spread(numbers, 0, True)


def deviation_of_sample(numbers):
    return spread(numbers, 1, True)


def root_mean_square(numbers):
    count = len(numbers)
    points = [x.point for x in numbers]
    value = None if None in points else math.sqrt(
        math.fsum(x * x for x in points) / count)
    return n.number(value, *(
        math.sqrt(sum(gap(x, 0) ** 2 for x in numbers) / count)
        for gap in (nearest, farthest)))


# Of several numbers one: by aggregates and by windows alike.
REDUCTIONS = {
    "sum": n.total, "avg": n.mean, "min": n.least, "max": n.greatest,
    "median": median, "rms": root_mean_square,
    "var_samp": variance_of_sample, "var_pop": variance,
    "stddev_samp": deviation_of_sample, "stddev_pop": deviation,
}
