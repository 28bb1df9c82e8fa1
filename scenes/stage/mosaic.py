"""Every sequence of n rolls as one tile of a rectangle, each tile's area its probability."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from manim import DL, RIGHT, UP, Line, Polygon, Rectangle, VGroup, VMobject
from manim.typing import Point3D

from infotheory import Interval, blocks, message_interval
from scenes.stage.probability_bar import dimmed
from scenes.stage.theme import GROUND, PROBABILITY, THIN

Outcomes = tuple[int, ...]


class Mosaic(VGroup):
    """Tiles for all sequences of independent symbols: the first symbols choose the column, the others the row.

    Outcomes are numbered from 0. ``tiles`` stand in the order of the sequences. ``cuts[k]`` are the lines that symbol
    k adds; drawn one after the other they show how the whole is divided again and again.

    Parameters
    ----------
    p
        The probability of each outcome.
    column_symbols, row_symbols
        How many of the symbols are laid out from left to right, and how many from top to bottom.
    width, height
        Size in scene units.

    Raises
    ------
    ProbabilityError
        When *p* is no distribution.
    """

    def __init__(
        self,
        p: Sequence[float | Fraction],
        *,
        column_symbols: int = 2,
        row_symbols: int = 2,
        width: float = 6.0,
        height: float = 5.0,
    ) -> None:
        super().__init__()
        self.p, self._across = tuple(p), column_symbols
        self.whole = Rectangle(width=width, height=height, stroke_width=0)
        self.sequences = blocks(len(p), column_symbols + row_symbols)
        self.tiles = VGroup(*(self.cell(sequence) for sequence in self.sequences))
        across = [self._cuts(prefix_length, column_symbols) for prefix_length in range(column_symbols)]
        down = [self._cuts(prefix_length, row_symbols, vertical=True) for prefix_length in range(row_symbols)]
        self.cuts = VGroup(*across, *down)
        self.add(self.whole, self.tiles, self.cuts)

    def extent(self, sequence: Outcomes) -> tuple[Interval, Interval]:
        """The columns and the rows, both as intervals of [0, 1), of all sequences that begin with *sequence*."""
        return message_interval(sequence[: self._across], self.p), message_interval(sequence[self._across :], self.p)

    def at(self, across: float | Fraction, down: float | Fraction) -> Point3D:
        """The point that lies so far from the left and from the top, in shares of width and height."""
        corner: Point3D = self.whole.get_corner(DL)
        return corner + float(across) * self.whole.width * RIGHT + (1 - float(down)) * self.whole.height * UP

    def cell(self, sequence: Outcomes) -> Polygon:
        """A new tile over all sequences that begin with *sequence*."""
        x, y = self.extent(sequence)
        corners = (
            self.at(x.start, y.end),
            self.at(x.end, y.end),
            self.at(x.end, y.start),
            self.at(x.start, y.start),
        )
        return Polygon(*corners, fill_color=PROBABILITY, fill_opacity=1, stroke_width=0)

    def tile(self, sequence: Outcomes) -> VMobject:
        """The tile of one whole sequence."""
        tile: VMobject = self.tiles[self.sequences.index(sequence)]
        return tile

    def keep(self, *prefix: int) -> Mosaic:
        """Let every tile go dark whose sequence does not begin so. Returns itself."""
        for sequence, tile in zip(self.sequences, self.tiles, strict=True):
            tile.set_fill(PROBABILITY if sequence[: len(prefix)] == prefix else dimmed(PROBABILITY))
        return self

    def _cuts(self, prefix_length: int, symbols: int, *, vertical: bool = False) -> VGroup:
        # The earlier a cut, the wider: the eye then reads the four columns before the sixteen.
        stroke = THIN * (1.0 if prefix_length == symbols - 1 else 2.4)
        lines = VGroup()
        for prefix in blocks(len(self.p), prefix_length) if prefix_length else [()]:
            for last in range(1, len(self.p)):
                start = message_interval((*prefix, last), self.p).start
                ends = (self.at(0, start), self.at(1, start)) if vertical else (self.at(start, 0), self.at(start, 1))
                lines.add(Line(*ends, color=GROUND, stroke_width=stroke))
        return lines
