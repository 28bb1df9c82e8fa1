"""How a film is drawn beside its size: in which theme, in a frame of which shape, and onto what."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, field
from typing import Literal, get_args

from film.errors import FilmError
from film.quality import Quality

ThemeName = Literal["dark", "light"]
Aspect = Literal["16:9", "1:1", "9:16"]
THEMES: tuple[ThemeName, ...] = get_args(ThemeName)
ASPECTS: tuple[Aspect, ...] = get_args(Aspect)

WIDE: Aspect = "16:9"
_VARIABLE = "ENTROPY_THEME"  # read by scenes.stage.theme
_READER = "scenes.stage.theme"


def default_theme() -> ThemeName:
    """The theme that the environment asks for, dark without a wish."""
    return "light" if os.environ.get(_VARIABLE) == "light" else "dark"


@dataclass(frozen=True, slots=True)
class Look:
    """Theme and shape of the pictures; *lossless* ones are kept without a ground, to be laid over any."""

    theme: ThemeName = field(default_factory=default_theme)
    aspect: Aspect = WIDE
    lossless: bool = False


def pixel_size(quality: Quality, aspect: Aspect) -> tuple[int, int]:
    """Width and height in pixels: the short side has the quality's lines."""
    if aspect == WIDE:
        return quality.width, quality.height
    return quality.height, quality.height if aspect == "1:1" else quality.width


def wear(theme: ThemeName) -> None:
    """Have the scenes that this process will import drawn in *theme*.

    Raises FilmError in a process that has imported the palette in another theme: it is read once.
    """
    os.environ[_VARIABLE] = theme
    palette = sys.modules.get(_READER)
    if palette is not None and theme != palette.THEME_NAME:
        raise FilmError(f"this process draws in the theme {palette.THEME_NAME}; render the {theme} one in another")
