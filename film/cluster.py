"""Many tasks on the machines of a Dask cluster: what :mod:`film.schedule` is for one machine.

Each task goes to one worker with a free thread, longest work first. The sources travel with the run, the packages do
not: a worker with other versions of them is left out. See docs/cluster.md.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import platform
import queue
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from film import cluster_worker
from film.errors import FilmError
from film.fork_server import cause
from film.inputs.versions import VERSIONED
from film.stopping import terminated_like_interrupted, undisturbed
from film.task import Outcome, Report, Task, TaskKilled, heaviest_first, outcome_of
from scenes.programme import ROOT

DEATHS = 3  # of one task's workers, until the task itself is suspected
PATIENCE = 60.0  # seconds to wait for a worker that can be used
_CONNECT = 10.0
_LOOK_AGAIN = 1.0


class ClusterError(FilmError):
    """The cluster cannot be used; the message says why and what to do."""


@contextlib.contextmanager
def on_cluster(
    address: str,
    tasks: Sequence[Task],
    *,
    report: Report | None = None,
    note: Callable[[str], None] | None = None,
    root: Path = ROOT,
    packages: Sequence[str] = VERSIONED,
    patience: float = PATIENCE,
) -> Iterator[Iterator[Outcome]]:
    """Run *tasks* on the workers of the Dask scheduler at *address*; yields an iterator of outcomes as they come.

    A failure does not stop the others. A task whose worker or process dies goes to another worker, *DEATHS* times at
    most. *note* is told of workers that are left out. When the block ends, nothing of the run runs on any worker.
    Raises :class:`ClusterError`: no Dask here, no scheduler there, no worker that fits within *patience* seconds.
    """
    client = _client(address)
    try:
        run = ClusterRun(client, address, tasks, report, note or (lambda text: None), root, packages, patience)
        with terminated_like_interrupted():
            try:
                yield run.outcomes()
            finally:
                with undisturbed():
                    run.stop()
    finally:
        client.close(timeout=2)


def _client(address: str) -> Any:
    try:
        import distributed
    except ImportError as error:
        raise ClusterError(
            "Dask is missing here: install it with `uv pip install 'distributed>=2024.8'` (the extra `cluster`)"
        ) from error
    connect: Any = distributed.Client
    try:
        return connect(address, timeout=_CONNECT, set_as_default=False, name="entropy")
    except (OSError, TimeoutError, ValueError) as error:
        raise ClusterError(
            f"{address}: no Dask scheduler answers ({error}); start one with `dask scheduler`, or mend the address"
        ) from error


@dataclass
class Attempts:
    """A task's history: where it ran and what befell it there."""

    task: Task
    began: float | None = None
    deaths: list[tuple[str, str]] = field(default_factory=list)

    def message(self) -> str:
        """What to tell when it has failed too often."""
        where = "; ".join(f"{worker}: {reason}" for worker, reason in self.deaths)
        return (
            f"{self.task.name}: given up after {len(self.deaths)} deaths ({where}); if memory is short there, start "
            "the workers with fewer threads, and run again; their logs may say more"
        )


@dataclass(frozen=True)
class Flight:
    """A task that is on a worker."""

    attempts: Attempts
    worker: str


class ClusterRun:
    """The state of one :func:`on_cluster`."""

    def __init__(
        self,
        client: Any,
        address: str,
        tasks: Sequence[Task],
        report: Report | None,
        note: Callable[[str], None],
        root: Path,
        packages: Sequence[str],
        patience: float,
    ) -> None:
        self.client, self.address, self.report, self.note = client, address, report, note
        self.packages, self.patience = list(packages), patience
        self.waiting = deque(Attempts(task) for task in heaviest_first(list(tasks)))
        self.left = len(self.waiting)
        self.flights: dict[Any, Flight] = {}
        self.threads: dict[str, int] = {}  # of the workers that fit
        self.unfit: dict[str, list[str]] = {}
        self.messages: queue.SimpleQueue[tuple[Any, ...]] = queue.SimpleQueue()
        self.name = f"entropy-{uuid.uuid4().hex}"
        self.last_seen, self.ever_fit = time.monotonic(), False
        self.fingerprint = cluster_worker.fingerprint(root, self.packages)
        self.sources = client.submit(bytes, cluster_worker.packed(root), key=f"{self.name}-sources")
        client.subscribe_topic(self.name, lambda event: self.messages.put(("progress", *event[1])))

    def outcomes(self) -> Iterator[Outcome]:
        """Send tasks to free workers, and yield what comes back, until nothing is left."""
        looked = float("-inf")
        while self.left:
            if time.monotonic() - looked >= _LOOK_AGAIN:
                self._look_for_workers()
                looked = time.monotonic()
            self._send()
            try:
                what, *more = self.messages.get(timeout=_LOOK_AGAIN)
            except queue.Empty:
                continue
            if what == "progress":
                if self.report is not None:
                    self.report(more[0], more[1], more[2])
            elif what == "outcome":
                self.left -= 1
                yield more[0]
            elif more[0] in self.flights:
                self._landed(more[0], self.flights.pop(more[0]))

    def stop(self) -> None:
        """End what runs of this run on any worker, and forget it."""
        with contextlib.suppress(Exception):  # a cluster that is gone runs nothing
            self.client.unsubscribe_topic(self.name)
            if self.flights:
                self.client.cancel(list(self.flights), force=True)
                self.client.run(_by_value(cluster_worker.stop_run), self.name, wait=False)
        self.flights.clear()

    # ---- workers ---------------------------------------------------------------------------------

    def _look_for_workers(self) -> None:
        """See who has come and who has gone; what ran on those who have gone waits again."""
        try:
            present: dict[str, int] = dict(self.client.nthreads())
        except Exception as error:
            raise ClusterError(f"{self.address}: the scheduler is gone ({error}); start it and run again") from error
        self.threads = {worker: present[worker] for worker in self.threads if worker in present}
        new = [worker for worker in present if worker not in self.threads and worker not in self.unfit]
        for worker, wrong in self._differences(new).items():
            if wrong:
                self.unfit[worker] = wrong
                self.note(f"worker {worker} is left out: {', '.join(wrong)}")
            else:
                self.threads[worker] = present[worker]
        for future, flight in list(self.flights.items()):
            if flight.worker not in present:
                del self.flights[future]
                self.client.cancel([future], force=True)
                self._died(flight, "the worker died")
        if self.threads:
            self.last_seen, self.ever_fit = time.monotonic(), True
        elif time.monotonic() - self.last_seen >= self.patience or (present and not self.ever_fit):
            raise ClusterError(self._no_worker(present))

    def _no_worker(self, present: dict[str, int]) -> str:
        if not present:
            return (
                f"{self.address}: the scheduler has had no worker for {self.patience:.0f} s; start some with "
                f"`dask worker {self.address}`, see docs/cluster.md"
            )
        wrong = "\n".join(f"{worker}: {', '.join(self.unfit[worker])}" for worker in present if worker in self.unfit)
        return f"{self.address}: no worker has what this run has\n{wrong}\ninstall the versions of uv.lock there"

    def _differences(self, workers: list[str]) -> dict[str, list[str]]:
        """What each of *workers* has in other versions than this run.

        Asked with functions of the standard library, which Dask sends by name: a worker with another Python could not
        even read ours.
        """
        if not workers:
            return {}
        found: dict[str, list[str]] = {worker: [] for worker in workers}
        for name, here in cluster_worker.installed_versions(self.packages).items():
            call = (platform.python_version,) if name == "python" else (version, name)
            there = self.client.run(*call, workers=workers, on_error="return")
            for worker, said in there.items():
                if isinstance(said, ImportError):
                    said = "not installed"
                if isinstance(said, Exception):
                    found.pop(worker, None)  # it went away, or was busy: asked again when next looked at
                elif said != here and worker in found:
                    found[worker].append(f"{name} is {said} there and {here} here")
        return found

    # ---- tasks -----------------------------------------------------------------------------------

    def _send(self) -> None:
        free = dict(self.threads)
        for flight in self.flights.values():
            if flight.worker in free:
                free[flight.worker] -= 1
        while self.waiting and any(count > 0 for count in free.values()):
            attempts = self.waiting.popleft()
            killers = {worker for worker, _ in attempts.deaths}
            worker = max(free, key=lambda each: (free[each] > 0, each not in killers, free[each]))
            free[worker] -= 1
            self._send_to(worker, attempts)

    def _send_to(self, worker: str, attempts: Attempts) -> None:
        task = attempts.task
        job = {
            "run": self.name,
            "name": task.name,
            "call": task.call,
            "arguments": pickle.dumps(task.arguments),
            "fingerprint": self.fingerprint,
            "packages": self.packages,
            "environment": {name: value for name, value in os.environ.items() if name.startswith("ENTROPY_")},
        }
        attempts.began = attempts.began or time.monotonic()
        key = f"{self.name}-{task.name}-{len(attempts.deaths)}-{uuid.uuid4().hex[:8]}"
        future = self.client.submit(
            _by_value(cluster_worker.run_on_worker),
            self.sources,
            job,
            key=key,
            workers=[worker],
            allow_other_workers=False,
        )
        self.flights[future] = Flight(attempts, worker)
        future.add_done_callback(lambda done: self.messages.put(("done", done)))

    def _landed(self, future: Any, flight: Flight) -> None:
        """A task has come back: with an outcome, or to be tried again."""
        if future.status != "finished":
            self._died(flight, str(future.exception() if future.status == "error" else future.status))
            return
        reply = future.result()
        if "trouble" in reply:
            self._died(flight, reply["trouble"])
        elif reply["answer"] is None:
            self._died(flight, f"its process was ended by {cause(reply['status'])}")
        else:
            seconds = time.monotonic() - (flight.attempts.began or 0.0)
            task = flight.attempts.task
            self._tell(outcome_of(task, reply["answer"], reply["status"], reply["output"], seconds))

    def _died(self, flight: Flight, reason: str) -> None:
        flight.attempts.deaths.append((flight.worker, next(iter(reason.strip().splitlines()), "no reason given")))
        if len(flight.attempts.deaths) < DEATHS:
            self.waiting.appendleft(flight.attempts)
        else:
            self._tell(Outcome(flight.attempts.task, None, TaskKilled(flight.attempts.message())))

    def _tell(self, outcome: Outcome) -> None:
        self.messages.put(("outcome", outcome))


def _by_value(function: Callable[..., Any]) -> Callable[..., Any]:
    """*function* as Dask sends it whole, and not by a name that only the project's folder has."""
    import cloudpickle

    cloudpickle.register_pickle_by_value(cluster_worker)
    copy: Callable[..., Any] = cloudpickle.loads(cloudpickle.dumps(function))
    return copy
