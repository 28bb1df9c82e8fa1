"""Boxes in the frame and in its picture: how far outlines reach, where boxes meet, which pixels they cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from manim import VMobject, config
from manim.typing import Point3D_Array
from numpy.typing import NDArray

BOARD_LINES = 480  # limits in pixels are those of a picture with so many lines

Boxes = NDArray[np.float64]  # rows of left, bottom, right, top in frame units

# Cubic curves are read at these shares of their length: handles may lie outside the outline.
_T = np.linspace(0, 1, 6)[:, None]
_CUBIC = np.hstack([(1 - _T) ** 3, 3 * _T * (1 - _T) ** 2, 3 * _T**2 * (1 - _T), _T**3])

WORD_GAP = 1.0  # in glyph heights: neighbours so close stand on one line of text


def pixels(units: float) -> float:
    """A length in frame units as pixels at 480 lines."""
    return units * BOARD_LINES / float(config.frame_height)


def outline_box(points: Point3D_Array) -> NDArray[np.float64]:
    """Left, bottom, right and top of cubic curves, shape (4 n, 3)."""
    curves = points[: len(points) // 4 * 4, :2].reshape(-1, 4, 2)
    on_curve = np.einsum("tk,nkd->ntd", _CUBIC, curves).reshape(-1, 2) if len(curves) else points[:, :2]
    return np.concatenate([on_curve.min(axis=0), on_curve.max(axis=0)])


def drawn_box(mobject: VMobject) -> NDArray[np.float64]:
    """The box of a leaf with half its stroke."""
    width = float(mobject.get_stroke_width()) if float(mobject.get_stroke_opacity()) > 0 else 0.0
    half = width / 200  # a stroke width of 100 is one unit
    return outline_box(mobject.points) + half * np.array([-1, -1, 1, 1])


def hull(boxes: Boxes) -> NDArray[np.float64]:
    """The smallest box around *boxes*."""
    return np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])


def deepest_overlap(first: Boxes, second: Boxes) -> tuple[float, NDArray[np.float64]]:
    """How deep, in frame units, two boxes of the two sets reach into each other, and the box that they share."""
    low = np.maximum(first[:, None, :2], second[None, :, :2])
    high = np.minimum(first[:, None, 2:], second[None, :, 2:])
    depth = (high - low).min(axis=2)
    i, j = np.unravel_index(int(depth.argmax()), depth.shape)
    return float(depth[i, j]), np.concatenate([low[i, j], high[i, j]])


def with_gaps(boxes: Boxes) -> Boxes:
    """Glyph boxes in reading order, and the gaps between neighbours on a line.

    What runs between two letters crosses the text as well.
    """
    gaps = []
    for left, right in pairwise(boxes):
        low, high = max(left[1], right[1]), min(left[3], right[3])
        tall = max(left[3] - left[1], right[3] - right[1])
        if high > low and 0 < right[0] - left[2] < WORD_GAP * tall:
            gaps.append([left[2], low, right[0], high])
    return np.vstack([boxes, gaps]) if gaps else boxes


@dataclass(frozen=True, slots=True)
class PixelBox:
    """Whole pixels of a picture, right and bottom left out."""

    left: int
    top: int
    right: int
    bottom: int

    def crop(self, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The part of *picture*, shape (height, width, channels), in this box."""
        return picture[self.top : self.bottom, self.left : self.right]


def pixel_box(box: Sequence[float] | NDArray[np.float64], size: tuple[int, int], *, shrink: int = 0) -> PixelBox | None:
    """The pixels that lie in *box* of a picture of *size* (width, height), *shrink* less on each side where that
    leaves any; None when they lie outside the picture.
    """
    width, height = size
    scale = height / float(config.frame_height)
    left, right = (width / 2 + x * scale for x in (box[0], box[2]))
    top, bottom = (height / 2 - y * scale for y in (box[3], box[1]))
    across, down = (shrink if high - low > 2 * shrink + 1 else 0 for low, high in ((left, right), (top, bottom)))
    bounds = PixelBox(
        max(0, round(left) + across),
        max(0, round(top) + down),
        min(width, max(round(right) - across, round(left) + across + 1)),
        min(height, max(round(bottom) - down, round(top) + down + 1)),
    )
    return bounds if bounds.left < bounds.right and bounds.top < bounds.bottom else None
