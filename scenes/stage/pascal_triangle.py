"""Pascal's triangle: place k of row n holds the number of ways to get k heads in n flips."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from manim import (
    DOWN,
    Animation,
    AnimationGroup,
    Create,
    FadeIn,
    Line,
    ManimColor,
    VGroup,
    interpolate_color,
)
from manim.typing import Point3D

from scenes.stage.theme import CODE, PAPER, PROBABILITY, QUIET, SMALL
from scenes.stage.typeset import Maths

EDGE_WIDTH = 2.5
CLEAR = 0.2  # between the middle of a number and the ends of its branches


def pascal_rows(last: int) -> list[list[int]]:
    """Rows 0 to *last*: every inner number is the sum of the two above it.

    >>> pascal_rows(3)
    [[1], [1, 1], [1, 2, 1], [1, 3, 3, 1]]
    """
    rows = [[1]]
    for _ in range(last):
        rows.append([1, *(left + right for left, right in pairwise(rows[-1])), 1])
    return rows


class PascalTriangle(VGroup):
    """Numbers in rows, with the branches that lead to them: tails steps down to the left, heads down to the right.

    It stands still; its verbs return animations, or the mobjects that a scene wants to move on.

    Parameters
    ----------
    last
        The last row; rows are counted from 0.
    spacing, row_height
        Distance of neighbours in a row, and of rows, in scene units.
    """

    def __init__(self, last: int, *, spacing: float = 0.95, row_height: float = 0.5, size: float = SMALL) -> None:
        super().__init__()
        self.counts, self._spacing, self._row_height = pascal_rows(last), spacing, row_height
        self.entries = [
            [Maths(str(count), size=size).move_to(self._place(n, k)) for k, count in enumerate(row)]
            for n, row in enumerate(self.counts)
        ]
        self.branches = {
            (n, k, step): self._branch(n, k, step) for n in range(last) for k in range(n + 1) for step in (0, 1)
        }
        for row in self.entries:
            self.add(*row)
        self.add(*self.branches.values())

    def _place(self, n: int, k: int) -> Point3D:
        return np.array([(k - n / 2) * self._spacing, -n * self._row_height, 0.0])

    def _branch(self, n: int, k: int, step: int) -> Line:
        start, end = self._place(n, k), self._place(n + 1, k + step)
        inset = CLEAR * (end - start) / self._row_height
        return Line(start + inset, end - inset, color=QUIET, stroke_width=EDGE_WIDTH)

    def entry(self, n: int, k: int) -> Maths:
        """The number at place *k* of row *n*."""
        return self.entries[n][k]

    def row(self, n: int) -> VGroup:
        """The numbers of row *n*, left to right."""
        return VGroup(*self.entries[n])

    def branches_to(self, n: int) -> list[Line]:
        """The branches that end in row *n*; none for the first row."""
        return [line for (above, _, _), line in self.branches.items() if above == n - 1]

    def reveal(self, n: int, **kwargs: Any) -> Animation:
        """Row *n* grows out of the row above it."""
        numbers = FadeIn(self.row(n), shift=self._row_height / 3 * DOWN)
        return AnimationGroup(*(Create(line) for line in self.branches_to(n)), numbers, **kwargs)

    def add_up(self, n: int, k: int, **kwargs: Any) -> Animation:
        """The two numbers above place *k* of row *n* come down along their branches and become their sum."""
        if not 0 < k < n:
            raise ValueError(f"place {k} of row {n} has only one number above it")
        parents = [self.entry(n - 1, k - 1), self.entry(n - 1, k)]
        target = self.entry(n, k)
        falling = [_Fall(parent.copy(), target, remover=True) for parent in parents]
        return AnimationGroup(*falling, FadeIn(target, rate_func=_late), **kwargs)

    def follow(self, flips: Sequence[int], color: ManimColor = CODE) -> list[Animation]:
        """One animation a flip: its branch and the number that it leads to light up."""
        steps: list[Animation] = []
        heads = 0
        for n, flip in enumerate(flips):
            branch, number = self.branches[n, heads, flip], self.entry(n + 1, heads + flip)
            lit = branch.animate.set_stroke(color, width=2 * EDGE_WIDTH)
            steps.append(AnimationGroup(lit.build(), number.animate.set_color(color).build()))
            heads += flip
        return steps

    def highlight(self, n: int, k: int, color: ManimColor = CODE, size: float = 1.3) -> Animation:
        """The number at place *k* of row *n* is meant: it grows and takes *color*."""
        lit: Animation = self.entry(n, k).animate.scale(size).set_color(color).build()
        return lit

    def shade(self, n: int, masses: Sequence[float], color: ManimColor = PROBABILITY) -> Animation:
        """Row *n* takes on as much of *color* as each place has of the mass, the heaviest place all of it."""
        if len(masses) != n + 1:
            raise ValueError(f"row {n} has {n + 1} places, not {len(masses)}")
        heaviest = max(masses)
        tints = [interpolate_color(QUIET, color, mass / heaviest) for mass in masses]
        numbers = zip(self.entries[n], tints, strict=True)
        return AnimationGroup(*(number.animate.set_color(tint).build() for number, tint in numbers))


class _Fall(Animation):
    """A copy of a number moves to a place and fades as it arrives."""

    def __init__(self, number: Maths, target: Maths, **kwargs: Any) -> None:
        self._start, self._end = number.get_center(), target.get_center()
        super().__init__(number.set_color(PAPER), introducer=True, **kwargs)

    def interpolate_mobject(self, alpha: float) -> None:
        """Move along the branch; go out over the last third."""
        share = self.rate_func(alpha)
        self.mobject.move_to(self._start + share * (self._end - self._start))
        assert isinstance(self.mobject, VGroup | Maths)
        self.mobject.set_opacity(min(1.0, 3 * (1 - share)))


def _late(alpha: float) -> float:
    """Only over the last third."""
    return max(0.0, 3 * alpha - 2)
