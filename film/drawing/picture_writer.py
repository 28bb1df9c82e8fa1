"""Manim's file writer, writing one clip for each section and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from manim.scene.scene_file_writer import SceneFileWriter

from film.drawing.lossless_stream import LosslessStream
from film.drawing.picture_stream import PictureStream
from film.errors import FilmError

if TYPE_CHECKING:
    from manim.typing import RGBAPixelArray

    from film.drawing.pixels import Pixels
    from film.drawing.tiles import Tiles


@dataclass(frozen=True, slots=True)
class WrittenClip:
    """The pictures of a section."""

    section: str
    path: Path
    frames: int


class PictureWriter(SceneFileWriter):
    """Pictures go straight into the section's stream: no queue, no copy, no thread, no pieces to join.

    :attr:`clips` lists what is finished; a section that shows nothing has no clip.
    """

    coding: ClassVar[tuple[type[PictureStream] | type[LosslessStream], str]] = (PictureStream, ".mp4")
    _stream: PictureStream | LosslessStream | None = None

    def __init__(self, settings: Any) -> None:
        self.clips: list[WrittenClip] = []
        super().__init__(settings)

    def next_section(self, name: str, type_: str, skip_animations: bool) -> None:
        """Begin a section; the clip of the one before is finished."""
        self._finish_clip()
        super().next_section(name, type_, skip_animations)

    def show(self, pixels: Pixels, changed: Tiles | None, count: int) -> None:
        """Show *pixels* for *count* frames, see :meth:`PictureStream.show`."""
        if self._stream is None:
            spec = self.video_encoder
            assert spec is not None
            stream, suffix = self.coding
            path = self.partial_movie_directory / f"{len(self.clips):03}{suffix}"
            self._stream = stream(path, spec.width, spec.height, round(spec.frame_rate))
        self._stream.show(pixels, changed, count)

    def write_frame(self, pixels: RGBAPixelArray, *, repeat: int = 1) -> None:
        """As Manim's: a picture of which nothing else is known."""
        self.show(pixels, None, repeat)

    def open_partial_movie_stream(self, *, animation_index: int, file_path: Any = None) -> None:
        """An animation needs no file of its own."""

    def close_partial_movie_stream(self) -> None:
        """An animation has no file of its own."""

    def finish(self) -> None:
        """Finish the last clip."""
        self._finish_clip()

    def abort_encode_jobs(self, reraise_encoder_failures: bool = False) -> None:
        """Give up the clip that is not finished."""
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.abort()

    def finish_clip(self) -> WrittenClip:
        """Finish the clip of the section so far. Raises FilmError if nothing was shown."""
        self._finish_clip()
        if not self.clips or self.clips[-1].section != self.sections[-1].name:
            raise FilmError(f"'{self.sections[-1].name}' shows no picture; let it play or wait")
        return self.clips[-1]

    def _finish_clip(self) -> None:
        stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()
            self.clips.append(WrittenClip(self.sections[-1].name, stream.target, stream.frames))


class LosslessWriter(PictureWriter):
    """As a PictureWriter, with every picture kept exactly and without its ground."""

    coding = (LosslessStream, ".mov")
