"""Picture sizes by Manim's letters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quality:
    """Lines and frames a second of a video; always 16 : 9."""

    name: str
    height: int
    frame_rate: int

    @property
    def width(self) -> int:
        """Pixels in a line; even, as 4:2:0 colour asks."""
        return round(self.height * 16 / 9 / 2) * 2


QUALITIES = {
    "l": Quality("480p15", 480, 15),
    "m": Quality("720p30", 720, 30),
    "h": Quality("1080p60", 1080, 60),
    "p": Quality("1440p60", 1440, 60),
    "k": Quality("2160p60", 2160, 60),
}
RELEASE = Quality("1080p30", 1080, 30)
