"""The chart of the film `code_length`: what a flip costs in blocks of growing length."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, DashedLine, Line, UpdateFromAlphaFunc, VGroup

from narration.fact import Facts
from scenes.entropy.code_length_facts import CLOSE_WINDOW, LONGEST_BLOCK, WIDE_WINDOW
from scenes.entropy.code_length_pictures import bar, lay
from scenes.stage.theme import BODY, CODE, GROUND, HEADING, PROBABILITY, QUIET, RULE, SMALL, WASTE
from scenes.stage.typeset import Maths, Words

X, FOOT, TOP = -5.1, -1.7, 2.35  # the chart's left edge, and where its window begins and ends
RECEIPT_RIGHT = 5.9
FADE = 0.05  # by how much of the window's top a bar is beyond it when its break is fully there
BREAK_AT, BREAK = 0.45, 0.13  # below the window's top: two strokes in the ground's colour, so far apart
PITCH, BAR_WIDTH = 1.1, 0.72


class RateChart:
    """A bar for blocks of 1, 2, 3, ... flips, and one for the whole message: bits a flip, red beyond the entropy.

    A bar that goes beyond the top of the window that the chart shows is broken there.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts, self.floor, self.window = facts, facts.number("h_coin"), WIDE_WINDOW
        keys = [*(f"block_{n}" for n in range(1, LONGEST_BLOCK + 1)), "flips_rate"]
        lengths = [*(str(n) for n in range(1, LONGEST_BLOCK + 1)), "all"]
        self.rates = tuple(facts.number(key) for key in keys)
        self.parts = tuple(VGroup(bar(1, 1, CODE), bar(1, 1, WASTE)) for _ in keys)
        self.numbers = tuple(Maths(facts.shown(key, ".3f"), size=SMALL, color=CODE) for key in keys)
        self.breaks = tuple(_break(_x(i)) for i in range(len(keys)))
        self.names = tuple(
            Words(length, size=SMALL).move_to((_x(i), FOOT - 0.3, 0)) for i, length in enumerate(lengths)
        )
        right = X + PITCH * len(keys)
        self.axis = Line((X, FOOT, 0), (right, FOOT, 0), color=RULE, stroke_width=2)
        self.edge = DashedLine((X, 0, 0), (right, 0, 0), color=PROBABILITY, stroke_width=3)
        self.edge_name = Maths("H", color=PROBABILITY)
        axis_name = Words("flips that share a codeword", size=SMALL, color=QUIET)
        self.axis_name = axis_name.move_to(((X + right) / 2, FOOT - 0.75, 0))
        self.look(*WIDE_WINDOW)

    def bar(self, i: int) -> VGroup:
        """Bar *i* with its break, its name and its number."""
        return VGroup(self.parts[i], self.breaks[i], self.numbers[i], self.names[i])

    def height_of(self, rate: float) -> float:
        """The y of a rate, within the window."""
        low, high = self.window
        return FOOT + min(max((rate - low) / (high - low), 0.0), 1.0) * (TOP - FOOT)

    def look(self, low: float, high: float) -> RateChart:
        """Show the values from *low* to *high*. Returns itself."""
        self.window = (low, high)
        bars = zip(self.rates, self.parts, self.breaks, self.numbers, strict=True)
        for i, (rate, parts, broken, number) in enumerate(bars):
            for part, start, end in zip(parts, (low, self.floor), (min(rate, self.floor), rate), strict=True):
                y, beyond = self.height_of(start), self.height_of(max(start, end))
                lay(part, np.array([_x(i) - BAR_WIDTH / 2, y, 0]), BAR_WIDTH, beyond - y)
            number.move_to((_x(i), self.height_of(rate) + 0.22, 0))
            broken.set_stroke(opacity=min(max((rate / high - 1) / FADE, 0), 1))
        self.edge.set_y(self.height_of(self.floor))
        self.edge_name.next_to(self.edge, RIGHT, buff=0.15)
        return self

    def draw_out(self, seen: int) -> Animation:
        """Let the scale grow steadily about the entropy until it is the close one; *seen* bars are on stage."""
        (old_low, old_high), (low, high), floor = self.window, CLOSE_WINDOW, self.floor

        def draw(_: object, alpha: float) -> None:
            below = (floor - old_low) ** (1 - alpha) * (floor - low) ** alpha
            above = (old_high - floor) ** (1 - alpha) * (high - floor) ** alpha
            self.look(floor - below, floor + above)

        return UpdateFromAlphaFunc(VGroup(*(self.bar(i) for i in range(seen)), self.edge, self.edge_name), draw)

    def scale(self, low: str, high: str) -> VGroup:
        """What stands at the left of the chart's foot and top."""
        texts = ((low, FOOT), (high, TOP))
        return VGroup(
            *(Maths(text, size=SMALL, color=QUIET).move_to((X - 0.2, y, 0), aligned_edge=RIGHT) for text, y in texts)
        )

    def bound(self) -> VGroup:
        """What the rounding can cost a flip when n flips share it."""
        law = Maths("H <= L_n / n < H + 1 / n", size=HEADING)
        symbol, words = Maths("L_n", size=SMALL, color=QUIET), Words(": bits for n flips", size=SMALL, color=QUIET)
        legend = VGroup(symbol, words).arrange(RIGHT, buff=0.06)
        return VGroup(law, legend).arrange(DOWN, buff=0.25).move_to((3.0, 1.6, 0))

    def ceilings(self, last: int) -> VGroup:
        """The most that blocks of 2 to *last* can cost a flip: the entropy and a flip's share of one bit."""
        half = BAR_WIDTH / 2 * RIGHT
        tops = [np.array([_x(n - 1), self.height_of(self.floor + 1 / n), 0]) for n in range(2, last + 1)]
        return VGroup(*(Line(top - half, top + half, color=QUIET, stroke_width=3) for top in tops))


def receipt(facts: Facts) -> VGroup:
    """The surprise of the long message, and the length of its code."""
    flips = Words(facts.fill("all {flips:,d} flips"), size=SMALL, color=QUIET)
    lines = VGroup(*(Words(name, size=BODY) for name in ("their surprise", "arithmetic code")))
    lines.arrange(DOWN, buff=0.3, aligned_edge=LEFT)
    flips.next_to(lines, UP, buff=0.3, aligned_edge=LEFT)
    texts = ('"{flips_surprise:,.1f}" "bits"', '"{flips_code:,d}"#hide(".0") "bits"')
    bits = VGroup(*(Maths(facts.fill(text), color=CODE) for text in texts))
    for number, line in zip(bits, lines, strict=True):
        number.next_to(lines, RIGHT, buff=0.35).align_to(line, UP)
    return VGroup(flips, lines, bits).move_to((RECEIPT_RIGHT, TOP, 0), aligned_edge=UP + RIGHT)


def _break(x: float) -> VGroup:
    """Two slanting strokes across a bar: it is longer than it looks."""
    half, slant = 0.6 * BAR_WIDTH, 0.5 * BREAK
    strokes = (
        Line((x - half, y - slant, 0), (x + half, y + slant, 0), color=GROUND, stroke_width=6)
        for y in (TOP - BREAK_AT, TOP - BREAK_AT - BREAK)
    )
    return VGroup(*strokes)


def _x(i: int) -> float:
    """The middle of bar *i*."""
    return X + PITCH * (i + 0.5)
