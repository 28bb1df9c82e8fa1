"""Two circles to scale: their areas are two entropies, the area they share is the mutual information.

For two variables this is always possible: 0 <= I(X;Y) <= min(H(X), H(Y)), and as two circles come closer their overlap
grows steadily from 0, where they touch, to the smaller circle, where one lies in the other. The distance that gives a
wanted overlap is found by bisection; there is no closed form.

For three variables it stops. Three circles have six sizes to choose (three radii, three distances) and seven areas to
show, and the middle one, the co-information, may even be negative (:func:`infotheory.co_information`).
"""

import math
from dataclasses import dataclass

from scipy.optimize import brentq

SLACK = 1e-9  # relative, by which a sum of rounded areas may overshoot


@dataclass(frozen=True, slots=True)
class CirclePair:
    """Radii of two circles, and the distance between their centres, all in one unit of length."""

    left_radius: float
    right_radius: float
    distance: float

    @property
    def half_angles(self) -> tuple[float, float]:
        """Half of the angle (radians) under which each circle's centre sees the chord of the lens.

        Where the circles touch, or one lies in the other, it is 0 or pi: no chord is left.
        """
        r, s, d = self.left_radius, self.right_radius, self.distance
        if d >= r + s:
            return 0.0, 0.0
        if d <= abs(r - s):
            return (math.pi, 0.0) if r < s else (0.0, math.pi)
        return _angle(r, s, d), _angle(s, r, d)

    @property
    def overlap(self) -> float:
        """The area that the circles share."""
        return overlap_area(self.left_radius, self.right_radius, self.distance)


def overlap_area(left_radius: float, right_radius: float, distance: float) -> float:
    """The area that two circles share whose centres lie *distance* apart.

    Raises ``ValueError`` for a negative number.

    >>> overlap_area(1.0, 1.0, 2.0), round(overlap_area(1.0, 2.0, 0.5), 6)
    (0.0, 3.141593)
    """
    r, s, d = left_radius, right_radius, distance
    if min(r, s, d) < 0:
        raise ValueError(f"radii and distance are not negative, unlike {(r, s, d)}")
    if d >= r + s:
        return 0.0
    if d <= abs(r - s):
        return math.pi * min(r, s) ** 2
    return _segment(r, _angle(r, s, d)) + _segment(s, _angle(s, r, d))


def circle_pair(left_area: float, right_area: float, shared_area: float) -> CirclePair:
    """The circles that have these areas and share this one.

    Raises ``ValueError`` for a negative area, or when the shared one is larger than the smaller circle.

    >>> pair = circle_pair(1.0, 3.2929, 0.2958)
    >>> round(pair.overlap, 9)
    0.2958
    """
    smaller = min(left_area, right_area)
    if min(smaller, shared_area) < 0 or shared_area > smaller * (1 + SLACK) + SLACK:
        raise ValueError(f"circles of areas {left_area:g} and {right_area:g} cannot share {shared_area:g}")
    r, s = math.sqrt(left_area / math.pi), math.sqrt(right_area / math.pi)
    apart, inside = r + s, abs(r - s)
    if shared_area <= SLACK * smaller:
        return CirclePair(r, s, apart)
    if shared_area >= smaller * (1 - SLACK):
        return CirclePair(r, s, inside)
    return CirclePair(r, s, float(brentq(lambda d: overlap_area(r, s, d) - shared_area, inside, apart, xtol=1e-14)))


def _angle(radius: float, other: float, distance: float) -> float:
    """Half the angle under which the centre of the circle with *radius* sees the lens, by the law of cosines."""
    cosine = (distance**2 + radius**2 - other**2) / (2 * distance * radius)
    return math.acos(min(1.0, max(-1.0, cosine)))


def _segment(radius: float, half_angle: float) -> float:
    """What a chord cuts off a circle, on the side of the arc of twice this angle."""
    return radius**2 * (half_angle - math.sin(half_angle) * math.cos(half_angle))
