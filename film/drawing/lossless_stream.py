"""Pictures kept exactly, with what shows through them: what every format but MP4 is made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from film.drawing.pixels import Pixels
from film.drawing.tiles import Tiles

_CONTAINER = {"fflags": "+bitexact"}
_KEY_EVERY = "250"  # distinct pictures; nobody seeks in these files
_FORMAT = "argb"


def straight(pixels: Pixels) -> NDArray[np.uint8]:
    """RGBA of which colour was multiplied by opacity, as Cairo keeps it, with the colour itself.

    Shape (..., 4). What is wholly transparent becomes black.
    """
    alpha = pixels[..., 3:].astype(np.uint16)
    colour = (pixels[..., :3].astype(np.uint16) * 255 + alpha // 2) // np.maximum(alpha, 1)
    made: NDArray[np.uint8] = np.concatenate([np.where(alpha > 0, np.minimum(colour, 255), 0), alpha], axis=-1).astype(
        np.uint8
    )
    return made


class LosslessStream:
    """Distinct pictures as straight RGBA in QuickTime's run-length code; a frame that stands still costs nothing.

    It is written as a :class:`film.drawing.picture_stream.PictureStream` is.
    """

    def __init__(self, target: Path, width: int, height: int, frame_rate: int) -> None:
        self.target, self.frames = target, 0
        self._time_base = Fraction(1, frame_rate)
        self._argb = np.zeros((height, width, 4), np.uint8)
        self._pending: av.Packet[Any] | None = None
        target.parent.mkdir(parents=True, exist_ok=True)
        self._container = av.open(target, "w", format="mov", options=_CONTAINER)
        self._stream: Any = self._container.add_stream("qtrle", rate=frame_rate, options={"g": _KEY_EVERY})
        self._stream.width, self._stream.height, self._stream.pix_fmt = width, height, _FORMAT
        self._stream.time_base = self._stream.codec_context.time_base = self._time_base

    def show(self, pixels: Pixels, changed: Tiles | None, count: int = 1) -> None:
        """Show *pixels* (height, width, 4) for *count* frames; *changed* tiles are new since before (None: all)."""
        if not self.frames or changed is None:
            self._take(pixels, (0, 0, pixels.shape[1], pixels.shape[0]))
            self._encode()
        elif changed:
            for rectangle in changed.rectangles():
                self._take(pixels, rectangle)
            self._encode()
        self.frames += count

    def _take(self, pixels: Pixels, rectangle: tuple[int, int, int, int]) -> None:
        left, top, right, bottom = rectangle
        self._argb[top:bottom, left:right] = straight(pixels[top:bottom, left:right])[..., [3, 0, 1, 2]]

    def _encode(self) -> None:
        self._finish_packet()
        frame = av.VideoFrame.from_ndarray(self._argb, format=_FORMAT)
        frame.pts, frame.time_base = self.frames, self._time_base
        (self._pending,) = self._stream.encode(frame)

    def _finish_packet(self) -> None:
        packet, self._pending = self._pending, None
        if packet is not None and packet.pts is not None:
            packet.duration = self.frames - packet.pts
            self._container.mux(packet)

    def close(self) -> None:
        """Finish the file."""
        self._finish_packet()
        for _ in self._stream.encode():
            raise AssertionError("the encoder held a picture back")
        self._container.close()

    def abort(self) -> None:
        """Close the file and remove it."""
        self._container.close()
        self.target.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture, straight RGBA of shape (height, width, 4), and for how many frames it stands."""

    pixels: NDArray[np.uint8]
    count: int


def read_lossless(path: Path, frame_rate: int, frames: int) -> Iterator[Shown]:
    """The pictures that a :class:`LosslessStream` wrote to *path*, which is so many *frames* long."""
    before: tuple[int, NDArray[np.uint8]] | None = None
    with av.open(path) as container:
        for frame in container.decode(video=0):
            assert frame.pts is not None
            assert frame.time_base is not None
            start = round(frame.pts * frame.time_base * frame_rate)
            if before is not None:
                yield Shown(before[1], start - before[0])
            before = start, np.ascontiguousarray(frame.to_ndarray(format=_FORMAT)[..., [1, 2, 3, 0]])
    if before is not None:
        yield Shown(before[1], frames - before[0])
