"""Pictures that only the film `conditional` draws."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import (
    DL,
    DOWN,
    LEFT,
    RIGHT,
    UL,
    UP,
    UR,
    Animation,
    DashedLine,
    Line,
    ManimColor,
    Rectangle,
    UpdateFromAlphaFunc,
    VGroup,
    interpolate_color,
)
from manim.typing import Point3D
from numpy.typing import ArrayLike, NDArray

from scenes.messages.conditional_facts import ARRIVED, letter_shares, pair_table, place, row_entropies, rows
from scenes.novel import ALPHABET, SPACE
from scenes.stage.area_row import AreaRow
from scenes.stage.card_deck import BESIDE_DECK
from scenes.stage.entropy_meter import EntropyMeter
from scenes.stage.letter_map import LABEL_GAP, LetterMap, letter_sign
from scenes.stage.live_number import LiveNumber
from scenes.stage.probability_bar import ProbabilityBar
from scenes.stage.theme import (
    BODY,
    BOLD,
    CODE,
    GROUND,
    HEADING,
    PANEL,
    PAPER,
    PROBABILITY,
    QUIET,
    RULE,
    SAFE_LEFT,
    SAFE_RIGHT,
    SAFE_TOP,
    SECOND,
    SMALL,
    STAGE_WIDTH,
    THIN,
    ink_on,
)
from scenes.stage.typeset import Maths, Words, stand_on

CONTEXT = 28  # letters of the novel on either side of a Q
SIDE = 0.6  # of a letter's tile
BASELINE = 0.1  # of the letters below the middle of their tile

CELL = (0.262, 0.207)  # of the table of pairs
MAP_TOP = SAFE_TOP - LABEL_GAP - 0.11  # its column labels reach the margin
TOTAL_GAP = 0.1  # between the table and the row of all rows
TOTAL_HEIGHT = 0.34

STRIP_CELL = STAGE_WIDTH / len(ALPHABET)
STRIP_TOP = 2.05
PRICE_UNIT = 1.95  # length of a bit beside row Q
PRICES_TOP = 0.3

BAR_UNIT = 1.45  # length of a bit in the bars of all rows
LABELLED = 0.2  # thickness of a row from which on its letter has room
TONES = (SECOND, interpolate_color(GROUND, SECOND, 0.72))  # every other bar is darker: neighbours can be told apart

METER_UNIT = 0.78  # length of a bit beside the deck
METER_FEET = (2.25, 1.15, 0.05, -1.45)
MYTH_BAR, MYTH_UNIT = 4.9, 0.88  # width of the distributions, and length of a bit in the meters
WIDEST_LABEL = 0.3  # a segment that is narrower has no letter in it
SUM_UNIT = 3.0  # length of a bit in the bar of colour and number


# ---- Q in the novel ------------------------------------------------------------------------------


class LetterTile(VGroup):
    """A letter on a tile; the space by its sign."""

    def __init__(self, letter: str, color: ManimColor) -> None:
        self.box = Rectangle(width=SIDE, height=SIDE, stroke_color=GROUND, stroke_width=THIN).set_fill(color, 1)
        self.letter = Words(letter_sign(letter) if letter == SPACE else letter, size=HEADING, color=GROUND)
        if letter != SPACE:
            stand_on(self.letter, -BASELINE)
        super().__init__(self.box, self.letter)


class NovelLine(VGroup):
    """A letter of the novel between its neighbours: what came before, the letter, a covered one, and what comes after.

    The tile of the letter that arrived stands in the origin.
    """

    def __init__(self, before: str, arrived: str, follows: str, after: str) -> None:
        self.arrived, self.follows = LetterTile(arrived, PROBABILITY), LetterTile(follows, SECOND)
        self.follows.shift(SIDE * RIGHT)
        self.cover = Rectangle(width=SIDE, height=SIDE, stroke_color=RULE, stroke_width=THIN).set_fill(PANEL, 1)
        self.cover.move_to(self.follows.box)
        self.before, self.after = _running(before), _running(after)
        self.before.next_to(self.arrived.box, LEFT, buff=_gap(before.endswith(SPACE)))
        self.after.next_to(self.follows.box, RIGHT, buff=_gap(follows == SPACE))
        for words in (self.before, self.after):
            stand_on(words, -BASELINE)
        super().__init__(self.before, self.arrived, self.follows, self.cover, self.after)


def _running(text: str) -> Words:
    return Words(text.strip(), size=HEADING, color=QUIET)


def _gap(space: bool) -> float:
    """From a tile to the text beside it."""
    return 0.25 if space else 0.08


# ---- the table of pairs, and one row of it -------------------------------------------------------


def novel_map() -> LetterMap:
    """The table of the novel's letter pairs, in the right part of the stage."""
    table = LetterMap(pair_table(), ALPHABET, cell_width=CELL[0], cell_height=CELL[1])
    return table.shift(np.array([SAFE_RIGHT, MAP_TOP, 0.0]) - table.ground.get_corner(UR))


def total_row(table: LetterMap) -> AreaRow:
    """All rows added up, below the table: how often each letter follows. Its largest box fills its cell."""
    shares = letter_shares()
    row = AreaRow(shares / shares.max(), cell_width=CELL[0], cell_height=TOTAL_HEIGHT, color=SECOND)
    return row.move_to(table.ground.get_bottom() + TOTAL_GAP * DOWN, aligned_edge=UP)


class LiftedRow(VGroup):
    """Row Q of the table, lifted out to the width of the stage, its letters above it; it can be renormalised."""

    def __init__(self, largest: float) -> None:
        self._shares, self._whole = pair_table()[place(ARRIVED)] / largest, rows()[place(ARRIVED)]
        self.cells = AreaRow(self._shares, cell_width=STRIP_CELL, cell_height=STRIP_CELL, color=PROBABILITY)
        self.cells.move_to(STRIP_TOP * UP, aligned_edge=UP)
        self.letters = [Words(letter_sign(letter), size=BODY, color=QUIET) for letter in ALPHABET]
        for i, letter in enumerate(self.letters):
            stand_on(letter.move_to(self.cells.cell(i)), STRIP_TOP + 0.16)
        super().__init__(self.cells, *self.letters)

    def renormalise(self, **kwargs: Any) -> Animation:
        """Its boxes grow until their areas sum to one cell."""

        def grow(_: object, alpha: float) -> None:
            self.cells.set_values((1 - alpha) * self._shares + alpha * self._whole)

        return UpdateFromAlphaFunc(self.cells, grow, **kwargs)

    def below(self, letter: str, words: Words) -> Words:
        """Put *words* below a letter's cell, ending with it; returns them."""
        corner = self.cells.cell(place(letter)) + STRIP_CELL / 2 * (DOWN + RIGHT)
        return words.move_to(corner + 0.14 * DOWN, aligned_edge=UR)


class BitBar(VGroup):
    """What something costs, as a bar of so many bits with its name above it and its number beside it."""

    def __init__(self, bits: float, says: str, shown: str, *, unit: float, height: float = 0.36) -> None:
        self.bar = Rectangle(width=bits * unit, height=height, stroke_width=0).set_fill(CODE, 1)
        self.says = Words(says, size=SMALL, color=QUIET).next_to(self.bar, UP, buff=0.12, aligned_edge=LEFT)
        number, bits_name = Maths(shown, size=1.2 * BODY, color=CODE), Words("bits", size=SMALL, color=CODE)
        number.next_to(self.bar, RIGHT, buff=0.2)
        stand_on(bits_name.next_to(number, RIGHT, buff=0.15), float(number.get_bottom()[1]))
        self.number = VGroup(number, bits_name)
        super().__init__(self.bar, self.says, self.number)

    def align_zero(self, point: Point3D) -> BitBar:
        """Put the lower left corner of the bar at *point*. Returns itself."""
        self.shift(point - self.bar.get_corner(DL))
        return self


# ---- all rows ------------------------------------------------------------------------------------


class RowBars(VGroup):
    """A bar for each letter that came, from the top: its length is the entropy of what follows.

    The bars fill the height of the table. All may be equally thick, or each as thick as its letter is frequent; then
    the area of all is the average length times the height.
    """

    def __init__(self, table: LetterMap) -> None:
        super().__init__()
        self._corner = table.ground.get_corner(UL)
        self._height = float(table.ground.height)
        self.shares, self.bits = letter_shares(), row_entropies()
        self.bars = [Rectangle(stroke_width=0).set_fill(TONES[i % 2], 1) for i in range(len(ALPHABET))]
        self.add(*self.bars)
        self.even = np.full(len(ALPHABET), 1 / len(ALPHABET))
        self.set_bars(0 * self.bits, self.even)

    @property
    def mean(self) -> float:
        """The average length, in bits, weighted by how frequent the letters are: H(Y | X)."""
        return float(self.shares @ self.bits)

    def set_bars(self, bits: ArrayLike, thickness: ArrayLike) -> RowBars:
        """Give the bars these lengths in bits, and these shares of the height. Returns itself."""
        self._bits, self._thickness = np.asarray(bits, dtype=float), np.asarray(thickness, dtype=float)
        tops = self._height * (np.cumsum(self._thickness) - self._thickness)
        for bar, length, top, share in zip(self.bars, self._bits, tops, self._thickness, strict=True):
            right, down = length * BAR_UNIT * RIGHT, share * self._height * DOWN
            start = self._corner + top * DOWN
            bar.set_points_as_corners([start + right, start, start + down, start + right + down, start + right])
        return self

    def become_bars(self, bits: ArrayLike, thickness: ArrayLike, **kwargs: Any) -> Animation:
        """Lengths and thicknesses run from what they are to these."""
        before, after = (self._bits, self._thickness), (np.asarray(bits), np.asarray(thickness))

        def follow(_: object, alpha: float) -> None:
            self.set_bars(*((1 - alpha) * old + alpha * new for old, new in zip(before, after, strict=True)))

        return UpdateFromAlphaFunc(self, follow, **kwargs)

    def middle(self, letter: str) -> float:
        """Height of the middle of a letter's bar when bars are as thick as their letters are frequent."""
        i = place(letter)
        share = float(self.shares[:i].sum() + self.shares[i] / 2)
        return float(self._corner[1]) - share * self._height

    def has_room(self, letter: str) -> bool:
        """Whether its bar is then thick enough for a label beside it."""
        return bool(self.shares[place(letter)] * self._height >= LABELLED)

    def at(self, bits: float, share: float = 0.0) -> Point3D:
        """The point that lies so many bits from the left, and this share of the height from the top."""
        point: Point3D = self._corner + bits * BAR_UNIT * RIGHT + share * self._height * DOWN
        return point

    def level_line(self, bits: float) -> DashedLine:
        """An upright line so many bits from the left."""
        return DashedLine(self.at(bits), self.at(bits, 1), color=PAPER, stroke_width=BOLD / 2, dash_length=0.12)

    def pointer(self, letter: str, label: Words) -> VGroup:
        """A thin bar's letter, to the left of the labels, and a line to the bar; *label* is moved there."""
        end = np.array([float(self._corner[0]) - 0.02, self.middle(letter), 0.0])
        line = Line(end + 0.4 * LEFT, end, color=QUIET, stroke_width=THIN)
        return VGroup(label.next_to(line, LEFT, buff=0.08), line)


# ---- cards, the myth, and the bar of the last beat ------------------------------------------------------


def deck_meters(numbers: int) -> list[EntropyMeter]:
    """Beside the deck: the number of a black card, of a red one, their average, and the number without its colour."""
    says = ("number of a black card", "number of a red card", "average, colour known", "number alone")
    return [
        EntropyMeter(numbers, label=label, unit=METER_UNIT, color=SECOND).align_zero(
            np.array([BESIDE_DECK[0], foot, 0.0])
        )
        for label, foot in zip(says, METER_FEET, strict=True)
    ]


class DealtBill(VGroup):
    """How many cards were dealt, and what their numbers cost on average; updated in place."""

    def __init__(self, left: Point3D) -> None:
        self.average = LiveNumber(0.0, ".4f", size=BODY, color=QUIET)
        self.count = LiveNumber(1, ",d", size=BODY, color=QUIET, edge=RIGHT)
        signs = [Words(text, size=SMALL, color=QUIET) for text in ("after", "cards")]
        super().__init__(self.average, signs[0], self.count, signs[1])
        self.average.anchor_at(left + self.average.height * DOWN)
        foot = float(self.average.get_bottom()[1])
        stand_on(signs[0].next_to(self.average, RIGHT, buff=0.15), foot)
        self.count.anchor_at(np.array([signs[0].get_right()[0] + 0.9, foot, 0.0]))
        stand_on(signs[1].next_to(self.count, RIGHT, buff=0.15), foot)

    def set_bill(self, count: int, average: float) -> None:
        """Show the bill of the first *count* cards."""
        self.count.set_value(count)
        self.average.set_value(average)


class MythRow(VGroup):
    """What may follow a letter, as a bar of its shares, and what entropy that leaves, on a meter."""

    def __init__(self, says: str, shares: NDArray[np.float64], top: float) -> None:
        # The letters keep this order when something more is learnt: each segment then grows or shrinks in its place.
        self._order = np.argsort(-shares, kind="stable")
        colors = [TONES[i % 2] for i in range(len(self._order))]
        signs = [
            Words(letter_sign(ALPHABET[i]), size=SMALL, color=ink_on(color), weight="medium")
            for i, color in zip(self._order, colors, strict=True)
        ]
        self._shares = shares
        self.bar = ProbabilityBar(
            [shares[i] for i in self._order], labels=signs, width=MYTH_BAR, height=0.5, colors=colors
        )
        self.bar.move_to(np.array([SAFE_LEFT, top, 0.0]), aligned_edge=LEFT)
        self.says = Words(says, size=BODY).next_to(self.bar, UP, buff=0.14, aligned_edge=LEFT)
        self.meter = EntropyMeter(len(ALPHABET), unit=MYTH_UNIT, thickness=0.5, spec=".2f", color=SECOND)
        self.meter.align_zero(self.bar.frame.get_corner(DOWN + RIGHT) + 0.6 * RIGHT)
        super().__init__(self.bar, self.says, self.meter)
        self.set_shares(shares)

    def set_shares(self, shares: NDArray[np.float64]) -> MythRow:
        """Show other shares of the letters; those that get too narrow hide their sign. Returns itself."""
        self._shares = shares
        self.bar.set_values([shares[i] for i in self._order])
        for sign, share in zip(self.bar.labels, self.bar.values, strict=True):
            sign.set_opacity(float(share * MYTH_BAR >= WIDEST_LABEL))
        return self

    def learn(self, shares: NDArray[np.float64], **kwargs: Any) -> Animation:
        """The shares change to these as something more gets known."""
        before = self._shares

        def follow(_: object, alpha: float) -> None:
            self.set_shares((1 - alpha) * before + alpha * shares)

        return UpdateFromAlphaFunc(self.bar, follow, **kwargs)


class SumBar(VGroup):
    """A frame as long as colour and number together, in which one after the other takes its bits."""

    def __init__(self, bits: Sequence[float], names: Sequence[str], colors: Sequence[ManimColor]) -> None:
        total = sum(bits)
        labels = [Words(name, size=BODY, color=GROUND, weight="medium") for name in names]
        self.bar = ProbabilityBar(
            [part / total for part in bits], labels=labels, width=total * SUM_UNIT, height=0.75, colors=list(colors)
        )
        super().__init__(self.bar)

    def frame_like(self, words: str) -> VGroup:
        """An empty frame of the same length, with *words* in it."""
        frame = self.bar.frame.copy()
        return VGroup(frame, Words(words, color=QUIET).move_to(frame))
