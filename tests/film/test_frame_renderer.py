"""Frames are Manim's own, pixel by pixel."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from manim import Scene, tempconfig
from manim.renderer.cairo_renderer import CairoRenderer
from manim.scene.scene_file_writer import SceneFileWriter

from film.drawing.frame_renderer import FrameRenderer
from film.drawing.picture_writer import PictureWriter
from film.drawing.pixels import Pixels
from film.drawing.tiles import Tiles
from film.manim_session import manim_session, settings
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


def manims_frames(make: Make, media: Path, quality: Quality, camera: Any = None) -> Frames:
    """Every frame of a scene as Manim draws it, with nothing of ours in between."""
    with tempconfig(settings(media, quality)):
        scene = make(renderer=CairoRenderer(ManimWriter, camera))
        scene.render()
    return together(scene)


def our_frames(make: Make, media: Path, quality: Quality, camera: Any = None) -> Frames:
    """Every frame of a scene as our renderer draws it, in a session whose texts have been kept by an earlier one."""
    with manim_session(media / "first", quality, kept=media, dry_run=True):
        make(renderer=FrameRenderer(PictureWriter, camera, skip_animations=True)).render()
    with manim_session(media / "second", quality, kept=media):
        scene = make(renderer=FrameRenderer(OurWriter, camera))
        scene.render()
    return together(scene)


def together(scene: Scene) -> Frames:
    """What the scene's writer was shown; equal neighbours in one entry."""
    writer: Any = scene.renderer.file_writer
    found: Frames = []
    for checksum, count in writer.frames:
        if found and found[-1][0] == checksum:
            count += found.pop()[1]
        found.append((checksum, count))
    return found


@pytest.mark.parametrize("scene", SCENES)
def test_every_frame_of_a_scene_is_manims(scene: type[Scene], tmp_path: Path) -> None:
    camera = CAMERAS.get(scene)
    manims = manims_frames(scene, tmp_path / "manim", TINY, camera)
    ours = our_frames(scene, tmp_path / "ours", TINY, camera)
    assert len(manims) > 3
    assert ours == manims


def of_film(film: Any) -> Make:
    return lambda renderer: film.scene_class()(renderer=renderer, sound=False)


@pytest.mark.slow
@pytest.mark.parametrize("film", concepts(), ids=lambda film: str(film.name))
def test_every_frame_of_a_film_is_manims(film: Any, tmp_path: Path) -> None:
    quality = Quality("480p5", QUALITIES["l"].height, 5)
    manims = manims_frames(of_film(film), tmp_path / "manim", quality)
    assert our_frames(of_film(film), tmp_path / "ours", quality) == manims
    assert sum(count for _, count in manims) > 400


@pytest.mark.slow
@pytest.mark.parametrize("beat", ["kraft@myth", "surprise@halvings"])
def test_frames_of_1080_lines_are_manims(beat: str, tmp_path: Path) -> None:
    name, _, only = beat.partition("@")
    (film,) = [film for film in concepts() if film.name == name]

    def make(renderer: Any) -> Scene:
        return film.scene_class()(renderer=renderer, sound=False, only=frozenset([only]))

    quality = Quality("1080p5", 1080, 5)
    assert our_frames(make, tmp_path / "ours", quality) == manims_frames(make, tmp_path / "manim", quality)
