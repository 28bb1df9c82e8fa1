"""A piece of work for a process of its own, here or on another machine, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from film.errors import FilmError
from film.fork_server import result_of, traceback_of

MEGABYTE = 1 << 20
# Called with a task's name, the frames it has finished, and its frames in all.
Report = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Task:
    """Call ``module:function`` with *arguments*, which are pickled, as is what it returns.

    Progress is counted by *name*, so no two tasks should share one; ``film@beat`` belongs to a film.

    *weight* is how much work it is, in any unit that all tasks share (frames do well); *memory* is how many bytes it
    needs.
    """

    name: str
    call: str
    arguments: tuple[Any, ...] = ()
    weight: float = 1.0
    memory: int = 400 * MEGABYTE


@dataclass(frozen=True)
class Outcome:
    """What a task returned, or the *error* that it ended with; its *traceback*, and all that it printed."""

    task: Task
    result: Any = None
    error: Exception | None = None
    traceback: str = ""
    output: str = ""
    seconds: float = field(default=0.0, compare=False)


class TaskKilled(FilmError):
    """A task's process was killed, and killed again; the message names the task and what to do."""


def heaviest_first(tasks: list[Task]) -> list[Task]:
    """The order to start in: with the longest work last, all others would wait for it."""
    return sorted(tasks, key=lambda task: -task.weight)


def outcome_of(task: Task, answer: tuple[Any, ...] | None, status: int, output: str, seconds: float) -> Outcome:
    """What became of *task*, whose process ended with *answer* and *status* (see :class:`film.fork_server.Ended`).

    Raises KeyboardInterrupt if that is not the task's, but of somebody who stops this run.
    """
    try:
        return Outcome(task, result_of(answer, status), output=output, seconds=seconds)
    except BaseException as error:
        told = traceback_of(answer)
        if isinstance(error, KeyboardInterrupt) and not told:
            raise
        # A call that wants to end its process has failed, too.
        failed = error if isinstance(error, Exception) else RuntimeError(f"{type(error).__name__}: {error}")
        return Outcome(task, None, failed, told, output, seconds)
