"""The files of a page, known before anything is made: a run that changes nothing looks whether they are there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from scenes.programme import ROOT

INDEX = "index.html"
HERE = Path(__file__).parent
_REVEAL = ("reveal.js", "reveal.css", "notes.js", "LICENSE.txt")
_FONTS = ("Inter-Regular.otf", "Inter-SemiBold.otf", "LICENSE.txt")
_OURS = ("talk.css", "talk.js")
# Where what a page needs is kept, by where it goes.
KEPT = {
    **{f"reveal/{name}": ROOT / "assets" / "reveal" / name for name in _REVEAL},
    **{f"fonts/{name}": ROOT / "assets" / "fonts" / "inter" / name for name in _FONTS},
    **{name: HERE / name for name in _OURS},
}


def file_name(film: str, beat: str) -> str:
    """What the files of a beat are called; a film's name holds no hyphen, so no two beats have the same."""
    return f"{film}-{beat}"


def files_of(beats: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The files in the folder of a deck of these *beats* (film and beat)."""
    names = dict.fromkeys(file_name(film, beat) for film, beat in beats)
    return (INDEX, *KEPT, *(file for name in names for file in (f"clips/{name}.mp4", f"posters/{name}.png")))
