"""Clips for jobs: pieces that the store has are taken from there, the others are rendered, by several processes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from film.errors import FilmError
from film.job_keys import Keys as Keys
from film.job_keys import keys_of as keys_of
from film.piece import CARD, Clip, Piece
from film.progress import ProgressView
from film.render_task import CALL, PARCEL_CALL, unpack_parcel
from film.scene_job import SceneFailed, SceneJob, all_failed
from film.schedule import running
from film.share_out import frames_of, shared_out
from film.store import Store
from film.task import Outcome, Task


@dataclass(frozen=True)
class Means:
    """What renders: so many processes here, or a Dask cluster's *scheduler*; *force* renders everything."""

    workers: int | None = None
    force: bool = False
    scheduler: str | None = None


def clips_of(jobs: Sequence[SceneJob], keys: Sequence[Keys], store: Store, means: Means) -> list[Clip]:
    """The clips of *jobs*, whose pieces have these *keys*; rendered now where they are not in *store*.

    A failure does not stop the others; when all have ended, SceneFailed is raised with every message.
    """
    wanted = {key for of_job in keys for key in of_job.values()}
    kept = {} if means.force else {key: place for key in wanted if (place := store.get(key))}
    missing = list(_missing(jobs, keys, kept))
    if missing:
        _render(missing, store, means)
        kept |= {key: place for key in wanted - kept.keys() if (place := store.get(key))}
    return [Clip(tuple(Piece(kept[key]) for key in of_job.values())) for of_job in keys]


def _missing(
    jobs: Sequence[SceneJob], keys: Sequence[Keys], kept: Mapping[str, Path]
) -> Iterator[tuple[SceneJob, Keys]]:
    """What must be rendered, nothing twice: each job restricted to the pieces that are nowhere."""
    seen: set[str] = set(kept)
    for job, of_job in zip(jobs, keys, strict=True):
        absent = {piece: key for piece, key in of_job.items() if key not in seen}
        seen |= set(absent.values())
        if absent:
            yield (job if job.card is not None else replace(job, beats=tuple(absent))), absent


def _render(missing: Sequence[tuple[SceneJob, Keys]], store: Store, means: Means) -> None:
    by_key = {key: piece for _, keys in missing for piece, key in keys.items()}
    all_keys = {(job.concept, job.card, piece): key for job, keys in missing for piece, key in keys.items()}
    jobs = [job for job, _ in missing]
    workers = means.workers or os.cpu_count() or 1
    shares = jobs if means.scheduler else shared_out(jobs, workers)
    work = [(job, {piece: all_keys[job.concept, job.card, piece] for piece in job.beats or (CARD,)}) for job in shares]
    tasks = _parcel_tasks(work) if means.scheduler else _store_tasks(work, store)
    parcels = dict(zip((task.name for task in tasks), work, strict=True)) if means.scheduler else {}
    failures: list[SceneFailed] = []
    with watched(tasks, workers, store, means) as (outcomes, view):
        for outcome in outcomes:
            failure = _failure(outcome)
            if failure is not None:
                failures.append(failure)
            elif means.scheduler:
                unpack_parcel(outcome.result, *parcels[outcome.task.name], store)
            view.finished(outcome)
    store.sweep()  # what workers have left, those that were killed among them
    if failures:
        kept = sum(store.get(key) is not None for key in by_key)
        raise all_failed(failures, f"{kept} of {len(by_key)} pieces are finished and kept")


def _parcel_tasks(work: Sequence[tuple[SceneJob, Keys]]) -> list[Task]:
    """A task for each job; its pieces come back in a parcel."""
    names = [job.name if job.card is None else f"cards@{number}" for number, (job, _) in enumerate(work)]
    frames = [frames_of(job) for job, _ in work]
    return [
        Task(name, PARCEL_CALL, (job, length), weight=length)
        for name, length, (job, _) in zip(names, frames, work, strict=True)
    ]


def _store_tasks(work: Sequence[tuple[SceneJob, Keys]], store: Store) -> list[Task]:
    """A task for each film's job, and one for all cards, which are short; they leave their pieces in *store*."""
    jobs = [(job, keys, frames_of(job)) for job, keys in work]
    cards = [each for each in jobs if each[0].card is not None]
    named = [(job.name, [(job, keys, frames)]) for job, keys, frames in jobs if job.card is None]
    folder = store.folder.absolute()
    return [
        Task(name, CALL, (together, folder), weight=sum(frames for _, _, frames in together))
        for name, together in [*named, *([("cards", cards)] if cards else [])]
    ]


@contextmanager
def watched(
    tasks: Sequence[Task], workers: int, store: Store, means: Means
) -> Iterator[tuple[Iterable[Outcome], ProgressView]]:
    """Run *tasks* and show their progress: outcomes as they come, and the view that wants to hear of them."""
    with ProgressView(tasks) as view:
        if means.scheduler:
            from film.cluster import on_cluster  # loads Dask

            with on_cluster(means.scheduler, tasks, report=view.report, note=view.note) as outcomes:
                yield outcomes, view
        else:
            # Working folders lie in the store, where the next run sweeps what a killed one leaves.
            folder = store.working_folder
            with running(tasks, workers=workers, report=view.report, working_folder=folder) as outcomes:
                yield outcomes, view


def _failure(outcome: Outcome) -> SceneFailed | None:
    error = outcome.error
    if error is None or isinstance(error, SceneFailed):
        return error
    told = str(error) if isinstance(error, FilmError) else f"{type(error).__name__}: {error}"
    return SceneFailed(f"{outcome.task.name}: {told}", outcome.traceback)
