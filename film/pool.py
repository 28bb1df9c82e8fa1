"""Rendering several jobs at once: one process for a core, longest work first, and one view of the progress."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from film.scene_job import Clip, SceneFailed, SceneJob, render_job
from film.store import Store

_REPORTS: Any = None


@dataclass(frozen=True)
class Outcome:
    """What became of a job: a clip, or why not."""

    job: SceneJob
    clip: Clip | None
    failure: SceneFailed | None = None


def render_all(
    jobs: Sequence[SceneJob], store: Store, *, workers: int | None = None, force: bool = False
) -> list[Outcome]:
    """Render *jobs* in their own processes; an outcome for each, in their order. A failure does not stop the others."""
    store.sweep()
    done = {} if force else {job: Clip(found) for job in jobs if (found := store.get(job.key()))}
    todo = [job for job in dict.fromkeys(jobs) if job not in done]
    outcomes = {job: Outcome(job, clip) for job, clip in done.items()}
    if todo:
        outcomes |= _render_in_processes(todo, store, min(workers or os.cpu_count() or 1, len(todo)))
    return [outcomes[job] for job in jobs]


def _render_in_processes(jobs: list[SceneJob], store: Store, workers: int) -> dict[SceneJob, Outcome]:
    # Set and dictionary order must not depend on the run; a spawned process takes this from its environment.
    before = os.environ.get("PYTHONHASHSEED")
    os.environ["PYTHONHASHSEED"] = "0"
    context = multiprocessing.get_context("spawn")
    reports = context.Queue()
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker, initargs=(reports,))
    try:
        # Films before cards: the longest work starts first.
        ordered = sorted(jobs, key=lambda job: job.concept is None)
        futures = {pool.submit(_work, job, store): job for job in ordered}
        return _collect(futures, reports)
    except BaseException:
        for process in list((pool._processes or {}).values()):
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
        reports.close()
        os.environ.pop("PYTHONHASHSEED") if before is None else os.environ.update(PYTHONHASHSEED=before)


def _start_worker(reports: Any) -> None:
    global _REPORTS
    _REPORTS = reports
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    # A worker of a killed run would render on, and then wait for its next job for ever.
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _work(job: SceneJob, store: Store) -> Clip | SceneFailed:
    try:
        return render_job(job, store, force=True, progress=lambda frame: _REPORTS.put((job.name, frame)))
    except SceneFailed as failure:
        return SceneFailed(failure.message, failure.details)


def _collect(futures: dict[Future[Clip | SceneFailed], SceneJob], reports: Any) -> dict[SceneJob, Outcome]:
    outcomes: dict[SceneJob, Outcome] = {}
    columns = (
        TextColumn("{task.description:<24}"),
        BarColumn(pulse_style="yellow"),
        TextColumn("{task.fields[state]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as view:
        rows = {job.name: view.add_task(job.name, total=None, state="waiting") for job in futures.values()}
        listener = threading.Thread(
            target=_listen,
            args=(reports, view, rows, {j.name: j.quality.frame_rate for j in futures.values()}),
        )
        listener.start()
        try:
            for future in as_completed(futures):
                job = futures[future]
                outcomes[job] = _outcome(job, future)
                state = "done" if outcomes[job].clip else "failed"
                view.update(rows[job.name], total=1, completed=1, state=state)
                view.stop_task(rows[job.name])
        finally:
            reports.put(None)
            listener.join()
    return outcomes


def _outcome(job: SceneJob, future: Future[Clip | SceneFailed]) -> Outcome:
    try:
        result = future.result()
    except BrokenProcessPool:
        result = SceneFailed(
            f"{job.name}: a process was killed, perhaps for want of memory; run again, with --workers 1 if it persists"
        )
    if isinstance(result, SceneFailed):
        return Outcome(job, None, result)
    return Outcome(job, result)


def _listen(reports: Any, view: Progress, rows: dict[str, Any], rates: dict[str, int]) -> None:
    for name, frame in iter(reports.get, None):
        view.update(rows[name], state=f"{frame / rates[name]:6.1f} s of film")
