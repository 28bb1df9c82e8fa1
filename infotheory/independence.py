"""A joint distribution against the product of its margins: cell by cell, what independence gets wrong.

Source: Fano, *Transmission of Information*, 1961, chapter 2 (mutual information of two events); Cover and Thomas,
*Elements of Information Theory*, 2nd edition, section 2.3 (its average as a divergence).
"""

import numpy as np
from numpy.typing import ArrayLike

from infotheory.joint_distribution import broadcast_margin
from infotheory.logarithm import nats_per_unit
from infotheory.probability import FloatArray, check_pmf


def product_of_margins(joint: ArrayLike) -> FloatArray:
    """The joint pmf that all variables would have if they were independent, each keeping its own; same shape.

    Raises ``ProbabilityError`` when ``joint`` is no pmf.

    >>> product_of_margins([[0.5, 0.25], [0.0, 0.25]])
    array([[0.375, 0.375],
           [0.125, 0.125]])
    """
    array = check_pmf(joint, name="joint")
    product = np.ones_like(array)
    for axis in range(array.ndim):
        product = product * broadcast_margin(array, (axis,))
    return product


def log_ratio_to_independence(joint: ArrayLike, base: float = 2) -> FloatArray:
    """log p(x, y, ...) / (p(x) p(y) ...) of each cell, in bits unless another ``base`` is asked for; same shape.

    Positive where a cell comes more often than independence says, negative where it comes more rarely, ``-inf``
    where it never comes though all its parts do. A cell one of whose parts never comes has no ratio: ``nan``.
    For two variables, its mean under ``joint`` is their mutual information.
    Raises ``ProbabilityError`` when ``joint`` is no pmf.

    >>> log_ratio_to_independence([[0.5, 0.0], [0.25, 0.25]]).round(3)
    array([[ 0.415,   -inf],
           [-0.585,  1.   ]])
    """
    array = check_pmf(joint, name="joint")
    # The product of small margins would underflow, so one margin is divided out at a time.
    ratio, possible = array.astype(float), np.ones(array.shape, dtype=bool)
    for axis in range(array.ndim):
        margin = broadcast_margin(array, (axis,))
        possible &= np.broadcast_to(margin > 0, array.shape)
        ratio = np.divide(ratio, margin, out=np.full_like(ratio, np.nan), where=possible)
    with np.errstate(divide="ignore"):
        return np.asarray(np.log(ratio) / nats_per_unit(base))
