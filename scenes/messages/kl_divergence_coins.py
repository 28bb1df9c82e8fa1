"""The coins of the film `kl_divergence`: the fair price as a curve, a code's bill as its tangent, waste as the gap."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import LEFT, RIGHT, UP, Animation, Dot, Triangle, UpdateFromAlphaFunc, VGroup, VMobject
from manim.typing import Point3D
from manim.utils.color import ManimColor

from infotheory import binary_entropy
from scenes.messages.kl_divergence_facts import coin_bill
from scenes.stage.function_curve import FunctionCurve
from scenes.stage.theme import BODY, GROUND, MODEL, PROBABILITY, QUIET, SMALL, WASTE
from scenes.stage.typeset import Maths, Words, stand_on

BIT = 2.0  # height of a bit in scene units: of the chart and of the bars beside it
TALLEST = 2.1  # bits on the chart's upright axis
CHART_LEFT, CHART_WIDTH = -0.1, 6.1
FOOT = -1.42  # where chart and bars stand
P_ROW, Q_ROW, NAME_ROW = -0.52, -0.88, -1.22  # below the foot
X_HEIGHT = 0.16  # of the letters p and q above their line
BEYOND = 3.2  # bits that lie above the frame
GAP_WIDTH, BAR_WIDTH = 0.16, 0.9


class CoinPrices(VGroup):
    """What a flip costs over the chance of heads: the fair price, and the bill of a code that was made for one coin.

    The bill is a weighted mean of two codeword lengths, hence a straight line; it is the fair price where the code
    is right, so it touches the curve there. The red gap at the true coin is the Kullback-Leibler divergence.

    Parameters
    ----------
    p, q
        The chance of heads, as it is and as the code believes.
    ends
        How 0 and 1 are written below the axis.
    """

    def __init__(self, p: float, q: float, *, ends: tuple[str, str]) -> None:
        self.fair = FunctionCurve(
            binary_entropy,
            y_range=(0.0, TALLEST),
            width=CHART_WIDTH,
            height=TALLEST * BIT,
            samples=((1 - np.cos(np.linspace(0, np.pi, 241))) / 2).tolist(),  # finer where it is steep
            x_ticks=dict(zip((0.0, 1.0), ends, strict=True)),
            y_ticks=dict(zip((0.0, 1.0), ends, strict=True)),
            color=PROBABILITY,
        )
        self.fair.shift(np.array([CHART_LEFT, FOOT, 0.0]) - self.fair.at(0, 0))
        self.truth = self.fair.dot.set_color(PROBABILITY)
        middle = self.fair.at(0.5, 0)
        self.axis_names = VGroup(
            Words("chance of heads", size=SMALL, color=QUIET).move_to(middle + NAME_ROW * UP),
            Words("bits", size=SMALL, color=QUIET).next_to(self.fair.y_axis.get_end(), LEFT, buff=0.15),
        )
        self.fair_name = Words("fair price", size=SMALL, color=PROBABILITY).move_to(self.at(0.71, 0.45))
        self.bill_name = Words("bill", size=SMALL, color=MODEL)  # no part of the chart: not every line has room for it
        self.bill = VMobject(stroke_color=MODEL, stroke_width=4)
        self.touch = Dot(radius=0.1, color=MODEL).set_stroke(GROUND, width=3).set_z_index(1)
        self.gap = VMobject(fill_color=WASTE, fill_opacity=1, stroke_width=0)
        self.p_mark, self.q_mark = _mark("truth", "p", PROBABILITY, P_ROW), _mark("belief", "q", MODEL, Q_ROW)
        marks = (self.touch, self.truth, self.p_mark, self.q_mark)
        super().__init__(self.fair, self.axis_names, self.fair_name, self.bill, self.gap, *marks)
        self.set_coins(p, q)

    @property
    def axes(self) -> VGroup:
        """The axes with their names."""
        return VGroup(self.fair.axes, self.axis_names)

    def at(self, heads: float, bits: float) -> Point3D:
        """Where a coin with this chance of heads costs so many bits."""
        return self.fair.at(heads, bits)

    def set_coins(self, p: float, q: float, *, ceiling: float = TALLEST) -> CoinPrices:
        """Let the coin land heads with chance *p*, and its code be made for *q*. Returns itself.

        The bill is drawn up to a height of *ceiling* bits; q may be 0, which makes the line upright.
        """
        self.p, self.q, self.ceiling = p, q, ceiling
        ends = [self.at(*point) for point in bill_line(q, ceiling)]
        self.bill.set_points_as_corners(ends)
        self._name_bill(*ends)
        self.fair.place(p)
        self.touch.move_to(self.fair.point(q))
        low, high = self.fair.point(p), self.at(p, min(coin_bill(p, q), BEYOND))
        self.gap.set_points_as_corners(_corners(low, GAP_WIDTH, float(high[1] - low[1])))
        for (pointer, words), heads in ((self.p_mark, p), (self.q_mark, q)):
            pointer.set_x(self.at(heads, 0)[0])
            words.set_x(min(pointer.get_x(), self.fair.x_labels[-1].get_left()[0] - 0.15 - words.width / 2))
        return self

    def _name_bill(self, left: Point3D, right: Point3D) -> None:
        """Put the name above the line, near its upper end."""
        share = 0.5 + 0.43 * float(np.clip((0.5 - self.q) / 0.4, -1, 1))
        along = (right - left) / np.linalg.norm(right - left)
        self.bill_name.move_to(left + share * (right - left) + 0.3 * np.array([-along[1], along[0], 0.0]))

    def slide(self, p: float, q: float, **kwargs: Any) -> Animation:
        """Let truth and belief run evenly to new chances; line and gap follow."""
        start, end = np.array([self.p, self.q]), np.array([p, q])

        def follow(_: object, alpha: float) -> None:
            now = (1 - alpha) * start + alpha * end
            self.set_coins(float(now[0]), float(now[1]), ceiling=self.ceiling)

        return UpdateFromAlphaFunc(VGroup(self, self.bill_name), follow, **kwargs)


def bill_line(q: float, ceiling: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """The ends (chance of heads, bits) of the bill of a code for *q*, as far as it stays below *ceiling* bits."""
    if q in (0, 1):
        return (q, 0.0), (q, ceiling)
    tails, heads = coin_bill(0, q), coin_bill(1, q)
    slope = heads - tails
    reach = np.clip((ceiling - tails) / slope, 0, 1) if max(tails, heads) > ceiling else None
    left = reach if reach is not None and tails > ceiling else 0.0
    right = reach if reach is not None and heads > ceiling else 1.0
    return (float(left), float(tails + left * slope)), (float(right), float(tails + right * slope))


def _mark(name: str, letter: str, color: ManimColor, row: float) -> VGroup:
    """A pointer at the axis from below, and in its row what it points at."""
    pointer = Triangle(fill_color=color, fill_opacity=1, stroke_width=0).scale_to_fit_width(0.18)
    pointer.move_to((0, FOOT - 0.03, 0), aligned_edge=UP)
    words = stand_on(Words(name, size=SMALL, color=color), FOOT + row)
    sign = Maths(letter, color=color).next_to(words, RIGHT, buff=0.12)
    sign.shift((words.baseline + X_HEIGHT - sign.get_top()[1]) * UP)
    return VGroup(pointer, VGroup(words, sign).set_x(0))


def _corners(foot: Point3D, width: float, height: float) -> list[Point3D]:
    """Corners of an upright bar, in the order of a Rectangle's."""
    half, up = width / 2 * RIGHT, height * UP
    return [foot + half + up, foot - half + up, foot - half, foot + half, foot + half + up]


class WasteBar(VGroup):
    """Wastes stacked on the chart's foot, to the chart's scale: the number of each beside it, what they are below.

    Parameters
    ----------
    bits
        The parts from below.
    shown
        The parts' numbers, as displayed; a single one stands on top.
    names
        A line for each part, see :func:`divergence_name`.
    x
        Where the bar stands.
    total
        The displayed sum of several parts, to stand on top.
    """

    def __init__(self, bits: list[float], shown: list[str], names: list[Maths], x: float, total: str = "") -> None:
        self.parts = VGroup()
        foot = np.array([x, FOOT, 0.0])
        for amount in bits:
            part = VMobject(fill_color=WASTE, fill_opacity=1, stroke_color=GROUND, stroke_width=2)
            self.parts.add(part.set_points_as_corners(_corners(foot, BAR_WIDTH, amount * BIT)))
            foot = foot + amount * BIT * UP
        self.numbers = VGroup()
        if total:
            for part, text in zip(self.parts, shown, strict=True):
                self.numbers.add(Maths(text, size=SMALL, color=WASTE).next_to(part, RIGHT, buff=0.15))
        self.total = Maths(total or shown[0], size=BODY, color=WASTE).next_to(foot, UP, buff=0.15)
        self.names = VGroup(*names)
        for row, name in zip((P_ROW, Q_ROW), self.names, strict=False):
            name.move_to((x, FOOT + row + 0.08, 0))
        super().__init__(self.parts, self.numbers, self.total, self.names)


def divergence_name(p: str, q: str, before: str = "") -> Maths:
    """D(p || q) with the two numbers as they are displayed, each in its colour."""
    label = Maths(f"{before} D({{{{ {p} : p }}}} parallel {{{{ {q} : q }}}})", size=BODY)
    label.select("p").set_color(PROBABILITY)
    label.select("q").set_color(MODEL)
    return label
