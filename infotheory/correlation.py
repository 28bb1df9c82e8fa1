"""Pearson's correlation of a joint distribution: how well a straight line tells one value from the other."""

import numpy as np
from numpy.typing import ArrayLike

from infotheory.joint_distribution import marginal
from infotheory.probability import ProbabilityError


def correlation(joint: ArrayLike, x: ArrayLike, y: ArrayLike) -> float:
    """Covariance over the product of the standard deviations, from -1 to 1; it has no unit.

    Parameters: ``joint[i, j]``, the chance of the pair of values ``x[i]`` and ``y[j]``.
    It is ``nan`` when one of the two never varies.
    Raises ``ProbabilityError`` when ``joint`` is no pmf of two variables with so many values.

    >>> correlation([[0.5, 0.0], [0.0, 0.5]], [0, 1], [0, 1])
    1.0
    """
    across, along = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    array = np.asarray(joint, dtype=float)
    if array.shape != (across.size, along.size):
        raise ProbabilityError(f"a joint of {across.size} by {along.size} values is needed, not of {array.shape}")
    p_x, p_y = marginal(array, 0), marginal(array, 1)
    from_mean_x, from_mean_y = across - p_x @ across, along - p_y @ along
    spread = np.sqrt((p_x @ from_mean_x**2) * (p_y @ from_mean_y**2))
    return float(from_mean_x @ array @ from_mean_y / spread) if spread > 0 else float("nan")
