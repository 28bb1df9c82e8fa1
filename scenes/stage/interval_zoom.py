"""The unit interval, cut as a source cuts it, that zooms into the piece of a symbol, again and again.

Below it hang the binary digits of its numbers: a row for each of the next digits, every cell exactly under the numbers
that have it. Where one cell has come to lie under the whole view, its digit is settled.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import takewhile
from typing import Any

from manim import (
    DL,
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    FadeIn,
    FadeOut,
    ManimColor,
    Rectangle,
    Transform,
    VGroup,
    VMobject,
    Wait,
    smoothstep,
)
from manim.typing import Point3D

from infotheory.interval import UNIT, Interval, codeword_interval, cumulative_partition, settled_digits
from scenes.stage.probability_bar import dimmed
from scenes.stage.theme import CODE, GROUND, PANEL, PROBABILITY, QUICK, QUIET, RULE, SLOW, SMALL, THIN
from scenes.stage.typeset import Words

Labeller = Callable[[int], VMobject]

MARGIN = 0.12  # between a label and the sides of its slab; with less room there is no label
FAINTER = 0.75  # fill of every other piece, so that neighbours differ


class Slab(VGroup):
    """A piece of the line, a rectangle with its name: as much of it as the view shows."""

    def __init__(self, piece: Interval, label: VMobject, *, fill: ManimColor, opacity: float, edge: ManimColor) -> None:
        self.piece, self.label, self._opacity = piece, label, opacity
        self.box = VMobject(fill_color=fill, fill_opacity=opacity, stroke_color=edge, stroke_width=THIN)
        super().__init__(self.box, label)

    def place(self, frame: Rectangle, view: Interval, presence: float = 1.0) -> None:
        """Lie where *view*, drawn over *frame*, has the piece; *presence* is how opaque the slab is."""
        left, right = (
            min(max(float((end - view.start) / view.width), 0.0), 1.0) for end in (self.piece.start, self.piece.end)
        )
        corner: Point3D = frame.get_corner(DL) + left * frame.width * RIGHT
        across, up = (right - left) * frame.width * RIGHT, frame.height * UP
        self.box.set_points_as_corners([corner, corner + across, corner + across + up, corner + up, corner])
        shown = presence if right > left else 0.0
        self.box.set_fill(opacity=self._opacity * shown).set_stroke(opacity=shown)
        self.label.move_to(corner + (across + up) / 2)
        self.label.set_opacity(shown if across[0] > self.label.width + 2 * MARGIN else 0.0)

    def darken(self) -> Slab:
        """Leave little of the slab's colour. Returns itself."""
        self.box.set_fill(dimmed(self.box.get_fill_color()), 1)
        return self

    def light(self, color: ManimColor) -> Slab:
        """Fill the slab; its name turns to the ground's colour. Returns itself."""
        self.box.set_fill(color, 1)
        for part in self.label.family_members_with_points():
            part.set_fill(GROUND)
        return self


class DigitRow(VGroup):
    """The binary digit at one place of all numbers in view: a cell for each string of digits up to there."""

    def __init__(self, place: int, view: Interval, frame: Rectangle) -> None:
        self.place, self.frame = place, frame
        size = 2**place
        first, beyond = int(view.start * size), -int(-view.end * size // 1)
        words = [f"{number:0{place}b}" for number in range(first, beyond)]
        self.cells = {word: _digit_cell(word) for word in words}
        super().__init__(frame, *self.cells.values())
        self.look(view)

    def look(self, view: Interval) -> None:
        """Show what lies under *view*."""
        for cell in self.cells.values():
            cell.place(self.frame, view)


class IntervalZoom(VGroup):
    """A strip that shows an interval cut in the proportions of a source, and zooms into the piece of a symbol.

    Parameters
    ----------
    p
        The probability of each symbol; cut in this order from the left.
    label
        Makes the name of a symbol, given its number from 0.
    ends
        What stands above the two ends of the line.
    width, height
        Size of the strip in scene units.
    digits
        How many rows of binary digits hang below it.
    digit_height, gap
        Height of such a row, and the distance of rows.

    Raises
    ------
    ProbabilityError
        When *p* is no distribution.
    """

    def __init__(
        self,
        p: Sequence[float | Fraction],
        *,
        label: Labeller,
        ends: tuple[str, str],
        width: float = 12.0,
        height: float = 0.75,
        digits: int = 3,
        digit_height: float = 0.38,
        gap: float = 0.05,
    ) -> None:
        super().__init__()
        self.partition, self.interval, self._label = cumulative_partition(p), UNIT, label
        self._digits, self._pitch = digits, digit_height + gap
        self.frame = Rectangle(width=width, height=height, stroke_width=0)
        self.top_row = Rectangle(width=width, height=digit_height, stroke_width=0).next_to(self.frame, DOWN, buff=0.15)
        self.pieces = self._cut(UNIT)
        self.ends = self._make_ends(ends)
        self.rows = self._make_rows(1)
        self.add(self.frame, self.top_row, *self.pieces, self.ends, *self.rows)

    @property
    def settled(self) -> str:
        """The binary digits that all numbers in view begin with."""
        return settled_digits(self.interval)

    @property
    def settled_rows(self) -> tuple[DigitRow, ...]:
        """The rows whose digit is settled but that still hang below the strip."""
        return tuple(takewhile(lambda row: row.place <= len(self.settled), self.rows))

    def _cut(self, whole: Interval) -> tuple[Slab, ...]:
        slabs = tuple(
            Slab(
                whole.zoom(part),
                self._label(symbol),
                fill=PROBABILITY,
                opacity=FAINTER if symbol % 2 else 1,
                edge=GROUND,
            )
            for symbol, part in enumerate(self.partition)
        )
        for slab in slabs:
            slab.place(self.frame, whole)
        return slabs

    def _make_ends(self, texts: tuple[str, str]) -> VGroup:
        ends = VGroup(*(Words(text, size=SMALL, color=QUIET) for text in texts))
        for end, corner, side in zip(ends, (UP + LEFT, UP + RIGHT), (LEFT, RIGHT), strict=True):
            end.next_to(self.frame.get_corner(corner), UP, buff=0.18).align_to(self.frame, side)
        return ends

    def _make_rows(self, first_place: int) -> tuple[DigitRow, ...]:
        return tuple(
            DigitRow(first_place + k, self.interval, self.top_row.copy().shift(k * self._pitch * DOWN))
            for k in range(self._digits)
        )

    def choose(self, symbol: int) -> Animation:
        """Dim every piece but that of *symbol*."""
        others = [slab for other, slab in enumerate(self.pieces) if other != symbol]
        return _together([Transform(slab, slab.copy().darken()) for slab in others])

    def zoom(self, symbol: int, ends: tuple[str, str], **kwargs: Any) -> Zoom:
        """Narrow the view to the piece of *symbol*, which is cut for the next symbol; *ends* are its ends."""
        return Zoom(self, symbol, self._make_ends(ends), **kwargs)

    def way(self, codeword: str) -> tuple[Slab, ...]:
        """The cells, row by row from the top, of the digits of *codeword*."""
        return tuple(row.cells[codeword[: row.place]] for row in self.rows if row.place <= len(codeword))

    def settle(self) -> Animation:
        """Light the digits that the last zoom has settled."""
        return self.point(self.settled)

    def advance(self) -> Animation:
        """The settled rows leave, the others move up and new ones come in below."""
        gone, whole = self.settled_rows, self._make_rows(len(self.settled) + 1)
        stay = self.rows[len(gone) :]
        new = whole[len(stay) :]
        up = len(gone) * self._pitch * UP
        self.remove(*gone)
        self.add(*new)
        self.rows = (*stay, *new)
        moves = [Transform(row, row.copy().shift(up)) for row in stay]
        return _together([*(FadeOut(row) for row in gone), *moves, *(FadeIn(row, shift=up) for row in new)])

    def point(self, codeword: str) -> Animation:
        """Light the cells on the way to *codeword*."""
        return _together([Transform(cell, cell.copy().light(CODE)) for cell in self.way(codeword)])


class Zoom(Animation):
    """The view narrows to a piece at a steady pace, halving for halving, while the next cut comes up in it."""

    def __init__(self, line: IntervalZoom, symbol: int, ends: VGroup, *, run_time: float = SLOW, **kwargs: Any) -> None:
        self._line, self._from = line, line.interval
        self._part, self._old, self._old_ends = line.partition[symbol], line.pieces, line.ends
        line.interval = self._from.zoom(self._part)
        line.pieces, line.ends = line._cut(line.interval), ends
        line.add(*line.pieces, ends)
        super().__init__(line, run_time=run_time, **kwargs)

    def view(self, share: float) -> Interval:
        """What is in view when *share* of the halvings is done."""
        if share >= 1:
            return self._line.interval
        width = Fraction(float(self._part.width) ** share)
        # The number that stays where it is divides view and piece alike. A symbol without surprise leaves all as it is.
        fixed = self._part.start / (1 - self._part.width) if self._part.width < 1 else Fraction(0)
        return self._from.zoom(Interval(fixed * (1 - width), width))

    def interpolate_mobject(self, alpha: float) -> None:
        """Draw the view of this moment."""
        share = float(self.rate_func(alpha))
        view, line = self.view(share), self._line
        for slab in self._old:
            slab.place(line.frame, view)
            slab.label.set_opacity(slab.label.get_fill_opacity() * (1 - smoothstep(2 * share)))
        for slab in line.pieces:
            slab.place(line.frame, view, smoothstep(2 * share - 1))
        for row in line.rows:
            row.look(view)
        self._old_ends.set_opacity(1 - smoothstep(2 * share))
        line.ends.set_opacity(smoothstep(2 * share - 1))

    def clean_up_from_scene(self, scene: Any) -> None:
        """Only the new cut is left."""
        super().clean_up_from_scene(scene)
        self._line.remove(*self._old, self._old_ends)


def _digit_cell(word: str) -> Slab:
    label = Words(word[-1], size=SMALL, color=QUIET, weight="medium")
    return Slab(codeword_interval(word), label, fill=PANEL, opacity=1, edge=RULE)


def _together(animations: Sequence[Animation]) -> Animation:
    """All at once; a short hold when there are none, as when no digit is settled."""
    return AnimationGroup(*animations, run_time=QUICK) if animations else Wait(QUICK)
