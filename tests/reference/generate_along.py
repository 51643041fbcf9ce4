"""Random expressions that run along the periods, for the Maker of generate.py.

What stands in them is strict: unknown where its figures are. What is known of
periods in which nothing is known is not asked, since a series begins with the
first of them.
"""
NUMBERS = ("sum", "avg", "min", "max", "count", "median", "stddev_pop",
           "stddev_samp", "rms")
OF_RATES = ("avg", "min", "max", "median")


class MakerAlong:
    def strict(self, unit, depth):
        """A number that is unknown where a figure of it is, and moves."""
        r = self.r
        figure = self.figure(unit)
        if figure is None:
            return None
        figure = figure[:2] + (None,) + figure[3:]
        form = r.choice(["fig", "fig", "lag", "+", "*", "neg", "window"])
        if depth <= 0 or form == "fig":
            return figure
        if form == "lag":
            return ("lag", r.choice(["previous", "year_ago"]), figure, 1)
        if form == "window" and unit[0] != "pp" and r.random() < 0.5:
            return ("window", r.choice(["avg", "max"]), figure, 2, False,
                    False)
        if unit[0] != "plain":
            return figure
        if form == "+":
            other = self.strict(unit, depth - 1)
            return other and (r.choice("+-"), figure, other)
        if form == "*":
            other = self.literal(("plain", ()))
            return other and ("*", figure, other)
        return ("neg", figure)

    def along(self, unit, depth):
        """A number of some unit, or None."""
        r = self.r
        role = unit[0]
        form = r.choice(["rolling", "rolling", "running", "ytd", "fill",
                         "fill", "interpolate", "streak"])
        if form == "streak":
            condition = self.strict_truth(depth)
            return ("streak", condition) if condition and unit == (
                "plain", ()) else None
        if form in ("fill", "interpolate"):
            x = self.strict(unit, depth) if role != "pp" else None
            if x is None:
                return None
            return ("fill", x, r.choice([None, 1, 2])) if form == "fill" \
                else ("interpolate", x, r.random() < 0.3)
        names = OF_RATES if role == "rate" else ("stddev_samp",
                "stddev_pop") if role == "pp" else NUMBERS
        name = r.choice(names)
        inner = ("rate", ()) if role == "pp" else unit
        if name == "count":
            if unit != ("plain", ()):
                return None
            inner = self.unit()
        if unit == ("plain", ()) and name not in ("count", "sum") and \
                r.random() < 0.2:
            name = r.choice(["var_samp", "var_pop"])
        if form == "ytd":
            if role != "plain":
                return None
            name, inner = "sum", unit
        x = self.strict(inner, depth)
        if x is None:
            return None
        partial = r.random() < 0.4
        if form == "rolling":
            reach = r.choice([1, 2, 2, 3, 3, 4, "year"])
            return ("window", name, x, reach, partial,
                    reach in (1, 3) and r.random() < 0.4)
        return ("window", name, x, "all" if form == "running" else "to date",
                partial, False)

    def ago(self, unit, depth):
        """What runs along the periods, as it was a year ago."""
        x = self.along(unit, depth)
        if x is not None and self.r.random() < 0.3:
            x = ("lag", "previous", x, 1)
        return x and ("lag", "year_ago", x, 1)

    def strict_truth(self, depth):
        unit = self.unit()
        a = self.strict(unit, depth)
        if a is None:
            return None
        other = self.strict(unit, 0) if unit[0] == "rate" or \
            self.r.random() < 0.5 else self.literal(unit)
        other = other or ("lag", "previous", a, 1)
        made = (self.r.choice(["<", ">", "<=", ">=", "=", "~"]), a, other)
        return ("not", made) if self.r.random() < 0.2 else made

    def period_of(self, depth):
        """A period: since(c) or highest_since(x)."""
        if self.r.random() < 0.5:
            condition = self.strict_truth(depth)
            return condition and ("since", condition)
        x = self.strict(self.unit(), depth)
        return x and ("highest", x)


def window_words(x, inner):
    _, name, _, reach, partial, centered = x
    if reach == "to date":
        return "ytd(%s%s)" % (inner, ", partial" if partial else "")
    if reach == "all":
        return "running(%s, %s%s)" % (name, inner,
                                      ", partial" if partial else "")
    return "rolling(%s, %s, %s%s%s)" % (
        name, inner, reach, ", center" if centered else "",
        ", partial" if partial else "")


def along_words(x, words):
    if x[0] == "window":
        return window_words(x, words(x[2]))
    name = {"highest": "highest_since"}.get(x[0], x[0])
    more = ""
    if x[0] == "fill" and x[2]:
        more = ", %d" % x[2]
    elif x[0] == "interpolate" and x[2]:
        more = ", geometric"
    return "%s(%s%s)" % (name, words(x[1]), more)
