"""Surprise (self-information): how often the space of possibilities was halved.

Source: Cover and Thomas, *Elements of Information Theory*, 2nd edition, section 2.1; C. Shannon, "A mathematical
theory of communication", 1948.
"""

from collections.abc import Sequence
from typing import Any, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from infotheory.logarithm import nats_per_unit
from infotheory.probability import FloatArray, check_probabilities


@overload
def surprise(p: float, base: float = 2) -> float: ...
@overload
def surprise(p: Sequence[Any] | NDArray[np.floating], base: float = 2) -> FloatArray: ...
def surprise(p: ArrayLike, base: float = 2) -> float | FloatArray:
    """log(1/p) of each probability, in bits unless another ``base`` is asked for.

    Parameters: ``p``, a number or an array of any shape, each entry from 0 to 1; they need not sum to 1.
    Returns a float for a number, else an array of the same shape. The impossible has infinite surprise.
    Raises ``ProbabilityError`` for an entry that is no probability.

    >>> surprise(0.25)
    2.0
    >>> surprise([1, 0.5, 0.0])
    array([ 0.,  1., inf])
    """
    probability = check_probabilities(p)
    with np.errstate(divide="ignore"):  # log 0 = -inf is meant
        nats = -np.log(np.minimum(probability, 1))
    units = np.abs(nats) / nats_per_unit(base)  # abs: no -0.0
    return units if units.ndim else float(units)
