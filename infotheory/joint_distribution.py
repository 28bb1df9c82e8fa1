"""Joint distributions: an array with one axis per variable, its margins and its conditionals.

``joint[i, j, k]`` is P(X=i, Y=j, Z=k). A *group of axes* is one axis number or a sequence of them, so that a
measure can treat several variables as one. Axes that a measure is not told about are summed out.
"""

from collections.abc import Sequence

import numpy as np
from numpy.lib.array_utils import normalize_axis_tuple
from numpy.typing import ArrayLike

from infotheory.probability import FloatArray, check_pmf

Axes = int | Sequence[int]


def axis_group(axes: Axes, ndim: int) -> tuple[int, ...]:
    """A group of axes as non-negative numbers. Raises ``numpy.exceptions.AxisError`` or ``ValueError``."""
    return tuple(normalize_axis_tuple(axes, ndim))


def broadcast_margin(joint: FloatArray, keep: tuple[int, ...]) -> FloatArray:
    """Sum out all axes but ``keep``, leaving them with length 1, so that margins line up with the joint."""
    others = tuple(axis for axis in range(joint.ndim) if axis not in keep)
    return np.asarray(joint.sum(axis=others, keepdims=True))


def marginal(joint: ArrayLike, axes: Axes) -> FloatArray:
    """The joint pmf of the variables ``axes``, its axes in that order.

    Raises ``ProbabilityError`` when ``joint`` is no pmf, ``AxisError`` for an axis that it does not have.

    >>> marginal([[0.5, 0.25], [0.0, 0.25]], axes=0)
    array([0.75, 0.25])
    """
    array = check_pmf(joint, name="joint")
    keep = axis_group(axes, array.ndim)
    others = tuple(axis for axis in range(array.ndim) if axis not in keep)
    summed = array.sum(axis=others)
    rank = sorted(keep)
    return np.asarray(summed.transpose([rank.index(axis) for axis in keep]))


def conditional_pmf(joint: ArrayLike, given: Axes) -> FloatArray:
    """P(rest | given), in the shape of ``joint``.

    Each slice at fixed ``given`` is lifted out and renormalised. A slice of probability 0 has no conditional
    distribution; it is filled with ``nan``.
    Raises as ``marginal`` does.

    >>> conditional_pmf([[0.5, 0.25], [0.0, 0.25]], given=1)
    array([[1. , 0.5],
           [0. , 0.5]])
    """
    array = check_pmf(joint, name="joint")
    margin = broadcast_margin(array, axis_group(given, array.ndim))
    undefined = np.full_like(array, np.nan)
    return np.divide(array, margin, out=undefined, where=np.broadcast_to(margin > 0, array.shape))
