"""Bars over a line from one value to another, as thin as they must be: ten of them or ten thousand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from manim import DOWN, ORIGIN, RIGHT, UP, Animation, Line, ManimColor, VGroup, VMobject, interpolate_color
from manim.typing import Point3D
from numpy.typing import NDArray

from scenes.stage.theme import GROUND, PAPER, PROBABILITY, QUIET, RULE, SMALL, THIN
from scenes.stage.typeset import Maths

FILLED = 0.85  # share of a bar's pitch that it fills, while the gaps can be seen
VISIBLE = 0.05  # pitch in scene units from which on they can
DARK = 0.4  # how much of its colour a bar keeps when it is not lit
LOWEST = 0.004  # height in scene units below which a bar is not drawn: half a pixel at 1080 lines


class BarChart(VGroup):
    """Bars whose heights are true to their values; the tallest one fills the chart.

    All bars of one colour are one mobject, so a chart of ten thousand is as quick to draw as one of ten, and may be
    set anew in every frame.

    Parameters
    ----------
    x_range
        The values at the ends of the axis. A bar at an end hangs over it by half its width.
    width, height
        Length of the axis, and height of the tallest bar, in scene units.
    ticks
        Typst math by value, for the numbers below the axis.
    """

    def __init__(
        self,
        *,
        x_range: tuple[float, float] = (0.0, 1.0),
        width: float = 10.0,
        height: float = 3.5,
        ticks: Mapping[float, str] | None = None,
        color: ManimColor = PROBABILITY,
    ) -> None:
        super().__init__()
        self._x_range, self._height = x_range, height
        self.axis = Line(ORIGIN, width * RIGHT, color=RULE, stroke_width=THIN)
        self.dark = VMobject(fill_color=interpolate_color(GROUND, color, DARK), fill_opacity=1, stroke_width=0)
        self.bright = VMobject(fill_color=color, fill_opacity=1, stroke_width=0)
        self.ticks = VGroup(*(self._tick(value, text) for value, text in (ticks or {}).items()))
        self.add(self.axis, self.dark, self.bright, self.ticks)

    def _tick(self, value: float, text: str) -> VGroup:
        line = Line(self.at(value), self.at(value) + 0.12 * DOWN, color=QUIET, stroke_width=THIN)
        return VGroup(line, Maths(text, size=SMALL, color=PAPER).next_to(line, DOWN, buff=0.1))

    def at(self, value: float, share: float = 0.0) -> Point3D:
        """The point above *value*, at this *share* of the chart's height."""
        start, end = self.axis.get_start(), self.axis.get_end()
        along = (value - self._x_range[0]) / (self._x_range[1] - self._x_range[0])
        return np.asarray(start + along * (end - start) + share * self._height * UP)

    def set_bars(
        self,
        values: NDArray[np.float64],
        heights: NDArray[np.float64],
        *,
        pitch: float,
        lit: range | None = None,
    ) -> BarChart:
        """Draw a bar at each of the *values*, *pitch* apart. Returns itself.

        *lit* numbers the bars that are bright, the others are dark; without it all are bright. Raises ``ValueError``
        when values and heights are not equally many, or no height is above zero.
        """
        if values.shape != heights.shape or not heights.size or heights.max() <= 0 or heights.min() < 0:
            raise ValueError("a chart needs a height of zero or more for every bar, and one above zero")
        scale = self._height / float(heights.max())
        bright = np.zeros(len(values), dtype=bool)
        bright[slice(None) if lit is None else slice(lit.start, lit.stop)] = True
        drawn = heights * scale >= LOWEST
        for bars, which in ((self.bright, bright & drawn), (self.dark, ~bright & drawn)):
            bars.set_points(self._boxes(values[which], heights[which] * scale, pitch))
        return self

    def darken_unlit(self, **kwargs: Any) -> Animation:
        """The bars that are not lit lose their light, having been as bright as the others."""
        return _Dim(self.dark, self.bright.get_fill_color(), **kwargs)

    def _boxes(self, values: NDArray[np.float64], heights: NDArray[np.float64], pitch: float) -> NDArray[np.float64]:
        """Bezier points of rectangles that stand on the axis, one subpath each."""
        origin, unit = self.at(self._x_range[0]), float(self.at(self._x_range[0] + 1)[0] - self.at(self._x_range[0])[0])
        room = pitch * unit
        half = room * (FILLED if room >= VISIBLE else 1.0) / 2
        middle = origin[0] + (values - self._x_range[0]) * unit
        low, high = np.full_like(heights, origin[1]), origin[1] + heights
        x = np.stack([middle - half, middle + half, middle + half, middle - half], axis=1)
        corners = np.stack([x, np.stack([low, low, high, high], axis=1), np.zeros_like(x)], axis=2)
        ends = np.roll(corners, -1, axis=1)
        thirds = [corners, (2 * corners + ends) / 3, (corners + 2 * ends) / 3, ends]
        return np.stack(thirds, axis=2).reshape(-1, 3)


class _Dim(Animation):
    """A colour goes over into the mobject's own."""

    def __init__(self, bars: VMobject, before: ManimColor, **kwargs: Any) -> None:
        self._before, self._after = before, bars.get_fill_color()
        super().__init__(bars, **kwargs)

    def interpolate_mobject(self, alpha: float) -> None:
        """Mix the two colours."""
        assert isinstance(self.mobject, VMobject)
        self.mobject.set_fill(interpolate_color(self._before, self._after, self.rate_func(alpha)))
