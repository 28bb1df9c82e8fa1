"""Probability mass functions: what makes an array one, said clearly when it is not one.

A pmf is an array of finite, non-negative numbers that sum to 1. Every measure of this package checks its
arguments here first, so a mistake is reported where it was made and not as a ``nan`` three films later.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]

TOLERANCE = 1e-6
"""How far a sum may be from 1: room for a softmax in single precision, none for a slip of the pen."""


class ProbabilityError(ValueError):
    """Numbers that were given as probabilities and cannot be probabilities."""


def _as_floats(values: ArrayLike, name: str) -> FloatArray:
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise ProbabilityError(f"{name} is no array of real numbers: {error}") from None
    return array


def _refuse_first(bad: NDArray[np.bool_], array: FloatArray, name: str, reason: str) -> None:
    """Raise for the first entry that is marked as bad, naming its index and value."""
    if not bad.any():
        return
    index = tuple(int(i) for i in np.argwhere(bad)[0])
    place = f"{name}[{', '.join(map(str, index))}]" if index else name
    raise ProbabilityError(f"{place} = {float(array[index])!r} {reason}")


def check_probabilities(values: ArrayLike, *, name: str = "p", tolerance: float = TOLERANCE) -> FloatArray:
    """Return ``values`` as floats after checking that each one alone is a probability.

    Parameters: ``values`` of any shape. They need not sum to 1. Entries above 1 by no more than ``tolerance``
    pass.
    Raises ``ProbabilityError`` that names the first entry that is not finite, negative, or above 1.

    >>> check_probabilities([0.5, -0.1])
    Traceback (most recent call last):
    ...
    infotheory.probability.ProbabilityError: p[1] = -0.1 is negative; a probability lies between 0 and 1
    """
    array = _as_floats(values, name)
    _refuse_first(~np.isfinite(array), array, name, "is not finite; a probability lies between 0 and 1")
    _refuse_first(array < 0, array, name, "is negative; a probability lies between 0 and 1")
    _refuse_first(array > 1 + tolerance, array, name, "is above 1; divide counts by their sum first")
    return array


def check_pmf(
    values: ArrayLike, *, axis: int | None = None, name: str = "p", tolerance: float = TOLERANCE
) -> FloatArray:
    """Return ``values`` as floats after checking that they are a probability mass function.

    Parameters: ``values`` of any shape with at least one entry. With ``axis=None`` the whole array is one pmf
    (a joint pmf has one axis per variable); with an axis, every slice along it is a pmf of its own.
    Raises ``ProbabilityError`` that names the bad entry, or the slice that does not sum to 1 within
    ``tolerance``.

    >>> check_pmf([0.5, 0.25, 0.25])
    array([0.5 , 0.25, 0.25])
    >>> check_pmf([[0.5, 0.5], [0.5, 0.4]], axis=1)
    Traceback (most recent call last):
    ...
    infotheory.probability.ProbabilityError: p[1, :] sums to 0.9, not to 1 (tolerance 1e-06)
    """
    array = check_probabilities(values, name=name, tolerance=tolerance)
    if array.size == 0:
        raise ProbabilityError(f"{name} is empty; a distribution needs at least one outcome")
    totals = np.atleast_1d(array.sum(axis=axis))
    bad = np.argwhere(np.abs(totals - 1) > tolerance)
    if bad.size:
        where = tuple(int(i) for i in bad[0])
        raise ProbabilityError(
            f"{_slice_name(name, array.ndim, axis, where)} sums to {float(totals[where]):.9g}, "
            f"not to 1 (tolerance {tolerance:g})"
        )
    return array


def _slice_name(name: str, ndim: int, axis: int | None, where: tuple[int, ...]) -> str:
    if axis is None or ndim < 2:
        return name
    index = [str(i) for i in where]
    index.insert(axis % ndim, ":")
    return f"{name}[{', '.join(index)}]"


def check_same_shape(p: FloatArray, q: FloatArray) -> None:
    """Raise ``ProbabilityError`` when two pmfs are not over the same outcomes."""
    if p.shape != q.shape:
        raise ProbabilityError(f"p has shape {p.shape} and q has shape {q.shape}; both must be over the same outcomes")


def normalize(weights: ArrayLike) -> FloatArray:
    """The pmf that is proportional to non-negative weights or counts of any shape.

    Raises ``ProbabilityError`` for a negative or infinite weight, and when all weights are 0.

    >>> normalize([3, 1])
    array([0.75, 0.25])
    """
    array = _as_floats(weights, "weights")
    _refuse_first(~np.isfinite(array), array, "weights", "is not finite")
    _refuse_first(array < 0, array, "weights", "is negative; a weight is at least 0")
    largest = array.max(initial=0.0)
    if largest == 0:
        raise ProbabilityError("weights are all 0; at least one outcome needs a positive weight")
    scaled = array / largest  # the sum of huge weights would overflow
    return np.asarray(scaled / scaled.sum())
