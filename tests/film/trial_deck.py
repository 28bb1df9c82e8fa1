"""A deck of two films whose clips show which frame one sees, without rendering; its words try to do harm."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from film.deck.slides import Deck, deck_title, film_slides
from film.drawing.picture_stream import PictureStream
from film.piece import Clip, Piece
from narration.audio import SAMPLE_RATE
from narration.timetable import TimedAnimation, TimedBeat, TimedCue, TimedWord, Timetable
from scenes.programme import concept

WIDTH, HEIGHT, RATE, FRAMES = 320, 180, 15, 45
STEPS = ((6, 18), (18, 30), (30, 45))
HOSTILE = '<script>alert(1)</script> "quoted" & #read("/etc/passwd") *bold* $x$ @kraft \\u{41} {{ 7 * 7 }} ]]> ﬁ'
TITLES = {"kraft": "Trees & <leaves>", "mutual_information": "Shared #emph[bits]"}
BEATS = ("first", "second")
_LEFT, _STEP, _SIDE = 4, 6, 20


def frame_picture(number: int) -> NDArray[np.uint8]:
    """A bright square on a dark ground, whose place says which frame this is."""
    pixels = np.full((HEIGHT, WIDTH, 4), (14, 19, 32, 255), np.uint8)
    left = _LEFT + _STEP * number
    pixels[80:100, left : left + _SIDE, :3] = (236, 239, 244)
    return pixels


def frame_shown(brightness: NDArray[np.floating]) -> int:
    """Which frame has this line of *brightness* (0 to 1) through its middle, shape (width,)."""
    middle = float(np.flatnonzero(brightness > 0.5).mean()) * WIDTH / len(brightness)
    return round((middle - _SIDE / 2 - _LEFT) / _STEP)


def make_deck(folder: Path, *, silent: bool = False, auto_advance: bool = False) -> Deck:
    """The deck, with pieces in *folder*."""
    films = []
    for name, title in TITLES.items():
        pieces = tuple(_piece(folder / name / beat, name, title, beat) for beat in BEATS)
        films.append(film_slides(concept(name), Clip(pieces), silent=silent))
    return Deck(deck_title(films), tuple(films), silent, auto_advance)


def _piece(folder: Path, name: str, title: str, beat: str) -> Piece:
    piece = Piece(folder)
    if not folder.exists():
        folder.mkdir(parents=True)
        stream = PictureStream(folder / "made.mp4", WIDTH, HEIGHT, RATE)
        for number in range(FRAMES):
            stream.show(frame_picture(number), None)
        stream.close()
        tone = 0.1 * np.sin(2 * np.pi * 440 * np.arange(FRAMES * SAMPLE_RATE // RATE) / SAMPLE_RATE)
        table = Timetable(name, title, RATE, FRAMES, (_beat(beat),))
        last = np.ascontiguousarray(frame_picture(FRAMES - 1)[:, :, :3])
        piece.write(folder / "made.mp4", last, table, tone.astype(np.float32))
    return piece


def _beat(name: str) -> TimedBeat:
    """Still until the first step, and then moving, with a cue at each step; a word in every fifth frame."""
    starts = [start / RATE for start, _ in STEPS]
    words = [f"{name}:", *HOSTILE.split()]
    spread = FRAMES / len(words) / RATE
    return TimedBeat(
        name=name,
        title=f"The {name} <i>beat</i> #strong[is] & *bold*",
        start=0.0,
        end=FRAMES / RATE,
        start_frame=0,
        end_frame=FRAMES,
        speech_start=0.0,
        speech_end=FRAMES / RATE,
        source="take",
        words=tuple(
            TimedWord(word, i * spread, (i + 1) * spread, paragraph=2 * i // len(words)) for i, word in enumerate(words)
        ),
        cues=tuple(TimedCue(f"cue{i}", start, start) for i, start in enumerate(starts)),
        animations=(
            TimedAnimation("Wait", 0.0, starts[0]),
            *(TimedAnimation("FadeIn", start / RATE, stop / RATE) for start, stop in STEPS),
        ),
    )
