"""Two entropies and what they share: two bars that overlap, or two circles, each area true."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation, ManimColor, UpdateFromAlphaFunc, VectorizedPoint, VGroup, VMobject
from manim.typing import Point3D, Point3D_Array
from numpy.typing import NDArray

from infotheory import CirclePair, circle_pair
from scenes.stage.theme import GROUND, PROBABILITY, SECOND, SHARED, THIN

NOTHING = 1e-9  # bits that are a rounding error
STEPS = 256  # of an outline; a multiple of 8, so that corners are met
HATCHES, HATCH_GAP = 33, 0.15  # lines across what is shared, and the distance from one to the next


class SharedEntropy(VGroup):
    """The entropies of X and Y and their mutual information, in bits: ``left``, ``right`` and, upon them, ``both``.

    What is shared is hatched, so that it is told from the rest in grey as well.

    A bit has the same area everywhere, so a bar becomes a circle of its own size. As bars the picture begins at
    ``place``; as circles it has ``place`` in its middle. Verbs change it in place and return it, so they go with
    ``.animate``; :meth:`vary` is an animation in which every frame is to scale.

    Parameters
    ----------
    left, right, shared
        H(X), H(Y) and I(X;Y).
    bit, thickness
        Length of a bit as a bar, and the bars' height, in scene units.

    Raises
    ------
    ValueError
        When two variables cannot have these entropies.
    """

    def __init__(
        self,
        left: float,
        right: float,
        shared: float,
        *,
        bit: float = 2.8,
        thickness: float = 0.9,
        colors: tuple[ManimColor, ManimColor, ManimColor] = (PROBABILITY, SECOND, SHARED),
    ) -> None:
        super().__init__()
        self.bit, self.thickness = bit, thickness
        self.place = VectorizedPoint()
        self.left, self.right, self.both = (
            VMobject(fill_color=color, fill_opacity=1, stroke_color=GROUND, stroke_width=THIN) for color in colors
        )
        self.hatch = VMobject(stroke_color=GROUND, stroke_width=THIN)
        self.add(self.place, self.left, self.right, self.both, self.hatch)
        self._round = False
        self.set_entropies(left, right, shared)

    @property
    def entropies(self) -> tuple[float, float, float]:
        """H(X), H(Y), I(X;Y) as shown."""
        return self._entropies

    @property
    def bit_area(self) -> float:
        """The area of a bit, in square scene units."""
        return self.bit * self.thickness

    @property
    def circles(self) -> CirclePair:
        """The two circles, in scene units, whether or not the picture is round now."""
        return circle_pair(*(bits * self.bit_area for bits in self._entropies))

    def at(self, bits: float) -> Point3D:
        """As bars: the point on the middle line so many bits from the left end."""
        return np.asarray(self.place.get_location() + np.array([bits * self.bit, 0.0, 0.0]))

    def piece(self, start: float, end: float, color: ManimColor) -> VMobject:
        """As bars: a new bar from so many bits to so many, which one of the others can turn into."""
        bar = VMobject(fill_color=color, fill_opacity=1, stroke_color=GROUND, stroke_width=THIN)
        bar.set_points_as_corners(_bar(self.at(start), self.at(end), self.thickness))
        return bar

    def set_entropies(self, left: float, right: float, shared: float) -> SharedEntropy:
        """Show other entropies in the same form. Returns itself."""
        self._entropies = (left, right, shared)
        circle_pair(left, right, shared)  # refuses what cannot be
        return self._draw()

    def as_bars(self, left_end: Point3D) -> SharedEntropy:
        """Two bars that begin at *left_end*. Returns itself."""
        return self._take_form(left_end, round_=False)

    def as_circles(self, middle: Point3D) -> SharedEntropy:
        """Two circles around *middle*. Returns itself."""
        return self._take_form(middle, round_=True)

    def vary(self, left: float, right: float, shared: float, **kwargs: Any) -> Animation:
        """Go over to other entropies; every frame between is to scale."""
        start, end = np.array(self._entropies), np.array([left, right, shared])

        def mix(_: object, alpha: float) -> None:
            x, y, both = (1 - alpha) * start + alpha * end
            self.set_entropies(float(x), float(y), float(min(x, y, both)))

        return UpdateFromAlphaFunc(self, mix, **kwargs)

    def _take_form(self, place: Point3D, *, round_: bool) -> SharedEntropy:
        self.place.set_location(place)
        self._round = round_
        return self._draw()

    def _draw(self) -> SharedEntropy:
        outlines = self._circle_outlines() if self._round else self._bar_outlines()
        for part, outline in zip((self.left, self.right, self.both), outlines, strict=True):
            part.set_points_as_corners(outline)
        # Where nothing is shared, the outline is a line or a point; it must not be seen.
        seen = float(self._entropies[2] > NOTHING)
        self.both.set_opacity(seen)
        self.hatch.set_points(_hatching(outlines[2])).set_stroke(opacity=seen)
        return self

    def _bar_outlines(self) -> list[Point3D_Array]:
        left, right, shared = self._entropies
        spans = ((0.0, left), (left - shared, left + right - shared), (left - shared, left))
        return [_bar(self.at(start), self.at(end), self.thickness) for start, end in spans]

    def _circle_outlines(self) -> list[Point3D_Array]:
        pair = self.circles
        r, s, d = pair.left_radius, pair.right_radius, pair.distance
        middle = (min(-r, d - s) + max(r, d + s)) / 2
        first = self.place.get_location() - np.array([middle, 0.0, 0.0])
        second = first + np.array([d, 0.0, 0.0])
        turns = 2 * np.pi * np.arange(STEPS + 1) / STEPS
        a, b = pair.half_angles
        quarter = np.arange(-STEPS // 4, STEPS // 4 + 1) / (STEPS // 4)
        # The right side of the lens is an arc of the left circle, its left side one of the right circle.
        lens = np.concatenate([_arc(first, r, a * quarter), _arc(second, s, np.pi + b * quarter)[1:]])
        lens = np.roll(lens[:-1], -STEPS // 4, axis=0)
        return [_arc(first, r, turns), _arc(second, s, turns), np.concatenate([lens, lens[:1]])]


def _arc(center: Point3D, radius: float, angles: NDArray[np.float64]) -> Point3D_Array:
    around = np.stack([np.cos(angles), np.sin(angles), np.zeros_like(angles)], axis=1)
    return np.asarray(center + radius * around)


def _bar(start: Point3D, end: Point3D, thickness: float) -> Point3D_Array:
    """Outline from the middle of the right side counterclockwise, with a corner at each odd eighth of its points."""
    up, eighth = np.array([0.0, thickness / 2, 0.0]), STEPS // 8
    stations = (end, end + up, start + up, start - up, end - up, end)
    steps = (eighth, 2 * eighth, 2 * eighth, 2 * eighth, eighth)
    sides = [
        a + np.linspace(0, 1, count, endpoint=False)[:, None] * (b - a)
        for a, b, count in zip(stations, stations[1:], steps, strict=False)
    ]
    return np.concatenate([*sides, end[None, :]])


def _hatching(outline: Point3D_Array) -> Point3D_Array:
    """Bezier points of slanting lines across a convex *outline*: always equally many, without length beside it."""
    along, across = np.array([1.0, 1.0, 0.0]) / np.sqrt(2), np.array([1.0, -1.0, 0.0]) / np.sqrt(2)
    middle = (outline.min(axis=0) + outline.max(axis=0)) / 2
    offsets, heights = (outline - middle) @ across, (outline - middle) @ along
    low, high = np.argmin(offsets), np.argmax(offsets)
    # From its one extreme to the other, the outline has two sides; each line runs from side to side.
    ring = np.roll(np.arange(len(outline) - 1), -low)
    turn = int(np.flatnonzero(ring == high % (len(outline) - 1))[0])
    sides = ring[: turn + 1], np.append(ring[turn:], low)[::-1]
    at = np.clip((np.arange(HATCHES) - HATCHES // 2) * HATCH_GAP, offsets[low], offsets[high])
    start, end = (
        middle + np.outer(at, across) + np.outer(np.interp(at, offsets[side], heights[side]), along) for side in sides
    )
    return np.stack([start, (2 * start + end) / 3, (start + 2 * end) / 3, end], axis=1).reshape(-1, 3)
