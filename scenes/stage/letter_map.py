"""A table of letter pairs: a row for the letter that came, a column for the one that follows, boxes true in area."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, Rectangle, VGroup
from manim.typing import Point3D
from numpy.typing import ArrayLike

from scenes.stage.area_row import AreaRow
from scenes.stage.theme import BOLD, PANEL, PAPER, QUIET, SMALL
from scenes.stage.typeset import Words, stand_on

SPACE_SIGN = "␣"
CAPITAL = 0.0076  # height of a capital letter in scene units, for each unit of type size
LABEL_GAP = 0.16  # from a label's middle to the edge of the table
ASIDE = 0.2  # by which every other label of a row stands further off: under each other, they would touch


def letter_sign(letter: str) -> str:
    """How a letter of a table is shown: as a capital, the space by its sign.

    >>> letter_sign("q"), letter_sign(" ")
    ('Q', '␣')
    """
    return SPACE_SIGN if letter == " " else letter.upper()


class LetterMap(VGroup):
    """The joint distribution of two neighbouring letters; the largest box fills its cell.

    ``rows[i]`` holds the boxes of all pairs that begin with letter i. Labels stand to the left and above.

    Parameters
    ----------
    joint
        The share of each pair, one row for each letter that came.
    alphabet
        The letters in the order of rows and columns.
    cell_width, cell_height
        Size of a cell in scene units.
    size
        Type size of the labels.

    Raises
    ------
    ValueError
        When the table is not as wide and as high as the alphabet is long.
    """

    def __init__(
        self,
        joint: ArrayLike,
        alphabet: str,
        *,
        cell_width: float = 0.26,
        cell_height: float = 0.22,
        size: float = SMALL,
    ) -> None:
        super().__init__()
        shares = np.asarray(joint, dtype=np.float64)
        if shares.shape != (len(alphabet), len(alphabet)):
            raise ValueError(f"a table for {len(alphabet)} letters has as many rows and columns, not {shares.shape}")
        self.alphabet, self.largest = alphabet, float(shares.max())
        self._cell = (cell_width, cell_height)
        self.ground = Rectangle(width=len(alphabet) * cell_width, height=len(alphabet) * cell_height, stroke_width=0)
        self.ground.set_fill(PANEL, 1)
        self.rows = tuple(
            AreaRow(row / self.largest, cell_width=cell_width, cell_height=cell_height, frame=False) for row in shares
        )
        VGroup(*self.rows).arrange(DOWN, buff=0)
        self.row_labels, self.column_labels = self._labels(size), self._labels(size)
        for i, (row, label) in enumerate(zip(self.rows, self.row_labels, strict=True)):
            _set_label(label, row.frame.get_left() + (LABEL_GAP + i % 2 * ASIDE) * LEFT)
            _set_label(self.column_labels[i], np.array([self.at(0, i)[0], self.ground.get_top()[1] + LABEL_GAP, 0]))
        self.add(self.ground, *self.rows, *self.row_labels, *self.column_labels)

    def _labels(self, size: float) -> tuple[Words, ...]:
        return tuple(Words(letter_sign(letter), size=size, color=QUIET) for letter in self.alphabet)

    def at(self, row: int, column: int) -> Point3D:
        """The middle of a cell."""
        return self.rows[row].cell(column)

    def row(self, letter: str) -> AreaRow:
        """The boxes of all pairs that begin with *letter*."""
        return self.rows[self.alphabet.index(letter)]

    def around(self, pair: str) -> Rectangle:
        """A new outline around the cell of a pair of letters."""
        width, height = self._cell
        middle = self.row(pair[0]).cell(self.alphabet.index(pair[1]))
        return Rectangle(width=width, height=height, stroke_color=PAPER, stroke_width=BOLD).move_to(middle)

    def around_row(self, letter: str) -> Rectangle:
        """A new outline around a letter's row."""
        row = self.row(letter).frame
        return Rectangle(width=row.width, height=row.height, stroke_color=PAPER, stroke_width=BOLD).move_to(row)


def _set_label(label: Words, middle: Point3D) -> None:
    """Centre a capital's letters, not its ink, on *middle*: all of a row then stand on one line."""
    label.move_to(middle)
    if label.text != SPACE_SIGN:
        stand_on(label, float(middle[1]) - CAPITAL * label.font_size / 2)
