"""Animated WebP: every pixel as it was drawn, with its opacity."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

from film.drawing.lossless_stream import Shown
from film.reporting import report

TICKS = 1000  # WebP counts milliseconds
_FIRST_CHUNK, _DURATION = 12, 20  # bytes: where chunks begin in the file, and in a chunk the three of its duration
_ENCODER = {"lossless": "1", "compression_level": "2", "quality": "30"}  # effort, not loss


def write_webp(shown: Iterator[Shown], frames: int, frame_rate: int, target: Path, *, loop: bool) -> None:
    """Write *frames* at *frame_rate*, a picture that stands still once. Without *loop* it plays once."""
    options = {"fflags": "+bitexact", "loop": "0" if loop else "1"}
    with av.open(target, "w", format="webp", options=options) as container:
        stream: Any = None
        done = 0
        for picture in shown:
            if stream is None:
                stream = container.add_stream("libwebp_anim", rate=frame_rate, options=dict(_ENCODER))
                stream.height, stream.width = picture.pixels.shape[:2]
                stream.pix_fmt = "bgra"
                stream.time_base = stream.codec_context.time_base = Fraction(1, TICKS)
            start, end = (_tick(number, frame_rate) for number in (done, done + picture.count))
            pixels = np.ascontiguousarray(picture.pixels[..., [2, 1, 0, 3]])
            frame = av.VideoFrame.from_ndarray(pixels, format="bgra")
            frame.pts, frame.duration, frame.time_base = start, end - start, Fraction(1, TICKS)
            container.mux(stream.encode(frame))
            done += picture.count
            report(done, max(frames, done))
        container.mux(stream.encode())
    _end_at(target, _tick(frames, frame_rate))


def _end_at(path: Path, end: int) -> None:
    """Let the last picture stand until the tick *end*: the encoder guesses how long it does.

    Source: WebP Container Specification, the chunks ANMF.
    """
    data = bytearray(path.read_bytes())
    durations = []
    position = _FIRST_CHUNK
    while position < len(data):
        size = int.from_bytes(data[position + 4 : position + 8], "little")
        if data[position : position + 4] == b"ANMF":
            durations.append(slice(position + _DURATION, position + _DURATION + 3))
        position += 8 + size + size % 2
    if durations:
        before = sum(int.from_bytes(data[place], "little") for place in durations[:-1])
        data[durations[-1]] = (end - before).to_bytes(3, "little")
    path.write_bytes(data)


def _tick(frame: int, frame_rate: int) -> int:
    return round(Fraction(frame * TICKS, frame_rate))
