"""A row of equal cells, each with a box in it whose area is true to a value: one row of a table of shares."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import RIGHT, ManimColor, Rectangle, VGroup, VMobject
from manim.typing import Point3D
from numpy.typing import ArrayLike, NDArray

from scenes.stage.theme import PANEL, PROBABILITY, RULE, THIN


class AreaRow(VGroup):
    """Boxes in a row of cells; a box fills as much of its cell's area as its value says, 1 being all of it.

    All boxes are one mobject, so a row of 27 is as quick to draw as one box, and may be set anew in every frame. The
    row can be moved and scaled like any mobject: its boxes follow its frame.

    Parameters
    ----------
    values
        One for each cell, from 0 to 1.
    cell_width, cell_height
        Size of a cell in scene units.
    frame
        Whether the row's outline and ground are visible.

    Raises
    ------
    ValueError
        For a value that is no share of a cell.
    """

    def __init__(
        self,
        values: ArrayLike,
        *,
        cell_width: float,
        cell_height: float,
        color: ManimColor = PROBABILITY,
        frame: bool = True,
    ) -> None:
        super().__init__()
        self.count = np.size(values)
        self.frame = Rectangle(width=self.count * cell_width, height=cell_height, stroke_color=RULE, stroke_width=THIN)
        self.frame.set_fill(PANEL, 1 if frame else 0).set_stroke(opacity=1 if frame else 0)
        self.boxes = VMobject(fill_color=color, fill_opacity=1, stroke_width=0)
        self.add(self.frame, self.boxes)
        self.set_values(values)

    @property
    def values(self) -> NDArray[np.float64]:
        """The share of its cell that each box fills."""
        return self._values

    def cell(self, i: int) -> Point3D:
        """The middle of cell *i*."""
        left: Point3D = self.frame.get_left()
        return left + (i + 0.5) / self.count * self.frame.width * RIGHT

    def set_values(self, values: ArrayLike) -> AreaRow:
        """Give every box a new area. Returns itself."""
        shares = np.asarray(values, dtype=np.float64)
        if shares.shape != (self.count,) or shares.min() < 0 or shares.max() > 1 + 1e-9:
            raise ValueError(f"a row of {self.count} cells needs as many values from 0 to 1, not {shares.tolist()}")
        self._values = shares
        drawn = shares > 0
        sides = np.sqrt(shares[drawn])
        middles = np.array([self.cell(int(i)) for i in np.flatnonzero(drawn)]).reshape(-1, 3)
        half = np.column_stack([sides * self.frame.width / self.count, sides * self.frame.height]) / 2
        self.boxes.set_points(_boxes(middles, half))
        return self


def _boxes(middles: NDArray[np.float64], half: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bezier points of rectangles around *middles*, one subpath each; *half* their sizes."""
    signs: Sequence[tuple[int, int]] = [(1, 1), (-1, 1), (-1, -1), (1, -1)]
    corners = np.stack([middles + np.pad(half * sign, ((0, 0), (0, 1))) for sign in signs], axis=1)
    ends = np.roll(corners, -1, axis=1)
    thirds = [corners, (2 * corners + ends) / 3, (corners + 2 * ends) / 3, ends]
    return np.stack(thirds, axis=2).reshape(-1, 3)
