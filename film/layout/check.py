"""The layout check of one film, and of many at a time."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from film.failure import explained
from film.layout.report import LayoutReport, fold, idle_findings
from film.layout.watch import LayoutWatch
from film.manim_session import manim_session
from film.quality import QUALITIES
from narration.speech import Fallback
from scenes.programme import Concept
from scenes.stage.concept_scene import ConceptScene


def check_layout(
    concept: Concept, media: Path, *, pictures: Path | None = None, fallback: Fallback = Fallback.SILENCE
) -> LayoutReport:
    """Look at a film at every cue, at the end of every beat, and in the middle of every animation; no video is made.

    Annotated crops go to the folder *pictures*, in place of those that a check of this film left there before;
    Manim's working files go to *media*. Raises what the scene raises.
    """
    return check_scene(concept.scene_class(), media, pictures=pictures, fallback=fallback)


def check_scene(
    scene_class: type[ConceptScene[Any]],
    media: Path,
    *,
    pictures: Path | None = None,
    fallback: Fallback = Fallback.SILENCE,
) -> LayoutReport:
    """As :func:`check_layout`, for a scene that need not be in the programme."""
    with manim_session(media, QUALITIES["l"], dry_run=True):
        watch = LayoutWatch(pictures=pictures is not None)
        scene = scene_class(
            renderer=watch.renderer,
            fallback=fallback,
            sound=False,
            on_beat_end=watch.on_beat_end,
            on_play_end=watch.on_play_end,
            on_cue=watch.on_cue,
        )
        scene.render()
    timetable = scene.timetable
    name = timetable.concept
    if pictures is not None:
        for old in pictures.glob(f"{name}.[0-9][0-9].*.png"):
            old.unlink()
    findings = (*fold(name, watch.moments, pictures), *idle_findings(name, watch.idle_exceptions(scene)))
    return LayoutReport(name, findings, len(watch.moments), timetable)


def check_all(
    concepts: Sequence[Concept],
    *,
    workers: int | None = None,
    pictures: Path | None = None,
    fallback: Fallback = Fallback.SILENCE,
) -> list[LayoutReport]:
    """Check several films, each in its own process; reports in their order.

    A film that cannot be played does not stop the others: its report says why.
    """
    if not concepts:
        return []
    count = min(workers or os.cpu_count() or 1, len(concepts))
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(count, mp_context=context) as pool:
        futures = [pool.submit(_report, concept, pictures, fallback) for concept in concepts]
        try:
            return [future.result() for future in futures]
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _report(concept: Concept, pictures: Path | None, fallback: Fallback) -> LayoutReport:
    with tempfile.TemporaryDirectory() as media:
        try:
            return check_layout(concept, Path(media), pictures=pictures, fallback=fallback)
        except Exception as error:
            return LayoutReport(concept.name, (), 0, None, explained(error))
