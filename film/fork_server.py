"""Children of a process that has imported Manim: each starts in milliseconds instead of seconds.

:func:`private_server` starts such a process for one run; it ends with the run, even if that is killed.
:mod:`film.warm_server` keeps one in the background for later runs.

Standard library only, and nothing of the project but two modules by their relative names: a cluster's worker loads
this package under another name.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from .errors import FilmError
from .job_environment import ENVIRONMENT

OUTPUT = "output.txt"  # what a child prints, in its folder
_OUTPUT_KEPT = 1 << 16  # bytes of it that are worth showing
_START = 60.0  # seconds for a server's start
LOOP = Path(__file__).with_name("fork_loop.py")


class ServerGone(FilmError):
    """The server has ended; what it ran has ended with it."""


@dataclass(eq=False)
class Child:
    """A call that runs in a process of its own."""

    number: int
    channel: Connection
    theirs: socket.socket | None
    pid: int | None = None
    answer: tuple[Any, ...] | None = None


@dataclass(frozen=True)
class Progress:
    """A child has finished *done* frames of *in_all*."""

    child: Child
    done: int
    in_all: int


@dataclass(frozen=True)
class Ended:
    """A child has ended, and with it all that it started.

    *answer* is ``("result", pickle)`` or ``("error", pickle or None, traceback)``; None if it was killed. *status* is
    its exit code, or minus the number of the signal that killed it.
    """

    child: Child
    answer: tuple[Any, ...] | None
    status: int

    def result(self) -> Any:
        """What the call returned; raises what it raised, or :class:`ChildFailed`."""
        return result_of(self.answer, self.status)


class ChildFailed(FilmError):
    """A call ended without a result, or with an exception that cannot leave its process."""


def result_of(answer: tuple[Any, ...] | None, status: int) -> Any:
    """What a call returned that ended with *answer* and *status*; raises what it raised, or :class:`ChildFailed`."""
    if answer is None:
        raise ChildFailed(f"its process was ended by {cause(status)}")
    kind, data, *text = answer
    if kind == "result":
        return pickle.loads(data)
    if data is None:
        raise ChildFailed(text[0].strip().splitlines()[-1])
    error: BaseException = pickle.loads(data)
    raise error


def traceback_of(answer: tuple[Any, ...] | None) -> str:
    """Where a call raised, in the child; else empty."""
    return answer[2] if answer is not None and answer[0] == "error" else ""


def cause(status: int) -> str:
    """What ended a process, in words."""
    return f"signal {signal.Signals(-status).name}" if status < 0 else f"exit code {status}"


@dataclass(eq=False)
class ForkServer:
    """A client's side of a server: starts calls and says what becomes of them. For one thread."""

    control: Connection
    process: subprocess.Popen[bytes] | None = None
    identity: dict[str, str] | None = None
    children: dict[int, Child] = field(default_factory=dict)
    _number: int = 0

    def start(
        self,
        call: str,
        arguments: tuple[Any, ...],
        *,
        root: Path,
        folder: Path,
        pickled: bytes | None = None,
        cwd: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Child:
        """Call ``module:function`` of the project in *root* with *arguments* (or *pickled* ones).

        *folder* holds its temporary files, and its output in :data:`OUTPUT`. It has this process's environment and
        current folder, unless *environment* and *cwd* say otherwise. Raises :class:`ServerGone`.
        """
        mine, theirs = socket.socketpair()
        self._number += 1
        child = Child(self._number, Connection(mine.detach()), theirs)
        request = {
            "call": call,
            "arguments": pickled if pickled is not None else pickle.dumps(arguments),
            "root": str(root),
            "cwd": str(cwd or Path.cwd()),
            "output": str(folder / OUTPUT),
            "environment": dict(os.environ) | dict(environment or {}) | {"TMPDIR": str(folder)},
        }
        self.send_message(("run", child.number, request), theirs)
        self.children[child.number] = child
        return child

    def connect(self) -> ForkServer:
        """Another client of the same server, for another thread."""
        mine, theirs = socket.socketpair()
        with theirs:
            self.send_message(("connect",), theirs)
            other = ForkServer(Connection(mine.detach()))
            other.greet()  # only now has the server its end
            return other

    def kill(self, child: Child) -> None:
        """End *child* and everything it started; its end is told as any other."""
        self.send_message(("kill", child.number))

    def events(self, timeout: float | None = None) -> list[Progress | Ended]:
        """What has happened since the last call; waits up to *timeout* seconds for something to happen.

        Raises :class:`ServerGone`.
        """
        open_channels = {child.channel: child for child in self.children.values() if not child.channel.closed}
        ready = wait([self.control, *open_channels], timeout)
        found: list[Progress | Ended] = []
        for channel in ready:
            if channel is not self.control:
                assert isinstance(channel, Connection)
                found += self._heard(open_channels[channel])
        if self.control in ready:
            found += self._told()
        return found

    def close(self) -> None:
        """Leave the server; what still runs for this client is killed. A private server ends within a moment."""
        if self.control.closed:
            return
        still_importing = self.identity is None and not self.control.poll()
        with contextlib.suppress(OSError):
            self.control.close()
        if self.process is not None:
            if still_importing:
                self.process.kill()  # it has no children, and would notice only in a second
            try:
                self.process.wait(1)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        for child in self.children.values():
            _close(child)
        self.children.clear()

    def __enter__(self) -> ForkServer:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def send_message(self, message: tuple[Any, ...], *sockets: socket.socket) -> None:
        """Say something to the server, and hand it *sockets*. Raises :class:`ServerGone`."""
        try:
            self.control.send(message)
            if sockets:
                with socket.socket(fileno=os.dup(self.control.fileno())) as wire:
                    socket.send_fds(wire, [b"+"], [each.fileno() for each in sockets])
        except OSError as error:
            raise ServerGone("the server has ended") from error

    def greet(self) -> None:
        """Wait until the server says who it is. Raises :class:`ServerGone`."""
        if not self.control.poll(_START):
            raise ServerGone("the server does not answer")
        self._told()

    def _told(self) -> list[Progress | Ended]:
        try:
            what, *more = self.control.recv()
        except (EOFError, OSError) as error:
            raise ServerGone("the server has ended") from error
        if what == "ready":
            self.identity = more[0]
        elif what == "started":
            child = self.children[more[0]]
            child.pid = more[1]
            if child.theirs is not None:
                child.theirs.close()  # not before it has arrived, which some systems need
                child.theirs = None
        elif what == "ended":
            return self._ended(self.children[more[0]], more[1])
        return []

    def _heard(self, child: Child) -> list[Progress | Ended]:
        """One message of *child*."""
        try:
            message = child.channel.recv()
        except (EOFError, OSError):
            child.channel.close()
            return []
        if message[0] == "progress":
            return [Progress(child, message[1], message[2])]
        child.answer = message
        return []

    def _ended(self, child: Child, status: int) -> list[Progress | Ended]:
        found: list[Progress | Ended] = []
        while not child.channel.closed and child.channel.poll():
            found += self._heard(child)
        del self.children[child.number]
        _close(child)
        return [*found, Ended(child, child.answer, status)]


def _close(child: Child) -> None:
    child.channel.close()
    if child.theirs is not None:
        child.theirs.close()


def printed(folder: Path) -> str:
    """What a child whose *folder* this is has printed; of very much, the end."""
    try:
        with (folder / OUTPUT).open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - _OUTPUT_KEPT))
            return file.read().decode("utf-8", "replace")
    except OSError:
        return ""


def private_server(root: Path, *, idle: float | None = None) -> ForkServer:
    """Start a server for this process alone; returns at once, while the server imports.

    It ends with this process, even if that is killed; and, with *idle*, after so many seconds without work.
    """
    mine, theirs = socket.socketpair()
    with theirs:
        command = [sys.executable, "-P", str(LOOP), "--root", str(root), "--client", str(theirs.fileno())]
        command += ["--idle", str(idle)] if idle is not None else []
        process = subprocess.Popen(
            command,
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=os.environ | ENVIRONMENT,
            process_group=0,
        )
    return ForkServer(Connection(mine.detach()), process)
