"""Counting sequences: binomial coefficients and probabilities that stay accurate up to n = 10^6 and beyond.

Coefficients of a million tosses have 300,000 decimal digits, so they are kept as logarithms. Conditions such
as |k/n - p| <= 0.01 are decided with fractions, because whole columns of the distribution lie exactly on the
boundary.
Source: Cover and Thomas, *Elements of Information Theory*, 2nd edition, section 11.1.
"""

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import overload

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, gammaln, xlog1py, xlogy

from infotheory.exact_probability import exact_fraction
from infotheory.probability import FloatArray, ProbabilityError, check_probabilities


def _whole_numbers(values: ArrayLike, name: str) -> FloatArray:
    array = np.asarray(values, dtype=np.float64)
    if not np.all(np.isfinite(array) & (array == np.floor(array))):
        raise ValueError(f"{name} must be whole numbers")
    return array


@overload
def log2_binomial(n: int, k: int) -> float: ...
@overload
def log2_binomial(n: ArrayLike, k: NDArray[np.integer] | Sequence[int]) -> FloatArray: ...
def log2_binomial(n: ArrayLike, k: ArrayLike) -> float | FloatArray:
    """log2 of C(n, k), the number of binary sequences of length n with k ones, in bits.

    Parameters: ``n`` and ``k``, whole numbers or arrays of them that broadcast, n at least 0. Returns a float
    for numbers. C(n, k) is 0, and its logarithm -inf, for k outside 0..n. The absolute error is that of a
    log-factorial, about n log2(n) times 1e-16: 1e-8 bits for a million.
    Raises ``ValueError`` for a negative n or a number that is not whole.

    >>> round(log2_binomial(10, 3), 6) == round(math.log2(120), 6)
    True
    """
    total, ones = np.broadcast_arrays(_whole_numbers(n, "n"), _whole_numbers(k, "k"))
    if np.any(total < 0):
        raise ValueError("n must not be negative")
    inside = (ones >= 0) & (ones <= total)
    chosen = np.where(inside, ones, 0)
    nats = gammaln(total + 1) - (gammaln(chosen + 1) + gammaln(total - chosen + 1))
    bits = np.where(inside, nats / math.log(2), -np.inf)
    return bits if bits.ndim else float(bits)


@overload
def log2_binomial_pmf(k: int, n: int, p: float) -> float: ...
@overload
def log2_binomial_pmf(k: NDArray[np.integer] | Sequence[int], n: int, p: float) -> FloatArray: ...
def log2_binomial_pmf(k: ArrayLike, n: int, p: float) -> float | FloatArray:
    """log2 of the probability of k ones in n tosses of a coin with P(1) = p, in bits.

    It stays finite where the probability itself would underflow.

    Parameters: ``k``, a whole number or an array of them. Impossible counts give -inf.
    The absolute error is that of ``log2_binomial``. Raises ``ProbabilityError`` for a bad p, ``ValueError``
    for a bad n or k.

    >>> log2_binomial_pmf(10_000, 10_000, 0.5)
    -10000.0
    """
    bias = float(check_probabilities(p))
    ones = _whole_numbers(k, "k")
    inside = (ones >= 0) & (ones <= n)
    safe = np.where(inside, ones, 0)
    sequence = (xlogy(safe, bias) + xlog1py(n - safe, -bias)) / math.log(2)
    bits = np.where(inside, log2_binomial(n, safe) + sequence, -np.inf)
    return bits if bits.ndim else float(bits)


def counts_near(n: int, p: float | Fraction, epsilon: float | Fraction) -> range:
    """All k from 0 to n with |k/n - p| <= epsilon, the boundary included, decided by exact arithmetic.

    Floats are read by ``exact_fraction``, so that 0.71 counts as within 0.01 of 0.7.
    Raises ``ProbabilityError`` for a bad p or a negative epsilon, ``ValueError`` for n below 1.

    >>> counts_near(100, 0.7, 0.01)
    range(69, 72)
    """
    check_probabilities(float(p))
    centre, radius = exact_fraction(p), exact_fraction(epsilon)
    if radius < 0:
        raise ProbabilityError(f"epsilon = {epsilon!r} is negative")
    if n < 1:
        raise ValueError(f"n = {n!r} tosses are none; n must be at least 1")
    first = max(0, math.ceil(n * (centre - radius)))
    last = min(n, math.floor(n * (centre + radius)))
    return range(first, last + 1)


def probability_of_counts(counts: range, n: int, p: float | Fraction) -> float:
    """The probability that the number of ones in n tosses lies in a range of consecutive counts.

    >>> probability_of_counts(range(0, 2), 2, 0.5)
    0.75
    """
    if len(counts) == 0:
        return 0.0
    bias = float(check_probabilities(float(p)))
    below, first, last = counts[0] - 1, counts[0], counts[-1]
    if first > n * bias:  # both ends in the upper tail: differences of the lower one would lose digits
        return _above(below, n, bias) - _above(last, n, bias)
    return _up_to(last, n, bias) - _up_to(below, n, bias)


def _up_to(count: int, n: int, p: float) -> float:
    """Probability of at most *count* ones, by the incomplete beta function (Abramowitz and Stegun 26.5.24)."""
    if count < 0:
        return 0.0
    return 1.0 if count >= n else float(betainc(n - count, count + 1, 1 - p))


def _above(count: int, n: int, p: float) -> float:
    """Probability of more than *count* ones."""
    if count < 0:
        return 1.0
    return 0.0 if count >= n else float(betainc(count + 1, n - count, p))


def probability_near(n: int, p: float | Fraction, epsilon: float | Fraction) -> float:
    """P(|k/n - p| <= epsilon) for the number k of ones in n tosses, the boundary included exactly.

    Errors as in ``counts_near``.

    >>> [round(probability_near(n, 0.7, 0.01), 3) for n in (10, 100, 1000, 10_000)]
    [0.267, 0.256, 0.531, 0.972]
    """
    return probability_of_counts(counts_near(n, p, epsilon), n, p)
