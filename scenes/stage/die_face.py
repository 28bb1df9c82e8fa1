"""The face of a four-sided die: a triangle with its number."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from manim import ORIGIN, Animation, ManimColor, Polygon, UpdateFromAlphaFunc, VGroup, rate_functions
from manim.typing import Point3D

from scenes.stage.live_number import LiveNumber
from scenes.stage.theme import PANEL, PAPER, QUIET

CORNERS = np.array([[np.cos(angle), np.sin(angle), 0.0] for angle in np.radians([90, 210, 330])])


class DieFace(VGroup):
    """A triangle that shows a number, or none yet; both keep their place while the number changes.

    Parameters
    ----------
    number
        What it shows; 0 leaves the face blank.
    height
        Height of the triangle in scene units.
    """

    def __init__(self, number: int = 0, *, height: float = 0.6, color: ManimColor = PAPER) -> None:
        super().__init__()
        corners = CORNERS * height / 1.5
        self.outline = Polygon(*corners, color=color, fill_color=PANEL, fill_opacity=1, stroke_width=1.5 + height)
        self.digit = LiveNumber(0, ".0f", size=52 * height, color=color, edge=ORIGIN)
        self.add(self.outline, self.digit)
        self.digit.anchor_at(self.center_of_face() - np.array([0.0, self.digit.height / 2, 0.0]))
        self.set_number(number)

    def center_of_face(self) -> Point3D:
        """The triangle's centre of mass, where its number is centred."""
        corners: Point3D = np.mean(self.outline.get_vertices(), axis=0)
        return corners

    def set_number(self, number: int) -> DieFace:
        """Show *number*, or nothing for 0. Returns itself."""
        self.number = number
        self.digit.set_value(number)
        self.digit.set_opacity(1 if number else 0)
        return self

    def blank(self) -> DieFace:
        """A roll that has not been made. Returns itself."""
        self.outline.set_stroke(QUIET)
        return self.set_number(0)

    def roll(self, numbers: Sequence[int], **kwargs: Any) -> Animation:
        """Let the numbers turn up one after the other, ever more slowly; the last one stays."""

        def turn(_: object, alpha: float) -> None:
            self.set_number(numbers[min(int(alpha * len(numbers)), len(numbers) - 1)])

        return UpdateFromAlphaFunc(self.digit, turn, rate_func=rate_functions.ease_out_quad, **kwargs)
