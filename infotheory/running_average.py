"""The average so far: what a simulation shows while it settles on an expected value."""

import numpy as np
from numpy.typing import ArrayLike

from infotheory.probability import FloatArray


def running_average(values: ArrayLike) -> FloatArray:
    """The average of the first 1, 2, 3, ... entries along the first axis, in the unit and the shape of ``values``.

    >>> running_average([2, 4, 0]).tolist()
    [2.0, 3.0, 2.0]
    """
    array = np.asarray(values)
    counts = np.arange(1, len(array) + 1).reshape(-1, *[1] * (array.ndim - 1))
    return np.asarray(np.cumsum(array, axis=0) / counts)
