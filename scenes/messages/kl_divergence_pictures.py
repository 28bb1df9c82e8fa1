"""Pictures of the film `kl_divergence`: sums of what is paid, the logarithm and its tangent, and one hump for two."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, Animation, Line, Transform, UpdateFromAlphaFunc, VGroup, VMobject
from manim.typing import Point3D
from manim.utils.color import ManimColor
from numpy.typing import NDArray

from infotheory import Gaussian
from narration.fact import Facts
from scenes.messages.kl_divergence_facts import HUMPS, LETTERS, RATIOS, TRUTH
from scenes.stage.function_curve import FunctionCurve
from scenes.stage.live_number import LiveNumber
from scenes.stage.theme import (
    CODE,
    GROUND,
    HEADING,
    MODEL,
    PAPER,
    PROBABILITY,
    QUIET,
    RULE,
    SMALL,
    THIN,
    WASTE,
)
from scenes.stage.typeset import Maths, Words, stand_on

PANEL_LEFT, PANEL_RIGHT = -6.2, -2.0
LEDGER_TOP, LEDGER_STEP = 0.95, 0.62

# ---- what is paid --------------------------------------------------------------------------------


class PriceRow(VGroup):
    """A name at the left of the panel and a number at its right, on one line."""

    def __init__(self, name: str, number: str | LiveNumber, color: ManimColor, y: float) -> None:
        self.label = stand_on(Words(name, color=color).move_to((PANEL_LEFT, y, 0), aligned_edge=LEFT), y)
        place = np.array([PANEL_RIGHT, y, 0.0])
        if isinstance(number, str):
            self.number: Maths | LiveNumber = Maths(number, color=color).move_to(place, aligned_edge=DOWN + RIGHT)
        else:
            self.number = number.anchor_at(place)
        super().__init__(self.label, self.number)

    @property
    def amount(self) -> VGroup:
        """All but the name."""
        return VGroup(*(part for part in self.submobjects if part is not self.label))


class PriceLedger(VGroup):
    """The bill, less the fair price, is the waste.

    *names* are the facts of the three, *spec* the format of all.
    """

    def __init__(self, facts: Facts, names: tuple[str, str, str], spec: str) -> None:
        rows = zip(("bill", "fair price", "waste"), names, (MODEL, PROBABILITY, WASTE), strict=True)
        self.bill, self.fair, self.waste = (
            PriceRow(words, facts.shown(name, spec), color, LEDGER_TOP - (k + (k == 2) * 0.25) * LEDGER_STEP)
            for k, (words, name, color) in enumerate(rows)
        )
        minus = Maths("-", color=PROBABILITY).next_to(self.fair.number, LEFT, buff=0.15)
        self.fair.add(minus)
        rule = Line(PANEL_LEFT * RIGHT, PANEL_RIGHT * RIGHT, color=QUIET, stroke_width=THIN)
        self.waste.add(rule.set_y(self.fair.label.baseline - 0.25))
        super().__init__(self.bill, self.fair, self.waste)

    @property
    def names(self) -> list[Words]:
        """What stands at the left of each row."""
        return [row.label for row in (self.bill, self.fair, self.waste)]


def two_sources(facts: Facts) -> tuple[Maths, Maths]:
    """The probabilities of the letters, as they are and as the dictionary believes."""
    rows = []
    for sign, color, y in (("p", PROBABILITY, 2.35), ("q", MODEL, 1.75)):
        values = ", ".join(f"{{{sign}_{letter}:frac}}" for letter in LETTERS)
        shown = facts.fill(values).replace("/", "\\/")
        rows.append(Maths(f"{sign} = ({shown})", color=color).move_to((PANEL_LEFT, y, 0), aligned_edge=LEFT))
    return rows[0], rows[1]


# ---- the logarithm and its tangent ---------------------------------------------------------------

UNIT = 0.8  # height of one, on both charts of the proof
ZERO = -0.4  # where both have their zero line
LOG_LEFT, LOG_WIDTH, LOG_END = -5.9, 5.7, 4.4
SCALE_LEFT, SCALE_WIDTH = 1.3, 4.7
STEM = 0.04  # width of a height above x


class LogAndTangent(VGroup):
    """The natural logarithm below its tangent at one, and for every letter the height of both above q/p."""

    def __init__(self, ticks: dict[float, str]) -> None:
        top = LOG_END - 1
        self.log = FunctionCurve(
            lambda x: float(np.log(x)),
            x_range=(0.0, LOG_END),
            y_range=(0.0, top),
            width=LOG_WIDTH,
            height=top * UNIT,
            domain=(0.12, LOG_END),
            x_ticks=ticks,
            color=CODE,
        )
        self.log.shift(np.array([LOG_LEFT, ZERO, 0.0]) - self.log.at(0, 0))
        self.tangent = Line(self.log.at(0, -1), self.log.at(LOG_END, top), color=PAPER, stroke_width=3)
        self.log_name = Maths("ln x", color=CODE).move_to(self.log.at(0.8, -1.4))
        self.tangent_name = Maths("x - 1").next_to(self.log.at(2.9, 1.9), UP + LEFT, buff=0.1)
        self.x_name = Maths("x", color=QUIET).next_to(self.log.x_axis, RIGHT, buff=0.15)
        self.ratio = Maths("x = q / p").move_to(self.log.at(3.2, -1.3))
        self.equal = Maths("q = p").next_to(self.log.at(0.95, 0.3), UP, buff=0.18)
        xs = [float(x) for x in RATIOS]
        self.stems = VGroup(*(self._stem(x, x - 1) for x in xs))
        letters = [Words(name, size=SMALL) for name in LETTERS]
        for x, letter in zip(xs, letters, strict=True):
            stand_on(letter.move_to(self.log.at(x, 0) + 0.16 * (LEFT if x > 1 else ORIGIN)), ZERO + 0.14)
        self.letters = VGroup(*letters)
        super().__init__(self.log, self.tangent)

    def _stem(self, x: float, height: float) -> VMobject:
        """A height above or below the axis, drawn as a column is, so that one can become the other."""
        stem = VMobject(fill_color=PAPER, fill_opacity=1, stroke_width=0)
        return _stand(stem, self.log.at(x, 0) + STEM / 2 * LEFT, STEM, height * UNIT)

    def lower(self) -> list[Animation]:
        """The heights shrink from the tangent to the logarithm."""
        return [
            Transform(stem, self._stem(float(x), float(np.log(float(x)))))
            for x, stem in zip(RATIOS, self.stems, strict=True)
        ]


class Scales(VGroup):
    """Columns on both sides of a line, each as wide as its letter is likely: above and below, areas weigh."""

    def __init__(self) -> None:
        corner = np.array([SCALE_LEFT, ZERO, 0.0])
        self.line = Line(corner, corner + SCALE_WIDTH * RIGHT, color=RULE, stroke_width=THIN)
        self.columns = VGroup(*(VMobject(fill_opacity=1, stroke_color=GROUND, stroke_width=THIN) for _ in TRUTH))
        self.names = [Words(name, size=SMALL) for name in LETTERS]
        super().__init__(self.line, self.columns, *self.names)
        self.set_heights([float(x - 1) for x in RATIOS])

    def set_heights(self, heights: Sequence[float] | NDArray[np.float64]) -> Scales:
        """Give the columns these heights; those below the line are red. Returns itself."""
        self.heights = np.asarray(heights, dtype=float)
        corner = self.line.get_start()
        for column, name, p, height in zip(self.columns, self.names, TRUTH, self.heights, strict=True):
            width = float(p) * SCALE_WIDTH
            _stand(column, corner, width, height * UNIT)
            column.set_fill(WASTE if height < 0 else QUIET)
            name.move_to(corner + width / 2 * RIGHT)
            stand_on(name, ZERO + (0.14 if height < 0 else -0.34))
            corner = corner + width * RIGHT
        return self

    def sink(self, heights: Sequence[float], **kwargs: Any) -> Animation:
        """Let the columns run evenly to other heights."""
        start, end = self.heights, np.asarray(heights, dtype=float)
        return UpdateFromAlphaFunc(self, lambda _, a: self.set_heights((1 - a) * start + a * end), **kwargs)


def _stand(column: VMobject, corner: Point3D, width: float, height: float) -> VMobject:
    """Make *column* the rectangle on or under this corner. Returns it."""
    right, up = width * RIGHT, height * UP
    column.set_points_as_corners([corner, corner + right, corner + right + up, corner + up, corner])
    return column


# ---- one hump for two ----------------------------------------------------------------------------

X_END = 5.2  # both axes run from minus this to this
APART = 3.2  # of each chart from the middle of the frame
HUMP_WIDTH, HUMP_HEIGHT, HUMP_FOOT = 5.8, 3.0, -1.25
NAME_ABOVE, SAID_ABOVE = 0.25, 0.6  # letters above their humps, words above the chart
DENSEST = 0.7  # the density at the top of a chart


class HumpChart(VGroup):
    """Two humps, one Gaussian in their place, and how many bits are wasted.

    Parameters
    ----------
    sign, says
        Typst math of the waste, and in words what is true.
    waste
        Bits wasted by a Gaussian.
    start
        The first Gaussian.
    """

    def __init__(self, sign: str, says: str, waste: Callable[[Gaussian], float], start: Gaussian) -> None:
        self._waste, self._grid = waste, np.linspace(-X_END, X_END, 241)
        half, foot = HUMP_WIDTH / 2 * RIGHT, HUMP_FOOT * UP
        self.axis = Line(foot - half, foot + half, color=RULE, stroke_width=THIN)
        self.humps = VMobject(fill_color=PROBABILITY, fill_opacity=0.35, stroke_color=PROBABILITY, stroke_width=3)
        self.humps.set_points_as_corners(self._outline(HUMPS.density(self._grid)))
        self.hump = VMobject(stroke_color=MODEL, stroke_width=5)
        self.p_name, self.q_name = Maths("p", color=PROBABILITY), Maths("q", color=MODEL)
        self.sign = Maths(f"{sign} =", size=HEADING, color=WASTE)
        self.number = LiveNumber(0.0, ".3f", size=HEADING, color=WASTE)
        self.unit = Words("bits", color=WASTE)
        self.says = Words(says)
        self.waste = VGroup(self.sign, self.number, self.unit)
        super().__init__(self.axis, self.humps, self.hump, self.p_name, self.q_name, self.waste, self.says)
        self._set_words()
        self.set_hump(start)

    @property
    def _middle(self) -> Point3D:
        middle: Point3D = self.axis.get_center()
        return middle

    def _set_words(self) -> None:
        """What is wasted, below the axis; what is true, above the humps."""
        self.sign.move_to(self._middle + np.array([0.05, -0.65, 0.0]), aligned_edge=RIGHT)
        equals = self.sign.submobjects[-1]
        foot = float(equals.get_y()) - 0.12
        self.number.anchor_at(np.array([equals.get_right()[0] + 0.2, foot, 0.0]))
        stand_on(self.unit.next_to(self.number, RIGHT, buff=0.2), foot)
        self.says.move_to(self._middle + (HUMP_HEIGHT + SAID_ABOVE) * UP)
        first = HUMPS.humps[0].mean
        self.p_name.move_to(self._at(first, float(HUMPS.density(first))) + NAME_ABOVE * UP)

    def _at(self, x: float, density: float) -> Point3D:
        point: Point3D = self._middle + np.array([x / X_END * HUMP_WIDTH / 2, density / DENSEST * HUMP_HEIGHT, 0.0])
        return point

    def _outline(self, densities: NDArray[np.float64]) -> NDArray[np.float64]:
        points = [self._at(x, density) for x, density in zip(self._grid, densities, strict=True)]
        return np.array(points, dtype=np.float64)

    def set_hump(self, q: Gaussian) -> HumpChart:
        """Draw this Gaussian and count the waste. Returns itself."""
        self.hump.set_points_as_corners(self._outline(q.density(self._grid)))
        self.q_name.move_to(self._at(q.mean, float(q.density(q.mean))) + NAME_ABOVE * UP)
        self.number.set_value(self._waste(q))
        return self

    def descend(self, steps: Sequence[Gaussian], **kwargs: Any) -> Animation:
        """Let the Gaussian take these steps, evenly along the way."""
        return UpdateFromAlphaFunc(self, lambda _, alpha: self.set_hump(along(steps, alpha)), **kwargs)


def along(steps: Sequence[Gaussian], share: float) -> Gaussian:
    """The Gaussian that lies *share* (0 to 1) of the way along the steps, in mean and log deviation."""
    points = np.array([(q.mean, np.log(q.deviation)) for q in steps])
    lengths = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    mean, log_deviation = (np.interp(share * lengths[-1], lengths, column) for column in points.T)
    return Gaussian(float(mean), float(np.exp(log_deviation)))


class CodewordRows(VGroup):
    """How likely heads is believed to be, how long its codeword is then, and what is wasted: live."""

    def __init__(self, q: float, waste: Callable[[float], float]) -> None:
        self._waste = waste
        self._rows = [
            PriceRow(name, LiveNumber(0.0, spec, color=color, edge=RIGHT), color, LEDGER_TOP - k * LEDGER_STEP)
            for k, (name, spec, color) in enumerate(
                (("belief q", ".4f", MODEL), ("codeword of heads", ".2f", CODE), ("waste", ".2f", WASTE))
            )
        ]
        super().__init__(*self._rows)
        self.set_codeword(-np.log2(q))

    def set_codeword(self, bits: float) -> float:
        """Let the codeword of heads be so long; returns the chance of heads that it is right for."""
        q = float(2.0**-bits)
        for row, value in zip(self._rows, (q, bits, self._waste(q)), strict=True):
            assert isinstance(row.number, LiveNumber)
            row.number.set_value(value)
        return q
