"""Pictures that only the film `binomial` draws."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Arrow,
    DashedLine,
    Dot,
    FadeIn,
    Line,
    ReplacementTransform,
    VGroup,
    VMobject,
    smooth,
    squish_rate_func,
)
from numpy.typing import NDArray

from narration.fact import Facts
from scenes.entropy.binomial_facts import FLIPS, SAMPLE, SMALL_N, STOPS
from scenes.stage.bit_column import BitColumn
from scenes.stage.probability_bar import ProbabilityBar
from scenes.stage.reading import CodewordTile
from scenes.stage.theme import (
    BOLD,
    CODE,
    GROUND,
    HEADING,
    PANEL,
    PAPER,
    PROBABILITY,
    QUIET,
    SECOND,
    SMALL,
    THIN,
)
from scenes.stage.typeset import Maths, Words, stand_on

FOOT = -1.15  # height of the columns' foot and of the chart's axis
WIDTH, HEIGHT = 10.4, 3.6  # length of the axis, height of the heaviest column
BIT_WIDTH = 0.85 * WIDTH / SMALL_N / SMALL_N  # a column of tiles is as wide as a bar of the chart
CAPTION_STEP = 0.5  # between the lines below the columns
ROW_TOP, ROW_STEP = 1.55, 1.0  # the counts of sequences
BAR_LEFT, BAR_WIDTH = -1.45, 6.0


# ---- columns of sequences ---------------------------------------------------------------------------


def column_places() -> list[NDArray[np.float64]]:
    """Where the columns stand: at the shares of heads on the axis of the chart that they become."""
    return [np.array([(k / SMALL_N - 0.5) * WIDTH, FOOT, 0.0]) for k in range(SMALL_N + 1)]


def make_columns(tile_height: float) -> list[BitColumn]:
    """A column for each number of heads."""
    places = enumerate(column_places())
    return [BitColumn(SMALL_N, k, bit_width=BIT_WIDTH, tile_height=tile_height).stand_at(place) for k, place in places]


def captions(lines: list[str], line: int) -> list[Maths]:
    """A formula below each column, in this *line*, counted from 0; the line of the heads is the first."""
    places = zip(lines, column_places(), strict=True)
    return [Maths(text).move_to(place + (0.32 + CAPTION_STEP * line) * DOWN) for text, place in places]


def heads_below(facts: Facts) -> list[Words]:
    """How many heads the sequences of each column have."""
    texts = [facts.fill(f"{{heads_{k}}} {'head' if k == 1 else 'heads'}") for k in range(SMALL_N + 1)]
    words = [Words(text, size=SMALL, color=QUIET) for text in texts]
    for word, place in zip(words, column_places(), strict=True):
        stand_on(word.move_to(place), FOOT - 0.4)
    return words


def product_of(tile: CodewordTile, factors: dict[str, str]) -> list[Maths]:
    """The factor of each bit below it, in the order of the bits."""
    symbols = zip(SAMPLE, tile.bits, strict=True)
    return [Maths(factors[s], color=PROBABILITY).move_to(bit).shift(0.65 * DOWN) for s, bit in symbols]


def dots_between(factors: list[Maths]) -> VGroup:
    """A multiplication dot between neighbours."""
    places = [(a.get_right() + b.get_left()) / 2 for a, b in pairwise(factors)]
    return VGroup(*(Dot(place, radius=0.035, color=QUIET) for place in places))


# ---- counts of sequences ----------------------------------------------------------------------------


class CountRow(VGroup):
    """How many sequences of n flips have exactly the coin's share of heads, and how many bits that is a flip.

    The frame of the bar stands for all sequences: one bit a flip.
    """

    def __init__(self, label: str, rate: float, rate_shown: str, y: float) -> None:
        self.bar = ProbabilityBar([rate], width=BAR_WIDTH, height=0.46, colors=CODE)
        self.bar.shift(np.array([BAR_LEFT + BAR_WIDTH / 2, y, 0.0]) - self.bar.frame.get_center())
        self.label = Maths(label).next_to(self.bar.frame, LEFT, buff=0.3)
        self.rate = Maths(rate_shown, size=HEADING, color=CODE).next_to(self.bar.frame, RIGHT, buff=0.25)
        super().__init__(self.label, self.bar, self.rate)

    def name_after(self, flips: VMobject) -> list[Animation]:
        """The number of flips takes its place in the label, and the rest of the label comes up around it."""
        n = self.label.select("n")
        own = {id(glyph) for glyph in n.get_family()}
        rest = [glyph for glyph in self.label.family_members_with_points() if id(glyph) not in own]
        return [ReplacementTransform(flips, n), FadeIn(*rest, rate_func=squish_rate_func(smooth, 0.6, 1.0))]


def count_rows(facts: Facts) -> list[CountRow]:
    """A row for each stop; the first also shows the count itself."""
    rows = []
    for i, decimals in enumerate((3, 2, 1, 0), 1):
        count = "= {ways} " if i == 1 else ""
        label = f'binom({{{{ "{{n_{i}:,d}}" : n }}}}, "{{k_{i}:,d}}") {count}approx 2^"{{bits_{i}:,.{decimals}f}}"'
        rate = f"rate_{i}"
        y = ROW_TOP - (i - 1) * ROW_STEP
        rows.append(CountRow(facts.fill(label), facts.number(rate), facts.shown(rate, ".4f"), y))
    return rows


def rows_scale(facts: Facts) -> VGroup:
    """What the numbers are, and what the right end of the bars means."""
    x, y = BAR_LEFT + BAR_WIDTH, ROW_TOP - (len(STOPS) - 1) * ROW_STEP - 0.25
    tick = Line((x, y, 0), (x, y - 0.2, 0), color=QUIET, stroke_width=THIN)
    every = Words(facts.fill("{one} bit a flip: every sequence"), size=SMALL, color=QUIET)
    unit = Words("bits a flip", size=SMALL, color=QUIET).move_to((x + 0.25, ROW_TOP + 0.6, 0), aligned_edge=LEFT)
    return VGroup(unit, tick, every.next_to(tick, DOWN, buff=0.12, aligned_edge=RIGHT))


def limit_line(share: float) -> DashedLine:
    """The value that the bars climb towards, across all rows."""
    x = BAR_LEFT + share * BAR_WIDTH
    bottom = ROW_TOP - (len(STOPS) - 1) * ROW_STEP - 0.3
    return DashedLine([x, ROW_TOP + 0.4, 0], [x, bottom, 0], color=PAPER, stroke_width=2.5)


# ---- the end ----------------------------------------------------------------------------------------


class Roads:
    """Where counting and averaging stand, and what they lead to."""

    counting = np.array([-3.7, 1.5, 0.0])
    meeting = np.array([0.0, -0.7, 0.0])

    def __init__(self, facts: Facts) -> None:
        middle = np.array([3.2, self.counting[1], 0.0])
        source = "p log_2 1/p + (1-p) log_2 1/(1-p)"
        self.surprise = Maths(source, size=1.1 * HEADING, color=PROBABILITY).move_to(middle)
        self.names = VGroup(
            Words("count the sequences", size=SMALL, color=QUIET).move_to(self.counting + 0.85 * UP),
            Words("average the surprise", size=SMALL, color=QUIET).move_to(middle + 0.85 * UP),
        )
        self.arrows = [
            Arrow(start + 0.65 * DOWN, self.meeting + 0.5 * UP + side, color=QUIET, stroke_width=BOLD, buff=0)
            for start, side in ((self.counting, 1.6 * LEFT), (middle, 1.6 * RIGHT))
        ]
        self.value = Maths(facts.fill('= {entropy:.4f} "bits a flip"'), size=HEADING, color=PROBABILITY)
        self.entropy = Words("the entropy of a flip")
        self.value.move_to(self.meeting + 0.8 * DOWN)
        self.entropy.next_to(self.value, DOWN, buff=0.3)


class Messages:
    """The flips of the first beat, and another message that is not known yet but hangs together with them."""

    def __init__(self) -> None:
        first = CodewordTile(FLIPS, bit_width=0.9, height=0.9, color=PROBABILITY, ink=GROUND, size=HEADING)
        other = CodewordTile("?" * len(FLIPS), bit_width=0.9, height=0.9, color=PANEL, ink=SECOND, size=HEADING)
        VGroup(first, other).arrange(DOWN, buff=1.0).move_to(0.2 * DOWN)
        self.known = VGroup(first, Words("one message", color=QUIET).next_to(first, UP, buff=0.25, aligned_edge=LEFT))
        self.unknown = VGroup(other, Words("another", color=QUIET).next_to(other, DOWN, buff=0.25, aligned_edge=LEFT))
        self.links = [
            Line((bit.get_x(), first.get_y(DOWN), 0), (bit.get_x(), other.get_y(UP), 0), color=QUIET, stroke_width=THIN)
            for bit in first.bits
        ]
