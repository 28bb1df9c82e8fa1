"""The outline of a glyph as Typst writes it into an SVG, and where Manim puts its points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import svgelements
from manim.typing import Point3D_Array
from numpy.typing import NDArray

_REGULAR = re.compile(r"(?:[A-Za-z][-0-9. ]*)*")
_STEPS = re.compile(r"([A-Za-z])([-0-9. ]*)")
_COORDINATES = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Z": 0}
_OPEN = 0.0001  # Manim draws no line back to the start of a curve that ends nearer to it

Pair = tuple[float, float]


class UnknownSvg(Exception):
    """Something that Manim's own import has to read."""


class Outline(NamedTuple):
    """The strokes of a pen.

    Attributes
    ----------
    corners
        Shape (strokes, 4, 2): start, two handles and end of each. Handles of lines stand at the start.
    lines
        Which strokes are straight.
    closing
        Which strokes only lead back to where the pen was put down.
    """

    corners: NDArray[np.float64]
    lines: NDArray[np.int64]
    closing: tuple[int, ...]

    def points(self, matrix: svgelements.Matrix) -> Point3D_Array:
        """What ``VMobjectFromSVGPath`` makes of it under *matrix*: the same operations, so the same bits."""
        x, y = self.corners[:, :, 0], self.corners[:, :, 1]
        placed = np.zeros((len(x), 4, 3))
        placed[:, :, 0] = x * matrix.a + y * matrix.c + matrix.e
        placed[:, :, 1] = x * matrix.b + y * matrix.d + matrix.f
        start, end = placed[self.lines, 0], placed[self.lines, 3]
        placed[self.lines, 1] = (start + start + end) / 3
        placed[self.lines, 2] = (start + end + end) / 3
        needless = [i for i in self.closing if not abs(np.linalg.norm(placed[i, 0] - placed[i, 3])) > _OPEN]
        if needless:
            placed = np.delete(placed, needless, axis=0)
        placed += 0.0  # no zero is negative
        return placed.reshape(-1, 3)


@lru_cache(maxsize=4096)
def outline(data: str) -> Outline:
    """What the ``d`` of a path draws.

    Raises UnknownSvg if it is not of Typst's kind: straight lines and cubic curves, a letter before each, and a new
    start after each end.
    """
    strokes: list[tuple[Pair, Pair, Pair, Pair]] = []
    lines: list[int] = []
    closing: list[int] = []
    pen = start = (0.0, 0.0)
    for kind, relative, values in _steps(data):
        x, y = pen if relative else (0.0, 0.0)
        if kind == "M":
            pen = start = (x + values[0], y + values[1])
        elif kind == "C":
            one, two, end = ((x + values[i], y + values[i + 1]) for i in (0, 2, 4))
            strokes.append((pen, one, two, end))
            pen = end
        else:
            if kind == "Z":
                end = start
                closing.append(len(strokes))
            else:
                end = (x + values[0] if kind in "LH" else pen[0], y + values[-1] if kind in "LV" else pen[1])
            lines.append(len(strokes))
            strokes.append((pen, pen, pen, end))
            pen = end
    return Outline(np.array(strokes).reshape(-1, 4, 2), np.array(lines, dtype=np.int64), tuple(closing))


def _steps(data: str) -> Iterator[tuple[str, bool, list[float]]]:
    """The commands of *data* in order: letter, whether coordinates count from the pen, coordinates."""
    if not _REGULAR.fullmatch(data):
        raise UnknownSvg(data)
    before = "Z"
    for letter, numbers in _STEPS.findall(data):
        kind = letter.upper()
        values = [float(number) for number in numbers.split()]
        if len(values) != _COORDINATES.get(kind) or (before == "Z" and kind != "M"):
            raise UnknownSvg(data)
        yield kind, letter != kind, values
        before = kind
