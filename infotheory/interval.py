"""The unit interval as a code: codewords, outcomes and whole messages are parts of [0, 1).

A codeword is the interval of all numbers whose expansion begins with it. A distribution cuts [0, 1) in
proportion, and cuts every piece again for the next symbol; the width of what is left is the probability of
the message, and its surprise the number of halvings. All of it is exact. Source: Cover and Thomas, *Elements
of Information Theory*, 2nd edition, sections 5.2, 13.3.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate

from infotheory.block_code import Block, blocks
from infotheory.codeword import BINARY, CodeError, check_alphabet, number_to_digits
from infotheory.exact_probability import exact_pmf
from infotheory.shannon_code import surprise_rounded_up


@dataclass(frozen=True)
class Interval:
    """The half-open interval [start, start + width) with exact ends."""

    start: Fraction
    width: Fraction

    @property
    def end(self) -> Fraction:
        """The first number beyond the interval."""
        return self.start + self.width

    def zoom(self, part: Interval) -> Interval:
        """The ``part`` of the unit interval, drawn to scale inside this one."""
        return Interval(self.start + self.width * part.start, self.width * part.width)

    def contains(self, other: Interval) -> bool:
        """Whether the other interval lies wholly within this one."""
        return self.start <= other.start and other.end <= self.end


UNIT = Interval(Fraction(0), Fraction(1))


def codeword_interval(codeword: str, alphabet: str = BINARY) -> Interval:
    """All numbers of [0, 1) whose digits begin with the codeword; its width is the codeword's Kraft term.

    Raises ``CodeError`` for a bad alphabet, or a digit that it does not have.

    >>> codeword_interval("10")
    Interval(start=Fraction(1, 2), width=Fraction(1, 4))
    """
    size = len(check_alphabet(alphabet))
    number = 0
    for place, digit in enumerate(codeword):
        if digit not in alphabet:
            raise CodeError(f"digit {digit!r} at place {place} of {codeword!r} is not in the alphabet {alphabet!r}")
        number = number * size + alphabet.index(digit)
    width = Fraction(1, size ** len(codeword))
    return Interval(number * width, width)


def cumulative_partition(p: Iterable[float | Fraction]) -> list[Interval]:
    """[0, 1) cut in proportion to a pmf, outcome 0 leftmost. Floats are read by ``exact_fraction``.

    Raises ``ProbabilityError`` when ``p`` is no pmf.

    >>> [str(part.end) for part in cumulative_partition([0.9, 0.1])]
    ['9/10', '1']
    """
    pmf = exact_pmf(p)
    starts = accumulate(pmf, initial=Fraction(0))
    return [Interval(start, width) for start, width in zip(starts, pmf, strict=False)]


def nested_partition(p: Iterable[float | Fraction], n: int) -> dict[Block, Interval]:
    """The interval of every sequence of n independent symbols, in order from left to right.

    Raises ``ProbabilityError`` when ``p`` is no pmf, ``CodeError`` when n is below 1 or there are over a
    million sequences.

    >>> nested_partition([0.9, 0.1], 2)[0, 1]
    Interval(start=Fraction(81, 100), width=Fraction(9, 100))
    """
    parts = cumulative_partition(p)
    sequences = blocks(len(parts), n)
    level = [UNIT]
    for _ in range(n):
        level = [whole.zoom(part) for whole in level for part in parts]
    return dict(zip(sequences, level, strict=True))


def message_interval(message: Iterable[int], p: Iterable[float | Fraction]) -> Interval:
    """The interval of one message of outcome numbers, narrowed symbol by symbol; exact for any length.

    Raises ``ProbabilityError`` when ``p`` is no pmf, ``CodeError`` that names a symbol which is no outcome.

    >>> message_interval([1, 0], [0.9, 0.1])
    Interval(start=Fraction(9, 10), width=Fraction(9, 100))
    """
    parts = cumulative_partition(p)
    interval = UNIT
    for place, symbol in enumerate(message):
        if not 0 <= symbol < len(parts):
            raise CodeError(
                f"symbol {symbol} at place {place} of the message is none of the outcomes 0..{len(parts) - 1}"
            )
        interval = interval.zoom(parts[symbol])
    return interval


def settled_digits(interval: Interval, alphabet: str = BINARY) -> str:
    """The digits that all numbers of an interval begin with: the longest codeword whose interval contains it.

    Raises ``CodeError`` for an empty interval, one outside [0, 1), or a bad alphabet.

    >>> settled_digits(message_interval([1, 0], [0.9, 0.1]))
    '111'
    """
    size = len(check_alphabet(alphabet))
    _check_in_unit(interval)
    digits: list[str] = []
    start, end = interval.start, interval.end
    while True:
        digit = math.floor(start * size)
        if end * size > digit + 1:
            return "".join(digits)
        digits.append(alphabet[digit])
        start, end = start * size - digit, end * size - digit


def shortest_codeword_within(interval: Interval, alphabet: str = BINARY) -> str:
    """The shortest (of these, the leftmost) codeword whose own interval lies within the given one.

    It has at most ceil(log 1/width) + 1 digits, so whoever knows the partition can send the message with it.
    Raises ``CodeError`` as ``settled_digits`` does.

    >>> shortest_codeword_within(message_interval([0, 1], [0.9, 0.1]))
    '1101'
    """
    size = len(check_alphabet(alphabet))
    _check_in_unit(interval)
    length = surprise_rounded_up(interval.width, size)
    while True:
        number = math.ceil(interval.start * size**length)
        if Fraction(number + 1, size**length) <= interval.end:
            return number_to_digits(number, length, alphabet)
        length += 1


def _check_in_unit(interval: Interval) -> None:
    if interval.width <= 0 or not UNIT.contains(interval):
        raise CodeError(f"[{interval.start}, {interval.end}) is no interval of positive width within [0, 1)")
