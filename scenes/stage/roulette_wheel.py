"""A roulette wheel whose pockets are as wide as they are likely."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Circle, ManimColor, VGroup, VMobject
from manim.typing import Point3D, Point3D_Array
from numpy.typing import ArrayLike, NDArray

from infotheory import check_pmf
from scenes.stage.probability_bar import dimmed
from scenes.stage.theme import GROUND, PROBABILITY, RULE, SMALL, THIN
from scenes.stage.typeset import Words

# The pockets of a European wheel, clockwise from zero.
EUROPEAN_ORDER = (
    *(0, 32, 15, 19, 4, 21, 2, 25, 17, 34, 6, 27, 13, 36, 11, 30, 8, 23, 10),
    *(5, 24, 16, 33, 1, 20, 14, 31, 9, 22, 18, 29, 7, 28, 12, 35, 3, 26),
)

FINEST = np.radians(1.5)  # angle between two points of an arc; the eye sees it as round
NUMBER_DEPTH = 0.3  # of a number's centre below the rim
NUMBER_ROOM = 0.05  # beside a number, for it to be readable; it fades over as much again


class RouletteWheel(VGroup):
    """A ring of sectors, one a pocket, whose angles are true to a distribution; it never turns.

    A pocket shows its number where the sector is lit and has room for the widest. The verbs
    :meth:`set_distribution` and :meth:`highlight` change the wheel in place and return it.

    Parameters
    ----------
    p
        The probability of each pocket, ``p[k]`` that of number k; fair when left out.
    radius, hub
        Outer and inner radius of the ring in scene units.
    order
        The numbers clockwise: a permutation of 0, 1, ..., n-1.
    top
        The pocket whose middle stays at the top, whatever the distribution.
    colors
        One colour for all pockets, or ``colors[k]`` for number k.

    Raises
    ------
    ProbabilityError
        When *p* is no distribution.
    ValueError
        When *order* and *p* or *colors* are not of one length.
    """

    def __init__(
        self,
        p: ArrayLike | None = None,
        *,
        radius: float = 2.6,
        hub: float = 1.25,
        order: Sequence[int] = EUROPEAN_ORDER,
        top: int = 0,
        colors: ManimColor | Sequence[ManimColor] = PROBABILITY,
    ) -> None:
        super().__init__()
        self.order, self.top, self._hub_share = tuple(order), top, hub / radius
        self._fills = [colors] * len(self.order) if isinstance(colors, ManimColor) else list(colors)
        if len(self._fills) != len(self.order) or sorted(self.order) != list(range(len(self.order))):
            raise ValueError(f"{len(self.order)} pockets need the numbers from 0 in some order, and a colour each")
        self.rim = Circle(radius=radius, stroke_color=RULE, stroke_width=THIN)
        self.sectors = tuple(VMobject(fill_color=fill, fill_opacity=1) for fill in self._fills)
        self.numbers = tuple(Words(str(k), size=SMALL, color=GROUND, weight="medium") for k in range(len(self.order)))
        self._widest = max(float(number.width) for number in self.numbers)
        self._lit = frozenset(self.order)
        self.add(self.rim, *self.sectors, *self.numbers)
        self.set_distribution(np.full(len(self.order), 1 / len(self.order)) if p is None else p)

    @property
    def distribution(self) -> NDArray[np.float64]:
        """The probability of each number; a copy."""
        return self._p.copy()

    @property
    def middle(self) -> Point3D:
        """The middle of the hub."""
        center: Point3D = self.rim.get_center()
        return center

    def extent(self, number: int) -> tuple[float, float]:
        """Where the sector of *number* starts and ends: clockwise from the top, in turns."""
        return self._extents[number]

    def set_distribution(self, p: ArrayLike) -> RouletteWheel:
        """Give every pocket the angle of its probability. Returns itself."""
        self._p = np.array(check_pmf(p), dtype=float)
        if self._p.shape != (len(self.order),):
            raise ValueError(f"a wheel of {len(self.order)} pockets needs as many probabilities, not {self._p.size}")
        ends = np.cumsum(self._p[list(self.order)])
        position = self.order.index(self.top)
        starts = ends - self._p[list(self.order)] - (ends[position] - self._p[self.top] / 2)
        self._extents = {k: (start, start + self._p[k]) for k, start in zip(self.order, starts.tolist(), strict=True)}
        for number in self.order:
            self._draw(number)
        return self

    def highlight(self, *chosen: int) -> RouletteWheel:
        """Dim every pocket but the chosen ones; with none chosen, dim none. Returns itself."""
        self._lit = frozenset(chosen or self.order)
        for number, (sector, fill) in enumerate(zip(self.sectors, self._fills, strict=True)):
            sector.set_fill(fill if number in self._lit else dimmed(fill))
            self._place_number(number)
        return self

    def _draw(self, number: int) -> None:
        radius, (start, end) = self.rim.width / 2, self._extents[number]
        inner, length = self._hub_share * radius, (end - start) * np.pi * self.rim.width
        sector = self.sectors[number].set_points_as_corners(
            np.concatenate([arc := self._arc(start, end, radius), self._arc(end, start, inner), arc[:1]])
        )
        # A line that parts neighbours must not cover what it parts; a pocket alone has no neighbour.
        sector.set_stroke(GROUND, width=0 if end - start > 1 - 1e-9 else min(THIN, 10 * length))
        self._place_number(number)

    def _place_number(self, number: int) -> None:
        start, end = self._extents[number]
        depth = self.rim.width / 2 - NUMBER_DEPTH
        room = (end - start) * 2 * np.pi * depth - self._widest
        readable = float(np.clip(room / NUMBER_ROOM - 1, 0, 1)) if number in self._lit else 0.0
        self.numbers[number].move_to(self._at((start + end) / 2, depth)).set_opacity(readable)

    def _arc(self, start: float, end: float, radius: float) -> Point3D_Array:
        steps = max(2, 1 + int(np.ceil(abs(end - start) * 2 * np.pi / FINEST)))
        return np.array([self._at(turn, radius) for turn in np.linspace(start, end, steps)])

    def _at(self, turn: float, radius: float) -> Point3D:
        angle = 2 * np.pi * turn
        return self.middle + radius * np.array([np.sin(angle), np.cos(angle), 0.0])
