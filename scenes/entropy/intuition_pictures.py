"""Pictures that only the film `intuition` draws."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate

import numpy as np
from manim import DL, DOWN, LEFT, RIGHT, UL, UP, Animation, LaggedStart, Line, Rectangle, Transform, VGroup, VMobject
from manim.typing import Point3D
from manim.utils.color import ManimColor
from numpy.typing import NDArray

from scenes.entropy.intuition_dictionaries import STORY, ZEBRA_PLACE
from scenes.stage.theme import BODY, BOLD, CODE, GROUND, HEADING, PANEL, PROBABILITY, QUIET, RULE, SMALL, THIN
from scenes.stage.typeset import Maths, Words, stand_beside
from scenes.stage.word_tile import WordTile

NOTES, COUNTED = 1.2, 3.9  # left edges of the notes beside a spelled word
PAGES, PAGE_LINES, LINE_WORDS = 4, 16, 16
DASH: Point3D = np.array([0.12, 0.075, 0.0])  # a word of the story, seen from afar
WORD_PITCH, LINE_PITCH, PAGE_PITCH, MARGIN = 0.165, 0.15, 3.25, 0.14


class BitCell(VGroup):
    """One bit of a codeword in a box of its own."""

    def __init__(self, digit: Words, *, width: float, height: float) -> None:
        self.box = Rectangle(width=width, height=height, stroke_width=THIN, stroke_color=GROUND).set_fill(CODE, 1)
        self.digit = digit.move_to(self.box)
        super().__init__(self.box, self.digit)


class HangingCodeword(VGroup):
    """A codeword that hangs from *top*, one cell a bit, its first bit highest."""

    def __init__(
        self, codeword: str, top: Point3D, *, width: float, bit_height: float, digits: dict[str, Words]
    ) -> None:
        self.codeword = codeword
        self.cells = [BitCell(digits[bit].copy(), width=width, height=bit_height) for bit in codeword]
        super().__init__(*self.cells)
        self.arrange(DOWN, buff=0).move_to(top, aligned_edge=UP)


def hanging(code: Sequence[str], tops: Sequence[Point3D], *, width: float, bit_height: float) -> list[HangingCodeword]:
    """The codewords of a dictionary, each below its word."""
    digits = {bit: Words(bit, size=SMALL, color=GROUND, weight="medium") for bit in "01"}
    return [
        HangingCodeword(word, top, width=width, bit_height=bit_height, digits=digits)
        for word, top in zip(code, tops, strict=True)
    ]


class CutMessage(VGroup):
    """A message in bits without gaps, where a reader may cut, and the words that each piece then means."""

    def __init__(
        self, digits: str, dictionary: dict[str, str], *, bit_width: float = 1.3, height: float = 0.85
    ) -> None:
        self._dictionary = list(dictionary.items())
        self._step = bit_width
        self.bar = Rectangle(width=bit_width * len(digits), height=height, stroke_width=0).set_fill(CODE, 1)
        self.bits = [
            Words(bit, size=HEADING, color=GROUND, weight="medium").move_to(self._point(i + 0.5))
            for i, bit in enumerate(digits)
        ]
        self.cuts = [self._cut(i, height) for i in range(1, len(digits))]
        super().__init__(self.bar, *self.bits, *self.cuts)

    def _point(self, bits: float) -> Point3D:
        left: Point3D = self.bar.get_left()
        return left + bits * self._step * RIGHT

    def pieces(self, lengths: Sequence[int]) -> list[VGroup]:
        """The message once more, in parts of so many bits: as it is put together."""
        parts, start = [], 0
        for length in lengths:
            box = Rectangle(width=length * self._step, height=self.bar.height, stroke_width=0).set_fill(CODE, 1)
            bits = (bit.copy() for bit in self.bits[start : start + length])
            parts.append(VGroup(box.move_to(self._point(start + length / 2)), *bits))
            start += length
        return parts

    def possible_cuts(self) -> list[Line]:
        """A tick above every place where a reader might cut."""
        top = (float(self.bar.get_top()[1]) + 0.1) * UP
        feet = [cut.get_x() * RIGHT + top for cut in self.cuts]
        return [Line(foot, foot + 0.22 * UP, color=QUIET, stroke_width=BOLD) for foot in feet]

    def _cut(self, i: int, height: float) -> Rectangle:
        cut = Rectangle(width=0.16, height=height + 0.1, stroke_width=0).set_fill(GROUND, 0)
        return cut.move_to(self._point(i))

    def words(self, reading: Sequence[int]) -> VGroup:
        """What the reading says, each word below its piece."""
        row, start = VGroup(), 0
        floor = float(self.bar.get_bottom()[1])
        for index in reading:
            word, codeword = self._dictionary[index]
            label = Words(word, size=BODY).move_to(self._point(start + len(codeword) / 2))
            row.add(label.shift(UP * (floor - 0.5 - label.baseline)))
            start += len(codeword)
        return row

    def cut(self, reading: Sequence[int]) -> CutMessage:
        """Cut where the reading ends a codeword, and nowhere else. Returns itself."""
        ends = set(accumulate(len(self._dictionary[index][1]) for index in reading))
        for i, cut in enumerate(self.cuts, 1):
            cut.set_fill(GROUND, 1 if i in ends else 0)
        return self


class StoryPages(VGroup):
    """A story from afar: pages of dashes, one dash a word; the places of a word can be lit.

    Dashes of one kind are one mobject a page, as a thousand single ones would slow every frame.
    """

    def __init__(self) -> None:
        super().__init__()
        self.sheets = [self._sheet(page) for page in range(PAGES)]
        self.words = [self._dashes(range(p * self.page_words, (p + 1) * self.page_words), RULE) for p in range(PAGES)]
        self.pages = [VGroup(sheet, words) for sheet, words in zip(self.sheets, self.words, strict=True)]
        self.add(*self.pages)

    @staticmethod
    def _sheet(page: int) -> Rectangle:
        width, height = LINE_WORDS * WORD_PITCH + 2 * MARGIN, PAGE_LINES * LINE_PITCH + 2 * MARGIN
        sheet = Rectangle(width=width, height=height, stroke_width=0).set_fill(PANEL, 1)
        return sheet.move_to((page * PAGE_PITCH - MARGIN) * RIGHT + MARGIN * UP, aligned_edge=UL)

    page_words = PAGE_LINES * LINE_WORDS

    def _dashes(self, places: Iterable[int], color: ManimColor) -> VMobject:
        dashes = VMobject(fill_color=color, fill_opacity=1, stroke_width=0)
        for place in places:
            page, rest = divmod(int(place), self.page_words)
            line, column = divmod(rest, LINE_WORDS)
            corner = np.array([page * PAGE_PITCH + column * WORD_PITCH, -line * LINE_PITCH, 0.0])
            across, down = DASH[0] * RIGHT, DASH[1] * DOWN
            dashes.start_new_path(corner)
            dashes.add_points_as_corners([corner + across, corner + across + down, corner + down, corner])
        return dashes

    def lit(self, places: Iterable[int]) -> list[VMobject]:
        """The dashes at *places* in the colour of probability, page by page, where the story stands now."""
        by_page: list[list[int]] = [[] for _ in range(PAGES)]
        for place in places:
            by_page[int(place) // self.page_words].append(int(place))
        origin = self.pages[0].get_corner(UL)
        return [self._dashes(page, PROBABILITY).shift(origin) for page in by_page if page]


def places_of(random: np.random.Generator, count: int) -> list[int]:
    """So many places of the story at random, but not the zebra's."""
    others = [place for place in range(STORY) if place != ZEBRA_PLACE]
    return [int(place) for place in random.choice(others, size=count, replace=False)]


class Cells(VGroup):
    """A row of *count* empty cells, one a bit, that can be filled from the left."""

    def __init__(self, count: int, *, side: float) -> None:
        super().__init__()
        self.boxes = [Rectangle(width=side, height=side, stroke_color=RULE, stroke_width=THIN) for _ in range(count)]
        self.add(*(box.set_fill(PANEL, 1) for box in self.boxes))
        self.arrange(RIGHT, buff=0)

    def fill_up(self, number: int) -> Animation:
        """Fill the first *number* cells, one after the other."""
        fills = [Transform(box, box.copy().set_fill(CODE, 1).set_stroke(GROUND)) for box in self.boxes[:number]]
        return LaggedStart(*fills, lag_ratio=0.3)


class Clue(VGroup):
    """A word read out of the story: in how many places it stands, and how many bits of its place it tells."""

    def __init__(self, word: str, *, places: str, bits: str, known: int, cells: int) -> None:
        self.known = known
        self.tile = WordTile(word, size=HEADING, width=2.0, height=0.72).move_to(5.25 * LEFT)
        self.places = Words(places, size=HEADING, color=PROBABILITY)
        self.cells = Cells(cells, side=0.5).move_to(2.1 * RIGHT)
        self.bits = Words(bits, size=HEADING, color=CODE)
        super().__init__(self.tile, stand_beside(self.places, self.tile.label), self.cells)
        self.places.set_x(-3.9, direction=LEFT)
        self.add(stand_beside(self.bits, self.tile.label))
        self.bits.set_x(float(self.cells.get_right()[0]) + 0.25, direction=LEFT)


class Spelling(VGroup):
    """A word, a letter to a cell, and below it the bits that it tells, in cells of the same width."""

    SIDE = 0.7

    def __init__(self, word: str, *, bits: int) -> None:
        self.letters = VGroup(*(WordTile(letter, size=HEADING, width=self.SIDE, height=self.SIDE) for letter in word))
        self.letters.arrange(RIGHT, buff=0)
        self.cells = Cells(bits, side=self.SIDE).next_to(self.letters, DOWN, buff=0.1, aligned_edge=LEFT)
        super().__init__(self.letters, self.cells)


class SpellingNotes:
    """What stands beside a spelled word: its letters, how often it comes, and what it is worth in bits, and why."""

    def __init__(self, spelling: Spelling, *, letters: str, bits: str, count: str, halvings: str) -> None:
        self.letters = Words(letters, size=HEADING).move_to(spelling.letters).set_x(NOTES, direction=LEFT)
        self.count = Words(count, color=PROBABILITY).set_x(COUNTED, direction=LEFT)
        worth = Words(bits, size=HEADING, color=CODE).move_to(spelling.cells).set_x(NOTES, direction=LEFT)
        why = Maths(halvings, color=CODE).set_x(COUNTED, direction=LEFT)
        self.count.align_to(spelling, UP)
        why.align_to(worth, DOWN)
        self.worth = VGroup(worth, why)


class RateLine(VGroup):
    """A number line of bits a word, on which dictionaries stand where their rate is.

    Parameters
    ----------
    start, end
        The rates at its ends.
    ticks
        The rates that are marked, and how they are shown.
    width
        Length in scene units.
    """

    def __init__(self, start: float, end: float, ticks: dict[float, str], *, width: float) -> None:
        self._start, self._span = start, end - start
        self.edge = Line(width / 2 * LEFT, width / 2 * RIGHT, color=QUIET, stroke_width=THIN)
        super().__init__(self.edge)
        for rate, shown in ticks.items():
            tick = Line(self.at(rate), self.at(rate) + 0.14 * DOWN, color=QUIET, stroke_width=THIN)
            self.add(tick, Words(shown, size=SMALL, color=QUIET).next_to(tick, DOWN, buff=0.1))

    def at(self, rate: float) -> Point3D:
        """The point of the line where *rate* is."""
        left, right = self.edge.get_start(), self.edge.get_end()
        point: Point3D = left + (rate - self._start) / self._span * (right - left)
        return point

    def post(self, rate: float, height: float, color: ManimColor = CODE) -> Line:
        """An upright line on *rate*."""
        return Line(self.at(rate), self.at(rate) + height * UP, color=color, stroke_width=4)

    def below(self, rate: float, height: float) -> Rectangle:
        """The ground that lies below *rate*: nothing stands there."""
        foot, corner = self.edge.get_start(), self.at(rate)
        area = Rectangle(width=float(corner[0] - foot[0]), height=height, stroke_width=0).set_fill(PANEL, 1)
        return area.move_to(foot, aligned_edge=DL)


class Pile(VMobject):
    """How many of the dictionaries tried have each rate, as one stepped shape on a rate line."""

    def __init__(self, line: RateLine, rates: NDArray[np.float64], *, bin_width: float, unit: float) -> None:
        super().__init__(fill_color=CODE, fill_opacity=0.45, stroke_width=0)
        self._line, self._bin, self._unit = line, bin_width, unit
        self._steps = np.rint(rates / bin_width).astype(np.int64)
        self.show_first(len(rates))

    def show_first(self, number: int) -> Pile:
        """Pile up only the first *number* of them. Returns itself."""
        self.clear_points()
        steps, counts = np.unique(self._steps[:number], return_counts=True)
        for step, count in zip(steps, counts, strict=True):
            left, right = (self._line.at((step + side) * self._bin) for side in (-0.45, 0.45))
            up = float(count) * self._unit * UP
            self.start_new_path(left)
            self.add_points_as_corners([left + up, right + up, right, left])
        return self
