"""Joint entropy: the average surprise of several variables seen at once.

Source: Cover and Thomas, *Elements of Information Theory*, 2nd edition, section 2.2.
"""

from numpy.typing import ArrayLike

from infotheory.entropy import entropy
from infotheory.joint_distribution import Axes, marginal


def joint_entropy(joint: ArrayLike, axes: Axes | None = None, base: float = 2) -> float:
    """H of the variables ``axes`` (all of them by default), in bits unless another ``base`` is asked for.

    Parameters: ``joint``, a pmf with one axis per variable; ``axes``, one axis or a group of them; the rest
    is summed out.
    Raises ``ProbabilityError`` when ``joint`` is no pmf, ``AxisError`` for an axis that it does not have.

    >>> joint_entropy([[0.25, 0.25], [0.25, 0.25]])
    2.0
    """
    return entropy(joint if axes is None else marginal(joint, axes), base)
