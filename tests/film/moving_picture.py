"""A clip with everything that the stream does: motion, short and long stills, key frames, and motion after each."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from film.drawing.picture_stream import PictureStream
from film.drawing.tiles import Tiles

WIDTH, HEIGHT, RATE = 320, 180, 15
RUNS = (1, 40, 1, 1, 2, 70, 1, 1, 1, 17, 16, 1, 33, 1)  # frames that a picture stands
STARTS = tuple(int(start) for start in np.cumsum((0, *RUNS[:-1])))


def picture(number: int) -> NDArray[np.uint8]:
    """A square on a ground, further right in each picture."""
    pixels = np.full((HEIGHT, WIDTH, 4), (14, 19, 32, 255), np.uint8)
    left = 16 + 18 * number
    pixels[60:120, left : left + 40, :3] = (108, 182, 255) if number % 2 else (255, 216, 102)
    return pixels


def changed_by(number: int) -> Tiles:
    """The tiles in which picture *number* differs from the one before."""
    tiles = Tiles(WIDTH, HEIGHT)
    tiles.mark([(16 + 18 * n, 60, 56 + 18 * n, 120) for n in (number - 1, number)])
    return tiles


def write(path: Path) -> list[int]:
    """Write the clip; which picture each of its frames shows."""
    stream = PictureStream(path, WIDTH, HEIGHT, RATE)
    shown: list[int] = []
    for number, count in enumerate(RUNS):
        stream.show(picture(number), changed_by(number), count)
        shown += [number] * count
    stream.close()
    return shown
