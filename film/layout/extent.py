"""What decides whether a beat can be shown in another frame: its smallest type, and what its own hides."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from manim import Scene, config

from film.layout.boxes import BOARD_LINES
from film.layout.naming import attribute_paths, full_name
from film.layout.place import SLACK
from film.layout.renderer import LayoutRenderer
from film.layout.staged import Mark, Staged, StagedText, read_stage
from film.layout.type_size import SCRIPT, measured_size
from film.manim_session import manim_session
from film.quality import QUALITIES
from narration.fallback import Fallback
from narration.timetable import TimedBeat
from scenes import programme
from scenes.stage.concept_scene import ConceptScene
from scenes.stage.exceptions import layout_exceptions
from scenes.stage.theme import SMALL

_NO_TYPE = 1e9  # a size that is large enough for everything


@dataclass(frozen=True)
class Extent:
    """How small a beat's smallest type is, and what it shows above or below the 16 : 9 frame.

    *type_size* is a share of the smallest that can be read at 480 lines; *text* is what is set so small, *hidden* what
    reaches out of the frame; None where there is nothing of the kind.
    """

    type_size: float
    text: str | None
    hidden: str | None


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
    return {beat.name: watch.extent(beat.name) for beat in scene.timetable.beats}


class _ExtentWatch:
    """Collects what an Extent says, by beat. Its methods are what a ConceptScene and a LayoutRenderer call."""

    def __init__(self) -> None:
        self.smallest: dict[str, tuple[float, str]] = {}
        self.hidden: dict[str, str] = {}

    def extent(self, beat: str) -> Extent:
        """What was seen of a beat."""
        size, text = self.smallest.get(beat, (_NO_TYPE, None))
        return Extent(size, text, self.hidden.get(beat))

    def at_middle(self, scene: Scene) -> None:
        """An animation is half done."""
        assert isinstance(scene, ConceptScene)
        self._look_out(scene, scene.beat_name, read_stage(scene))

    def on_cue(self, scene: ConceptScene[Any], beat: str, cue: str) -> None:
        """The picture waits at a cue."""
        self._look(scene, beat)

    def on_beat_end(self, scene: ConceptScene[Any], beat: TimedBeat) -> None:
        """A beat is over."""
        self._look(scene, beat.name)

    def _look(self, scene: ConceptScene[Any], beat: str) -> None:
        staged = read_stage(scene)
        self._look_out(scene, beat, staged)
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

    def _look_out(self, scene: ConceptScene[Any], beat: str, staged: Staged) -> None:
        edge = config.frame_height / 2 + SLACK * config.frame_height / BOARD_LINES
        subjects: list[StagedText | Mark] = [*staged.texts, *staged.marks]
        for subject in subjects:
            if beat not in self.hidden and max(-subject.hull[1], subject.hull[3]) > edge:
                self.hidden[beat] = full_name(subject.owner, subject.ancestors, attribute_paths(scene.props))


def _share_of_least(text: StagedText) -> float | None:
    """The size of a text, or of its smallest script, as a share of the smallest allowed; None for unknown outlines."""
    found = measured_size(text.glyphs)
    if found is None:
        return None
    size = found.size / SMALL
    return size if found.script is None else min(size, found.script / (SMALL * SCRIPT))
