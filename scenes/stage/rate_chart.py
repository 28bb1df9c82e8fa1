"""The rates of two encoders as a map: what is enough, what is not, and a point that moves on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from manim import (
    DOWN,
    LEFT,
    ORIGIN,
    RIGHT,
    UP,
    Animation,
    Dot,
    Line,
    ManimColor,
    Polygon,
    UpdateFromAlphaFunc,
    VGroup,
    VMobject,
    interpolate_color,
)
from manim.typing import Point3D

from infotheory import RateRegion
from scenes.stage.theme import GROUND, PAPER, PROBABILITY, QUIET, RULE, SECOND, SHARED, SMALL, THIN
from scenes.stage.typeset import Maths, Words

Rates = tuple[float, float]

TICK = 0.1
REGION, GAIN = 0.13, 0.3  # how much of its colour an area has
BREAK_AT = 0.3  # from the origin, where an axis shows that it does not begin at 0
BREAK = 0.09


class RateChart(VGroup):
    """The rate region of Slepian and Wolf in a window, one scale on both axes.

    ``naive`` is what is enough for two who make no use of each other, ``gained`` the triangle that lies beyond it, and
    ``edge`` the line on which the sum is least. ``dot`` shows a pair of rates, with ``guides`` down to the axes. Axes
    that do not begin at 0 are broken. :meth:`go` is an animation.

    Parameters
    ----------
    region
        Rates of X (to the right) and Y (up).
    x_range, y_range
        The window, in bits. It holds the whole edge and the corner of *naive*.
    unit
        Length of a bit in scene units.
    x_name, y_name
        What the axes count, in words.
    x_color, y_color
        Colours of the two entropies.
    spec
        How the four marked rates are shown.
    """

    def __init__(
        self,
        region: RateRegion,
        *,
        x_range: tuple[float, float],
        y_range: tuple[float, float],
        unit: float,
        x_name: str,
        y_name: str,
        x_color: ManimColor = PROBABILITY,
        y_color: ManimColor = SECOND,
        spec: str = ".4f",
    ) -> None:
        super().__init__()
        self.region, self.unit, self._start = region, unit, np.array([x_range[0], y_range[0]])
        width, height = unit * (x_range[1] - x_range[0]), unit * (y_range[1] - y_range[0])
        self.x_axis = Line(ORIGIN, width * RIGHT, color=RULE, stroke_width=2 * THIN)
        self.y_axis = Line(ORIGIN, height * UP, color=RULE, stroke_width=2 * THIN)
        self.x_name, self.y_name = Words(x_name, size=SMALL, color=x_color), Words(y_name, size=SMALL, color=y_color)
        self.x_name.next_to(self.x_axis, DOWN, buff=0.18, aligned_edge=RIGHT)
        self.y_name.next_to(self.y_axis, UP, buff=0.18)
        self.axes = VGroup(self.x_axis, self.y_axis, self.x_name, self.y_name, self._breaks(x_range[0], y_range[0]))
        (x_least, y_full), (x_full, y_least) = region.corners
        self.x_ticks = VGroup(*(self._tick(x, DOWN, x_color, spec) for x in (x_least, x_full)))
        self.y_ticks = VGroup(*(self._tick(y, LEFT, y_color, spec) for y in (y_least, y_full)))
        far = (x_range[1], y_range[1])
        naive = ((x_full, far[1]), (x_full, y_full), (far[0], y_full), far)
        self.naive = self._area(naive, PAPER, REGION)
        self.whole = self._area(region.outline(*far), PAPER, REGION)
        self.gained = self._area((*region.corners, region.apart), SHARED, GAIN)
        self.edge = Line(self.at(*region.corners[0]), self.at(*region.corners[1]), color=SHARED, stroke_width=6)
        self.guides = VGroup(*(Line(color=color, stroke_width=2 * THIN) for color in (x_color, y_color)))
        self.dot = Dot(radius=0.12, color=PAPER).set_stroke(GROUND, width=3).set_z_index(1)
        self.add(self.axes, self.x_ticks, self.y_ticks, self.whole, self.naive, self.gained, self.edge)
        self.add(self.guides, self.dot)
        self.place(region.apart)

    def at(self, x: float, y: float) -> Point3D:
        """Where the chart puts the rates (x, y)."""
        origin: Point3D = self.x_axis.get_start()
        across, up = self.unit * (np.array([x, y]) - self._start)
        point: Point3D = origin + across * RIGHT + up * UP
        return point

    def place(self, rates: Rates) -> RateChart:
        """Put the point at *rates*, and its guides under and beside it. Returns itself."""
        self.rates = rates
        point = self.at(*rates)
        self.dot.move_to(point)
        self.guides[0].put_start_and_end_on(self.at(rates[0], float(self._start[1])), point)
        self.guides[1].put_start_and_end_on(self.at(float(self._start[0]), rates[1]), point)
        return self

    def go(
        self,
        *stops: Rates,
        follow: Callable[[Rates], object] | None = None,
        followers: Sequence[VMobject] = (),
        **kwargs: Any,
    ) -> Animation:
        """Let the point run from where it is through *stops*, evenly; *follow* is told the rates in every frame.

        *followers* are what *follow* changes, so that they are drawn anew.
        """
        path = np.array([self.rates, *stops])
        lengths = [float(np.hypot(*(b - a))) for a, b in pairwise(path)]
        passed = np.concatenate([[0.0], np.cumsum(lengths)])

        def show(_: object, alpha: float) -> None:
            x, y = (float(np.interp(alpha * passed[-1], passed, path[:, axis])) for axis in (0, 1))
            self.place((x, y))
            if follow is not None:
                follow((x, y))

        return UpdateFromAlphaFunc(VGroup(self.dot, self.guides, *followers), show, **kwargs)

    def _area(self, corners: Sequence[Rates], color: ManimColor, share: float) -> Polygon:
        area = Polygon(*(self.at(*corner) for corner in corners))
        return area.set_fill(interpolate_color(GROUND, color, share), 1).set_stroke(width=0)

    def _tick(self, value: float, side: Point3D, color: ManimColor, spec: str) -> VGroup:
        start = float(self._start[1]), float(self._start[0])
        foot = self.at(value, start[0]) if side[1] else self.at(start[1], value)
        line = Line(foot, foot + TICK * side, color=color, stroke_width=2 * THIN)
        return VGroup(line, Maths(format(value, spec), size=SMALL, color=color).next_to(line, side, buff=0.08))

    def _breaks(self, x_start: float, y_start: float) -> VGroup:
        """Two short strokes across each axis that does not begin at 0."""
        marks = VGroup()
        for start, along, across in ((x_start, RIGHT, UP), (y_start, UP, RIGHT)):
            for i in (0, 1):
                middle = (BREAK_AT + i * BREAK) * along
                stroke = Line(middle - BREAK * across - BREAK / 2 * along, middle + BREAK * across + BREAK / 2 * along)
                if start > 0:
                    marks.add(stroke.set_stroke(QUIET, 2 * THIN))
        return marks
