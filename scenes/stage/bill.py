"""A bill in bits: columns as wide as their outcomes are likely and as high as their codewords are long."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
from manim import DOWN, LEFT, UP, Animation, DashedLine, Line, ManimColor, VGroup, VMobject
from manim.typing import Point3D
from numpy.typing import NDArray

from scenes.stage.halving_ruler import HalvingRuler
from scenes.stage.probability_bar import ProbabilityBar, dimmed
from scenes.stage.theme import CODE, GROUND, PROBABILITY, SMALL, STEADY, THIN, WASTE
from scenes.stage.typeset import Words, stand_on

STRIP = 0.26  # height of the strip of weights under the columns
APART = 0.08  # between strip and columns
BELOW, LINE = 0.14, 0.38  # from the strip down to a picture's top, and to the line on which words stand
FADE = 0.3  # bits by which a column differs from its codeword when the digits are gone

Numbers = Sequence[float] | NDArray[np.float64]


class Bill(VGroup):
    """Columns side by side, each as wide as its weight and as high as its length in bits: the area is the average bill.

    The whole is one unit of weight wide, so a level block of some height has that height as its area: see
    :meth:`level`. With *fair* prices, what a column has beyond its fair price is red, and what it lacks is dim; red
    less dim is the waste. The verbs change the bill in place.

    Parameters
    ----------
    weights
        How likely each outcome is; the strip under the columns shows them.
    lengths
        How many bits each outcome costs.
    fair
        How many bits each outcome ought to cost; without it nothing is red.
    names
        What stands below each column: words, or a mobject.
    codewords
        Code digits that stand in the columns, a bit a cell; they are hidden while a column is not as high as its
        codeword is long.
    width
        Length of the strip, which stands for a weight of 1, in scene units.
    bit
        Height of one bit in scene units.
    most_bits
        The last number of the ruler at the left.
    color
        The strip's colour: whose weights they are.

    Raises
    ------
    ValueError
        When weights, lengths, fair prices, names or codewords are not equally many, or one is negative.
    """

    def __init__(
        self,
        weights: Numbers,
        lengths: Numbers,
        *,
        fair: Numbers | None = None,
        names: Sequence[str | VMobject] | None = None,
        codewords: Sequence[str] | None = None,
        width: float = 6.0,
        bit: float = 1.0,
        most_bits: int = 4,
        color: ManimColor = PROBABILITY,
    ) -> None:
        for what, values in {"lengths": lengths, "fair": fair, "names": names, "codewords": codewords}.items():
            if values is not None and len(values) != len(weights):
                raise ValueError(f"a bill of {len(weights)} weights needs as many {what}, not {len(values)}")
        self.strip = ProbabilityBar(list(weights), width=width, height=STRIP, colors=color, frame=False)
        self.names = tuple(Words(name, size=SMALL) if isinstance(name, str) else name for name in names or [])
        self.ruler = HalvingRuler(most_bits, unit=bit)
        self.ruler.shift(self.strip.frame.get_corner(UP + LEFT) + APART * UP + 0.15 * LEFT - self.ruler.point(0))
        self.unit_name = Words("bits", size=SMALL, color=CODE).next_to(self.ruler.edge, UP, buff=0.16)
        fills = (CODE, WASTE, dimmed(CODE))
        self.columns = VGroup(*(VGroup(*(_part(fill) for fill in fills)) for _ in weights))
        # Lines in the ground's colour part the bits of all columns; where no column is, nobody sees them.
        self.cells = VGroup(*(Line(stroke_color=GROUND, stroke_width=THIN) for _ in range(most_bits - 1)))
        self.digits = tuple(
            VGroup(*(Words(digit, color=GROUND, weight="medium") for digit in word)) for word in codewords or []
        )
        super().__init__(self.strip, self.ruler, self.unit_name, self.columns, self.cells, *self.digits, *self.names)
        self.set_bill(weights, lengths, fair)

    # ---- what it says ----------------------------------------------------------------------------

    @property
    def weights(self) -> NDArray[np.float64]:
        """The width of each column, as a share of the whole."""
        return np.array(self.strip.values)

    @property
    def lengths(self) -> NDArray[np.float64]:
        """The height of each column in bits."""
        return self._lengths

    @property
    def fair(self) -> NDArray[np.float64] | None:
        """The fair price of each column in bits, if it shows any."""
        return self._fair

    @property
    def area(self) -> float:
        """Bits an outcome, on average: the area of all columns."""
        return float(self.weights @ self._lengths)

    def at(self, share: float, bits: float) -> Point3D:
        """The point *share* of the width from the left, so many bits above the columns' foot."""
        return np.array([self.strip.edge(share)[0], self.ruler.point(bits)[1], 0.0])

    def line(self, bits: float, color: ManimColor, *, start: float = 0.0, end: float = 1.0) -> DashedLine:
        """A new dashed line at a height of so many bits, from one share of the width to another."""
        return DashedLine(self.at(start, bits), self.at(end, bits), color=color, stroke_width=3)

    # ---- how it changes --------------------------------------------------------------------------

    def set_bill(self, weights: Numbers, lengths: Numbers, fair: Numbers | None = None) -> Bill:
        """Give the columns new widths and heights; without *fair* nothing is red. Returns itself."""
        if min(lengths) < 0:
            raise ValueError(f"no codeword is shorter than nothing: {list(lengths)}")
        self.strip.set_values([float(w) for w in weights])
        self._lengths = np.asarray(lengths, dtype=float)
        self._fair = None if fair is None else np.asarray(fair, dtype=float)
        ends = list(accumulate(self.strip.values, initial=0.0))
        fairs = self._lengths if self._fair is None else self._fair
        for i, (column, length, price) in enumerate(zip(self.columns, self._lengths, fairs, strict=True)):
            paid = min(length, price)
            for part, (low, high) in zip(column, ((0, paid), (price, length), (paid, price)), strict=True):
                self._stand(part, ends[i], ends[i + 1], low, max(low, high))
        for k, cell in enumerate(self.cells, 1):
            cell.put_start_and_end_on(self.at(0, k), self.at(max(ends[-1], 1e-6), k))
        middles = [(start + end) / 2 for start, end in pairwise(ends)]
        for word, middle, length in zip(self.digits, middles, self._lengths, strict=False):
            self._write(word, middle, float(length))
        for name, middle in zip(self.names, middles, strict=False):
            self._name(name, middle)
        return self

    def _stand(self, part: VMobject, left: float, right: float, low: float, high: float) -> None:
        """Make *part* the rectangle between these shares and bits; without height it is not seen at all."""
        corners = [(right, high), (left, high), (left, low), (right, low), (right, high)]
        part.set_points_as_corners([self.at(share, bits) for share, bits in corners])
        part.set_stroke(opacity=1 if high > low else 0)

    def _write(self, word: VGroup, middle: float, length: float) -> None:
        """Put the digits into their cells, the first on top."""
        shown = max(0.0, 1 - abs(length - len(word)) / FADE)
        for k, digit in enumerate(word):
            digit.move_to(self.at(middle, len(word) - k - 0.5)).set_opacity(shown)

    def _name(self, name: VMobject, middle: float) -> None:
        """Put a name below its column; words stand on one line."""
        foot = self.strip.edge(middle)
        name.next_to(foot, DOWN, buff=BELOW)
        if isinstance(name, Words):
            stand_on(name, float(foot[1]) - LINE)

    def change(
        self,
        *,
        weights: Numbers | None = None,
        lengths: Numbers | None = None,
        fair: Numbers | None = None,
        follow: Callable[[Bill], object] | None = None,
        followers: Sequence[VMobject] = (),
        **kwargs: Any,
    ) -> Animation:
        """Let widths, heights and fair prices run evenly to new ones; what is not given stays.

        *follow* is told the bill in every frame. It may change mobjects: name them as *followers*.
        """
        return Change(self, weights, lengths, fair, follow, followers, **kwargs)

    def level(self, **kwargs: Any) -> Animation:
        """Let the columns pour into one level block; the area stays, and is the height in the end.

        Fair prices pour into the level fair price. Takes what :meth:`change` takes, but weights and heights.
        """
        count = len(self._lengths)
        fair = None if self._fair is None else [float(self.weights @ self._fair)] * count
        return self.change(lengths=[self.area] * count, fair=fair, **kwargs)


class Change(Animation):
    """A bill runs evenly from what it is to what it shall be."""

    def __init__(
        self,
        bill: Bill,
        weights: Numbers | None,
        lengths: Numbers | None,
        fair: Numbers | None,
        follow: Callable[[Bill], object] | None,
        followers: Sequence[VMobject],
        *,
        run_time: float = STEADY,
        **kwargs: Any,
    ) -> None:
        self._bill, self._follow = bill, follow
        self._ends = (weights, lengths, fair)
        super().__init__(VGroup(bill, *followers), run_time=run_time, **kwargs)

    def begin(self) -> None:
        """Start from what the bill is when the animation starts."""
        bill = self._bill
        weights, lengths, fair = self._ends
        self._weights = _Run(bill.weights, weights)
        self._lengths = _Run(bill.lengths, lengths)
        first = bill.fair if bill.fair is not None else fair  # prices not shown before are there at once
        self._fair = None if first is None else _Run(first, fair)
        super().begin()

    def interpolate_mobject(self, alpha: float) -> None:
        """Set the bill to its share of the way, and tell who follows it."""
        share = self.rate_func(alpha)
        fair = None if self._fair is None else self._fair.at(share)
        self._bill.set_bill(self._weights.at(share), self._lengths.at(share), fair)
        if self._follow is not None:
            self._follow(self._bill)


class _Run:
    """From where to where some numbers run; without an end they stay."""

    def __init__(self, start: Numbers, end: Numbers | None) -> None:
        self._start = np.asarray(start, dtype=float)
        self._end = self._start if end is None else np.asarray(end, dtype=float)

    def at(self, share: float) -> NDArray[np.float64]:
        """The numbers, this share of the way."""
        return np.asarray((1 - share) * self._start + share * self._end)


def _part(color: ManimColor) -> VMobject:
    # The stroke in the ground's colour parts neighbours without a gap in the measure.
    return VMobject(fill_color=color, fill_opacity=1, stroke_color=GROUND, stroke_width=THIN)
