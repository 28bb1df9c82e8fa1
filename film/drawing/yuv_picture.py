"""The picture in the encoder's colours, kept from frame to frame and converted only where it has changed."""

from __future__ import annotations

from collections.abc import Iterable

import av
import numpy as np
from av.video.reformatter import Colorspace, Interpolation, VideoReformatter
from numpy.typing import NDArray

from film.drawing.display_list import Box
from film.drawing.pixels import Pixels

PIXEL_FORMAT = "yuv420p"
_MOST_SIZES = 256  # of rectangles whose conversion stays set up


class YuvPicture:
    """RGBA pixels as BT.709 4:2:0 in limited range.

    Chroma is the mean of each 2 x 2 pixels, so a rectangle on even coordinates needs nothing from its surroundings.
    """

    def __init__(self, width: int, height: int) -> None:
        self.frame = av.VideoFrame(width, height, PIXEL_FORMAT)
        self._planes = _planes(self.frame)
        self._reformatters: dict[tuple[int, int], VideoReformatter] = {}

    def update(self, pixels: Pixels, rectangles: Iterable[Box]) -> None:
        """Convert *rectangles* (on even coordinates) of *pixels*, shape (height, width, 4)."""
        for left, top, right, bottom in rectangles:
            part = np.ascontiguousarray(pixels[top:bottom, left:right], dtype=np.uint8)
            for number, plane in enumerate(self._converted(part)):
                by = 1 if number == 0 else 2
                self._planes[number][top // by : bottom // by, left // by : right // by] = plane

    def _converted(self, part: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
        height, width = part.shape[:2]
        if len(self._reformatters) > _MOST_SIZES:
            self._reformatters.clear()
        reformatter = self._reformatters.setdefault((width, height), VideoReformatter())
        frame = reformatter.reformat(
            av.VideoFrame.from_numpy_buffer(part, format="rgba"),
            width,
            height,
            PIXEL_FORMAT,
            dst_colorspace=Colorspace.ITU709,
            interpolation=Interpolation.AREA,
            threads=1,
        )
        return _planes(frame)


def _planes(frame: av.VideoFrame) -> list[NDArray[np.uint8]]:
    """Y, U and V as arrays that share the frame's memory, without the padding of its lines."""
    return [
        np.frombuffer(plane, np.uint8).reshape(plane.height, plane.line_size)[:, : plane.width]  # type: ignore[call-overload]
        for plane in frame.planes
    ]
