"""Pictures of the novel's letters for the film `chain_rule`: a stair, a line, and the last page."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import (
    DL,
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Line,
    ManimColor,
    Rectangle,
    UpdateFromAlphaFunc,
    VGroup,
    interpolate_color,
)

from narration.fact import Facts
from scenes.messages.chain_rule_facts import KNOWN, last_page, page_surprises
from scenes.stage.cut_bar import CutBar
from scenes.stage.live_number import LiveNumber
from scenes.stage.message_stream import MessageSheet
from scenes.stage.theme import (
    BODY,
    CODE,
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
from scenes.stage.word_tile import WordTile

STAGE_LEFT, STAGE_LENGTH = -6.2, 12.4
PAGE_COLUMNS = 46
BEFORE = "i asked for cof"  # in the novel; what comes next?
LINKS = ("H(X_1, ..., X_n)", "= sum_(i = 1)^n H(X_i | X_1, ..., X_(i - 1))")

STEP_PITCH, STEP_WIDTH, PAIR_WIDTH = 3.4, 1.9, 1.1
STEP_BIT = 0.72  # height of a bit
STAIR_FOOT = -0.85
TAKEN_OFF = 0.2  # how far the last page stands from the rest
ASIDE = 2.3  # left edge of what stands over the lower end of the stair


class Stair(VGroup):
    """The entropy of the next letter given more and more letters before it, as columns over these letters."""

    def __init__(self, facts: Facts) -> None:
        self.base = Line(STAGE_LEFT * RIGHT, (STAGE_LEFT + KNOWN * STEP_PITCH + 2 * PAIR_WIDTH) * RIGHT)
        self.base.set_stroke(RULE, THIN).set_y(STAIR_FOOT)
        names = [f"step_{k}" for k in range(KNOWN + 1)]
        self.columns = [self._column(k, facts.number(name), PROBABILITY) for k, name in enumerate(names)]
        self.numbers = [
            self._number(facts.shown(name, ".2f"), column) for name, column in zip(names, self.columns, strict=True)
        ]
        self.contexts = [self._context(k) for k in range(KNOWN + 1)]
        super().__init__(self.base, *self.columns, *self.numbers, *self.contexts)

    def _middle(self, k: int) -> float:
        return STAGE_LEFT + k * STEP_PITCH + PAIR_WIDTH

    def _column(self, k: int, bits: float, color: ManimColor, width: float = STEP_WIDTH) -> Rectangle:
        column = Rectangle(width=width, height=bits * STEP_BIT).set_fill(color, 1).set_stroke(GROUND, THIN)
        return column.move_to((self._middle(k), STAIR_FOOT, 0.0), aligned_edge=DOWN)

    def _number(self, shown: str, column: Rectangle) -> Maths:
        return Maths(shown, color=column.get_fill_color()).next_to(column, UP, buff=0.12)

    def _context(self, k: int) -> VGroup:
        """The known letters on tiles, then an empty one for the letter that comes next."""
        tiles = [WordTile(letter, size=SMALL, width=0.4, height=0.44) for letter in BEFORE[len(BEFORE) - k :]]
        row = VGroup(*tiles, _blank()).arrange(RIGHT, buff=0.04)
        return row.move_to((self._middle(k), STAIR_FOOT - 0.15, 0.0), aligned_edge=UP)

    def make_room(self) -> Stair:
        """Columns become narrow and step to the left; a second one fits beside each. Returns itself."""
        for column, number in zip(self.columns, self.numbers, strict=True):
            left = column.get_x() - PAIR_WIDTH / 2
            column.stretch_to_fit_width(PAIR_WIDTH).set_x(left)
            number.set_x(left)
        return self

    def beside(self, k: int, bits: float, shown: str, color: ManimColor) -> VGroup:
        """A second column, right of the narrow one, with its number."""
        column = self._column(k, bits, color, PAIR_WIDTH)
        column.set_x(self._middle(k) + PAIR_WIDTH / 2)
        return VGroup(column, self._number(shown, column))

    def chain(self) -> CutBar:
        """The columns end to end below the stair."""
        bits = [column.height / STEP_BIT for column in self.columns]
        bar = CutBar(bits, unit=STAGE_LENGTH / sum(bits), colors=[PROBABILITY] * len(bits), spec="")
        return bar.begin_at((STAGE_LEFT, -2.45, 0.0))


def _blank() -> WordTile:
    """An empty place for the next letter."""
    return WordTile("?", size=SMALL, width=0.4, height=0.44, color=GROUND, ink=PROBABILITY)


def opening_line() -> VGroup:
    """Some letters of the novel and the place of the next one, below the stair."""
    words = Words(BEFORE, size=BODY)
    blank = _blank().next_to(words, RIGHT, buff=0.06)
    return VGroup(words, blank).move_to((STAGE_LEFT, -2.2, 0.0), aligned_edge=LEFT)


def links_formula() -> VGroup:
    """The chain rule for any number of letters, over the lower end of the stair."""
    lines = VGroup(*(Maths(line, size=BODY) for line in LINKS)).arrange(DOWN, buff=0.15, aligned_edge=LEFT)
    return lines.move_to((ASIDE, 1.9, 0.0), aligned_edge=LEFT)


class Hidden(VGroup):
    """The novel as one bar whose last page is taken off, true to length; above it what long strings are like."""

    def __init__(self, facts: Facts) -> None:
        self.many = Words(facts.fill("{blocks:,d} strings of four letters,"), size=SMALL)
        self.once = Words(facts.fill("{once:,d} of them came just once"), size=SMALL)
        VGroup(self.many, self.once).arrange(DOWN, buff=0.12, aligned_edge=LEFT)
        VGroup(self.many, self.once).move_to((ASIDE, 2.9, 0.0), aligned_edge=LEFT)
        width, share = 3.75, facts.number("share")
        self.counted = Rectangle(width=(1 - share) * width, height=0.32).set_fill(PROBABILITY, 1)
        self.counted.set_stroke(width=0).move_to((ASIDE, 2.2, 0.0), aligned_edge=LEFT)
        self.page = Rectangle(width=share * width, height=0.32).set_fill(PROBABILITY, 1).set_stroke(width=0)
        self.page.next_to(self.counted, RIGHT, buff=0)
        self.counted_name = Words("the novel, counted", size=SMALL, color=PROBABILITY)
        self.counted_name.next_to(self.counted, DOWN, buff=0.12, aligned_edge=LEFT)
        self.page_name = Words("its last page", size=SMALL, color=CODE)
        self.page_name.next_to(self.counted_name, RIGHT).set_x(self.page.get_right()[0] + TAKEN_OFF, direction=RIGHT)
        self.model = Words("Where three letters are too rare, two decide.", size=SMALL, color=QUIET)
        self.model.move_to((STAGE_LEFT, -2.2, 0.0), aligned_edge=LEFT)
        super().__init__(self.many, self.once, self.model, self.counted, self.page, self.counted_name, self.page_name)

    def take_off(self) -> Animation:
        """The last page leaves the book that is counted."""
        taken: Animation = self.page.animate.shift(TAKEN_OFF * RIGHT).set_fill(CODE).build()
        return taken


class LetterLine(VGroup):
    """The page's last line, over each letter a column as high as its surprise, and a frame for the three before it."""

    def __init__(self, *, foot: float = -1.2, bit: float = 0.6) -> None:
        self.text = last_page().line
        self.bits = page_surprises()[-len(self.text) :]
        self._pitch, self._foot, self._bit = STAGE_LENGTH / len(self.text), foot, bit
        self.letters = VGroup(*(self._letter(i) for i, letter in enumerate(self.text) if letter != " "))
        self.columns = VGroup(*(self._empty() for _ in self.text))
        self.window = Rectangle(width=KNOWN * self._pitch, height=0.46, color=PAPER, stroke_width=2)
        super().__init__(self.letters, self.columns, self.window)
        self.show_first(0)

    def _x(self, i: float) -> float:
        return STAGE_LEFT + i * self._pitch

    def _letter(self, i: int) -> Words:
        # The line stands on the foot of its letters, not on their lower edges.
        letter = Words(self.text[i], size=SMALL).set_x(self._x(i + 0.5))
        return letter.shift((self._foot - 0.38 - letter.baseline) * UP)

    def _empty(self) -> Rectangle:
        return Rectangle(width=0.8 * self._pitch, height=1e-3).set_fill(CODE, 1).set_stroke(width=0)

    def show_first(self, count: float) -> None:
        """Raise the columns of so many letters, the last of them in part; the frame holds the three before it."""
        for i, (column, bits) in enumerate(zip(self.columns, self.bits, strict=True)):
            share = min(max(count - i, 0.0), 1.0)
            column.stretch_to_fit_height(max(share * bits * self._bit, 1e-3))
            column.move_to((self._x(i + 0.5), self._foot, 0.0), aligned_edge=DOWN)
        begin = min(max(count - 0.5 - KNOWN, 0.0), len(self.text) - KNOWN - 1)
        self.window.move_to((self._x(begin + KNOWN / 2), self._foot - 0.3, 0.0))

    def read(self, **kwargs: Any) -> Animation:
        """Letter by letter the columns rise."""
        return UpdateFromAlphaFunc(self, lambda _, alpha: self.show_first(alpha * len(self.text)), **kwargs)

    def end_to_end(self) -> CutBar:
        """The columns as pieces of one bar below the line."""
        unit = STAGE_LENGTH / float(self.bits.sum())
        bar = CutBar(self.bits.tolist(), unit=unit, colors=[CODE] * len(self.bits), spec="")
        bar.remove(bar.cuts)
        return bar.begin_at((STAGE_LEFT, -2.4, 0.0))


class PageBill(VGroup):
    """The last page as a sheet of tiles, the brighter the more surprising; below it their surprises as one bar."""

    def __init__(self, facts: Facts, line_bits: float) -> None:
        self.surprises = page_surprises()
        self._paid = np.concatenate([[0.0], np.cumsum(self.surprises)])
        levels = np.minimum(self.surprises.astype(int), 5)
        shades = [interpolate_color(PANEL, CODE, 0.12 + 0.88 * level / 5) for level in range(6)]
        self.sheet = MessageSheet(levels, shades, columns=PAGE_COLUMNS, width=5.4, height=3.9)
        self.sheet.shift(np.array([STAGE_LEFT, -1.15, 0.0]) - self.sheet.area.get_corner(DL))
        unit = STAGE_LENGTH / self._paid[-1]
        self.bar = CutBar([0.0], unit=unit, colors=[CODE], spec="").begin_at((STAGE_LEFT, -2.4, 0.0))
        self.line = Rectangle(width=line_bits * unit, height=self.bar.bar.frame.height)
        self.line.set_fill(CODE, 1).set_stroke(GROUND, THIN)
        self.line.move_to(self.bar.at(self._paid[-1]), aligned_edge=DOWN + RIGHT)
        self.rows = [self._row(name, y) for name, y in (("letters", 2.2), ("bits", 1.55))]
        self.legend = Words(
            facts.fill("{letters:,d} letters; the brighter, the more surprising"), size=SMALL, color=QUIET
        )
        self.legend.next_to(self.sheet.area, DOWN, buff=0.15, aligned_edge=LEFT)
        self.chance = Maths('p("page") = product_i p(x_i | "the three before")', size=HEADING)
        self.whole = Maths(facts.fill('log_2 1/(p("page")) = "{page_surprise:,.0f}"'), size=HEADING, color=CODE)
        VGroup(self.chance, self.whole).arrange(DOWN, buff=0.3, aligned_edge=LEFT).move_to((0.1, 0.0, 0.0), LEFT)
        super().__init__(self.sheet, self.legend, self.bar, self.line, *self.rows, self.chance, self.whole)
        self.show_first(0)

    @staticmethod
    def _row(name: str, y: float) -> VGroup:
        number = LiveNumber(0, ",.0f", size=HEADING, color=CODE if name == "bits" else PAPER, edge=RIGHT)
        number.anchor_at(np.array([1.6, y, 0.0]))
        return VGroup(number, Words(name, color=QUIET).next_to(number, RIGHT, buff=0.25, aligned_edge=DOWN))

    def show_first(self, count: int) -> None:
        """The first so many letters, and what they cost."""
        self.sheet.show_first(count)
        self.bar.set_pieces([self._paid[count]])
        for row, value in zip(self.rows, (count, self._paid[count]), strict=True):
            row[0].set_value(value)

    def read(self, **kwargs: Any) -> Animation:
        """All letters of the page are read and paid."""
        total = len(self.surprises)
        mover = VGroup(self.sheet, self.bar, *(row[0] for row in self.rows))
        return UpdateFromAlphaFunc(mover, lambda _, alpha: self.show_first(round(alpha * total)), **kwargs)
