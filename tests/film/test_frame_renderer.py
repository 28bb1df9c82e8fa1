"""Frames are Manim's own, pixel by pixel."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from manim import Scene
from manim.renderer.cairo_renderer import CairoRenderer
from manim.scene.scene_file_writer import SceneFileWriter

from film.drawing.frame_renderer import FrameRenderer
from film.drawing.picture_writer import PictureWriter
from film.drawing.pixels import Pixels
from film.drawing.tiles import Tiles
from film.manim_session import manim_session
from film.quality import QUALITIES, Quality
from scenes.programme import concepts

from .drawn_scenes import CAMERAS, SCENES

TINY = Quality("tiny", 144, 15)

Frames = list[tuple[int, int]]  # a checksum, and for how many frames it stands
Make = Callable[..., Scene]


class ManimWriter(SceneFileWriter):
    """Keeps checksums instead of encoding."""

    frames: Frames

    def write_frame(self, pixels: Any, *, repeat: int = 1) -> None:
        """Note a frame."""
        self.frames = [*getattr(self, "frames", []), (zlib.crc32(pixels), repeat)]

    def open_partial_movie_stream(self, *, animation_index: int, file_path: Any = None) -> None:
        """No file."""

    def close_partial_movie_stream(self) -> None:
        """No file."""

    def finish(self) -> None:
        """No file."""


class OurWriter(PictureWriter):
    """Keeps checksums of what it is shown, and checks what it is told of changes."""

    frames: Frames
    pictures: list[Pixels]

    def show(self, pixels: Pixels, changed: Tiles | None, count: int) -> None:
        """Note a frame."""
        self.frames = [*getattr(self, "frames", []), (zlib.crc32(pixels.tobytes()), count)]
        self.pictures = [*getattr(self, "pictures", [])[-1:], pixels.copy()]
        if changed is not None and len(self.pictures) == 2:
            differs = np.argwhere((self.pictures[0] != self.pictures[1]).any(axis=2))
            assert all(
                changed.touches((int(x), int(y), int(x) + 1, int(y) + 1)) for y, x in differs[:: 1 + len(differs) // 64]
            )


def frames_of(make: Make, renderer: Any, media: Path, quality: Quality) -> Frames:
    """Every frame of a scene, as this renderer draws it; equal neighbours in one entry."""
    with manim_session(media, quality):
        scene = make(renderer=renderer())
        scene.render()
        writer: Any = scene.renderer.file_writer
    together: Frames = []
    for checksum, count in writer.frames:
        if together and together[-1][0] == checksum:
            count += together.pop()[1]
        together.append((checksum, count))
    return together


@pytest.mark.parametrize("scene", SCENES)
def test_every_frame_of_a_scene_is_manims(scene: type[Scene], tmp_path: Path) -> None:
    camera = CAMERAS.get(scene)
    manims = frames_of(scene, lambda: CairoRenderer(ManimWriter, camera), tmp_path / "manim", TINY)
    ours = frames_of(scene, lambda: FrameRenderer(OurWriter, camera), tmp_path / "ours", TINY)
    assert len(manims) > 3
    assert ours == manims


def of_film(film: Any) -> Make:
    return lambda renderer: film.scene_class()(renderer=renderer, sound=False)


@pytest.mark.slow
@pytest.mark.parametrize("film", concepts(), ids=lambda film: str(film.name))
def test_every_frame_of_a_film_is_manims(film: Any, tmp_path: Path) -> None:
    quality = Quality("480p5", QUALITIES["l"].height, 5)
    manims = frames_of(of_film(film), lambda: CairoRenderer(ManimWriter), tmp_path / "manim", quality)
    assert frames_of(of_film(film), lambda: FrameRenderer(OurWriter), tmp_path / "ours", quality) == manims
    assert sum(count for _, count in manims) > 400


@pytest.mark.slow
@pytest.mark.parametrize("beat", ["kraft@myth", "surprise@halvings"])
def test_frames_of_1080_lines_are_manims(beat: str, tmp_path: Path) -> None:
    name, _, only = beat.partition("@")
    (film,) = [film for film in concepts() if film.name == name]

    def make(renderer: Any) -> Scene:
        return film.scene_class()(renderer=renderer, sound=False, only=frozenset([only]))

    quality = Quality("1080p5", 1080, 5)
    manims = frames_of(make, lambda: CairoRenderer(ManimWriter), tmp_path / "manim", quality)
    assert frames_of(make, lambda: FrameRenderer(OurWriter), tmp_path / "ours", quality) == manims
