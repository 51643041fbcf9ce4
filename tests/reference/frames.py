"""Answers questions straight from the definitions of the language: each cell
of each row is worked out on its own, by looking through all facts.

A question is data, made by generate.py, which also writes it in words:

    figure     ("fig", kind, period or None, metric, {dimension: member}, by)
               a member is a name, "*" (the row's) or None (the total);
               by is {"actor": name or "*", "vintage": day or "*"}, with
               "convert": ("yearly", partial or not) where it is converted
    literal    ("lit", value, half a unit of its last digit)
    operators  ("+", a, b), ("?", a, b), ("if", c, a, b), ("=", a, b), ...
    calls      ("call", name, argument, ...)
    lags       ("lag", "previous" or "year_ago", expression, count)
    along the periods: see along.py
    definitions, parameters and `at`: see definitions.py
    aggregates ("agg", name, expression, mode, dimensions, periods, partial,
               groups); mode is "over", "by" or None; periods (first, last) or
               None; groups are pairs of a dimension and the group of it
    exchanges  ("exchange", figure, figure of its rate)
    texts      ("attribute", name, figure), ("matches", dimension or attribute,
               pattern)

To add a function of numbers, add it to FUNCTIONS; an aggregate, to REDUCTIONS
of spreads.py; a form of its own is a method do_NAME of Reader.
"""
from dataclasses import dataclass, replace
import math
import re
from typing import NamedTuple

import along
import edges
from expressions import aggregates, earlier, figures, has, parts
import lines
import numbers_of_figures as n
import periods as p
import spreads


class Unsupported(Exception):
    """The definitions leave open what this question means."""


@dataclass
class Metric:
    name: str
    frequency: str
    dimensions: tuple
    unit: tuple  # (role, ((unit, power), ...)); see generate.py
    shown: str  # how the unit is written
    factor: float  # a bare number times this is in base units
    aggregation: str = ""


@dataclass
class Fact:
    kind: str
    metric: str
    period: tuple
    members: dict
    value: n.Num
    words: str  # what stands behind the figure
    day: object = None  # of its statement; None is before all days
    actor: object = None


@dataclass
class Base:
    dimensions: dict  # name: {member: None, or the members of a group}
    metrics: dict
    facts: list
    actors: list

    def flat(self, dimension, member):
        """The members of a group that are none themselves."""
        parts = self.dimensions[dimension][member]
        if parts is None:
            return (member,)
        return tuple(dict.fromkeys(
            one for part in parts for one in self.flat(dimension, part)))

    def leaves(self, dimension):
        return [name for name, parts in self.dimensions[dimension].items()
                if parts is None]


@dataclass
class Question:
    items: list
    by: tuple = ()  # dimensions, "vintage", "actor", in order
    periods: object = None  # (first, last), either may be None
    last: int = 0  # for last N
    where: object = None
    sort: object = None
    descending: bool = False
    top: int = 0
    as_of: object = None

    def expressions(self):
        return self.items + [x for x in (self.where, self.sort) if x]


@dataclass
class Answer:
    keys: list
    rows: list  # ({key: text}, [value, ...])
    undecided: int
    cut: int
    largest: float  # of the operands of sums and differences


class Row(NamedTuple):
    """Where an expression is read."""
    members: dict = {}  # of the row, by dimension
    named: tuple = ()  # the dimensions that figures take without naming them
    period: object = None
    lags: tuple = ()  # ((function, count), ...), the outermost first
    as_of: object = None
    actor: object = None  # where rows are told apart by who spoke
    vintage: object = None  # ... and when
    groups: tuple = ()  # to which aggregates around it keep figures


FUNCTIONS = {
    "abs": n.absolute, "sqrt": n.square_root, "ln": n.logarithm,
    "exp": n.exponential, "low": n.low, "high": n.high,
}
IN_TIME = {"first": 0, "last": -1}  # which of the known periods
ARITHMETIC = {"+": n.add, "-": n.subtract, "*": n.multiply, "/": n.divide,
              "^": n.power}
COMPARISONS = {
    "=": n.compare_eq,
    "!=": lambda a, b: n.logic_not(n.compare_eq(a, b)),
    "<": n.compare_lt,
    ">": lambda a, b: n.compare_lt(b, a),
    "<=": lambda a, b: n.logic_not(n.compare_lt(b, a)),
    ">=": lambda a, b: n.logic_not(n.compare_lt(a, b)),
    "~": n.possibly_eq,
}
POSSIBLY = {
    "=": n.possibly_eq,
    "!=": lambda a, b: not n.certainly_eq(a, b),
    "<": n.possibly_lt,
    ">": lambda a, b: n.possibly_lt(b, a),
    "<=": lambda a, b: not n.certainly_lt(b, a),
    ">=": lambda a, b: not n.certainly_lt(a, b),
}
OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


class Reader(along.Along, edges.Edges, lines.Lines):
    """Works out expressions over one base for one question."""

    def __init__(self, base, question):
        self.base = base
        self.question = question
        self.frame = None  # the periods of the rows
        self.read = []  # ... and all that are looked at
        self.known = None  # the first and the last in which something is
        self.series_values = {}  # of what runs along periods
        self.results = {}  # of aggregates, which are the same in many rows
        self.frequency = self.frequency_of(question)
        self.largest = 0.0  # of all operands of sums so far
        self.cells = {}  # the facts of each cell, in the order of the input
        self.series = {}  # and of each kind, metric and frequency
        for fact in base.facts:
            self.cells.setdefault((fact.kind, fact.metric, fact.period, tuple(
                fact.members.get(d) for d in base.metrics[fact.metric]
                .dimensions)), []).append(fact)
            self.series.setdefault((fact.kind, fact.metric, fact.period[0]),
                                   []).append(fact)

    # The frame

    def frequency_of(self, question):
        """That of its `for`, else of a period in the statement, else of its
        first metric."""
        for period in question.periods or ():
            if period:
                return period[0]
        all_figures = [f for x in question.expressions() for f in figures(x)]
        for figure in all_figures:
            if figure[2]:
                return figure[2][0]
        return self.base.metrics[all_figures[0][3]].frequency \
            if all_figures else None

    def known_facts(self, figure, as_of):
        """Facts of its kind, metric and frequency that were said by a day;
        those of parts stand for the whole where figures are converted."""
        frequency = figure[2][0] if figure[2] else self.frequency
        found = self.series.get((figure[1], figure[3], frequency), [])
        if "convert" in figure[5]:
            found = found + self.of_parts(figure, frequency)
        return [fact for fact in found
                if fact.day is None or as_of is None or fact.day <= as_of]

    def of_parts(self, figure, frequency):
        return [replace(fact, period=p.whole(fact.period, frequency))
                for finer in p.finer(frequency) for fact in self.series.get(
                    (figure[1], figure[3], finer), ())]

    def extent(self, row):
        """The first and the last period in which a figure of the question
        that follows the periods has a fact of its own: of its lines, of its
        speaker, and of its day."""
        found = [period for x in self.question.expressions()
                 for period in self.own_periods(x, row, False)]
        return (min(found), max(found)) if found else None

    def own_periods(self, x, row, leaves_only):
        """The periods in which figures of an expression have facts."""
        for part, _, day in parts(x):
            day = earlier(day, row.as_of)
            if part[0] == "agg":
                own = tuple(self.own_dimensions(part, row))
                inside = row._replace(named=own, as_of=day,
                                      groups=self.groups_of(part, row))
                yield from self.own_periods(part[2], inside, True)
            elif part[2] is None:
                open_ = self.open_dimensions(part, row.named)
                for fact in self.known_facts(part, earlier(
                        day, part[5].get("vintage"))):
                    leaf = all(fact.members.get(d) in self.base.leaves(d)
                               for d in open_)
                    if (self.fits(part, fact, open_, row) and
                            self.in_groups({d: fact.members.get(d)
                                            for d in open_}, row.groups) and
                            part[5].get("actor") in (None, "*", fact.actor)
                            and (leaf or not leaves_only)):
                        yield fact.period

    def settle_periods(self, row):
        question = self.question
        moving = any(f[2] is None for x in question.expressions()
                     for f in figures(x))
        if not moving:
            return None  # one row without a period
        extent = self.known = self.extent(row)
        first, last = question.periods or (None, None)
        if not extent and not (first and last):
            return []
        first, last = first or extent[0], last or extent[1]
        span = [(first[0], at) for at in range(first[1], last[1] + 1)]
        firsts, lasts = span[:1], span[-1:]
        for part in (y for x in question.expressions() for y in aggregates(x)):
            if part[5]:
                firsts.append(part[5][0] or extent and extent[0])
                lasts.append(part[5][1] or extent and extent[1])
        firsts, lasts = list(filter(None, firsts)), list(filter(None, lasts))
        self.read = [(first[0], at) for at in range(
            min(firsts)[1], max(lasts)[1] + 1)] if firsts and lasts else []
        self.reach_farther(extent)
        return span[-question.last:] if question.last else span

    def fits(self, figure, fact, open_, row):
        """Is the fact about a cell of this figure, whatever the OPEN members
        and the period?"""
        for d in self.base.metrics[figure[3]].dimensions:
            member = fact.members.get(d)
            if d in open_:
                if member is None:
                    return False
            elif member != self.member(figure, d, row):
                return False
        return True

    def member(self, figure, dimension, row):
        """The member that a figure takes: its own, else the row's, else the
        total."""
        if dimension in figure[4] and figure[4][dimension] != "*":
            return figure[4][dimension]
        if figure[4].get(dimension) == "*" or dimension in row.named:
            return row.members.get(dimension)
        return None

    def moves(self, x):
        """Does an expression differ from period to period?"""
        if not isinstance(x, tuple) or not x:
            return False
        if x[0] == "fig":
            return x[2] is None
        if x[0] == "agg" and (x[3] != "over" or x[5] or x[1] in IN_TIME):
            return False  # it collapses the periods
        return any(self.moves(part) for part in x[1:])

    def check(self, x, dimensions):
        """Members can be asked for only where rows have their dimension."""
        if not isinstance(x, tuple) or not x:
            return
        if x[0] in ("member", "matches") and isinstance(x[1], str) and \
                x[1] not in dimensions:
            raise Unsupported("rows without this dimension")
        if x[0] == "agg":
            own = self.own_dimensions(x, Row(named=tuple(dimensions)))
            if x[3] == "by" and not set(x[4]) <= set(dimensions):
                raise Unsupported("keeps a dimension that no row has")
            if not set(x[4]) <= set(own):
                raise Unsupported("a dimension that no figure has")
            if x[3] == "over" and any(
                    self.base.dimensions[d].get(f[4].get(d))
                    for f in figures(x[2]) for d in x[4]
                    if d in self.base.metrics[f[3]].dimensions):
                raise Unsupported("a group that stands for its members")
            dimensions = own
        for part in x[1:]:
            self.check(part, dimensions)

    # Rows

    def answer(self):
        question = self.question
        expressions = question.expressions()
        stars = [d for x in expressions for f, *_ in parts(x)
                 if f[0] == "fig" for d in self.base.metrics[f[3]].dimensions
                 if f[4].get(d) == "*"]
        says = [d for d in question.by if d in ("vintage", "actor")]
        says += [d for x in expressions for f, *_ in parts(x)
                 if f[0] == "fig" for d in ("vintage", "actor")
                 if f[5].get(d) == "*"]
        named = tuple(d for d in question.by if d not in ("vintage", "actor"))
        row = Row(named=named, as_of=question.as_of)
        dimensions = list(dict.fromkeys(list(named) + stars))
        for x in expressions:
            self.check(x, dimensions)
        self.frame = self.settle_periods(row)
        keys = list(dict.fromkeys(list(question.by) + stars + says))
        if any(self.moves(x) for x in question.items):
            keys = keys + ["period"]
        elif any(self.moves(x) for x in expressions):
            raise Unsupported("a condition that moves, rows that do not")
        rows, undecided = [], 0
        for one in self.rows(row, dimensions, keys, expressions):
            values = [self.value(x, one) for x in question.items]
            if keys and all(value is None for value in values):
                continue
            if question.where is not None:
                holds = self.value(question.where, one)
                undecided += holds is None
                if not holds:
                    continue
            rank = self.value(question.sort, one) if question.sort else None
            key = dict(one.members)
            key.update(period=one.period, actor=one.actor, vintage=one.vintage)
            rows.append(({k: key[k] for k in keys}, values, rank))
        if question.sort:
            rows = self.sorted_rows(rows)
        cut = max(0, len(rows) - question.top) if question.top else 0
        rows = rows[:question.top] if question.top else rows
        return Answer(keys, [r[:2] for r in rows], undecided, cut,
                      self.largest)

    def sorted_rows(self, rows):
        """By points; what has bounds alone stands where these meet no other
        key, else behind, with what is unknown."""
        def key(row):
            value = row[2]
            if value is None or value.point is None and (
                    value.low, value.high) == (-math.inf, math.inf):
                return None
            low, high = (value.low, value.high) if value.point is None else (
                value.point, value.point)
            return (-high, -low) if self.question.descending else (low, high)
        keys = [key(row) for row in rows]
        certain = [one is not None and (one[0] == one[1] or not any(
            other is not None and i != j and other[0] < one[1]
            and one[0] < other[1] for j, other in enumerate(keys)))
            for i, one in enumerate(keys)]
        return [rows[i] for i in sorted(
            range(len(rows)), key=lambda i: (
                (0,) + keys[i] if certain[i] else (1,)))]

    def rows(self, row, dimensions, keys, expressions):
        """The rows of the frame, in order: dimensions as they were named, then
        periods."""
        says = [k for k in keys if k in ("vintage", "actor")]
        outer = [f for x in expressions for f in figures(x)]
        lines = self.lines(expressions, dimensions, row, False)
        speeches = self.speeches(expressions, dimensions, says, row)
        frame = self.frame if "period" in keys else [None]
        found = [row._replace(members=line, period=period, **speech)
                 for line in lines for speech in speeches for period in frame]
        if says and any(has(x, "known", "?", "const") or not has(x, "fig")
                        for x in self.question.items):
            raise Unsupported("rows in which something is always known")
        if not all(self.spreads(f, k) for f in outer for k in says):
            raise Unsupported("one speaker beside all of them")
        if says and any(set(dimensions) - set(self.open_dimensions(
                f, row.named)) for f in outer):
            raise Unsupported("who spoke of a figure without a dimension")
        if "vintage" in says:
            found = [one for one in found
                     if any(self.is_new(x, one) for x in expressions)]
        position = {d: {m: i for i, m in enumerate(self.base.dimensions[d])}
                    for d in dimensions}

        def order(one):
            return [position[k].get(one.members[k], -1) if k in dimensions
                    else (one.actor is not None and
                          self.base.actors.index(one.actor) + 1)
                    if k == "actor"
                    else one.vintage.toordinal() if k == "vintage"
                    else one.period for k in keys]
        return sorted(found, key=order)

    def speeches(self, expressions, dimensions, says, row):
        """Who spoke, and when, of the figures that are spread by it."""
        if not says:
            return [{}]
        found, unnamed = set(), set()
        for figure, lags, day in (y for x in expressions for y in parts(x)):
            if figure[0] == "agg" or not all(self.spreads(figure, k)
                                             for k in says):
                continue
            open_ = self.open_dimensions(figure, row.named)
            own = figure[5].get("vintage")
            for fact in self.known_facts(figure, earlier(
                    None if own == "*" else own, earlier(day, row.as_of))):
                if self.fits(figure, fact, open_, row) and self.reads(
                        figure, lags, fact):
                    speech = (fact.actor if "actor" in says else None,
                              fact.day if "vintage" in says else None)
                    (found if "actor" not in says or self.names(
                        figure, row._replace(as_of=earlier(
                            day, row.as_of))) else unnamed).add(speech)
        actors = {actor for actor, _ in found}
        if any(actors):  # the others are repeated beside them
            days = {day for _, day in found}
            found |= {(actor, day) for _, day in unnamed if day not in days
                      for actor in actors}
        else:
            found |= unnamed
        return [dict(actor=actor, vintage=day) for actor, day in found]

    def spreads(self, figure, kind):
        return figure[5].get(kind) == "*" or (
            kind in self.question.by and kind not in figure[5])

    def names(self, figure, row):
        """Does any fact of a figure, of whatever period, say who spoke?"""
        open_ = self.open_dimensions(figure, row.named)
        return any(fact.actor and self.fits(figure, fact, open_, row)
                   for fact in self.known_facts(figure, earlier(
                       figure[5].get("vintage"), row.as_of)))

    def is_new(self, x, row):
        """Was something said of it on the day of the row's vintage?"""
        if not isinstance(x, tuple) or not x:
            return False
        if x[0] == "fig":
            fact = self.fact(x, row)
            return (self.spreads(x, "vintage") and fact is not None
                    and fact.day == row.vintage)
        if x[0] == "lag":
            return self.is_new(x[2], self.lagged(x, row))
        if x[0] == "at":
            return self.is_new(x[1], row._replace(lags=()))
        if x[0] == "agg":
            return any(self.is_new(x[2], one)
                       for one in self.inside(x, row))
        return any(self.is_new(part, row) for part in x[1:])

    # Cells

    def fact(self, figure, row):
        """The fact that counts for the figure in a row, or None."""
        _, kind, period, metric, _, by = figure
        period = self.lag(period or row.period, row.lags)
        as_of = by.get("vintage")
        if self.spreads(figure, "vintage"):
            as_of = row.vintage
        as_of = earlier(as_of, row.as_of)
        dimensions = self.base.metrics[metric].dimensions
        members = tuple(self.member(figure, d, row) for d in dimensions)
        told = self.spreads(figure, "actor") and self.names(figure, row)
        found = None
        for fact in self.cells.get((kind, metric, period, members), ()):
            if ((fact.day is None or as_of is None or fact.day <= as_of)
                    and (by.get("actor") in (None, "*")
                         or fact.actor == by["actor"])
                    and (not told or fact.actor == row.actor)):
                if found is None or day_key(found) <= day_key(fact):
                    found = fact
        return found

    def value(self, x, row):
        row = self.shifted(x, row)
        return getattr(self, "do_" + NAMES.get(x[0], x[0]))(x, row)

    def do_fig(self, x, row):
        fact = self.fact(x, row)
        if fact is not None or "convert" not in x[5]:
            return None if fact is None else fact.value
        whole = self.lag(x[2] or row.period, row.lags)
        row = row._replace(lags=())
        rule = self.base.metrics[x[3]].aggregation
        partial = x[5]["convert"][1]
        for finer in p.finer(whole[0]):
            values = self.in_parts(x, row, whole, finer, partial)
            if rule == "stock" and values[-1] is not None:
                return values[-1]
            if rule != "stock" and None not in values:
                return self.add_up(rule, values)
        known = self.cover(x, row, whole, rule) if partial else []
        if rule == "stock" and known:
            return known[-1][1]
        if not known:
            return None
        if rule == "flow":
            return self.add_up(rule, [value for _, value in known])
        finest = max(p.PER_YEAR[part[0]] for part, _ in known)
        return self.add_up(rule, [
            value for part, value in known
            for _ in range(finest // p.PER_YEAR[part[0]])])

    def add_up(self, rule, values):
        self.note_size(values)
        return n.total(values) if rule == "flow" else n.mean(values)

    def in_parts(self, x, row, whole, finer, partial):
        """What is known of the parts of one frequency."""
        facts = [self.fact(x[:2] + (part,) + x[3:], row)
                 for part in p.parts(whole, finer)]
        return [fact.value if fact and not (
            partial and fact.value.point is None) else None for fact in facts]

    def cover(self, x, row, whole, rule, own=None):
        """The parts that stand for a period, with their values: itself where
        it was stated, else all of one frequency where they are known, else
        what stands for each part of the next frequency."""
        if own is not None:
            return [(whole, own)]
        for finer in p.finer(whole[0]):
            values = self.in_parts(x, row, whole, finer, True)
            full = values[-1:] if rule == "stock" else values
            if None not in full:
                return list(zip(p.parts(whole, finer), values))[-len(full):]
        return [found for finer in p.finer(whole[0])[:1]
                for part, value in zip(
                    p.parts(whole, finer),
                    self.in_parts(x, row, whole, finer, True))
                for found in self.cover(x, row, part, rule, value)]

    def do_attribute(self, x, row):
        """What was said beside the fact: its actor, or the day."""
        while x[2][0] == "lag":
            row = self.lagged(x[2], row)
            x = x[:2] + (x[2][2],)
        fact = self.fact(x[2], row)
        said = fact and (fact.actor if x[1] == "actor" else fact.day)
        return said.isoformat() if said and x[1] == "stated" else said

    def do_matches(self, x, row):
        text = row.members[x[1]] if isinstance(x[1], str) else self.value(
            x[1], row)
        return None if text is None else bool(re.search(x[2], text))

    def do_lit(self, x, row):
        return n.exact(x[1])

    do_bare = do_lit

    def do_const(self, x, row):
        return x[1]

    def do_text(self, x, row):
        return x[1]

    def do_member(self, x, row):
        """dimension = member, or dimension in group"""
        _, dimension, names, _ = x
        if dimension not in row.members:
            raise Unsupported("no such dimension here")
        return row.members[dimension] in names

    def do_arithmetic(self, x, row):
        a, b = (self.value(part, row) for part in x[1:])
        if a is None or b is None:
            return None
        if x[0] in "+-":
            self.largest = max([self.largest] + [
                abs(end) for end in a + b if end and n.finite(end)])
        return ARITHMETIC[x[0]](a, b)

    def do_negate(self, x, row):
        a = self.value(x[1], row)
        return None if a is None else n.negate(a)

    def do_orelse(self, x, row):
        a = self.value(x[1], row)
        return self.value(x[2], row) if a is None else a

    def do_if(self, x, row):
        holds = self.value(x[1], row)
        return None if holds is None else self.value(x[2 if holds else 3], row)

    def do_comparison(self, x, row):
        a, b = (self.value(part, row) for part in x[1:])
        if x[0] == "~":
            a, b = self.rounded(x[1], row), self.rounded(x[2], row)
        return None if a is None or b is None else COMPARISONS[x[0]](a, b)

    def rounded(self, x, row):
        """A literal that is a whole operand of `~` and its like has the
        rounding of its last digit."""
        if x[0] in ("arg", "param"):
            return self.rounded(x[2], row)
        if x[0] == "neg" and x[1][0] in ("lit", "param"):
            return n.negate(self.rounded(x[1], row))
        if x[0] in ("lit", "bare"):
            return n.Num(x[1], x[1] - x[2], x[1] + x[2])
        return self.value(x, row)

    def do_possibly(self, x, row):
        _, operator, a, b = x
        a, b = self.rounded(a, row), self.rounded(b, row)
        return None if a is None or b is None else POSSIBLY[operator](a, b)

    def do_certainly(self, x, row):
        possible = self.do_possibly((x[0], OPPOSITE[x[1]]) + x[2:], row)
        return n.logic_not(possible)

    def do_within(self, x, row):
        _, a, b, tolerance, relative = x
        a, b, tolerance = (self.value(y, row) for y in (a, b, tolerance))
        if a is None or b is None:
            return None
        return n.near(a, b, tolerance, relative)

    def do_between(self, x, row):
        return n.logic_and(self.do_comparison((">=", x[1], x[2]), row),
                           self.do_comparison(("<=", x[1], x[3]), row))

    def do_among(self, x, row):
        found = False
        for part in x[2:]:
            found = n.logic_or(found, self.do_comparison(("=", x[1], part),
                                                         row))
        return found

    def do_not(self, x, row):
        return n.logic_not(self.value(x[1], row))

    def do_and(self, x, row):
        return n.logic_and(self.value(x[1], row), self.value(x[2], row))

    def do_or(self, x, row):
        return n.logic_or(self.value(x[1], row), self.value(x[2], row))

    def do_known(self, x, row):
        value = self.value(x[1], row)
        return value.point is not None if isinstance(value, n.Num) \
            else value is not None

    def do_call(self, x, row):
        a = self.value(x[2], row)
        if a is None:
            return None
        if x[1] == "round":
            return n.round_to(a, x[3] if len(x) > 3 else 0)
        if x[1] == "ln":
            self.largest = max(self.largest, 1.0)  # near 1 it cancels out
        return FUNCTIONS[x[1]](a)

    def do_exchange(self, x, row):
        """An amount at the rate of its period."""
        return self.do_arithmetic(("*",) + x[1:], row)

    def do_inner(self, x, row):
        return self.value(x[2], row)

    def do_at(self, x, row):
        """What it holds stays where the row is read earlier."""
        return self.value(x[1], row._replace(lags=()))

    def do_vintage(self, x, row):
        """vintage(x, DATE): as it was known on a day."""
        return self.value(x[1], row._replace(as_of=earlier(x[2], row.as_of)))

    def lagged(self, x, row):
        return row._replace(lags=row.lags + ((x[1], x[3]),))

    def do_lag(self, x, row):
        return self.value(x[2], self.lagged(x, row))

    # Aggregates

    def inside(self, x, row):
        """The rows that an aggregate runs over."""
        _, name, inner, mode, dimensions, periods, _, _ = x
        in_time = mode != "over" or name in IN_TIME
        own = self.own_dimensions(x, row)
        kept = {d: row.members[d] for d in own
                if (mode == "over") != (d in dimensions) and mode
                and d in row.members}
        line_row = row._replace(members=kept, named=tuple(own))
        # A member that the row gives may be a group; those inside may not.
        lines = [line for line in self.lines_inside(x, own, line_row)
                 if all(line[d] == kept[d] for d in kept)]
        line_row = line_row._replace(groups=self.groups_of(x, row))
        moves = self.moves(inner)
        if not moves or self.frame is None or not (in_time or periods):
            span = [row.period]
        elif periods:
            span = self.span(periods, row)
        else:
            span = self.frame
        rows = [[line_row._replace(members=line, period=period)
                 for period in span] for line in lines]
        free = [moves and self.frame is not None and (
            at is None if periods else in_time
            and not self.question.periods) for at in periods or (None, None)]
        if any(free):
            rows = self.trim(inner, rows, *free)
        return [one for line in rows for one in line]

    def span(self, periods, row):
        """An open range reaches as far as the data of the question do."""
        first, last = periods
        if (first is None or last is None) and not self.known:
            return []
        first, last = first or self.known[0], last or self.known[1]
        return [(first[0], at) for at in range(first[1], last[1] + 1)]

    def trim(self, inner, lines, start, end):
        """The ends of all series together are no gaps, those of one of them
        are where another one goes on: of a line, or of a figure that is
        missing there in spite of the lags."""
        firsts, lasts = (
            [one.period for line in lines for one in line
             if self.value(inner, one) is not None
             or self.edge(inner, one, early)] for early in (True, False))
        return [[one for one in line if firsts and lasts
                 and (not start or min(firsts) <= one.period)
                 and (not end or one.period <= max(lasts))] for line in lines]

    def do_agg(self, x, row):
        key = (id(x), row.lags, row.as_of, row.actor, row.vintage, row.named)
        if x[3]:
            key += tuple(sorted(row.members.items()))
        if x[3] == "over" and not x[5] and x[1] not in IN_TIME:
            key += (row.period,)
        if key not in self.results:
            self.results[key] = self.aggregate(x, row)
        return self.results[key]

    def aggregate(self, x, row):
        _, name, inner, _, _, _, partial, _ = x
        partial = partial or name in IN_TIME
        rows = self.inside(x, row)
        if partial:
            rows = [one for one in rows if self.anything(inner, one)]
        values = [self.value(inner, one) for one in rows]
        if name == "count":
            return n.exact(float(sum(
                1 for v in values if v is not None and v.point is not None)))
        if name in ("all", "any"):
            if partial:
                values = [v for v in values if v is not None]
                if not values:
                    return None
            result = name == "all"
            for v in values:
                result = (n.logic_and if name == "all" else n.logic_or)(
                    result, v)
            return result if values else None
        if partial:
            values = [v for v in values
                      if v is not None and v.point is not None]
        if not values or None in values:
            return None
        if name in IN_TIME:
            return values[IN_TIME[name]]
        self.largest = max([self.largest] + [
            abs(end) for v in values for end in v if end and n.finite(end)])
        return spreads.REDUCTIONS[name](values)

    def anything(self, x, row, fixed=None):
        """Is a figure of it known in a row? One with a period of its own is
        the same in all, and counts only where no other one is there."""
        if fixed is None:
            found = list(figures(x))
            if not found:
                return True
            fixed = all(f[2] for f in found)
        row = self.shifted(x, row)
        if x[0] == "lag":
            return self.anything(x[2], self.lagged(x, row), fixed)
        if x[0] == "at":
            return self.anything(x[1], row._replace(lags=()), fixed)
        if x[0] == "vintage":
            return self.anything(x[1], row._replace(
                as_of=earlier(x[2], row.as_of)), fixed)
        if x[0] == "agg":
            return any(self.anything(x[2], one, fixed)
                       for one in self.inside(x, row))
        if x[0] == "fig":
            return (x[2] is None or fixed) and self.do_fig(
                x, row) is not None
        return any(self.anything(part, row, fixed) for part in x[1:]
                   if isinstance(part, tuple) and part
                   and isinstance(part[0], str))


def day_key(fact):
    """A fact without any date sorts before every dated one."""
    return fact.day.toordinal() if fact.day else 0


NAMES = dict([(o, "arithmetic") for o in ARITHMETIC] +
             [(o, "comparison") for o in COMPARISONS],
             **{"?": "orelse", "neg": "negate", "defined": "inner",
                "arg": "inner", "param": "inner"})


def answer(base, question):
    return Reader(base, question).answer()
