"""One recording of several beats, cut where one ends and the next begins."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from narration.align import WordTime
from narration.audio import FRAME, SAMPLE_RATE, Samples
from narration.recording import heard_words
from narration.script import Script, ScriptBeat, script_words
from narration.sound_file import SoundFile

CUT = 0.05  # seconds that must be quiet where the sound is cut


def cut_at_beats(script: Script, beats: Sequence[ScriptBeat], sound: SoundFile) -> dict[str, SoundFile]:
    """The parts of *sound*, in which *beats* are read one after the other, by the name of the beat.

    It is cut at the quietest moment between the last word of a beat and the first of the next. Raises
    :class:`NarrationError` when the beats' words are not found in this order; whether a part is truly the
    recording of its beat is for :func:`narration.recording.import_sound` to prove.
    """
    spoken = [script_words(beat.spoken) for beat in beats]
    names = f"{beats[0].name} to {beats[-1].name}" if len(beats) > 1 else beats[0].name
    words = heard_words(
        sound, [word for line in spoken for word in line], f"not the beats {names} of {script.path}", doubtful=False
    )
    ends = np.cumsum([len(line) for line in spoken])
    cuts = [quietest(sound.mono, words[end - 1], words[end]) for end in ends[:-1]]
    bounds = [0.0, *cuts, len(sound.mono) / SAMPLE_RATE]
    return {beat.name: sound.part(*span) for beat, span in zip(beats, pairwise(bounds), strict=True)}


def quietest(mono: Samples, before: WordTime, after: WordTime) -> float:
    """The middle of the quietest moment from the middle of one word to that of the next, in seconds."""
    size = round(FRAME * SAMPLE_RATE)
    first, last = (round((word.start + word.end) / 2 / FRAME) for word in (before, after))
    power = np.mean(np.square(mono[first * size : last * size].reshape(-1, size), dtype=np.float64), axis=1)
    width = min(round(CUT / FRAME), len(power))
    level = np.convolve(power, np.ones(width), "valid")
    quiet = np.flatnonzero(level <= level.min() * 4)  # as quiet as it gets, within 6 dB: its middle is a pause's
    return float((first + quiet[len(quiet) // 2] + width / 2) * FRAME)
