"""One piece of rendering: *(concept or card, settings) -> clip*. Pure, so any process may do it."""

from __future__ import annotations

import io
import shutil
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from film.errors import FilmError
from film.failure import blamed, explained, first_line, people_errors
from film.no_space import free_space, is_disk_full
from film.quality import Quality
from film.store import Store, key_of, sources
from narration.speech import Fallback
from narration.timetable import Timetable
from scenes import programme
from scenes.cards import Card

Progress = Callable[[int], None]


class SceneFailed(FilmError):
    """A scene raised; the message names the place. ``details`` is the traceback, for --debug."""

    def __init__(self, message: str, details: str = "") -> None:
        super().__init__(message, details)
        self.message, self.details = message, details

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True)
class SceneJob:
    """A film (*concept*) or a *card* to render. *beats* restricts a film to some of its beats."""

    quality: Quality
    concept: str | None = None
    card: Card | None = None
    beats: tuple[str, ...] | None = None
    fallback: Fallback = Fallback.DRAFT

    @property
    def name(self) -> str:
        """What progress and errors call it."""
        if self.concept is None:
            return f"card '{self.card.title if self.card else ''}'"
        return f"{self.concept}@{','.join(self.beats)}" if self.beats else self.concept

    def key(self) -> str:
        """The hash of everything that the clip depends on."""
        return key_of(asdict(self), sources(programme.concept(self.concept) if self.concept else None))


@dataclass(frozen=True)
class Clip:
    """A rendered job: silent video, and for a film its timetable and its narration (mono, 48 kHz)."""

    folder: Path

    @property
    def video(self) -> Path:
        """H.264 in MP4, without sound."""
        return self.folder / "clip.mp4"

    def timetable(self) -> Timetable | None:
        """The film's timetable; a card has none."""
        path = self.folder / "timetable.json"
        return Timetable.read(path) if path.exists() else None

    def narration(self) -> NDArray[np.float32] | None:
        """The film's narration from its first frame on; a card has none."""
        path = self.folder / "narration.npy"
        return np.load(path) if path.exists() else None


def render_job(job: SceneJob, store: Store, *, force: bool = False, progress: Progress | None = None) -> Clip:
    """The clip of *job*, from the store or rendered now.

    Raises :class:`SceneFailed` with one clear message for whatever goes wrong.
    """
    try:
        key = job.key()
        found = None if force else store.get(key)
        return Clip(found or store.put(key, lambda folder: _render(job, store, folder, progress)))
    except Exception as error:
        raise SceneFailed(_told(job, store, error), traceback.format_exc()) from error


def _render(job: SceneJob, store: Store, folder: Path, progress: Progress | None) -> None:
    # Manim comes in late: a store that has everything answers without it.
    from manim.renderer.cairo_renderer import CairoRenderer

    from film.clip_writer import ClipWriter
    from film.manim_session import manim_session

    with store.working_folder() as media, manim_session(media, job.quality):
        renderer = CairoRenderer(file_writer_class=ClipWriter)
        scene = _scene(job, renderer, progress)
        scene.render()
        shutil.move(str(renderer.file_writer.movie_file_path), folder / "clip.mp4")
        if job.concept:
            (folder / "timetable.json").write_text(scene.timetable.to_json(), encoding="utf-8")
            sound = io.BytesIO()  # on a full disk np.save to a file fails without saying why
            np.save(sound, scene.narration_track())
            (folder / "narration.npy").write_bytes(sound.getbuffer())


def _scene(job: SceneJob, renderer: Any, progress: Progress | None) -> Any:
    if job.card is not None:
        from scenes.cards import CardScene

        return CardScene(renderer=renderer, card=job.card)

    def report(scene: Any, beat: str, animation: str) -> None:
        if progress is not None:
            progress(scene.frame)

    assert job.concept is not None
    scene_class = programme.concept(job.concept).scene_class()
    only = frozenset(job.beats) if job.beats is not None else None
    return scene_class(renderer=renderer, only=only, fallback=job.fallback, sound=False, on_play_end=report)


def _told(job: SceneJob, store: Store, error: Exception) -> str:
    """What failed: for a mistake in a scene one line with its place, else what the error says itself."""
    if is_disk_full(error):
        return f"{job.name}: no space left on the disk, {free_space(store.folder)}; make room and run again"
    place = blamed(error)
    if place is None or isinstance(error, people_errors()):
        return explained(error)
    return (
        f"{place.filename}:{place.lineno}: in {place.name}: {job.name}: {type(error).__name__}: {first_line(error)};"
        " mend the scene and run again (--debug shows the traceback)"
    )
