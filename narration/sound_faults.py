"""What a listener would hear wrong in a recording: clipping, noise, a voice too far away. Told, never mended."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from narration.align import WordTime
from narration.audio import FRAME, SAMPLE_RATE, Samples
from narration.sound_file import SoundFile

FULL_SCALE = 0.98  # from here on, a flat top is no wave's own
FLAT = 4e-5  # by which samples of a flat top differ, a little over a step of 16 bits
LONGEST_WAVE_TOP = 2  # samples at the top of an honest wave that are that alike
ONE_PLACE = 0.5  # seconds within which clipped samples are one place
LEAST_CLEARANCE = 26.0  # dB from the noise up to the voice; a quiet room has 35 and more
EDGE = 0.08  # seconds around a word in which it may still sound
QUIET_SHARE = 20.0  # percentile: breaths and what is left of words are louder than the room
LEAST_ROOM = 0.2  # seconds without words, from which the noise is measured
FAINTEST_PEAK = 10 ** (-30 / 20)
SILENT_PEAK = 1e-3  # -60 dBFS: a microphone that is off, or the wrong one
LOWEST_RATE = 22_050


def is_silent(samples: NDArray[np.float32]) -> bool:
    """Whether nothing can have been said in *samples*."""
    return float(np.abs(samples).max(initial=0.0)) < SILENT_PEAK


def sound_faults(sound: SoundFile, words: Sequence[WordTime]) -> tuple[str, ...]:
    """The faults of *sound*, whose *words* are timed from its start; each says what to do, and times are the file's."""
    found: list[str] = []
    if clips := clipped_at(sound):
        first = ", ".join(f"{time + sound.offset:.1f}" for time in clips[:3])
        more = f" and {len(clips) - 3} more places" if len(clips) > 3 else ""
        found.append(f"it clips at {first} s{more}; turn the microphone's gain down, or sit further away")
    clearance = clearance_of(sound.mono, words)
    if clearance < LEAST_CLEARANCE:
        found.append(f"the background noise is only {max(clearance, 0):.0f} dB below the voice; find a quieter room")
    if float(np.abs(sound.channels).max(initial=0.0)) < FAINTEST_PEAK:
        found.append("it is very quiet; turn the microphone's gain up, or sit nearer")
    if sound.rate < LOWEST_RATE:
        found.append(f"it holds only {sound.rate} samples a second and sounds like a telephone; record at 48000")
    return tuple(found)


def clipped_at(sound: SoundFile) -> tuple[float, ...]:
    """Where the waves have flat tops at full scale, or went beyond it in a lossy file: seconds, one for each place."""
    times: list[float] = []
    for channel in sound.channels:
        loud = np.abs(channel)
        alike = (loud[1:] >= FULL_SCALE) & (np.abs(np.diff(channel)) <= FLAT)
        flat = np.flatnonzero(_run_of(alike, LONGEST_WAVE_TOP))
        beyond = np.flatnonzero(_run_of(loud > 1.0, 2))
        times += [float(index) / sound.rate for index in np.concatenate([flat, beyond])]
    places: list[float] = []
    for time in sorted(times):
        if not places or time - places[-1] > ONE_PLACE:
            places.append(time)
    return tuple(places)


def clearance_of(samples: Samples, words: Sequence[WordTime]) -> float:
    """By how many dB the voice is above the noise between the words; infinite where there is none to measure."""
    size = round(FRAME * SAMPLE_RATE)
    power = np.mean(np.square(samples[: len(samples) // size * size].reshape(-1, size), dtype=np.float64), axis=1)
    centre = (np.arange(len(power)) + 0.5) * FRAME
    spoken, near = np.zeros(len(power), bool), np.zeros(len(power), bool)
    for word in words:
        spoken |= (centre >= word.start) & (centre <= word.end)
        near |= (centre >= word.start - EDGE) & (centre <= word.end + EDGE)
    if (~near).sum() * FRAME < LEAST_ROOM or not spoken.any():
        return math.inf
    noise = float(np.percentile(power[~near], QUIET_SHARE))
    voice = float(np.mean(power[spoken])) - noise
    if noise <= 0:
        return math.inf
    return 10 * math.log10(voice / noise) if voice > 0 else -math.inf


def _run_of(found: NDArray[np.bool_], length: int) -> NDArray[np.bool_]:
    """Whether at each place begins a row of *length* that are all *found*."""
    if len(found) < length:
        return np.zeros(0, bool)
    whole = np.ones(len(found) - length + 1, bool)
    for i in range(length):
        whole &= found[i : i + len(whole)]
    return whole
