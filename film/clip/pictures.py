"""The exact pictures of a clip, one after the other, and what is done to them before they are encoded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from film.drawing.lossless_stream import Shown, read_lossless
from film.piece import Clip

Rgba = NDArray[np.uint8]  # straight, shape (height, width, 4)
_BLOCKS = (16, 2)  # pixels: what is transparent has the colour of its large surroundings, or of its small ones


def pictures(clip: Clip, frames: int) -> Iterator[Shown]:
    """The first *frames* frames of *clip*, whose pieces hold exact pictures."""
    left = frames
    for piece in clip.pieces:
        table = piece.timetable()
        for shown in read_lossless(piece.lossless, table.frame_rate, table.frames):
            if left <= 0:
                return
            yield Shown(shown.pixels, min(shown.count, left))
            left -= shown.count


def over(pixels: Rgba, ground: Sequence[int]) -> Rgba:
    """*pixels* laid over a ground of this colour (red, green, blue); nothing shows through any more."""
    alpha = pixels[..., 3:].astype(np.uint16)
    colour = pixels[..., :3] * alpha + np.array(ground, np.uint16) * (255 - alpha)
    made: Rgba = np.full(pixels.shape, 255, np.uint8)
    made[..., :3] = (colour + 127) // 255
    return made


def bled(pixels: Rgba) -> Rgba:
    """*pixels*, with the colour of their surroundings where they are wholly transparent.

    Nobody sees that colour. But a codec that rounds, or keeps one colour for four pixels, carries it over the edge,
    and if it is black, light words have a dark fringe.
    """
    made, empty = pixels.copy(), pixels[..., 3] == 0
    picture = Image.fromarray(pixels)
    for block in _BLOCKS:
        # The mean of a block is weighted by opacity.
        means = np.asarray(picture.reduce(block)).repeat(block, axis=0).repeat(block, axis=1)
        means = means[: made.shape[0], : made.shape[1]]
        near = empty & (means[..., 3] > 0)
        made[..., :3][near] = means[..., :3][near]
    return made
