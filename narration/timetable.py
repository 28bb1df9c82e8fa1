"""The timetable: what happens when in a rendered scene, in seconds and whole frames.

Captions, chapter markers, clip cutting, the transcript, the storyboard and the tests all read this file; nothing else
guesses at times. Times are seconds from the start of the scene (or of the chapter, after :meth:`Timetable.shifted`).
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

VERSION = 1


class TimetableError(ValueError):
    """A timetable file that cannot be read; the message names the file and what to do."""


@dataclass(frozen=True, slots=True)
class TimedWord:
    """A caption word (as shown, punctuation attached) with the time in which it is spoken."""

    shown: str
    start: float
    end: float
    paragraph: int


@dataclass(frozen=True, slots=True)
class TimedCue:
    """A cue: when the narration reaches it, and when the picture met it."""

    name: str
    spoken: float
    met: float


@dataclass(frozen=True, slots=True)
class TimedAnimation:
    """One `play` or `wait` of the scene."""

    name: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class TimedBeat:
    """One beat: a Manim section, its narration and what the picture did."""

    name: str
    title: str
    start: float
    end: float
    start_frame: int
    end_frame: int
    speech_start: float
    speech_end: float
    source: str
    words: tuple[TimedWord, ...]
    cues: tuple[TimedCue, ...]
    animations: tuple[TimedAnimation, ...]

    def shifted(self, seconds: float, frames: int) -> TimedBeat:
        """The same beat, later by *seconds*, which are *frames*."""

        def later(item: Any) -> Any:
            times = {k: getattr(item, k) + seconds for k in ("start", "end", "spoken", "met") if hasattr(item, k)}
            return dataclasses.replace(item, **times)

        return dataclasses.replace(
            self,
            start=self.start + seconds,
            end=self.end + seconds,
            start_frame=self.start_frame + frames,
            end_frame=self.end_frame + frames,
            speech_start=self.speech_start + seconds,
            speech_end=self.speech_end + seconds,
            words=tuple(later(w) for w in self.words),
            cues=tuple(later(c) for c in self.cues),
            animations=tuple(later(a) for a in self.animations),
        )


@dataclass(frozen=True, slots=True)
class Timetable:
    """All beats of one rendered scene."""

    concept: str
    title: str
    frame_rate: int
    frames: int
    beats: tuple[TimedBeat, ...]

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return self.frames / self.frame_rate

    def shifted(self, frames: int) -> Timetable:
        """The same timetable, starting *frames* later (used when scenes are joined)."""
        seconds = frames / self.frame_rate
        return dataclasses.replace(self, beats=tuple(b.shifted(seconds, frames) for b in self.beats))

    def to_json(self) -> str:
        """Readable JSON, times rounded to 0.1 ms so that equal runs give equal bytes."""
        return (
            json.dumps(_rounded({"version": VERSION, **dataclasses.asdict(self)}), indent=1, ensure_ascii=False) + "\n"
        )

    @classmethod
    def from_json(cls, text: str) -> Self:
        """The inverse of :meth:`to_json`. Raises :class:`TimetableError` on anything else."""
        try:
            data = json.loads(text)
            if data.pop("version") != VERSION:
                raise TimetableError("the timetable is of another version; render the scene again")
            beats = tuple(_beat(b) for b in data.pop("beats"))
            return cls(beats=beats, **data)
        except TimetableError:
            raise
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise TimetableError(f"not a timetable ({error}); render the scene again") from error

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a timetable file; errors name it."""
        try:
            return cls.from_json(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, TimetableError) as error:
            raise TimetableError(f"{path}: {error}") from error


def _beat(data: dict[str, Any]) -> TimedBeat:
    words = tuple(TimedWord(**w) for w in data.pop("words"))
    cues = tuple(TimedCue(**c) for c in data.pop("cues"))
    animations = tuple(TimedAnimation(**a) for a in data.pop("animations"))
    return TimedBeat(words=words, cues=cues, animations=animations, **data)


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {k: _rounded(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(v) for v in value]
    return value
