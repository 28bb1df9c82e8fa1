"""A beat's text as segments, spoken one at a time and joined by silences of known length."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from narration.audio import SAMPLE_RATE, Samples, faded, levelled
from narration.script import Item, Pause, Token, script_words

_SENTENCE_END = re.compile(r"[.?!…][\"'”’)]*$")


@dataclass(frozen=True, slots=True)
class Pacing:
    """How segments are joined.

    *sentence*, *paragraph*: silence after one; *margin*: sound kept around speech;
    *fade*: at the joints (all in seconds); *loudness* of the take in LUFS.

    A [pause] of the script takes the place of the silence there.
    """

    sentence: float = 0.32
    paragraph: float = 0.52
    margin: float = 0.03
    fade: float = 0.02
    loudness: float = -20.0


@dataclass(frozen=True, slots=True)
class Segment:
    """What is synthesised in one go: *text* and its script words, after *gap* seconds of silence."""

    text: str
    words: tuple[str, ...]
    gap: float


@dataclass(frozen=True, slots=True)
class Plan:
    """The segments of a beat, and *tail* seconds of silence after the last."""

    segments: tuple[Segment, ...]
    tail: float


def plan(items: Sequence[Item], pacing: Pacing) -> Plan:
    """Cut at sentence ends, paragraphs and pauses; consecutive pauses add up."""
    segments: list[Segment] = []
    opened: list[Token] = []
    gap = 0.0
    pause: float | None = None
    previous: Token | None = None

    def close() -> None:
        if opened:
            text = " ".join(token.spoken for token in opened)
            segments.append(Segment(text, tuple(script_words(text)), gap))
            opened.clear()

    for item in items:
        if isinstance(item, Pause):
            close()
            pause = (pause or 0.0) + item.seconds
        elif isinstance(item, Token):
            parted = previous is not None and item.paragraph != previous.paragraph
            if parted:
                close()
            if not opened:
                natural = 0.0 if previous is None else pacing.paragraph if parted else pacing.sentence
                gap, pause = natural if pause is None else pause, None
            opened.append(item)
            previous = item
            if _SENTENCE_END.search(item.spoken):
                close()
    close()
    return Plan(tuple(segments), pause or 0.0)


@dataclass(frozen=True)
class Joined:
    """The sound of a beat and, for each segment, its first sample and its end."""

    samples: Samples
    spans: tuple[tuple[int, int], ...]


def join(cut: Plan, pieces: Sequence[Samples], pacing: Pacing) -> Joined:
    """The segments' sounds (mono, 48 kHz), faded, with their silences between, at the pacing's loudness."""
    parts: list[Samples] = []
    spans: list[tuple[int, int]] = []
    position = 0
    for segment, piece in zip(cut.segments, pieces, strict=True):
        gap = round(segment.gap * SAMPLE_RATE)
        parts += [np.zeros(gap, np.float32), faded(piece, pacing.fade)]
        spans.append((position + gap, position + gap + len(piece)))
        position = spans[-1][1]
    parts.append(np.zeros(round(cut.tail * SAMPLE_RATE), np.float32))
    return Joined(levelled(np.concatenate(parts), pacing.loudness), tuple(spans))
