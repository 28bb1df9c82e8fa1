"""Pictures that only the film `intuition` draws."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Sequence
from itertools import accumulate, groupby, pairwise

import numpy as np
from manim import (
    DL,
    DOWN,
    LEFT,
    RIGHT,
    UL,
    UP,
    Animation,
    AnimationGroup,
    FadeIn,
    LaggedStart,
    Line,
    Rectangle,
    Transform,
    VGroup,
    VMobject,
)
from manim.typing import Point3D
from manim.utils.color import ManimColor
from numpy.typing import NDArray

from scenes.stage.theme import (
    BODY,
    BOLD,
    CODE,
    DISPLAY,
    GROUND,
    HEADING,
    PANEL,
    PROBABILITY,
    QUIET,
    RULE,
    SAFE_LEFT,
    SMALL,
    THIN,
)
from scenes.stage.typeset import Maths, Words, stand_beside
from scenes.stage.word_tile import WordTile

NOTES, COUNTED = 0.95, 3.5  # left edges of the notes beside a spelled word
COLUMN, COLUMN_TILE = 2.6, 0.35  # width of a column of words, height of its tiles
PLACES, CELLS = -3.95, -1.75  # left edges of what is said beside a word that is read out
PAGE_ROWS, PAGE_LINES, LINE_WORDS = 2, 27, 12  # the novel as a paperback
WORD_PITCH, LINE_PITCH, MARGIN = 0.066, 0.052, 0.05
PAGE = (LINE_WORDS * WORD_PITCH + 2 * MARGIN, PAGE_LINES * LINE_PITCH + 2 * MARGIN)
PAGE_GAP = 0.1
DASH: Point3D = np.array([0.046, 0.028, 0.0])  # a word, seen from afar
MARK: Point3D = np.array([0.14, 0.1, 0.0])  # a word that is pointed at


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


class Opening(VGroup):
    """How the novel opens: *sentence*, and the lines after it, as on a page."""

    WIDTH = 84  # letters of a line

    def __init__(self, sentence: str, after: Sequence[str]) -> None:
        self.sentence = Words("\n".join(textwrap.wrap(sentence, self.WIDTH)))
        self.after = Words("\n".join(after), color=QUIET)
        super().__init__(self.sentence, self.after)
        self.arrange(DOWN, buff=0.3, aligned_edge=LEFT)


class WordColumn(VGroup):
    """A tile with its word for each time that the word comes, stacked on *foot*."""

    def __init__(self, word: str, count: int, foot: Point3D) -> None:
        self.tiles = [WordTile(word, size=SMALL, width=COLUMN, height=COLUMN_TILE) for _ in range(count)]
        super().__init__(*(tile.fill(PROBABILITY, GROUND) for tile in self.tiles))
        self.arrange(UP, buff=0.03).move_to(foot, aligned_edge=DOWN)


class EqualWords(VGroup):
    """Words side by side, each below a column of as many tiles, and how many they are; at first only the words are in.

    Parameters
    ----------
    words
        The words.
    count, shown
        How often each comes, and how that is written.
    foot
        The middle of the row of words.
    """

    def __init__(self, words: Iterable[str], *, count: int, shown: str, foot: Point3D) -> None:
        self.names = [WordTile(word, size=HEADING, width=COLUMN, height=0.75) for word in words]
        VGroup(*self.names).arrange(RIGHT, buff=1.6).move_to(foot)
        self.columns = [WordColumn(name.word, count, name.get_top() + 0.12 * UP) for name in self.names]
        count_above = Words(shown, size=DISPLAY, color=PROBABILITY)
        self.counts = [count_above.copy().next_to(column, UP, buff=0.25) for column in self.columns]
        between = [VGroup(*pair).get_center() for pair in pairwise(self.counts)]
        self.equal = [Words("=", size=DISPLAY, color=PROBABILITY).move_to(point) for point in between]
        super().__init__(*self.names)

    def rise(self) -> Animation:
        """The columns grow, tile by tile, all at once."""
        return AnimationGroup(
            *(
                LaggedStart(*(FadeIn(tile, shift=0.1 * UP) for tile in column.tiles), lag_ratio=0.4)
                for column in self.columns
            )
        )

    def cover(self) -> Animation:
        """Every spelling is covered, from the foot of the columns up."""
        stacks = [(name, *column.tiles) for name, column in zip(self.names, self.columns, strict=True)]
        return AnimationGroup(
            *(LaggedStart(*(Transform(t, t.copy().cover()) for t in stack), lag_ratio=0.1) for stack in stacks)
        )


def lines_of(paragraphs: Iterable[int]) -> list[tuple[int, int]]:
    """The line and the column of each word, when every paragraph, of so many words, starts a new line."""
    spots, start = [], 0
    for words in paragraphs:
        spots += [(start + word // LINE_WORDS, word % LINE_WORDS) for word in range(words)]
        start += math.ceil(words / LINE_WORDS)
    return spots


class NovelPages(VGroup):
    """A text from afar: pages of dashes, one dash a word; some words can be lit.

    Dashes of one page are one mobject, as thousands of single ones would slow every frame.

    Parameters
    ----------
    paragraphs
        How many words each paragraph has.
    """

    def __init__(self, paragraphs: Iterable[int]) -> None:
        super().__init__()
        self._spots = lines_of(paragraphs)
        places = [list(words) for _, words in groupby(range(len(self._spots)), key=self._page)]
        self._columns = math.ceil(len(places) / PAGE_ROWS)
        self.words = [self._dashes(words, DASH, QUIET, 0.55) for words in places]
        self.pages = [VGroup(self._sheet(page), words) for page, words in enumerate(self.words)]
        self.add(*self.pages)

    def _page(self, place: int) -> int:
        return self._spots[place][0] // PAGE_LINES

    def _corner(self, page: int) -> Point3D:
        row, column = divmod(page, self._columns)
        return np.array([column * (PAGE[0] + PAGE_GAP), -row * (PAGE[1] + PAGE_GAP), 0.0])

    def _sheet(self, page: int) -> Rectangle:
        sheet = Rectangle(width=PAGE[0], height=PAGE[1], stroke_width=0).set_fill(PANEL, 1)
        return sheet.move_to(self._corner(page), aligned_edge=UL)

    def _dashes(self, places: Iterable[int], size: Point3D, color: ManimColor, opacity: float = 1) -> VMobject:
        """A dash of *size* at each of *places*, around the middle of the word that stands there."""
        dashes = VMobject(fill_color=color, fill_opacity=opacity, stroke_width=0)
        across, down = size[0] * RIGHT, size[1] * DOWN
        for place in places:
            line, column = self._spots[place]
            line -= self._page(place) * PAGE_LINES
            word = np.array([(column + 0.5) * WORD_PITCH + MARGIN, -(line + 0.5) * LINE_PITCH - MARGIN, 0.0])
            corner = self._corner(self._page(place)) + word - (across + down) / 2
            dashes.start_new_path(corner)
            dashes.add_points_as_corners([corner + across, corner + across + down, corner + down, corner])
        return dashes

    def lit(self, places: Iterable[int]) -> list[VMobject]:
        """The words at *places*, enlarged, in the colour of probability, page by page, where the pages stand now."""
        origin = self.pages[0].get_corner(UL)
        return [self._dashes(page, MARK, PROBABILITY).shift(origin) for _, page in groupby(sorted(places), self._page)]


class Cells(VGroup):
    """A row of empty cells, one a bit, as long as *bits*: the last one may be a part of a cell. Bits can fill it."""

    def __init__(self, bits: float, *, side: float) -> None:
        self._side = side
        self.boxes = [self._cell(width).set_fill(PANEL, 1) for width in self._widths(bits)]
        super().__init__(*self.boxes)
        self.arrange(RIGHT, buff=0)

    def _widths(self, bits: float) -> list[float]:
        return [self._side * min(1.0, bits - whole) for whole in range(math.ceil(bits))]

    def _cell(self, width: float) -> Rectangle:
        return Rectangle(width=width, height=self._side, stroke_color=RULE, stroke_width=THIN)

    def filled(self, bits: float) -> list[Rectangle]:
        """The first *bits* cells, full; the last one as full as it is."""
        cells = [self._cell(width).set_fill(CODE, 1).set_stroke(GROUND) for width in self._widths(bits)]
        return [cell.move_to(box, aligned_edge=LEFT) for cell, box in zip(cells, self.boxes, strict=False)]

    def fill_up(self, bits: float) -> Animation:
        """Fill the first *bits* cells, one after the other."""
        return LaggedStart(*(FadeIn(cell) for cell in self.filled(bits)), lag_ratio=0.3)


class Clue(VGroup):
    """A word read out of the novel: in how many places it stands, and how many bits of its place it tells."""

    def __init__(self, word: str, *, places: str, bits: str, known: float, cells: float) -> None:
        self.known = known
        self.tile = clue_tile(word)
        self.places = Words(places, size=HEADING, color=PROBABILITY)
        self.cells = Cells(cells, side=0.46).set_x(CELLS, direction=LEFT)
        self.bits = Words(bits, size=HEADING, color=CODE)
        super().__init__(self.tile, stand_beside(self.places, self.tile.label), self.cells)
        self.places.set_x(PLACES, direction=LEFT)
        self.add(stand_beside(self.bits, self.tile.label))
        self.bits.set_x(float(self.cells.get_right()[0]) + 0.25, direction=LEFT)


def clue_tile(word: str) -> WordTile:
    """A word that is read out, at the left edge of the stage."""
    return WordTile(word, size=HEADING, width=2.1, height=0.72).set_x(SAFE_LEFT, direction=LEFT)


class Spelling(VGroup):
    """A word, a letter to a cell, and below it the bits that it tells, in cells of the same width."""

    SIDE = 0.54

    def __init__(self, word: str, *, bits: float) -> None:
        self.bits = bits
        self.letters = VGroup(*(WordTile(letter, size=BODY, width=self.SIDE, height=self.SIDE) for letter in word))
        self.letters.arrange(RIGHT, buff=0)
        self.cells = Cells(bits, side=self.SIDE).next_to(self.letters, DOWN, buff=0.1, aligned_edge=LEFT)
        super().__init__(self.letters, self.cells)


class SpellingNotes:
    """What stands beside a spelled word: its letters, how often it comes, and what it is worth in bits, and why."""

    def __init__(self, spelling: Spelling, *, letters: str, bits: str, count: str, halvings: str) -> None:
        self.letters = Words(letters, size=HEADING).move_to(spelling.letters).set_x(NOTES, direction=LEFT)
        self.count = stand_beside(Words(count, color=PROBABILITY), self.letters).set_x(COUNTED, direction=LEFT)
        bits_worth = Words(bits, size=HEADING, color=CODE).move_to(spelling.cells).set_x(NOTES, direction=LEFT)
        why = Maths(halvings, size=HEADING, color=CODE).set_x(COUNTED, direction=LEFT)
        why.shift((bits_worth.baseline - float(why.submobjects[0].get_bottom()[1])) * UP)
        self.worth = VGroup(bits_worth, why)


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
