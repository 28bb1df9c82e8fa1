"""Conditional entropy: the surprise that is left, on average, once another variable is known.

Source: Cover and Thomas, *Elements of Information Theory*, 2nd edition, section 2.2.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import xlogy

from infotheory.joint_distribution import Axes, axis_group, broadcast_margin
from infotheory.logarithm import nats_per_unit
from infotheory.probability import check_pmf


def conditional_entropy(joint: ArrayLike, of: Axes, given: Axes, base: float = 2) -> float:
    """H(of | given), in bits unless another ``base`` is asked for.

    Parameters: ``joint``, a pmf with one axis per variable; ``of`` and ``given``, each one axis or a group of
    axes (an empty ``given`` gives the plain entropy). Axes in neither group are summed out.
    Raises ``ProbabilityError`` when ``joint`` is no pmf, ``AxisError`` for an axis that it does not have.

    >>> fair_bit_twice = [[0.5, 0.0], [0.0, 0.5]]
    >>> conditional_entropy(fair_bit_twice, of=1, given=0)
    0.0
    """
    array = check_pmf(joint, name="joint")
    known = axis_group(given, array.ndim)
    both = broadcast_margin(array, (*axis_group(of, array.ndim), *known))
    margin = broadcast_margin(array, known)
    ratio = np.divide(margin, both, out=np.ones_like(both), where=both > 0)
    return max(0.0, float(xlogy(both, ratio).sum()) / nats_per_unit(base))
