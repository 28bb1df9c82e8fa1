"""A folder of numbered pictures, one for each frame."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from film.clip.pictures import Rgba
from film.drawing.lossless_stream import Shown
from film.reporting import report

DIGITS = 4  # at least


def png(pixels: Rgba, *, transparent: bool) -> bytes:
    """*pixels* as PNG; RGBA if something shows through, else RGB."""
    file = io.BytesIO()
    shown = pixels if transparent else np.ascontiguousarray(pixels[..., :3])
    Image.fromarray(shown).save(file, "PNG", compress_level=6)
    return file.getvalue()


def write_frames(shown: Iterator[Shown], frames: int, folder: Path, *, transparent: bool) -> None:
    """Write ``frame0001.png`` and so on to an empty *folder*."""
    digits = max(DIGITS, len(str(frames)))
    number = 0
    for picture in shown:
        data = png(picture.pixels, transparent=transparent)
        for _ in range(picture.count):
            number += 1
            (folder / f"frame{number:0{digits}}.png").write_bytes(data)
        report(number, max(frames, number))
