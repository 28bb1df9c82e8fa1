"""Facts: the numbers of a concept, computed once, by name, with unit and formula.

The picture shows facts, the script speaks facts and a ledger lists them, so that no number is typed twice.
"""

from __future__ import annotations

import difflib
import math
import numbers
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from narration.number_format import FormatError, Value, Wording, format_value

__all__ = ["Fact", "FactError", "Facts", "UnknownFact", "Value", "nearest"]

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# Escaped characters and the {{ }} of MathTypst groups pass through; any other brace is a value or a mistake.
_TEMPLATE = re.compile(r"\\.|\{\{|\}\}|\{([^{}]*)\}|[{}]", re.DOTALL)
#: Only so much of a misspelt name is compared with the known ones (matching is quadratic in its length).
_LONGEST_COMPARED = 60


class FactError(ValueError):
    """A fact that does not exist or cannot be written as asked: what is wrong and what to write."""

    def __init__(self, what: str, remedy: str) -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(what, remedy)

    def __str__(self) -> str:
        return f"{self.what}; {self.remedy}"


class UnknownFact(FactError, KeyError):
    """A name that no fact has."""

    __str__ = FactError.__str__


@dataclass(frozen=True, slots=True)
class Fact:
    """A value with its unit ("bits", "bits/word", "" for pure numbers) and its formula in Typst math.

    *given* marks a number that belongs to the example (a die's probabilities) and is not computed. NumPy
    scalars are stored as Python numbers. Raises TypeError for anything that is no number or text, ValueError
    for NaN.
    """

    value: Value
    unit: str = ""
    formula: str = ""
    given: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", _python_value(self.value))


def _python_value(value: object) -> Value:
    if isinstance(value, str):
        return str(value)
    if isinstance(value, numbers.Integral) and not isinstance(value, bool):
        return int(value)
    if isinstance(value, numbers.Rational) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, numbers.Real) and not isinstance(value, bool):
        if math.isnan(value):
            raise ValueError("a fact is not a number (NaN); mend its computation")
        return float(value)
    raise TypeError(f"a fact is an int, float, Fraction or text, not {type(value).__name__}; give one number a fact")


class Facts(Mapping[str, Fact]):
    """The facts of a concept by name."""

    def __init__(self, **facts: Fact) -> None:
        for name, fact in facts.items():
            if not _NAME.fullmatch(name):
                raise FactError(f"{name!r} cannot name a fact", "use letters, digits and _, starting with a letter")
            if not isinstance(fact, Fact):
                raise TypeError(f"fact {name!r} is a {type(fact).__name__}; write {name}=Fact(...)")
        self._facts = dict(facts)

    def __getitem__(self, name: str) -> Fact:
        try:
            return self._facts[name]
        except KeyError:
            raise UnknownFact(f"there is no fact {_brief(name)!r}", self._suggestion(name)) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def number(self, name: str) -> float:
        """The numeric value. Raises :class:`FactError` for text, an overflowing number or an unknown name."""
        value = self[name].value
        if isinstance(value, str):
            raise FactError(f"fact {name!r} is text, {_brief(value)!r}, no number", "ask for it with shown()")
        try:
            return float(value)
        except OverflowError:
            raise FactError(f"fact {name!r} is too large for a float", "use .value, which is exact") from None

    def shown(self, name: str, spec: str = "") -> str:
        """What a caption or the picture shows. Raises :class:`FactError`."""
        return self.wording(name, spec).shown

    def spoken(self, name: str, spec: str = "") -> str:
        """What is said. Raises :class:`FactError`."""
        return self.wording(name, spec).spoken

    def wording(self, name: str, spec: str = "") -> Wording:
        """Both the shown and the spoken form. Raises :class:`FactError`."""
        value = self[name].value
        try:
            return format_value(value, spec)
        except FormatError as error:
            raise FactError(f"{{{name}}}: {error.what}", error.remedy) from error

    def fill(self, template: str) -> str:
        r"""Replace "{name}" and "{name:format}" by what is shown.

        "{{" and "}}" (Manim's MathTypst groups) and escaped characters such as "\{" are left as they are;
        values inside a group are filled. Raises :class:`FactError`.
        """
        return _TEMPLATE.sub(self._filled, template)

    def _filled(self, match: re.Match[str]) -> str:
        if match[0] in ("{", "}"):
            raise FactError(
                f"{match[0]!r} at character {match.start() + 1} has no partner",
                f"write \\{match[0]} for a brace",
            )
        if match[1] is None:
            return match[0]
        name, _, spec = match[1].partition(":")
        if not _NAME.fullmatch(name):
            raise FactError(f"{_brief(match[0])!r} names no fact", "write {name:format}, or \\{ and \\} for braces")
        return self.shown(name, spec)

    def _suggestion(self, name: str) -> str:
        if not self._facts:
            return "this concept has no facts yet"
        near = nearest(name, self._facts)
        return f"did you mean {near!r}?" if near else f"the facts are: {_brief(', '.join(sorted(self._facts)), 300)}"


def nearest(name: str, known: Mapping[str, object]) -> str | None:
    """The known name most like *name*, if any is like it at all."""
    found = difflib.get_close_matches(name[:_LONGEST_COMPARED], known, n=1)
    return found[0] if found else None


def _brief(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 3] + "..."
