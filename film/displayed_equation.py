"""Does what is written on the screen hold? Chains of numbers such as 1/0.4 = 2.5 = 2^1.3219, as they are displayed.

A side of an equation with a variable or with words in it says nothing about numbers and is passed over. A sum of plain
numbers must come out exactly as displayed; anything else must agree to the decimals that the other side shows.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

__all__ = ["FalseEquation", "false_equations"]

#: How far "about the same" may be off, relatively.
ABOUT = Fraction(1, 20)
LARGEST_FACTORIAL = 1000
LARGEST_EXPONENT = 10_000

_GROUP = re.compile(r'manimgrp\("[^"]*",')
_TYPST_CALL = re.compile(r"#\w+\([^()]*\)")
_LABEL = re.compile(r"\{\{|:\s*[\w-]+\s*\}\}|\}\}")
_UNITS = "bits?|nats?|hartleys?"
_STOP, _UNKNOWN, _END = ";", "unknown", ""

_SIGNS = {"−": "-", "–": "-", "·": "*", "×": "*", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=", "≈": "approx", "&": " "}
_MATHS_WORDS = {
    "dot": "*", "times": "*", "plus": "+", "minus": "-", "percent": "%", "lt": "<", "gt": ">", "lt.eq": "<=",
    "gt.eq": ">=", "eq.not": "!=", "quad": _STOP, "wide": _STOP, "space": " ", "thin": " ", "med": " ",
    "eq": "=", "dot.op": "*", "dot.c": "*",
}  # fmt: skip
_PROSE_WORDS = {
    "times": "*", "plus": "+", "minus": "-", "is": "is", "are": "is", "make": "is", "makes": "is", "equals": "=",
    "percent": "%",
}  # fmt: skip
_FUNCTIONS = frozenset({"sqrt", "frac", "binom", "ceil", "floor", "log_2", "log_10", "ln"})
_RELATIONS = frozenset({"=", "<=", ">=", "<", ">", "!=", "approx", "is"})
_TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<relation><=|>=|!=|[=<>])|(?P<sign>[-+*/^()%!])|(?P<word>log_(?:2|10)|[^\W\d_]+(?:\.[a-z]+)*)|(?P<other>.)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class FalseEquation:
    """What is displayed, and why it does not hold."""

    displayed: str
    why: str


@dataclass(frozen=True, slots=True)
class _Side:
    """A number as displayed. It may be anything from *low* to *high* where a root or a power had to be rounded."""

    value: Fraction
    low: Fraction
    high: Fraction
    #: Half a unit of the last decimal, if this is a plain number.
    rounding: Fraction = Fraction(0)
    plain: bool = False
    sum_of_plain: bool = False
    computed: bool = True


class _NoNumber(Exception):
    """A side that is not made of numbers alone."""


def false_equations(text: str, *, maths: bool) -> Iterator[FalseEquation]:
    """What does not hold in a formula (*maths*, in Typst) or in words on the screen."""
    for part in _parts(_tokens(_plain_maths(text) if maths else text, maths=maths)):
        sides, relations = _split(part)
        for (left, right), relation in zip(pairwise(sides), relations, strict=True):
            try:
                a, b = _Reader(left).whole(), _Reader(right).whole()
            except (_NoNumber, ZeroDivisionError, OverflowError, ValueError):
                continue
            why = _fault(a, relation, b)
            if why:
                shown = " ".join([*left, "=" if relation == "is" else relation, *right])
                yield FalseEquation(shown.replace("( ", "(").replace(" )", ")"), why)


def _plain_maths(source: str) -> str:
    """A formula without groups, layout and escapes; its texts are units, or end the equation."""
    text = _TYPST_CALL.sub(" ", _LABEL.sub(" ", _ungrouped(source)))
    text = re.sub(rf'"\s*(?:{_UNITS})\s*"', " ", text)
    return re.sub(r"\\(\S)", r"\1", re.sub(r'\\(?=\s|$)|"[^"]*"', f" {_STOP} ", text))


def _ungrouped(source: str) -> str:
    while (group := _GROUP.search(source)) is not None:
        depth, end = 1, group.end()
        while end < len(source) and depth:
            depth += {"(": 1, ")": -1}.get(source[end], 0)
            end += 1
        source = source[: group.start()] + source[group.end() : end - 1] + source[end:]
    return source.strip("$ ")


def _tokens(text: str, *, maths: bool) -> Iterator[str]:
    """Numbers, signs and relations; what is neither is unknown (a variable) or ends an equation."""
    for sign, plain in _SIGNS.items():
        text = text.replace(sign, f" {plain} ")
    for found in _TOKEN.finditer(text):
        kind, token = found.lastgroup, found[0]
        if kind == "space":
            if not maths and "\n" in token:
                yield _STOP
        elif kind == "number":
            # A string of code digits is no number.
            yield _UNKNOWN if re.match(r"0[0-9]", token) else token.replace(",", "")
        elif kind == "word":
            yield from _word(token, glued=text[found.end() : found.end() + 1] in ("(", "_"), maths=maths)
        elif kind == "other":
            yield _UNKNOWN if token in "_|'" else token if token == "," and maths else _STOP
        else:
            yield token


def _word(word: str, *, glued: bool, maths: bool) -> Iterator[str]:
    known = (_MATHS_WORDS if maths else _PROSE_WORDS).get(word)
    if word == "approx" or word in _FUNCTIONS:
        yield word
    elif known is not None:
        if known.strip():
            yield known
    elif not re.fullmatch(_UNITS, word):
        yield _UNKNOWN if maths or glued or len(word) == 1 else _STOP


def _parts(tokens: Iterator[str]) -> Iterator[list[str]]:
    """Pieces without an end in them; a comma outside brackets is one."""
    part: list[str] = []
    depth = 0
    for token in tokens:
        depth += {"(": 1, ")": -1}.get(token, 0)
        if token == _STOP or (token == "," and depth <= 0):
            yield part
            part, depth = [], 0
        else:
            part.append(token)
    yield part


def _split(part: list[str]) -> tuple[list[list[str]], list[str]]:
    sides: list[list[str]] = [[]]
    relations = []
    for token in part:
        if token in _RELATIONS:
            relations.append(token)
            sides.append([])
        else:
            sides[-1].append(token)
    return sides, relations


def _fault(a: _Side, relation: str, b: _Side) -> str:
    """Why *a* does not stand in this relation to *b*; "" if it does."""
    if relation == "is" and not (a.computed or b.computed):
        return ""  # "an outcome with 0.4 is 1 bit" compares nothing
    if relation in ("<", "<=", ">", ">=", "!="):
        holds = {"<": a.low < b.high, "<=": a.low <= b.high, ">": a.high > b.low, ">=": a.high >= b.low}
        return (
            "" if holds.get(relation, a.value != b.value) else f"{_brief(a.value)} is not {relation} {_brief(b.value)}"
        )
    if relation == "approx":
        close = abs(a.value - b.value) <= ABOUT * max(abs(a.value), abs(b.value))
        return "" if close else f"{_brief(a.value)} is not about {_brief(b.value)}"
    if a.sum_of_plain and b.sum_of_plain:
        return "" if a.value == b.value else f"as displayed, {_brief(a.value)} against {_brief(b.value)}"
    slack = max(a.rounding, b.rounding)
    if a.low - slack <= b.high and b.low - slack <= a.high:
        return ""
    return f"as displayed, {_brief(a.value)} against {_brief(b.value)}"


def _brief(value: Fraction) -> str:
    try:
        return f"{float(value):.10g}".replace("-", "−")
    except OverflowError:
        power = math.log10(abs(value.numerator)) - math.log10(value.denominator)
        whole = math.floor(power)
        return f"{'−' if value < 0 else ''}{10 ** (power - whole):.4f}e{whole}"


class _Reader:
    """Evaluates one side. As in Typst, a fraction binds its two neighbours, and a logarithm takes one."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens, self.at = [*tokens, _END], 0

    def whole(self) -> _Side:
        side = self.sum()
        if self.tokens[self.at] != _END:
            raise _NoNumber
        return side

    def take(self, *wanted: str) -> str:
        """The next token if it is one of *wanted*, otherwise nothing."""
        token = self.tokens[self.at]
        if token in wanted and token != _END:
            self.at += 1
            return token
        return ""

    def sum(self) -> _Side:
        side = self.product()
        while sign := self.take("+", "-"):
            term = self.product()
            low, high = (term.low, term.high) if sign == "+" else (-term.high, -term.low)
            value = side.value + term.value if sign == "+" else side.value - term.value
            exact = side.sum_of_plain and term.sum_of_plain
            side = _Side(value, side.low + low, side.high + high, sum_of_plain=exact)
        return side

    def product(self) -> _Side:
        side = self.ratio()
        while self.take("*"):
            other = self.ratio()
            ends = [a * b for a in (side.low, side.high) for b in (other.low, other.high)]
            side = _Side(side.value * other.value, min(ends), max(ends))
        return side

    def ratio(self) -> _Side:
        side = self.power()
        while self.take("/"):
            other = self.power()
            ends = [a / b for a in (side.low, side.high) for b in (other.low, other.high)]
            side = _Side(side.value / other.value, min(ends), max(ends))
        return side

    def power(self) -> _Side:
        if self.take("-"):
            side = self.power()
            return _Side(
                -side.value, -side.high, -side.low, side.rounding, side.plain, side.sum_of_plain, side.computed
            )
        side = self.atom()
        if self.take("^"):
            exponent = self.power()
            if abs(exponent.value) > LARGEST_EXPONENT:
                raise _NoNumber
            return _raised(side, exponent)
        return side

    def atom(self) -> _Side:
        token = self.tokens[self.at]
        self.at += 1
        if token == "(":
            side = self.sum()
            self.close()
        elif token in _FUNCTIONS:
            return self.function(token)
        elif token[:1].isdigit():
            side = self.number(token)
        else:
            raise _NoNumber
        if self.take("!"):
            if side.value.denominator != 1 or not 0 <= side.value <= LARGEST_FACTORIAL:
                raise _NoNumber
            side = _exactly(Fraction(math.factorial(side.value.numerator)))
        return side

    def number(self, token: str) -> _Side:
        value, decimals = Fraction(token), len(token.partition(".")[2])
        if self.take("%"):
            value, decimals = value / 100, decimals + 2
        rounding = Fraction(1, 2 * 10**decimals) if decimals else Fraction(0)
        return _Side(value, value, value, rounding, plain=True, sum_of_plain=True, computed=False)

    def close(self) -> None:
        if not self.take(")"):
            raise _NoNumber

    def function(self, name: str) -> _Side:
        if name.startswith("l"):
            base = {"log_2": math.log(2), "log_10": math.log(10), "ln": 1.0}[name]
            return _rounded(lambda x: _log(x) / base, self.ratio())
        if not self.take("("):
            raise _NoNumber
        arguments = [self.sum()]
        while self.take(","):
            arguments.append(self.sum())
        self.close()
        return _applied(name, arguments)


def _applied(name: str, arguments: list[_Side]) -> _Side:
    first, rest = arguments[0], arguments[1:]
    if name == "sqrt" and not rest:
        return _rounded(math.sqrt, first)
    if name in ("ceil", "floor") and not rest:
        return _exactly(Fraction(getattr(math, name)(first.value)))
    if name == "frac" and len(rest) == 1:
        return _exactly(first.value / rest[0].value)
    if name == "binom" and len(rest) == 1 and first.value.denominator == rest[0].value.denominator == 1:
        return _exactly(Fraction(math.comb(first.value.numerator, rest[0].value.numerator)))
    raise _NoNumber


def _exactly(value: Fraction) -> _Side:
    return _Side(value, value, value)


def _raised(base: _Side, exponent: _Side) -> _Side:
    if exponent.value.denominator == 1 and exponent.plain:
        return _exactly(base.value ** int(exponent.value))
    return _rounded(lambda x: float(base.value) ** float(x), exponent)


def _rounded(function: Callable[[Fraction], float], argument: _Side) -> _Side:
    """What has endless decimals: the argument may have been rounded, so the outcome may be anything around it."""
    ends = [Fraction(function(end)) for end in (argument.low - argument.rounding, argument.high + argument.rounding)]
    value = Fraction(function(argument.value))
    slack = abs(value) * Fraction(1, 10**12)
    return _Side(value, min(ends) - slack, max(ends) + slack)


def _log(x: Fraction) -> float:
    """Natural logarithm; not by way of a float, which a binomial coefficient may overflow."""
    return math.log(x.numerator) - math.log(x.denominator)
