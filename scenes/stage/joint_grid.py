"""Every pair of two variables as a cell of a square: its area is the pair's probability, whatever the joint."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from manim import RIGHT, UP, Animation, ManimColor, Rectangle, VGroup, VMobject
from manim.typing import Point3D
from numpy.typing import ArrayLike, NDArray

from infotheory import ProbabilityError, check_pmf, conditional_pmf, marginal
from scenes.stage.probability_bar import dimmed
from scenes.stage.theme import BOTH, GROUND, PROBABILITY, SECOND, SLOW, SMALL, THIN
from scenes.stage.typeset import Maths, Words

APART = 0.14  # between the square and its margins
ROOM = 0.05  # on each side of a label, for it to be readable; it fades over as much again
FINEST = 25.0  # stroke of the line between cells for each scene unit of their smaller side, where that is thin
CORNERS = np.array([[1, 1], [0, 1], [0, 0], [1, 0], [1, 1]])  # as a Rectangle's points run


class JointGrid(VGroup):
    """A square cut into columns, as wide as X is likely, and each column into cells, as high as Y is likely given X.

    A cell's area is P(X=i, Y=j). X runs from left to right, Y from the bottom up. While X and Y are independent, the
    cuts of all columns lie on straight lines across the square. The margins of both stand along its edges. The verbs
    :meth:`set_joint` and :meth:`highlight` change the grid in place and return it; :meth:`slide` is an animation.

    Parameters
    ----------
    joint
        ``joint[i, j]`` = P(X=i, Y=j).
    x_labels, y_labels
        The outcomes of X and of Y; a cell is labelled with both, where it has room.
    width, height, thickness
        Size of the square, and of the margins' strips, in scene units.

    Raises
    ------
    ProbabilityError
        When *joint* is no joint distribution of two variables with so many outcomes.
    """

    def __init__(
        self,
        joint: ArrayLike,
        *,
        x_labels: Sequence[str],
        y_labels: Sequence[str],
        width: float = 4.4,
        height: float = 4.4,
        thickness: float = 0.44,
    ) -> None:
        super().__init__()
        self._shape, self._thickness = (len(x_labels), len(y_labels)), thickness
        self.area = Rectangle(width=width, height=height, stroke_width=0)
        self.pairs = [(i, j) for i in range(len(x_labels)) for j in range(len(y_labels))]
        self.cells = tuple(Cell(x_labels[i] + y_labels[j], BOTH) for i, j in self.pairs)
        self.x_margin = tuple(Cell(label, PROBABILITY) for label in x_labels)
        self.y_margin = tuple(Cell(label, SECOND) for label in y_labels)
        self.x_name, self.y_name = Maths("X", color=PROBABILITY), Maths("Y", color=SECOND)
        self.add(self.area, *self.cells, *self.x_margin, *self.y_margin, self.x_name, self.y_name)
        self.set_joint(joint)

    @property
    def joint(self) -> NDArray[np.float64]:
        """The joint distribution that is drawn; a copy."""
        return self._joint.copy()

    def at(self, across: float, up: float) -> Point3D:
        """The point that lies so far from the left and from the bottom, in shares of width and height."""
        corners = self.area.points
        corner, opposite = corners.min(axis=0), corners.max(axis=0)
        point: Point3D = corner + (opposite - corner) * (across, up, 0)
        return point

    def cell(self, i: int, j: int) -> Cell:
        """The cell of the pair (i, j)."""
        return self.cells[self.pairs.index((i, j))]

    def column(self, i: int) -> VGroup:
        """All cells with X=i."""
        return VGroup(*(self.cell(i, j) for j in range(self._shape[1])))

    def hits(self, across: NDArray[np.float64], up: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The pairs whose cells hold these points, given in shares of width and height."""
        x = np.searchsorted(self._lefts[1:-1], across, side="right")
        y = (self._bottoms[x, 1:-1] <= up[:, None]).sum(axis=1)
        return x, y

    def set_joint(self, joint: ArrayLike) -> JointGrid:
        """Give every cell the area of its pair. Returns itself."""
        array = np.array(check_pmf(joint, name="joint"), dtype=float)
        if array.shape != self._shape:
            raise ProbabilityError(f"a grid of {self._shape} pairs needs a joint of this shape, not {array.shape}")
        self._joint = array
        # A column that cannot occur has no width, so how it is cut is not seen.
        given_x = np.nan_to_num(conditional_pmf(array, given=0), nan=1 / self._shape[1])
        self._lefts = _edges(marginal(array, 0))
        self._bottoms = np.stack([_edges(column) for column in given_x])
        for (i, j), cell in zip(self.pairs, self.cells, strict=True):
            low, high = self._bottoms[i, j : j + 2]
            cell.lie(self.at(self._lefts[i], low), self.at(self._lefts[i + 1], high))
        self._lay_margins(_edges(marginal(array, 1)))
        return self

    def _lay_margins(self, rows: NDArray[np.float64]) -> None:
        below, beside = APART * np.array([0.0, -1.0, 0.0]), APART * np.array([-1.0, 0.0, 0.0])
        for i, strip in enumerate(self.x_margin):
            foot = self.at(self._lefts[i], 0) + below
            strip.lie(foot - self._thickness * UP, self.at(self._lefts[i + 1], 0) + below)
        for j, strip in enumerate(self.y_margin):
            foot = self.at(0, rows[j]) + beside
            strip.lie(foot - self._thickness * RIGHT, self.at(0, rows[j + 1]) + beside)
        self.x_name.move_to(self.at(1, 0) + below - self._thickness / 2 * UP + 0.3 * RIGHT)
        self.y_name.move_to(self.at(0, 1) + beside - self._thickness / 2 * RIGHT + 0.3 * UP)

    def highlight(self, *chosen: tuple[int, int]) -> JointGrid:
        """Dim every cell but the chosen pairs; with none chosen, dim none. Returns itself."""
        for pair, cell in zip(self.pairs, self.cells, strict=True):
            cell.light(not chosen or pair in chosen)
        return self

    def slide(
        self,
        path: Callable[[float], ArrayLike],
        follow: Callable[[float], object] | None = None,
        **kwargs: Any,
    ) -> Animation:
        """Let the joint run along *path*, from ``path(0)`` to ``path(1)``; *follow* is told the share in every frame.

        *follow* may change mobjects; name them as ``followers``, so that they are drawn anew.
        """
        return Slide(self, path, follow, **kwargs)


class Cell(VGroup):
    """A rectangle with a label that is seen where there is room for it."""

    def __init__(self, label: str, color: ManimColor) -> None:
        self._color, self._lit = color, True
        self.box = VMobject(fill_color=color, fill_opacity=1, stroke_color=GROUND)
        self.label = Words(label, size=SMALL, color=GROUND, weight="medium")
        # Kept apart from the label, which changes its size when it is hidden by an animation.
        self._label_size = np.array([self.label.width, self.label.height])
        super().__init__(self.box, self.label)

    def lie(self, corner: Point3D, opposite: Point3D) -> None:
        """Fill the rectangle between two corners, the first one being the lower left."""
        size = opposite - corner
        self.box.set_points_as_corners(corner + np.c_[CORNERS, np.zeros(len(CORNERS))] * size)
        # A line that parts neighbours must not cover what it parts.
        self.box.set_stroke(width=min(1.4 * THIN, FINEST * float(size[:2].min())))
        self._room = float((size[:2] - self._label_size).min()) / 2
        self.label.move_to((corner + opposite) / 2)
        self._show_label()

    def light(self, lit: bool) -> None:
        """Keep the cell bright, or dim it and hide its label."""
        self._lit = lit
        self.box.set_fill(self._color if lit else dimmed(self._color))
        self._show_label()

    def _show_label(self) -> None:
        readable = float(np.clip(self._room / ROOM - 1, 0, 1)) if self._lit else 0.0
        self.label.set_opacity(readable)


class Slide(Animation):
    """A grid's joint runs along a path."""

    def __init__(
        self,
        grid: JointGrid,
        path: Callable[[float], ArrayLike],
        follow: Callable[[float], object] | None,
        *,
        followers: Sequence[VMobject] = (),
        run_time: float = SLOW,
        **kwargs: Any,
    ) -> None:
        self._grid, self._path, self._follow = grid, path, follow
        super().__init__(VGroup(grid, *followers), run_time=run_time, **kwargs)

    def interpolate_mobject(self, alpha: float) -> None:
        """Draw the joint of this moment and tell who follows it."""
        share = float(self.rate_func(alpha))
        self._grid.set_joint(self._path(share))
        if self._follow is not None:
            self._follow(share)


def _edges(p: NDArray[np.float64]) -> NDArray[np.float64]:
    """Where the pieces of [0, 1] begin and end that are as long as *p*."""
    return np.concatenate([[0.0], np.cumsum(p)])
