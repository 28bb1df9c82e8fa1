"""The theme's colours as decks need them: six hexadecimal digits."""

from __future__ import annotations

from scenes.stage.theme import THEME

RULE_PIECES = 6  # of the series' mark: a half, a quarter, an eighth, ...


def digits(colour: str) -> str:
    """``#0E1320`` as ``0E1320``."""
    return colour.removeprefix("#").upper()


def theme_colours() -> dict[str, str]:
    """The colours of slides by what they are for."""
    return {
        "ground": THEME.ground,
        "panel": THEME.panel,
        "paper": THEME.paper,
        "quiet": THEME.quiet,
        "code": THEME.code,
    }


def accents() -> tuple[str, ...]:
    """Six colours of quantities, which an author's own slides can use."""
    return (THEME.probability, THEME.model, THEME.second, THEME.shared, THEME.code, THEME.waste)
