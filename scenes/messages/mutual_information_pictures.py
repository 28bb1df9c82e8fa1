"""Pictures and places of the film `mutual_information`."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Arrow,
    Circle,
    DashedLine,
    ManimColor,
    UpdateFromAlphaFunc,
    VGroup,
)
from manim.typing import Point3D

from narration.fact import Facts
from scenes.messages.mutual_information_facts import (
    NO_COLOUR,
    POCKETS,
    Dealt,
    coins_and_match,
    pocket_colour,
)
from scenes.stage.card_deck import BESIDE_DECK
from scenes.stage.function_curve import FunctionCurve, powers_of_ten
from scenes.stage.live_number import LiveNumber
from scenes.stage.playing_card import FACES
from scenes.stage.probability_bar import ProbabilityBar, dimmed
from scenes.stage.roulette_wheel import RouletteWheel
from scenes.stage.shared_entropy import SharedEntropy
from scenes.stage.theme import (
    BODY,
    BOTH,
    CARD_EDGE,
    HEADING,
    PAPER,
    PROBABILITY,
    QUIET,
    SECOND,
    SHARED,
    SMALL,
    WASTE,
)
from scenes.stage.typeset import Maths, Words

BIT, THICKNESS = 2.8, 0.92  # of the bars; a bit of every circle has their product as its area
LEFT_END = np.array([-6.0, 1.05, 0.0])  # where the two bars begin
BOTH_ROW = 2.15 * DOWN  # from the two bars to the bar of the pair
FORMULA_PLACE = np.array([0.0, -2.35, 0.0])
CARD_PLACE = np.array([sum(BESIDE_DECK) / 2, 0.85, 0.0])
CIRCLES_SHIFT = 3.75  # how far the circles move there from the middle
CIRCLES_PLACE = np.array([3.75, 0.05, 0.0])
WHEELS_PLACE = np.array([0.0, 0.05, 0.0])
ONE_WHEEL_PLACE = np.array([-2.9, 0.05, 0.0])
POCKETS_PLACE = np.array([3.1, 0.05, 0.0])
LEDGER_LEFT, LEDGER_TOP = -5.9, 2.15  # table of the coins
TRIO_PLACE = np.array([2.9, -0.1, 0.0])
NAME_BELOW = 0.8 * RIGHT + 0.6 * DOWN  # from the lowest circle to its name
TRIO_RADIUS = 1.45  # of circles that are no longer to scale
LAW = 1.1 * BODY  # size of a formula that fills the line with its numbers
EITHER_WAY = "{{I(C; N) : shared}} = {{H(N) - H(N|C) : right}} = {{H(C) - H(C|N) : left}}"
MUTUAL = "{{I(C; N) : shared}} = {{H(C) : left}} + {{H(N) : right}} - H(C, N)"


def entropies(facts: Facts, *names: str) -> SharedEntropy:
    """The picture of two entropies and what they share; the facts' names in this order."""
    left, right, shared = (facts.number(name) for name in names)
    return SharedEntropy(left, right, shared, bit=BIT, thickness=THICKNESS)


class Named(VGroup):
    """A name in words, its sign in mathematics, and perhaps its value: ``colour  H(C) = 1.0000``, on one line."""

    def __init__(self, name: str, formula: str, color: ManimColor) -> None:
        self.word = Words(name, color=color)
        self.formula = Maths(formula, color=color).next_to(self.word, RIGHT, buff=0.25)
        # Its first sign, a capital or a digit, stands on the line of the word.
        foot = float(self.formula.family_members_with_points()[0].get_bottom()[1])
        self.formula.shift((self.word.baseline - foot) * UP)
        super().__init__(self.word, self.formula)


def asked() -> VGroup:
    """The two questions, one a line: from what is seen to what is not."""
    lines = []
    for known, unknown, colors in (
        ("colour", "number", (PROBABILITY, SECOND)),
        ("number", "colour", (SECOND, PROBABILITY)),
    ):
        start, end = Words(known, color=colors[0]), Words(f"{unknown}?", color=colors[1])
        arrow = Arrow(0.5 * LEFT, 0.5 * RIGHT, buff=0, color=QUIET, stroke_width=3, max_tip_length_to_length_ratio=0.25)
        lines.append(VGroup(start, arrow, end).arrange(RIGHT, buff=0.3))
    return VGroup(*lines).arrange(DOWN, buff=0.45, aligned_edge=LEFT).move_to((CARD_PLACE[0], -1.6, 0))


def both_bar(facts: Facts) -> ProbabilityBar:
    """As long as both bars end to end; filled as far as the pair costs, the rest being wasted."""
    total = facts.number("h_sum")
    values = [facts.number("h_both") / total, facts.number("shared") / total]
    bar = ProbabilityBar(values, width=BIT * total, height=THICKNESS, colors=[BOTH, WASTE])
    return bar.move_to(LEFT_END + BOTH_ROW, aligned_edge=LEFT)


def remainder(picture: SharedEntropy, y: float, *, of_left: bool) -> VGroup:
    """One of the two bars again, at height *y*: what is left of it in its own colour, and the shared part hollow."""
    left, right, shared = picture.entropies
    own = (0.0, left - shared) if of_left else (left, left + right - shared)
    rest = picture.piece(*own, PROBABILITY if of_left else SECOND)
    gone = picture.piece(left - shared, left, SHARED).set_fill(opacity=0).set_stroke(SHARED, 2)
    return VGroup(rest, gone).set_y(y)


# ---- circles -------------------------------------------------------------------------------------


class DealtChart(VGroup):
    """How much colour and number seem to share after so many cards: a curve, its last value, and the truth."""

    def __init__(self, dealt: Dealt, truth: str, value: float) -> None:
        self.dealt = dealt
        logs = np.log10(dealt.counts)
        self.chart = FunctionCurve(
            lambda log: float(np.interp(log, logs, dealt.shared)),
            x_range=(float(logs[0]), float(logs[-1])),
            width=5.2,
            height=3.3,
            samples=logs.tolist(),
            x_ticks=powers_of_ten(float(logs[0]), float(logs[-1])),
            y_ticks={bits: str(bits) for bits in (0, 1)},
            color=SHARED,
        )
        self.chart.shift(np.array([-5.8, -1.75, 0.0]) - self.chart.x_axis.get_start())
        start, end = (self.chart.at(float(log), value) for log in (logs[0], logs[-1]))
        self.truth = DashedLine(start, end, color=PAPER, stroke_width=2)
        self.truth_says = Maths(truth, size=SMALL).next_to(self.truth.get_end(), UP, buff=0.15).shift(0.35 * LEFT)
        self.axis_name = Words("cards dealt", size=SMALL, color=QUIET).next_to(self.chart.x_labels, DOWN, buff=0.14)
        self.bits = Words("bits", size=SMALL, color=QUIET).next_to(self.chart.y_axis, UP, buff=0.14)
        super().__init__(self.chart, self.truth, self.truth_says, self.axis_name, self.bits)
        self.draw_to(0.0)

    def draw_to(self, progress: float) -> int:
        """Draw the curve so far along; the number of the last estimate is returned."""
        last = round(progress * (len(self.dealt.counts) - 1))
        logs = np.log10(self.dealt.counts[: last + 1])
        points = np.array([self.chart.point(float(log)) for log in (logs if last else np.repeat(logs, 2))])
        self.chart.curve.set_points_as_corners(points)
        self.chart.dot.move_to(points[-1])
        return last

    def deal(self, picture: SharedEntropy, number: LiveNumber, **kwargs: Any) -> Animation:
        """Cards are dealt, by equal factors in equal times; circles and number follow what their counts suggest."""

        def follow(_: object, alpha: float) -> None:
            last = self.draw_to(alpha)
            dealt = self.dealt
            picture.set_entropies(*(float(bits[last]) for bits in (dealt.colour, dealt.number, dealt.shared)))
            number.set_value(float(dealt.shared[last]))

        return UpdateFromAlphaFunc(VGroup(self.chart, picture, number), follow, **kwargs)

    def first(self) -> tuple[float, float, float]:
        """What the fewest cards suggest: entropies of colour and number, and what they share."""
        return float(self.dealt.colour[0]), float(self.dealt.number[0]), float(self.dealt.shared[0])


def pockets_wheel(radius: float) -> RouletteWheel:
    """A roulette wheel in the colours of its pockets; zero is grey."""
    colors = [QUIET if pocket_colour(k) == NO_COLOUR else FACES[pocket_colour(k)] for k in range(POCKETS)]
    wheel = RouletteWheel(radius=radius, hub=radius / 2, colors=colors)
    for sector in wheel.sectors:
        sector.set_stroke(CARD_EDGE, width=1)
    return wheel


# ---- three ---------------------------------------------------------------------------------------


COINS = (("X", "first", PROBABILITY), ("Y", "second", SECOND), ("Z", "match?", PAPER))


class CoinTable(VGroup):
    """The four equally likely throws, a row each: two coins, and whether they match. Filled is heads, or yes."""

    def __init__(self) -> None:
        joint = coins_and_match()
        self.throws = [index for index in np.ndindex(joint.shape) if joint[index] > 0]
        self.columns = [self._column(k, *coin) for k, coin in enumerate(COINS)]
        super().__init__(*self.columns)
        self.arrange(RIGHT, buff=0.6, aligned_edge=UP).move_to((LEDGER_LEFT, LEDGER_TOP, 0), aligned_edge=UP + LEFT)

    def _column(self, k: int, sign: str, name: str, color: ManimColor) -> VGroup:
        discs = VGroup(*(_disc(bool(throw[k]), color) for throw in self.throws)).arrange(DOWN, buff=0.28)
        title = VGroup(Maths(sign, size=HEADING, color=color), Words(name, size=SMALL, color=color))
        return VGroup(title.arrange(DOWN, buff=0.18), discs.next_to(title, DOWN, buff=0.35))

    def keep(self, match: bool) -> CoinTable:
        """Dim the throws in which the coins do not match (or those in which they do). Returns itself."""
        for throw, *discs in zip(self.throws, *(column[1] for column in self.columns), strict=True):
            for disc, (_, _, color) in zip(discs, COINS, strict=True):
                shade = color if bool(throw[-1]) is match else dimmed(color)
                disc.set_color(shade)
        return self


def _disc(filled: bool, color: ManimColor) -> Circle:
    return Circle(radius=0.22, stroke_color=color, stroke_width=3).set_fill(color, 1 if filled else 0)


class Trio(VGroup):
    """Three circles of a bit each: to scale, touching, as pairs share nothing; or overlapping, and lying."""

    def __init__(self, bit_area: float) -> None:
        self._true_radius = float(np.sqrt(bit_area / np.pi))
        self.circles = VGroup(*(Circle(stroke_color=color, stroke_width=4) for _, _, color in COINS))
        self.names = VGroup(*(Maths(sign, size=HEADING, color=color) for sign, _, color in COINS))
        super().__init__(self.circles, self.names)
        self.touch()

    def touch(self) -> Trio:
        """Areas to scale: every circle touches the two others. Returns itself."""
        return self._lay(self._true_radius, 2 * self._true_radius / np.sqrt(3))

    def overlap(self) -> Trio:
        """A region for every combination, no longer to scale. Returns itself."""
        return self._lay(TRIO_RADIUS, 0.62 * TRIO_RADIUS)

    def _lay(self, radius: float, out: float) -> Trio:
        for circle, name, direction in zip(self.circles, self.names, self._directions(), strict=True):
            circle.scale_to_fit_width(2 * radius).move_to(TRIO_PLACE + out * direction)
            outwards = direction if direction[1] > 0 else NAME_BELOW
            name.move_to(circle.get_center() + (radius + 0.35) * outwards)
        return self

    @staticmethod
    def _directions() -> list[Point3D]:
        turns = np.radians([150, 30, 270])
        return [np.array([np.cos(t), np.sin(t), 0.0]) for t in turns]

    def spot(self, *members: int) -> Point3D:
        """Where the region of just these circles has room for a number, once they overlap."""
        directions = self._directions()
        if len(members) == 3:
            return TRIO_PLACE
        direction = sum((directions[m] for m in members), np.zeros(3))
        return np.asarray(TRIO_PLACE + (1.05 if len(members) == 1 else 0.66) * TRIO_RADIUS * direction)


def region_numbers(trio: Trio, facts: Facts) -> tuple[VGroup, VGroup, Maths]:
    """What the seven regions would have to measure: alone, in pairs, and in the middle."""
    alone = VGroup(*(_number(facts.shown("alone", ".0f"), trio.spot(k)) for k in range(3)))
    pairs = VGroup(*(_number(facts.shown("told", ".0f"), trio.spot(i, j), SHARED) for i, j in ((0, 1), (0, 2), (1, 2))))
    return alone, pairs, _number(facts.shown("middle", ".0f"), trio.spot(0, 1, 2), WASTE)


def _number(text: str, place: Point3D, color: ManimColor = PAPER) -> Maths:
    return Maths(text, size=HEADING, color=color).move_to(place)
