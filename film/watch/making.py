"""What is made once the last frame is shown: the beat as a clip, then the whole film. Runs in a process of its own."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from film.errors import FilmError
from film.inputs.closure import Sources
from film.inputs.records import Records
from film.piece import Clip, Piece
from film.products import record, recorded
from film.render_task import render_into_store
from film.rendering import keys_of
from film.scene_job import SceneJob
from film.store import Store
from film.video import Video, targets_of
from film.video_work import VIDEOS, product_key
from scenes.programme import ROOT, concept

RENDER_CALL = f"{__name__}:render"
BEAT_CALL = f"{__name__}:render_and_compose"
FILM_CALL = f"{__name__}:compose_film"


@dataclass(frozen=True)
class Wanted:
    """A video to make: a film or beats of it, whose pieces have these *keys*, called *name* in the folder *out*."""

    job: SceneJob
    keys: dict[str, str]
    frames: int
    name: str
    title: str
    out: Path
    store: Path

    @property
    def targets(self) -> tuple[Path, ...]:
        """The files that it becomes; the video is the first."""
        return targets_of(self.name, self.out)


class SourcesMoved(FilmError):
    """The film is not what it was when its keys were computed; whoever watches it will know in a moment."""


def render(wanted: Wanted) -> None:
    """Render what the store does not have. Raises SceneFailed, and SourcesMoved."""
    assert wanted.job.concept is not None
    if all(Store(wanted.store).get(key) for key in wanted.keys.values()):
        return
    with contextlib.suppress(Exception):  # rendering will meet it again, and tell
        concept(wanted.job.concept).scene_class()
    # After the import: nothing may be stored under the keys of other sources.
    if keys_of(wanted.job, Sources(ROOT, Records.beside(wanted.store))) != wanted.keys:
        raise SourcesMoved(f"{wanted.name}: was saved while it was read")
    render_into_store(wanted.job, wanted.keys, wanted.store, wanted.frames)


def render_and_compose(wanted: Wanted) -> Path:
    """Render what the store does not have, and make the video. Raises SceneFailed and FilmError."""
    render(wanted)
    return compose_film(wanted)


def compose_film(wanted: Wanted) -> Path:
    """Make the video of pieces that are in the store, unless it is there already. Raises FilmError."""
    from film.chapter import compose  # loads what mixes sound

    store = Store(wanted.store)
    sources = Sources(ROOT, Records.beside(wanted.store))
    key = product_key(wanted.name, wanted.title, wanted.title, [wanted.keys], VIDEOS, sources)
    if recorded(store, key, wanted.targets) is None:
        clip = Clip(tuple(Piece(store.folder / each) for each in wanted.keys.values()))
        made = compose(Video(wanted.name, wanted.title, wanted.title, (clip,)), wanted.out, store)
        record(store, key, wanted.targets, wanted.name, duration=made.duration)
    return wanted.targets[0]
