"""Tiles stack into columns, one column for each different thing, the most frequent first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from manim import RIGHT, UP, Animation, LaggedStart, Line, Rectangle, Transform, VGroup, VMobject
from manim.typing import Point3D
from manim.utils.color import ManimColor

from scenes.stage.theme import BODY, GROUND, PROBABILITY, RULE, THIN
from scenes.stage.word_tile import WordTile

TILE_GAP = 0.06  # between the tiles of a column, as a share of the column's width
CLEARANCE = 0.08  # between the base line and the lowest tile


def by_frequency(words: Iterable[str]) -> dict[str, int]:
    """How often each word comes, the most frequent first; among equals the one that came first.

    >>> by_frequency("a cup of coffee and a spoon and a saucer".split())
    {'a': 3, 'and': 2, 'cup': 1, 'of': 1, 'coffee': 1, 'spoon': 1, 'saucer': 1}
    """
    return dict(Counter(words).most_common())


class FrequencyChart(VGroup):
    """One tile for each time a word comes, stacked on a base line: a column is as high as its word is frequent.

    With one tile to a row the tiles are upright and carry their words; with more they are blank and the chart
    leaves the naming of its columns to whoever draws it (``foot`` says where).

    Parameters
    ----------
    counts
        How often each word comes, at least once. Columns stand by falling count, among equals in this order.
    column_width, gap
        Width of a column, and distance of columns.
    tile_height
        Height of a row of tiles: a column of n rows is n times as high as one of a single row.
    per_row
        How many tiles of a column stand side by side.
    size, color, ink
        Type size of the words, colour of the tiles and of the words.

    Raises
    ------
    ValueError
        For an empty chart, or a count below one.
    """

    def __init__(
        self,
        counts: Mapping[str, int],
        *,
        column_width: float = 0.6,
        gap: float = 0.09,
        tile_height: float = 1.3,
        per_row: int = 1,
        size: float = BODY,
        color: ManimColor = PROBABILITY,
        ink: ManimColor = GROUND,
    ) -> None:
        super().__init__()
        if not counts or min(counts.values()) < 1:
            raise ValueError(f"every column needs a count of at least one, not {dict(counts)}")
        self.counts = dict(sorted(counts.items(), key=lambda item: -item[1]))
        self._pitch, self._row, self._per_row = column_width + gap, tile_height, per_row
        self._size, self._color, self._ink = size, color, ink
        self._tile_gap = TILE_GAP * column_width / per_row
        span = len(self.counts) * self._pitch - gap
        self.base = Line(span / 2 * -RIGHT, span / 2 * RIGHT, color=RULE, stroke_width=THIN)
        self._width = column_width
        self.columns = {word: self._column(i, word) for i, word in enumerate(self.counts)}
        self.add(self.base, *self.columns.values())

    def _column(self, index: int, word: str) -> VGroup:
        left = self.base.get_start() + (index * self._pitch) * RIGHT + CLEARANCE * UP
        cell = self._width / self._per_row
        tiles = VGroup()
        for k in range(self.counts[word]):
            row, place = divmod(k, self._per_row)
            middle = left + (place + 0.5) * cell * RIGHT + (row + 0.5) * self._row * UP
            tiles.add(self._tile(word, cell).move_to(middle))
        return tiles

    def _tile(self, word: str, cell: float) -> VMobject:
        width, height = cell - self._tile_gap, self._row - self._tile_gap
        if self._per_row > 1:
            return Rectangle(width=width, height=height, stroke_width=0).set_fill(self._color, 1)
        tile = WordTile(word, size=self._size, width=height, height=width, upright=True)
        return tile.fill(self._color, self._ink)

    def tile(self, word: str, k: int = 0) -> VMobject:
        """The tile of the *k*-th time that *word* comes, from 0, the lowest one. Raises IndexError beyond its count."""
        tile: VMobject = self.columns[word][k]
        return tile

    def foot(self, word: str) -> Point3D:
        """The middle of the column on the base line."""
        index = list(self.counts).index(word)
        foot: Point3D = self.base.get_start() + (index * self._pitch + self._width / 2) * RIGHT
        return foot

    def gather(self, tiles: Sequence[WordTile], *, run_time: float, lag_ratio: float = 0.12) -> Animation:
        """Each of *tiles* flies to its column, in order; they must be as many of each word as the chart counts.

        What stands there afterwards is the chart itself.
        Raises ValueError when the counts differ.
        """
        if Counter(tile.word for tile in tiles) != Counter(self.counts):
            raise ValueError("the tiles to gather are not those that the chart counts")
        seen: Counter[str] = Counter()
        flights = []
        for place, tile in enumerate(tiles):
            tile.set_z_index(len(tiles) - place)  # who flies, flies over those that still wait
            flights.append(Transform(tile, self.tile(tile.word, seen[tile.word]), path_arc=-np.pi / 6))
            seen[tile.word] += 1
        return LaggedStart(*flights, lag_ratio=lag_ratio, run_time=run_time)
