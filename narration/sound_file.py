"""A sound file as it was recorded: every channel at its own rate, and the same as one channel at ours."""

from __future__ import annotations

import dataclasses
import io
import wave
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from narration.audio import SAMPLE_RATE, Samples, resampled
from narration.data_file import regular_bytes
from narration.errors import NarrationError
from narration.opus import SoundError, decoded

SUFFIXES = frozenset(
    (".wav", ".flac", ".m4a", ".mp3", ".ogg", ".oga", ".opus", ".aac", ".aif", ".aiff", ".mp4", ".webm")
)
LARGEST_FILE = 700_000_000  # bytes; the longest sound there may be, in stereo at 96 kHz
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
    """The first sound stream of a file of a usual kind. Raises :class:`NarrationError`."""
    try:
        channels, rate = decoded(regular_bytes(path, LARGEST_FILE))
    except OSError as error:
        raise NarrationError(f"{path}: cannot be read ({error.strerror}); give the path of a sound file") from error
    except SoundError as error:
        raise NarrationError(f"{path}: {error}; {KINDS}") from error
    return SoundFile(path, np.nan_to_num(channels), rate)


def wav_bytes(samples: Samples, rate: int = SAMPLE_RATE) -> bytes:
    """Mono samples as a 16-bit WAV file."""
    target = io.BytesIO()
    with wave.open(target, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(samples, -1, 1) * 32767).round().astype("<i2").tobytes())
    return target.getvalue()
