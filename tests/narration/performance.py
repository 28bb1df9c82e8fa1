"""A stand-in for an author and a microphone: spoken texts as sounds, sound files and what is heard."""

from __future__ import annotations

from pathlib import Path
from typing import Self

import av
import numpy as np

from narration.audio import SAMPLE_RATE, resampled, trimmed
from narration.microphone import BLOCK
from narration.voices.base import Samples
from narration.voices.espeak import Espeak


def performed(text: str, lead: float = 0.8, noise: float = 1e-4) -> Samples:
    """A stand-in for an author: *text* after and before *lead* seconds of a quiet room."""
    speech = 0.3 * trimmed(resampled(*Espeak(rate=150).synthesize(text)), keep=0.0)
    room = np.zeros(round(lead * SAMPLE_RATE), np.float32)
    sound = np.concatenate([room, speech, room])
    return (sound + noise * np.random.default_rng(2).standard_normal(len(sound))).astype(np.float32)


def save(path: Path, samples: Samples, codec: str = "pcm_s16le", layout: str = "stereo") -> Path:
    """A sound file with the same sound in all channels; PCM at another rate than ours."""
    rate = 44_100 if codec == "pcm_s16le" else SAMPLE_RATE
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate)
        assert isinstance(stream, av.AudioStream)
        stream.layout = layout
        frame = av.AudioFrame.from_ndarray(samples[np.newaxis], "flt", "mono")
        frame.sample_rate, frame.pts = SAMPLE_RATE, 0
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


class Tape:
    """A microphone that hears *samples*, block by block, then nothing more; *lost_at* is the sample before a gap."""

    def __init__(self, samples: Samples, rate: int = SAMPLE_RATE, lost_at: int = -1) -> None:
        self.samples, self.rate, self.lost_at, self.place, self.is_open = samples, rate, lost_at, 0, False

    def __enter__(self) -> Self:
        self.is_open = True
        return self

    def __exit__(self, *_: object) -> None:
        self.is_open = False

    def read(self) -> tuple[Samples, bool]:
        assert self.is_open
        start, self.place = self.place, self.place + round(BLOCK * self.rate)
        return self.samples[start : self.place], start == self.lost_at
