"""How much of the stage each beat of a film uses, and how small its smallest type is: what another frame must hold."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from manim import Scene
from numpy.typing import NDArray

from film.layout.boxes import hull
from film.layout.naming import attribute_paths, full_name
from film.layout.renderer import LayoutRenderer
from film.layout.staged import Staged, StagedText, read_stage
from film.layout.type_size import SCRIPT, measured_size
from film.manim_session import manim_session
from film.quality import QUALITIES
from narration.fallback import Fallback
from narration.timetable import TimedBeat
from scenes import programme
from scenes.stage.concept_scene import ConceptScene
from scenes.stage.exceptions import layout_exceptions
from scenes.stage.theme import SMALL


@dataclass(frozen=True)
class Extent:
    """The box around all that a beat shows, in frame units, and its smallest type.

    *type_size* is a share of the smallest that can be read at 480 lines, where the whole stage is shown; *text* is
    what is set so small, None without any text.
    """

    left: float
    bottom: float
    right: float
    top: float
    type_size: float
    text: str | None


def film_extents(concept_name: str) -> dict[str, Extent]:
    """The extent of each beat of a film that shows anything, by name; no video is made.

    It is seen at every cue, at the end, and in the middle of every animation. What a beat allows itself to set small
    is left out. Raises what the scene raises.
    """
    watch = _ExtentWatch()
    with (
        tempfile.TemporaryDirectory() as media,
        manim_session(Path(media), QUALITIES["l"], dry_run=True),
    ):
        renderer = LayoutRenderer(watch.at_middle)
        scene = programme.concept(concept_name).scene_class()(
            renderer=renderer,
            fallback=Fallback.SILENCE,
            sound=False,
            on_beat_end=watch.on_beat_end,
            on_cue=watch.on_cue,
        )
        scene.render()
    return {beat: _extent(boxes, watch.smallest.get(beat)) for beat, boxes in watch.boxes.items()}


def _extent(boxes: Iterable[NDArray[np.float64]], smallest: tuple[float, str] | None) -> Extent:
    size, text = smallest or (float("inf"), None)
    left, bottom, right, top = map(float, hull(np.array(list(boxes))))
    return Extent(left, bottom, right, top, size, text)


class _ExtentWatch:
    """Collects boxes and the smallest type, by beat. Its methods are what a ConceptScene and a LayoutRenderer call."""

    def __init__(self) -> None:
        self.boxes: dict[str, list[NDArray[np.float64]]] = {}
        self.smallest: dict[str, tuple[float, str]] = {}

    def at_middle(self, scene: Scene) -> None:
        """An animation is half done."""
        assert isinstance(scene, ConceptScene)
        self._measure(scene.beat_name, read_stage(scene))

    def on_cue(self, scene: ConceptScene[Any], beat: str, cue: str) -> None:
        """The picture waits at a cue."""
        self._look(scene, beat)

    def on_beat_end(self, scene: ConceptScene[Any], beat: TimedBeat) -> None:
        """A beat is over."""
        self._look(scene, beat.name)

    def _look(self, scene: ConceptScene[Any], beat: str) -> None:
        staged = read_stage(scene)
        self._measure(beat, staged)
        sizes = [(size, text) for text in staged.texts if (size := _share_of_least(text)) is not None]
        known, _ = self.smallest.get(beat, (float("inf"), ""))
        if not any(size < known for size, _ in sizes):
            return
        paths = attribute_paths(scene.props)
        allowed = [e.what for e in layout_exceptions(getattr(type(scene), beat)) if e.fault == "small type"]
        for size, text in sorted(sizes, key=lambda pair: pair[0]):
            name = full_name(text.owner, text.ancestors, paths)
            if size < known and not any(what in name for what in allowed):
                self.smallest[beat] = size, name
                return

    def _measure(self, beat: str, staged: Staged) -> None:
        boxes = [subject.hull for subject in (*staged.texts, *staged.marks)]
        if boxes:
            self.boxes.setdefault(beat, []).append(hull(np.array(boxes)))


def _share_of_least(text: StagedText) -> float | None:
    """The size of a text, or of its smallest script, as a share of the smallest allowed; None for unknown outlines."""
    found = measured_size(text.glyphs)
    if found is None:
        return None
    size = found.size / SMALL
    return size if found.script is None else min(size, found.script / (SMALL * SCRIPT))
