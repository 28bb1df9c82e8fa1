"""Many tasks at once on this machine: a process for a core, longest work first, within the memory there is."""

from __future__ import annotations

import contextlib
import os
import signal
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from film.fork_server import Child, Ended, ForkServer, Progress, ServerGone, cause, printed
from film.memory import available_memory, memory_of, physical_memory
from film.own_server import own_server, server_of
from film.stopping import terminated_like_interrupted, undisturbed
from film.task import MEGABYTE, Outcome, Report, Task, TaskKilled, heaviest_first, outcome_of
from scenes.programme import ROOT

WorkingFolder = Callable[[], AbstractContextManager[Path]]
_LOOK_AGAIN = 0.5  # seconds until memory is looked at again
_SERVERS = 3  # that may end before this gives up
_ENDING = 1.0  # seconds for children to end when the run stops


@contextlib.contextmanager
def running(
    tasks: Sequence[Task],
    *,
    workers: int | None = None,
    server: ForkServer | None = None,
    working_folder: WorkingFolder | None = None,
    report: Report | None = None,
    root: Path = ROOT,
) -> Iterator[Iterator[Outcome]]:
    """Run *tasks*, *workers* at a time (default: one a core); yields an iterator of outcomes, each as it is known.

    A failure does not stop the others. A task whose process was killed is tried once more, with nothing beside it.
    When the block ends, for whatever reason (Ctrl-C and SIGTERM too), nothing of it runs any more and the folders
    that *working_folder* opened, one a task, are closed. *server* runs the tasks (default: the one that
    :func:`film.own_server.server_of` finds). Raises :class:`ServerGone` when servers keep ending.
    """
    schedule = Schedule(tasks, workers or os.cpu_count() or 1, server, working_folder or _temporary, report, root)
    with terminated_like_interrupted():
        try:
            yield schedule.outcomes()
        finally:
            with undisturbed():
                schedule.stop()


def done_elsewhere(task: Task, *, server: ForkServer | None = None, working_folder: WorkingFolder | None = None) -> Any:
    """What *task* returns, done by a process of its own; raises what it raises. What it prints is printed.

    For the others see :func:`running`.
    """
    with running([task], server=server, working_folder=working_folder) as outcomes:
        (outcome,) = outcomes
    if outcome.output:
        click.echo(outcome.output.rstrip(), err=True)
    return result_or_error(outcome)


def result_or_error(outcome: Outcome) -> Any:
    """The result of *outcome*; raises its error, which bears the traceback of the process it comes from."""
    if outcome.error is None:
        return outcome.result
    if outcome.traceback:
        outcome.error.add_note(outcome.traceback)
    raise outcome.error


@dataclass
class Run:
    """A task that runs, and what ends with it."""

    task: Task
    folder: Path
    closing: ExitStack
    started: float
    tried_before: bool


class Schedule:
    """The state of one :func:`running`."""

    def __init__(
        self,
        tasks: Sequence[Task],
        workers: int,
        server: ForkServer | None,
        working_folder: WorkingFolder,
        report: Report | None,
        root: Path,
    ) -> None:
        self.waiting = deque(heaviest_first(list(tasks)))
        self.alone: deque[Task] = deque()  # their processes were killed beside others
        self.workers, self.working_folder, self.report, self.root = workers, working_folder, report, root
        self.server, self.servers_lost = server or server_of(root), 0
        self.runs: dict[Child, Run] = {}

    def outcomes(self) -> Iterator[Outcome]:
        """Start what may start, and yield what ends, until nothing is left."""
        while self.waiting or self.alone or self.runs:
            try:
                self._start_some()
                events = self.server.events(_LOOK_AGAIN if self.waiting else None)
            except ServerGone:
                yield from self._replace_server()
                continue
            for event in events:
                if isinstance(event, Progress):
                    if self.report is not None:
                        self.report(self.runs[event.child].task.name, event.done, event.in_all)
                    continue
                outcome = self._outcome(event)
                if outcome is not None:
                    yield outcome

    def stop(self) -> None:
        """End everything now, and leave nothing behind."""
        if not self._kill_all():
            self.server.close()  # which ends everything, too
        for run in self.runs.values():
            run.closing.close()
        self.runs.clear()

    def _kill_all(self) -> bool:
        """End the children but not the server; False if it does not do as told."""
        deadline = time.monotonic() + _ENDING
        with contextlib.suppress(Exception):  # Ctrl-C may have torn a message in two
            for child in self.server.children.values():
                self.server.kill(child)
            while self.server.children and time.monotonic() < deadline:
                self.server.events(deadline - time.monotonic())
        return not self.server.children

    def _start_some(self) -> None:
        while self.waiting and len(self.runs) < self.workers and self._fits(self.waiting[0]):
            self._start(self.waiting.popleft(), tried_before=False)
        if self.alone and not self.runs:
            self._start(self.alone.popleft(), tried_before=True)

    def _fits(self, task: Task) -> bool:
        """Whether there is memory for *task* beside what the running ones will still take; one may always run."""
        if not self.runs:
            return True
        available = available_memory()
        if available is None:
            return physical_memory() >= task.memory + sum(run.task.memory for run in self.runs.values())
        growing = sum(
            max(0, run.task.memory - (memory_of(child.pid) if child.pid else 0)) for child, run in self.runs.items()
        )
        return available - growing >= task.memory

    def _start(self, task: Task, *, tried_before: bool) -> None:
        with ExitStack() as stack:
            folder = stack.enter_context(self.working_folder())
            child = self.server.start(task.call, task.arguments, root=self.root, folder=folder)
            self.runs[child] = Run(task, folder, stack.pop_all(), time.monotonic(), tried_before)

    def _outcome(self, event: Ended) -> Outcome | None:
        run = self.runs.pop(event.child)
        with run.closing:
            output = printed(run.folder)
        if event.answer is None and not run.tried_before:
            self.alone.append(run.task)
            return None
        seconds = time.monotonic() - run.started
        if event.answer is None:
            return Outcome(run.task, None, _killed(run.task, event.status), output=output, seconds=seconds)
        return outcome_of(run.task, event.answer, event.status, output, seconds)

    def _replace_server(self) -> Iterator[Outcome]:
        """What ran on a server that has ended was killed with it."""
        self.server.close()
        self.servers_lost += 1
        if self.servers_lost > _SERVERS:
            raise ServerGone("the process that starts all others keeps ending, perhaps for want of memory; run again")
        self.server = own_server(self.root)
        lost = list(self.runs.values())
        self.runs.clear()
        for run in lost:
            with run.closing:
                output = printed(run.folder)
            if run.tried_before:
                yield Outcome(run.task, None, _killed(run.task, -signal.SIGKILL), output=output)
            else:
                self.alone.append(run.task)


def _killed(task: Task, status: int) -> TaskKilled:
    memory = available_memory()
    left = f" ({memory / MEGABYTE:.0f} MB are free now)" if memory is not None else ""
    return TaskKilled(
        f"{task.name}: its process was ended twice, the second time by {cause(status)} with nothing beside it;"
        f" perhaps for want of memory{left}: close other programs or choose a lower quality, and run again"
    )


@contextlib.contextmanager
def _temporary() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield Path(folder)
