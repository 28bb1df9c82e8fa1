"""Running values over a growing count, on a logarithmic axis, and what they converge to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from manim import DOWN, RIGHT, UP, Animation, DashedLine, Dot, ManimColor, UpdateFromAlphaFunc, VGroup, VMobject
from manim.typing import Point3D
from numpy.typing import ArrayLike

from scenes.stage.function_curve import FunctionCurve, powers_of_ten
from scenes.stage.theme import GROUND, PAPER, QUIET, SMALL
from scenes.stage.typeset import Words

DOT = 0.08
BAND = 0.25  # opacity of the band between two curves


class ConvergenceChart(VGroup):
    """Curves over the same counts, drawn together from left to right by :meth:`run`, by equal factors in equal times.

    Parameters
    ----------
    counts
        How many there were at each moment, growing; the first and the last are powers of ten.
    series
        The values of each curve at these moments.
    colors
        A colour for each curve.
    y_range, y_ticks
        Values at the ends of the vertical axis, and those that are named. What leaves the range is drawn at its end.
    counted, unit
        What is counted, below the axis, and in what all curves are measured, above the other one.
    band
        The colour of the band between the first two curves, if there is to be one.

    Raises
    ------
    ValueError
        When a curve has not as many values as there are counts.
    """

    def __init__(
        self,
        counts: ArrayLike,
        series: Sequence[ArrayLike],
        *,
        colors: Sequence[ManimColor],
        y_range: tuple[float, float],
        y_ticks: Sequence[float],
        counted: str,
        unit: str = "",
        width: float = 6.0,
        height: float = 3.6,
        band: ManimColor | None = None,
    ) -> None:
        super().__init__()
        self._logs = np.log10(np.asarray(counts, dtype=float))
        self._series = [np.asarray(values, dtype=float) for values in series]
        if any(len(values) != len(self._logs) for values in self._series):
            raise ValueError(f"{len(self._logs)} counts need as many values in every curve")
        first, last = float(self._logs[0]), float(self._logs[-1])
        self._frame = FunctionCurve(
            lambda _: y_range[0],
            x_range=(first, last),
            y_range=y_range,
            width=width,
            height=height,
            x_ticks=powers_of_ten(first, last),
            y_ticks={y: str(y) for y in y_ticks},
        )
        self._y_range, self.axes = y_range, self._frame.axes
        self.curves = VGroup(*(VMobject(stroke_color=color, stroke_width=4) for color in colors))
        self.dots = VGroup(*(Dot(radius=DOT, color=color).set_stroke(GROUND, width=2) for color in colors))
        self.band = VMobject(fill_color=band or GROUND, fill_opacity=BAND if band else 0.0, stroke_width=0)
        self.counted = Words(counted, size=SMALL, color=QUIET).next_to(self._frame.x_axis, DOWN, buff=0.6)
        self.unit = VGroup()
        if unit:
            self.unit.add(Words(unit, size=SMALL, color=QUIET).next_to(self._frame.y_axis, UP, buff=0.14))
        self.add(self.axes, self.counted, self.unit, self.band, self.curves, self.dots)
        self.draw_to(0.0)

    def draw_to(self, progress: float) -> list[float]:
        """Draw every curve so far along; their last values are returned."""
        last = round(progress * (len(self._logs) - 1))
        drawn = np.arange(last + 1) if last else np.zeros(2, dtype=int)
        paths = []
        for values, curve, dot in zip(self._series, self.curves, self.dots, strict=True):
            heights = np.clip(values[drawn], *self._y_range)
            path = [self._frame.at(float(x), float(y)) for x, y in zip(self._logs[drawn], heights, strict=True)]
            curve.set_points_as_corners(path)
            dot.move_to(path[-1])
            paths.append(path)
        if self.band.get_fill_opacity():
            self.band.set_points_as_corners([*paths[0], *reversed(paths[1]), paths[0][0]])
        return [float(values[last]) for values in self._series]

    def run(
        self, follow: Callable[[list[float]], object], *, followers: Sequence[VMobject] = (), **kwargs: Any
    ) -> Animation:
        """Draw from the first moment to the last; *follow* is told the curves' values in every frame.

        *follow* may change mobjects; name them as *followers*, so that they are drawn anew.
        """
        return UpdateFromAlphaFunc(
            VGroup(self.curves, self.dots, self.band, *followers),
            lambda _, alpha: follow(self.draw_to(alpha)),
            **kwargs,
        )

    def start_at(self, place: Point3D) -> ConvergenceChart:
        """Move the chart until its axes meet at *place*. Returns itself."""
        self.shift(place - self._frame.x_axis.get_start())
        return self

    def truth(self, value: float, color: ManimColor = PAPER) -> DashedLine:
        """A new dashed line at *value*, across the chart."""
        start, end = (self._frame.at(float(log), value) for log in (self._logs[0], self._logs[-1]))
        return DashedLine(start, end + 0.25 * RIGHT, color=color, stroke_width=2)
