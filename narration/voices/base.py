"""The interface of a voice, and the error of a voice that is not installed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from narration.errors import NarrationError

Samples = NDArray[np.float32]
Setting = str | int | float


class VoiceMissing(NarrationError):
    """A voice that is not installed here; the message says how to install it."""

    def __init__(self, voice: str, what: str, install: str) -> None:
        super().__init__(f"voice {voice}: {what}; {install}")
        self.voice = voice


class VoiceFailed(NarrationError):
    """An installed voice that did not speak a text."""

    def __init__(self, voice: str, text: str, what: str) -> None:
        super().__init__(f"voice {voice} could not speak “{text}”: {what}")


class Voice(Protocol):
    """Something that speaks. Equal id, settings and text should give equal samples."""

    @property
    def id(self) -> str:
        """Engine and voice, such as ``rhvoice:bdl``."""

    @property
    def settings(self) -> Mapping[str, Setting]:
        """Everything else that changes the sound; JSON-able."""

    def synthesize(self, text: str) -> tuple[Samples, int]:
        """Mono samples in [-1, 1] and their rate in Hz. Raises :class:`VoiceMissing`."""


def from_pcm16(data: bytes) -> Samples:
    """Mono little-endian 16-bit PCM as float samples in [-1, 1)."""
    return np.frombuffer(data, dtype="<i2").astype(np.float32) / np.float32(32768)
