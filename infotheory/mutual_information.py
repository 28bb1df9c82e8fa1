"""Mutual information: what one variable tells about another, and conditional mutual information.

Source: Cover and Thomas, *Elements of Information Theory*, 2nd edition, sections 2.3 to 2.5.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import xlogy

from infotheory.joint_distribution import Axes, axis_group, broadcast_margin
from infotheory.logarithm import nats_per_unit
from infotheory.probability import check_pmf


def conditional_mutual_information(joint: ArrayLike, x: Axes, y: Axes, given: Axes, base: float = 2) -> float:
    """I(x; y | given), in bits unless another ``base`` is asked for.

    Parameters: ``joint``, a pmf with one axis per variable; ``x``, ``y`` and ``given``, each one axis or a
    group of axes. Groups may share axes (I(X;X|Z) = H(X|Z)); axes in no group are summed out.
    It is never negative: a rounding error below 0 is returned as 0.
    Raises ``ProbabilityError`` when ``joint`` is no pmf, ``AxisError`` for an axis that it does not have.

    >>> xor = [[[0.25, 0], [0, 0.25]], [[0, 0.25], [0.25, 0]]]
    >>> mutual_information(xor, 0, 1), conditional_mutual_information(xor, 0, 1, given=2)
    (0.0, 1.0)
    """
    array = check_pmf(joint, name="joint")
    left, right, known = (axis_group(group, array.ndim) for group in (x, y, given))
    all_of_it = broadcast_margin(array, (*left, *right, *known))
    x_and_known = broadcast_margin(array, (*left, *known))
    y_and_known = broadcast_margin(array, (*right, *known))
    possible = all_of_it > 0
    # The product of two small margins would underflow, so p(xyz) p(z) / (p(xz) p(yz)) is a ratio of ratios.
    y_from_x = np.divide(all_of_it, x_and_known, out=np.ones_like(all_of_it), where=possible)
    y_alone = np.divide(
        y_and_known, broadcast_margin(array, known), out=np.ones_like(y_and_known), where=y_and_known > 0
    )
    ratio = np.divide(y_from_x, y_alone, out=np.ones_like(all_of_it), where=possible)
    return max(0.0, float(xlogy(all_of_it, ratio).sum()) / nats_per_unit(base))


def mutual_information(joint: ArrayLike, x: Axes = 0, y: Axes = 1, base: float = 2) -> float:
    """I(x; y), the divergence of the joint pmf from the product of its margins.

    In bits unless another ``base`` is asked for.
    Parameters: ``joint``, a pmf with one axis per variable; ``x`` and ``y``, each one axis or a group of
    axes; the rest is summed out. Raises as ``conditional_mutual_information`` does.

    >>> mutual_information([[0.5, 0.0], [0.0, 0.5]])
    1.0
    """
    return conditional_mutual_information(joint, x, y, (), base)
