"""A picture that stands for a film: of the last frames of its beats the one that takes most bits to write down."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from film.beat_key import made_key
from film.inputs.closure import Sources
from film.piece import CARD, Piece
from film.rendering import Keys, Means, clips_of
from film.scene_job import SceneJob
from film.small_jpeg import small_jpeg
from film.store import About, Store

POSTER, JPEG = "poster", "poster.jpg"
WIDTH = 1280
MAKERS = ("film/site/posters.py",)


def posters(jobs: Sequence[tuple[SceneJob, Keys]], store: Store, means: Means, sources: Sources) -> dict[str, Path]:
    """A JPEG for each film by its name, in the store; what is missing of a film is rendered."""
    films = [(job, keys) for job, keys in jobs if CARD not in keys]
    wanted = {job.name: f"{POSTER}-{made_key(list(keys.values()), MAKERS, {}, sources)}" for job, keys in films}
    found = {name: store.get(key) for name, key in wanted.items()}
    missing = [(job, keys) for job, keys in films if found[job.name] is None]
    if missing:
        clips = clips_of([job for job, _ in missing], [keys for _, keys in missing], store, means)
        for (job, _), clip in zip(missing, clips, strict=True):
            found[job.name] = _keep(job.name, wanted[job.name], clip.pieces, store)
    return {name: place / JPEG for name, place in found.items() if place is not None}


def _keep(film: str, key: str, pieces: Sequence[Piece], store: Store) -> Path:
    fullest = max(pieces, key=lambda piece: piece.last_frame.stat().st_size)
    return store.put(key, lambda folder: write_poster(fullest.last_frame, folder / JPEG), About(film, POSTER))


def write_poster(frame: Path, target: Path) -> None:
    """The PNG *frame* as a JPEG of at most 1280 pixels across."""
    with Image.open(frame) as picture:
        target.write_bytes(small_jpeg(picture, WIDTH))
