"""Entropy: the average surprise of a random variable, 0 log 0 being 0.

Source: Cover and Thomas, *Elements of Information Theory*, 2nd edition, section 2.1.
"""

from collections.abc import Sequence
from typing import Any, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import entr, xlog1py

from infotheory.logarithm import nats_per_unit
from infotheory.probability import FloatArray, check_pmf, check_probabilities


@overload
def entropy(p: ArrayLike, base: float = 2, *, axis: None = None) -> float: ...
@overload
def entropy(p: ArrayLike, base: float = 2, *, axis: int) -> FloatArray: ...
def entropy(p: ArrayLike, base: float = 2, *, axis: int | None = None) -> float | FloatArray:
    """H(p) = sum of p log(1/p), in bits unless another ``base`` is asked for.

    Parameters: ``p``, an array of any shape. With ``axis=None`` all of it is one pmf and a float is returned;
    with an axis, every slice along it is a pmf and the array of their entropies is returned.
    Raises ``ProbabilityError`` when ``p`` is no pmf.

    >>> entropy([0.5, 0.25, 0.125, 0.125])
    1.75
    >>> entropy([[0.5, 0.5], [1.0, 0.0]], axis=1)
    array([1., 0.])
    """
    pmf = check_pmf(p, axis=axis)
    units = entr(pmf).sum(axis=axis) / nats_per_unit(base)
    if axis is None:
        return max(0.0, float(units))  # an entry may lie above 1 by a rounding error
    return np.asarray(np.maximum(0.0, units) + 0.0)  # no -0.0


@overload
def binary_entropy(p: float, base: float = 2) -> float: ...
@overload
def binary_entropy(p: Sequence[Any] | NDArray[np.floating], base: float = 2) -> FloatArray: ...
def binary_entropy(p: ArrayLike, base: float = 2) -> float | FloatArray:
    """H(p, 1-p), the entropy of a coin with bias ``p``, in bits unless another ``base`` is asked for.

    Parameters: ``p``, a number or an array of any shape. Returns a float for a number, else an array of the
    same shape.
    Raises ``ProbabilityError`` for an entry that is no probability.

    >>> binary_entropy([0.0, 0.5, 1.0])
    array([0., 1., 0.])
    """
    bias = np.minimum(check_probabilities(p), 1)
    units = (entr(bias) - xlog1py(1 - bias, -bias)) / nats_per_unit(base) + 0.0  # no -0.0
    return np.asarray(units) if units.ndim else float(units)
