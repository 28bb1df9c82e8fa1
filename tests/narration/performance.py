"""A stand-in for an author: spoken texts as sounds and sound files."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np

from narration.audio import SAMPLE_RATE, resampled, trimmed
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
