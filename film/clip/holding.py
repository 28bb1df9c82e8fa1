"""The hold at the end of a clip, which one that loops has no use for."""

from __future__ import annotations

import av
import numpy as np

from film.drawing.lossless_stream import read_lossless
from film.piece import Clip, Piece

LOOP_HOLD = 1.0  # seconds that the last picture stands before a loop begins again


def frames_without_hold(clip: Clip, *, lossless: bool) -> int:
    """The frames of *clip* if its last picture stands for a second at most."""
    table = clip.timetable()
    hold = (_lossless_hold if lossless else _hold)(clip.pieces[-1])
    return table.frames - max(0, hold - round(LOOP_HOLD * table.frame_rate))


def _lossless_hold(piece: Piece) -> int:
    table = piece.timetable()
    *_, last = read_lossless(piece.lossless, table.frame_rate, table.frames)
    return last.count


def _hold(piece: Piece) -> int:
    """How many frames at the end are equal."""
    count, before = 0, None
    with av.open(piece.video) as container:
        for frame in container.decode(video=0):
            pixels = frame.to_ndarray()
            count = count + 1 if before is not None and np.array_equal(pixels, before) else 1
            before = pixels
    return count
