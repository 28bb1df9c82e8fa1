"""The look: one palette by quantity, one type scale, one frame.

Colours belong to quantities for the whole series, so a viewer who learned that blue is probability never has to learn
it again. The environment variable ``ENTROPY_THEME=light`` chooses the light theme for talks; it is read at import, and
set by ``--theme light``.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from manim import ManimColor, interpolate_color
from manim.typing import Point3D

FONT_FOLDER = Path(__file__).resolve().parents[2] / "assets" / "fonts"


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as hex strings. Every text colour has a contrast of at least 4.5 : 1 on *ground*."""

    ground: str
    panel: str
    rule: str
    paper: str
    quiet: str
    probability: str
    model: str
    second: str
    shared: str
    code: str
    waste: str
    card_black: str
    card_edge: str
    card_red: str
    card_ink: str


DARK = Theme(
    ground="#0E1320",
    panel="#182136",
    rule="#35425F",
    paper="#ECEFF4",
    quiet="#8A94A6",
    probability="#6CB6FF",
    model="#FFB454",
    second="#5FD3A6",
    shared="#C792EA",
    code="#FFD866",
    waste="#FF6B6B",
    card_black="#05070C",
    card_edge="#AEB7C6",
    card_red="#B83B54",
    card_ink="#ECEFF4",
)
LIGHT = Theme(
    ground="#FBFAF6",
    panel="#ECEBE4",
    rule="#B4B8C0",
    paper="#161B26",
    quiet="#5B6475",
    probability="#0B62B8",
    model="#8F5200",
    second="#0B6E4B",
    shared="#7A3BA8",
    code="#7A5C00",
    waste="#B3261E",
    card_black="#161B26",
    card_edge="#FBFAF6",
    card_red="#B83B54",
    card_ink="#FBFAF6",
)

THEME_NAME = "light" if os.environ.get("ENTROPY_THEME") == "light" else "dark"
THEME = LIGHT if THEME_NAME == "light" else DARK

GROUND = ManimColor(THEME.ground)  # the frame itself
PANEL = ManimColor(THEME.panel)  # empty cells, bars before they fill
RULE = ManimColor(THEME.rule)  # thin lines, cell borders
PAPER = ManimColor(THEME.paper)  # words
QUIET = ManimColor(THEME.quiet)  # what may be overlooked
PROBABILITY = ManimColor(THEME.probability)  # p, H(X)
MODEL = ManimColor(THEME.model)  # q
SECOND = ManimColor(THEME.second)  # H(Y)
BOTH = interpolate_color(PROBABILITY, SECOND, 0.5)  # H(X, Y)
SHARED = ManimColor(THEME.shared)  # I(X;Y)
CODE = ManimColor(THEME.code)  # code bits
WASTE = ManimColor(THEME.waste)  # wasted bits, what breaks

# What a card looks like is a value, no quantity, so it borrows no quantity's colour: a black card is an outline, a red
# one a filled crimson, darker than WASTE. They differ in grey as well.
CARD_BLACK = ManimColor(THEME.card_black)  # face of a black card
CARD_EDGE = ManimColor(THEME.card_edge)  # its outline
CARD_RED = ManimColor(THEME.card_red)  # face of a red card
CARD_INK = ManimColor(THEME.card_ink)  # number and pip on a face of either colour

# Type, in Manim's font-size units. At 480 lines a lower-case letter of SMALL is 8 pixels high.
TITLE = 42
HEADING = 36
BODY = 30
SMALL = 24
DISPLAY = 60

# The frame is 14.222 x 8 units. Nothing stands outside the 5 % margin, nothing in the lowest 15 % (captions).
SAFE_LEFT, SAFE_RIGHT = -6.4, 6.4
SAFE_TOP, SAFE_BOTTOM = 3.6, -2.8
STAGE_WIDTH = SAFE_RIGHT - SAFE_LEFT
STAGE_CENTER: Point3D = np.array([0.0, (SAFE_TOP + SAFE_BOTTOM) / 2, 0.0])
TITLE_CORNER: Point3D = np.array([SAFE_LEFT, SAFE_TOP, 0.0])

THIN = 1.5  # stroke of rules and borders
BOLD = 4.0  # stroke of what is pointed at

# One rhythm: seconds for a step in a row of steps, and for a small, a usual and a large change.
STEP, QUICK, STEADY, SLOW = 0.35, 0.6, 1.0, 1.5


def contrast(first: ManimColor, second: ManimColor) -> float:
    """WCAG 2 contrast ratio of two opaque colours, 1 to 21. Source: W3C, WCAG 2.2, relative luminance."""

    def luminance(color: ManimColor) -> float:
        channels = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.to_rgb()]
        return float(np.dot(channels, [0.2126, 0.7152, 0.0722]))

    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink_on(fill: ManimColor) -> ManimColor:
    """The colour for words on a surface of this opaque colour: ground or paper, whichever stands out more."""
    return max((GROUND, PAPER), key=lambda ink: contrast(ink, fill))
