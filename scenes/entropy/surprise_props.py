"""What the film on surprise shows: every mobject that lives longer than a beat, in its place."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import isclose

import numpy as np
from manim import DL, DOWN, LEFT, RIGHT, UL, UP, Animation, ManimColor, Rectangle, UpdateFromAlphaFunc, VGroup

from infotheory import surprise
from narration.fact import Facts
from scenes.stage.die_face import DieFace
from scenes.stage.displayed_sum import decimals_that_add
from scenes.stage.end_to_end import EndToEnd
from scenes.stage.function_curve import FunctionCurve
from scenes.stage.halving_ruler import HalvingRuler
from scenes.stage.live_number import LiveNumber
from scenes.stage.mosaic import Mosaic
from scenes.stage.probability_bar import ProbabilityBar
from scenes.stage.theme import (
    BODY,
    CODE,
    DISPLAY,
    GROUND,
    HEADING,
    PANEL,
    PAPER,
    PROBABILITY,
    QUIET,
    RULE,
    SMALL,
    THIN,
)
from scenes.stage.typeset import Maths, Words

DIE = (Fraction(2, 5), Fraction(1, 5), Fraction(1, 5), Fraction(1, 5))
MESSAGE = (0, 1, 0, 2)  # outcomes counted from 0: the faces 1 2 1 3
HALVINGS = 3  # that are shown one by one

LEFT_EDGE, WIDTH = -5.5, 6.6  # where mass 0 stands and how long mass 1 is, from the mosaic to the curve
FOOT, BIT = -2.1, 1.15  # height of 0 bits in the frame, and the length of one bit
ROW = 0.26  # thickness of a strip of mass
SIDE = 2.45  # left edge of the column to the right of the chart
SQUARE = 3.5  # side of the picture of two rolls
COUNT_TOP, AREA_TOP = 0.3, -1.6  # where the two tallies stand
RULES_LEFT = -1.3  # left edge of the rules that are put to the test


@dataclass
class Price:
    """A face of the die, its surprise in bits, and the powers of two that say why."""

    face: DieFace
    number: VGroup
    ratio: VGroup
    power: VGroup

    @property
    def all(self) -> VGroup:
        """All of it."""
        return VGroup(self.face, self.number, self.ratio, self.power)


@dataclass
class RuleTest:
    """A rule for surprise, tried on a 1, on a 2 and on the pair of them."""

    formula: Maths
    lengths: EndToEnd

    @property
    def rolls(self) -> VGroup:
        """The rule, and what it gives for the two rolls."""
        return VGroup(self.formula, self.lengths.parts, self.lengths.sum_label)

    @property
    def pair(self) -> VGroup:
        """What the rule gives for the pair, and the difference."""
        lengths = self.lengths
        return VGroup(lengths.whole, lengths.whole_name, lengths.whole_label, lengths.gap)


class Tally(VGroup):
    """A large live number with its name below it, in the right-hand column."""

    def __init__(self, value: float, spec: str, name: str, *, top: float, color: ManimColor) -> None:
        self.number = LiveNumber(value, spec, size=DISPLAY, color=color).anchor_at(np.array([SIDE, top, 0]))
        super().__init__(self.number, Words(name, color=QUIET).move_to((SIDE, top - 0.3, 0), aligned_edge=UL))

    def count_to(self, end: float, start: float) -> Animation:
        """Let the number run from *start* to *end*."""

        def count(_: object, alpha: float) -> None:
            self.number.set_value((1 - alpha) * start + alpha * end)

        return UpdateFromAlphaFunc(self.number, count)


@dataclass
class Halvings:
    """The ruler, the strips of mass that rise along it, and what they say."""

    ruler: HalvingRuler
    unit: Words
    rows: list[ProbabilityBar]
    masses: VGroup
    one: ProbabilityBar
    two: ProbabilityBar
    mass_one: Maths
    mass_two: Maths
    height_one: Rectangle
    height_two: Rectangle
    left: Tally
    count: Tally
    price_one: Price
    price_two: Price

    def count_halving(self, k: int) -> tuple[Animation, Animation]:
        """Let the tallies tell the halving from k - 1 to k."""
        return self.left.count_to(2.0**-k, start=2.0 ** (1 - k)), self.count.count_to(k, start=k - 1)


@dataclass
class Message:
    """Four rolls, the price of each laid along a ruler, and the code that is not known yet."""

    dice: VGroup
    ruler: HalvingRuler
    prices: VGroup
    total: Maths
    code: VGroup


@dataclass
class Props:
    """What lives longer than a beat."""

    die: DieFace
    bar: ProbabilityBar
    shares: VGroup
    mosaic: Mosaic
    rolls: VGroup
    count: Tally
    area: Tally
    sample: VGroup
    halvings: Halvings
    curve: FunctionCurve
    probability: Tally
    surprise: Tally
    formula: Maths
    square: Mosaic
    log: RuleTest
    faces: VGroup
    only: VGroup
    message: Message


def bits(p: float | Fraction) -> float:
    """Surprise of a probability in bits."""
    return surprise(float(p))


def height_of(p: float | Fraction) -> float:
    """Where the surprise of *p* stands in the frame."""
    return FOOT + BIT * bits(p)


def strip(height: float) -> Rectangle:
    """The place of a strip of mass at this height: mass 0 at its left end, mass 1 at its right end."""
    place = Rectangle(width=WIDTH, height=ROW)
    return place.move_to((LEFT_EDGE, height, 0), aligned_edge=LEFT)


def make_props(facts: Facts) -> Props:
    """Everything in its place. Mosaic, strips, ruler and curve share the places of mass 0 and mass 1."""
    faces = [DieFace(face, height=0.5) for face in range(1, len(DIE) + 1)]
    bar = ProbabilityBar([float(p) for p in DIE], labels=faces, width=10.4, height=0.9, label_side=UP)
    bar.shift(1.75 * DOWN)
    mosaic = Mosaic(DIE, width=WIDTH, height=4.85).move_to((LEFT_EDGE, -2.65, 0), aligned_edge=DL)
    rolls = VGroup(*(DieFace(height=0.72).blank() for _ in MESSAGE)).arrange(RIGHT, buff=0.16)
    rolls.move_to((SIDE, 2.85, 0), aligned_edge=UL)
    square = Mosaic(DIE, column_symbols=1, row_symbols=1, width=SQUARE, height=SQUARE)
    log = rule_test(facts, "s", "log_2 1 / p", 1.65, color=CODE)
    lengths_of = VGroup(
        *(DieFace(i, height=0.5).next_to(part, UP, buff=0.12) for i, part in enumerate(log.lengths.separate().parts, 1))
    )
    return Props(
        die=DieFace(height=2.5).move_to(1.3 * UP),
        bar=bar,
        shares=_shares(bar, facts),
        mosaic=mosaic,
        rolls=rolls,
        count=Tally(facts.number("outcomes_1"), ".0f", "sequences", top=COUNT_TOP, color=PAPER),
        area=Tally(1, ".2f", "of the area", top=AREA_TOP, color=PROBABILITY),
        sample=_sample(mosaic, rolls, facts),
        halvings=_halvings(facts),
        curve=_curve(facts),
        probability=Tally(float(DIE[0]), ".4f", "probability", top=2.2, color=PROBABILITY),
        surprise=Tally(bits(DIE[0]), ".4f", "bits of surprise", top=0.4, color=CODE),
        formula=Maths("s(p) = log_2 1 / p", size=1.5 * BODY).move_to((SIDE, -1.3, 0), aligned_edge=LEFT),
        square=square.move_to((LEFT_EDGE, -1.5, 0), aligned_edge=DL),
        log=log,
        faces=lengths_of,
        only=_only(),
        message=_message(facts),
    )


def _shares(bar: ProbabilityBar, facts: Facts) -> VGroup:
    names = ["p_one"] + ["p_two"] * (len(DIE) - 1)
    labels = (Maths(facts.shown(name, ".1f"), color=GROUND) for name in names)
    return VGroup(*(label.move_to(segment) for label, segment in zip(labels, bar.segments, strict=True))).set_z_index(1)


def _sample(mosaic: Mosaic, rolls: VGroup, facts: Facts) -> VGroup:
    """One tile picked out: the probability of each roll under its die, and the area that is their product."""
    tile = mosaic.tile(MESSAGE).copy().set_fill(PAPER).set_stroke(GROUND, width=THIN)
    names = ("p_one" if symbol == 0 else "p_two" for symbol in MESSAGE)
    factors = VGroup(*(Maths(facts.shown(name, ".1f"), color=PROBABILITY) for name in names))
    for factor, roll in zip(factors, rolls, strict=True):
        factor.next_to(roll, DOWN, buff=0.18)
    dots = VGroup(
        *(Maths("dot", color=QUIET).move_to((a.get_center() + b.get_center()) / 2) for a, b in pairwise(factors))
    )
    area = Tally(facts.number("p_tile"), ".4f", "of the area", top=AREA_TOP, color=PROBABILITY)
    return VGroup(tile, VGroup(factors, dots), area)


def _halvings(facts: Facts) -> Halvings:
    ruler = HalvingRuler(HALVINGS + 1, unit=BIT)
    ruler.shift(np.array([LEFT_EDGE - 0.3, FOOT, 0]) - ruler.point(0))
    unit = Words("bits", size=SMALL, color=CODE).next_to(ruler.edge, UP, buff=0.12)
    rows, masses = [], VGroup()
    for k in range(HALVINGS + 1):
        place = strip(height_of(2.0**-k))
        row = ProbabilityBar([min(1, 2.0 ** (1 - k))]).fit(place)
        row.frame.set_z_index(-1)
        rows.append(row)
        masses.add(_mass_label(facts.shown(f"mass_{k}", "frac").replace("/", "\\/"), 2.0**-k))
    one, two = DIE[0], DIE[1]
    return Halvings(
        ruler=ruler,
        unit=unit,
        rows=rows,
        masses=masses,
        one=ProbabilityBar([float(one)], frame=False).fit(strip(height_of(one))),
        two=ProbabilityBar([float(two)], frame=False).fit(strip(height_of(two))),
        mass_one=_mass_label(facts.shown("p_one", ".1f"), one),
        mass_two=_mass_label(facts.shown("p_two", ".1f"), two),
        height_one=ruler.span(0, bits(one), thickness=0.16),
        height_two=ruler.span(bits(one), bits(two) - bits(one), thickness=0.16).set_stroke(GROUND, width=THIN),
        left=Tally(1, ".3f", "of the mass is left", top=2.2, color=PROBABILITY),
        count=Tally(0, ".0f", "number of halvings", top=0.3, color=CODE),
        price_one=_price(1, "one", facts, top=2.4),
        price_two=_price(2, "two", facts, top=-0.4),
    )


def _mass_label(text: str, p: float | Fraction) -> Maths:
    """The mass of a strip, at its right end."""
    end = (LEFT_EDGE + WIDTH * float(p) + 0.15, height_of(p), 0)
    return Maths(text, size=SMALL, color=PROBABILITY).move_to(end, aligned_edge=LEFT)


def _price(face: int, name: str, facts: Facts, *, top: float) -> Price:
    die = DieFace(face, height=0.72).move_to((SIDE, top, 0), aligned_edge=UL)
    number = Maths(facts.shown(f"s_{name}", ".4f"), size=DISPLAY, color=CODE).next_to(die, RIGHT, buff=0.3)
    unit = Words("bits", color=CODE).next_to(number, RIGHT, buff=0.2).align_to(number, DOWN)
    template = "{{ 1 / {p_face:.1f} = RATIO : ratio }} {{ = 2^{s_face:.4f} : power }}".replace("face", name)
    powers = Maths(facts.fill(template.replace("RATIO", _shortest(facts, f"ratio_{name}"))), size=1.2 * BODY).next_to(
        die, DOWN, buff=0.35, aligned_edge=LEFT
    )
    return Price(die, VGroup(number, unit), powers.select("ratio"), powers.select("power"))


def _shortest(facts: Facts, name: str) -> str:
    """Without needless noughts; an endless fraction with as many decimals as let the sum of 1 and 2 add up."""
    most = decimals_that_add([facts.number("s_one"), facts.number("s_two")])
    exact = [d for d in range(most) if isclose(round(facts.number(name), d), facts.number(name))]
    return facts.shown(name, f".{exact[0] if exact else most}f")


def _curve(facts: Facts) -> FunctionCurve:
    top = HALVINGS + 1
    steep = np.geomspace(1, 2.0 ** -(top + 0.25), 240)
    shares = {2.0**-k: facts.shown(f"mass_{k}", "frac").replace("/", "\\/") for k in (2, 1, 0)}
    ticks = {0.0: facts.shown("zero")} | shares
    curve = FunctionCurve(bits, y_range=(0, top), width=WIDTH, height=BIT * top, samples=steep.tolist(), x_ticks=ticks)
    curve.shift(np.array([LEFT_EDGE, FOOT, 0]) - curve.at(0, 0))
    return curve.place(float(DIE[0]))


def rule_test(facts: Facts, rule: str, formula: str, height: float, *, color: ManimColor) -> RuleTest:
    """A rule for surprise, tried on a 1, a 2 and the pair: its formula and its lengths."""
    one, two, total, pair = (f"{rule}_{name}" for name in ("one", "two", "sum", "pair"))
    lengths = EndToEnd(
        [facts.number(one), facts.number(two)],
        facts.number(pair),
        part_labels=[_shortest(facts, one), _shortest(facts, two)],
        sum_label=_shortest(facts, total),
        whole_label=_shortest(facts, pair),
        whole_name="the pair",
        color=color,
    )
    lengths.shift(np.array([RULES_LEFT + 1.9, height, 0]) - lengths.parts.get_corner(DL))
    name = Maths(formula, size=1.15 * BODY).move_to((RULES_LEFT, height, 0), aligned_edge=LEFT)
    return RuleTest(name, lengths)


def _only() -> VGroup:
    """What makes the logarithm the only rule, and what the base is for."""
    rule = Maths("f(p_1 p_2) = f(p_1) + f(p_2) quad arrow.r.double quad f(p) = log_b 1 / p", size=1.1 * BODY)
    base = Maths('b = 2: #h(0.4em) "bits"', color=CODE)
    rule.move_to((RULES_LEFT, -0.4, 0), aligned_edge=LEFT)
    return VGroup(rule, base.next_to(rule, DOWN, buff=0.5, aligned_edge=LEFT))


def _message(facts: Facts) -> Message:
    names = [("one", "two")[min(symbol, 1)] for symbol in MESSAGE]
    lengths = [facts.number(f"s_{name}") for name in names]
    decimals = decimals_that_add(lengths, most=3)
    ruler = HalvingRuler(8, unit=1.45, direction=RIGHT)
    ruler.shift(np.array([-6.1, 0.2, 0]) - ruler.point(0))
    prices, dice, start = VGroup(), VGroup(), 0.0
    for symbol, name, length in zip(MESSAGE, names, lengths, strict=True):
        bar = ruler.span(start, length, thickness=0.7).set_stroke(GROUND, width=1.5)
        prices.add(VGroup(bar, Maths(facts.shown(f"s_{name}", f".{decimals}f"), size=SMALL, color=GROUND).move_to(bar)))
        dice.add(DieFace(symbol + 1, height=0.9).next_to(bar, UP, buff=0.3))
        start += length
    total = Maths(facts.fill(f'{{s_message:.{decimals}f}} "bits"'), color=CODE).next_to(prices, RIGHT, buff=0.2)
    cells = VGroup(*(_cell(ruler, k) for k in range(ruler.bits)))
    return Message(dice, ruler, prices, total, cells.next_to(ruler, DOWN, buff=0.5))


def _cell(ruler: HalvingRuler, k: int) -> VGroup:
    """One unknown digit of a code, as wide as a bit."""
    cell = ruler.span(k, 1, thickness=0.8).set_fill(PANEL, opacity=1).set_stroke(RULE, width=THIN)
    return VGroup(cell, Maths("?", size=HEADING, color=CODE).move_to(cell))
