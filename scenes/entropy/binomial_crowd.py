"""The mass of a heavy coin crowds around its share of heads: exactly, as bars, and simulated, as dots."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import RIGHT, UP, Animation, ManimColor, UpdateFromAlphaFunc, VGroup, VMobject
from numpy.typing import NDArray

from infotheory import counts_near, log2_binomial_pmf
from narration.fact import Facts
from narration.number_format import format_value
from scenes.entropy.binomial_facts import COINS, EPSILON, SMALL_N, STOPS, P
from scenes.entropy.binomial_pictures import FOOT, HEIGHT, WIDTH
from scenes.stage.bar_chart import BarChart
from scenes.stage.live_number import LiveNumber
from scenes.stage.theme import PAPER, PROBABILITY, QUIET, SMALL
from scenes.stage.typeset import Maths, Words, stand_on

STRIP_TOP, STRIP_HEIGHT = -1.75, 0.6  # where the simulated coins lie, below the axis
DOT = 0.04
TABLE_TOP, TABLE_STEP = 2.1, 0.5
TABLE_COLUMNS = (-4.65, -3.0, -1.35)  # right edges


def set_flips(chart: BarChart, n: int, *, near: bool = True) -> BarChart:
    """Let the chart show the heads of *n* flips of the heavy coin; *near* leaves only those near p bright."""
    heads = np.arange(n + 1)
    masses = 2.0 ** np.asarray(log2_binomial_pmf(heads, n, float(P)))
    return chart.set_bars(heads / n, masses, pitch=1 / n, lit=counts_near(n, P, EPSILON) if near else None)


def make_chart(ends: tuple[str, str, str]) -> BarChart:
    """The chart that the columns become, with its foot where theirs is."""
    chart = BarChart(width=WIDTH, height=HEIGHT, ticks=dict(zip((0.0, float(P), 1.0), ends, strict=True)))
    chart.shift(np.array([-WIDTH / 2, FOOT, 0.0]) - chart.at(0.0))
    return set_flips(chart, SMALL_N, near=False)


class CoinStrip(VGroup):
    """A dot for each simulated coin, at its share of heads; the bright ones are near p.

    Parameters
    ----------
    heads
        Heads so far, one row a stop of :data:`STOPS`, one column a coin.
    lanes
        How high each dot lies in the strip, from 0 to 1.
    """

    def __init__(self, chart: BarChart, heads: NDArray[np.int64], lanes: NDArray[np.float64]) -> None:
        self._shares = heads / np.array(STOPS)[:, None]
        near = [counts_near(n, P, EPSILON) for n in STOPS]
        self._near = np.array([(h >= c.start) & (h < c.stop) for h, c in zip(heads, near, strict=True)])
        self._left, self._y = chart.at(0.0)[0], STRIP_TOP - STRIP_HEIGHT * lanes
        self._dark = VMobject(fill_color=QUIET, fill_opacity=1, stroke_width=0)
        self._bright = VMobject(fill_color=PAPER, fill_opacity=1, stroke_width=0)
        super().__init__(self._dark, self._bright)
        self.go(0, 0.0)

    def near(self, stop: int) -> float:
        """The share of coins that are near p at this stop."""
        return float(self._near[stop].mean())

    def go(self, stop: int, way: float) -> CoinStrip:
        """Put the dots so far on their *way* from this stop to the next. Returns itself."""
        after = min(stop + 1, len(STOPS) - 1)
        shares = (1 - way) * self._shares[stop] + way * self._shares[after]
        near = self._near[after if way == 1 else stop]
        for dots, which in ((self._bright, near), (self._dark, ~near)):
            dots.set_points(_squares(self._left + WIDTH * shares[which], self._y[which]))
        return self


def _squares(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bezier points of small squares, one subpath each."""
    around = DOT / 2 * np.array([[-1.0, -1, 0], [1, -1, 0], [1, 1, 0], [-1, 1, 0]])
    corners = np.stack([x, y, np.zeros_like(x)], axis=1)[:, None, :] + around
    ends = np.roll(corners, -1, axis=1)
    return np.stack([corners, (2 * corners + ends) / 3, (corners + 2 * ends) / 3, ends], axis=2).reshape(-1, 3)


def flip_coins(random: np.random.Generator) -> NDArray[np.int64]:
    """Heads of :data:`COINS` coins at every stop: each coin is flipped on, not begun anew."""
    new_flips = np.diff(STOPS, prepend=0)
    return np.cumsum([random.binomial(n, float(P), COINS) for n in new_flips], axis=0)


class NearTable(VGroup):
    """For each stop: the flips, the exact mass near p, and the share of simulated coins there."""

    def __init__(self, facts: Facts, strip: CoinStrip) -> None:
        stops = range(len(STOPS))
        self.head = [Words(text, size=SMALL, color=QUIET) for text in ("flips", "exact", "simulated")]
        self.flips = [Maths(f'"{facts.shown(f"n_{i + 1}", ",d")}"') for i in stops]
        self.exact = [_percent(facts.shown(f"near_{i + 1}", ".1%"), color=PROBABILITY) for i in stops]
        self.simulated = [_percent(format_value(strip.near(i), ".1%").shown) for i in stops]
        for column, right in zip((self.flips, self.exact, self.simulated), TABLE_COLUMNS, strict=True):
            for i, cell in enumerate(column):
                cell.move_to((right, TABLE_TOP - (i + 1) * TABLE_STEP, 0), aligned_edge=RIGHT)
        for flips, exact in zip(self.flips, self.exact, strict=True):
            flips.shift((exact[0].get_bottom()[1] - flips[0].get_bottom()[1]) * UP)  # digits in line, commas below
        for word, right in zip(self.head, TABLE_COLUMNS, strict=True):
            word.move_to((right, TABLE_TOP, 0), aligned_edge=RIGHT)
            stand_on(word, self.head[0].baseline)
        near = Words(facts.fill("within {eps:.2f} of {p:.1f}"), size=SMALL)
        near.move_to((TABLE_COLUMNS[-1], TABLE_TOP + TABLE_STEP, 0), aligned_edge=RIGHT)
        self.head = [near, *self.head]
        super().__init__(*self.head, *self.flips, *self.exact, *self.simulated)


def _percent(text: str, color: ManimColor = PAPER) -> Maths:
    """A percentage as a formula, the space before its sign kept."""
    return Maths(f'"{text}"', color=color)


def crowd_together(
    chart: BarChart, count: LiveNumber, start: int, end: int, *, near: bool = True, **kwargs: Any
) -> Animation:
    """Flip on, from *start* to *end* flips: more bars, thinner ones, closer together."""

    def flip_on(_: object, alpha: float) -> None:
        n = round(start ** (1 - alpha) * end**alpha)
        set_flips(chart, n, near=near)
        count.set_value(n)

    return UpdateFromAlphaFunc(VGroup(chart.dark, chart.bright, count), flip_on, **kwargs)


def mark_near(chart: BarChart, n: int) -> Animation:
    """The bars that are not near p lose their light."""
    return set_flips(chart, n).darken_unlit()


def keep_flipping(strip: CoinStrip, stop: int, **kwargs: Any) -> Animation:
    """Every simulated coin is flipped on to the next stop; its share of heads settles."""
    return UpdateFromAlphaFunc(strip, lambda _, alpha: strip.go(stop, alpha), **kwargs)
