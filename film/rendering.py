"""Clips for jobs: pieces that the store has are taken from there, the others are rendered, by several processes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from film.errors import FilmError
from film.job_keys import Keys as Keys
from film.job_keys import keys_of as keys_of
from film.piece import CARD, Clip, Piece
from film.progress import ProgressView
from film.render_task import CALL, PARCEL_CALL, unpack_parcel
from film.scene_job import SceneFailed, SceneJob
from film.schedule import running
from film.share_out import frames_of, shared_out
from film.store import Store
from film.task import Outcome, Task
from film.warm_server import server_folder, warm_server
from scenes.programme import ROOT


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
    tasks: dict[str, tuple[Task, SceneJob, Keys]] = {}
    for job in shares:
        keys = {piece: all_keys[job.concept, job.card, piece] for piece in (job.beats or (CARD,))}
        frames = frames_of(job)
        arguments: tuple[Any, ...] = (job, frames) if means.scheduler else (job, keys, store.folder.absolute(), frames)
        name = job.name if job.card is None else f"cards@{len(tasks)}"
        tasks[name] = Task(name, PARCEL_CALL if means.scheduler else CALL, arguments, weight=frames), job, keys
    failures: list[SceneFailed] = []
    with watched([task for task, _, _ in tasks.values()], workers, store, means) as (outcomes, view):
        for outcome in outcomes:
            _, job, keys = tasks[outcome.task.name]
            failure = _failure(outcome)
            if failure is not None:
                failures.append(failure)
            elif means.scheduler:
                unpack_parcel(outcome.result, job, keys, store)
            view.finished(outcome)
    store.sweep()  # what workers have left, those that were killed among them
    if failures:
        kept = sum(store.get(key) is not None for key in by_key)
        raise SceneFailed(
            "\n".join(dict.fromkeys(str(failure) for failure in failures))
            + f"\n{kept} of {len(by_key)} pieces are finished and kept",
            "\n".join(failure.details for failure in failures),
        )


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
            server = warm_server(server_folder(ROOT), ROOT)
            # Working folders lie in the store, where the next run sweeps what a killed one leaves.
            folder = store.working_folder
            with running(tasks, workers=workers, report=view.report, server=server, working_folder=folder) as outcomes:
                yield outcomes, view


def _failure(outcome: Outcome) -> SceneFailed | None:
    error = outcome.error
    if error is None or isinstance(error, SceneFailed):
        return error
    told = str(error) if isinstance(error, FilmError) else f"{type(error).__name__}: {error}"
    return SceneFailed(f"{outcome.task.name}: {told}", outcome.traceback)
