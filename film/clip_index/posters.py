"""A small picture of each beat, its last frame: from what has been rendered, or drawn as a still."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from film.beat_key import made_key
from film.errors import FilmError
from film.failure import explained
from film.inputs.closure import Sources
from film.piece import Piece
from film.quality import QUALITIES, RELEASE
from film.rendering import Keys, keys_of
from film.scene_job import SceneJob
from film.schedule import running
from film.small_jpeg import small_jpeg
from film.store import About, Store
from film.task import Task
from narration.fallback import Fallback
from scenes.programme import Concept, concept

CALL = f"{__name__}:draw_posters"
KIND, PICTURE, LENGTH = "clip-poster", "poster.jpg", "length.json"
MAKERS = ("film/clip_index/posters.py",)
WIDTH = 640


@dataclass(frozen=True)
class BeatPoster:
    """The last frame of a beat as a small JPEG, and the seconds that the beat lasts."""

    picture: Path
    seconds: float


def posters_of(
    concepts: Sequence[Concept], store: Store, sources: Sources, *, workers: int | None, draw: bool
) -> dict[str, dict[str, BeatPoster]]:
    """By film and beat; with *draw* of every beat, without only of those that have been rendered.

    Raises FilmError with every scene that cannot be drawn; the pictures of the others are kept.
    """
    keys = {film.name: _poster_keys(film, sources) for film in concepts}
    for film in concepts:
        _keep_rendered(film, keys[film.name], store, sources)
    if draw:
        _draw_missing(keys, store, workers)
    return {
        name: {beat: _poster(place) for beat, key in of_film.items() if (place := store.get(key)) is not None}
        for name, of_film in keys.items()
    }


def draw_posters(name: str, beats: tuple[str, ...], kept: Path) -> list[tuple[str, bytes, float]]:
    """Beat, JPEG and seconds of each of the *beats* of a film, drawn without encoding video."""
    from film.picture_work import take_stills

    shots = take_stills(concept(name), beats, kept=kept)
    timed = {beat.name: beat.end - beat.start for beat in shots.timetable.beats}
    return [(still.beat, small_jpeg(still.image, WIDTH), timed[still.beat]) for still in shots.frames]


def _poster_keys(film: Concept, sources: Sources) -> Keys:
    """The key of each beat's poster: of what its release is made from, whatever it is drawn for."""
    pieces = keys_of(SceneJob(RELEASE, concept=film.name), sources)
    return {beat: f"{KIND}-{made_key(key, MAKERS, {}, sources)}" for beat, key in pieces.items()}


def _keep_rendered(film: Concept, keys: Keys, store: Store, sources: Sources) -> None:
    """Make posters of the beats that have been rendered, in whatever quality."""
    missing = [beat for beat, key in keys.items() if store.get(key) is None]
    for quality in (RELEASE, *QUALITIES.values()) if missing else ():
        for fallback in Fallback:
            pieces = keys_of(SceneJob(quality, concept=film.name, fallback=fallback), sources)
            for beat in list(missing):
                if (place := store.get(pieces[beat])) is None:
                    continue
                piece = Piece(place)
                with Image.open(piece.last_frame) as frame:
                    _keep(store, keys[beat], film.name, small_jpeg(frame, WIDTH), piece.timetable().duration)
                missing.remove(beat)


def _draw_missing(keys: Mapping[str, Keys], store: Store, workers: int | None) -> None:
    """Draw what is missing, a process for each film."""
    tasks = []
    for name, of_film in keys.items():
        if missing := tuple(beat for beat, key in of_film.items() if store.get(key) is None):
            tasks.append(Task(name, CALL, (name, missing, store.folder.absolute()), weight=len(missing)))
    if not tasks:
        return
    failed = list[str]()
    with running(tasks, workers=workers) as outcomes:
        for outcome in outcomes:
            name = outcome.task.name
            if outcome.error is not None:
                failed.append(f"{name}: {explained(outcome.error)}")
                continue
            for beat, picture, seconds in outcome.result:
                _keep(store, keys[name][beat], name, picture, seconds)
    if failed:
        raise FilmError("\n".join(failed))


def _keep(store: Store, key: str, film: str, picture: bytes, seconds: float) -> None:
    def write(folder: Path) -> None:
        (folder / PICTURE).write_bytes(picture)
        (folder / LENGTH).write_text(json.dumps(seconds), encoding="utf-8")

    store.put(key, write, About(film, KIND))


def _poster(place: Path) -> BeatPoster:
    return BeatPoster(place / PICTURE, float(json.loads((place / LENGTH).read_text(encoding="utf-8"))))
