"""The till of the film `cross_entropy`: a receipt of random orders, and what they have cost on average so far."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import DOWN, LEFT, RIGHT, Animation, DashedLine, Dot, Line, Polygon, UpdateFromAlphaFunc, VGroup, VMobject
from numpy.typing import NDArray

from infotheory import running_average
from scenes.messages.cross_entropy_facts import DRINKS, OTHER, OWN
from scenes.messages.cross_entropy_pictures import AREA_BIT, FOOT, LEFT_EDGE, coloured
from scenes.stage.function_curve import FunctionCurve, powers_of_ten
from scenes.stage.live_number import LiveNumber
from scenes.stage.theme import BODY, CODE, GROUND, PANEL, PAPER, PROBABILITY, QUIET, RULE, SMALL, THIN
from scenes.stage.typeset import Words, stand_on

RECEIPT_WIDTH, RECEIPT_LINE = 3.6, 0.5
PRINTED = 5  # orders on the receipt
CHART_LEFT, CHART_WIDTH, CHART_BITS = -1.4, 5.0, 3.2
AFTER = 0.2  # between the chart and what stands at its right
LIVE_BITS, LIVE_SHIFT = 2.22, 1.0  # height of the average so far, and where its number begins


class Receipt(VGroup):
    """A strip of paper: the first orders with their codewords, and totals that follow the till."""

    def __init__(self, orders: NDArray[np.int64]) -> None:
        self.paper = _torn_paper(RECEIPT_WIDTH, (PRINTED + 4.2) * RECEIPT_LINE)
        self.left, self.right = self.paper.get_left()[0] + 0.3, self.paper.get_right()[0] - 0.3
        self.lines = tuple(self._line(order, k) for k, order in enumerate(orders[:PRINTED]))
        rule_y = self._y(PRINTED + 0.35)
        self.more = Words("…", size=SMALL, color=QUIET).move_to(
            (self.left, self._y(PRINTED - 0.15), 0), aligned_edge=LEFT
        )
        self.rule = Line((self.left, rule_y, 0), (self.right, rule_y, 0), color=QUIET, stroke_width=THIN)
        self.names = VGroup(*(self._stand(Words(n, size=SMALL), k) for n, k in (("orders", 1.2), ("bits", 2.2))))
        self.orders, self.bits = (
            LiveNumber(0, ",.0f", size=BODY, color=color, edge=RIGHT).anchor_at(
                np.array([self.right, self._y(PRINTED + k), 0.0])
            )
            for k, color in ((1.2, PAPER), (2.2, CODE))
        )
        self.totals = VGroup(self.rule, self.names, self.orders, self.bits)
        super().__init__(self.paper, *self.lines, self.more, self.totals)

    def _y(self, line: float) -> float:
        """Where a line of print stands, counted from 0."""
        return float(self.paper.get_top()[1]) - (line + 1.1) * RECEIPT_LINE

    def _stand(self, words: Words, line: float) -> Words:
        return stand_on(words.move_to((self.left, 0, 0), aligned_edge=LEFT), self._y(PRINTED + line))

    def _line(self, order: int, k: int) -> VGroup:
        drink = stand_on(Words(DRINKS[order], size=SMALL).move_to((self.left, 0, 0), aligned_edge=LEFT), self._y(k))
        code = Words(OTHER[order], size=SMALL, color=CODE, weight="medium")
        code.move_to((self.right, 0, 0), aligned_edge=RIGHT)
        return VGroup(drink, stand_on(code, self._y(k)))

    def set_totals(self, orders: int, bits: int) -> None:
        """Show how much has been ordered and paid."""
        self.orders.set_value(orders)
        self.bits.set_value(bits)


def _torn_paper(width: float, height: float, teeth: int = 16) -> Polygon:
    """A strip of paper whose lower edge is torn off."""
    step = width / teeth
    edge = [(width / 2 - k * step / 2, -0.12 * (k % 2), 0) for k in range(2 * teeth + 1)]
    corners = [(-width / 2, height, 0), (width / 2, height, 0), *edge]
    return Polygon(*corners, color=RULE, stroke_width=THIN, fill_color=PANEL, fill_opacity=1).center()


class Till(VGroup):
    """The same random orders, paid with both dictionaries: the receipt, and the average so far over their number."""

    def __init__(self, orders: NDArray[np.int64]) -> None:
        prices = [np.array([len(word) for word in code], dtype=float)[orders] for code in (OTHER, OWN)]
        self._paid = np.cumsum(prices[0])
        self.other, self.own = (running_average(price) for price in prices)
        self.receipt = Receipt(orders).move_to((LEFT_EDGE, 0.25, 0), aligned_edge=LEFT)
        self.counts = np.unique(np.geomspace(1, len(orders), 400).round().astype(int))
        self.chart = FunctionCurve(
            lambda log: float(self.other[round(10**log) - 1]),
            x_range=(0.0, float(np.log10(len(orders)))),
            y_range=(0.0, CHART_BITS),
            width=CHART_WIDTH,
            height=CHART_BITS * AREA_BIT,
            samples=np.log10(self.counts).tolist(),
            x_ticks=powers_of_ten(0, float(np.log10(len(orders)))),
            y_ticks={float(k): str(k) for k in range(4)},
        )
        self.chart.shift(np.array([CHART_LEFT, FOOT, 0.0]) - self.chart.at(0, 0))
        self.axis_name = Words("orders", size=SMALL, color=QUIET).next_to(self.chart.x_labels, DOWN, buff=0.12)
        self.own_line = VMobject(stroke_color=PROBABILITY, stroke_width=4)
        self.own_line.set_points_as_corners(self._points(self.own, len(orders)))
        self.live = self._live()
        self.own_dot = Dot(self.own_line.get_end(), radius=0.1, color=PAPER).set_stroke(GROUND, width=3)
        super().__init__(self.receipt, self.chart, self.axis_name)
        self.set_count(PRINTED)

    def _points(self, averages: NDArray[np.float64], count: int) -> list[NDArray[np.float64]]:
        shown = [*self.counts[self.counts < count], count]
        return [self.chart.at(float(np.log10(n)), float(averages[n - 1])) for n in shown]

    def _live(self) -> VGroup:
        """The average so far, below the level that it settles on."""
        place = np.array([self.chart.x_axis.get_end()[0] + AFTER, self.chart.at(0, LIVE_BITS)[1], 0.0])
        name = Words("so far:", size=SMALL, color=QUIET).move_to(place, aligned_edge=LEFT)
        self.number = LiveNumber(0, ".3f", size=BODY, color=CODE)
        return VGroup(stand_on(name, float(place[1])), self.number.anchor_at(place + LIVE_SHIFT * RIGHT))

    def level(self, source: str, bits: float) -> VGroup:
        """A dashed line across the chart at so many bits, and at its right what it stands for."""
        line = DashedLine(self.chart.at(0, bits), self.chart.at(4, bits), color=PAPER, stroke_width=2)
        sign = coloured(source)
        return VGroup(line, sign.next_to(line, RIGHT, buff=AFTER))

    @property
    def average(self) -> float:
        """Bits an order so far, paid with the wrong dictionary."""
        return float(self.other[self.count - 1])

    def print(self, lines: int) -> None:
        """The totals after so many printed orders."""
        self.receipt.set_totals(lines, int(self._paid[:lines][-1:].sum()))

    def set_count(self, count: int) -> None:
        """Show the first *count* orders."""
        self.count = count
        points = self._points(self.other, count)
        self.chart.curve.set_points_as_corners(points)
        self.chart.dot.move_to(points[-1])
        self.receipt.set_totals(count, int(self._paid[count - 1]))
        self.number.set_value(self.average)

    def run(self, count: int, **kwargs: Any) -> Animation:
        """Go on to *count* orders, ever faster."""
        start = self.count

        def show(_: object, alpha: float) -> None:
            self.set_count(round(start ** (1 - alpha) * count**alpha))

        return UpdateFromAlphaFunc(VGroup(self, self.live), show, **kwargs)
