"""The store's keys of what a job renders, and whether they are still its own."""

from __future__ import annotations

from collections.abc import Mapping

from film.beat_key import card_key, piece_keys
from film.errors import FilmError
from film.inputs.closure import Sources
from film.inputs.records import Records
from film.piece import CARD
from film.scene_job import SceneJob
from film.store import Store
from scenes import programme

Keys = dict[str, str]  # by piece: the name of a beat, or CARD


def keys_of(job: SceneJob, sources: Sources) -> Keys:
    """The store's key of each piece of *job*, in the order of the film."""
    if job.card is not None:
        return {CARD: card_key(job.card, job.settings, sources)}
    assert job.concept is not None
    keys = piece_keys(programme.concept(job.concept), job.settings, sources)
    return keys if job.beats is None else {beat: keys[beat] for beat in keys if beat in job.beats}


def check_unchanged(job: SceneJob, keys: Mapping[str, str], store: Store) -> None:
    """Raise FilmError unless the sources of *job*'s pieces still give these *keys*.

    What was rendered from a file that was edited meanwhile, or from a take that was damaged, is not what its key says.
    """
    now = keys_of(job, Sources(programme.ROOT, Records.beside(store.folder)))
    if changed := [piece for piece, key in keys.items() if now.get(piece) != key]:
        raise FilmError(f"{job.name}: what {', '.join(changed)} is made from changed during the run; run again")
