"""All 0/1 sequences of one length with the same number of ones, stacked into a column."""

from __future__ import annotations

from itertools import product

from manim import DOWN, UP, ManimColor, VGroup
from manim.typing import Point3D

from scenes.stage.reading import CodewordTile
from scenes.stage.theme import GROUND, PANEL, PAPER, PROBABILITY, RULE, SMALL, THIN

LEGIBLE = 0.3  # height of a tile from which on its bits are shown


def sequences(n: int, ones: int) -> list[str]:
    """Every 0/1 sequence of length *n* with so many ones, in the order of a dictionary.

    >>> sequences(3, 2)
    ['011', '101', '110']
    """
    return [word for word in ("".join(bits) for bits in product("01", repeat=n)) if word.count("1") == ones]


class BitColumn(VGroup):
    """The sequences of length *n* with *ones* ones as tiles on top of each other, standing on a fixed foot.

    Tiles are as wide as their bits and may change height together, so that area can stand for weight; a tile that is
    too low for its bits hides them. The verbs change the column in place and return it: give a changed copy to
    ``Transform``.

    Parameters
    ----------
    n, ones
        Length of the sequences, and their number of ones.
    bit_width, tile_height
        Size of a bit's cell in scene units.

    Raises
    ------
    ValueError
        When no sequence of this length has so many ones.
    """

    def __init__(self, n: int, ones: int, *, bit_width: float = 0.5, tile_height: float = 0.5) -> None:
        if not 0 <= ones <= n:
            raise ValueError(f"no sequence of length {n} has {ones} ones")
        self.sequences = sequences(n, ones)
        self.tiles = tuple(
            CodewordTile(s, bit_width=bit_width, height=tile_height, color=PANEL, ink=PAPER, size=SMALL)
            for s in self.sequences
        )
        for tile in self.tiles:
            tile.box.set_stroke(RULE, width=THIN)
        super().__init__(*self.tiles)
        self.set_tile_height(tile_height)

    @property
    def foot(self) -> Point3D:
        """The middle of the lowest tile's lower edge."""
        bottom: Point3D = self.tiles[-1].box.get_bottom()
        return bottom

    def stand_at(self, foot: Point3D) -> BitColumn:
        """Put the foot at this point. Returns itself."""
        self.shift(foot - self.foot)
        return self

    def set_tile_height(self, height: float) -> BitColumn:
        """Give every tile this height; the foot stays where it is. The first sequence is on top. Returns itself."""
        foot = self.foot
        for level, tile in enumerate(reversed(self.tiles)):
            tile.box.stretch_to_fit_height(height).move_to(foot + level * height * UP, aligned_edge=DOWN)
            for bit in tile.bits:
                bit.match_y(tile.box).set_opacity(1 if height >= LEGIBLE else 0)
        return self

    def weigh(self, height: float, color: ManimColor = PROBABILITY) -> BitColumn:
        """Fill the tiles with *color*, their height now being the weight of one sequence. Returns itself."""
        for tile in self.tiles:
            tile.box.set_fill(color, 1).set_stroke(GROUND, width=THIN)
            for bit in tile.bits:
                bit.set_color(GROUND)
        return self.set_tile_height(height)
