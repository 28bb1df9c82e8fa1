"""A playing card: a colour and a number, either of which may be hidden."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import DOWN, LEFT, RIGHT, UL, UP, ManimColor, RoundedRectangle, VGroup, VMobject

from scenes.stage.theme import BODY, CARD_BLACK, CARD_EDGE, CARD_INK, CARD_RED, PANEL, PAPER, QUIET
from scenes.stage.typeset import Words

BLACK, RED = 0, 1
COLOUR_NAMES = ("black", "red")
FACES = (CARD_BLACK, CARD_RED)
EDGES = (CARD_EDGE, CARD_INK)

ASPECT = 0.7  # of a card: width over height
EDGE = 2.0  # stroke of its outline
INSET = 0.14  # of its number
PIP_SHARE = 0.0105  # height of a pip beside words, for each point of their size


class Pip(VMobject):
    """The sign of a colour: a spade for black, a diamond for red; so colours can be told apart without colour."""

    def __init__(self, colour: int, *, height: float = 0.3, color: ManimColor = PAPER, **kwargs: Any) -> None:
        super().__init__(fill_color=color, fill_opacity=1, stroke_width=0, **kwargs)
        if colour == BLACK:
            self._draw_spade()
        else:
            self.set_points_as_corners([UP, 0.7 * RIGHT, DOWN, 0.7 * LEFT, UP])
        self.scale_to_fit_height(height)

    def _draw_spade(self) -> None:
        """Right half from the tip to the middle of the foot, then its mirror image back to the tip."""
        right = [
            [(0, 1), (0.14, 0.62), (0.86, 0.34), (0.86, -0.26)],
            [(0.86, -0.26), (0.86, -0.66), (0.34, -0.78), (0.09, -0.40)],
            [(0.09, -0.40), (0.10, -0.70), (0.20, -0.88), (0.36, -1.0)],
            [(0.36, -1.0), (0.24, -1.0), (0.12, -1.0), (0, -1.0)],
        ]
        curves = np.array(right, dtype=float)
        mirrored = (curves * [-1, 1])[::-1, ::-1]
        flat = np.concatenate([curves, mirrored]).reshape(-1, 2)
        self.set_points(np.column_stack([flat, np.zeros(len(flat))]))


class PlayingCard(VGroup):
    """A card with its number in the corner and the pip of its colour in the middle.

    Parameters
    ----------
    colour
        ``BLACK`` or ``RED``; None when the colour is not known.
    number
        What stands on it; None when the number is not known. Whatever is not known is left empty.
    height
        In scene units; the number does not shrink with it.
    """

    def __init__(self, colour: int | None, number: int | None, *, height: float = 1.5) -> None:
        super().__init__()
        self.colour, self.number = colour, number
        face, edge = (PANEL, QUIET) if colour is None else (FACES[colour], EDGES[colour])
        self.face = RoundedRectangle(width=ASPECT * height, height=height, corner_radius=0.07 * height)
        self.face.set_fill(face, 1).set_stroke(edge, width=EDGE)
        self.add(self.face)
        if number is not None:
            ink = PAPER if colour is None else CARD_INK
            digits, corner = Words(str(number), size=BODY, weight="semibold", color=ink), self.face.get_corner(UL)
            self.add(digits.move_to(corner + INSET * (DOWN + RIGHT), aligned_edge=UL))
        if colour is not None:
            pip = Pip(colour, height=0.32 * height, color=CARD_INK).move_to(self.face)
            self.add(pip if number is None else pip.shift(0.12 * height * DOWN))


class ColourLabel(VGroup):
    """The pip of a colour and its name in words."""

    def __init__(self, colour: int, *, size: float = BODY) -> None:
        name = Words(COLOUR_NAMES[colour], size=size, color=PAPER)
        pip = Pip(colour, height=PIP_SHARE * size).next_to(name, LEFT, buff=0.12)
        super().__init__(pip.set_y(name.baseline + pip.height / 2 - 0.02), name)
