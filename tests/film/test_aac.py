"""Sound that is encoded in segments is one sound."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from film import aac, chapter
from film.mix import Placed
from film.paired_channels import UnfamiliarPacket
from film.store import Store


def sound(seconds: float) -> NDArray[np.float32]:
    """A hum that swells and fades, with a click a second, on both channels."""
    time = np.arange(round(seconds * aac.SAMPLE_RATE)) / aac.SAMPLE_RATE
    mono = 0.2 * np.sin(2 * np.pi * 220 * time) * (1 + np.sin(2 * np.pi * 0.7 * time))
    mono[:: aac.SAMPLE_RATE] += 0.3
    return np.repeat(mono.astype(np.float32)[:, np.newaxis], 2, axis=1)


def fidelity(heard: NDArray[np.float32], track: NDArray[np.float32]) -> float:
    """How far the error is below the sound, in dB."""
    return float(10 * np.log10((track.astype(float) ** 2).sum() / ((heard.astype(float) - track) ** 2).sum()))


@pytest.mark.parametrize("seconds", [0.01, 0.5, 3.0, 3.2, 7.77])
def test_joins_cannot_be_heard(seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    track = sound(seconds)
    whole = aac._encode(track)
    monkeypatch.setattr(aac, "_SEGMENT", 50 * aac.FRAME)
    parts = aac._encode(track)
    assert [packet[:2] for packet in parts.packets] == [packet[:2] for packet in whole.packets]
    assert (parts.samples, parts.extradata) == (whole.samples, whole.extradata)
    heard, once = aac.decode(parts), aac.decode(whole)
    assert fidelity(heard, track) > fidelity(once, track) - 1
    for join in range(aac._SEGMENT, len(track) - 4 * aac.FRAME, aac._SEGMENT):
        around = np.s_[join - 2 * aac.FRAME : join + 2 * aac.FRAME]
        assert fidelity(heard[around], track[around]) > fidelity(once[around], track[around]) - 10


def test_narration_loses_no_more_than_two_channels_would() -> None:
    track = sound(4.0)
    as_two = aac._in_segments(track, aac.configure)
    heard, once = aac.decode(aac.encode(track)), aac.decode(as_two)
    assert np.array_equal(heard[:, 0], heard[:, 1])
    assert fidelity(heard, track) > fidelity(once, track)
    assert sum(len(data) for *_, data in aac.encode(track).packets) < sum(len(data) for *_, data in as_two.packets)


def test_channels_that_differ_stay_so() -> None:
    track = sound(1.5)
    track[:, 1] = track[::-1, 1] / 2
    heard = aac.decode(aac.encode(track))
    for channel in range(2):
        assert fidelity(heard[:, channel], track[:, channel]) > 10
        assert fidelity(heard[:, channel], track[:, 1 - channel]) < 5


def test_unfamiliar_packets_are_encoded_as_two_channels(monkeypatch: pytest.MonkeyPatch) -> None:
    track, tried = sound(0.5), []

    def refused(packet: bytes) -> bytes:
        tried.append(packet)
        raise UnfamiliarPacket

    monkeypatch.setattr(aac, "paired", refused)
    assert aac._encode(track) == aac._in_segments(track, aac.configure)
    assert tried


@pytest.mark.parametrize("cores", [1, 5])
def test_cores_do_not_change_the_bytes(cores: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aac, "_SEGMENT", 50 * aac.FRAME)
    usual = aac._encode(sound(5.0))
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    assert aac._encode(sound(5.0)) == usual


def test_encoded_sound_comes_back_from_bytes() -> None:
    encoded = aac.encode(sound(0.7))
    assert aac.Encoded.from_bytes(encoded.to_bytes()) == encoded


def test_sound_is_mixed_again_only_when_it_has_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store, mono = Store(tmp_path), np.ascontiguousarray(sound(1.0)[:, 0])
    first = chapter.sound_track([Placed(0.0, mono)], 1.5, store)
    monkeypatch.setattr(chapter, "mix", lambda *_: pytest.fail("mixed again"))
    assert chapter.sound_track([Placed(0.0, mono)], 1.5, store) == first
    for placed, duration in (([Placed(0.1, mono)], 1.5), ([Placed(0.0, mono[::-1])], 1.5), ([Placed(0.0, mono)], 1.6)):
        with pytest.raises(pytest.fail.Exception, match="mixed again"):
            chapter.sound_track(placed, duration, store)
