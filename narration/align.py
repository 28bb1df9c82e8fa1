"""Word times by forced alignment: where in a sound each word of a known text is spoken.

The aligner is PocketSphinx, whose model comes with it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from pocketsphinx import Decoder

from narration.audio import SAMPLE_RATE, Samples, resampled
from narration.errors import NarrationError
from narration.phonemes import pronunciations

RATE = 16_000  # the model's
FRAMES_PER_SECOND = 100
PADDING = 0.15  # seconds of near silence around the sound: the model expects speech to begin and end in it
LEVEL = 0.06  # root mean square that the model is given
LONGEST_WORD = 2.0  # seconds; a longer one means that something else was spoken
WIDE_BEAMS = {"beam": 1e-120, "wbeam": 1e-100, "pbeam": 1e-120, "maxhmmpf": -1}
# Misfit of a frame: minus the log of its score against the best sound of any kind. Over 0.8 s, right texts of
# six voices, clean and at 20 dB of noise, stay below 0.0081; texts with a sentence more, less or elsewhere
# come to 0.0095 and above.
MISFIT = 0.009
MISFIT_WINDOW = 0.8  # seconds
# Between words, longer than this many seconds and with most of it above this share of the words' power, it is
# speech and no pause.
LONGEST_GAP = 0.5
LOUD_GAP = 10 ** (-14 / 10)


class AlignmentError(NarrationError):
    """A text that cannot be found in a sound."""


@dataclass(frozen=True, slots=True)
class WordTime:
    """A script word and when it is spoken, in seconds from the start of the beat's audio."""

    text: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A word of the path, or what lies between words ("<sil>"), in frames; *misfit* is the mean over them."""

    text: str
    first: int
    last: int
    misfit: float

    @property
    def is_word(self) -> bool:
        return self.text[0] not in "<[+"


def align(
    words: Sequence[str], samples: Samples, *, doubtful: bool = False, offset: float = 0.0
) -> tuple[WordTime, ...]:
    """One time for each of *words* (lower case) in *samples* (mono, 48 kHz), in order and inside the sound.

    Searches once more with wide beams before it gives up. With *doubtful*, also proves that these words are
    spoken there and nothing else (slower; forced alignment alone puts up with many wrong texts). Raises
    :class:`AlignmentError`, which names the words; its times are later by *offset*, where the samples begin in
    the file that a person knows.
    """
    if not words:
        return ()
    if not len(samples):
        raise AlignmentError(f"there is no sound for “{_quoted(words)}”")
    sound = prepared(samples)
    path = _search(_decoder(wide=False, scored=doubtful), words, sound) or _search(
        _decoder(wide=True, scored=doubtful), words, sound
    )
    if path is None:
        raise AlignmentError(f"the sound does not fit the text “{_quoted(words)}”; speak exactly these words")
    duration = len(samples) / SAMPLE_RATE
    times = tuple(
        WordTime(s.text, _seconds(s.first, duration), _seconds(s.last + 1, duration)) for s in path if s.is_word
    )
    for time in times:
        check_word(time, offset)
    if doubtful:
        _check_fit(path, offset)
        _check_gaps(times, samples, offset)
    return times


def check_word(time: WordTime, offset: float = 0.0) -> None:
    """Raise :class:`AlignmentError` for a word that takes no time, or more than any spoken word does."""
    length = time.end - time.start
    if length <= 0 or length > LONGEST_WORD:
        raise AlignmentError(
            f"the word “{time.text}” would take {length:.2f} s (from {time.start + offset:.2f} s); "
            "the sound does not fit the text there, or holds noise"
        )


def _quoted(words: Sequence[str]) -> str:
    return " ".join(words) if len(words) <= 14 else f"{' '.join(words[:7])} … {' '.join(words[-6:])}"


def prepared(samples: Samples) -> bytes:
    """16-bit sound at the model's rate and level, with padding."""
    sound = resampled(samples, SAMPLE_RATE, RATE)
    level = float(np.sqrt(np.mean(np.square(sound, dtype=np.float64))))
    sound = sound * np.float32(LEVEL / max(level, 1e-6))
    # Not digital silence, whose logarithm the features could not take.
    quiet = np.random.default_rng(0).standard_normal(round(PADDING * RATE)).astype(np.float32) * np.float32(1e-4)
    padded = np.concatenate([quiet, sound, quiet])
    return bytes((np.clip(padded, -1, 1) * 32767).astype("<i2").tobytes())


@cache
def _decoder(*, wide: bool, scored: bool) -> Decoder:
    return Decoder(loglevel="FATAL", lm=None, bestpath=False, compallsen=scored, **(WIDE_BEAMS if wide else {}))


def add_words(decoder: Decoder, words: Sequence[str]) -> None:
    """Teach *decoder* those of *words* that its dictionary does not have."""
    for word in set(words):
        if decoder.lookup_word(word) is None:
            for number, phones in enumerate(pronunciations(word), start=1):
                decoder.add_word(word if number == 1 else f"{word}({number})", phones, True)


def _search(decoder: Decoder, words: Sequence[str], sound: bytes) -> list[_Stretch] | None:
    """The best path through the sound, or None where it is lost."""
    add_words(decoder, words)
    decoder.reinit_feat()  # or the means of the sound before would move the times
    decoder.set_align_text(" ".join(words))
    decoder.start_utt()
    decoder.process_raw(sound, full_utt=True)
    decoder.end_utt()
    if decoder.hyp() is None:
        return None
    path = [_stretch(s.word, s.start_frame, s.end_frame, s.ascore) for s in decoder.seg()]
    return path if [stretch.text for stretch in path if stretch.is_word] == list(words) else None


def _stretch(word: str, first: int, last: int, score: float) -> _Stretch:
    misfit = -math.log(max(score, 1e-300)) / (last - first + 1)
    return _Stretch(re.sub(r"\(\d+\)$", "", word), first, last, misfit)


def _check_fit(path: Sequence[_Stretch], offset: float) -> None:
    """Raise :class:`AlignmentError` when for most of a second something else is heard than the text."""
    misfit = np.concatenate([np.full(s.last - s.first + 1, s.misfit) for s in path])
    width = min(round(MISFIT_WINDOW * FRAMES_PER_SECOND), len(misfit))
    means = np.convolve(misfit, np.ones(width) / width, "valid")
    worst = int(means.argmax())
    if means[worst] <= MISFIT:
        return
    near = [s.text for s in path if s.is_word and s.last >= worst - width and s.first <= worst + 2 * width]
    start = offset + max(0.0, worst / FRAMES_PER_SECOND - PADDING)
    raise AlignmentError(
        f"from {start:.1f} s something else is heard than the text there, near “{_quoted(near)}”; "
        "speak exactly the words of the script, in a quiet room"
    )


def _check_gaps(times: Sequence[WordTime], samples: Samples, offset: float) -> None:
    """Raise :class:`AlignmentError` when something as loud as words is heard between them for long."""
    bounds = [0.0, *(edge for time in times for edge in (time.start, time.end)), len(samples) / SAMPLE_RATE]
    frame = SAMPLE_RATE // FRAMES_PER_SECOND
    power = np.mean(np.square(samples[: len(samples) // frame * frame].reshape(-1, frame), dtype=np.float64), axis=1)
    edges = [round(bound * FRAMES_PER_SECOND) for bound in bounds]
    loud = np.mean(np.concatenate([power[a:b] for a, b in zip(edges[1:-1:2], edges[2::2], strict=True)]))
    for first, end in zip(edges[::2], edges[1::2], strict=True):
        if end - first > LONGEST_GAP * FRAMES_PER_SECOND and np.median(power[first:end]) > loud * LOUD_GAP:
            start, stop = (offset + edge / FRAMES_PER_SECOND for edge in (first, end))
            place = f"from {start:.1f} to {stop:.1f} s"
            raise AlignmentError(f"{place} something is heard that is not in the text; speak exactly its words")


def _seconds(frame: int, duration: float) -> float:
    return round(min(max(frame / FRAMES_PER_SECOND - PADDING, 0.0), duration), 4)
