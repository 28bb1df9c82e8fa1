"""Couplings: joint distributions with given margins, from strangers to partners.

Source: Thorisson, *Coupling, Stationarity, and Regeneration*, chapter 1; the margins fix neither the joint
distribution nor its entropy, which lies between the larger margin's entropy and the sum of both.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from infotheory.probability import FloatArray, ProbabilityError, check_pmf, check_same_shape


def independent_joint(p: ArrayLike, q: ArrayLike) -> FloatArray:
    """The joint pmf of X ~ ``p`` and Y ~ ``q`` that know nothing of each other: ``joint[i, j] = p[i] q[j]``.

    Parameters: ``p`` and ``q``, pmfs of shapes (m,) and (n,). Returns an array of shape (m, n).
    Raises ``ProbabilityError`` when ``p`` or ``q`` is no pmf.

    >>> independent_joint([0.5, 0.5], [0.25, 0.75])
    array([[0.125, 0.375],
           [0.125, 0.375]])
    """
    return np.outer(check_pmf(p), check_pmf(q, name="q"))


def partnered_joint(p: ArrayLike, partner: Sequence[int]) -> FloatArray:
    """The joint pmf of X ~ ``p`` and its partner Y = ``partner[X]``: one tells all about the other.

    Parameters: ``p``, a pmf of shape (n,); ``partner``, a permutation of 0, 1, ..., n-1.
    Returns an array of shape (n, n).
    Raises ``ProbabilityError`` when ``p`` is no pmf, or ``partner`` no permutation of its outcomes.

    >>> partnered_joint([0.25, 0.75], [1, 0])
    array([[0.  , 0.25],
           [0.75, 0.  ]])
    """
    pmf = check_pmf(p)
    if pmf.ndim != 1 or sorted(partner) != list(range(pmf.size)):
        raise ProbabilityError(f"partner = {list(partner)} is no permutation of the outcomes 0 to {pmf.size - 1}")
    joint = np.zeros((pmf.size, pmf.size))
    joint[np.arange(pmf.size), list(partner)] = pmf
    return joint


def mixed_joint(first: ArrayLike, second: ArrayLike, share: float) -> FloatArray:
    """The joint pmf that is drawn from ``second`` with probability ``share``, else from ``first``.

    Two joints with the same margins mix into a joint with these margins, whatever ``share``.
    Parameters: pmfs of one shape; ``share`` from 0 to 1. Returns an array of that shape.
    Raises ``ProbabilityError`` when an argument is no pmf, the shapes differ, or ``share`` is no probability.

    >>> mixed_joint([[0.25, 0.25], [0.25, 0.25]], [[0.5, 0.0], [0.0, 0.5]], 0.5)
    array([[0.375, 0.125],
           [0.125, 0.375]])
    """
    one, other = check_pmf(first, name="first"), check_pmf(second, name="second")
    check_same_shape(one, other)
    if not 0 <= share <= 1:
        raise ProbabilityError(f"share = {share!r} is no probability; it lies between 0 and 1")
    return np.asarray((1 - share) * one + share * other)
