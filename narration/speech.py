"""The speech of a script, beat by beat: sound, and when each word, caption word and cue comes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from narration.align import WordTime
from narration.audio import SAMPLE_RATE
from narration.draft import draft, silence
from narration.errors import NarrationError
from narration.fallback import Fallback
from narration.pacing import Pacing, plan
from narration.script import Cue, Item, Pause, Script, ScriptBeat, Token, script_words
from narration.takes import TakeError, check_take

__all__ = [
    "SAMPLE_RATE",
    "Fallback",
    "NarrationError",
    "Source",
    "Speech",
    "SpeechSet",
    "StaleTake",
    "TokenTime",
    "WordTime",
    "cue_times",
    "speeches",
    "token_times",
]


@dataclass(frozen=True, slots=True)
class TokenTime:
    """A caption word and when it is spoken, in seconds from the start of the beat's audio."""

    shown: str
    start: float
    end: float
    paragraph: int


class Source(StrEnum):
    """Where a speech comes from."""

    TAKE = "take"
    RECORDING = "recording"
    DRAFT = "draft"
    SILENCE = "silence"


@dataclass(frozen=True)
class Speech:
    """A spoken beat. Times are seconds from its start; *sound* gives its samples, mono, zeros for silence."""

    beat: str
    source: Source
    duration: float
    words: tuple[WordTime, ...]
    tokens: tuple[TokenTime, ...]
    cues: dict[str, float]
    sound: Callable[[], NDArray[np.float32]]

    @property
    def samples(self) -> NDArray[np.float32]:
        """The sound. Raises NarrationError for a take that cannot be decoded."""
        return self.sound()


@dataclass(frozen=True, slots=True)
class StaleTake:
    """A beat without a usable take, and why; the reason names the file and the remedy."""

    beat: str
    why: str


@dataclass(frozen=True)
class SpeechSet:
    """The speeches of a script by beat, in its order, and the beats for which something stands in."""

    beats: dict[str, Speech]
    stale: tuple[StaleTake, ...]


def speeches(script: Script, *, takes: Path, fallback: Fallback) -> SpeechSet:
    """The speech of every beat: its take in the folder *takes*, or what *fallback* says.

    Raises :class:`NarrationError` for Fallback.ERROR, naming every beat without a usable take, why, and what
    to do.
    """
    found: dict[str, Speech] = {}
    stale: list[StaleTake] = []
    for beat in script.beats:
        try:
            take = check_take(script, beat, takes)
        except TakeError as error:
            stale.append(StaleTake(beat.name, str(error)))
            if fallback is not Fallback.ERROR:
                found[beat.name] = _stand_in(beat, fallback)
            continue
        source = Source.RECORDING if take.is_recording else Source.TAKE
        found[beat.name] = _speech(beat, source, take.data.words, take.data.samples, partial(getattr, take, "samples"))
    if stale and fallback is Fallback.ERROR:
        raise NarrationError(_all_stale(script, stale))
    return SpeechSet(found, tuple(stale))


def cue_times(items: Sequence[Item], words: Sequence[WordTime], duration: float, *, pauses: bool) -> dict[str, float]:
    """When each cue comes: at the start of the word after it, where the pause after it begins, or at the end.

    *pauses* tells whether the [pause] marks are in the sound (they are not in a recording).
    """
    cues: dict[str, float] = {}
    waiting: list[str] = []
    now, index = 0.0, 0

    def settle(time: float) -> None:
        cues.update(dict.fromkeys(waiting, min(time, duration)))
        waiting.clear()

    for item in items:
        if isinstance(item, Cue):
            waiting.append(item.name)
        elif isinstance(item, Pause):
            settle(now)
            now += item.seconds if pauses else 0.0
        else:
            settle(words[index].start)
            index += len(script_words(item.spoken))
            now = words[index - 1].end
    settle(duration)
    return cues


def token_times(tokens: Sequence[Token], words: Sequence[WordTime]) -> tuple[TokenTime, ...]:
    """Each caption word from the start of its first script word to the end of its last."""
    times: list[TokenTime] = []
    index = 0
    for token in tokens:
        count = len(script_words(token.spoken))
        spoken = words[index : index + count]
        times.append(TokenTime(token.shown, spoken[0].start, spoken[-1].end, token.paragraph))
        index += count
    return tuple(times)


def _stand_in(beat: ScriptBeat, fallback: Fallback) -> Speech:
    pacing = Pacing()
    cut = plan(beat.items, pacing)
    if fallback is Fallback.DRAFT:
        samples, words = draft(cut, pacing)
        return _speech(beat, Source.DRAFT, words, len(samples), lambda: samples)
    samples, words = silence(cut, pacing)
    length = len(samples)  # made again when it is asked for: hours of zeros need not lie in memory
    return _speech(beat, Source.SILENCE, words, length, lambda: np.zeros(length, np.float32))


def _speech(
    beat: ScriptBeat,
    source: Source,
    words: tuple[WordTime, ...],
    length: int,
    sound: Callable[[], NDArray[np.float32]],
) -> Speech:
    duration = length / SAMPLE_RATE
    cues = cue_times(beat.items, words, duration, pauses=source is not Source.RECORDING)
    return Speech(beat.name, source, duration, words, token_times(beat.tokens, words), cues, sound)


def _all_stale(script: Script, stale: Sequence[StaleTake]) -> str:
    lines = "\n".join(f"  {take.beat}: {take.why}" for take in stale)
    return (
        f"{script.path}: {len(stale)} of {len(script.beats)} beats have no usable take:\n{lines}\n"
        f"make all of them with `render.py narrate {script.concept}`, or render with a draft voice or silence"
    )
