"""Columns above and below a line, each as wide as its weight: areas above less areas below are a weighted sum."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

import numpy as np
from manim import LEFT, RIGHT, UP, Animation, Line, ManimColor, UpdateFromAlphaFunc, VGroup, VMobject, interpolate_color
from manim.typing import Point3D
from numpy.typing import ArrayLike, NDArray

from scenes.stage.theme import GROUND, PAPER, SLOW, THIN


class SignedColumns(VGroup):
    """Side by side on a line, upwards from it where a height is positive and downwards where it is negative.

    The line is one unit of weight long if the weights sum to 1, so a level block of some height has that height as its
    area; :meth:`level` pours the columns until they are one, and at every moment the area stays the same.

    Parameters
    ----------
    weights
        The width of each column, as a share of *width*; none is negative.
    heights
        The height of each, in units of *unit*.
    width, unit
        Scene units for a weight of 1, and for a height of 1.
    colors
        One colour for each column.

    Raises
    ------
    ValueError
        When weights, heights and colours are not equally many, or a weight is negative.
    """

    def __init__(
        self,
        weights: ArrayLike,
        heights: ArrayLike,
        *,
        width: float = 10.0,
        unit: float = 1.0,
        colors: Sequence[ManimColor],
    ) -> None:
        self.weights, self._unit = np.asarray(weights, dtype=float), unit
        self._heights, self._colors = np.asarray(heights, dtype=float), list(colors)
        if not len(self.weights) == len(self._heights) == len(self._colors):
            raise ValueError(f"{len(self.weights)} columns need as many heights and as many colours")
        if (self.weights < 0).any():
            raise ValueError("a column's weight is its width; none may be negative")
        self.line = Line(width / 2 * LEFT, width / 2 * RIGHT, color=PAPER, stroke_width=THIN)
        self.columns = VGroup(*(VMobject(stroke_color=GROUND, stroke_width=THIN / 2, fill_opacity=1) for _ in colors))
        super().__init__(self.columns, self.line)
        self.set_heights(self._heights)

    @property
    def heights(self) -> NDArray[np.float64]:
        """The height of each column; a copy."""
        return self._heights.copy()

    @property
    def area(self) -> float:
        """Weighted sum of the heights."""
        return float(self.weights @ self._heights)

    def at(self, share: float, height: float = 0.0) -> Point3D:
        """The point *share* of the line from its left end, so high above it."""
        start: Point3D = self.line.get_start()
        return start + share * (self.line.get_end() - start) + height * self._unit * UP

    def set_heights(self, heights: ArrayLike) -> SignedColumns:
        """Give the columns other heights; widths and colours stay. Returns itself."""
        self._heights = np.asarray(heights, dtype=float)
        if self._heights.shape != self.weights.shape:
            raise ValueError(f"{len(self.weights)} columns need as many heights, not {self._heights.size}")
        edges = list(accumulate(self.weights, initial=0.0))
        for column, left, right, height, color in zip(
            self.columns, edges, edges[1:], self._heights, self._colors, strict=False
        ):
            foot, end = (self.at(left), self.at(right))
            top = height * self._unit * UP
            # As a Rectangle's points run, so that one becomes the other without turning.
            column.set_points_as_corners([end + top, foot + top, foot, end, end + top]).set_fill(color)
        return self

    def level(self, color: ManimColor, **kwargs: Any) -> Animation:
        """Let the columns run into one level block of *color*, whose height is their area."""
        start, colors, flat = self.heights, list(self._colors), np.full_like(self._heights, self.area)
        if not np.isclose(self.weights.sum(), 1):
            raise ValueError(f"columns that level out weigh 1 together, not {self.weights.sum():.4f}")

        def pour(_: object, alpha: float) -> None:
            self._colors = [interpolate_color(was, color, alpha) for was in colors]
            self.set_heights((1 - alpha) * start + alpha * flat)
            self.columns.set_stroke(interpolate_color(GROUND, color, alpha))

        return UpdateFromAlphaFunc(self, pour, **{"run_time": SLOW, **kwargs})
