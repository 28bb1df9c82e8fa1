"""AAC as it goes into the film: encoded once, and decoded again to hear what a listener gets."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.codec.context import Flags
from numpy.typing import NDArray

SAMPLE_RATE = 48_000
BIT_RATE = 192_000
FRAME = 1024
TIME_BASE = Fraction(1, SAMPLE_RATE)

_latest: tuple[bytes, Encoded] | None = None


@dataclass(frozen=True, slots=True)
class Encoded:
    """AAC packets of one track; times in samples, the first one negative by the encoder's priming."""

    extradata: bytes
    packets: tuple[tuple[int, int, bytes], ...]  # (pts, duration, bytes)
    samples: int


def configure(codec: AudioCodecContext) -> None:
    """The settings that every encoder of the project's sound uses: 48 kHz, stereo, 192 kbit/s."""
    codec.sample_rate = SAMPLE_RATE
    codec.layout = "stereo"
    codec.format = "fltp"
    codec.bit_rate = BIT_RATE
    codec.time_base = TIME_BASE
    codec.flags |= Flags.bitexact
    # On narration at this rate the fast coder takes under half the time and comes closer to the original
    # (53 dB above its error, against 32 dB) than the default two-loop search.
    codec.options = {"aac_coder": "fast"}


def encode(track: NDArray[np.float32]) -> Encoded:
    """Encode *track*, shape (n, 2) at 48 kHz. The same track gives the same packets.

    The latest result is kept, as the mix is checked through a real encode and then muxed (about 1 s a
    minute).
    """
    global _latest
    key = hashlib.blake2b(np.ascontiguousarray(track).data).digest()
    if _latest is None or _latest[0] != key:
        _latest = (key, _encode(track))
    return _latest[1]


def decode(encoded: Encoded) -> NDArray[np.float32]:
    """What a player that honours the priming hears: shape (n, 2), as many samples as were encoded."""
    codec: Any = av.CodecContext.create("aac", "r")
    codec.extradata = encoded.extradata
    codec.sample_rate = SAMPLE_RATE
    codec.layout = "stereo"
    position, heard = encoded.packets[0][0], np.zeros((encoded.samples, 2), np.float32)
    for _, _, data in encoded.packets:
        for frame in codec.decode(av.Packet(data)):
            samples = frame.to_ndarray().T[max(-position, 0) :]
            start = max(position, 0)
            heard[start : start + len(samples)] = samples[: max(len(heard) - start, 0)]
            position += frame.samples
    return heard


def _encode(track: NDArray[np.float32]) -> Encoded:
    codec: Any = av.CodecContext.create("aac", "w")
    configure(codec)
    codec.open()
    packets = [p for frame in itertools.chain(_frames(track), [None]) for p in codec.encode(frame)]
    return Encoded(bytes(codec.extradata), tuple((p.pts, p.duration, bytes(p)) for p in packets), len(track))


def _frames(track: NDArray[np.float32]) -> Iterator[av.AudioFrame]:
    for start in range(0, len(track), FRAME):
        planes = np.ascontiguousarray(track[start : start + FRAME].T, dtype=np.float32)
        frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = SAMPLE_RATE, start, TIME_BASE
        yield frame
