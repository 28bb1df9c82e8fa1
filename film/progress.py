"""One view of the progress of many tasks: bars on a terminal, now and then a line elsewhere."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence

from rich.console import Console, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table

from film.tally import Share, Tally, film_of
from film.task import Outcome, Task

FIRST_LINE, LONGEST = 10.0, 60.0  # seconds between lines without a terminal, at first and at last
BAR_WIDTH = 30


class ProgressView:
    """Shows how *tasks* advance, as a context manager; :meth:`report` and :meth:`finished` may come from any thread.

    Everything goes to standard error. A terminal has bars for the films that are being rendered; a file or a pipe
    gets a line for each finished film and a line of the whole now and then.
    """

    def __init__(
        self,
        tasks: Sequence[Task],
        *,
        console: Console | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.console = console or Console(stderr=True)
        self.lock = threading.RLock()
        self.tally = Tally(tasks, clock)
        self.live: Live | None = None
        self._pause, self._last = FIRST_LINE, clock()

    def __enter__(self) -> ProgressView:
        if self.console.is_terminal:
            self.live = Live(console=self.console, get_renderable=self._bars, transient=True, refresh_per_second=4)
            self.live.start()
        return self

    def __exit__(self, *exception: object) -> None:
        if self.live is not None:
            self.live.stop()

    def report(self, name: str, done: int, in_all: int) -> None:
        """A task has finished *done* frames of *in_all*."""
        with self.lock:
            self.tally.report(name, done, in_all)
            now = self.tally.clock()
            if self.live is None and now - self._last >= self._pause:
                self._last, self._pause = now, min(LONGEST, self._pause * 1.5)
                self.note(self._line())

    def finished(self, outcome: Outcome) -> None:
        """A task has ended; what it printed is shown, and its film, if this was the last of it."""
        with self.lock:
            name = outcome.task.name
            self.tally.finish(name, failed=outcome.error is not None)
            if outcome.output:
                self.note(f"{name} printed:\n{outcome.output.rstrip()}")
            if outcome.error is not None:
                self.note(f"{name}: failed")
            film = self.tally.of_film(film_of(name))
            if film.finished == film.pieces and not film.failed:
                frames = f", {film.frames} frames" if film.frames else ""
                self.note(f"{film_of(name)}: done{frames} ({_percent(self.tally.overall())} of everything)")

    def note(self, text: str) -> None:
        """Say something above the bars."""
        self.console.print(text, markup=False, highlight=False, soft_wrap=True)

    def _bars(self) -> RenderableType:
        with self.lock:
            table = Table.grid(padding=(0, 2))
            for film in self.tally.running():
                share = self.tally.of_film(film)
                table.add_row(film, _bar(share), _percent(share), f"{share.frames} frames")
            overall = self.tally.overall()
            table.add_row("everything", _bar(overall), _percent(overall), self._speed())
            return table

    def _line(self) -> str:
        films = ", ".join(f"{film} {_percent(self.tally.of_film(film))}" for film in self.tally.running())
        return f"{_percent(self.tally.overall())} of everything, {self._speed()}{f' ({films})' if films else ''}"

    def _speed(self) -> str:
        remaining = self.tally.remaining()
        left = f"about {in_words(remaining)} left" if remaining is not None else "starting"
        return f"{self.tally.frames_per_second():.0f} frames/s, {left}"


def _bar(share: Share) -> ProgressBar:
    return ProgressBar(total=1.0, completed=share.share, width=BAR_WIDTH)


def _percent(share: Share) -> str:
    return f"{100 * share.share:.0f} %"


def in_words(seconds: float) -> str:
    """``40 s``, ``3 min 20 s`` or ``1 h 5 min``."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
