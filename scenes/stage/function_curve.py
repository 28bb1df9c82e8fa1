"""A function as a curve over two thin axes, with a live point that can slide along it. No TeX."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, Animation, Dot, Line, ManimColor, VGroup, VMobject
from manim.typing import Point3D

from scenes.stage.theme import CODE, GROUND, PAPER, QUIET, RULE, SMALL, STEADY, THIN
from scenes.stage.typeset import Maths

SAMPLES = 240
TICK = 0.12


class FunctionCurve(VGroup):
    """The graph of *function* over ``x_range``, drawn to scale, with axes that cross at the ranges' lower ends.

    Parameters
    ----------
    function
        Anything that gives a float for a float.
    x_range, y_range
        The values at the ends of the axes.
    width, height
        Length of the axes in scene units.
    domain
        Where the curve is drawn; ``x_range`` unless the function is unbounded at one of its ends.
    x_ticks, y_ticks
        Typst math by value, for the numbers beside the axes.
    samples
        The x values to draw through, when even steps would be too coarse somewhere.

    Raises
    ------
    ValueError
        When the function is not finite somewhere in its domain.
    """

    def __init__(
        self,
        function: Callable[[float], float],
        *,
        x_range: tuple[float, float] = (0.0, 1.0),
        y_range: tuple[float, float] = (0.0, 1.0),
        width: float = 6.0,
        height: float = 4.0,
        domain: tuple[float, float] | None = None,
        samples: Sequence[float] | None = None,
        x_ticks: Mapping[float, str] | None = None,
        y_ticks: Mapping[float, str] | None = None,
        color: ManimColor = CODE,
    ) -> None:
        super().__init__()
        self.function, self._x_range, self._y_range = function, x_range, y_range
        self.x_axis = Line(ORIGIN, width * RIGHT, color=RULE, stroke_width=THIN)
        self.y_axis = Line(ORIGIN, height * UP, color=RULE, stroke_width=THIN)
        self.x_labels = VGroup(*(self._tick(x, text, DOWN) for x, text in (x_ticks or {}).items()))
        self.y_labels = VGroup(*(self._tick(y, text, LEFT) for y, text in (y_ticks or {}).items()))
        self.axes = VGroup(self.x_axis, self.y_axis, self.x_labels, self.y_labels)
        xs = np.linspace(*(domain or x_range), SAMPLES) if samples is None else np.asarray(samples, dtype=float)
        ys = [function(float(x)) for x in xs]
        if not np.isfinite(ys).all():
            raise ValueError("the function is not finite everywhere in its domain; give a smaller domain")
        points = np.array([self.at(float(x), y) for x, y in zip(xs, ys, strict=True)])
        self.curve = VMobject(stroke_color=color, stroke_width=4).set_points_as_corners(points)
        self.dot = Dot(radius=0.1, color=PAPER).set_stroke(GROUND, width=3).move_to(points[0]).set_z_index(1)
        self.add(self.axes, self.curve, self.dot)
        self.x = float(xs[0])

    def _tick(self, value: float, text: str, side: Point3D) -> VGroup:
        foot = self.at(value, self._y_range[0]) if side[1] else self.at(self._x_range[0], value)
        line = Line(foot, foot + TICK * side, color=RULE, stroke_width=THIN)
        return VGroup(line, Maths(text, size=SMALL, color=QUIET).next_to(line, side, buff=0.1))

    def at(self, x: float, y: float) -> Point3D:
        """Where the axes put the pair (x, y)."""
        origin: Point3D = self.x_axis.get_start()
        right = (x - self._x_range[0]) / (self._x_range[1] - self._x_range[0])
        up = (y - self._y_range[0]) / (self._y_range[1] - self._y_range[0])
        across, along = self.x_axis.get_end() - origin, self.y_axis.get_end() - origin
        return origin + right * across + up * along

    def point(self, x: float) -> Point3D:
        """The point of the curve above *x*."""
        return self.at(x, self.function(x))

    def place(self, x: float) -> FunctionCurve:
        """Put the live point above *x*. Returns itself."""
        self.x = x
        self.dot.move_to(self.point(x))
        return self

    def slide(self, x: float, follow: Callable[[float], object] | None = None, **kwargs: Any) -> Animation:
        """Let the live point run along the curve to *x*; *follow* is told its x in every frame.

        *follow* may change mobjects; add them to the scene before, so that they are drawn anew.
        """
        return Slide(self, x, follow, **kwargs)


def powers_of_ten(first: float, last: float) -> dict[float, str]:
    """Ticks of an axis that shows log10 of a count, at the whole numbers from *first* to *last*."""
    return {float(k): f'"{10**k:,}"' for k in range(round(first), round(last) + 1)}


class Slide(Animation):
    """The live point of a curve runs along it; its x moves evenly, or evenly in log x (``by_ratio=True``)."""

    def __init__(
        self,
        curve: FunctionCurve,
        x: float,
        follow: Callable[[float], object] | None,
        *,
        followers: Sequence[VMobject] = (),
        by_ratio: bool = False,
        run_time: float = STEADY,
        **kwargs: Any,
    ) -> None:
        self._curve, self._end, self._follow, self._by_ratio = curve, x, follow, by_ratio
        super().__init__(VGroup(curve.dot, *followers), run_time=run_time, **kwargs)

    def begin(self) -> None:
        """Start from where the point is when the animation starts."""
        self._start = self._curve.x
        super().begin()

    def interpolate_mobject(self, alpha: float) -> None:
        """Place the point and tell who follows it."""
        share = self.rate_func(alpha)
        if self._by_ratio:
            x = self._start ** (1 - share) * self._end**share
        else:
            x = (1 - share) * self._start + share * self._end
        self._curve.place(float(x))
        if self._follow is not None:
            self._follow(float(x))
