"""Tiny videos of small scenes, and scenes that speak a script of the test's own."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import pytest
from manim import Scene

from film.drawing.frame_renderer import FrameRenderer
from film.join import join
from film.manim_session import manim_session
from film.quality import Quality


@dataclass(frozen=True)
class Rendered:
    """A scene after its rendering, and its video."""

    scene: Any
    video: Path

    def pictures(self) -> list[int]:
        """A checksum of every decoded frame."""
        with av.open(self.video) as container:
            return [zlib.crc32(frame.to_ndarray().tobytes()) for frame in container.decode(video=0)]


Render = Callable[..., Rendered]


@pytest.fixture
def render(tmp_path: Path) -> Render:
    """Render a scene at 64 x 36 pixels, at *fps* frames a second, as the project renders its clips."""
    count = 0

    def rendered(scene_class: type[Scene], fps: int = 15, **arguments: Any) -> Rendered:
        nonlocal count
        count += 1
        with manim_session(tmp_path / f"media{count}", Quality("tiny", 36, fps)):
            renderer = FrameRenderer()
            scene = scene_class(renderer=renderer, **arguments)
            scene.render()
        video = tmp_path / f"video{count}.mp4"
        join([clip.path for clip in renderer.file_writer.clips], video)
        return Rendered(scene, video)

    return rendered
