"""Recording stops when it is told, keeps every sample, and says what is missing on this machine."""

from __future__ import annotations

import builtins
import sys
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from narration.audio import Samples
from narration.microphone import Device, MicrophoneMissing, record

from .performance import Tape

RATE = 16_000


def sweep(seconds: float) -> Samples:
    return np.linspace(-0.5, 0.5, round(seconds * RATE), dtype=np.float32)


def test_all_that_was_heard_is_kept() -> None:
    told: list[tuple[float, float]] = []
    tape = Tape(sweep(1.02), RATE)
    samples, lost = record(tape, lambda: False, lambda *level: told.append(level))
    np.testing.assert_array_equal(samples, tape.samples)
    assert lost == ()
    assert told[0] == (0.05, 0.5)
    assert told[-1][0] == pytest.approx(1.02)
    assert not tape.is_open


def test_it_stops_when_it_is_told() -> None:
    seconds = [0.0]
    samples, _ = record(Tape(sweep(5), RATE), lambda: seconds[0] >= 0.2, lambda now, peak: seconds.__setitem__(0, now))
    assert len(samples) == round(0.2 * RATE)


def test_lost_sound_is_told_and_a_failure_closes_the_microphone() -> None:
    assert record(Tape(sweep(1), RATE, lost_at=8000), lambda: False, lambda *_: None)[1] == (0.5,)
    tape = Tape(sweep(1), RATE)
    with pytest.raises(KeyboardInterrupt):
        record(tape, lambda: (_ for _ in ()).throw(KeyboardInterrupt), lambda *_: None)
    assert not tape.is_open


class PortAudioError(Exception):
    """As sounddevice has it."""


def installed(monkeypatch: pytest.MonkeyPatch, devices: list[dict[str, Any]], fails: bool = False) -> None:
    """A stand-in for the package on a machine with these devices."""

    def query(name: object = None, kind: str = "") -> object:
        if not kind:
            return devices
        if fails or not devices:
            raise PortAudioError("Error querying device -1")
        if name is not None and name not in [device["name"] for device in devices]:
            raise ValueError(f"No input device matching {name!r}")
        return devices[0]

    def stream(**_: object) -> object:
        heard = [[0.25]] * 800
        return SimpleNamespace(start=lambda: None, close=lambda: None, read=lambda count: (heard[:count], False))

    package = SimpleNamespace(query_devices=query, InputStream=stream, PortAudioError=PortAudioError)
    monkeypatch.setitem(sys.modules, "sounddevice", package)


HEADSET = {"name": "Headset", "max_input_channels": 1, "default_samplerate": 44_100.0}
SPEAKER = {"name": "Speaker", "max_input_channels": 0, "default_samplerate": 48_000.0}


def test_a_device_is_recorded_at_its_own_rate(monkeypatch: pytest.MonkeyPatch) -> None:
    installed(monkeypatch, [HEADSET])
    device = Device()
    assert device.rate == 44_100
    samples, _ = record(device, lambda: True, lambda *_: None)
    assert samples.tolist() == [0.25] * 800


@pytest.mark.parametrize(
    ("devices", "name", "told"),
    [
        ([], None, r"no microphone was found .*; plug one in, or record with any other program .*--recording FILE"),
        ([HEADSET, SPEAKER], "Webcam", r"no microphone is called 'Webcam' .*; choose one with --device: 0 Headset, or"),
    ],
)
def test_a_missing_microphone_is_told(
    monkeypatch: pytest.MonkeyPatch, devices: list[dict[str, Any]], name: str | None, told: str
) -> None:
    installed(monkeypatch, devices)
    with pytest.raises(MicrophoneMissing, match=told):
        Device(name)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            ImportError("No module named 'sounddevice'"),
            r"needs the Python package sounddevice .*--extra record",
        ),
        (OSError("PortAudio library not found"), r"PortAudio library not found; .*apt install libportaudio2"),
    ],
)
def test_what_to_install_is_told(monkeypatch: pytest.MonkeyPatch, error: Exception, told: str) -> None:
    real = builtins.__import__

    def fails(name: str, *rest: Any) -> Any:
        if name == "sounddevice":
            raise error
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", fails)
    with pytest.raises(MicrophoneMissing, match=told):
        Device()
