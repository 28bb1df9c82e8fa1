"""The options of the rendering commands."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from film.look import ThemeName, default_theme
from film.quality import QUALITIES, RELEASE, Quality


@dataclass(frozen=True)
class Settings:
    """The options that every rendering command has."""

    quality: str | None
    fallback: str
    workers: int | None
    scheduler: str | None
    force: bool
    preview: bool
    out: Path
    store: Path
    debug: bool
    theme: ThemeName = field(default_factory=default_theme)

    @property
    def picture(self) -> Quality:
        """The chosen quality, or that of a release."""
        return quality_called(self.quality)


def quality_called(letter: str | None) -> Quality:
    """The quality of Manim's *letter*, or that of a release."""
    return QUALITIES[letter] if letter else RELEASE
