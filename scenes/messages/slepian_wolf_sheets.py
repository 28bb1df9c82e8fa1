"""Pictures of many at once for the film `slepian_wolf`: all pairs, all readings in their drawers, blocks of cards."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UL,
    Animation,
    ManimColor,
    Rectangle,
    UpdateFromAlphaFunc,
    VGroup,
    interpolate_color,
)
from numpy.typing import NDArray

from infotheory import as_bits
from narration.fact import Facts
from scenes.messages.slepian_wolf_facts import (
    BLOCK_SIZES,
    BLOCKS,
    CHECKS,
    FIELD,
    LENGTH,
    decoded_pairs,
    drawer,
    sent_numbers,
    text,
)
from scenes.stage.live_number import LiveNumber
from scenes.stage.message_stream import MessageSheet
from scenes.stage.probability_bar import dimmed
from scenes.stage.reading import CodewordTile
from scenes.stage.theme import (
    BODY,
    BOLD,
    CODE,
    DISPLAY,
    GROUND,
    HEADING,
    PANEL,
    PAPER,
    QUIET,
    RULE,
    SAFE_LEFT,
    SAFE_RIGHT,
    SECOND,
    SMALL,
    THIN,
    WASTE,
)
from scenes.stage.typeset import Maths, Words

DRAWERS = 2**CHECKS
SHADES = tuple(interpolate_color(PANEL, CODE, 0.25 + 0.75 * i / (DRAWERS - 1)) for i in range(DRAWERS))

# ---- all pairs ------------------------------------------------------------------------------------

FIELD_WIDTH, FIELD_HEIGHT, FIELD_TOP = 8.0, 5.2, 2.5
BESIDE_FIELD = SAFE_LEFT + FIELD_WIDTH + 0.6


class PairField(VGroup):
    """A tile for each pair of readings, eight in a row for each first reading; as it is decoded, it lights up.

    Its brightness tells which syndrome was sent; a pair that did not come back would be red.
    """

    def __init__(self) -> None:
        self.decoded = decoded_pairs()
        pairs = len(self.decoded)
        symbols = np.where(self.decoded, sent_numbers(), DRAWERS)
        size = {"columns": FIELD, "width": FIELD_WIDTH, "height": FIELD_HEIGHT}
        self.empty = MessageSheet(np.zeros(pairs, np.int64), [PANEL], **size)  # type: ignore[arg-type]
        self.sheet = MessageSheet(symbols, [*SHADES, WASTE], **size)  # type: ignore[arg-type]
        for sheet in (self.empty, self.sheet):
            sheet.move_to((SAFE_LEFT, FIELD_TOP, 0), aligned_edge=UL)
        self.empty.show_first(pairs)
        self.count = LiveNumber(0, ",.0f", size=DISPLAY)
        self.count.anchor_at(np.array([BESIDE_FIELD, 1.55, 0.0]))
        self.sheet.show_first(0)
        super().__init__(self.empty, self.sheet, self.count)

    def partners(self) -> Rectangle:
        """A frame around the tiles of the first reading's partners."""
        tile = self.empty.area.width / FIELD, self.empty.area.height / (len(self.decoded) / FIELD)
        frame = Rectangle(width=(LENGTH + 1) * tile[0], height=tile[1], color=PAPER, stroke_width=BOLD)
        return frame.move_to(self.empty.area, aligned_edge=UL)

    def show_first(self, count: int) -> None:
        """So many pairs were decoded; the number counts those that came back."""
        self.sheet.show_first(count)
        self.count.set_value(int(self.decoded[:count].sum()))

    def decode(self, **kwargs: Any) -> Animation:
        """Decode pair after pair, row by row."""
        return UpdateFromAlphaFunc(self, lambda _, alpha: self.show_first(round(alpha * len(self.decoded))), **kwargs)


class FieldNotes:
    """What is said beside the field: what is counted, what brightness means, and the bits of a pair."""

    def __init__(self, field: PairField, facts: Facts) -> None:
        self.counted = Words(facts.fill("of {pairs:,d} pairs decoded"), size=BODY, color=QUIET)
        self.counted.next_to(field.count, DOWN, buff=0.25).set_x(BESIDE_FIELD, direction=LEFT)
        swatches = VGroup(*(Rectangle(width=0.42, height=0.24, stroke_width=0).set_fill(s, 1) for s in SHADES))
        swatches.arrange(RIGHT, buff=0.05)
        name = Words("brightness: the bits sent", size=SMALL, color=QUIET)
        ends = [Words(text(as_bits(i, CHECKS)), size=SMALL, color=QUIET) for i in (0, DRAWERS - 1)]
        self.legend = VGroup(name, swatches).arrange(DOWN, buff=0.15, aligned_edge=LEFT)
        for end, i in zip(ends, (0, -1), strict=True):
            self.legend.add(end.next_to(swatches[i], DOWN, buff=0.12))
        self.legend.move_to((BESIDE_FIELD, 0.1, 0), aligned_edge=LEFT)
        self.bits = Maths(facts.fill('{length:d} + {checks:d} = {both_bits:d} "bits"'), size=HEADING)
        self.names = Maths(facts.fill('2^{both_bits:d} = "{pairs:,d}"'), size=HEADING, color=CODE)
        lines = VGroup(self.bits, self.names).arrange(DOWN, buff=0.25, aligned_edge=LEFT)
        lines.move_to((BESIDE_FIELD, -1.7, 0), aligned_edge=LEFT)


# ---- drawers --------------------------------------------------------------------------------------

DRAWER_PITCH = (SAFE_RIGHT - SAFE_LEFT) / DRAWERS
DOT, READING_PITCH = 0.18, 0.272
LABEL_Y, TOP_READING = 2.5, 2.0
NOTE_Y = -2.62


class DotReading(VGroup):
    """A reading as a row of small squares, filled where it has a one."""

    def __init__(self, bits: NDArray[np.uint8]) -> None:
        self.text = text(bits)
        self.squares = [
            Rectangle(width=DOT, height=DOT, stroke_width=THIN / 2, stroke_color=GROUND)
            .set_fill(SECOND if bit else RULE, 1)
            .shift(i * DOT * RIGHT)
            for i, bit in enumerate(bits)
        ]
        super().__init__(*self.squares)

    def shade(self, lit: bool) -> DotReading:
        """Full colours, or faint ones. Returns itself."""
        for square, bit in zip(self.squares, self.text, strict=True):
            color = SECOND if bit == "1" else RULE
            square.set_fill(color if lit else dimmed(color), 1)
        return self


class Drawers(VGroup):
    """All readings, each in the drawer that its syndrome names."""

    def __init__(self) -> None:
        self.labels = [self._label(i) for i in range(DRAWERS)]
        self.readings = [[self._reading(i, k, bits) for k, bits in enumerate(drawer(i))] for i in range(DRAWERS)]
        self.of = {reading.text: reading for row in self.readings for reading in row}
        self.columns = [VGroup(*row) for row in self.readings]
        super().__init__(*self.labels, *self.columns)

    @staticmethod
    def _x(i: int) -> float:
        return float(SAFE_LEFT + (i + 0.5) * DRAWER_PITCH)

    def _label(self, i: int) -> CodewordTile:
        bits = text(as_bits(i, CHECKS))
        tile = CodewordTile(bits, bit_width=0.3, height=0.42, color=CODE, ink=GROUND, size=SMALL)
        tile.move_to((self._x(i), LABEL_Y, 0))
        return tile

    def _reading(self, i: int, k: int, bits: NDArray[np.uint8]) -> DotReading:
        reading = DotReading(bits)
        reading.move_to((self._x(i), TOP_READING - k * READING_PITCH, 0))
        return reading

    def light(self, *readings: str) -> Drawers:
        """Only these readings keep their colours. Returns itself."""
        for name, reading in self.of.items():
            reading.shade(name in readings)
        return self

    def frame(self, reading: str, color: ManimColor = PAPER) -> Rectangle:
        """A frame around a reading."""
        around = self.of[reading]
        frame = Rectangle(width=around.width + 0.09, height=around.height + 0.07, color=color, stroke_width=2 * THIN)
        return frame.move_to(around)


def drawer_note(words: str, color: ManimColor = PAPER) -> Words:
    """What is said below the drawers."""
    return Words(words, size=SMALL, color=color).move_to((0, NOTE_Y, 0))


# ---- blocks of cards ------------------------------------------------------------------------------

SHEETS_LEFT, SHEET_PITCH, SHEET_WIDTH, SHEET_HEIGHT = -3.65, 2.6, 2.25, 1.4
SHEET_COLUMNS = 30
SIZE_Y, SHEET_ROWS, LEGEND_Y = 2.6, (1.65, -0.9), -2.55
SHARE_GAP, SHARE_LEFT = 0.14, 0.36


class BlockSheets(VGroup):
    """Four sheets in a row: blocks of more and more cards at one rate; blocks that are misread are red."""

    def __init__(self, misread: list[NDArray[np.int64]], y: float) -> None:
        self.misread = misread
        self.sheets, self.shares = [], []
        for i, wrong in enumerate(misread):
            sheet = MessageSheet(
                wrong, [dimmed(SECOND), WASTE], columns=SHEET_COLUMNS, width=SHEET_WIDTH, height=SHEET_HEIGHT
            )
            sheet.move_to((sheet_x(i), y, 0))
            sheet.show_first(0)
            share = LiveNumber(0.0, ".1f", size=BODY, color=WASTE, edge=RIGHT)
            share.anchor_at(np.array([sheet_x(i) - SHARE_LEFT, y - SHEET_HEIGHT / 2 - SHARE_GAP - share.height, 0]))
            self.sheets.append(sheet)
            self.shares.append(share)
        self.units = [Words("%", size=BODY, color=WASTE) for _ in misread]
        for unit, share in zip(self.units, self.shares, strict=True):
            unit.next_to(share, RIGHT, buff=0.1, aligned_edge=DOWN)
        super().__init__(*self.sheets, *self.shares, *self.units)

    def fill(self, i: int, **kwargs: Any) -> Animation:
        """Block after block of a sheet is decoded; the number is the share that was misread so far."""
        wrong = self.misread[i]

        def show(_: object, alpha: float) -> None:
            count = max(round(alpha * BLOCKS), 1)
            self.sheets[i].show_first(count)
            self.shares[i].set_value(100 * float(wrong[:count].mean()))

        return UpdateFromAlphaFunc(VGroup(self.sheets[i], self.shares[i], self.units[i]), show, **kwargs)

    def computed(self, shown: list[str]) -> VGroup:
        """Beside the shares, what they come to in the long run."""
        return VGroup(
            *(
                Words(f"({text})", size=SMALL, color=QUIET).next_to(unit, RIGHT, buff=0.15, aligned_edge=DOWN)
                for text, unit in zip(shown, self.units, strict=True)
            )
        )


def sheet_x(i: int) -> float:
    """The middle of a sheet."""
    return SHEETS_LEFT + SHEET_WIDTH / 2 + i * SHEET_PITCH


def size_labels(facts: Facts) -> VGroup:
    """How many cards a block of each sheet has."""
    names = [facts.fill(f"{{size_{i}:d}} card{'s' if n > 1 else ''}") for i, n in enumerate(BLOCK_SIZES)]
    return VGroup(
        *(Words(name, size=SMALL, color=QUIET).move_to((sheet_x(i), SIZE_Y, 0)) for i, name in enumerate(names))
    )


def sheets_legend(facts: Facts) -> Words:
    """What a tile is, and what the numbers are."""
    text = facts.fill("{blocks:d} blocks each, misread ones red (in brackets: their computed share)")
    return Words(text, size=SMALL, color=QUIET).move_to((SHEETS_LEFT, LEGEND_Y, 0), aligned_edge=LEFT)


def rate_label(words: str, y: float) -> Words:
    """The rate of a row, left of its sheets."""
    return Words(words, size=SMALL, color=SECOND).move_to((SAFE_LEFT, y, 0), aligned_edge=LEFT)
