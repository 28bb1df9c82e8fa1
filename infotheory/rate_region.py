"""The rates at which two encoders who never speak can describe their sources to one decoder.

Slepian and Wolf: blocks of pairs (X, Y) can be decoded with an error that vanishes as the blocks grow if

    R_X > H(X|Y),  R_Y > H(Y|X),  R_X + R_Y > H(X,Y),

and they cannot if one of the three fails: exactly what two encoders who do speak need in all.
Source: D. Slepian and J. Wolf, "Noiseless coding of correlated information sources", 1973; T. Cover and J. Thomas,
*Elements of Information Theory*, 2nd edition, section 15.4.
"""

from dataclasses import dataclass

from numpy.typing import ArrayLike

from infotheory.conditional_entropy import conditional_entropy
from infotheory.entropy import entropy
from infotheory.joint_distribution import marginal
from infotheory.joint_entropy import joint_entropy
from infotheory.probability import ProbabilityError, check_pmf

Rates = tuple[float, float]

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class RateRegion:
    """A region of rate pairs (R_X, R_Y) in bits a symbol, by the entropies that bound it.

    >>> same_bit = slepian_wolf_region([[0.5, 0.0], [0.0, 0.5]])
    >>> same_bit.corners
    ((0.0, 1.0), (1.0, 0.0))
    """

    x: float
    y: float
    x_given_y: float
    y_given_x: float
    both: float

    @property
    def corners(self) -> tuple[Rates, Rates]:
        """The two ends of the edge on which the rates sum to H(X,Y): least R_X first, then least R_Y."""
        return (self.x_given_y, self.y), (self.x, self.y_given_x)

    @property
    def apart(self) -> Rates:
        """What each needs if the decoder makes no use of the other: (H(X), H(Y))."""
        return self.x, self.y

    @property
    def saved(self) -> float:
        """How much less the two need in all than apart: I(X;Y)."""
        return self.x + self.y - self.both

    def contains(self, x_rate: float, y_rate: float) -> bool:
        """Whether the rates lie in the region or on its boundary."""
        return (
            x_rate >= self.x_given_y - _ROUNDING
            and y_rate >= self.y_given_x - _ROUNDING
            and x_rate + y_rate >= self.both - _ROUNDING
        )

    def outline(self, x_most: float, y_most: float) -> tuple[Rates, ...]:
        """The region cut off at *x_most* and *y_most*: a pentagon, from its upper left corner anticlockwise.

        Raises ``ValueError`` when the two cut off a corner of the region.
        """
        (left, top), (right, bottom) = self.corners
        if x_most < right or y_most < top:
            raise ValueError(f"the region has the corner ({right}, {top}) outside ({x_most}, {y_most})")
        return (left, y_most), (left, top), (right, bottom), (x_most, bottom), (x_most, y_most)

    def along_edge(self, share: float) -> Rates:
        """The point that lies *share* of the way along the edge, from least R_Y (0) to least R_X (1)."""
        (left, top), (right, bottom) = self.corners
        return right + share * (left - right), bottom + share * (top - bottom)


def slepian_wolf_region(joint: ArrayLike) -> RateRegion:
    """The rate region of two variables.

    *joint*: their pmf, one axis each. Raises ``ProbabilityError`` when it is no pmf of two variables.
    """
    array = check_pmf(joint, name="joint")
    if array.ndim != 2:
        raise ProbabilityError(f"a rate region is that of two variables: joint needs 2 axes, not {array.ndim}")
    return RateRegion(
        x=entropy(marginal(array, 0)),
        y=entropy(marginal(array, 1)),
        x_given_y=conditional_entropy(array, of=0, given=1),
        y_given_x=conditional_entropy(array, of=1, given=0),
        both=joint_entropy(array),
    )
