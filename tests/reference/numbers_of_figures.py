"""Numbers with what their rounding leaves open, as the language defines them.

A number is unknown (None) or a Num: a point, or None where only bounds are
known, inside a closed interval. Truth is True, False or None (Kleene). Each
operator here is its definition and nothing else: no speed, no cleverness.
"""
import math
from collections import namedtuple
from fractions import Fraction

INF = math.inf
Num = namedtuple("Num", "point low high")
DIGITS = 1e-12  # numbers that agree to 12 digits are equal; smaller is noise


def exact(value):
    return Num(value, value, value)


def finite(value):
    """A result beyond doubles is unknown, never infinite."""
    return value is not None and math.isfinite(value)


def number(point, low, high):
    """A Num, or None where nothing at all is known."""
    if point is not None and not finite(point):
        return None
    low = -INF if math.isnan(low) else low
    high = INF if math.isnan(high) else high
    if point is None and (low == -INF and high == INF or
                          low == INF or high == -INF):
        return None
    return Num(point, low, high)


# Comparing

def equal(a, b):
    size = max(abs(a), abs(b))
    return a == b or (math.isfinite(size) and abs(a - b) <= size * DIGITS)


def less(a, b):
    return a < b and not equal(a, b)


def ends(a):
    """What a plain comparison looks at: the point, else the bounds."""
    return (a.low, a.high) if a.point is None else (a.point, a.point)


def compare_eq(a, b):
    (al, ah), (bl, bh) = ends(a), ends(b)
    if less(ah, bl) or less(bh, al):
        return False
    return True if equal(al, ah) and equal(bl, bh) else None


def compare_lt(a, b):
    (al, ah), (bl, bh) = ends(a), ends(b)
    if less(ah, bl):
        return True
    return None if less(al, bh) else False


def possibly_eq(a, b):
    return not less(a.high, b.low) and not less(b.high, a.low)


def possibly_lt(a, b):
    return less(a.low, b.high)


def certainly_eq(a, b):
    return all(equal(x, y) for x in a[1:] for y in b[1:])


def certainly_lt(a, b):
    return less(a.high, b.low)


def near(a, b, tolerance, relative):
    """a = b within a tolerance, or within a share of b: decided if all pairs
    of values agree. How far the two are apart, less what is allowed, is linear
    between the lines a = b and b = 0, so its extremes are where those cross
    one another or the sides of the box of all pairs."""
    (al, ah), (bl, bh) = (tuple(map(wide, ends(x))) for x in (a, b))
    pairs = [(x, y) for x in (al, ah) for y in (bl, bh, Fraction(0))]
    pairs += [(x, x) for x in (al, ah, bl, bh, Fraction(0))]
    pairs = [(x, y) for x, y in pairs if al <= x <= ah and bl <= y <= bh]
    found = {is_within(abs(x - y), abs(wide(reach) * (y if relative else 1)))
             for x, y in pairs for reach in ends(tolerance)}
    return found.pop() if len(found) == 1 else None


def wide(x):
    """An open end as a number beyond all others."""
    return Fraction(x) if math.isfinite(x) else Fraction(10) ** 400 * (
        1 if x > 0 else -1)


def is_within(apart, reach):
    return apart <= reach or apart - reach <= apart * Fraction(DIGITS)


# Kleene's logic

def logic_not(a):
    return None if a is None else not a


def logic_and(a, b):
    if a is False or b is False:
        return False
    return None if a is None or b is None else True


def logic_or(a, b):
    return logic_not(logic_and(logic_not(a), logic_not(b)))


# Arithmetic

def plus(a, b):
    """A sum smaller than 1e-12 of its larger operand is 0."""
    total = a + b
    return 0.0 if abs(total) < max(abs(a), abs(b)) * DIGITS else total


def point(operation, *operands):
    return (None if any(x.point is None for x in operands)
            else operation(*(x.point for x in operands)))


def negate(a):
    return Num(None if a.point is None else -a.point, -a.high, -a.low)


def add(a, b):
    return number(point(plus, a, b), plus(a.low, b.low), plus(a.high, b.high))


def subtract(a, b):
    return add(a, negate(b))


def times(a, b):
    return 0.0 if a == 0 or b == 0 else a * b  # also 0 times infinity


def multiply(a, b):
    corners = [times(x, y) for x in a[1:] for y in b[1:]]
    return number(point(times, a, b), min(corners), max(corners))


def divide(a, b):
    """By 0 is unknown; a divisor that may be 0 leaves all open."""
    if b.point == 0:
        return None
    value = point(lambda x, y: x / y, a, b)
    if b.low <= 0 <= b.high:
        return number(value, -INF, INF)
    corners = [quotient(x, y) for x in a[1:] for y in b[1:]]
    return number(value, min(corners), max(corners))


def quotient(a, b):
    return 0.0 if math.isinf(b) else a / b


def raise_to(a, b):
    try:
        value = a ** b
    except (OverflowError, ZeroDivisionError):
        return math.nan
    return math.nan if isinstance(value, complex) else value


def power(a, b):
    value = point(raise_to, a, b)
    if value is not None and not finite(value):
        return None
    if b.low == b.high and b.low == int(b.low):
        whole = int(b.low)
        if whole == 0:
            return number(value if value is not None else None, 1.0, 1.0)
        if whole < 0:
            return divide_keeping(value, power(a, exact(float(-whole))))
        low, high = big(a.low, whole), big(a.high, whole)
        if whole % 2 == 0:
            least = 0.0 if a.low <= 0 <= a.high else min(low, high)
            return number(value, least, max(low, high))
        return number(value, low, high)
    if a.low <= 0:
        return number(value, -INF, INF)
    corners = [big(x, y) for x in a[1:] for y in b[1:]]
    return number(value, min(corners), max(corners))


def divide_keeping(value, below):
    inverse = below and divide(exact(1.0), below._replace(
        point=below.point or None))
    if inverse is None:
        return number(value, -INF, INF)
    return number(value, inverse.low, inverse.high)


def big(a, b):
    try:
        return a ** b
    except OverflowError:
        return -INF if a < 0 and b % 2 else INF


# Functions of one number

def absolute(a):
    least = 0.0 if a.low <= 0 <= a.high else min(abs(a.low), abs(a.high))
    return number(point(abs, a), least, max(abs(a.low), abs(a.high)))


def square_root(a):
    if a.high < 0 or (a.point is not None and a.point < 0):
        return None
    return number(point(math.sqrt, a), math.sqrt(max(a.low, 0.0)),
                  math.sqrt(a.high))


def logarithm(a):
    if a.high <= 0 or (a.point is not None and a.point <= 0):
        return None
    return number(point(math.log, a), math.log(a.low) if a.low > 0 else -INF,
                  math.log(a.high))


def exponential(a):
    def safe(x):
        try:
            return math.exp(x)
        except OverflowError:
            return INF
    return number(point(safe, a), safe(a.low), safe(a.high))


def round_to(a, digits):
    """Half away from zero, as people round; a half that binary noise put just
    below counts as one. The result is exact; bounds are not rounded."""
    if a.point is None:
        return None
    scale = Fraction(10) ** digits
    size = Fraction(abs(a.point)) * scale
    whole = size.numerator // size.denominator
    if size - whole >= Fraction(1, 2) - min(size * Fraction(DIGITS),
                                            Fraction(1, 10 ** 6)):
        whole += 1
    value = float(whole / scale)
    return exact(-value if a.point < 0 else value)


def low(a):
    return exact(a.low) if math.isfinite(a.low) else None


def high(a):
    return exact(a.high) if math.isfinite(a.high) else None


# Aggregates over a list of known numbers, at least one

def total(numbers):
    points = [x.point for x in numbers]
    size = max(abs(end) for x in numbers for end in x
               if end is not None and math.isfinite(end))
    value = None if None in points else noiseless(points, size)
    return number(value, noiseless([x.low for x in numbers], size),
                  noiseless([x.high for x in numbers], size))


def noiseless(values, size):
    """A sum smaller than 1e-12 of the largest operand is 0, as with +."""
    value = sum(values) if any(map(math.isinf, values)) else math.fsum(values)
    return 0.0 if abs(value) < size * DIGITS else value


def mean(numbers):
    sum_ = total(numbers)
    return sum_ and number(*(None if x is None else x / len(numbers)
                             for x in sum_))


def least(numbers):
    points = [x.point for x in numbers]
    return number(None if None in points else min(points),
                  min(x.low for x in numbers), min(x.high for x in numbers))


def greatest(numbers):
    points = [x.point for x in numbers]
    return number(None if None in points else max(points),
                  max(x.low for x in numbers), max(x.high for x in numbers))
