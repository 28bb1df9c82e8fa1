"""What a clip can be: its format, what shows through it, whether it speaks, whether it loops."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from film.errors import BadUsage
from film.look import WIDE, Aspect, ThemeName

Format = Literal["mp4", "webm", "mov", "gif", "webp", "png", "frames"]
FORMATS: tuple[Format, ...] = get_args(Format)
# In few words, what each is for.
USES: dict[Format, str] = {
    "mp4": "any player",
    "webm": "browsers and OBS",
    "mov": "Keynote and editors",
    "gif": "chats",
    "webp": "pages",
    "png": "the last picture alone",
    "frames": "a folder of all pictures",
}

SOUNDING: frozenset[Format] = frozenset(("mp4", "webm", "mov"))
# Heavy formats are small unless told otherwise; the others have the quality of a release.
_QUALITY: dict[Format, str] = {"gif": "l", "webp": "m"}


@dataclass(frozen=True, slots=True)
class ClipStyle:
    """The format of a clip and what is special about it; theme and quality are settings of every command.

    Raises BadUsage for what a format cannot be.
    """

    format: Format = "mp4"
    transparent: bool = False
    silent: bool = False
    loop: bool = False
    aspect: Aspect = WIDE

    def __post_init__(self) -> None:
        if self.transparent and self.format == "mp4":
            raise BadUsage("an MP4 can't be transparent; use --format webm or mov")
        if self.transparent and self.format == "gif":
            raise BadUsage(
                "a GIF has no half-transparent pixels, so edges and fades would break; use --format webp, webm or mov"
            )
        if self.loop and self.format == "png":
            raise BadUsage("a single picture can't loop; use --format gif, webp, or webm and --silent")
        if self.loop and self.sounds:
            raise BadUsage(f"narration can't loop; add --silent for {self.format.upper()}, or use --format gif or webp")

    @property
    def sounds(self) -> bool:
        """Whether the narration is in it."""
        return self.format in SOUNDING and not self.silent

    @property
    def lossless(self) -> bool:
        """Whether it is made from exact pictures, rather than from those of the films."""
        return self.format not in ("mp4", "png") or self.transparent

    @property
    def quality(self) -> str | None:
        """Manim's letter of the quality that it has unless told otherwise; None for that of a release."""
        return _QUALITY.get(self.format)

    def file_name(self, address: str, theme: ThemeName) -> str:
        """``kraft@budget.light.transparent.mov``: what differs from the plain dark clip, and nothing else."""
        marks = {
            "light": theme == "light",
            self.aspect.replace(":", "x"): self.aspect != WIDE,
            "transparent": self.transparent,
            "silent": self.silent and self.format in SOUNDING and not self.loop,
            "loop": self.loop,
        }
        return ".".join([address, *(mark for mark, is_set in marks.items() if is_set), self.format])

    @property
    def has_poster(self) -> bool:
        """Whether a picture of it stands beside it; pictures need none."""
        return self.format not in ("png", "frames")
