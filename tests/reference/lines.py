"""Which rows there are: combinations of members (see README.md)."""
from itertools import product

from expressions import asks_unknown, earlier, parts
import periods as p


def needed(x, is_full):
    """The parts of an expression that must be known for it to be, and whether
    one of them has all dimensions alone (IS_FULL): of x ? y and the branches of
    an if either is enough, known(x) needs nothing."""
    if not isinstance(x, tuple) or not x or x[0] == "known":
        return [], False
    if x[0] in ("fig", "agg"):
        return [x], is_full(x)
    if x[0] in ("lag", "at", "vintage"):
        at = 2 if x[0] == "lag" else 1
        found, full = needed(x[at], is_full)
        return [x[:at] + (one,) + x[at + 1:] for one in found], full
    choice = {"?": 1, "if": 2}.get(x[0], len(x))
    own = [needed(part, is_full) for part in x]
    either = own[choice:]
    found = [one for some, _ in own[:choice] for one in some] + [
        one for some, full in either if not full for one in some]
    return found, any(full for _, full in own[:choice]) or (
        bool(either) and all(full for _, full in either))


def repeated(given, some):
    """SOME of the lines that were GIVEN, along all members that any of these
    has in the dimensions that they do not have."""
    found = set()
    for one in some:
        if any(one):
            found |= set(product(*(
                [m] if m else {other[i] for other in given} - {None}
                for i, m in enumerate(one))))
    return found


class Lines:
    def lines(self, expressions, dimensions, row, leaves_only):
        """The combinations of members, in the order of declaration, that were
        stated for some figure that has all DIMENSIONS: for the rows of the
        answer in a period that is read, inside an aggregate (LEAVES_ONLY) in
        any period, so that one that is missing now makes it unknown, and so
        for rows that tell what is unknown.  What
        was stated of fewer dimensions and is in none of these is repeated
        along all members that anything has in the others."""
        if not dimensions:
            return [{}]
        given = self.given(expressions, dimensions, row, leaves_only)
        blank = set() if leaves_only else self.blank(
            expressions, dimensions, row, given)
        given = {tuple("" if d in blank else m
                       for d, m in zip(dimensions, one)) for one in
                 given | ({(None,) * len(dimensions)} if blank else set())}
        found = {one for one in given if None not in one}
        shown = set()
        for one in found:
            shown.update(product(*((m, None) for m in one)))
        found = found | repeated(given, given - shown)
        if shown:
            for x in expressions:
                own = self.given(self.joined(x, dimensions, row), dimensions,
                                 row, leaves_only)
                found |= repeated(own, own)
        order = {d: {m: i for i, m in enumerate(
            ["", *self.base.dimensions[d]])} for d in dimensions}
        return [dict(zip(dimensions, t)) for t in sorted(
            found, key=lambda t: [order[d][m]
                                  for d, m in zip(dimensions, t)])]

    def given(self, expressions, dimensions, row, leaves_only):
        leaves = {d: set(self.base.leaves(d)) for d in dimensions}
        found = {tuple(one.get(d) for d in dimensions) for one in
                 self.stated_members(expressions, dimensions,
                                     row, leaves_only)}
        return {one for one in found if not leaves_only or all(
            m is None or m in leaves[d] for d, m in zip(dimensions, one))}

    def blank(self, expressions, dimensions, row, given):
        """The dimensions only of figures of which nothing has a member there,
        beside which something else stands: that has no member in them."""
        own = []
        for part, *_ in (y for x in expressions for y in parts(x)):
            has = set(self.gives(part, dimensions, row))
            own.append((has, not has or any(map(any, self.given(
                [part], dimensions, row, False)))))
        return {d for i, d in enumerate(dimensions)
                if all(one[i] is None for one in given)
                and any(d in has for has, _ in own)
                and any(d not in has and some for has, some in own)}

    def gives(self, part, dimensions, row):
        """Along which dimensions it gives lines: an aggregate that has all of
        them inside, along these."""
        inside = self.own_dimensions(part, row) if part[0] == "agg" else ()
        return [d for d in dimensions if d in (
            inside if set(dimensions) <= set(inside)
            else self.kept(part, row, dimensions))]

    def joined(self, x, dimensions, row):
        """What an expression needs, if that has all dimensions only together.
        """
        found, full = needed(x, lambda part: set(dimensions) == set(
            self.gives(part, dimensions, row)))
        own = [self.gives(one, dimensions, row)
               for part in found for one, *_ in parts(part)]
        return found if not full and set(dimensions) == {
            d for one in own for d in one} else []

    def stated_members(self, expressions, dimensions, row, leaves_only):
        """The members, by dimension, of each fact that figures of EXPRESSIONS
        stand for, and of each row inside an aggregate: one that has all
        DIMENSIONS inside stands beside its rows, else those it keeps count.
        """
        own = [self.kept(part, row, dimensions) for x in expressions
               for part, *_ in parts(x)]
        narrow = any(0 < len(set(d) & set(dimensions)) < len(dimensions)
                     for d in own)
        for part, lags, day in (y for x in expressions for y in parts(x)):
            day = earlier(day, row.as_of)
            if part[0] == "agg":
                own = self.own_dimensions(part, row)
                inside = row._replace(named=tuple(own), as_of=day)
                kept = own if set(dimensions) <= set(
                    own) else self.kept(part, row, dimensions)
                yield from ({d: line[d] for d in kept} for line in
                            self.lines_inside(part, own, inside))
                continue
            open_ = self.open_dimensions(part, row.named)
            any_period = leaves_only or narrow or any(map(
                asks_unknown, self.question.expressions()))
            for fact in self.known_facts(part, earlier(
                    day, part[5].get("vintage"))):
                if self.fits(part, fact, open_, row) and (
                        any_period or self.reads(part, lags, fact)):
                    yield {d: fact.members[d] for d in open_}

    def kept(self, part, row, dimensions):
        """Along which dimensions a figure or an aggregate differs."""
        if part[0] == "fig":
            return self.open_dimensions(part, row.named)
        return [d for d in self.own_dimensions(part, row) if part[3] and
                (d in part[4]) == (part[3] == "by")]

    def groups_of(self, x, row):
        """The groups to which an aggregate and those around it keep."""
        return (row.groups if x[3] == "over" else ()) + x[7]

    def lines_inside(self, x, dimensions, row):
        """The lines inside an aggregate: of a group it runs over, its members
        too of which nothing was stated, which makes them unknown."""
        groups = self.groups_of(x, row)
        lines = [line for line in self.lines([x[2]], dimensions, row, True)
                 if self.in_groups(line, groups)]
        for d in dimensions:
            within = [self.base.flat(d, g) for at, g in groups if at == d]
            members = [m for m in self.base.leaves(d)
                       if within and all(m in group for group in within)]
            others = [{k: m for k, m in line.items() if k != d}
                      for line in lines] or [{}]
            for other in others if len(dimensions) == 1 or lines else ():
                lines += [{k: m if k == d else other[k] for k in dimensions}
                          for m in members]
            lines = list({tuple(sorted(line.items())): line
                          for line in lines}.values())
        return lines

    def in_groups(self, line, groups):
        return all(line[d] in self.base.flat(d, g) for d, g in groups
                   if d in line)

    def open_dimensions(self, figure, dimensions):
        """Those of DIMENSIONS along which the figure follows the rows."""
        return [d for d in self.base.metrics[figure[3]].dimensions
                if figure[4].get(d) == "*" or (d in dimensions
                                               and d not in figure[4])]

    def reads(self, figure, lags, fact):
        """Is this a fact that the figure looks up in some row?"""
        found = [self.lag(figure[2], lags)] if figure[2] else [
            x for period in self.read
            for x in (period, self.lag(period, lags))]
        found = [period for period in found if period]
        return (figure[5].get("actor", "*") in ("*", fact.actor) and
                bool(found) and min(found) <= fact.period <= max(found))

    def lag(self, period, lags):
        for function, count in lags:
            if period is not None:
                period = (p.years_back(period, count)
                          if function == "year_ago" else p.shift(
                              period, count if function == "lead"
                              else -count))
        return period

    def own_dimensions(self, x, row):
        """The dimensions of the rows that an aggregate runs over: those of
        its figures, but with `over` only what it collapses or the rows have.
        """
        own = []
        for part, *_ in parts(x[2]):
            if part[0] == "fig":
                own += self.open_dimensions(part, self.base.dimensions)
            elif part[3]:
                inner = row._replace(named=tuple(row.named) + tuple(x[4]))
                own += [d for d in self.own_dimensions(part, inner)
                        if (d in part[4]) == (part[3] == "by")]
        if x[3] == "over":
            own = [d for d in own if d in x[4] or d in row.named]
        return list(dict.fromkeys(own))
