"""Pictures that only the film `uncertainty` draws."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import (
    DOWN,
    DR,
    LEFT,
    ORIGIN,
    RIGHT,
    UP,
    Animation,
    Arrow,
    Line,
    Sector,
    UpdateFromAlphaFunc,
    VGroup,
    VMobject,
    interpolate_color,
)
from manim.typing import Point3D, Vector3D
from numpy.typing import NDArray

from infotheory import binary_entropy, entropy, surprise
from narration.fact import Facts
from scenes.entropy.uncertainty_facts import BENT
from scenes.stage.entropy_meter import EntropyMeter
from scenes.stage.function_curve import FunctionCurve
from scenes.stage.halving_ruler import HalvingRuler
from scenes.stage.live_number import LiveNumber
from scenes.stage.probability_bar import ProbabilityBar
from scenes.stage.theme import BODY, CODE, GROUND, HEADING, PAPER, PROBABILITY, QUIET, RULE, SMALL, THIN, ink_on
from scenes.stage.typeset import Maths, Words, stand_on

OTHER = interpolate_color(GROUND, PROBABILITY, 0.7)  # of two outcomes, the second
FOOT = -1.9  # where both charts stand
COLUMNS_LEFT, CURVE_LEFT = -5.6, 1.2  # their left ends
CHART_WIDTH, CHART_HEIGHT = 4.8, 4.2  # and their size
FORMULA = "H(p) = sum_x p(x) log_2 1 / p(x)"
TALL, FINE = 14, 7  # bits on the scale of the sunrise, and of the coin
LEDGER_RIGHT, NUMBERS_RIGHT = 5.65, -0.75


class SurpriseColumns(VGroup):
    """Two outcomes as columns: as wide as the probability, as high as the surprise, so the area is the entropy.

    Parameters
    ----------
    p
        The probability of the first outcome.
    labels
        What stands below each column.
    unit
        Height of a bit in scene units.
    """

    def __init__(self, p: float, labels: Sequence[VMobject], *, unit: float) -> None:
        # The line keeps a column visible that is thinner than a pixel.
        self.columns = [
            VMobject(fill_color=color, fill_opacity=1, stroke_color=color, stroke_width=THIN)
            for color in (PROBABILITY, OTHER)
        ]
        self.base = Line(ORIGIN, CHART_WIDTH * RIGHT, color=RULE, stroke_width=THIN)
        self.base.shift(np.array([COLUMNS_LEFT, FOOT, 0.0]))
        self.labels: list[VMobject] = list(labels)
        super().__init__(self.base, *self.columns, *self.labels)
        self.set_probability(p, unit)

    def set_probability(self, p: float, unit: float) -> SurpriseColumns:
        """Draw the columns for *p* and 1 - *p*, a bit being *unit* high. Returns itself."""
        self.p, self.unit = p, unit
        corner: Point3D = self.base.get_start()
        for column, label, share in zip(self.columns, self.labels, (p, 1 - p), strict=True):
            right, up = share * CHART_WIDTH * RIGHT, unit * float(surprise(share)) * UP
            column.set_points_as_corners([corner, corner + right, corner + right + up, corner + up, corner])
            label.next_to(corner + right / 2, DOWN, buff=0.2)
            corner = corner + right
        return self

    def relabel(self, *names: str) -> None:
        """Words take the place of what stands below the columns."""
        self.remove(*self.labels)
        self.labels = [Words(name, size=SMALL).move_to(old) for name, old in zip(names, self.labels, strict=True)]
        self.add(*self.labels)


class SurpriseRuler(VGroup):
    """The upright scale beside the columns: *bits* bits, numbered at every *step*, its unit on top."""

    def __init__(self, bits: int, step: int) -> None:
        self.ruler = HalvingRuler(bits, unit=CHART_HEIGHT / bits, step=step)
        self.ruler.shift(np.array([COLUMNS_LEFT - 0.15, FOOT, 0.0]) - self.ruler.point(0))
        super().__init__(self.ruler, Words("bits", size=SMALL, color=CODE).next_to(self.ruler.edge, UP, buff=0.18))


def sun(rises: bool, width: float = 0.62) -> VGroup:
    """Half a disc above the horizon, or none."""
    horizon = Line(width / 2 * LEFT, width / 2 * RIGHT, color=PAPER if rises else QUIET, stroke_width=3)
    if not rises:
        under = Sector(radius=0.3 * width, angle=-np.pi, fill_color=QUIET, fill_opacity=0.45, stroke_width=0)
        return VGroup(horizon, under.next_to(horizon, DOWN, buff=0.03))
    disc = Sector(radius=0.3 * width, angle=np.pi, fill_color=PAPER, fill_opacity=1, stroke_width=0)
    return VGroup(horizon, disc.next_to(horizon, UP, buff=0.03))


class LedgerRow(VGroup):
    """An outcome's probability times its surprise; the two are live, the product is written when it is due."""

    def __init__(self, icon: VMobject, p: float, specs: tuple[str, str], product: str, y: float) -> None:
        places = [np.array([LEDGER_RIGHT - offset, y, 0.0]) for offset in (3.3, 1.65, 0.0)]
        self.icon = icon.move_to((CURVE_LEFT - 0.5, y + 0.1, 0.0))
        self.p = LiveNumber(p, specs[0], color=PROBABILITY, edge=RIGHT).anchor_at(places[0])
        self.s = LiveNumber(surprise(p), specs[1], color=CODE, edge=RIGHT).anchor_at(places[1])
        self.product = Maths(product, color=PROBABILITY).move_to(places[2], aligned_edge=DR)
        self.signs = [
            Maths(sign, color=QUIET).move_to(place + np.array([0.25, 0.1, 0.0]))
            for sign, place in zip(("times", "="), places[:2], strict=True)
        ]
        super().__init__(self.icon, self.p, self.s, self.product, *self.signs)

    @property
    def live(self) -> VGroup:
        """The two live numbers."""
        return VGroup(self.p, self.s)

    def set_probability(self, p: float) -> None:
        """Show *p* and its surprise."""
        self.p.set_value(p)
        self.s.set_value(surprise(p))


class Ledger(VGroup):
    """Sun or none: what each adds to the average surprise, and the sum."""

    def __init__(self, facts: Facts) -> None:
        self.sun = LedgerRow(sun(True), 0.5, (".4f", ".5f"), facts.shown("term_sun", ".5f"), 1.35)
        self.none = LedgerRow(sun(False), 0.5, (".4f", ".2f"), facts.shown("term_none", ".5f"), 0.6)
        heads = [("probability", PROBABILITY, self.sun.p), ("surprise", CODE, self.sun.s)]
        self.heads = VGroup(
            *(Words(text, size=SMALL, color=color).next_to(over, UP, buff=0.35) for text, color, over in heads)
        )
        self.area = Words("area", size=SMALL, color=PROBABILITY).next_to(self.sun.product, UP, buff=0.35)
        self.area.match_y(self.heads[1]).align_to(self.sun.product, RIGHT)
        rule = Line(ORIGIN, 1.5 * RIGHT, color=QUIET, stroke_width=THIN)
        rule.next_to(self.none.product, DOWN, buff=0.22, aligned_edge=RIGHT)
        total = Maths(facts.fill('H = {{ {h_sunrise:.5f} : number }} #h(0.3em) "bits"'))
        total.set_color(PROBABILITY).next_to(rule, DOWN, buff=0.25)
        total.shift((self.none.product.get_right()[0] - total.select("number").get_right()[0]) * RIGHT)
        self.sum = VGroup(rule, total)
        super().__init__(self.sun, self.none, self.heads, self.area, self.sum)

    def set_probability(self, p: float) -> None:
        """Let both rows follow the probability of the sun."""
        self.sun.set_probability(p)
        self.none.set_probability(1 - p)


def entropy_curve(facts: Facts) -> FunctionCurve:
    """The entropy of a coin over the probability of heads."""
    marks = {facts.number(name): facts.shown(name, "frac") for name in ("zero", "half", "bit")}
    ticks = {value: text.replace("/", "\\/") for value, text in marks.items()}
    curve = FunctionCurve(
        binary_entropy,
        width=CHART_WIDTH,
        height=CHART_HEIGHT,
        samples=((1 - np.cos(np.linspace(0, np.pi, 241))) / 2).tolist(),  # finer where it is steep
        x_ticks=ticks,
        y_ticks=ticks,
        color=PROBABILITY,
    )
    curve.x_labels.add(Words("chance of heads", size=SMALL, color=QUIET).next_to(curve.x_labels, DOWN, buff=0.1))
    curve.y_labels.add(Words("bits", size=SMALL, color=QUIET).next_to(curve.y_axis, UP, buff=0.18))
    return curve.shift(np.array([CURVE_LEFT, FOOT, 0.0]) - curve.at(0, 0)).place(BENT)


class Readout(VGroup):
    """A sign, such as H, and its live value."""

    def __init__(self, sign: str, value: float, spec: str, place: Point3D, *, size: float = 1.2 * BODY) -> None:
        self.sign = Maths(sign, size=size, color=PROBABILITY)
        self.number = LiveNumber(value, spec, size=size, color=PROBABILITY)
        # Letters hang below the line, numbers stand on it: the equals sign tells where the line is.
        self.sign.move_to(place, aligned_edge=RIGHT)
        self.number.anchor_at(self.sign.get_right() + 0.12 * RIGHT)
        self.number.shift((self.sign.submobjects[-1].get_y() - self.number.get_y()) * UP)
        super().__init__(self.sign, self.number)


class DrawnCurve(VGroup):
    """The curve as far as its live point has drawn it, from the bent coin on, with bias and entropy in numbers."""

    def __init__(self, curve: FunctionCurve) -> None:
        inside = np.array([CURVE_LEFT + CHART_WIDTH / 2 - 0.35, FOOT + 1.5, 0.0])
        self._curve = curve
        self.line = self.piece(BENT, BENT - 1e-3)
        self.p = Readout("p =", BENT, ".2f", inside)
        self.h = Readout("H =", binary_entropy(BENT), ".3f", inside + 0.65 * DOWN)
        super().__init__(self.line, self.p, self.h)

    def piece(self, start: float, end: float) -> VMobject:
        """The piece of the curve between two probabilities, as a new line."""
        points = [self._curve.point(float(p)) for p in np.linspace(start, end, 160)]
        return VMobject(stroke_color=PROBABILITY, stroke_width=4).set_points_as_corners(points)

    def follow(self, p: float) -> None:
        """The live point has come to *p*."""
        self.line.set_points(self.piece(BENT, p).points)
        self.p.number.set_value(p)
        self.h.number.set_value(binary_entropy(p))


def binary_formula() -> tuple[Maths, Maths]:
    """The two areas of a coin as terms, one below the other, where the columns stood."""
    first = Maths("H(p) = p log_2 1 / p", size=HEADING).move_to((COLUMNS_LEFT, 1.1, 0.0), aligned_edge=LEFT)
    second = Maths("+ thick (1 - p) log_2 1 / (1 - p)", size=HEADING).next_to(first, DOWN, buff=0.5)
    equals = first.submobjects[4].get_left()[0]
    second.shift((equals - second.get_left()[0]) * RIGHT)
    first.set_color(PROBABILITY)
    return first, second.set_color(PROBABILITY)


class Chord(Line):
    """The straight line between two points of a curve; its ends stay on the curve when it moves."""

    def __init__(self, curve: FunctionCurve, p: float, q: float) -> None:
        super().__init__(curve.point(p), curve.point(q), color=PAPER, stroke_width=3)
        self._curve, self.ends = curve, (p, q)

    def slide(self, p: float, q: float, **kwargs: Any) -> Animation:
        """Let both ends run along the curve, to *p* and *q*."""
        start, end = np.array(self.ends), np.array([p, q])

        def follow(_: object, alpha: float) -> None:
            left, right = (1 - alpha) * start + alpha * end
            self.ends = (float(left), float(right))
            self.put_start_and_end_on(*(self._curve.point(x) for x in self.ends))

        return UpdateFromAlphaFunc(self, follow, **kwargs)


class CoinRow(VGroup):
    """A coin as a bar of heads and tails, its chances above it and its entropy beside it."""

    def __init__(self, name: str, heads: float, y: float, *, spec: str, entropy_shown: str) -> None:
        self.bar = ProbabilityBar([heads, 1 - heads], width=3.7, height=0.4, colors=[PROBABILITY, OTHER])
        self.bar.move_to((-6.2, y, 0.0), aligned_edge=LEFT)
        self.label = Words(name, size=SMALL, color=PAPER).next_to(self.bar, UP, buff=0.14, aligned_edge=LEFT)
        self.heads = LiveNumber(heads, spec, size=BODY, color=PROBABILITY)
        self.heads.anchor_at(np.array([self.label.get_right()[0] + 0.15, self.label.baseline, 0.0]))
        self.entropy = Maths(entropy_shown, color=PROBABILITY).move_to((NUMBERS_RIGHT, y, 0.0), aligned_edge=RIGHT)
        super().__init__(self.bar, self.label, self.heads, self.entropy)

    @property
    def coin(self) -> VGroup:
        """All but the entropy."""
        return VGroup(self.bar, self.label, self.heads)

    def set_heads(self, share: float) -> None:
        """Show another chance of heads."""
        self.bar.set_values([share, 1 - share])
        self.heads.set_value(share)


def average_row(entropy_shown: str, y: float) -> VGroup:
    """What is left to learn by somebody who knows which coin it is."""
    words = Words("if you know which, on average", size=SMALL).move_to((-6.2, y, 0.0), aligned_edge=LEFT)
    number = Maths(entropy_shown, color=PROBABILITY).move_to((NUMBERS_RIGHT, y, 0.0), aligned_edge=RIGHT)
    return VGroup(words, number)


class BlindRow(CoinRow):
    """The coin picked blindly, known only by flipping: the share of heads so far, after 10 flips and more."""

    START = 10

    def __init__(self, shares: NDArray[np.float64], y: float, *, entropy_shown: str) -> None:
        super().__init__(
            "picked blindly: heads", float(shares[self.START - 1]), y, spec=".3f", entropy_shown=entropy_shown
        )
        self._shares = shares
        self.flips = LiveNumber(len(shares), ",.0f", color=QUIET, edge=RIGHT)
        self.flips.anchor_at(self.bar.get_right() + np.array([-0.75, -0.6, 0.0]))
        unit = Words("flips", size=SMALL, color=QUIET).next_to(self.flips, RIGHT, buff=0.15)
        self.count = VGroup(self.flips, stand_on(unit, self.flips.baseline))
        self.add(self.count)
        self.set_progress(0.0)

    def set_progress(self, progress: float) -> None:
        """Show the share of heads when *progress* (0 to 1) of the flips is made, counted by ratio."""
        count = round(self.START * (len(self._shares) / self.START) ** progress)
        self.share = float(self._shares[count - 1])
        self.set_heads(self.share)
        self.flips.set_value(count)


class MythRow(VGroup):
    """Outcomes as a bar, and their meter: frame for the room, bar for the entropy."""

    SHADES = (PROBABILITY, OTHER, PROBABILITY)

    def __init__(self, p: Sequence[float], y: float, room: str) -> None:
        self.bar = ProbabilityBar(p, width=5.4, height=0.7, colors=self.SHADES[: len(p)])
        self.bar.move_to((-6.2, y, 0.0), aligned_edge=LEFT)
        self.meter = EntropyMeter(len(p), entropy(p), unit=2.5, thickness=0.7, spec=".3f")
        self.meter.align_zero(np.array([0.2, y - 0.35, 0.0]))
        self.room = Words(room, size=SMALL, color=QUIET)
        self.room.next_to(self.meter.bar.frame, DOWN, buff=0.16, aligned_edge=LEFT)
        super().__init__(self.bar, self.meter, self.room)

    def heads(self) -> VGroup:
        """The names of both columns, on one line above them."""
        names = VGroup()
        for name, picture in (("chances", self.bar), ("entropy", self.meter.bar.frame)):
            word = Words(name, size=SMALL, color=QUIET).next_to(picture, UP, aligned_edge=LEFT)
            names.add(stand_on(word, float(picture.get_top()[1]) + 0.2))
        return names

    def chances(self, shown: Sequence[str]) -> VGroup:
        """The numbers of the chances: inside a segment, or below it where it is too narrow."""
        labels = [Maths(text, size=SMALL, color=ink_on(shade)) for text, shade in zip(shown, self.SHADES, strict=False)]
        for label, segment in zip(labels, self.bar.segments, strict=True):
            label.move_to(segment)
        narrow = [
            label for label, segment in zip(labels, self.bar.segments, strict=True) if label.width > segment.width
        ]
        VGroup(*narrow).set_color(PROBABILITY).arrange(RIGHT, buff=0.3)
        VGroup(*narrow).next_to(self.bar, DOWN, buff=0.16, aligned_edge=LEFT)
        return VGroup(*labels)

    def set_distribution(self, p: Sequence[float]) -> None:
        """Show other chances, and their entropy."""
        self.bar.set_values(p)
        self.meter.set_entropy(entropy(p))


class Scale(VGroup):
    """A ruler in some unit, and one bit laid along it."""

    def __init__(self, units: int, per_bit: float, name: str, one_bit: str, y: float) -> None:
        bit = 2.9  # length of a bit in scene units, on every scale
        self.ruler = HalvingRuler(units, unit=bit / per_bit, direction=RIGHT)
        self.ruler.numbers.set_color(QUIET)
        self.ruler.shift(np.array([-4.5, y, 0.0]) - self.ruler.point(0))
        self.amount = self.ruler.span(0, per_bit, thickness=0.42).set_fill(PROBABILITY)
        self.label = Words(name).next_to(self.ruler.point(0), LEFT, buff=0.3).shift(0.1 * UP)
        self.value = Maths(one_bit, size=1.1 * BODY, color=PROBABILITY).next_to(self.amount, RIGHT, buff=0.2)
        super().__init__(self.ruler, self.amount, self.label, self.value)


def source(formula: Maths, name: str, side: Vector3D) -> VGroup:
    """Where a formula comes from: a word beside it, and an arrow to it, level with its middle."""
    word = Words(name).next_to(formula, side, buff=1.1)
    start, end = word.get_edge_center(-side), formula.get_edge_center(side)
    start[1] = end[1]
    arrow = Arrow(start, end, buff=0.2, color=QUIET, stroke_width=3, max_tip_length_to_length_ratio=0.25)
    return VGroup(word, arrow)
