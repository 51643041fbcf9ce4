"""Definitions, parameters and `at`, which only change how a question is said:

    ("defined", name, body)   a call of NAME, whose definition is BODY with a
                              parameter in the place of each
    ("arg", name, x)          argument
    ("param", name, literal)  $NAME, declared with that literal
    ("at", x, words)          WORDS is what X was before its figures took the
                              period of the `at`
"""
NUMBERS = ("fig", "lit", "+", "-", "*", "/", "^", "neg", "?", "if", "lag",
           "call", "agg", "window", "fill", "interpolate", "streak",
           "vintage")
CLOSED = ("defined", "param", "arg", "at")
WHOLE = ("fig", "exchange", "lit", "bare", "member", "attribute")


def places(x, path=()):
    """Where numbers stand in an expression that an argument may stand for."""
    if not isinstance(x, tuple) or not x or x[0] in WHOLE:
        return
    for i, part in enumerate(x):
        if i and isinstance(part, tuple) and part and isinstance(
                part[0], str):
            if part[0] in NUMBERS:
                yield path + (i,)
            if part[0] not in CLOSED + WHOLE:
                yield from places(part, path + (i,))


def get(x, path):
    for i in path:
        x = x[i]
    return x


def put(x, path, part):
    if not path:
        return part
    i = path[0]
    return x[:i] + (put(x[i], path[1:], part),) + x[i + 1:]


def holds(x, heads):
    return isinstance(x, tuple) and bool(x) and (
        x[0] in heads or any(holds(part, heads) for part in x[1:]))


def define(r, x):
    """The same, said by a definition with up to two arguments."""
    if holds(x, ("defined",)):
        return x
    for i in range(r.choice([0, 1, 1, 2])):
        found = [path for path in places(x)
                 if not holds(get(x, path), ("arg",))]
        if found:
            path = r.choice(found)
            x = put(x, path, ("arg", "a%d" % i, get(x, path)))
    return ("defined", "f%d" % r.randrange(10 ** 9), x)


def parameter(r, x):
    """With one of its literals behind a parameter."""
    found = [path for path in places(x) if get(x, path)[0] == "lit"]
    if not found:
        return x
    path = r.choice(found)
    return put(x, path, ("param", "p%d" % r.randrange(10 ** 9),
                         get(x, path)))


def arguments(x):
    """Those of a body, each name once."""
    if not isinstance(x, tuple) or not x:
        return []
    found = [x] if x[0] == "arg" else []
    for part in x[1:]:
        found += [one for one in arguments(part)
                  if one[1] not in [other[1] for other in found]]
    return found


def declarations(x, words, said):
    """Fills SAID: name of a definition or parameter, and its sentence. One
    name for two things is a mistake of whoever made X smaller."""
    if not isinstance(x, tuple) or not x:
        return
    for part in x[1:]:
        declarations(part, words, said)
    if x[0] not in ("defined", "param"):
        return
    if x[0] == "param":
        sentence = "param %s = %s" % (x[1], words(x[2]))
    else:
        names = [one[1] for one in arguments(x[2])]
        sentence = "define %s%s = %s" % (
            x[1], "(%s)" % ", ".join(names) if names else "",
            words(unfilled(x[2])))
    if said.setdefault(x[1], sentence) != sentence:
        raise ValueError("two things of one name")


def unfilled(x):
    """A body with names of parameters in the place of arguments."""
    if not isinstance(x, tuple) or not x:
        return x
    if x[0] == "arg":
        return ("name", x[1])
    return x[:1] + tuple(map(unfilled, x[1:]))


def call_words(x, words):
    if x[0] == "name":
        return x[1]
    if x[0] == "param":
        return "$" + x[1]
    if x[0] == "at":
        return "at(%s)" % x[2]
    if x[0] == "arg":
        return words(x[2])
    given = arguments(x[2])
    return x[1] + ("(%s)" % ", ".join(words(one[2]) for one in given)
                   if given else "")


def read_at(x, period, every=False):
    """With the period in figures that have none of their own, or all."""
    if not isinstance(x, tuple) or not x:
        return x
    if x[0] == "fig":
        return x[:2] + (period if every or x[2] is None else x[2],) + x[3:]
    return x[:1] + tuple(read_at(part, period, every) for part in x[1:])


def holds_moving(x):
    """Is there a figure without a period of its own?"""
    return isinstance(x, tuple) and bool(x) and (
        (x[0] == "fig" and x[2] is None) or any(map(holds_moving, x[1:])))
