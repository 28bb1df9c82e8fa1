"""Looks at a scene while it plays: at every cue, at the end of every beat, and in the middle of every animation."""

from __future__ import annotations

from typing import Any

from manim import Scene

from film.layout.backdrop import Backdrop, backdrop_faults, crossing_faults
from film.layout.crop import annotated
from film.layout.fault import Fault, worst_by_root
from film.layout.naming import attribute_paths, full_name
from film.layout.place import leftover_faults, place_faults
from film.layout.renderer import LayoutRenderer
from film.layout.report import Moment, Sighting
from film.layout.staged import Staged, read_stage
from film.layout.text import overlap_faults, size_faults
from narration.timetable import TimedBeat
from scenes.stage.concept_scene import ConceptScene
from scenes.stage.exceptions import LayoutException, layout_exceptions

FULLY_THERE = 0.5  # product of two opacities; texts that fade into each other stay below


class LayoutWatch:
    """Collects :attr:`moments`. Its methods are what a ConceptScene and a LayoutRenderer call."""

    def __init__(self, *, pictures: bool) -> None:
        self.renderer = LayoutRenderer(self.at_middle)
        self.moments: list[Moment] = []
        self._pictures = pictures
        self._middle: tuple[Sighting, ...] = ()
        self._seen: set[int] = set()
        self._left: set[int] = set()
        self._used: set[tuple[str, LayoutException]] = set()

    def at_middle(self, scene: Scene) -> None:
        """An animation is half done: keep what overlaps, until it is known what the animation is called."""
        assert isinstance(scene, ConceptScene)
        staged = self._read(scene)
        backdrop = self._backdrop(staged)
        faults = [*overlap_faults(staged, least_opacity=FULLY_THERE), *crossing_faults(staged, backdrop)]
        self._middle = self._sightings(scene, scene.beat_name, faults, backdrop)

    def on_play_end(self, scene: ConceptScene[Any], beat: str, animation: str) -> None:
        """An animation is over."""
        if self._middle:
            when = f"middle of {animation}"
            self.moments.append(Moment(beat, when, scene.frame / scene.frame_rate, False, self._middle))
        self._middle = ()

    def on_cue(self, scene: ConceptScene[Any], beat: str, cue: str) -> None:
        """The picture waits at a cue."""
        self._look(scene, beat, cue, at_end=False)

    def on_beat_end(self, scene: ConceptScene[Any], beat: TimedBeat) -> None:
        """A beat is over."""
        self._look(scene, beat.name, "end", at_end=True)

    def _look(self, scene: ConceptScene[Any], beat: str, when: str, *, at_end: bool) -> None:
        staged = self._read(scene)
        backdrop = self._backdrop(staged)
        faults = [
            *place_faults(staged),
            *overlap_faults(staged),
            *size_faults(staged),
            *backdrop_faults(staged, backdrop),
            *self._leftovers(scene, at_end=at_end),
        ]
        sightings = self._sightings(scene, beat, faults, backdrop)
        self.moments.append(Moment(beat, when, scene.frame / scene.frame_rate, True, sightings))

    def _leftovers(self, scene: Scene, *, at_end: bool) -> list[Fault]:
        """What is transparent at the end of a beat, or was at that of an earlier one; until then it may come up."""
        faults = [f for f in leftover_faults(scene, self._seen) if at_end or id(f.subjects[0].root) in self._left]
        self._left |= {id(fault.subjects[0].root) for fault in faults}
        return faults

    def _read(self, scene: Scene) -> Staged:
        staged = read_stage(scene)
        self._seen |= {id(leaf) for leaf in staged.leaves}
        return staged

    def _backdrop(self, staged: Staged) -> Backdrop:
        return Backdrop(self.renderer.draw(staged.leaves), self.renderer.draw(staged.without_text))

    def _sightings(
        self, scene: ConceptScene[Any], beat: str, faults: list[Fault], backdrop: Backdrop
    ) -> tuple[Sighting, ...]:
        if not faults:
            return ()
        paths = attribute_paths(scene.props)
        named = {id(fault): tuple(full_name(s.owner, s.ancestors, paths) for s in fault.subjects) for fault in faults}
        kept = [fault for fault in faults if not self._is_allowed(scene, beat, fault, named[id(fault)])]
        sightings = []
        for fault, others in worst_by_root(kept):
            names = named[id(fault)]
            caption = f"{fault.kind}: {' over '.join(names)}"
            crop = annotated(backdrop.whole, fault, caption) if self._pictures else None
            sightings.append(Sighting(fault.kind, names, others, fault.measure, fault.limit, fault.unit, crop))
        return tuple(sightings)

    def _is_allowed(self, scene: ConceptScene[Any], beat: str, fault: Fault, names: tuple[str, ...]) -> bool:
        allowed = False
        for exception in layout_exceptions(getattr(type(scene), beat)):
            if exception.fault == fault.kind and any(exception.what in name for name in names):
                self._used.add((beat, exception))
                allowed = True
        return allowed

    def idle_exceptions(self, scene: ConceptScene[Any]) -> list[tuple[str, LayoutException]]:
        """The exceptions, each with its beat, that hid nothing in the film."""
        beats = [beat.name for beat in scene.timetable.beats]
        named = [(beat, each) for beat in beats for each in layout_exceptions(getattr(type(scene), beat))]
        return [pair for pair in named if pair not in self._used]
