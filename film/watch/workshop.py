"""What is rendered after the last frame is shown: the watched beat as a clip, then the film. All of it can be ended."""

from __future__ import annotations

import contextlib
import tempfile
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from film.atomic import sweep_folder
from film.fork_server import Child, Ended, ForkServer, Progress, ServerGone
from film.scene_job import SceneJob
from film.share_out import frames_of, shared_out
from film.store import Store
from film.watch.making import BEAT_CALL, FILM_CALL, RENDER_CALL, Wanted
from scenes.programme import ROOT


@dataclass(frozen=True)
class Step:
    """A call of :mod:`film.watch.making`."""

    call: str
    wanted: Wanted


@dataclass(frozen=True)
class Made:
    """A clip (or the whole film) is finished."""

    beat: str
    video: Path


@dataclass(frozen=True)
class Rendering:
    """So much of a beat (or of the whole film) is rendered."""

    beat: str
    share: float


@dataclass(frozen=True)
class Failed:
    """A clip (or the film) cannot be made."""

    beat: str
    error: Exception


class Workshop:
    """The processes that render, each stage after the one before it."""

    def __init__(self, store: Store, work: Path, workers: int, server: ForkServer) -> None:
        self.store, self.work, self.workers, self.server = store, work, workers, server
        self._stages: deque[list[Step]] = deque()
        self._running: dict[Child, tuple[Step, tempfile.TemporaryDirectory[str]]] = {}
        self._ended_early: dict[Child, tuple[Step, tempfile.TemporaryDirectory[str]]] = {}
        self._frames: dict[Child, int] = {}
        self._all_frames = 0

    def begin(self, film: Wanted, beat: Wanted) -> None:
        """Make *beat*, then *film*; *film* holds the keys of all beats."""
        self.cancel()
        keys = film.keys
        missing = tuple(name for name, key in keys.items() if self.store.get(key) is None and name not in beat.keys)
        job = replace(film.job, beats=missing)
        shares = shared_out([job], self.workers) if missing else []
        renders = [Step(RENDER_CALL, _share_of(film, share)) for share in shares]
        # No more at once than there are processors.
        rows = [renders[i : i + self.workers] for i in range(0, len(renders), self.workers)]
        self._stages.extend([[Step(BEAT_CALL, beat)], *rows, [Step(FILM_CALL, film)]])
        self._next_stage()

    def without_film(self) -> None:
        """Make no film: one of its beats cannot be played."""
        self._stages.clear()

    def cancel(self) -> None:
        """End everything now; what the processes leave behind is removed when they have ended."""
        self._stages.clear()
        for child in self._running:
            with contextlib.suppress(ServerGone):
                self.server.kill(child)
        self._ended_early |= self._running
        self._running = {}

    def heard(self, event: Progress | Ended) -> Iterator[Made | Rendering | Failed]:
        """What *event* of one of its processes means."""
        if isinstance(event, Progress):
            if event.child in self._running:
                self._frames[event.child] = event.done
                done = sum(self._frames.values())
                yield Rendering(_beat(self._running[event.child][0]), min(1.0, done / max(1, self._all_frames)))
            return
        if event.child in self._ended_early:
            self._tidy(*self._ended_early.pop(event.child))
            return
        if event.child not in self._running:
            return
        step, folder = self._running.pop(event.child)
        folder.cleanup()
        try:
            result = event.result()
        except Exception as error:
            self._tidy(step, folder)
            self.cancel()
            yield Failed(_beat(step), error)
            return
        if step.call != RENDER_CALL:
            yield Made(_beat(step), result)
        if not self._running:
            self._next_stage()

    def lost(self) -> None:
        """The server has ended, and all its processes with it."""
        self.cancel()
        for step, folder in self._ended_early.values():
            self._tidy(step, folder)
        self._ended_early.clear()

    def _next_stage(self) -> None:
        self._frames.clear()
        stage = self._stages.popleft() if self._stages else []
        self._all_frames = sum(step.wanted.frames for step in stage)
        for step in stage:
            folder = tempfile.TemporaryDirectory(dir=self.work, ignore_cleanup_errors=True)
            child = self.server.start(step.call, (step.wanted,), root=ROOT, folder=Path(folder.name))
            self._running[child] = step, folder

    def _tidy(self, step: Step, folder: tempfile.TemporaryDirectory[str]) -> None:
        folder.cleanup()
        self.store.sweep()
        sweep_folder(step.wanted.out, *step.wanted.targets)


def _share_of(film: Wanted, share: SceneJob) -> Wanted:
    keys = {name: film.keys[name] for name in share.beats or ()}
    return replace(film, job=share, keys=keys, frames=frames_of(share))


def _beat(step: Step) -> str:
    """The beat that a step is about; nothing for the film."""
    return ",".join(step.wanted.keys) if step.call == BEAT_CALL else ""
