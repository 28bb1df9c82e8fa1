"""Slanted lines over a rectangle: a pattern, for whoever does not see its colour."""

from __future__ import annotations

import numpy as np
from manim import DL, ManimColor, VMobject

from scenes.stage.theme import GROUND

DISTANCE = 0.16  # of the lines, along the horizontal


class Hatching(VMobject):
    """Lines that rise to the right across the box of *area*, and end at its edges.

    They all belong to one family through the frame, so neighbours that are hatched look like one.
    """

    def __init__(self, area: VMobject, *, color: ManimColor = GROUND, stroke_width: float = 2.0) -> None:
        super().__init__(stroke_color=color, stroke_width=stroke_width, fill_opacity=0)
        (left, bottom), width, height = area.get_corner(DL)[:2], area.width, area.height
        # A line is where x - y is the same.
        first = np.ceil((left - bottom - height) / DISTANCE) * DISTANCE
        for offset in np.arange(first, left + width - bottom, DISTANCE):
            low, high = max(left, bottom + offset), min(left + width, bottom + height + offset)
            if high > low:
                self.start_new_path(np.array([low, low - offset, 0.0]))
                self.add_line_to(np.array([high, high - offset, 0.0]))
