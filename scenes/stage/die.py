"""A fair six-sided die: its six faces side by side, equal tiles for equal chances."""

from __future__ import annotations

import numpy as np
from manim import RIGHT, Dot, RoundedRectangle, VGroup

from scenes.stage.probability_bar import dimmed
from scenes.stage.theme import GROUND, PROBABILITY

# Where the pips lie, in a grid of three by three around the middle.
PIPS: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((0, 0),),
    2: ((-1, -1), (1, 1)),
    3: ((-1, -1), (0, 0), (1, 1)),
    4: ((-1, -1), (-1, 1), (1, -1), (1, 1)),
    5: ((-1, -1), (-1, 1), (0, 0), (1, -1), (1, 1)),
    6: ((-1, -1), (-1, 0), (-1, 1), (1, -1), (1, 0), (1, 1)),
}


class PipFace(VGroup):
    """One face of a die: a tile with *pips* pips, *side* scene units wide."""

    def __init__(self, pips: int, *, side: float = 0.8) -> None:
        self.tile = RoundedRectangle(corner_radius=side / 8, width=side, height=side, stroke_width=0)
        self.tile.set_fill(PROBABILITY, opacity=1)
        places = [side * 0.26 * np.array([x, y, 0.0]) for x, y in PIPS[pips]]
        super().__init__(self.tile, *(Dot(place, radius=side * 0.085, color=GROUND) for place in places))


class Die(VGroup):
    """Six faces in a row, each as large as it is likely.

    Parameters
    ----------
    side
        Width of a face in scene units.
    gap
        Distance between faces.
    """

    def __init__(self, *, side: float = 0.8, gap: float = 0.1) -> None:
        self.faces = tuple(PipFace(pips, side=side) for pips in PIPS)
        super().__init__(*self.faces)
        self.arrange(RIGHT, buff=gap)

    def highlight(self, *chosen: int) -> Die:
        """Dim every face but the chosen ones (1 to 6); with none chosen, dim none. Returns itself."""
        for pips, face in zip(PIPS, self.faces, strict=True):
            face.tile.set_fill(PROBABILITY if not chosen or pips in chosen else dimmed(PROBABILITY))
        return self
