"""Kullback-Leibler divergence: the bits wasted by believing q where p is true. It is not a distance.

Source: Cover and Thomas, *Elements of Information Theory*, 2nd edition, section 2.3.
"""

from typing import overload

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import rel_entr

from infotheory.logarithm import nats_per_unit
from infotheory.probability import FloatArray, check_pmf, check_same_shape


@overload
def kl_divergence(p: ArrayLike, q: ArrayLike, base: float = 2, *, axis: None = None) -> float: ...
@overload
def kl_divergence(p: ArrayLike, q: ArrayLike, base: float = 2, *, axis: int) -> FloatArray: ...
def kl_divergence(p: ArrayLike, q: ArrayLike, base: float = 2, *, axis: int | None = None) -> float | FloatArray:
    """D(p || q) = sum of p log(p/q), in bits unless another ``base`` is asked for.

    Parameters: ``p`` and ``q`` of one shape. With ``axis=None`` each is one pmf and a float is returned; with
    an axis, every slice along it is a pmf, the other axes broadcast, and an array is returned.
    It is infinite when q rules out what p allows, and never negative: a rounding error below 0 is returned as
    0.
    Raises ``ProbabilityError`` when either is no pmf or shapes differ.

    >>> coin, loaded = [0.5, 0.5], [0.9, 0.1]
    >>> round(kl_divergence(coin, loaded), 4), round(kl_divergence(loaded, coin), 4)
    (0.737, 0.531)
    >>> kl_divergence([0.5, 0.5], [1.0, 0.0])
    inf
    """
    truth = check_pmf(p, axis=axis, name="p")
    model = check_pmf(q, axis=axis, name="q")
    if axis is None:
        check_same_shape(truth, model)
        return max(0.0, float(rel_entr(truth, model).sum()) / nats_per_unit(base))
    units = rel_entr(truth, model).sum(axis=axis) / nats_per_unit(base)
    return np.asarray(np.maximum(0.0, units))
