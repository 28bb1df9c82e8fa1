"""Pictures of the film `slepian_wolf`: two people and their reader, a syndrome worked out, rates beside their chart."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Arrow, Line, ManimColor, Rectangle, VGroup
from manim.typing import Point3D

from narration.fact import Facts
from scenes.messages.slepian_wolf_facts import LENGTH, place_numbers, region
from scenes.stage.card_deck import BESIDE_DECK
from scenes.stage.end_to_end import EndToEnd
from scenes.stage.live_number import LiveNumber
from scenes.stage.onlooker import Onlooker
from scenes.stage.playing_card import BLACK, PlayingCard
from scenes.stage.probability_bar import ProbabilityBar
from scenes.stage.rate_chart import RateChart, Rates
from scenes.stage.reading import CodewordTile
from scenes.stage.theme import (
    BODY,
    BOLD,
    CODE,
    GROUND,
    PAPER,
    PROBABILITY,
    QUIET,
    SAFE_LEFT,
    SECOND,
    SMALL,
    THIN,
)
from scenes.stage.typeset import Maths, Words

# ---- two people -----------------------------------------------------------------------------------

ROWS = (1.9, 0.1)  # heights of the two people
SEAT = -5.3
MESSAGE_LEFT, MESSAGE_UNIT = -3.3, 1.9  # of the bars that they send; length of a bit
READER = 5.5
SEEN = (BLACK, 3)  # the card
BILL_TOP = -1.45


class TwoPeople(VGroup):
    """One sees the colour of a card, the other its number; what they send runs to one reader."""

    def __init__(self, facts: Facts) -> None:
        cards = PlayingCard(SEEN[0], None, height=1.35), PlayingCard(None, SEEN[1], height=1.35)
        colors = (PROBABILITY, SECOND)
        self.seats = [
            VGroup(Onlooker(color, height=1.25), card).arrange(RIGHT, buff=0.25).move_to((SEAT, y, 0))
            for color, card, y in zip(colors, cards, ROWS, strict=True)
        ]
        names = ("h_colour", "h_number")
        self.bars = [_bar(facts.number(name), color, y) for name, color, y in zip(names, colors, ROWS, strict=True)]
        self.names = [
            Words(text, size=SMALL, color=GROUND).move_to(bar)
            for text, bar in zip(("colour", "number"), self.bars, strict=True)
        ]
        middle = sum(ROWS) / 2
        self.cards = cards
        self.people = [seat[0] for seat in self.seats]
        self.whole_card = PlayingCard(*SEEN, height=2.4).move_to((0, middle, 0))
        self.reader = Onlooker(PAPER, height=1.25).move_to((READER, middle, 0))
        self.reader_name = Words("reader", size=SMALL, color=QUIET).next_to(self.reader, DOWN, buff=0.15)
        self.arrows = [
            Arrow(bar.get_right(), self.reader.get_left() + shift * UP, buff=0.2, color=QUIET, stroke_width=BOLD)
            for bar, shift in zip(self.bars, (0.25, -0.25), strict=True)
        ]
        self.wall = Line(SAFE_LEFT * RIGHT, (MESSAGE_LEFT - 0.3) * RIGHT, color=QUIET, stroke_width=6).set_y(middle)
        super().__init__(*self.seats, *self.bars, *self.names, self.reader, self.reader_name, *self.arrows, self.wall)


def _bar(bits: float, color: ManimColor, y: float) -> Rectangle:
    bar = Rectangle(width=bits * MESSAGE_UNIT, height=0.6, stroke_width=0).set_fill(color, 1)
    return bar.move_to((MESSAGE_LEFT, y, 0), aligned_edge=LEFT)


def card_bill(facts: Facts) -> EndToEnd:
    """What both pay alone, over what the whole card holds."""
    colour, number = facts.number("h_colour"), facts.number("h_number")
    bill = EndToEnd(
        [colour, number],
        facts.number("h_both"),
        part_labels=[facts.shown(name, ".4f") for name in ("h_colour", "h_number")],
        sum_label=facts.shown("h_apart", ".4f"),
        whole_label=facts.shown("h_both", ".4f"),
        whole_name="the whole card",
        width=facts.number("h_apart") * MESSAGE_UNIT,
    )
    for part, color in zip(bill.parts, (PROBABILITY, SECOND), strict=True):
        part[0].set_fill(color)
    bill.whole.set_fill(PAPER)
    VGroup(bill.sum_label, bill.whole_label).set_color(PAPER)
    return bill.move_to((SAFE_LEFT, BILL_TOP, 0), aligned_edge=UP + LEFT)


# ---- a syndrome -----------------------------------------------------------------------------------

FIRST_PLACE, PITCH = -3.45, 0.82
BIT, BIT_HEIGHT = 0.66, 0.6
FIRST_Y, SECOND_Y = 1.95, -1.4
CHECK_ROWS = (1.05, 0.275, -0.5)
PARITY_X = (2.65, 4.15, 5.7)
PLACES_Y = -2.05
GONE = 0.0  # opacity of a number that is not counted


class SyndromeTable(VGroup):
    """Two readings, one above and one below the numbers of their places; to the right the parities of the rows."""

    def __init__(self, facts: Facts) -> None:
        self.second = [_tile(bit, place_x(i), SECOND_Y, SECOND) for i, bit in enumerate(facts.shown("second"))]
        self.first = [_tile(bit, place_x(i), FIRST_Y, PROBABILITY) for i, bit in enumerate(facts.shown("first"))]
        self.names = [
            _sensor(*name)
            for name in (("first sensor", "x", PROBABILITY, FIRST_Y), ("second sensor", "y", SECOND, SECOND_Y))
        ]
        self.decoded_name = _sensor("decoded", "y", SECOND, FIRST_Y)
        self.numbers = place_numbers()
        self.columns = [self._column(place) for place in range(LENGTH)]
        self.places = [
            Words(str(place + 1), size=SMALL, color=QUIET).move_to((place_x(place), PLACES_Y, 0))
            for place in range(LENGTH)
        ]
        self.place_name = Words("place", size=SMALL, color=QUIET).move_to((SAFE_LEFT, PLACES_Y, 0), aligned_edge=LEFT)
        self.sums = [
            [_tile(bit, x, y, color) for bit, y in zip(facts.shown(name), CHECK_ROWS, strict=True)]
            for name, x, color in zip(
                ("sent", "reader", "place_bits"), PARITY_X, (CODE, PROBABILITY, PAPER), strict=True
            )
        ]
        self.sum_names = [
            Words(text, size=SMALL, color=color, align="center").move_to((x, SECOND_Y, 0))
            for text, color, x in zip(("sent", "reader’s", "differ"), (CODE, PROBABILITY, PAPER), PARITY_X, strict=True)
        ]
        self.costs = [
            Words(facts.fill(text), size=BODY, color=CODE).move_to((PARITY_X[0] - BIT / 2, y, 0), aligned_edge=LEFT)
            for text, y in (("{length:d} bits", FIRST_Y), ("{checks:d} bits?", SECOND_Y))
        ]
        super().__init__()

    def _column(self, place: int) -> VGroup:
        bits = self.numbers[:, place]
        return VGroup(
            *(
                Maths(str(bit), size=BODY).move_to((place_x(place), y, 0))
                for bit, y in zip(bits, CHECK_ROWS, strict=True)
            )
        )

    def row_frame(self, row: int) -> Rectangle:
        """A frame around a row of the numbers."""
        frame = Rectangle(width=(LENGTH - 1) * PITCH + BIT, height=BIT_HEIGHT, color=CODE, stroke_width=2 * THIN)
        return frame.move_to((place_x((LENGTH - 1) / 2), CHECK_ROWS[row], 0))

    def pair_frames(self, place: int) -> VGroup:
        """Frames around the bits of both readings at a place, from 0."""
        return VGroup(*(_frame(tiles[place].box) for tiles in (self.second, self.first)))

    def column_frame(self, place: int) -> Rectangle:
        """A frame around the number of a place, from 0."""
        return _frame(
            Rectangle(width=BIT, height=CHECK_ROWS[0] - CHECK_ROWS[2] + BIT_HEIGHT).move_to(self.columns[place])
        )

    def flipped(self, place: int, bit: str) -> CodewordTile:
        """The first reading's bit at a place as it becomes the second's."""
        return _tile(bit, place_x(place), FIRST_Y, SECOND)


def _sensor(text: str, symbol: str, color: ManimColor, y: float) -> VGroup:
    """Name and symbol of a sensor, left of its reading."""
    name = Words(text, size=SMALL, color=color)
    sign = Maths(symbol, color=color).next_to(name, RIGHT, buff=0.2)
    return VGroup(name, sign).move_to((SAFE_LEFT, y, 0), aligned_edge=LEFT)


def place_x(place: float) -> float:
    """Where a place stands, counted from 0."""
    return FIRST_PLACE + place * PITCH


def _tile(bit: str, x: float, y: float, color: ManimColor) -> CodewordTile:
    tile = CodewordTile(bit, bit_width=BIT, height=BIT_HEIGHT, color=color, ink=GROUND, size=BODY)
    tile.move_to((x, y, 0))
    return tile


def _frame(around: Rectangle) -> Rectangle:
    frame = Rectangle(width=around.width + 0.1, height=around.height + 0.1, color=PAPER, stroke_width=BOLD)
    return frame.move_to(around)


def syndrome_law() -> VGroup:
    """Why it works, below the three sums: the syndromes differ by the syndrome of the difference."""
    terms = [
        Maths(term, color=color).move_to((x, PLACES_Y, 0))
        for term, color, x in zip(("s(y)", "s(x)", "s(x xor y)"), (CODE, PROBABILITY, PAPER), PARITY_X, strict=True)
    ]
    signs = [
        Maths(sign).move_to((terms[i].get_right() + terms[i + 1].get_left()) / 2) for i, sign in enumerate(("xor", "="))
    ]
    return VGroup(*terms, *signs)


# ---- rates ----------------------------------------------------------------------------------------

CHART_UNIT = 5.6
X_WINDOW, Y_WINDOW = (0.45, 1.55), (2.8, 3.6)
CHART_ORIGIN: Point3D = np.array([-5.1, -2.05, 0.0])
RATES_LEFT, RATE_UNIT = 2.15, 0.72
RATE_ROWS = (2.1, 1.05, 0.0)
RATE_NUMBER_X = RATES_LEFT + 4.55 * RATE_UNIT


def card_chart() -> RateChart:
    """The rate region of the cards."""
    chart = RateChart(
        region(),
        x_range=X_WINDOW,
        y_range=Y_WINDOW,
        unit=CHART_UNIT,
        x_name="bits for colours",
        y_name="bits for numbers",
    )
    chart.shift(CHART_ORIGIN - chart.x_axis.get_start())
    chart.y_name.align_to(SAFE_LEFT * RIGHT, LEFT)
    return chart


def enough_label(chart: RateChart) -> Words:
    """What the filled part of the chart means, in its far corner."""
    corner: Point3D = chart.naive.get_corner(UP + RIGHT)
    return Words("enough", size=SMALL).move_to(corner + 0.2 * (DOWN + LEFT), aligned_edge=UP + RIGHT)


class RateBars(VGroup):
    """Two rates and their sum as bars with live numbers."""

    def __init__(self, rates: Rates) -> None:
        super().__init__()
        texts = ("colour", "number", "together")
        colors = (PROBABILITY, SECOND, PAPER)
        self.bars = [
            ProbabilityBar([0.0], width=RATE_UNIT, height=0.42, colors=color, frame=False) for color in colors[:2]
        ]
        self.bars.append(ProbabilityBar([0.0, 0.0], width=RATE_UNIT, height=0.42, colors=list(colors[:2]), frame=False))
        self.numbers = [LiveNumber(0.0, ".4f", color=color) for color in colors]
        self.names = [Words(text, size=SMALL, color=color) for text, color in zip(texts, colors, strict=True)]
        for bar, number, name, y in zip(self.bars, self.numbers, self.names, RATE_ROWS, strict=True):
            bar.shift(np.array([RATES_LEFT, y, 0.0]) - bar.frame.get_left())
            number.anchor_at(np.array([RATE_NUMBER_X, y - number.height / 2, 0.0]))
            name.next_to(bar.frame, UP, buff=0.12).align_to(bar.frame, LEFT)
        self.rows = [VGroup(*row) for row in zip(self.names, self.bars, self.numbers, strict=True)]
        self.add(*self.rows)
        self.show_rates(rates)

    def show_rates(self, rates: Rates) -> None:
        """Let bars and numbers show *rates* and their sum."""
        for bar, values in zip(self.bars, ([rates[0]], [rates[1]], rates), strict=True):
            bar.set_values(values)
        for number, value in zip(self.numbers, (*rates, sum(rates)), strict=True):
            number.set_value(value)


def rate_law() -> VGroup:
    """The three inequalities, in the colours of what they bound."""
    lines = [
        Maths("{{ R_C : r }} >= H(C | N)"),
        Maths("{{ R_N : r }} >= H(N | C)"),
        Maths("{{ R_C : x }} + {{ R_N : y }} >= H(C, N)"),
    ]
    for line, name, color in (
        (lines[0], "r", PROBABILITY),
        (lines[1], "r", SECOND),
        (lines[2], "x", PROBABILITY),
        (lines[2], "y", SECOND),
    ):
        line.select(name).set_color(color)
    law = VGroup(*lines).arrange(DOWN, buff=0.24, aligned_edge=LEFT)
    return law.move_to((RATES_LEFT, -0.7, 0), aligned_edge=UP + LEFT)


# ---- beside the deck ------------------------------------------------------------------------------


def deck_note(text: str, y: float, color: ManimColor = PAPER) -> Words:
    """Words in the room beside the deck."""
    return Words(text, size=BODY, color=color).move_to((BESIDE_DECK[0] + 0.1, y, 0), aligned_edge=LEFT)
