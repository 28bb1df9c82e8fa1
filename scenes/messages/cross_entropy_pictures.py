"""Pictures that only the film `cross_entropy` draws: the menu, and bills of drinks and of cards."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, Arrow, Line, ManimColor, VGroup, VMobject, interpolate_color
from manim.typing import Point3D
from numpy.typing import NDArray

from infotheory import surprise
from narration.fact import Facts
from scenes.messages.cross_entropy_facts import DRINKS, ORDERS, OTHER, OWN, P_PMF
from scenes.messages.deck import LOW
from scenes.stage.bill import Bill
from scenes.stage.live_number import LiveNumber
from scenes.stage.probability_bar import ProbabilityBar
from scenes.stage.reading import CodewordTile, Reading
from scenes.stage.theme import BODY, CODE, GROUND, HEADING, MODEL, PAPER, PROBABILITY, QUIET, SMALL
from scenes.stage.typeset import Maths, Words, stand_on

LEFT_EDGE = -6.2  # of what stands at the left of the stage
TABLE_LEFT, TABLE_WIDTH = -2.9, 9.0  # of the menu and the messages
TOTALS_RIGHT = -3.3  # of what each message takes
ORDERS_LINE = -0.55  # on which the orders stand
INKS = {"truth": PROBABILITY, "weight": PROBABILITY, "floor": PROBABILITY, "model": MODEL, "length": MODEL}
CROSS = "H({{ p : truth }}, {{ q : model }})"
CROSS_FORMULA = f"{CROSS} = sum_x {{{{ p(x) : weight }}}} log_2 {{{{ 1 / q(x) : length }}}}"
LAW = f"{CROSS} >= H({{{{ p : floor }}}})"

FOOT = -1.5  # where the columns of the area and of the bowl stand
AREA_BIT, BOWL_BIT = 1.2, 0.8
SIDE = 1.55  # left end of what is said beside the area
CARDS_LEFT, CARDS_FOOT = 2.5, -1.3  # where the columns of the cards begin and stand
CARDS_WIDTH, CARDS_BIT = 3.75, 0.55
ARROW, LINE_END = 0.74, 1.035  # shares of that width: where an arrow stands over the narrow columns, where lines end


def coloured(source: str, *, size: float = BODY) -> Maths:
    """A formula whose labelled parts have the colours of their distributions, see :data:`INKS`."""
    formula = Maths(source, size=size)
    for label, ink in INKS.items():
        if f": {label} }}}}" in source:
            formula.select(label).set_color(ink)
    return formula


# ---- two dictionaries --------------------------------------------------------------------------------


class Menu:
    """What the coffee shop sells, two dictionaries for it, and one message in both."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        shares = [facts.shown(f"p_{drink}", "frac") for drink in DRINKS]
        labels = [Words(share, size=SMALL, color=GROUND, weight="medium") for share in shares]
        self.bar = ProbabilityBar(P_PMF.tolist(), labels=labels, width=TABLE_WIDTH, height=0.55)
        self.bar.move_to((TABLE_LEFT, 1.95, 0), aligned_edge=LEFT)
        self.drinks = tuple(Words(drink, size=SMALL) for drink in DRINKS)
        for drink, segment in zip(self.drinks, self.bar.segments, strict=True):
            drink.next_to(segment, UP)
            stand_on(drink, float(segment.get_top()[1]) + 0.18)
        self.own, self.other = self._codewords("own", 1.25), self._codewords("other", 0.6)
        self.names = (
            self._name("coffee shop’s orders", self.bar, PROBABILITY),
            self._name("its own dictionary", self.own[0], PAPER),
            self._name("the juice bar’s", self.other[0], MODEL),
        )
        self.nobody = self._name("somebody’s dictionary", self.other[0], QUIET)
        orders = [Words(DRINKS[order], size=SMALL) for order in ORDERS]
        VGroup(*orders).arrange(RIGHT, buff=0.34).move_to((TABLE_LEFT, ORDERS_LINE, 0), aligned_edge=LEFT)
        for order in orders:
            stand_on(order, ORDERS_LINE)
        self.orders = tuple(orders)
        self.orders_name = self._name(facts.fill("{orders:words} orders"), VGroup(*orders), PAPER)
        self.messages = tuple(self._message(code, y) for code, y in ((OWN, -1.2), (OTHER, -1.95)))
        self.read = tuple(self._read(order, tile) for order, tile in zip(ORDERS, self.messages[1].tiles, strict=True))
        self.totals = tuple(
            self._total(name, facts.fill(bits), message)
            for name, bits, message in zip(
                ("its own:", "juice bar’s:"), ("{own_bits:d}", "{other_bits:d}"), self.messages, strict=True
            )
        )

    def _read(self, order: int, tile: CodewordTile) -> Words:
        """The drink that a codeword of the long message means, below it."""
        return stand_on(Words(DRINKS[order], size=SMALL).set_x(tile.get_x()), float(tile.get_bottom()[1]) - 0.33)

    def _total(self, name: str, bits: str, message: Reading) -> VGroup:
        """How many bits a message takes, at its left."""
        words = self._name(name, message, QUIET)
        number = Maths(f'{bits} "bits"', color=CODE).move_to((TOTALS_RIGHT, message.get_y(), 0), aligned_edge=RIGHT)
        return VGroup(words, number)

    def _codewords(self, dictionary: str, y: float) -> tuple[Reading, ...]:
        """Each codeword under its drink."""
        code = [self._facts.shown(f"{dictionary}_{drink}", "bits") for drink in DRINKS]
        words = [Reading([word], bit_width=0.32, height=0.44) for word in code]
        for word, segment in zip(words, self.bar.segments, strict=True):
            word.move_to((segment.get_x(), y, 0))
        return tuple(words)

    def _message(self, code: Sequence[str], y: float) -> Reading:
        message = Reading([code[order] for order in ORDERS], bit_width=0.36)
        return message.move_to((TABLE_LEFT, y, 0), aligned_edge=LEFT)

    def _name(self, text: str, row: VMobject, color: ManimColor) -> Words:
        return Words(text, size=SMALL, color=color).move_to((LEFT_EDGE, row.get_y(), 0), aligned_edge=LEFT)


# ---- the area ----------------------------------------------------------------------------------------


def drinks_bill(
    *, width: float, bit: float, most_bits: int, weights: NDArray[np.float64] = P_PMF, digits: bool = True
) -> Bill:
    """The juice bar's codewords, at the left of the stage, over these weights."""
    shown = Bill(
        weights,
        [len(word) for word in OTHER],
        names=DRINKS,
        codewords=OTHER if digits else None,
        width=width,
        bit=bit,
        most_bits=most_bits,
        color=PROBABILITY if weights is P_PMF else MODEL,
    )
    return shown.shift(np.array([LEFT_EDGE + 0.65, FOOT, 0.0]) - shown.at(0, 0))


def hand_over(
    bill: Bill, weights: NDArray[np.float64], follow: Callable[[Bill], object], followers: Sequence[VMobject]
) -> Animation:
    """The columns keep their heights; the widths, and with them the strip's colour, go over from q to p."""
    start, end = bill.weights, weights

    def blend(now: Bill) -> None:
        share = float((now.weights - start) @ (end - start) / ((end - start) @ (end - start)))
        now.strip.segments.set_fill(interpolate_color(MODEL, PROBABILITY, share))
        follow(now)

    return bill.change(weights=weights, follow=blend, followers=followers)


class Readout(VGroup):
    """A live number of bits, its unit, and above it what it counts."""

    def __init__(self, name: str, value: float, unit: str, place: Point3D, *, size: float = 1.3 * HEADING) -> None:
        self.number = LiveNumber(value, ".3f", size=size, color=CODE).anchor_at(place)
        self.number.shift(self.number.height / 2 * DOWN)
        words = Words(unit, size=SMALL, color=CODE).next_to(self.number, RIGHT, buff=0.2)
        label = Words(name, size=SMALL, color=QUIET).next_to(self.number, UP, buff=0.2, aligned_edge=LEFT)
        super().__init__(label, self.number, stand_on(words, float(self.number.get_bottom()[1])))


class LevelReadout(VGroup):
    """A line at the height of a bill's average, behind the columns, and at its end the number."""

    def __init__(self, bill: Bill) -> None:
        start = bill.at(0, bill.area)
        self.line = Line(start, (SIDE - 0.15, start[1], 0), color=PAPER, stroke_width=3).set_z_index(-1)
        self.readout = Readout("average bill", bill.area, "bits an order", self.line.get_end() + 0.15 * RIGHT)
        super().__init__(self.line, self.readout)

    def follow(self, bill: Bill) -> None:
        """Rise or sink to the bill's average."""
        self.shift((bill.at(0, bill.area)[1] - self.line.get_y()) * UP)
        self.readout.number.set_value(bill.area)


def sum_of_areas(facts: Facts) -> Maths:
    """Each weight times its length; widths in blue, heights in the code's colour."""
    terms = [
        f"{{{{ {facts.shown(f'p_{drink}', 'frac').replace('/', ' / ')} : w{drink} }}}} dot "
        f"{{{{ {facts.shown(f'length_{drink}')} : l{drink} }}}}"
        for drink in DRINKS
    ]
    total = Maths(" + ".join(terms) + facts.fill(" = {cross:.3f}"), size=BODY)
    for drink in DRINKS:
        total.select(f"w{drink}").set_color(PROBABILITY)
        total.select(f"l{drink}").set_color(CODE)
    return total


# ---- the deck ----------------------------------------------------------------------------------------


class CardsBill(VGroup):
    """What a number costs, beside the deck: columns for ten numbers, the low ones and the high ones named together."""

    def __init__(self, weights: NDArray[np.float64], model: NDArray[np.float64]) -> None:
        self.bill = Bill(weights, surprise(model), width=CARDS_WIDTH, bit=CARDS_BIT, most_bits=6, color=MODEL)
        self.bill.shift(np.array([CARDS_LEFT, CARDS_FOOT, 0.0]) - self.bill.at(0, 0))
        self.groups = tuple(Words(text, size=SMALL) for text in ("low", "high"))
        super().__init__(self.bill, *self.groups)
        self.place_groups()
        self.legend = self.bill.strip.edge(0) + 0.82 * DOWN
        self.readout = self.bill.at(0, 6) + 0.75 * RIGHT + 0.6 * UP

    def average(self) -> Line:
        """A level line at the height of the bill."""
        return self.bill.line(self.bill.area, PAPER, end=LINE_END)

    def ignorance(self, bits: str, height: float) -> VGroup:
        """What ten equal chances would cost, as a level across the columns."""
        line = self.bill.line(height, PAPER, end=LINE_END)
        words = VGroup(Words("no idea", size=SMALL), Maths(bits, size=SMALL)).arrange(
            DOWN, buff=0.12, aligned_edge=RIGHT
        )
        return VGroup(line, words.next_to(line, UP, buff=0.12, aligned_edge=RIGHT))

    def worse(self, height: float) -> Arrow:
        """From that level up to the bill."""
        foot, tip = self.bill.at(ARROW, height), self.bill.at(ARROW, self.bill.area)
        return Arrow(foot, tip, buff=0, color=PAPER, stroke_width=3, max_tip_length_to_length_ratio=0.25)

    def place_groups(self) -> None:
        """The names stand below the middle of their columns."""
        low = float(self.bill.weights[:LOW].sum())
        for name, middle in zip(self.groups, (low / 2, (1 + low) / 2), strict=True):
            foot = self.bill.strip.edge(middle)
            stand_on(name.set_x(foot[0]), float(foot[1]) - 0.36)


def whose(sign: str, words: str, color: ManimColor, place: Point3D) -> VGroup:
    """Whose odds a strip shows: a letter and a name, starting at *place*."""
    text = Words(words, size=SMALL, color=color)
    return VGroup(Maths(sign, color=color), text).arrange(RIGHT, buff=0.18).move_to(place, aligned_edge=LEFT)
