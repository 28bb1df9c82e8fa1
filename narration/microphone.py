"""A microphone, and the sound it hears until somebody has had enough.

The package ``sounddevice`` reaches it (the extra ``record``); it is loaded when a microphone is opened.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol, Self

import numpy as np

from narration.audio import Samples
from narration.errors import NarrationError

BLOCK = 0.05  # seconds
LONGEST = 600.0  # seconds of a recording that nobody stops
INSTALL_PACKAGE = "install it with `uv sync --extra record`"
INSTALL_LIBRARY = "install PortAudio (Debian, Ubuntu: `apt install libportaudio2`; macOS and Windows: nothing to do)"
OR_A_FILE = "or record with any other program and give the file: --recording FILE"


class MicrophoneMissing(NarrationError):
    """Nothing to record with; the message says what to install or plug in."""


class Microphone(Protocol):
    """A source of samples, open inside a ``with`` block."""

    @property
    def rate(self) -> int:
        """Samples a second."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def read(self) -> tuple[Samples, bool]:
        """What was heard next (mono, empty at the end), and whether something before it was lost."""


class Device:
    """A sound device of this machine; *name* is its number or a part of its name, None the usual one.

    Raises :class:`MicrophoneMissing`.
    """

    def __init__(self, name: str | None = None) -> None:
        self._sounddevice = _sounddevice()
        self._name = int(name) if name and name.isdecimal() else name
        try:
            self.rate = round(self._sounddevice.query_devices(self._name, "input")["default_samplerate"])
            self._stream: Any = self._sounddevice.InputStream(
                samplerate=self.rate, channels=1, dtype="float32", device=self._name
            )
        except (ValueError, self._sounddevice.PortAudioError) as error:
            raise MicrophoneMissing(self._absent(error)) from error

    def __enter__(self) -> Self:
        try:
            self._stream.start()
        except self._sounddevice.PortAudioError as error:
            raise MicrophoneMissing(self._absent(error)) from error
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def read(self) -> tuple[Samples, bool]:
        """See :class:`Microphone`."""
        try:
            heard, lost = self._stream.read(round(BLOCK * self.rate))
        except self._sounddevice.PortAudioError as error:
            raise MicrophoneMissing(f"the microphone stopped ({error}); plug it in again, {OR_A_FILE}") from error
        return np.nan_to_num(np.asarray(heard, np.float32)[:, 0]), bool(lost)

    def _absent(self, error: Exception) -> str:
        devices = [
            f"{number} {device['name']}"
            for number, device in enumerate(self._sounddevice.query_devices())
            if device["max_input_channels"] > 0
        ]
        there = f"choose one with --device: {', '.join(devices)}" if devices else "plug one in"
        which = "no microphone was found" if self._name is None else f"no microphone is called {self._name!r}"
        return f"{which} ({error}); {there}, {OR_A_FILE}"


def record(
    microphone: Microphone, finished: Callable[[], bool], meter: Callable[[float, float], None]
) -> tuple[Samples, tuple[float, ...]]:
    """What *microphone* hears until *finished*, and at which seconds something of it was lost.

    *meter* is told, block by block, the seconds so far and the highest sample of the block.
    """
    blocks: list[Samples] = [np.zeros(0, np.float32)]
    lost: list[float] = []
    count = 0
    with microphone:
        while count < LONGEST * microphone.rate:
            block, gap = microphone.read()
            if gap:
                lost.append(count / microphone.rate)
            if not block.size:
                break
            blocks.append(block)
            count += len(block)
            meter(count / microphone.rate, float(np.abs(block).max()))
            if finished():
                break
    return np.concatenate(blocks), tuple(lost)


def _sounddevice() -> Any:
    try:
        import sounddevice
    except ImportError as error:
        raise MicrophoneMissing(
            f"recording needs the Python package sounddevice ({error}); {INSTALL_PACKAGE}, {OR_A_FILE}"
        ) from error
    except OSError as error:
        raise MicrophoneMissing(f"recording: {error}; {INSTALL_LIBRARY}, {OR_A_FILE}") from error
    return sounddevice
