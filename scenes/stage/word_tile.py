"""A word on a tile, and a sentence that falls apart into such tiles."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
from manim import DOWN, LEFT, PI, RIGHT, Rectangle, VGroup
from manim.utils.color import ManimColor

from scenes.stage.theme import BODY, HEADING, PANEL, PAPER, RULE, THIN
from scenes.stage.typeset import Words, stand_on

PAD = 0.17  # between a word and the sides of its tile
FOOT = 0.36  # height of the baseline, as a share of the tile's height
SPACE = 0.3  # between words of running text, as a share of a tile's height

_TOKEN = re.compile(r"(?P<word>[\w'’-]+)(?P<mark>[^\w\s]*)")


def words_of(sentence: str) -> list[str]:
    """The words of *sentence* in order, without its punctuation.

    >>> words_of("I asked for coffee. I took a sip.")
    ['I', 'asked', 'for', 'coffee', 'I', 'took', 'a', 'sip']
    """
    return [match["word"] for match in _TOKEN.finditer(sentence)]


class WordTile(VGroup):
    """A word on a flat tile. Tiles of one height carry their words on one baseline.

    Parameters
    ----------
    word
        The word; nothing in it is read as markup.
    size
        Type size of the word.
    width, height
        Size of the tile before it is stood up; without *width* it fits its word.
    upright
        Whether the tile stands on its end, its word reading upwards: for columns too narrow for words. A single
        letter is not turned (an I would become a dash).
    color, ink
        Colour of the tile and of the word.
    """

    def __init__(
        self,
        word: str,
        *,
        size: float = BODY,
        width: float | None = None,
        height: float = 0.6,
        upright: bool = False,
        color: ManimColor = PANEL,
        ink: ManimColor = PAPER,
    ) -> None:
        self.word = word
        self.label = Words(word, size=size, color=ink)
        length = width if width is not None else max(float(self.label.width) + 2 * PAD, height)
        self.box = Rectangle(width=length, height=height, stroke_color=RULE, stroke_width=THIN).set_fill(color, 1)
        stand_on(self.label.move_to(self.box), float(self.box.get_bottom()[1]) + FOOT * height)
        super().__init__(self.box, self.label)
        if upright:
            if len(word) > 1:
                self.label.rotate(PI / 2, about_point=self.box.get_center())
            self.box.stretch_to_fit_width(height).stretch_to_fit_height(length)

    def fill(self, color: ManimColor, ink: ManimColor) -> WordTile:
        """Colour the tile and its word. Returns itself."""
        self.box.set_fill(color, 1).set_stroke(color)
        self.label.set_color(ink)
        return self

    def cover(self) -> WordTile:
        """Hide the spelling; the tile stays. Returns itself."""
        self.label.set_opacity(0)
        return self


class SentenceTiles(VGroup):
    """A sentence as running text that can be taken apart into word tiles, line by line.

    ``tiles`` stand in reading order; while the sentence is whole their boxes are invisible. ``marks`` is its
    punctuation.

    Parameters
    ----------
    sentence
        Words, separated by blanks, each perhaps followed by punctuation.
    width
        A line is broken before the word that would reach beyond this width.
    size, height
        Type size, and height of a tile.
    """

    def __init__(self, sentence: str, *, width: float = 8.0, size: float = HEADING, height: float = 0.72) -> None:
        super().__init__()
        self._height = height
        tokens = list(_TOKEN.finditer(sentence))
        self.tiles = tuple(WordTile(token["word"], size=size, height=height) for token in tokens)
        self._mark_of = {
            tile: Words(token["mark"], size=size)
            for tile, token in zip(self.tiles, tokens, strict=True)
            if token["mark"]
        }
        self.marks = VGroup(*self._mark_of.values())
        self._lines = list(self._broken(width))
        for tile in self.tiles:
            tile.box.set_opacity(0)
        self.add(*self.tiles, self.marks)
        self._set_running()

    def _broken(self, width: float) -> Iterable[list[WordTile]]:
        line: list[WordTile] = []
        used = 0.0
        for tile in self.tiles:
            step = float(tile.label.width) + SPACE * self._height
            if line and used + step > width:
                yield line
                line, used = [], 0.0
            line.append(tile)
            used += step
        yield line

    def _set_running(self) -> None:
        """Words and punctuation as in a book, lines starting at one edge."""
        for number, line in enumerate(self._lines):
            pen = 0.0
            for tile in line:
                tile.shift(np.array([pen - tile.label.get_left()[0], -number * self._height - tile.box.get_y(), 0.0]))
                pen = float(tile.label.get_right()[0])
                if mark := self._mark_of.get(tile):
                    stand_on(mark.next_to(tile.label, RIGHT, buff=0.05), tile.label.baseline)
                    pen = float(mark.get_right()[0])
                pen += SPACE * self._height
        self.center()

    def apart(self, gap: float = 0.14) -> SentenceTiles:
        """Every word on a tile of its own, *gap* from the next; the punctuation falls away. Returns itself."""
        center = self.get_center()
        self.marks.set_opacity(0)
        lines = [VGroup(*line).arrange(RIGHT, buff=gap) for line in self._lines]
        VGroup(*lines).arrange(DOWN, buff=gap, aligned_edge=LEFT).move_to(center)
        for tile in self.tiles:
            tile.box.set_fill(PANEL, 1).set_stroke(RULE, width=THIN, opacity=1)
        return self
