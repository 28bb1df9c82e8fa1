"""Pictures that only the film `code_length` draws: the bill of a message, the die's columns, and what codes cost."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, DashedLine, ManimColor, Rectangle, VGroup, VMobject
from manim.typing import Point3D

from narration.fact import Facts
from scenes.entropy.code_length_facts import COIN, COIN_PMF, DIE, FACE_NAMES, MESSAGE
from scenes.stage.die_face import DieFace
from scenes.stage.displayed_sum import decimals_that_add
from scenes.stage.halving_ruler import HalvingRuler
from scenes.stage.interval_zoom import IntervalZoom
from scenes.stage.probability_bar import ProbabilityBar, dimmed
from scenes.stage.reading import Reading
from scenes.stage.theme import (
    BODY,
    CODE,
    GROUND,
    HEADING,
    PANEL,
    PROBABILITY,
    QUIET,
    RULE,
    SMALL,
    THIN,
    WASTE,
)
from scenes.stage.typeset import Maths, Words

LEFT_EDGE, RIGHT_EDGE = -5.9, 5.9  # of the line, of the bill and of the die's columns

BILL_HEIGHT, BILL_BIT = -1.2, 1.25  # where the ruler of the bill lies, and the length of one bit on it
CELLS_HEIGHT = -2.35  # where the bits of the code stand

COLUMNS_WIDTH = 5.0
FOOT, BIT = -1.35, 1.3  # height of 0 bits under the columns, and the length of one bit
PRICE_HEIGHT = 0.6  # bits at which a column carries its surprise
SIDES = ("heads", "tails")
SOURCE_BIT = 2.6  # length of one bit of entropy beside its source
UNREAD = 0.63  # opacity of a roll that is not sent yet
UNPAID = 0.16  # opacity of a price that is not paid yet


class Bill:
    """The surprises of the message's rolls, end to end along a ruler, and below it the bits that must carry them."""

    def __init__(self, facts: Facts) -> None:
        lengths = [facts.number(f"s_{FACE_NAMES[symbol]}") for symbol in MESSAGE]
        spec = f".{decimals_that_add(lengths, most=3)}f"
        self.ruler = HalvingRuler(int(facts.number("code_bits")), unit=BILL_BIT, direction=RIGHT)
        self.ruler.shift(np.array([LEFT_EDGE, BILL_HEIGHT, 0]) - self.ruler.point(0))
        starts = np.cumsum([0.0, *lengths])
        self.prices = tuple(
            self._price(start, length, facts.shown(f"s_{FACE_NAMES[symbol]}", spec))
            for symbol, start, length in zip(MESSAGE, starts, lengths, strict=False)
        )
        self.dice = tuple(
            DieFace(symbol + 1, height=0.7).next_to(price, UP, buff=0.18)
            for symbol, price in zip(MESSAGE, self.prices, strict=True)
        )
        corner = VGroup(*(DieFace(symbol + 1, height=0.56).set_opacity(UNREAD) for symbol in MESSAGE))
        corner.arrange(RIGHT, buff=0.14).move_to((RIGHT_EDGE, 3.2, 0), aligned_edge=RIGHT)
        self.message = tuple(corner)
        self.cells = tuple(self._cell(k, 1) for k in range(self.ruler.bits))
        self.total, self.code_total = (
            Maths(facts.fill(text), color=CODE).next_to(row, RIGHT, buff=0).set_x(RIGHT_EDGE - 0.6)
            for text, row in ((f'{{s_message:{spec}}} "bits"', self.prices[0]), ('{code_bits:d} "bits"', self.cells[0]))
        )
        self.code_total.align_to(self.total, LEFT)
        self._add_remainder(float(starts[-1]), facts.shown("s_rounding", spec))

    def _add_remainder(self, total: float, rounding: str) -> None:
        """The part of a bit that nobody can send, and what is lost when it is rounded up."""
        self.fragment = self._cell(int(total), total % 1).set_stroke(WASTE).set_fill(WASTE, 0.35)
        self.doubt = Maths("?", color=WASTE).next_to(self.fragment, RIGHT, buff=0.2)
        rest = self.ruler.span(total, self.ruler.bits - total, thickness=0.55).set_fill(WASTE, 1)
        rest.set_stroke(GROUND, width=1.5)
        self.rest = VGroup(rest, Maths(rounding, size=SMALL, color=GROUND).move_to(rest))
        legend = Words("code ℓ, surprise s:", size=SMALL, color=QUIET)
        self.bound = VGroup(legend, Maths("ell < s + 2", size=SMALL)).arrange(RIGHT, buff=0.2)
        self.bound.next_to(self.rest, UP, buff=0.15).align_to(self.rest, RIGHT)

    def _price(self, start: float, length: float, text: str) -> VGroup:
        bar = self.ruler.span(start, length, thickness=0.55).set_stroke(GROUND, width=1.5)
        return VGroup(bar, Maths(text, size=SMALL, color=GROUND).move_to(bar))

    def unpaid(self, price: VGroup) -> VGroup:
        """A copy of *price* as a place that is still empty."""
        copy = price.copy()
        copy[0].set_opacity(UNPAID)
        copy[1].set_opacity(0)
        return copy

    def _cell(self, k: int, share: float) -> Rectangle:
        """The place of bit *k* of the code, or of a share of it."""
        cell = self.ruler.span(k, share, thickness=0.6).set_fill(PANEL, 1).set_stroke(RULE, THIN)
        return cell.set_y(CELLS_HEIGHT)

    def digit(self, k: int, digit: str) -> VGroup:
        """Bit *k* of the code, sent."""
        cell = self.cells[k].copy().set_fill(CODE, 1).set_stroke(GROUND, THIN)
        return VGroup(cell, Words(digit, color=GROUND, weight="medium").move_to(cell))


def die_line(facts: Facts) -> IntervalZoom:
    """The unit interval, cut as the die does."""

    def face(symbol: int) -> DieFace:
        return DieFace(symbol + 1, height=0.48)

    line = IntervalZoom(DIE, label=face, ends=interval_ends(facts, 0), width=RIGHT_EDGE - LEFT_EDGE)
    return line.shift(1.7 * UP)


def interval_ends(facts: Facts, rolls: int) -> tuple[str, str]:
    """Where the interval of the first *rolls* rolls begins and ends, exactly: every roll adds one decimal."""
    spec = f".{rolls}f"
    return facts.shown(f"start_{rolls}", spec), facts.shown(f"end_{rolls}", spec)


class BitColumns(VGroup):
    """A column for each face of the die, as wide as it is likely and as high as its surprise, in bits.

    With codewords, what a codeword has beyond the surprise is red; surprise beyond the codeword is dim.
    """

    def __init__(self, surprises: Sequence[float]) -> None:
        self.surprises = tuple(surprises)
        fills = (CODE, WASTE, dimmed(CODE))
        self.columns = tuple(VGroup(*(bar(1, 1, fill) for fill in fills)) for _ in surprises)
        super().__init__(*self.columns)
        self.set_lengths(self.surprises)

    def set_lengths(self, lengths: Sequence[float]) -> BitColumns:
        """Give the faces codewords of so many bits. Returns itself."""
        for i, (column, s, length) in enumerate(zip(self.columns, self.surprises, lengths, strict=True)):
            spans = ((0, min(s, length)), (s, max(s, length)), (min(s, length), s))
            for part, (low, high) in zip(column, spans, strict=True):
                lay(part, self.corner(i, low), COLUMNS_WIDTH * float(DIE[i]), BIT * (high - low))
        return self

    def corner(self, i: int, bits: float) -> Point3D:
        """The left edge of column *i* at a height of so many bits."""
        return np.array([LEFT_EDGE + COLUMNS_WIDTH * float(sum(DIE[:i])), FOOT + BIT * bits, 0.0])

    def middle(self, i: int, bits: float) -> Point3D:
        """The middle of column *i* at a height of so many bits."""
        return self.corner(i, bits) + COLUMNS_WIDTH * float(DIE[i]) / 2 * RIGHT


class UnderColumns:
    """What stands in and under the die's columns: surprises, faces, probabilities, and codewords."""

    def __init__(self, columns: BitColumns, facts: Facts) -> None:
        self._columns = columns
        self.dice = self._row([DieFace(i + 1, height=0.48) for i in range(len(DIE))], 0.34 * DOWN)
        odds = [Maths(facts.shown(f"p_{name}", ".1f"), size=SMALL, color=PROBABILITY) for name in FACE_NAMES]
        self.odds = self._row(odds, 0.8 * DOWN)
        prices = [Maths(facts.shown(f"s_{name}", ".3f"), size=SMALL, color=GROUND) for name in FACE_NAMES]
        self.prices = self._row(prices, PRICE_HEIGHT * BIT * UP)

    def _row(self, things: Sequence[VMobject], place: Point3D) -> tuple[VMobject, ...]:
        return tuple(thing.move_to(self._columns.middle(i, 0) + place) for i, thing in enumerate(things))

    def codewords(self, code: Sequence[str]) -> tuple[VMobject, ...]:
        """A codeword under each column."""
        return self._row([Reading([word], bit_width=0.27, height=0.38) for word in code], 1.24 * DOWN)


class Costs:
    """Bits a roll along a line: the entropy, what codes for rolls cost, and the most that the best one can cost."""

    left, top, unit, pitch = 0.5, 0.7, 1.5, 0.72

    def __init__(self, facts: Facts) -> None:
        self._facts, floor = facts, facts.number("h_die")
        self.entropy = self._mark(floor, "H", PROBABILITY)
        self.ceiling = self._mark(floor + 1, "H + 1", QUIET)
        self.shannon = self._row("shannon", "Shannon", 0)
        self.huffman = self._row("huffman", "Huffman", 1)
        self.pairs = self._row("pairs", "Huffman, pairs", 2)
        bound = Maths("H <= L < H + 1", size=HEADING)
        legend = Words("L: the best code's bits a roll", size=SMALL, color=QUIET)
        self.bound = VGroup(bound, legend).arrange(DOWN, buff=0.25, aligned_edge=LEFT)
        self.bound.move_to((self.left, self.top - 3.0 * self.pitch, 0), aligned_edge=UP + LEFT)

    def _mark(self, bits: float, name: str, color: ManimColor) -> VGroup:
        x = self.left + self.unit * bits
        line = DashedLine((x, self.top + 0.4, 0), (x, self.top - 2.4 * self.pitch, 0), color=color, stroke_width=3)
        return VGroup(line, Maths(name, size=SMALL, color=color).next_to(line, UP, buff=0.12))

    def _row(self, key: str, name: str, k: int) -> VGroup:
        """What a code costs: a bar, red beyond the entropy, and the number."""
        left = np.array([self.left, self.top - k * self.pitch, 0])
        floor, cost = self._facts.number("h_die"), self._facts.number(key)
        within = bar(self.unit * floor, 0.5, CODE).move_to(left, aligned_edge=LEFT)
        beyond = bar(self.unit * (cost - floor), 0.5, WASTE).next_to(within, RIGHT, buff=0)
        label = Words(name, size=SMALL, color=GROUND, weight="medium").next_to(within.get_left(), RIGHT, buff=0.18)
        number = Maths(self._facts.shown(key, ".2f"), size=BODY, color=CODE)
        return VGroup(within, beyond, label, number.move_to((RIGHT_EDGE, left[1], 0), aligned_edge=RIGHT))


def room_bar(facts: Facts, code: str) -> ProbabilityBar:
    """How much of all room each codeword of a code for the die takes."""
    names = [f"{code}_term_{i}" for i in range(len(DIE))]
    labels = [Words(facts.shown(name, "frac"), size=SMALL, color=GROUND, weight="medium") for name in names]
    shares = [facts.number(name) for name in names]
    room = ProbabilityBar(shares, labels=labels, width=RIGHT_EDGE - Costs.left, height=0.5, colors=CODE)
    return room.move_to((Costs.left, 2.15, 0), aligned_edge=LEFT)


def room_bill(facts: Facts, room: ProbabilityBar) -> Maths:
    """What Shannon's codewords take in all, in the room that they leave."""
    taken = facts.number("shannon_room")
    bill = Maths(facts.shown("shannon_room", "frac").replace("/", "\\/") + " <= 1", size=SMALL)
    return bill.move_to((room.edge((1 + taken) / 2)[0], room.get_y(), 0))


class FlipCost:
    """One flip of the coin: its two sides, a codeword of one bit for each, and how little of that bit is needed."""

    def __init__(self, facts: Facts) -> None:
        odds = [Maths(facts.shown(name, ".1f"), color=GROUND) for name in ("p_heads", "p_tails")]
        self.coin = ProbabilityBar(COIN_PMF, labels=odds, width=9.0, height=0.8).move_to(1.85 * UP)
        self.sides = tuple(
            Words(name, size=SMALL).next_to(side, UP, buff=0.15)
            for name, side in zip(SIDES, self.coin.segments, strict=True)
        )
        words = (Reading([facts.shown(f"flip_{i}", "bits")], bit_width=0.5, height=0.5) for i in range(len(COIN)))
        self.codewords = tuple(
            word.next_to(side, DOWN, buff=0.15) for word, side in zip(words, self.coin.segments, strict=True)
        )
        floor, left = facts.number("h_coin"), np.array([-4.5, -0.35, 0])
        self.bit = bar(9.0, 0.7, CODE).move_to(left, aligned_edge=LEFT)
        self.bit_name = Maths(facts.fill('{block_1:.0f} "bit"'), color=CODE).next_to(self.bit, RIGHT, buff=0.2)
        self.within = bar(9.0 * floor, 0.7, CODE).move_to(left, aligned_edge=LEFT)
        self.beyond = bar(9.0 * (1 - floor), 0.7, WASTE).next_to(self.within, RIGHT, buff=0)
        self.floor = Maths(facts.fill("H = {h_coin:.3f}"), color=PROBABILITY).next_to(self.within, DOWN, buff=0.2)


class Source(VGroup):
    """A distribution as a bar, and beside it the entropy as a length in bits."""

    def __init__(self, p: Sequence[Fraction], labels: Sequence[VMobject], entropy: float, shown: str) -> None:
        shares = ProbabilityBar([float(share) for share in p], labels=labels, width=5.4, height=0.8, label_side=UP)
        shares.shift(LEFT_EDGE * RIGHT - shares.frame.get_left())
        length = bar(SOURCE_BIT * entropy, 0.5, PROBABILITY).next_to(shares.frame, RIGHT, buff=0.9)
        number = Maths(f'H = {shown} "bits"', color=PROBABILITY).next_to(length, UP, buff=0.2, aligned_edge=LEFT)
        super().__init__(shares, length, number)


def die_source(facts: Facts) -> Source:
    """The die and its entropy."""
    faces = [DieFace(i + 1, height=0.48) for i in range(len(DIE))]
    return Source(DIE, faces, facts.number("h_die"), facts.shown("h_die", ".3f"))


def coin_source(facts: Facts) -> Source:
    """The coin and its entropy."""
    sides = [Words(name, size=SMALL) for name in SIDES]
    return Source(COIN, sides, facts.number("h_coin"), facts.shown("h_coin", ".3f"))


def bar(width: float, height: float, color: ManimColor) -> VMobject:
    """A plain bar, parted from its neighbours by the ground."""
    part = VMobject(fill_color=color, fill_opacity=1, stroke_color=GROUND, stroke_width=THIN)
    lay(part, ORIGIN, width, height)
    return part


def lay(part: VMobject, corner: Point3D, width: float, height: float) -> None:
    """Make *part* the rectangle with this lower left corner; without height it is not seen at all."""
    right, up = width * RIGHT, max(height, 0.0) * UP
    part.set_points_as_corners([corner, corner + right, corner + right + up, corner + up, corner])
    part.set_stroke(opacity=1 if height > 0 else 0)
