"""A row of code bits, cut into the codewords that somebody reads in it."""

from __future__ import annotations

from collections.abc import Sequence

from manim import RIGHT, Rectangle, VGroup
from manim.utils.color import ManimColor

from scenes.stage.theme import BOLD, CODE, GROUND, SMALL
from scenes.stage.typeset import Words


class CodewordTile(VGroup):
    """A codeword on a tile as wide as its bits."""

    def __init__(
        self,
        codeword: str,
        *,
        bit_width: float,
        height: float,
        color: ManimColor,
        ink: ManimColor,
        size: float,
    ) -> None:
        self.box = box = Rectangle(width=bit_width * len(codeword), height=height, stroke_width=0).set_fill(color, 1)
        step = bit_width * RIGHT
        first = box.get_left() + step / 2
        self.bits = [
            Words(bit, size=size, color=ink, weight="medium").move_to(first + i * step)
            for i, bit in enumerate(codeword)
        ]
        super().__init__(box, *self.bits)

    def fill(self, color: ManimColor, ink: ManimColor) -> CodewordTile:
        """Colour the tile and its bits, and part it from its neighbours by a thin line. Returns itself."""
        self.box.set_fill(color, 1).set_stroke(GROUND, width=BOLD)
        for bit in self.bits:
            bit.set_color(ink)
        return self


class Reading(VGroup):
    """Codewords in a row; *gap* shows where one ends.

    Parameters
    ----------
    codewords
        The codewords in order.
    bit_width, height, gap
        Width of a bit, height of the row, and distance of codewords, in frame units.
    """

    def __init__(
        self,
        codewords: Sequence[str],
        *,
        bit_width: float = 0.36,
        height: float = 0.46,
        gap: float = 0.1,
        color: ManimColor = CODE,
        ink: ManimColor = GROUND,
        size: float = SMALL,
    ) -> None:
        self.tiles = tuple(
            CodewordTile(w, bit_width=bit_width, height=height, color=color, ink=ink, size=size) for w in codewords
        )
        super().__init__(*self.tiles)
        self.arrange(RIGHT, buff=gap)
