"""Random bases and random questions about them, from a seed.

Left out on purpose, because the language does not say what they mean, or the
program is known to differ; see README.md beside this file.
"""
from datetime import date, timedelta
from fractions import Fraction

import along
import definitions
import numbers_of_figures as n
import periods as p
from generate_along import MakerAlong, along_words
from frames import Base, Fact, Metric, Question, has

SCALES = {"": 1, "K": 10 ** 3, "M": 10 ** 6, "B": 10 ** 9}
UNITS = {"": ((), 1), "USD": ((("USD", 1),), 1), "kg": ((("kg", 1),), 1),
         "tonne": ((("kg", 1),), 1000), "KRW": ((("KRW", 1),), 1), "person": ((("person", 1),), 1)}
WON = ("plain", (("KRW", 1),))
DOLLARS = ("plain", (("USD", 1),))
PLAIN, RATE, PP = ("plain", ()), ("rate", ()), ("pp", ())
KINDS = {"actual": True, "forecast": True, "estimate": True, "target": False,
         "pledge": False, "plan": False}  # are they rounded?
MEMBERS = "abcdefgh"


# Numbers as they are written

def digits(r):
    """A number of few digits, and the unit of its last one."""
    form = r.choice(["int", "int", "decimal", "decimal", "zeros", "e"])
    if form == "int":
        text = str(r.choice([r.randint(1, 9), r.randint(10, 999)]))
    elif form == "decimal":
        text = "%d.%0*d" % (r.randint(0, 99), (d := r.randint(1, 3)),
                            r.randint(0, 10 ** d - 1))
    elif form == "zeros":
        text = "%d.%d0" % (r.randint(1, 40), r.randint(0, 9))
    else:
        text = "%d.%de%d" % (r.randint(1, 9), r.randint(0, 9),
                             r.randint(-2, 3))
    return text, Fraction(text), last_digit(text)


def last_digit(text):
    mantissa, _, exponent = text.partition("e")
    behind = len(mantissa.partition(".")[2])
    return Fraction(10) ** (int(exponent or 0) - behind)


def leading_digit(value):
    unit = Fraction(10) ** 12
    while unit > abs(value):
        unit /= 10
    return unit


def number_from(low, high, point=None):
    return n.Num(None if point is None else float(point),
                 float(low), float(high))


# Bases

def make_metric(r, name, dimensions, frequency):
    shape = r.choice(["flow", "stock", "index", "rate", "rate", ""])
    if shape == "rate":
        unit, scale, role = "%", "", "rate"
        powers, factor = (), Fraction(1, 100)
    else:
        unit = r.choice(["", "", "USD", "USD", "kg", "tonne"])
        scale = r.choice(["", "", "M", "B"]) if unit == "USD" else ""
        role, (powers, factor) = "plain", UNITS[unit]
    has_dimensions = [d for d in dimensions if r.random() < 0.6]
    metric = Metric(name, frequency, tuple(has_dimensions), (role, powers),
                    (scale + " " + unit).strip(),
                    Fraction(factor) * SCALES[scale], shape)
    metric.own_unit = Fraction(factor)
    return metric


def metric_words(m):
    words = ["metric", m.name, m.aggregation, p.WORDS[m.frequency]]
    if m.shown:
        words.append("in " + m.shown)
    if m.dimensions:
        words.append("by " + ", ".join(m.dimensions))
    if m.frequency == "F":
        words.append("on fy")
    return " ".join(w for w in words if w)


def make_amount(r, m):
    """Text, value and half a unit of the last digit, in base units."""
    text, value, unit = digits(r)
    factor = m.factor
    if m.unit == RATE:
        text += r.choice(["", "%"])
    elif r.random() < 0.15 and "e" not in text:
        scale = r.choice(["K", "M"])
        text, factor = text + scale, SCALES[scale] * m.own_unit
    if r.random() < 0.12:
        text, value = "-" + text, -value
    return text, value * factor, unit * factor / 2


def make_value(r, m, rounded):
    """What stands behind a figure in a fact, and what it says."""
    text, value, half = make_amount(r, m)
    form = r.choices(["plain", "exactly", "about", "+-", ">=", "<=", "in",
                      "over", "nearly"], [70, 4, 3, 4, 5, 4, 5, 3, 2])[0]
    if form == "plain":
        half = half if rounded else 0
        return "= " + text, number_from(value - half, value + half, value)
    if form == "exactly":
        return "= exactly " + text, number_from(value, value, value)
    if form in ("about", "nearly") and value != 0:
        # Half a unit of the leading digit; `nearly` is below only.
        half = half / last_digit(text.strip("-%KM")) * leading_digit(
            Fraction(text.strip("-%KM")))
        if form == "nearly":
            if not rounded:
                return make_value(r, m, rounded)
            return "= nearly " + text, number_from(value - half, value)
        return "= about " + text, number_from(value - half, value + half,
                                              value)
    if form == "+-":
        if "%" in text:  # a share of the figure itself
            return make_value(r, m, rounded)
        more = r.randint(1, 5)
        unit = m.factor
        return "= %s +- %d" % (text.rstrip("KM"), more), plus_minus(
            text, more, unit)
    if form in (">=", "over"):
        words = ">= " + text if form == ">=" else "= over " + text
        if not rounded:
            return words, number_from(value, value, value)
        return words, number_from(value, n.INF, None)
    if form == "<=":
        if not rounded:
            return "<= " + text, number_from(value, value, value)
        return "<= " + text, number_from(-n.INF, value, None)
    low = r.randint(1, 50)
    high = low + r.randint(1, 30)
    return "in %d..%d" % (low, high), number_from(low * m.factor,
                                                  high * m.factor, None)


def plus_minus(text, more, unit):
    value = Fraction(text.rstrip("KM")) * unit
    return number_from(value - more * unit, value + more * unit, value)


def make_base(r):
    dimensions = {}
    for name in ["area", "good", "sex"][:r.choice([0, 1, 1, 2, 2, 3])]:
        members = {name[0] + m: None for m in MEMBERS[:r.randint(2, 4)]}
        if r.random() < 0.6:
            parts = r.sample(list(members), 2)
            rest = [m for m in members if m not in parts]
            members[name + "s"] = tuple(parts)
            if rest and r.random() < 0.4:
                members["all_" + name + "s"] = (name + "s", r.choice(rest))
        dimensions[name] = members
    frequency = r.choice(p.FREQUENCIES)
    metrics = [make_metric(r, "m%d" % i, list(dimensions), frequency)
               for i in range(r.randint(3, 6))]
    if any(m.unit == DOLLARS for m in metrics) and r.random() < 0.5:
        metrics.append(Metric("fx", frequency, (), (
            "plain", (("KRW", 1), ("USD", -1))), "KRW/USD", Fraction(1)))
        metrics[-1].own_unit = Fraction(1)
    base = Base(dimensions, {m.name: m for m in metrics}, [],
                ["imf", "bok"])
    base.frequency = frequency
    start = p.make(frequency, r.choice([2015, 2019, 2020]), {
        "A": 1, "F": 1, "S": 2, "Q": 3, "M": 11, "W": r.randint(49, 52),
        "D": r.choice([58, 60, 363])}[frequency])
    base.span = [p.shift(start, i) for i in range(r.randint(3, 5))]
    if frequency not in "AF":
        base.span += [p.years_back(x, -1) for x in base.span[:2]]
        base.span = [x for x in base.span if x]
    finer = p.finer(frequency) if frequency in "AS" else []
    base.parts = r.sample(finer, r.randint(1, len(finer))) if finer and \
        r.random() < 0.5 else []
    dated = r.random() < 0.6
    base.dated = dated
    base.days = [date(2021, 1, 1) + timedelta(days=r.randint(0, 700))
                 for _ in range(4)]
    for m in metrics:
        for kind in ["actual"] + r.sample(list(KINDS)[1:], r.randint(0, 2)):
            state(r, base, m, kind, 0.8 if kind == "actual" else 0.4)
    r.shuffle(base.facts)
    return base


def state(r, base, m, kind, density):
    parts = [part for period in base.span[:3] for finer in base.parts
             for part in p.parts(period, finer)]
    dense = r.choice([0.4, 0.7, 0.7, 0.95])
    for line in all_lines(r, base, m):
        for period in base.span + parts:
            if r.random() > (density if period in base.span else dense):
                continue
            for _ in range(1 + (r.random() < 0.25) + (r.random() < 0.1)):
                words, value = make_value(r, m, KINDS[kind])
                day = r.choice(base.days) if base.dated or r.random() < 0.2 \
                    else None
                actor = r.choice([None, None, "imf", "bok"])
                base.facts.append(Fact(kind, m.name, period, line, value,
                                       words, day, actor))


def all_lines(r, base, m):
    """Combinations of members, groups and totals; some are never stated."""
    lines = [{}]
    for d in m.dimensions:
        lines = [dict(line, **{d: member} if member else {})
                 for line in lines
                 for member in list(base.dimensions[d]) + [None]]
    stated = [line for line in lines if r.random() < (
        0.85 if len(line) == len(m.dimensions) else 0.4)]
    return r.sample(stated, min(len(stated), 7))


def base_words(base):
    for name, members in base.dimensions.items():
        yield "dimension " + name
        for member, parts in members.items():
            yield "member %s of %s" % (member, name) + (
                " = " + " + ".join(parts) if parts else "")
    for actor in base.actors:
        yield "actor " + actor
    yield "kind plan like target"
    yield "calendar fy starts 10-01 named by end"
    for m in base.metrics.values():
        yield metric_words(m)
    for fact in base.facts:
        yield fact_words(fact)


def fact_words(fact):
    coordinates = ", ".join("%s = %s" % x for x in fact.members.items())
    return "".join([
        fact.kind, " ", p.text(fact.period), " ", fact.metric,
        "[%s]" % coordinates if coordinates else "", " ", fact.words,
        " by " + fact.actor if fact.actor else "",
        " on " + fact.day.isoformat() if fact.day else ""])


# Questions

class Maker(MakerAlong):
    """Random expressions of a wanted unit, for one question."""

    def __init__(self, r, base):
        self.r, self.base = r, base
        self.by = ()
        self.inside = None  # the dimensions of the aggregate we are in
        self.says = []

    def question(self):
        r, base = self.r, self.base
        q = Question([])
        dimensions = list(base.dimensions)
        by = r.sample(dimensions, r.choice([0, 0, 1, 1, 2]) if len(
            dimensions) > 1 else r.randint(0, len(dimensions)))
        if base.dated and r.random() < 0.2:
            self.says = r.choice([["vintage"], ["actor"],
                                  ["actor", "vintage"]])
        self.by = tuple(by)
        q.by = tuple(by + self.says)
        if r.random() < 0.3:
            span = sorted(r.choices(base.span, k=2))
            q.periods = tuple(r.choice([x, x, None]) for x in span)
            if q.periods == (None, None):
                q.periods = None
        elif r.random() < 0.1:
            q.last = r.randint(1, 3)
        q.items = [self.item() for _ in range(r.choice([1, 1, 2, 3]))]
        if r.random() < 0.25:
            q.where = self.truth(2)
        if r.random() < 0.25:
            q.sort = self.number(self.unit(), 2)
            if "low(" in words(q.sort) or "high(" in words(q.sort):
                q.sort = None  # ends are known but for noise, which sorts
            q.descending = bool(q.sort) and r.random() < 0.5
        if r.random() < 0.15:
            q.top = r.randint(1, 4)
        if r.random() < 0.2:
            q.as_of = r.choice(base.days) + timedelta(
                days=r.randint(-1, 1))
        return q

    def attribute(self):
        figure = self.figure(self.unit())
        if figure is None or "convert" in figure[5]:
            return None
        if self.r.random() < 0.3:
            figure = ("lag", "previous", figure, 1)
        made = ("attribute", self.r.choice(["actor", "stated"]), figure)
        if made[1] == "actor" and self.r.random() < 0.4:
            return ("matches", made, self.r.choice(["i", "^b", "k$"]))
        return made

    def unit(self):
        units = [m.unit for m in self.base.metrics.values()
                 if len(m.unit[1]) < 2]
        if "fx" in self.base.metrics and not self.says:
            units.append(WON)
        return self.r.choice(units + [PLAIN])

    def item(self):
        made = self.plain_item()
        if self.r.random() < 0.15:
            made = definitions.parameter(self.r, made)
        if self.r.random() < 0.15 and has(made, "fig") and not has(
                made, "bare"):
            made = definitions.define(self.r, made)
        return made

    def plain_item(self):
        if self.r.random() < 0.25:
            return self.truth(3)
        if not self.says and self.r.random() < 0.04:
            made = self.period_of(1)
            if made:
                return made
        if not self.says and self.r.random() < 0.04:
            made = self.attribute()
            if made:
                return made
        return self.number(self.unit(), self.r.randint(0, 4))

    def figure(self, unit):
        r = self.r
        metrics = [m for m in self.base.metrics.values() if m.unit == unit]
        if not metrics:
            return None
        m = r.choice(metrics)
        kinds = sorted({f.kind for f in self.base.facts
                        if f.metric == m.name})
        kind = "actual" if r.random() < 0.75 or not kinds else r.choice(kinds)
        period = r.choice(self.base.span) if r.random() < 0.15 else None
        members = {}
        for d in m.dimensions:
            spread = d in (self.inside if self.inside is not None
                           else self.by)
            if r.random() < (0.15 if spread else 0.6):
                members[d] = r.choice(list(self.base.dimensions[d]) + [None])
            elif not spread and self.inside is None and r.random() < 0.06:
                members[d] = "*"
        by = {}
        if r.random() < 0.08:
            by["actor"] = r.choice(self.base.actors)
        if self.base.dated and r.random() < 0.05:
            by["vintage"] = r.choice(self.base.days)
        if self.base.parts and m.aggregation and not self.says and \
                r.random() < 0.4:
            by["convert"] = (p.WORDS[self.base.frequency], r.random() < 0.5)
        return ("fig", kind, period, m.name, members, by)

    def literal(self, unit):
        r = self.r
        text, value, step = digits(r)
        role, powers = unit
        if role == "rate":
            text, factor = text + "%", Fraction(1, 100)
        elif role == "pp":
            text, factor = r.choice([(text + " pp", Fraction(1, 100)),
                                     (text + " bp", Fraction(1, 10000))])
        elif not powers:
            scale = r.choice(["", "", "", "K"]) if "e" not in text else ""
            factor = Fraction(SCALES[scale])
            text += scale
            if not scale and r.random() < 0.15:
                text, factor = text + "%", Fraction(1, 100)
        elif len(powers) == 1 and powers[0][1] == 1:
            name = r.choice([k for k, v in UNITS.items() if v[0] == powers])
            scale = r.choice(["", "", "M"]) if "e" not in text else ""
            factor = Fraction(UNITS[name][1]) * SCALES[scale]
            text += scale + " " + name
        else:
            return None
        return ("lit", float(value * factor), float(step * factor / 2), text)

    def bare(self, figure):
        """A number that takes unit and scale of the figure beside it. Not
        with an exponent, which the program takes as a scale of its own, and
        not beside a rate, where it takes a plain number."""
        text, value, step = digits(self.r)
        while "e" in text:
            text, value, step = digits(self.r)
        m = self.base.metrics[figure[3]]
        return ("bare", float(value * m.factor), float(step * m.factor / 2),
                text)

    def number(self, unit, depth):
        for _ in range(20):
            made = self.try_number(unit, depth)
            if made is not None:
                return made
        return self.literal(unit) or self.literal(PLAIN)

    def exchanged(self):
        """Dollars in won, at the rate of each period."""
        figure = self.figure(DOLLARS)
        return figure and ("exchange", figure[:2] + (None,) + figure[3:], (
            "fig", "actual", None, "fx", {}, {}))

    def try_number(self, unit, depth):
        r = self.r
        role, powers = unit
        if unit == WON and r.random() < 0.5:
            return self.exchanged()
        if depth <= 0 or r.random() < 0.2:
            if role == "pp":
                return self.literal(unit)
            return self.figure(unit) if r.random() < 0.85 or role == "rate" \
                else self.literal(unit)
        form = r.choice(["arith", "arith", "arith", "neg", "abs", "?", "if",
                         "lag", "lag", "agg", "agg", "end", "function",
                         "bare", "vintage", "edge", "along", "along",
                         "at", "in time"])
        d = depth - 1
        if form == "arith":
            return self.arithmetic(unit, d)
        if form == "neg" and role != "rate":
            return ("neg", self.number(unit, d))
        if form == "abs" and role != "rate":
            return ("call", "abs", self.number(unit, d))
        if form == "?":
            a = self.figure(unit)
            if a is None:
                return None
            return ("?", a, self.number(unit, d))
        if form == "if":
            return ("if", self.truth(d), self.number(unit, d),
                    self.number(unit, d))
        if form == "lag":
            name = r.choice(["previous", "year_ago", "previous", "lead"])
            return ("lag", name, self.number(unit, d),
                    r.choice([1, 1, 1, 2, 3]))
        if form == "agg" and role != "pp":
            return self.aggregate(unit, d)
        if form == "end":
            return ("call", r.choice(["low", "high"]), self.number(unit, d))
        if form == "function" and unit == PLAIN:
            name = r.choice(["sqrt", "ln", "exp", "round", "round"])
            if name == "exp":
                inner = self.number(PLAIN, d)
                return ("call", "exp", ("/", inner, ("lit", 100.0, 0.5,
                                                     "100")))
            if name == "round" and r.random() < 0.5:
                return ("call", "round", self.number(PLAIN, d),
                        r.randint(-2, 3))
            return ("call", name, self.number(PLAIN, d))
        if form == "bare" and powers:
            figure = self.figure(unit)
            if figure is None:
                return None
            pair = [figure, self.bare(figure)]
            r.shuffle(pair)
            return (r.choice("+-"), *pair)
        if form == "edge" and role == "plain":
            a = self.number(unit, min(d, 1))
            return ("-", self.nearly(a), a)
        if form == "at":
            return self.at_period(unit, d)
        if form == "in time" and not self.says and role != "pp":
            return self.in_time(unit, 1)
        if form == "along" and not self.says:
            return self.along(unit, 1)
        if form == "vintage" and self.base.dated and not self.says:
            return ("vintage", self.number(unit, d), r.choice(self.base.days))
        return None

    def at_period(self, unit, depth):
        """Figures and lags at one period of the rows."""
        x = self.strict(unit, depth) if unit[0] != "pp" else None
        if x is None or has(x, *along.HEADS):
            return None
        if self.r.random() < 0.3:
            x = ("-", x, self.figure(unit)) if unit[0] == "plain" else x
        period = self.r.choice(self.base.span)
        every = not definitions.holds_moving(x)
        return ("at", definitions.read_at(x, period, every), "%s, %s" % (
            words(x), p.text(period)))

    def arithmetic(self, unit, depth):
        r = self.r
        role, powers = unit
        if role == "rate":
            return (r.choice("+-"), self.number(RATE, depth),
                    self.number(PP, depth))
        if role == "pp":
            return ("-", self.number(RATE, depth), self.number(RATE, depth))
        operator = r.choice("+-+-**/^")
        if operator in "+-":
            return (operator, self.number(unit, depth),
                    self.number(unit, depth))
        if operator == "^":
            if powers:
                return None
            return ("^", self.number(unit, depth), r.choice(
                [("lit", 2.0, 0.5, "2"), ("lit", 3.0, 0.5, "3"),
                 ("lit", 0.5, 0.05, "0.5"),
                 ("neg", ("lit", 1.0, 0.5, "1"))]))
        if operator == "*":
            pair = [self.number(unit, depth), self.number(PLAIN, depth)]
            r.shuffle(pair)
            return ("*", *pair)
        if not powers and r.random() < 0.6:
            other = self.unit()
            if other == RATE and r.random() < 0.7:
                other = PLAIN
            return ("/", self.number(other, depth), self.number(other, depth))
        return ("/", self.number(unit, depth), self.number(PLAIN, depth))

    def aggregate(self, unit, depth, names=(
            "sum", "avg", "min", "max", "count", "sum", "avg", "min", "max",
            "median", "rms", "stddev_samp", "stddev_pop", "var_samp",
            "var_pop")):
        r = self.r
        if self.says or (self.inside is not None and r.random() < 0.5):
            return None  # which rows of vintages they make is not said
        name = r.choice(names)
        if name == "count" and unit != PLAIN:
            return None
        if name in ("sum", "rms", "stddev_samp", "stddev_pop") and \
                unit[0] == "rate":
            return None
        if name.startswith("var_") and unit != PLAIN:
            return None
        outer = self.inside if self.inside is not None else self.by
        dimensions = list(self.base.dimensions)
        mode = r.choice([None, "over", "over"] + ["by"] * bool(outer))
        chosen = ()
        if mode == "over":
            if not dimensions:
                return None
            chosen = tuple(r.sample(dimensions, r.randint(
                1, min(2, len(dimensions)))))
        elif mode == "by":
            if not outer:
                return None
            chosen = tuple(r.sample(list(outer), r.randint(1, len(outer))))
        periods = None
        if r.random() < 0.2:
            periods = tuple(r.choice([x, x, x, None]) for x in sorted(
                r.choices(self.base.span, k=2)))
            periods = None if periods == (None, None) else periods
        saved, self.inside = self.inside, dimensions if mode != "over" \
            else list(set(outer) | set(chosen))
        inner_unit = self.unit() if name == "count" else unit
        inner = self.truth(depth) if name in ("all", "any") \
            else self.ago(inner_unit, depth) if r.random() < (
                0.4 if self.base.frequency in "WD" else 0.1) \
            else self.number(inner_unit, depth)
        self.inside = saved
        if inner is None:
            return None
        partial = r.random() < 0.5
        if not has(inner, "fig"):
            return None  # rows in which only what is always known is known
        groups = tuple(
            (d, r.choice(found)) for d in chosen if mode == "over"
            and r.random() < 0.2 and not has(inner[1:], "agg")
            for found in [[m for m, parts in self.base.dimensions[d].items()
                           if parts]] if found)
        return ("agg", name, inner, mode, chosen, periods, partial, groups)

    def in_time(self, unit, depth):
        """The first or last known value of each line."""
        saved = self.inside
        self.inside = list(self.by) if saved is None else saved
        inner = self.strict(unit, depth)
        self.inside = saved
        periods = None
        if self.r.random() < 0.5:
            periods = tuple(self.r.choice([x, x, None]) for x in sorted(
                self.r.choices(self.base.span, k=2)))
            periods = None if periods == (None, None) else periods
        return inner and ("agg", self.r.choice(["first", "last"]), inner,
                          "over", (), periods, False, ())

    def truth(self, depth):
        for _ in range(20):
            made = self.try_truth(depth)
            if made is not None:
                return made
        return ("const", True)

    def try_truth(self, depth):
        r = self.r
        d = depth - 1
        form = r.choice(["cmp"] * 6 + ["and", "or", "not", "~", "possibly",
                                       "certainly", "between", "among",
                                       "within", "agg", "known", "member",
                                       "const", "edge", "edge"])
        unit = self.unit()
        if form == "edge" and unit[0] == "plain":
            a = self.number(unit, min(d, 1))
            pair = [a, self.nearly(a)]
            r.shuffle(pair)
            return (r.choice(["=", "!=", "<", "<=", ">", ">="]), *pair)
        if form in ("cmp", "possibly", "certainly"):
            operator = r.choice(["=", "!=", "<", "<=", ">", ">="])
            a = self.number(unit, d)
            b = self.same_size(a, unit, d)
            return (operator, a, b) if form == "cmp" else (form, operator, a,
                                                           b)
        if form == "~":
            a = self.number(unit, d)
            return ("~", a, self.same_size(a, unit, d))
        if form in ("and", "or") and depth > 0:
            return (form, self.truth(d), self.truth(d))
        if form == "not" and depth > 0:
            return ("not", self.truth(d))
        if form == "between":
            x = self.number(unit, d)
            ends = self.number(unit, d - 1), self.number(unit, d - 1)
            if not any(has(end, "fig") for end in ends):
                return None  # may end before it begins, which is refused
            return ("between", x) + ends
        if form == "among":
            return ("among", self.number(unit, d), self.number(unit, d - 1),
                    self.number(unit, d - 1))
        if form == "within" and unit[0] == "plain":
            relative = r.random() < 0.5
            tolerance = ("lit", 0.05, 0, "5%") if relative \
                else self.literal(unit)
            if tolerance is None or (not relative and "%" in tolerance[3]):
                return None
            return ("within", self.number(unit, d), self.number(unit, d),
                    tolerance, relative)
        if form == "agg" and depth > 0:
            return self.aggregate(unit, d, ("all", "any"))
        if form == "known":
            return ("known", self.number(unit, d))
        if form == "member":
            outer = self.inside if self.inside is not None else self.by
            if not outer:
                return None
            dimension = r.choice(list(outer))
            members = self.base.dimensions[dimension]
            name = r.choice(list(members))
            if members[name]:
                return ("member", dimension, self.base.flat(
                    dimension, name), "in " + name)
            if r.random() < 0.3:
                return ("matches", dimension, r.choice(
                    ["a", "^.b", "s$", "^[^x][ac]"]))
            return ("member", dimension, (name,), "= " + name)
        if form == "const" and r.random() < 0.2:
            return ("const", r.choice([True, False, None]))
        return None

    def nearly(self, a):
        """The same again but for binary noise, or for a digit that counts, or
        one that does not."""
        r = self.r
        by = r.choice(["1.1", "0.1", "0.3", "7", "1.7"])
        same = ("/", ("*", a, plain(by)), plain(by))
        three = ("/", ("+", ("+", a, a), a), plain("3"))
        return r.choice([
            same, same, three, ("-", ("+", a, same), a),
            ("*", a, plain(r.choice(["1.00000000001", "0.99999999999",
                                     "1.0000000000003"])))])

    def same_size(self, a, unit, depth):
        """Something to compare with that is not always far off: the same
        figure in another guise, a literal or anything."""
        r = self.r
        if a[0] == "fig" and r.random() < 0.4:
            return r.choice([self.bare(a) if unit != RATE else a,
                             ("lag", "previous", a, 1),
                             ("*", a, ("lit", 1.0, 0.5, "1"))])
        return self.literal(unit) if unit[0] == "plain" and len(
            unit[1]) < 2 and r.random() < 0.3 else self.number(unit, depth)


def plain(text):
    return ("lit", float(text), float(last_digit(text) / 2), text)


# Questions in words

LEVELS = {"or": 1, "and": 2, "not": 3, "possibly": 3, "certainly": 3,
          "+": 6, "-": 6, "*": 7, "/": 7, "neg": 8, "^": 9, "?": 10}


def level(x):
    if x[0] in ("=", "!=", "<", "<=", ">", ">=", "~", "within", "between",
                "among", "member", "matches"):
        return 4
    if x[0] == "if":
        return 0
    if x[0] == "exchange":
        return 5
    return (level(x[2]) if x[0] == "arg"
                                 else LEVELS.get(x[0], 11))


def words(x, least=0):
    text = plain_words(x)
    return "(%s)" % text if level(x) < least else text


def plain_words(x):
    head = x[0]
    if head == "fig":
        return figure_words(x)
    if head in ("lit", "bare"):
        return x[3]
    if head == "const":
        return {True: "true", False: "false", None: "unknown"}[x[1]]
    if head == "text":
        return '"%s"' % x[1]
    if head == "exchange":
        return words(x[1], 6) + " to KRW"
    if head == "attribute":
        return "%s(%s)" % (x[1], words(x[2]))
    if head == "matches":
        return '%s matches "%s"' % (x[1] if isinstance(x[1], str)
                                    else words(x[1]), x[2])
    if head == "member":
        return "%s %s" % (x[1], x[3])
    if head == "neg":
        return "-" + words(x[1], 9)
    if head == "not":
        return "not " + words(x[1], 4)
    if head in ("possibly", "certainly"):
        return "%s %s" % (head, words(x[1:], 4))
    if head == "if":
        return "if %s then %s else %s" % tuple(words(y, 1) for y in x[1:])
    if head == "known":
        return "known(%s)" % words(x[1])
    if head == "call":
        return "%s(%s)" % (x[1], ", ".join(
            words(y) if isinstance(y, tuple) else str(y) for y in x[2:]))
    if head == "lag":
        count = "" if x[3] == 1 else ", %d" % x[3]
        return "%s(%s%s)" % (x[1], words(x[2]), count)
    if head == "vintage":
        return "vintage(%s, %s)" % (words(x[1]), x[2].isoformat())
    if head == "agg":
        return aggregate_words(x)
    if head in along.HEADS:
        return along_words(x, words)
    if head in definitions.CLOSED + ("name",):
        return definitions.call_words(x, words)
    if head == "within":
        return "%s = %s within %s" % tuple(words(y, 6) for y in x[1:4])
    if head == "between":
        return "%s in %s .. %s" % tuple(words(y, 6) for y in x[1:])
    if head == "among":
        return "%s in {%s}" % (words(x[1], 6), ", ".join(
            words(y, 6) for y in x[2:]))
    mine = level(x)
    left, right = (10, 11) if head == "?" else (10, 10) if head == "^" else (
        mine, mine + 1)
    if mine == 4:
        left = right = 6
    return "%s %s %s" % (words(x[1], left), head, words(x[2], right))


def figure_words(x):
    _, kind, period, metric, members, by = x
    coordinates = ["%s = %s" % (d, m or "total") for d, m in members.items()]
    coordinates += ["%s = %s" % (k, v.isoformat() if k == "vintage" and
                                 v != "*" else v) for k, v in by.items()
                    if k != "convert"]
    text = "".join([
        "" if kind == "actual" else kind + " ",
        p.text(period) + " " if period else "", metric,
        "[%s]" % ", ".join(coordinates) if coordinates else ""])
    if "convert" not in by:
        return text
    word, partial = by["convert"]
    return "%s(%s%s)" % (word, text, ", partial" if partial else "")


def span_words(periods):
    return "..".join(p.text(x) if x else "" for x in periods)


def aggregate_words(x):
    _, name, inner, mode, dimensions, periods, partial, groups = x
    groups = dict(groups)
    dimensions = ["%s in %s" % (d, groups[d]) if d in groups else d
                  for d in dimensions]
    return "%s(%s%s%s%s)" % (
        name, words(inner), ", partial" if partial else "",
        " %s %s" % (mode, ", ".join(dimensions)) if dimensions else "",
        " for " + span_words(periods) if periods else "")


def question_words(q):
    said = {}
    for x in q.expressions():
        definitions.declarations(x, words, said)
    return "\n".join(list(said.values()) + [sentence(q)])


def sentence(q):
    parts = ["show " + ", ".join("%s as k%d" % (words(x), i + 1)
                                 for i, x in enumerate(q.items))]
    if q.by:
        parts.append("by " + ", ".join(q.by))
    if q.periods:
        parts.append("for " + span_words(q.periods))
    if q.last:
        parts.append("for last %d" % q.last)
    if q.where:
        parts.append("where " + words(q.where))
    if q.sort:
        parts.append("sort by " + words(q.sort, 5) +
                     (" desc" if q.descending else ""))
    if q.top:
        parts.append("top %d" % q.top)
    if q.as_of:
        parts.append("as of " + q.as_of.isoformat())
    return " ".join(parts)
