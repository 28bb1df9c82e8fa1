"""Stills of a film without encoding video: animations are skipped, and only the frames that are asked for are drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from manim import Mobject, Scene
from manim.renderer.cairo_renderer import CairoRenderer
from PIL import Image

from film.manim_session import manim_session
from film.quality import QUALITIES, Quality
from narration.speech import Fallback
from narration.timetable import TimedBeat, Timetable
from scenes.programme import Concept
from scenes.stage.concept_scene import ConceptScene


class StillRenderer(CairoRenderer):
    """Draws nothing while animations are skipped; stock Manim draws a frame for each and throws it away."""

    def render(self, scene: Scene, time: float, moving_mobjects: Iterable[Mobject] | None = None) -> None:
        """Skip the frame."""

    def frame_now(self, scene: Scene) -> Image.Image:
        """The scene as it stands."""
        self.static_image = None
        self.update_frame(scene)
        return Image.fromarray(np.ascontiguousarray(self.get_frame()[..., :3]))


@dataclass(frozen=True)
class Still:
    """A frame at the end of a beat or of an animation."""

    beat: str
    time: float
    animation: str
    image: Image.Image


@dataclass(frozen=True)
class Stills:
    """The stills of a film in order, and its timetable."""

    timetable: Timetable
    frames: tuple[Still, ...]


def stills(
    concept: Concept,
    media: Path,
    *,
    quality: Quality = QUALITIES["l"],
    beats: frozenset[str] | None = None,
    every_animation: bool = False,
    fallback: Fallback = Fallback.SILENCE,
) -> Stills:
    """Run the scene without video and keep the last frame of each beat, or of each animation.

    Raises what the scene raises. Manim's working files go to *media*.
    """
    frames: list[Still] = []

    def keep_beat(scene: ConceptScene[Any], beat: TimedBeat) -> None:
        frames.append(Still(beat.name, beat.end, "end of beat", renderer.frame_now(scene)))

    def keep_animation(scene: ConceptScene[Any], beat: str, animation: str) -> None:
        if animation != "Wait":
            frames.append(Still(beat, scene.frame / scene.frame_rate, animation, renderer.frame_now(scene)))

    with manim_session(media, quality, dry_run=True):
        renderer = StillRenderer(skip_animations=True)
        scene = concept.scene_class()(
            renderer=renderer,
            only=beats,
            fallback=fallback,
            sound=False,
            on_beat_end=keep_beat,
            on_play_end=keep_animation if every_animation else None,
        )
        scene.render()
    return Stills(scene.timetable, tuple(frames))
