"""A sound file as it was recorded: every channel at its own rate, and the same as one channel at ours."""

from __future__ import annotations

import dataclasses
import io
import wave
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from narration.audio import SAMPLE_RATE, Samples, resampled
from narration.errors import NarrationError

SUFFIXES = frozenset(
    (".wav", ".flac", ".m4a", ".mp3", ".ogg", ".oga", ".opus", ".aac", ".aif", ".aiff", ".mp4", ".webm")
)
KINDS = "give a WAV, FLAC, M4A, MP3, Ogg or Opus file"


@dataclass(frozen=True)
class SoundFile:
    """The sound of a file, or of the part that begins *offset* seconds in; *channels* has shape (channels, samples)."""

    path: Path
    channels: NDArray[np.float32]
    rate: int
    offset: float = 0.0

    @cached_property
    def mono(self) -> Samples:
        """The channels mixed, at 48 kHz, without a constant offset."""
        mixed = self.channels.mean(axis=0)
        return resampled((mixed - mixed.mean()).astype(np.float32) if mixed.size else mixed, self.rate)

    def part(self, start: float, end: float) -> SoundFile:
        """From *start* to *end*, in seconds of this sound."""
        first, last = round(start * self.rate), round(end * self.rate)
        return dataclasses.replace(self, channels=self.channels[:, first:last], offset=self.offset + start)


def read_sound(path: Path) -> SoundFile:
    """The first sound stream of a file of any kind that FFmpeg decodes. Raises :class:`NarrationError`."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise NarrationError(f"{path}: cannot be read ({error.strerror}); give the path of a sound file") from error
    pieces: list[NDArray[np.float32]] = []
    rate = SAMPLE_RATE
    try:
        with av.open(io.BytesIO(content), "r") as container:
            if not container.streams.audio:
                raise NarrationError(f"{path}: it has no sound stream; {KINDS}")
            rate = container.streams.audio[0].rate
            resampler = av.AudioResampler(format="fltp")
            for decoded in container.decode(audio=0):
                pieces += [_samples(frame) for frame in resampler.resample(decoded)]
            pieces += [_samples(frame) for frame in resampler.resample(None)] if pieces else []
    except (av.error.FFmpegError, ValueError, EOFError) as error:
        raise NarrationError(f"{path}: it is no readable sound ({error}); {KINDS}") from error
    channels = np.concatenate(pieces, axis=1) if pieces else np.zeros((1, 0), np.float32)
    return SoundFile(path, np.nan_to_num(channels), rate)


def _samples(frame: av.AudioFrame) -> NDArray[np.float32]:
    return frame.to_ndarray().astype(np.float32, copy=False)


def wav_bytes(samples: Samples, rate: int = SAMPLE_RATE) -> bytes:
    """Mono samples as a 16-bit WAV file."""
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(samples, -1, 1) * 32767).round().astype("<i2").tobytes())
    return target.getvalue()
