"""What is really behind a text: the picture without any text, compared with the glyphs and with the whole picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from manim import ManimColor, VMobject
from numpy.typing import NDArray

from film.layout.boxes import outline_box, pixel_box
from film.layout.fault import Fault, Subject
from film.layout.staged import SEEN, Mark, Staged, StagedText
from scenes.stage.theme import contrast

Picture = NDArray[np.uint8]  # shape (height, width, 3)

LEAST_CONTRAST = 4.5
ODD = 16  # levels of 255 by which a pixel is not of the ground that a text stands on: panel and ground differ by 22
MOST_ODD = 4  # pixels at 480 lines
READABLE = 0.7  # opacity from which on a text that comes or goes is read
TRACE = 10  # levels of 255 by which a glyph differs from its ground, at least
LEAST_SEEN = 0.5  # share of that difference which the picture shows somewhere in the text


@dataclass(frozen=True)
class Backdrop:
    """A moment's picture with and without its texts."""

    whole: Picture
    without_text: Picture

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.whole.shape[1], self.whole.shape[0]


def backdrop_faults(staged: Staged, backdrop: Backdrop) -> Iterator[Fault]:
    """Texts with marks running through them, with too little contrast to what is behind, or covered altogether."""
    for text in staged.texts:
        for fault in (_crossed(text, staged, backdrop), _faint(text, backdrop), _covered(text, backdrop)):
            if fault is not None:
                yield fault


def crossing_faults(staged: Staged, backdrop: Backdrop) -> Iterator[Fault]:
    """Texts that can be read by now, and have marks running through them: what to look for while things move."""
    for text in staged.texts:
        fault = _crossed(text, staged, backdrop) if text.opacity >= READABLE else None
        if fault is not None:
            yield fault


def _crossed(text: StagedText, staged: Staged, backdrop: Backdrop) -> Fault | None:
    count, worst, where = 0, 0, text.hull
    for run in text.runs:
        area = pixel_box(run, backdrop.size, shrink=1)
        if area is None:
            continue
        pixels = area.crop(backdrop.without_text).reshape(-1, 3).astype(np.int16)
        odd = int((np.abs(pixels - np.median(pixels, axis=0)).max(axis=1) > ODD).sum())
        count += odd
        if odd > worst:
            worst, where = odd, run
    if count <= MOST_ODD:
        return None
    crossing: list[Subject] = [mark for mark in staged.marks if outline_crosses(mark, where)]
    return Fault("text over marks", (text, *crossing[-1:]), count, MOST_ODD, "px", text.hull)


def outline_crosses(mark: Mark, box: NDArray[np.float64]) -> bool:
    """Whether the mark's outline passes through *box* (left, bottom, right, top)."""
    hull = mark.hull
    if hull[0] > box[2] or hull[2] < box[0] or hull[1] > box[3] or hull[3] < box[1]:
        return False
    half = float(mark.owner.get_stroke_width()) / 200
    low, high = box[:2] - half, box[2:] + half
    points = mark.owner.points[:, :2]
    starts, ends = points[0::4], points[3::4]
    step = ends - starts
    with np.errstate(divide="ignore", invalid="ignore"):
        # Where each segment enters and leaves the two slabs that make the box.
        first, second = (low - starts) / step, (high - starts) / step
    enter, leave = np.fmin(first, second), np.fmax(first, second)
    inside = (starts >= low) & (starts <= high)
    enter, leave = (
        np.where(step == 0, np.where(inside, 0, 2), enter),
        np.where(step == 0, np.where(inside, 1, -1), leave),
    )
    return bool((np.maximum(enter.max(axis=1), 0) <= np.minimum(leave.min(axis=1), 1)).any())


def _faint(text: StagedText, backdrop: Backdrop) -> Fault | None:
    worst, where = 21.0, text.hull
    for glyph in text.glyphs:
        box = outline_box(glyph.points)
        area = pixel_box(box, backdrop.size)
        if area is not None:
            behind = ManimColor(np.median(area.crop(backdrop.without_text).reshape(-1, 3), axis=0) / 255)
            ratio = contrast(shown_color(glyph, behind), behind)
            if ratio < worst:
                worst, where = ratio, box
    if worst >= LEAST_CONTRAST:
        return None
    return Fault("low contrast", (text,), worst, LEAST_CONTRAST, ": 1", where)


def shown_color(glyph: VMobject, behind: ManimColor) -> ManimColor:
    """The colour of a glyph, or of a fraction bar's stroke, laid over *behind* with its opacity."""
    rgbas = glyph.fill_rgbas if float(glyph.get_fill_opacity()) > SEEN else glyph.stroke_rgbas
    red_green_blue, opacity = rgbas[0, :3], float(rgbas[0, 3])
    return ManimColor(opacity * red_green_blue + (1 - opacity) * behind.to_rgb())


def _covered(text: StagedText, backdrop: Backdrop) -> Fault | None:
    """A text of which less is seen than its colour and opacity promise: something lies over it."""
    area = pixel_box(text.hull, backdrop.size)
    if area is None:
        return None
    whole, without = (area.crop(picture).astype(np.int16) for picture in (backdrop.whole, backdrop.without_text))
    behind = ManimColor(np.median(without.reshape(-1, 3), axis=0) / 255)
    promised = max(np.abs(shown_color(g, behind).to_rgb() - behind.to_rgb()).max() for g in text.glyphs) * 255
    if promised <= TRACE:
        return None  # its colour is that of its ground: low contrast, told already
    seen = float(np.abs(whole - without).max() / promised)
    return Fault("hidden text", (text,), seen, LEAST_SEEN, "seen", text.hull) if seen < LEAST_SEEN else None
