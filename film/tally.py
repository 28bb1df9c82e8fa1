"""How far a run of many tasks has come: by film and in all, how fast, and how long it will still take."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from film.task import Task

WINDOW = 15.0  # seconds over which the speed is taken
EARLY = 0.02  # before this share is done, nothing sensible can be said about the rest


@dataclass
class Piece:
    """One task: its *weight* of the whole, and its frames as far as they are known."""

    film: str
    weight: float
    done: int = 0
    in_all: int = 0
    finished: bool = False
    failed: bool = False

    @property
    def share(self) -> float:
        """How much of it is done, from 0 to 1."""
        return 1.0 if self.finished else min(1.0, self.done / self.in_all) if self.in_all else 0.0

    @property
    def runs(self) -> bool:
        """Whether it has begun and not ended."""
        return self.in_all > 0 and not self.finished


@dataclass(frozen=True)
class Share:
    """Of a film or of everything: the *share* done (0 to 1), frames finished, and whether it has begun or ended."""

    share: float
    frames: int
    pieces: int
    finished: int
    failed: int
    runs: bool


def film_of(name: str) -> str:
    """The film that a task named ``film@beats`` belongs to."""
    return name.partition("@")[0]


class Tally:
    """Counts what tasks report. *clock* gives seconds."""

    def __init__(self, tasks: Iterable[Task], clock: Callable[[], float] = time.monotonic) -> None:
        self.pieces = {task.name: Piece(film_of(task.name), task.weight) for task in tasks}
        self.clock = clock
        self.began = clock()
        self._history = deque([(self.began, 0)])
        self._frames = 0

    def report(self, name: str, done: int, in_all: int) -> None:
        """A task has finished *done* frames of *in_all*; fewer than before if it was started again."""
        piece = self.pieces[name]
        self._frames += max(0, done - piece.done)
        piece.done, piece.in_all = done, in_all
        now = self.clock()
        self._history.append((now, self._frames))
        while len(self._history) > 2 and self._history[1][0] < now - WINDOW:
            self._history.popleft()

    def finish(self, name: str, *, failed: bool) -> None:
        """A task has ended."""
        self.pieces[name].finished, self.pieces[name].failed = True, failed

    def of_film(self, film: str) -> Share:
        """How far *film* has come."""
        return _share([piece for piece in self.pieces.values() if piece.film == film])

    def overall(self) -> Share:
        """How far everything has come."""
        return _share(list(self.pieces.values()))

    def running(self) -> list[str]:
        """The films that something is rendered of right now."""
        return list(dict.fromkeys(piece.film for piece in self.pieces.values() if piece.runs))

    def frames_per_second(self) -> float:
        """Frames finished a second, of late."""
        (since, before), now = self._history[0], self.clock()
        return (self._frames - before) / (now - since) if now > since else 0.0

    def elapsed(self) -> float:
        """Seconds since the beginning."""
        return self.clock() - self.began

    def remaining(self) -> float | None:
        """Seconds that the rest takes at the speed so far; None while that is not known."""
        share = self.overall().share
        return self.elapsed() * (1 - share) / share if share >= EARLY else None


def _share(pieces: list[Piece]) -> Share:
    weight = sum(piece.weight for piece in pieces)
    return Share(
        share=sum(piece.share * piece.weight for piece in pieces) / weight if weight else 1.0,
        frames=sum(piece.done for piece in pieces),
        pieces=len(pieces),
        finished=sum(piece.finished for piece in pieces),
        failed=sum(piece.failed for piece in pieces),
        runs=any(piece.runs for piece in pieces),
    )
