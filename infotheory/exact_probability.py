"""Probabilities as exact fractions, for statements that a rounding error would make false.

0.9 is not a float: the float next to it is 0.90000000000000002220446049250313. Intervals that must touch,
code lengths that jump at powers of 2 and counts that lie exactly on a boundary are therefore decided with
fractions.
"""

import math
from collections.abc import Iterable
from fractions import Fraction
from numbers import Rational

from infotheory.probability import ProbabilityError, check_pmf

LARGEST_DENOMINATOR = 10**6


def exact_fraction(value: float | Fraction) -> Fraction:
    """The fraction that a number stands for.

    Integers and fractions stand for themselves. A float stands for the simplest fraction (denominator up to a
    million) that rounds to it, else for the shortest decimal that rounds to it. Either lies within half a
    unit in its last place.
    Raises ``ProbabilityError`` when it is not finite.

    >>> exact_fraction(0.9), exact_fraction(1 / 3), exact_fraction(1e-9)
    (Fraction(9, 10), Fraction(1, 3), Fraction(1, 1000000000))
    """
    if isinstance(value, Rational):
        return Fraction(int(value.numerator), int(value.denominator))
    number = float(value)
    if not math.isfinite(number):
        raise ProbabilityError(f"{number!r} is not finite")
    simple = Fraction(number).limit_denominator(LARGEST_DENOMINATOR)
    return simple if float(simple) == number else Fraction(repr(number))


def exact_pmf(p: Iterable[float | Fraction]) -> tuple[Fraction, ...]:
    """A pmf over a finite list of outcomes as fractions that sum to exactly 1.

    Entries are read by ``exact_fraction``; if the sum is off by a rounding error, all are divided by it.
    Raises ``ProbabilityError`` as ``check_pmf`` does.

    >>> exact_pmf([0.9, 0.1])
    (Fraction(9, 10), Fraction(1, 10))
    """
    entries = list(p)
    if check_pmf(entries).ndim != 1:  # type: ignore[arg-type]  # fractions convert to float
        raise ProbabilityError("p must be a flat list of probabilities")
    fractions = [exact_fraction(entry) for entry in entries]
    total = sum(fractions)
    return tuple(entry / total for entry in fractions)


def exact_positive_pmf(p: Iterable[float | Fraction]) -> tuple[Fraction, ...]:
    """``exact_pmf`` for constructions in which every outcome must be possible.

    Raises ``ProbabilityError`` that names an outcome of probability 0.
    """
    fractions = exact_pmf(p)
    for index, entry in enumerate(fractions):
        if entry == 0:
            raise ProbabilityError(f"p[{index}] = 0 has infinite surprise and so no codeword; leave that outcome out")
    return fractions
