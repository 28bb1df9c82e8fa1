"""A length in bits, cut into pieces: what moves is the cut, and the pieces always fill the whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, Animation, Line, ManimColor, UpdateFromAlphaFunc, VGroup
from manim.typing import Point3D, Point3DLike, Vector3D

from scenes.stage.live_number import LiveNumber
from scenes.stage.probability_bar import ProbabilityBar
from scenes.stage.theme import PAPER, PROBABILITY, QUIET, SECOND, SMALL, THIN
from scenes.stage.typeset import Maths, Source

OVERHANG = 0.14  # of a cut's line over and under the bar
NUMBER_GAP = 0.16  # between the bar and the numbers below it
TOTAL_GAP = 0.18  # between the right end and the number of the whole
SPAN_GAP = 0.16  # between the bar and the line that spans a piece
TICK = 0.09


class CutBar(VGroup):
    """Pieces laid end to end from a fixed left end, to scale, with a line at each cut and a number below each piece.

    The displayed numbers add up to the displayed length: the last one is what the others leave of it. Verbs change the
    bar in place and return it; :meth:`recut` is an animation, and :meth:`span` a new mobject.

    Parameters
    ----------
    pieces
        The length of each piece in bits; none is negative.
    unit, height
        Length of a bit, and height of the bar, in scene units.
    colors
        One colour for each piece.
    labels
        What stands in each piece, if anything.
    spec
        How the numbers are shown; none are, when it is empty.
    size
        Type size of the numbers.
    show_total
        Whether the length of the whole stands to the right of it.
    total_at
        How many bits from the left end it stands at least, so that it keeps its place while the length changes.

    Raises
    ------
    ValueError
        For a negative piece, or when colours are not as many as pieces.
    """

    def __init__(
        self,
        pieces: Sequence[float],
        *,
        unit: float = 1.0,
        height: float = 0.5,
        colors: Sequence[ManimColor] = (PROBABILITY, SECOND),
        labels: Sequence[str] | None = None,
        spec: str = ".4f",
        size: float = SMALL,
        show_total: bool = False,
        total_at: float = 0.0,
    ) -> None:
        super().__init__()
        self.unit, self._spec, self._total_at = unit, spec, total_at
        # The frame stands for one bit, so that values are lengths in bits; it is not seen.
        self.bar = ProbabilityBar(pieces, width=unit, height=height, colors=colors, labels=labels, frame=False)
        self.cuts = VGroup(*(Line(UP, DOWN, color=PAPER, stroke_width=2 * THIN) for _ in pieces[1:]))
        shown = [LiveNumber(0.0, spec, size=size, color=color, edge=ORIGIN) for color in colors if spec]
        self.numbers = VGroup(*shown)
        self.total_number = VGroup(*([LiveNumber(0.0, spec, size=size, color=PAPER)] if show_total else []))
        self.add(self.bar, self.cuts, self.numbers, self.total_number)
        self.set_pieces(pieces)

    @property
    def pieces(self) -> tuple[float, ...]:
        """The length of each piece in bits."""
        return self.bar.values

    @property
    def total(self) -> float:
        """The length of the whole in bits."""
        return float(sum(self.pieces))

    def at(self, bits: float) -> Point3D:
        """The point on the lower edge that lies so many bits from the left end."""
        return self.bar.edge(bits)

    def begin_at(self, corner: Point3DLike) -> CutBar:
        """Put the lower left corner of the bar at *corner*. Returns itself."""
        self.shift(np.array(corner) - self.at(0))
        return self

    def set_pieces(self, pieces: Sequence[float]) -> CutBar:
        """Give the pieces new lengths; the left end stays. Returns itself."""
        self.bar.set_values(pieces)
        ends = np.cumsum(self.pieces)
        for cut, end in zip(self.cuts, ends, strict=False):
            foot, top = self.at(end), self.at(end) + self.bar.frame.height * UP
            cut.put_start_and_end_on(foot + OVERHANG * DOWN, top + OVERHANG * UP)
        self._show_numbers()
        return self

    def say(self, terms: str, total: str) -> CutBar:
        """Let the number of the whole tell which sum it shows, both as displayed. Returns itself."""
        self.total_number.source = Source(f"{terms} = {total}", maths=True)  # type: ignore[attr-defined]
        return self

    def _show_numbers(self) -> None:
        """Numbers under the middles of their pieces, but not beyond the left end."""
        decimals = int(self._spec.strip(".f") or 0)
        whole = round(self.total, decimals)
        values = [round(piece, decimals) for piece in self.pieces[:-1]]
        for number in self.total_number:
            end = self.bar.frame.get_left() + (max(self.total, self._total_at) * self.unit + TOTAL_GAP) * RIGHT
            number.anchor_at(end + number.set_value(whole).height / 2 * DOWN)
        starts = np.cumsum([0.0, *self.pieces])
        for number, value, start, piece in zip(
            self.numbers, [*values, whole - sum(values)], starts, self.pieces, strict=False
        ):
            middle = max(start * self.unit + piece * self.unit / 2, number.set_value(value).width / 2)
            drop = self.bar.frame.height / 2 + NUMBER_GAP + number.height
            number.anchor_at(self.bar.frame.get_left() + middle * RIGHT + drop * DOWN)

    def recut(self, pieces: Sequence[float], **kwargs: Any) -> Animation:
        """The pieces run from their lengths to new ones; while their sum stays, so does the bar's length."""
        start, end = np.array(self.pieces), np.array(pieces)

        def show(_: object, alpha: float) -> None:
            self.set_pieces(((1 - alpha) * start + alpha * end).tolist())

        return UpdateFromAlphaFunc(self, show, **kwargs)

    def span(self, start: float, end: float, label: str, *, side: Vector3D = UP, size: float = SMALL) -> VGroup:
        """A line along the bar from one number of bits to another, with *label*, in Typst math, beyond it.

        A label that is wider than its line begins where the line does.
        """
        edge = self.bar.frame.get_left() + side * (self.bar.frame.height / 2 + OVERHANG + SPAN_GAP)
        first, last = edge + start * self.unit * RIGHT, edge + end * self.unit * RIGHT
        line = Line(first, last, color=QUIET, stroke_width=THIN)
        ticks = [Line(end + TICK * UP, end + TICK * DOWN, color=QUIET, stroke_width=THIN) for end in (first, last)]
        text = Maths(label, size=size).next_to(line, side, buff=0.14)
        if text.width > line.width:
            text.align_to(line, LEFT)
        return VGroup(line, *ticks, text)
