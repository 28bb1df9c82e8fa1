"""Co-information: what three variables share, if "share" is the word: it may be negative.

Source: T. M. Cover and J. A. Thomas, *Elements of Information Theory*, 2nd edition, problem 2.25; A. J. Bell, "The
co-information lattice", ICA 2003.
"""

from numpy.typing import ArrayLike

from infotheory.joint_distribution import Axes
from infotheory.mutual_information import conditional_mutual_information, mutual_information


def co_information(joint: ArrayLike, x: Axes = 0, y: Axes = 1, z: Axes = 2, base: float = 2) -> float:
    """I(x; y; z) = I(x; y) - I(x; y | z), in bits unless another ``base`` is asked for.

    It is the middle of a diagram of three circles, the same whichever variable is conditioned on. It is negative where
    z lets x tell about y what x alone could not: then no diagram with true areas exists.
    Parameters: ``joint``, a pmf with one axis per variable; ``x``, ``y`` and ``z``, each one axis or a group of axes;
    the rest is summed out. Raises ``ProbabilityError`` when ``joint`` is no pmf, ``AxisError`` for an axis that it
    does not have.

    >>> xor = [[[0.25, 0], [0, 0.25]], [[0, 0.25], [0.25, 0]]]
    >>> co_information(xor)
    -1.0
    """
    return mutual_information(joint, x, y, base) - conditional_mutual_information(joint, x, y, given=z, base=base)
