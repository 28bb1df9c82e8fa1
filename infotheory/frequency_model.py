"""Models for the arithmetic coder: integer frequencies, so that coder and decoder agree to the last bit.

Symbols are the integers 0 to size - 1. A symbol's probability is its frequency divided by the total.
"""

import copy
import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import accumulate
from numbers import Integral
from typing import Protocol, Self

from infotheory.codeword import CodeError
from infotheory.exact_probability import exact_pmf

MOST_TOTAL = 2**24
"""Largest total frequency: with the coder's 48-bit interval, rounding costs under a millionth of a bit a
symbol."""


class FrequencyModel(Protocol):
    """What the arithmetic coder asks of a model. Coder and decoder each work on a copy of their own."""

    @property
    def total(self) -> int:
        """Sum of all frequencies, from 1 to ``MOST_TOTAL``."""

    def span(self, symbol: int) -> tuple[int, int]:
        """The symbol's half-open share of 0..total; its width is the frequency.

        Raises ``CodeError`` for a symbol of frequency 0 or none of the model's.
        """

    def symbol_at(self, count: int) -> int:
        """The symbol whose span contains ``count``, for 0 <= count < total."""

    def update(self, symbol: int) -> None:
        """Learn that ``symbol`` came."""


class FixedModel:
    """The same frequencies for every symbol of the message.

    Raises ``CodeError`` that names a frequency which is no integer from 0 up, and when the total is 0 or too
    large.

    >>> FixedModel([4, 2, 2, 2]).span(1)
    (4, 6)
    """

    def __init__(self, frequencies: Sequence[int]) -> None:
        for symbol, frequency in enumerate(frequencies):
            if not isinstance(frequency, Integral) or frequency < 0:
                raise CodeError(f"symbol {symbol} has frequency {frequency!r}; write an integer from 0 up")
        self._ends = [int(end) for end in accumulate(frequencies)]
        if not self._ends or not 0 < self.total <= MOST_TOTAL:
            raise CodeError(f"the frequencies must sum to 1..{MOST_TOTAL}, not {self._ends[-1] if self._ends else 0}")

    @classmethod
    def from_pmf(cls, p: Iterable[float | Fraction], total: int = 2**16) -> Self:
        """Round a pmf to frequencies with the given total; every possible outcome keeps at least 1.

        Raises ``ProbabilityError`` when ``p`` is no pmf, ``CodeError`` when more outcomes are possible than
        ``total``.

        >>> FixedModel.from_pmf([0.9, 0.1], total=10).span(1)
        (9, 10)
        """
        return cls(_rounded_frequencies(exact_pmf(p), total))

    @property
    def total(self) -> int:
        return self._ends[-1]

    def span(self, symbol: int) -> tuple[int, int]:
        _check_symbol(symbol, len(self._ends))
        low = self._ends[symbol - 1] if symbol else 0
        if low == self._ends[symbol]:
            raise CodeError(f"symbol {symbol} has frequency 0 in this model, so it cannot be coded")
        return low, self._ends[symbol]

    def symbol_at(self, count: int) -> int:
        return bisect_right(self._ends, count)

    def update(self, symbol: int) -> None:
        """A fixed model learns nothing."""


def _rounded_frequencies(pmf: Sequence[Fraction], total: int) -> list[int]:
    """Shares of ``total`` in proportion to the pmf by largest remainder, at least 1 where possible."""
    if sum(entry > 0 for entry in pmf) > total:
        raise CodeError(f"a total of {total} cannot give each possible outcome a frequency of at least 1")
    frequencies = [max(math.floor(entry * total), int(entry > 0)) for entry in pmf]
    missing = total - sum(frequencies)
    step = 1 if missing > 0 else -1
    for _ in range(abs(missing)):
        # Give to (or take from) whoever is furthest from its true share; nobody falls to 0.
        candidates = (i for i, f in enumerate(frequencies) if f > (0 if step > 0 else 1))
        chosen = max(candidates, key=lambda i: step * (pmf[i] * total - frequencies[i]))
        frequencies[chosen] += step
    return frequencies


class AdaptiveModel:
    """Every symbol starts with frequency 1 and gains ``increment`` each time it comes (Laplace's rule for 1).

    When the total would pass ``limit``, all frequencies are halved (rounded up), so the model forgets the
    distant past.
    Raises ``CodeError`` for a size below 1, or when size and increment do not fit the limit.

    >>> model = AdaptiveModel(2)
    >>> model.update(1)
    >>> model.span(1), model.total
    ((1, 3), 3)
    """

    def __init__(self, size: int, increment: int = 1, limit: int = MOST_TOTAL) -> None:
        if size < 1 or increment < 1:
            raise CodeError("an adaptive model needs at least one symbol and an increment of at least 1")
        if not 2 * size + increment <= limit <= MOST_TOTAL:
            raise CodeError(f"the limit must be between 2 * size + increment = {2 * size + increment} and {MOST_TOTAL}")
        self._increment = increment
        self._limit = limit
        self._frequencies = [1] * size
        self._rebuild()

    def _rebuild(self) -> None:
        """Fenwick's tree: entry i (from 1) holds the sum of the ``i & -i`` frequencies before symbol i."""
        self.total = sum(self._frequencies)
        self._tree = [0, *self._frequencies]
        for i in range(1, len(self._tree)):
            above = i + (i & -i)
            if above < len(self._tree):
                self._tree[above] += self._tree[i]

    def span(self, symbol: int) -> tuple[int, int]:
        _check_symbol(symbol, len(self._frequencies))
        low, i = 0, symbol
        while i:
            low += self._tree[i]
            i &= i - 1
        return low, low + self._frequencies[symbol]

    def symbol_at(self, count: int) -> int:
        symbol = 0
        step = 1 << (len(self._frequencies).bit_length() - 1)
        while step:
            if symbol + step < len(self._tree) and self._tree[symbol + step] <= count:
                symbol += step
                count -= self._tree[symbol]
            step >>= 1
        return symbol

    def update(self, symbol: int) -> None:
        self._frequencies[symbol] += self._increment
        if self.total + self._increment > self._limit:
            self._frequencies = [(frequency + 1) // 2 for frequency in self._frequencies]
            self._rebuild()
            return
        self.total += self._increment
        i = symbol + 1
        while i < len(self._tree):
            self._tree[i] += self._increment
            i += i & -i


def _check_symbol(symbol: int, size: int) -> None:
    if not 0 <= symbol < size:
        raise CodeError(f"symbol {symbol!r} is none of the model's symbols 0..{size - 1}")


def model_surprise(message: Iterable[int], model: FrequencyModel) -> float:
    """The surprise of a message under a model that learns as it goes, in bits.

    It is the sum of log2(total / frequency) over the symbols as they come. The model given stays as it is.
    Raises ``CodeError`` for a symbol that the model cannot code.

    >>> model_surprise([0, 0, 1], FixedModel([2, 2]))
    3.0
    """
    learner = copy.deepcopy(model)
    bits = []
    for symbol in message:
        low, high = learner.span(symbol)
        bits.append(math.log2(learner.total / (high - low)))
        learner.update(symbol)
    return math.fsum(bits)
