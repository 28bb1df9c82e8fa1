"""An author's own recording of a beat, made a take."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from narration.align import AlignmentError, WordTime, align
from narration.audio import SAMPLE_RATE, Samples, faded, sound_bounds
from narration.errors import NarrationError
from narration.limiter import limited
from narration.mismatch import mismatch
from narration.opus import encode_opus
from narration.pacing import Pacing
from narration.script import Script, ScriptBeat, script_words
from narration.sound_faults import is_silent, sound_faults
from narration.sound_file import SoundFile, read_sound
from narration.takes import RECORDING, Take, check_take, new_take_data, take_paths, write_take

MARGIN = 0.1  # seconds of the room kept before and after the words
REACH = 0.4  # seconds around the words in which they may still sound; a key or a chair comes later
CEILING = -1.5  # dBTP, before Opus, which may raise a peak a little


@dataclass(frozen=True)
class Imported:
    """A recording that is a take now, and what can be heard wrong in it."""

    take: Take
    faults: tuple[str, ...]


def import_recording(
    script: Script, beat: ScriptBeat, audio_path: Path, takes: Path, *, trust: bool = False
) -> Imported:
    """Make *audio_path* (WAV, FLAC, M4A ...) the take of *beat*; see :func:`import_sound`."""
    return import_sound(script, beat, read_sound(audio_path), takes, trust=trust)


def import_sound(script: Script, beat: ScriptBeat, sound: SoundFile, takes: Path, *, trust: bool = False) -> Imported:
    """Make *sound* the take of *beat*.

    It is mixed to mono, aligned with the whole text of the beat, cut to it and levelled; only its words count,
    so [pause] marks do not apply to it. With *trust* it need not be proved that it says these words and no others.
    Raises :class:`NarrationError`, and then nothing has changed.
    """
    otherwise = f"not a recording of beat {beat.name} ({beat.place})"
    words = heard_words(sound, script_words(beat.spoken), otherwise, doubtful=not trust)
    start, end = _bounds(sound.mono, words)
    samples = limited(faded(sound.mono[start:end], Pacing().fade), Pacing().loudness, CEILING)
    data = new_take_data(beat, RECORDING, {}, None, len(samples))
    data = dataclasses.replace(data, words=_moved(words, -start / SAMPLE_RATE, len(samples) / SAMPLE_RATE))
    write_take(take_paths(script, beat, takes), data, encode_opus(samples))
    return Imported(check_take(script, beat, takes), sound_faults(sound, words))


def heard_words(
    sound: SoundFile, words: Sequence[str], otherwise: str, *, doubtful: bool = True
) -> tuple[WordTime, ...]:
    """When *words* are spoken in *sound*, in seconds from its start.

    Raises :class:`NarrationError`, which names the file, says *otherwise*, and which words do not fit.
    """
    mono = sound.mono
    first, end = sound_bounds(mono, keep=MARGIN, noise=True)
    if first == end or is_silent(sound.channels):
        raise NarrationError(f"{sound.path}: it is silent from end to end, nothing was heard; record it again")
    try:
        times = align(words, mono[first:end], doubtful=doubtful, offset=sound.offset + first / SAMPLE_RATE)
    except AlignmentError as error:
        found = mismatch(words, mono, sound.offset)
        why = f"{found}; speak exactly the words of the script" if found else str(error)
        why += ", or trust your ears: --trust" if doubtful else ""
        raise NarrationError(f"{sound.path}: {otherwise}: {why}") from error
    return _moved(times, first / SAMPLE_RATE, len(mono) / SAMPLE_RATE)


def _bounds(mono: Samples, words: Sequence[WordTime]) -> tuple[int, int]:
    """First sample and end of what is kept: the words, as long as they sound, and a little of the room."""
    first = max(0, round((words[0].start - REACH) * SAMPLE_RATE))
    last = min(len(mono), round((words[-1].end + REACH) * SAMPLE_RATE))
    start, end = sound_bounds(mono[first:last], keep=MARGIN, noise=True)
    return (
        max(0, min(first + start, round((words[0].start - MARGIN) * SAMPLE_RATE))),
        min(len(mono), max(first + end, round((words[-1].end + MARGIN) * SAMPLE_RATE))),
    )


def _moved(words: Sequence[WordTime], seconds: float, duration: float) -> tuple[WordTime, ...]:
    def moved(time: float) -> float:
        return round(min(max(time + seconds, 0.0), duration), 4)

    return tuple(WordTime(word.text, moved(word.start), moved(word.end)) for word in words)
