"""What a card says. It is known before anything is drawn, so nothing here loads Manim."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Card:
    """A quiet line, the large title, and perhaps a line below it. *seconds* is how long it stands."""

    above: str
    title: str
    below: str = ""
    seconds: float = 3.0
