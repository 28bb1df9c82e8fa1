"""How much work a beat will be, guessed without running it: for sharing out work and for saying how long it takes."""

from __future__ import annotations

from film.quality import Quality
from narration.data_file import json_file
from scenes.programme import Concept

_TAIL = 0.35  # seconds of a beat after its last word
_UNKNOWN = 20.0  # seconds of a beat without a take
_SAMPLE_RATE = 48_000


def expected_frames(concept: Concept, beat: str, quality: Quality) -> int:
    """The frames of a beat: as long as its take, if it has one."""
    try:
        data = json_file(concept.takes_path / f"{beat}.json")
        seconds = int(data["samples"]) / _SAMPLE_RATE + _TAIL
    except (OSError, ValueError, LookupError, TypeError):
        seconds = _UNKNOWN
    return round(seconds * quality.frame_rate)


def expected_seconds(frames: int, quality: Quality) -> float:
    """Seconds for drawing and encoding so many frames; measured on one machine, and only good for comparing."""
    megapixels = quality.width * quality.height / 1e6
    return frames * (0.0015 + 0.0008 * megapixels)
