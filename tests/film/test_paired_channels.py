"""Packets of one channel, written again for two: what a decoder makes of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import av
import numpy as np
import pytest
from av.error import InvalidDataError
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from film import aac
from film.paired_channels import UnfamiliarPacket, paired, paired_config

Sound = NDArray[np.float32]
LONG, SHORT = 0, 2  # window_sequence


def sound(seconds: float, level: float, seed: int) -> Sound:
    """A hum, a breath and claps, which the encoder cuts into short windows, then silence; shape (n, 1)."""
    generator = np.random.default_rng(seed)
    n = round(seconds * aac.SAMPLE_RATE)
    time = np.arange(n) / aac.SAMPLE_RATE
    claps = generator.standard_normal(n) * np.exp(-((time % 0.21) * 60))
    mono = np.sin(2 * np.pi * 180 * time) + 0.1 * generator.standard_normal(n) + 3 * claps * (time % 0.63 < 0.3)
    mono[n * 4 // 5 :] = 0
    return (level / 3 * mono).astype(np.float32)[:, np.newaxis]


def one_channel(track: Sound) -> aac.Encoded:
    return aac._in_segments(track, aac._configure_mono)


def decoded(extradata: bytes, packets: list[bytes], layout: str) -> Sound:
    codec: Any = av.CodecContext.create("aac", "r")
    codec.extradata, codec.sample_rate, codec.layout = extradata, aac.SAMPLE_RATE, layout
    return np.concatenate([frame.to_ndarray() for data in packets for frame in codec.decode(av.Packet(data))], axis=1)


def window(packet: bytes) -> int:
    """The window_sequence of a single channel element."""
    return packet[2] << 8 >> 14 & 3


@pytest.fixture
def warnings() -> Iterator[list[Any]]:
    """What libav says meanwhile."""
    level = av.logging.get_level()
    av.logging.set_level(av.logging.WARNING)
    with av.logging.Capture(local=False) as said:
        yield said
    av.logging.set_level(level)


@settings(deadline=None, max_examples=12)
@given(seconds=st.floats(0.01, 1.5), level=st.sampled_from([0.0, 1e-5, 0.01, 0.9]), seed=st.integers(0, 1000))
def test_both_channels_are_the_one_that_was_coded(seconds: float, level: float, seed: int) -> None:
    single = one_channel(sound(seconds, level, seed))
    packets = [data for _, _, data in single.packets]
    alone = decoded(single.extradata, packets, "mono")
    both = decoded(paired_config(single.extradata), [paired(data) for data in packets], "stereo")
    assert both.shape == (2, alone.shape[1])
    assert np.array_equal(both[0], alone[0])
    assert np.array_equal(both[1], alone[0])


def test_decoder_finds_nothing_amiss(warnings: list[Any]) -> None:
    single = one_channel(sound(3, 0.8, 1))
    packets = [data for _, _, data in single.packets]
    assert {LONG, SHORT} <= set(map(window, packets))
    both = decoded(paired_config(single.extradata), [paired(data) for data in packets], "stereo")
    assert np.abs(both).max() > 0.5
    assert not warnings
    with pytest.raises(InvalidDataError):
        decoded(paired_config(single.extradata), [paired(packets[5])[:9]], "stereo")
    assert warnings


def test_config_is_that_of_a_stereo_encoder() -> None:
    mono: Any = av.CodecContext.create("aac", "w")
    stereo: Any = av.CodecContext.create("aac", "w")
    aac._configure_mono(mono)
    aac.configure(stereo)
    mono.open()
    stereo.open()
    assert paired_config(bytes(mono.extradata)) == bytes(stereo.extradata)
    with pytest.raises(UnfamiliarPacket):
        paired_config(bytes(stereo.extradata))


def test_pair_is_little_longer() -> None:
    single = one_channel(sound(2, 0.5, 2))
    for _, _, data in single.packets:
        assert 0 < len(paired(data)) - len(data) <= 16


@pytest.mark.parametrize("packet", [b"", b"\x01", b"\0\0\0\0", b"\xde\x04\x00\x26\x20\x54\xff", b"\x00" * 40])
def test_what_is_not_one_channel_is_refused(packet: bytes) -> None:
    with pytest.raises(UnfamiliarPacket):
        paired(packet)


def test_packets_of_two_channels_are_refused() -> None:
    for _, _, data in aac._in_segments(np.repeat(sound(0.3, 0.5, 3), 2, axis=1), aac.configure).packets:
        with pytest.raises(UnfamiliarPacket):
            paired(data)


def test_prediction_is_refused() -> None:
    packet = next(data for _, _, data in one_channel(sound(1, 0.5, 4)).packets if window(data) == LONG)
    bit = 1 << (8 * len(packet) - 26)  # the last bit of ics_info
    with pytest.raises(UnfamiliarPacket):
        paired((int.from_bytes(packet, "big") | bit).to_bytes(len(packet), "big"))
