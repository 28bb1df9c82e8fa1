"""Stills of a film without encoding video: animations are skipped, and only the frames that are asked for are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from manim import Scene
from PIL import Image

from film.drawing.frame_renderer import FrameRenderer
from film.manim_session import manim_session
from film.quality import QUALITIES, Quality
from narration.fallback import Fallback
from narration.timetable import TimedBeat, Timetable
from scenes.programme import Concept
from scenes.stage.concept_scene import ConceptScene


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
    kept: Path | None = None,
) -> Stills:
    """Run the scene without video and keep the last frame of each beat, or of each animation.

    Raises what the scene raises. Manim's working files go to *media*; texts that were set stay in *kept*.
    """
    frames: list[Still] = []

    def keep_beat(scene: ConceptScene[Any], beat: TimedBeat) -> None:
        frames.append(Still(beat.name, beat.end, "end of beat", _drawn(renderer, scene)))

    def keep_animation(scene: ConceptScene[Any], beat: str, animation: str) -> None:
        if animation != "Wait":
            frames.append(Still(beat, scene.frame / scene.frame_rate, animation, _drawn(renderer, scene)))

    with manim_session(media, quality, kept=kept, dry_run=True):
        renderer = FrameRenderer(skip_animations=True)
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


def _drawn(renderer: FrameRenderer, scene: Scene) -> Image.Image:
    return Image.fromarray(renderer.frame_now(scene))
