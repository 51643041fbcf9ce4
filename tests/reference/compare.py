"""Asks the program and the reference the same random questions.

    compare.py PROGRAM [--seed N] [--rounds N] [--questions N] [--keep-going]

A round is one base and many questions about it, all from its seed. Numbers,
bounds, unknowns, rows, their order and what the footer counts must agree, the
numbers to 12 significant digits. Where they do not, the question is made
smaller as long as it still differs, and shown as a script with both answers.
"""
import argparse
import copy
import json
import math
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
from fractions import Fraction

import frames
import generate
import periods as p
from numbers_of_figures import INF, Num

SIZES = {"%": Fraction(1, 100), "pp": Fraction(1, 100), "tonne": 1000,
         "K": 10 ** 3, "M": 10 ** 6, "B": 10 ** 9, "T": 10 ** 12}
DIMENSIONS = ("area", "good", "sex")  # tuples of these are no expressions


# The program's answers

def ask(program, base, questions):
    """Its results in order, or the text of its complaint."""
    script = "\n".join(list(generate.base_words(base)) + [
        generate.question_words(q) for q in questions]) + "\n"
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "q.assay")
        with open(path, "w", encoding="utf-8") as file:
            file.write(script)
        run = subprocess.run(
            [program, "run", "--quiet", "--format", "json", path],
            capture_output=True, timeout=60, check=False)
    text = run.stdout.decode()
    if run.returncode not in (0, 1, 3):
        return None, "status %d\n%s" % (run.returncode, run.stderr.decode())
    return json.loads(text)["results"], None


def factor(unit):
    """One of a column's unit in base units: of "M USD/person", "kg^2", "%"."""
    size = Fraction(1)
    above = True
    for word in re.findall(r"/|[^ /*·]+", unit or ""):
        if word == "/":
            above = False
            continue
        name, _, power = word.partition("^")
        value = Fraction(SIZES.get(name, 1)) ** int(power or 1)
        size = size * value if above else size / value
    return size


def read_result(result, count):
    """Rows as (keys, values) with numbers in base units; what cannot be read
    as such says so."""
    rows = []
    columns = {c["name"]: c for c in result["columns"]}
    for row in result["rows"]:
        keys = {name: row[name] for name, c in columns.items() if c["key"]}
        values = []
        for i in range(count):
            name = "k%d" % (i + 1)
            column = columns[name]
            value = row[name]
            if column["type"] == "number":
                size = factor(column["unit"])
                low = row.get(name + "_low")
                high = row.get(name + "_high")
                values.append(scaled(value, low, high, size))
            else:
                values.append(value)
        rows.append((keys, values))
    return rows


def scaled(value, low, high, size):
    if value is None and low is None and high is None:
        return None

    def size_of(x, otherwise):
        return otherwise if x is None else float(Fraction(x) * size)
    if value is not None and low is None and high is None:
        return Num(size_of(value, None), None, None)
    return Num(size_of(value, None), size_of(low, -INF), size_of(high, INF))


# Comparing

def close(a, b, noise=None):
    """Alike in 12 digits; with NOISE, give or take what is left where numbers
    cancelled out, and in 10 digits, since that may have been multiplied."""
    if a is None or b is None or math.isinf(a) or math.isinf(b):
        return a == b
    size = max(abs(a), abs(b))
    return a == b or abs(a - b) <= (
        2e-12 * size if noise is None else max(1e-10 * size, noise))


def same_value(mine, theirs, noise, of_ends):
    """Points must be alike; the ends of intervals, which the program rounds
    as doubles, may differ by noise, and so may what is made OF_ENDS."""
    if not isinstance(mine, Num) or not isinstance(theirs, Num):
        return mine is theirs or (mine == theirs and
                                  type(mine) is type(theirs))
    if not close(mine.point, theirs.point, noise if of_ends else None):
        return False
    if theirs.low is None:  # a point: exact, or open on both sides
        return close(mine.low, mine.high, noise) or (
            math.isinf(mine.low) and math.isinf(mine.high))
    return (close(mine.low, theirs.low, noise) and
            close(mine.high, theirs.high, noise))


def has_ends(x):
    return isinstance(x, tuple) and bool(x) and (
        x[:2] in (("call", "low"), ("call", "high")) or
        any(has_ends(part) for part in x[1:]))


def is_figure(x):
    return x[0] == "fig" or (x[0] in (
        "lag", "vintage", "defined", "arg", "at") and any(
        is_figure(part) for part in x[1:] if isinstance(part, tuple)))


def as_stated(mine, theirs):
    """A figure by itself is shown as it was stated: `>= 5` also where the
    bound is the value, and `nearly 5` as `<= 5`."""
    if not isinstance(mine, Num) or not isinstance(theirs, Num) \
            or theirs.point is not None:
        return theirs
    bound = theirs.low if theirs.high == INF else theirs.high
    if mine.point is not None and mine.low == mine.high:
        return mine if close(bound, mine.point) else theirs
    if theirs.low == -INF and math.isfinite(mine.low):
        return theirs._replace(low=mine.low)
    return theirs


def key_text(value):
    if value is None:
        return ""
    if isinstance(value, tuple):
        return p.text(value)
    return value if isinstance(value, str) else value.isoformat()


def differs(answer, result, items):
    """What differs, in words, or None."""
    rows = read_result(result, len(items))
    mine = [({k: key_text(v) for k, v in keys.items()}, values)
            for keys, values in answer.rows]
    if [k for k, _ in mine] != [k for k, _ in rows]:
        return "other rows"
    for (keys, a), (_, b) in zip(mine, rows):
        for i, (x, y) in enumerate(zip(a, b)):
            if is_figure(items[i]):
                y = as_stated(x, y)
            if not same_value(x, y, 2e-12 * answer.largest,
                              has_ends(items[i])):
                return "k%d differs at %s: %s, the program says %s" % (
                    i + 1, ", ".join(map(str, keys.values())) or "its row",
                    value_text(x), value_text(y))
    for name in ("undecided", "cut"):
        if getattr(answer, name) != result[name]:
            return "%s: %d, the program says %d" % (
                name, getattr(answer, name), result[name])
    return None


def value_text(value):
    if isinstance(value, Num):
        return "%r (%r..%r)" % tuple(value)
    return "?" if value is None else str(value).lower()


def rows_text(rows):
    return ["    " + ", ".join([str(v) for v in keys.values()] +
                               [value_text(v) for v in values])
            for keys, values in rows] or ["    (no rows)"]


def judge(program, base, question):
    """What differs about one question; None if nothing does or it means
    nothing."""
    try:
        answer = frames.answer(base, question)
    except frames.Unsupported:
        return None
    except NotImplementedError:
        return None
    results, complaint = ask(program, base, [question])
    if complaint:
        return "the program refuses: " + complaint
    difference = differs(answer, results[0], question.items)
    if difference is None:
        return None
    mine = [({k: key_text(v) for k, v in keys.items()}, values)
            for keys, values in answer.rows]
    return "\n".join([difference, "  reference:"] + rows_text(mine) +
                     ["  program:"] + rows_text(
                         read_result(results[0], len(question.items))))


# Making smaller

def smaller_expressions(x):
    """Parts of an expression that might stand for it, and the expression with
    one part made smaller."""
    if not isinstance(x, tuple) or not x or x[0] in (
            "lit", "bare", "const", "member"):
        return
    if x[0] == "fig":
        if x[5]:
            yield x[:5] + ({},)
        for d in x[4]:
            yield x[:4] + ({k: v for k, v in x[4].items() if k != d},) + x[5:]
        if x[2]:
            yield x[:2] + (None,) + x[3:]
        return
    for part in x[1:]:
        if isinstance(part, tuple) and part and isinstance(part[0], str) \
                and part[0] not in DIMENSIONS + ("bare",):
            yield part
    if x[0] == "at":
        return
    if x[0] == "agg":
        if x[6]:
            yield x[:6] + (False,) + x[7:]
        if x[7]:
            yield x[:7] + ((),)
        if x[5]:
            yield x[:5] + (None,) + x[6:]
    if x[0] == "lag" and x[3] != 1:
        yield x[:3] + (1,)
    for i, part in enumerate(x):
        if i and isinstance(part, tuple) and part and isinstance(
                part[0], str) and part[0] not in DIMENSIONS:
            for less in smaller_expressions(part):
                yield x[:i] + (less,) + x[i + 1:]




def smaller_questions(q):
    for name, nothing in dict(where=None, sort=None, top=0, last=0, as_of=None,
                              periods=None, descending=False).items():
        if getattr(q, name) != nothing:
            less = copy.copy(q)
            setattr(less, name, nothing)
            yield less
    for d in q.by:
        less = copy.copy(q)
        less.by = tuple(x for x in q.by if x != d)
        yield less
    for i in range(len(q.items)):
        if len(q.items) > 1:
            less = copy.copy(q)
            less.items = q.items[:i] + q.items[i + 1:]
            yield less
        for x in smaller_expressions(q.items[i]):
            less = copy.copy(q)
            less.items = q.items[:i] + [x] + q.items[i + 1:]
            yield less
    for name in ("where", "sort"):
        for x in smaller_expressions(getattr(q, name) or ()):
            less = copy.copy(q)
            setattr(less, name, x)
            yield less


def smaller_bases(base):
    count = len(base.facts)
    size = max(1, count // 2)
    while size:
        for at in range(0, count, size):
            less = copy.copy(base)
            less.facts = base.facts[:at] + base.facts[at + size:]
            yield less
        size //= 2


def tidy(base, question):
    """Without metrics and dimensions that nothing names."""
    text = generate.question_words(question) + "\n".join(
        map(generate.fact_words, base.facts))
    less = copy.copy(base)
    less.metrics = {k: v for k, v in base.metrics.items()
                    if re.search(r"\b%s\b" % k, text)}
    return less


def shrink(program, base, question, limit):
    """The smallest question and base found that still differ. A refusal is
    kept only if it was one from the start."""
    first = judge(program, base, question)
    refused = first.startswith("the program refuses")

    def still(b, q):
        nonlocal limit
        limit -= 1
        try:
            found = judge(program, b, q)
        except (KeyError, AttributeError, TypeError, ValueError, IndexError):
            return False
        return bool(found) and found.startswith(
            "the program refuses") == refused
    again = True
    while again and limit > 0:
        again = False
        for less in smaller_questions(question):
            if limit > 0 and still(base, less):
                question, again = less, True
                break
        else:
            for less in smaller_bases(base):
                if limit > 0 and still(less, question):
                    base, again = less, True
                    break
    less = tidy(base, question)
    return (less if still(less, question) else base), question


# Rounds

def one_round(program, seed, count, shrinking):
    """Questions asked, and what was found to differ."""
    r = random.Random("assay %d" % seed)
    base = generate.make_base(r)
    asked = []
    while len(asked) < count:
        question = generate.Maker(r, base).question()
        try:
            asked.append((question, frames.answer(base, question)))
        except (frames.Unsupported, NotImplementedError):
            continue
    results, complaint = ask(program, base, [q for q, _ in asked])
    found = []
    for i, (question, answer) in enumerate(asked):
        if complaint is None and not differs(answer, results[i],
                                             question.items):
            continue
        if complaint is not None and judge(program, base, question) is None:
            continue
        small, less = (shrink(program, base, question, 600) if shrinking
                       else (base, question))
        found.append(report(program, seed, small, less, question))
    return len(asked), found


def report(program, seed, base, less, question):
    script = list(generate.base_words(base)) + [generate.question_words(less)]
    return "\n".join(["seed %d" % seed, "  asked: " +
                      generate.question_words(question), "  script:"] +
                     ["    " + line for line in script] +
                     [judge(program, base, less) or "(not by itself)"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--questions", type=int, default=40)
    parser.add_argument("--most", type=int, default=3,
                        help="stop after so many differences")
    parser.add_argument("--no-shrink", action="store_true")
    options = parser.parse_args()
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    asked, failed = 0, 0
    for seed in range(options.seed, options.seed + options.rounds):
        count, found = one_round(options.program, seed, options.questions,
                                 not options.no_shrink)
        asked += count
        for text in found:
            failed += 1
            print(text, "\n", flush=True)
            if failed >= options.most:
                break
        if failed >= options.most:
            break
    print("%d questions, %d differ" % (asked, failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
