"""The pictures of the series as mobjects for any Manim scene::

    from entropy_stage import CodeTree, CardDeck, EntropyMeter

They need no scene class of the series, no TeX and no installed fonts. Colours fit a dark ground, or a light one: which
one is decided when the first of them is imported, from Manim's ``background_color``, the environment variable
``ENTROPY_THEME`` (``dark`` or ``light``), or :func:`use_theme`, the later ones counting more.

A name is imported when it is asked for. ``docs/stage.md`` shows every picture with an example.
"""

import ast
import os
import sys
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Any

_THEME = "scenes.stage.theme"
_VARIABLE = "ENTROPY_THEME"
_BRIGHT = 0.5  # luminance from which a ground is light


def _sources() -> dict[str, str]:
    """The module of each name, from the stub that type checkers read."""
    stub = ast.parse(Path(__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
    imports = [node for node in stub.body if isinstance(node, ast.ImportFrom) and node.module != "typing"]
    return {alias.name: str(node.module) for node in imports for alias in node.names}


_SOURCES = _sources()
__all__ = [*_SOURCES, "use_theme"]


def use_theme(name: str) -> None:
    """Use the colours for a ``dark`` or a ``light`` ground, whatever the ground of the scene is.

    It comes before the first picture is imported. Raises ValueError for another name, and RuntimeError when pictures
    with other colours have been imported already.
    """
    if name not in ("dark", "light"):
        raise ValueError(f"there is no theme {name!r}; write 'dark' or 'light'")
    before = os.environ.get(_VARIABLE)
    os.environ[_VARIABLE] = name  # the theme reads it when it is imported
    try:
        theme = import_module(_THEME)
    finally:
        del os.environ[_VARIABLE]
        if before is not None:
            os.environ[_VARIABLE] = before
    if (theme.THEME is theme.LIGHT) != (name == "light"):
        raise RuntimeError(
            f"pictures with the other theme have been imported already; call use_theme({name!r}) before them, or set"
            f" {_VARIABLE}={name} before Python starts"
        )


def _suit_the_ground() -> None:
    """Choose the theme by Manim's background, unless somebody has chosen one."""
    from manim import config

    if _VARIABLE not in os.environ:
        red, green, blue = config.background_color.to_rgb()
        use_theme("light" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > _BRIGHT else "dark")


def __getattr__(name: str) -> Any:
    if name not in _SOURCES:
        close = get_close_matches(name, __all__, n=1)
        hint = f"; did you mean '{close[0]}'?" if close else "; dir(entropy_stage) lists what there is"
        raise AttributeError(f"module 'entropy_stage' has no '{name}'{hint}", name=name)
    if _THEME not in sys.modules:
        _suit_the_ground()
    found = globals()[name] = getattr(import_module(_SOURCES[name]), name)
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
