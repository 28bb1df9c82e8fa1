"""The timetable: what happens when in a rendered scene, in seconds and whole frames.

Captions, chapter markers, clip cutting, the transcript, the storyboard and the tests all read this file; nothing else
guesses at times. Times are seconds from the start of the scene (or of the chapter, after :meth:`Timetable.shifted`).
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeVar

from narration.data_file import json_file, json_value

VERSION = 1
#: No text in a timetable is longer: what is longer than a caption line is split, and titles are short.
LONGEST_TEXT = 1000


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
            return cls._of(json_value(text))
        except ValueError as error:
            raise _explained(error) from error

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a timetable file; errors name it."""
        try:
            return cls._of(json_file(path))
        except (OSError, ValueError) as error:
            raise TimetableError(f"{path}: {_explained(error)}") from error

    @classmethod
    def _of(cls, data: object) -> Self:
        fields = _fields(data, "version", "beats")
        if fields.pop("version") != VERSION:
            raise TimetableError("the timetable is of another version; render the scene again")
        beats = tuple(_beat(beat) for beat in _list(fields.pop("beats")))
        table = _made(cls, fields, beats=beats)
        if table.frame_rate < 1 or table.frames < 0:
            raise ValueError(f"{table.frames} frames at {table.frame_rate} a second")
        return table


_Part = TypeVar("_Part")


def _explained(error: Exception) -> TimetableError:
    if isinstance(error, TimetableError):
        return error
    return TimetableError(f"not a timetable ({error}); render the scene again")


def _beat(data: object) -> TimedBeat:
    fields = _fields(data, "words", "cues", "animations")
    words = tuple(_made(TimedWord, _fields(word)) for word in _list(fields.pop("words")))
    cues = tuple(_made(TimedCue, _fields(cue)) for cue in _list(fields.pop("cues")))
    animations = tuple(_made(TimedAnimation, _fields(each)) for each in _list(fields.pop("animations")))
    beat = _made(TimedBeat, fields, words=words, cues=cues, animations=animations)
    if not (0 <= beat.start_frame <= beat.end_frame and beat.start <= beat.end):
        raise ValueError(f"beat {beat.name!r} ends before it starts")
    return beat


def _fields(data: object, *needed: str) -> dict[str, Any]:
    """A JSON object that has the *needed* fields."""
    if not isinstance(data, dict):
        raise ValueError(f"a {type(data).__name__} where an object should be")
    for name in needed:
        if name not in data:
            raise ValueError(f"no {name!r}")
    return dict(data)


def _list(data: object) -> list[object]:
    if not isinstance(data, list):
        raise ValueError(f"a {type(data).__name__} where a list should be")
    return data


def _made(kind: type[_Part], data: dict[str, Any], **parts: tuple[object, ...]) -> _Part:
    """A *kind* of dataclass from a JSON object that has just its fields, and the *parts* that are read already."""
    types = {field.name: str(field.type) for field in dataclasses.fields(kind) if field.name not in parts}  # type: ignore[arg-type]
    if types.keys() != data.keys():
        differing = ", ".join(sorted(repr(name)[:40] for name in types.keys() ^ data.keys()))
        raise ValueError(f"{kind.__name__} with a field too few or too many: {differing}")
    return kind(**{name: _value(name, types[name], value) for name, value in data.items()}, **parts)


_KINDS = {"str": "printable text of a caption's length", "int": "a whole number", "float": "a number"}


def _value(name: str, kind: str, value: object) -> object:
    """A field's value, if it is of its kind."""
    fits = {
        "str": isinstance(value, str) and len(value) <= LONGEST_TEXT and value.isprintable(),
        "int": isinstance(value, int) and not isinstance(value, bool),
        "float": isinstance(value, (int, float)) and not isinstance(value, bool),
    }
    if not fits[kind]:
        raise ValueError(f"{name!r} is not {_KINDS[kind]}")
    return value


def _rounded(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 4)
    if isinstance(value, dict):
        return {k: _rounded(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(v) for v in value]
    return value
