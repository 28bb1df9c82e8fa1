"""Random drawers for blocks, and how often they mislead: the proof of Slepian and Wolf, computed.

Every block x_1 ... x_n is put into one of 2^(nR) bins at random; the encoder sends the number of its bin. The decoder
knows y_1 ... y_n and takes the likeliest block of that bin. It is misled when another block of the bin is at least as
likely. Blocks of one *type* are equally likely, so they are counted, not listed: the chance of being misled is exact
for hundreds of symbols.
Source: T. Cover and J. Thomas, *Elements of Information Theory*, 2nd edition, sections 11.1 and 15.4.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaln

from infotheory.joint_distribution import conditional_pmf, marginal
from infotheory.probability import FloatArray, ProbabilityError, check_pmf

_SAME = 1e-9  # bits of surprise within which two blocks count as equally likely
_EXACT = 50.0  # log2 of a count up to which "all but one" is told from "all"


@dataclass(frozen=True)
class RandomBins:
    """Blocks of *n* symbols X in random bins of *rate* bits a symbol, decoded with the help of Y.

    *joint* has shape (symbols of X, symbols of Y). Raises ``ProbabilityError`` when it is no pmf of two variables,
    ``ValueError`` for a block without symbols or a negative rate.
    """

    joint: FloatArray
    n: int
    rate: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "joint", check_pmf(self.joint, name="joint"))
        if self.joint.ndim != 2:
            raise ProbabilityError(f"joint needs 2 axes, X and Y, not {self.joint.ndim}")
        if self.n < 1 or self.rate < 0:
            raise ValueError(f"a block has a symbol or more, and a rate of 0 or more; not {self.n} and {self.rate}")

    @cached_property
    def log2_bins(self) -> float:
        """log2 of the number of bins; they are a whole number, at most 2^(nR)."""
        bits = self.n * self.rate
        return math.log2(math.floor(2**bits)) if bits < _EXACT else bits

    def misled(self, x: ArrayLike, y: ArrayLike) -> FloatArray:
        """The chance, over all ways to fill the bins, that blocks are read as others.

        *x*, *y*: symbols from 0, shape (blocks, n). Returns shape (blocks,).
        """
        xs, ys = np.asarray(x), np.asarray(y)
        given = np.stack([(ys == symbol).sum(axis=1) for symbol in range(self.joint.shape[1])], axis=1)
        surprises = -self._log2_conditional[xs, ys].sum(axis=1)
        chances = np.empty(len(xs))
        for counts in {tuple(row) for row in given.tolist()}:
            mine = (given == counts).all(axis=1)
            ranking = _Ranking.of(self._log2_conditional, counts)
            chances[mine] = self._collision(ranking.log2_at_least(surprises[mine]))
        return chances

    def error(self) -> float:
        """The chance that a block is misread, over blocks and bins."""
        chances = marginal(self.joint, 1)
        total = 0.0
        for counts in _compositions(self.n, len(chances)):
            weight = _multinomial_chance(counts, chances)
            if weight > 0:
                ranking = _Ranking.of(self._log2_conditional, counts)
                misled = self._collision(ranking.log2_at_least(ranking.surprises))
                total += weight * float(np.exp2(ranking.log2_counts - ranking.surprises) @ misled)
        return total

    @cached_property
    def _log2_conditional(self) -> FloatArray:
        with np.errstate(divide="ignore"):
            return np.asarray(np.log2(conditional_pmf(self.joint, given=1)))

    def _collision(self, log2_rivals_and_self: FloatArray) -> FloatArray:
        """The chance that one of so many blocks, but for the block itself, lies in its bin."""
        if self.log2_bins == 0:
            return np.asarray(log2_rivals_and_self > _SAME, dtype=np.float64)
        near = np.minimum(log2_rivals_and_self, _EXACT)
        rivals = np.where(log2_rivals_and_self < _EXACT, np.round(np.exp2(near)) - 1, np.exp2(near))
        log2_rivals = np.log2(np.maximum(rivals, 1)) + (log2_rivals_and_self - near)
        # -ln(1 - 1/bins), as a power of two: for many bins it is 1/bins.
        escape = math.log2(-math.log1p(-(2**-self.log2_bins))) if self.log2_bins < _EXACT else -self.log2_bins
        exponent = np.exp2(np.minimum(log2_rivals + escape, 30.0))
        return np.asarray(np.where(rivals > 0, -np.expm1(-exponent), 0.0))


@dataclass(frozen=True, slots=True)
class _Ranking:
    """The types of blocks x given y, likeliest first: the surprise of a block of the type, and log2 of how many."""

    surprises: FloatArray
    log2_counts: FloatArray
    log2_cumulated: FloatArray

    @classmethod
    def of(cls, log2_conditional: FloatArray, given: tuple[int, ...]) -> "_Ranking":
        """For ``given[y]`` places at which Y is y."""
        surprises, counts = np.zeros(1), np.zeros(1)
        for symbol, places in enumerate(given):
            if places:
                more, ways = _types(log2_conditional[:, symbol], places)
                surprises = (surprises[:, None] + more).ravel()
                counts = (counts[:, None] + ways).ravel()
        order = np.argsort(surprises, kind="stable")
        cumulated = np.logaddexp2.accumulate(counts[order])
        return cls(surprises[order], counts[order], cumulated)

    def log2_at_least(self, surprises: FloatArray) -> FloatArray:
        """log2 of the number of blocks that are at least as likely as one of this surprise."""
        last = np.searchsorted(self.surprises, surprises + _SAME, side="right") - 1
        return self.log2_cumulated[last]


def _types(log2_p: FloatArray, places: int) -> tuple[FloatArray, FloatArray]:
    """Surprise of a sequence and log2 of the number of sequences, for each type of so many symbols of *log2_p*.

    Symbols of the same probability are one class, as it does not matter which of them stands where.
    """
    possible = log2_p[np.isfinite(log2_p)]
    classes, sizes = np.unique(np.round(possible, 12), return_counts=True)
    members = np.array(list(_compositions(places, len(classes))))
    ways = (gammaln(places + 1) - gammaln(members + 1).sum(axis=1)) / math.log(2)
    return -(members @ classes), ways + members @ np.log2(sizes)


def _compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """All ways to write *total* as an ordered sum of so many numbers from 0."""
    if parts == 1:
        yield (total,)
        return
    for first in range(total + 1):
        for rest in _compositions(total - first, parts - 1):
            yield (first, *rest)


def _multinomial_chance(counts: tuple[int, ...], p: NDArray[np.float64]) -> float:
    if any(count and not chance for count, chance in zip(counts, p, strict=True)):
        return 0.0
    ways = gammaln(sum(counts) + 1) - gammaln(np.array(counts) + 1).sum()
    nats = sum(count * math.log(chance) for count, chance in zip(counts, p, strict=True) if count)
    return math.exp(ways + nats)
