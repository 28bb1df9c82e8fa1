"""Cross-entropy: the average bill when messages from p are paid for with the codebook of q.

Source: Cover and Thomas, *Elements of Information Theory*, 2nd edition, theorem 5.4.3 (wrong code).
"""

from typing import overload

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import xlogy

from infotheory.logarithm import nats_per_unit
from infotheory.probability import FloatArray, check_pmf, check_same_shape


@overload
def cross_entropy(p: ArrayLike, q: ArrayLike, base: float = 2, *, axis: None = None) -> float: ...
@overload
def cross_entropy(p: ArrayLike, q: ArrayLike, base: float = 2, *, axis: int) -> FloatArray: ...
def cross_entropy(p: ArrayLike, q: ArrayLike, base: float = 2, *, axis: int | None = None) -> float | FloatArray:
    """H(p, q) = sum of p log(1/q), in bits unless another ``base`` is asked for.

    Parameters: ``p`` and ``q`` of one shape. With ``axis=None`` each is one pmf and a float is returned; with
    an axis, every slice along it is a pmf, the other axes broadcast, and an array is returned.
    It is infinite when q rules out what p allows. Raises ``ProbabilityError`` when either is no pmf or shapes
    differ.

    >>> p = [1 / 2, 1 / 4, 1 / 8, 1 / 8]
    >>> cross_entropy(p, p), cross_entropy(p, p[::-1])
    (1.75, 2.625)
    """
    truth = check_pmf(p, axis=axis, name="p")
    model = check_pmf(q, axis=axis, name="q")
    if axis is None:
        check_same_shape(truth, model)
        return max(0.0, -float(xlogy(truth, model).sum()) / nats_per_unit(base))
    units = -xlogy(truth, model).sum(axis=axis) / nats_per_unit(base)
    return np.asarray(np.maximum(0.0, units) + 0.0)  # no -0.0
