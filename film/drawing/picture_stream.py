"""A clip's pictures on their way into a file: each distinct one is encoded once, and its repeats cost nothing."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.video.frame import PictureType

from film.drawing.pixels import Pixels
from film.drawing.skip_picture import Coding, has_idr, read_coding, renumbered, skip_picture
from film.drawing.tiles import Tiles
from film.drawing.yuv_picture import PIXEL_FORMAT, YuvPicture

SEEK_SECONDS = 4  # a player can start at least so often, where the picture moves
# Flat shapes on a flat ground: constant quality, no search for what to save elsewhere. Motion in whole pixels alone
# makes files 2 (480p15) to 6 % (1080p60) larger at the same quality, and takes a quarter of the time less.
_X264 = {
    "me": "dia",
    "subme": "0",
    "partitions": "p8x8,i8x8,i4x4",
    "aq-mode": "0",
    "no-psy": "1",
    "weightp": "0",
    "bframes": "0",
    "rc-lookahead": "0",
    "sync-lookahead": "0",
    "scenecut": "0",
    "keyint": "infinite",
    "force-cfr": "1",
    "colorprim": "bt709",
    "transfer": "bt709",
    "colormatrix": "bt709",
}
ENCODER = {
    "preset": "superfast",
    "qp": "26",
    "threads": "1",  # there is a process for every core
    "forced-idr": "1",
    "x264-params": ":".join(f"{name}={value}" for name, value in _X264.items()),
}
# What x264 takes for unchanged may be two levels off. On a dark ground nobody sees that; on a light one a picture that
# has faded out leaves a stain, so there every macroblock is looked at: a third more bytes, and more time.
_CAREFUL = "no-fast-pskip=1"
_LIGHT = 128  # of 255
_CONTAINER = {"fflags": "+bitexact"}  # no library version in the file: equal inputs, equal bytes


class PictureStream:
    """H.264 in MP4 at a constant frame rate, written picture by picture.

    :meth:`close` makes the file whole; :meth:`abort` gives it up.
    """

    def __init__(self, target: Path, width: int, height: int, frame_rate: int) -> None:
        self.target, self.frames = target, 0
        self._time_base = Fraction(1, frame_rate)
        self._yuv = YuvPicture(width, height)
        self._all = Tiles(width, height)
        self._all.mark_all()
        self._longest = SEEK_SECONDS * frame_rate
        target.parent.mkdir(parents=True, exist_ok=True)
        self._container = av.open(target, "w", format="mp4", options=_CONTAINER)
        self._stream = self._container.add_stream("libx264", rate=frame_rate, options=ENCODER)
        self._stream.width, self._stream.height, self._stream.pix_fmt = width, height, PIXEL_FORMAT
        self._coding: Coding | None = None
        self._since_idr = 0  # pictures shown since, that one included
        self._repeated = 0  # of these, how many are repeats

    def show(self, pixels: Pixels, changed: Tiles | None, count: int = 1) -> None:
        """Show *pixels* (height, width, 4) for *count* frames; *changed* tiles are new since before (None: all)."""
        is_first = not self.frames
        if is_first and pixels[0, 0, :3].mean() > _LIGHT:
            self._stream.codec_context.options = ENCODER | {"x264-params": f"{ENCODER['x264-params']}:{_CAREFUL}"}
        if is_first or changed is None or changed:
            self._yuv.update(pixels, (self._all if is_first or changed is None else changed).rectangles())
            self._encode()
            count -= 1
        self._repeat(count)

    def _encode(self) -> None:
        frame = self._yuv.frame
        starts = not self.frames or self._since_idr >= self._longest
        frame.pts, frame.time_base = self.frames, self._time_base
        frame.pict_type = PictureType.I if starts else PictureType.P
        (packet,) = self._stream.encode(frame)
        data = bytes(packet)
        if has_idr(data):
            self._since_idr = self._repeated = 0
        elif self._repeated:
            data = renumbered(data, self._read_coding(), self._repeated)
        self._write(data, is_key=has_idr(data))

    def _repeat(self, count: int) -> None:
        for _ in range(count):
            self._write(skip_picture(self._read_coding(), self._since_idr), is_key=False)
            self._repeated += 1

    def _read_coding(self) -> Coding:
        if self._coding is None:
            self._coding = read_coding(self._stream.codec_context.extradata or b"")
        return self._coding

    def _write(self, data: bytes, *, is_key: bool) -> None:
        packet: av.Packet[Any] = av.Packet(data)
        packet.stream, packet.time_base = self._stream, self._time_base
        packet.pts = packet.dts = self.frames
        packet.duration, packet.is_keyframe = 1, is_key
        self._container.mux(packet)
        self.frames += 1
        self._since_idr += 1

    def close(self) -> None:
        """Finish the file."""
        for _ in self._stream.encode():
            raise AssertionError("the encoder held a picture back")
        self._container.close()

    def abort(self) -> None:
        """Close the file and remove it."""
        self._container.close()
        self.target.unlink(missing_ok=True)
