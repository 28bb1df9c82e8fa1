"""The typical set of a coin: the sequences whose surprise a toss lies within epsilon of the entropy.

Almost all of the probability is in it, and almost none of the sequences. Membership depends only on the
number of ones, so the set is a range of counts, and everything about it can be computed for a million tosses.
Source: Cover and Thomas, *Elements of Information Theory*, 2nd edition, section 3.1.
"""

import math
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np
from scipy.special import logsumexp

from infotheory.binomial import counts_near, log2_binomial, probability_of_counts
from infotheory.exact_probability import exact_fraction
from infotheory.probability import ProbabilityError

_DECIMAL_DIGITS = 60


@dataclass(frozen=True)
class TypicalSet:
    """The typical set of n tosses of a coin with P(1) = p."""

    n: int
    p: float
    epsilon: float
    ones: range
    """The numbers of ones that typical sequences have."""
    log2_size: float
    """log2 of the number of typical sequences, in bits; -inf when there are none."""
    probability: float
    """The probability that a random sequence is typical."""

    @property
    def log2_share(self) -> float:
        """log2 of the share of all 2^n sequences that is typical, in bits."""
        return self.log2_size - self.n


def typical_counts(n: int, p: float | Fraction, epsilon: float | Fraction) -> range:
    """All k for which a sequence with k ones satisfies |-(1/n) log2 P - H| <= epsilon, the boundary included.

    The left side is |k/n - p| times |log2((1-p)/p)|. That logarithm is a whole number or irrational: whole
    ones are used exactly, so ties are decided rightly; irrational ones, which cannot tie, to 60 decimals.
    Parameters: ``n`` tosses; ``p`` = P(1); ``epsilon`` in bits. Floats are read by ``exact_fraction``.
    Raises ``ProbabilityError`` for a bad p or a negative epsilon, ``ValueError`` for n below 1.

    >>> typical_counts(6, Fraction(1, 3), Fraction(1, 6))
    range(1, 4)
    """
    everything = counts_near(n, p, 1)
    bias, radius = exact_fraction(p), exact_fraction(epsilon)
    if radius < 0:
        raise ProbabilityError(f"epsilon = {epsilon!r} is negative")
    if bias in (0, 1):
        return range(n * int(bias), n * int(bias) + 1)
    slope = abs(_log2((1 - bias) / bias))
    return counts_near(n, bias, radius / slope) if slope else everything


def _log2(ratio: Fraction) -> Fraction:
    """log2 of a positive fraction: exact for powers of 2, else to 60 decimals."""
    if ratio.numerator & (ratio.numerator - 1) == 0 and ratio.denominator & (ratio.denominator - 1) == 0:
        return Fraction(ratio.numerator.bit_length() - ratio.denominator.bit_length())
    with localcontext() as context:
        context.prec = _DECIMAL_DIGITS
        return Fraction((Decimal(ratio.numerator).ln() - Decimal(ratio.denominator).ln()) / Decimal(2).ln())


def typical_set(n: int, p: float | Fraction, epsilon: float | Fraction) -> TypicalSet:
    """The typical set of n tosses of a coin with P(1) = p: its counts, its size and its probability.

    Parameters and errors as in ``typical_counts``. Sizes are log-exact for n up to a million and more.

    >>> found = typical_set(1000, 0.7, 0.05)
    >>> round(found.probability, 3), round(found.log2_share)
    (0.995, -79)
    """
    ones = typical_counts(n, p, epsilon)
    log2_size = -math.inf
    if ones:
        terms = log2_binomial(n, np.asarray(ones)) * math.log(2)
        log2_size = float(logsumexp(terms)) / math.log(2)
    return TypicalSet(n, float(p), float(epsilon), ones, log2_size, probability_of_counts(ones, n, p))


def typical_set_size(n: int, p: float | Fraction, epsilon: float | Fraction) -> int:
    """The number of typical sequences as an exact integer; meant for n up to some ten thousands.

    Parameters and errors as in ``typical_counts``.

    >>> typical_set_size(6, Fraction(1, 3), Fraction(1, 6)) == 6 + 15 + 20
    True
    """
    ones = typical_counts(n, p, epsilon)
    if not ones:
        return 0
    size = term = math.comb(n, ones[0])
    for k in ones[1:]:
        term = term * (n - k + 1) // k
        size += term
    return size
