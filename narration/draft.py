"""Stand-ins for a take: the draft voice with its own word times, and silence with estimated ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from narration.align import WordTime
from narration.audio import SAMPLE_RATE, Samples, resampled, sound_bounds
from narration.pacing import Joined, Pacing, Plan, Segment, join
from narration.spoken_text import WORDS_PER_SECOND
from narration.voices.base import VoiceFailed
from narration.voices.espeak import Espeak, WordEvent

# A word takes as long as its letters and this many more: short words are not as short as they look.
BASE_LETTERS = 2.0


def draft(cut: Plan, pacing: Pacing) -> tuple[Samples, tuple[WordTime, ...]]:
    """A plan spoken by espeak-ng, timed by its word events: fast, and cannot fail to align."""
    voice = Espeak()
    pieces: list[Samples] = []
    starts: list[list[float]] = []
    for segment in cut.segments:
        text = segment.text.replace("’", "'")
        samples, rate, events = voice.synthesize_timed(text)
        first, end = sound_bounds(samples, rate, keep=pacing.margin)
        if first == end:
            raise VoiceFailed(voice.id, text, "it returned only silence")
        pieces.append(resampled(samples[first:end], rate))
        starts.append(_word_starts(text, events, first / rate, (end - first) / rate))
    joined = join(cut, pieces, pacing)
    return joined.samples, _placed(cut, joined, starts)


def silence(cut: Plan, pacing: Pacing) -> tuple[Samples, tuple[WordTime, ...]]:
    """A plan as zeros, as long as a narrator would take for its words."""
    weights = [[len(word) + BASE_LETTERS for word in segment.words] for segment in cut.segments]
    total = sum(map(sum, weights))
    scale = sum(map(len, weights)) / WORDS_PER_SECOND / total if total else 0.0
    pieces = [np.zeros(round(sum(line) * scale * SAMPLE_RATE), np.float32) for line in weights]
    starts = [[0.0, *accumulate(weight * scale for weight in line[:-1])] for line in weights]
    joined = join(cut, pieces, pacing)
    return joined.samples, _placed(cut, joined, starts)


def _word_starts(text: str, events: Sequence[WordEvent], offset: float, duration: float) -> list[float]:
    """When each script word of *text* starts, in seconds.

    The sound begins at *offset* seconds of the engine's and lasts *duration*.

    The engine takes some words together ("of the") or apart; a word without an event of its own starts in
    between its neighbours, in proportion to their letters. The starts increase strictly.
    """
    words = [(match.start(), match.end()) for match in re.finditer(r"[A-Za-z]+(?:'[A-Za-z]+)*", text)]
    known = [(0.0, 0.0)]  # (letters spoken before, seconds)
    letters = list(accumulate((end - start + BASE_LETTERS for start, end in words), initial=0.0))
    for index, (start, end) in enumerate(words[1:], start=1):
        times = [event.start - offset for event in events if start <= event.character < end]
        if times and known[-1][1] < min(times) < duration:
            known.append((letters[index], min(times)))
    known.append((letters[-1], duration))
    at, seconds = zip(*known, strict=True)
    return [float(time) for time in np.interp(letters[:-1], at, seconds)]


def _placed(cut: Plan, joined: Joined, starts: Sequence[Sequence[float]]) -> tuple[WordTime, ...]:
    """Word times of the beat from the starts within each segment; a word lasts until the next."""
    times: list[WordTime] = []
    for segment, (first, end), within in zip(cut.segments, joined.spans, starts, strict=True):
        bounds = [round(first / SAMPLE_RATE + start, 4) for start in within] + [round(end / SAMPLE_RATE, 4)]
        times += _between(segment, bounds)
    return tuple(times)


def _between(segment: Segment, bounds: Sequence[float]) -> list[WordTime]:
    pairs = zip(segment.words, bounds[:-1], bounds[1:], strict=True)
    return [WordTime(word, start, end) for word, start, end in pairs]
