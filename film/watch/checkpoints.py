"""The watcher's side of the processes that wait at the starts of a film's beats (:mod:`film.watch.running`)."""

from __future__ import annotations

import contextlib
import shutil
import socket
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from film.fork_server import Child, ForkServer
from film.quality import Quality
from film.watch.finding import Finding
from film.watch.messages import Begun, Go, Message, Outdated, Played, Ready, Refused, Surroundings
from film.watch.patch import Patch, patch_between_beats, stale_modules
from film.watch.snapshot import Snapshot, kept_beats

CALL = "film.watch.running:wait_with_film"
_BACKLOG = 64
_ENDED = "the process that played the film was ended, perhaps for want of memory; close other programs and save again"
_PATIENCE = 10.0  # seconds for a new connection to say what it is


@dataclass(frozen=True)
class Waiting:
    """A process that waits: it has played so many beats of *snapshot* (None: it has only imported the film)."""

    link: Connection
    snapshot: Snapshot
    played: int | None


class Checkpoints:
    """The waiting processes of one film, and the one that plays."""

    def __init__(self, film: str, quality: Quality, folder: Path, kept: Path, server: ForkServer) -> None:
        self.server, self.folder = server, folder
        self._home = tempfile.TemporaryDirectory(prefix="entropy-watch-")  # a socket's path must be short
        address = str(Path(self._home.name) / "socket")
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(address)
        self._listener.listen(_BACKLOG)
        self.surroundings = Surroundings(film, quality, address, folder / "playing", kept)
        self._waiting: list[Waiting] = []
        self._line: Connection | None = None
        self._child: Child | None = None
        self._snapshot: Snapshot | None = None
        self._generation = 0

    def sources(self) -> list[Connection | socket.socket]:
        """What to wait for before :meth:`heard`."""
        return [self._listener, *(each.link for each in self._waiting), *([self._line] if self._line else [])]

    @property
    def child(self) -> Child | None:
        """The first of the processes, as the server knows it."""
        return self._child

    def go(self, snapshot: Snapshot, generation: int, watched: int) -> int | None:
        """Play the film of *snapshot*, at the latest from beat number *watched* on; ends what was playing.

        Returns how many beats need not be played; None if not even the stage is set, or nothing has been imported.
        """
        self._hang_up()
        self._snapshot, self._generation = snapshot, generation
        for place in (self.folder / "playing").glob("texts-*"):
            shutil.rmtree(place, ignore_errors=True)  # of processes that were ended
        for waiting in sorted(self._waiting, key=_played, reverse=True):
            patch = self._patch(waiting, snapshot, watched)
            if patch is None:
                continue
            self._forget([each for each in self._waiting if _is_behind(each, waiting)])
            if self._send(waiting, Go(generation, patch, _digests(snapshot))):
                return waiting.played
        self._start(snapshot, generation)
        return None

    def stop(self) -> None:
        """End the process that plays; those that wait go on waiting."""
        self._hang_up()
        self._generation = -1
        if self._waiting:
            last = max(self._waiting, key=_played)  # its child is the one that plays
            with contextlib.suppress(OSError):
                last.link.send(None)

    def heard(self, ready: Sequence[object]) -> list[Message]:
        """What the processes say, as far as it is about the last generation; *ready* is what waiting for
        :meth:`sources` found.
        """
        found: list[Message] = []
        if self._line is not None and self._line in ready:
            found += self._next(self._line)
        for waiting in [each for each in self._waiting if each.link in ready]:
            self._forget([waiting])  # it says nothing more, so it has ended
        if self._listener in ready:
            found += self._let_in()
        return found

    def ended(self) -> None:
        """The first of the processes has ended, and all others with it."""
        self._hang_up()
        self._forget(self._waiting)
        self._child = None

    def close(self) -> None:
        """Hang up: every process ends."""
        self.ended()
        self._listener.close()
        self._home.cleanup()

    # ---- details -----------------------------------------------------------------------------------

    def _patch(self, waiting: Waiting, snapshot: Snapshot, watched: int) -> Patch | None:
        """How *waiting* can go on with *snapshot*, if it can."""
        before = waiting.snapshot
        if before.engine != snapshot.engine:
            return None
        if waiting.played is None:
            return Patch(forgotten=stale_modules(before, snapshot))
        kept = kept_beats(before.inputs, snapshot.inputs)
        if kept is None or waiting.played > min(kept, watched):
            return None
        return patch_between_beats(before, snapshot, waiting.played)

    def _send(self, waiting: Waiting, go: Go) -> bool:
        try:
            waiting.link.send(go)
        except OSError:
            self._forget([waiting])
            return False
        return True

    def _start(self, snapshot: Snapshot, generation: int) -> None:
        """Start the first process; it plays as soon as it has imported the film."""
        if self._child is not None:
            self.server.kill(self._child)
        self._forget(self._waiting)
        self.surroundings.folder.mkdir(exist_ok=True)
        arguments = (self.surroundings, generation, _digests(snapshot))
        self._child = self.server.start(CALL, arguments, root=snapshot.concept.root, folder=self.surroundings.folder)

    def _let_in(self) -> list[Message]:
        accepted, _ = self._listener.accept()
        link = Connection(accepted.detach())
        try:
            message = link.recv() if link.poll(_PATIENCE) else None
        except (EOFError, OSError):
            message = None
        if isinstance(message, Outdated):
            self._child = None
            return [message]
        generation = getattr(message, "generation", None)
        if generation != self._generation or self._snapshot is None:
            link.close()
        elif isinstance(message, Begun):
            self._line = link
        elif isinstance(message, Ready):
            waiting = Waiting(link, self._snapshot, message.played)
            self._waiting.append(waiting)
            if message.played is None:
                self._send(waiting, Go(self._generation, Patch(), _digests(self._snapshot)))
            return [message]
        return []

    def _next(self, line: Connection) -> list[Message]:
        try:
            message: Message = line.recv()
        except (EOFError, OSError):
            self._hang_up()
            return [Refused((Finding(_ENDED),))]
        if isinstance(message, Refused | Played | Outdated):
            self._hang_up()
        return [message]

    def _hang_up(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def _forget(self, some: list[Waiting]) -> None:
        for waiting in some:
            waiting.link.close()
        self._waiting = [waiting for waiting in self._waiting if waiting not in some]


def _played(waiting: Waiting) -> int:
    return -1 if waiting.played is None else waiting.played


def _is_behind(one: Waiting, other: Waiting) -> bool:
    """Whether *one* is a child of *other*, or of a child of it."""
    return _played(one) > _played(other)


def _digests(snapshot: Snapshot) -> dict[str, str]:
    script = snapshot.concept.script_path.relative_to(snapshot.concept.root).as_posix()
    return snapshot.digests([*sorted(snapshot.modules), script])
