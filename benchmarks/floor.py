"""The least that a film's pictures can cost: encoding the distinct ones, and nothing else."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from film.drawing.frame_renderer import FrameRenderer
from film.drawing.picture_stream import PictureStream
from film.drawing.picture_writer import PictureWriter
from film.drawing.pixels import Pixels
from film.drawing.tiles import Tiles
from film.manim_session import manim_session
from film.quality import Quality
from scenes.programme import concept


@dataclass
class Floor:
    """Seconds of CPU for the distinct frames of a film: for encoding, and for converting them whole."""

    distinct: int = 0
    frames: int = 0
    encoding: float = 0.0
    converting: float = 0.0


_FLOOR = Floor()


class _Timed(PictureStream):
    """Notes what encoding takes, and converts a whole picture beside it now and then."""

    def show(self, pixels: Pixels, changed: Tiles | None, count: int = 1) -> None:
        if not self.frames or changed is None or changed:
            _FLOOR.distinct += 1
            if _FLOOR.distinct % 20 == 1:
                started = time.process_time()
                self._yuv.update(pixels, self._all.rectangles())
                _FLOOR.converting += 20 * (time.process_time() - started)
        _FLOOR.frames += count
        super().show(pixels, changed, count)

    def _encode(self) -> None:
        started = time.process_time()
        super()._encode()
        _FLOOR.encoding += time.process_time() - started


class _TimedWriter(PictureWriter):
    coding = (_Timed, ".mp4")


def floor_of(name: str, quality: Quality) -> Floor:
    """Render a film and say what its encoding alone took."""
    global _FLOOR
    _FLOOR = Floor()
    with tempfile.TemporaryDirectory() as media, manim_session(Path(media), quality):
        concept(name).scene_class()(renderer=FrameRenderer(_TimedWriter), sound=False).render()
    return _FLOOR
