"""A sampled message, written symbol by symbol, and beside it the average of what its symbols have cost so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from manim import DL, DR, RIGHT, UP, Animation, ManimColor, Rectangle, UpdateFromAlphaFunc, VGroup, VMobject
from manim.typing import Point3D, Point3D_Array
from numpy.typing import NDArray

from infotheory import running_average
from scenes.stage.function_curve import FunctionCurve
from scenes.stage.theme import CODE, SLOW

GAP = 0.16  # of a tile, left free between neighbours
APART = 1.5  # between sheet and chart: room for the numbers of the axis


class MessageSheet(VGroup):
    """The message as a page: a tile for each symbol, row by row; one mobject holds all tiles of a symbol."""

    def __init__(
        self,
        symbols: NDArray[np.int64],
        colors: Sequence[ManimColor],
        *,
        columns: int,
        width: float,
        height: float,
    ) -> None:
        rows = -(-len(symbols) // columns)
        self.area = Rectangle(width=width, height=height, stroke_width=0)
        self._size = np.array([width / columns, height / rows, 0.0])
        order = np.arange(len(symbols))
        rank = np.argsort(np.argsort(symbols, kind="stable"))
        self._corners = self._corner(order % columns, rows - 1 - order // columns)
        self._sorted = self._corner(rank // rows, rows - 1 - rank % rows)
        self._places = [np.flatnonzero(symbols == symbol) for symbol in range(len(colors))]
        self.tiles = tuple(VMobject(fill_color=color, fill_opacity=1, stroke_width=0) for color in colors)
        super().__init__(self.area, *self.tiles)

    def _corner(self, column: NDArray[np.int64], row: NDArray[np.int64]) -> Point3D_Array:
        """Where tiles in these columns and rows (from below) have their lower left corners, seen from the sheet's."""
        return np.asarray(np.stack([column, row, 0 * row], axis=1) * self._size)

    def show_first(self, count: int, *, gathered: float = 0.0) -> None:
        """Show the first *count* symbols; *gathered* of the way to their places in order."""
        origin: Point3D = self.area.get_corner(DL)
        corners = origin + (1 - gathered) * self._corners + gathered * self._sorted
        for tiles, places in zip(self.tiles, self._places, strict=True):
            shown = places[: np.searchsorted(places, count)]
            tiles.set_points(_rectangles(corners[shown], (1 - GAP) * self._size))

    def gather(self, **kwargs: Any) -> Animation:
        """All tiles of the page move, column by column, to stand together with those of the same symbol."""
        count = sum(len(places) for places in self._places)
        return UpdateFromAlphaFunc(self, lambda _, share: self.show_first(count, gathered=share), **kwargs)


class MessageStream(VGroup):
    """A message with its running average: the sheet fills, and the average so far is drawn over the number of symbols.

    Parameters
    ----------
    symbols
        The message, as symbols counted from 0.
    prices
        What each symbol costs, in bits.
    colors
        The colour of each symbol's tiles.
    columns, width, height
        Tiles in a row of the sheet, and the sheet's size in scene units.
    chart_width, bit
        Length of the chart's axis of symbols, which is logarithmic, and of one bit on its other axis.
    most_bits
        Where the axis of bits ends.
    counts
        Typst math by number of symbols, for the ticks of the chart.
    """

    def __init__(
        self,
        symbols: Sequence[int] | NDArray[np.int64],
        prices: Sequence[float],
        *,
        colors: Sequence[ManimColor],
        columns: int = 40,
        width: float = 5.0,
        height: float = 3.5,
        chart_width: float = 5.0,
        bit: float = 1.4,
        most_bits: float = 2.5,
        counts: Mapping[int, str],
    ) -> None:
        message = np.asarray(symbols, dtype=np.int64)
        if len(message) < 2:
            raise ValueError("a running average needs a message of at least two symbols")
        paid = np.asarray(prices, dtype=float)[message]
        self.averages = running_average(paid)
        self.sheet = MessageSheet(message, colors, columns=columns, width=width, height=height)
        logs = np.log10(np.arange(1, len(message) + 1))
        self.chart = FunctionCurve(
            self._average_at,
            x_range=(0.0, float(logs[-1])),
            y_range=(0.0, most_bits),
            width=chart_width,
            height=most_bits * bit,
            samples=logs.tolist(),
            x_ticks={float(np.log10(count)): text for count, text in counts.items()},
            y_ticks={bits: str(bits) for bits in range(int(most_bits) + 1)},
            color=CODE,
        )
        super().__init__(self.sheet, self.chart)
        corner: Point3D = self.sheet.area.get_corner(DR)
        self.chart.shift(corner + APART * RIGHT - self.chart.x_axis.get_start())
        self.show_first(1)

    @property
    def length(self) -> int:
        """Number of symbols of the whole message."""
        return len(self.averages)

    def average(self, count: int) -> float:
        """Bits a symbol over the first *count* symbols."""
        return float(self.averages[count - 1])

    def _average_at(self, log_count: float) -> float:
        return self.average(min(round(10**log_count), len(self.averages)))

    def show_first(self, count: int) -> MessageStream:
        """Show the first *count* symbols and the average up to there. Returns itself."""
        self.count = count
        self.sheet.show_first(count)
        logs = np.log10(np.arange(1, count + 1))
        points = np.array([self.chart.at(x, y) for x, y in zip(logs, self.averages[:count], strict=True)])
        self.chart.curve.set_points_as_corners(points if count > 1 else np.repeat(points, 2, axis=0))
        self.chart.dot.move_to(points[-1])
        return self

    def run(self, count: int, follow: Callable[[float], object] | None = None, **kwargs: Any) -> Animation:
        """Go on to *count* symbols, ever faster; *follow* is told the average in every frame.

        *follow* may change mobjects; add them to the scene before, so that they are drawn anew.
        """
        return Run(self, count, follow, **kwargs)


class Run(Animation):
    """The number of symbols grows by equal factors in equal times."""

    def __init__(
        self,
        stream: MessageStream,
        count: int,
        follow: Callable[[float], object] | None = None,
        *,
        followers: Sequence[VMobject] = (),
        run_time: float = 2 * SLOW,
        **kwargs: Any,
    ) -> None:
        self._stream, self._follow = stream, follow
        self._start, self._end = stream.count, count
        super().__init__(VGroup(stream, *followers), run_time=run_time, **kwargs)

    def interpolate_mobject(self, alpha: float) -> None:
        """Show the message up to here and tell who follows it."""
        share = float(self.rate_func(alpha))
        count = round(self._start ** (1 - share) * self._end**share)
        self._stream.show_first(count)
        if self._follow is not None:
            self._follow(self._stream.average(count))


def _rectangles(corners: Point3D_Array, size: Point3D_Array) -> Point3D_Array:
    """Bezier points of one closed path for each lower left corner."""
    right, up = size * RIGHT, size * UP
    ring = np.array([0 * size, right, right + up, up, 0 * size])
    sides = [ring[i] + (ring[i + 1] - ring[i]) * share for i in range(4) for share in (0, 1 / 3, 2 / 3, 1)]
    return np.asarray((corners[:, None, :] + np.array(sides)[None, :, :]).reshape(-1, 3))
