"""The process that forks a child for every task, so that none of them waits for Manim's import.

It imports the heavy packages once and none of the project's modules: a child imports those from the project's folder
after the fork, so an edited source is never stale. :mod:`film.fork_server` starts this file as a script and speaks to
it. Standard library only.

On macOS forking is safe here too: no thread runs in this process, and none of the packages is used before the fork.
"""

from __future__ import annotations

import argparse
import contextlib
import faulthandler
import fcntl
import functools
import gc
import hashlib
import importlib
import io
import json
import os
import pickle
import random
import secrets
import signal
import socket
import sys
import sysconfig
import tempfile
import threading
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, answer_challenge, deliver_challenge, wait
from pathlib import Path
from typing import Any

HEAVY = (
    *("numpy", "scipy.fft", "scipy.integrate", "scipy.interpolate", "scipy.linalg", "scipy.ndimage", "scipy.optimize"),
    *("scipy.signal", "scipy.sparse", "scipy.spatial", "scipy.special", "scipy.stats"),
    *("av", "PIL.Image", "PIL.ImageDraw", "PIL.ImageFont", "cairo", "manimpango", "pathops", "typst", "manim"),
    *("click", "markdown_it", "networkx", "num2words", "pocketsphinx", "pydub", "pyloudnorm", "rich.progress"),
)
KEY, ADDRESS, SOCKET, LOCK = "authkey", "server.json", "socket", "lock"


def identity(root: Path) -> dict[str, str]:
    """What a run and a server must have in common: project, interpreter, installed packages and this file."""
    installed = {
        f"{each.name} {each.stat().st_mtime_ns}"
        for place in ("purelib", "platlib")
        for each in Path(sysconfig.get_path(place)).glob("*.dist-info")
    }
    return {
        "root": str(root.resolve()),
        "python": f"{sys.version} {sys.prefix} {os.path.realpath(sys.executable)}",
        "packages": hashlib.sha256("\n".join(sorted(installed)).encode()).hexdigest(),
        "loop": hashlib.sha256(Path(__file__).read_bytes()).hexdigest(),
    }


@dataclass(frozen=True)
class Child:
    """A running task: whose it is, and what its client calls it."""

    client: Connection
    number: int


class Loop:
    """Serves clients until there is nobody left to serve; *listener* lets new ones in."""

    def __init__(self, who: dict[str, str], idle: float, listener: socket.socket | None, key: bytes) -> None:
        self.who, self.idle, self.listener, self.key = who, idle, listener, key
        self.clients: list[Connection] = []
        self.children: dict[int, Child] = {}
        self.stopped = False
        self.woken, self.waker = socket.socketpair()
        # Closes when this process ends, however it ends; the children watch it.
        self.alive_read, self.alive_write = os.pipe()
        for end in (self.woken, self.waker):
            end.setblocking(False)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the run's to handle
        signal.signal(signal.SIGTERM, self._stop)
        signal.set_wakeup_fd(self.waker.fileno(), warn_on_full_buffer=False)

    def welcome(self, client: Connection) -> None:
        """Serve *client* from now on."""
        self.clients.append(client)
        self._tell(client, ("ready", self.who))

    def serve(self) -> None:
        """Work until told to stop, idle for too long, or, without a listener, deserted."""
        busy = time.monotonic()
        while not self.stopped and (self.clients or self.listener):
            if self.children:
                busy = time.monotonic()
            left = busy + self.idle - time.monotonic()
            if left <= 0:
                break
            sources: list[Any] = [*self.clients, self.woken, *([self.listener] if self.listener else [])]
            for source in wait(sources, min(left, 60.0)):
                if source is self.woken:
                    with contextlib.suppress(BlockingIOError):
                        self.woken.recv(4096)
                elif source is self.listener:
                    self._let_in()
                elif source in self.clients:
                    self._serve_one(source)
            self._reap()
        for pid in self.children:
            _kill(pid)
        for pid in self.children:
            os.waitpid(pid, 0)

    def _stop(self, *signal_and_frame: object) -> None:
        self.stopped = True

    def _let_in(self) -> None:
        assert self.listener is not None
        accepted, _ = self.listener.accept()
        client = Connection(accepted.detach())
        try:
            deliver_challenge(client, self.key)
            answer_challenge(client, self.key)
        except Exception:  # a stranger, or one that went away
            client.close()
        else:
            self.welcome(client)

    def _serve_one(self, client: Connection) -> None:
        try:
            what, *more = client.recv()
            if what == "run":
                number, request = more
                self._fork(client, number, request, Connection(_received(client)))
            elif what == "connect":
                self.welcome(Connection(_received(client)))
            elif what == "kill":
                for pid in [pid for pid, child in self.children.items() if child == Child(client, more[0])]:
                    _kill(pid)
            elif what == "stop":
                self.stopped = True
        except (EOFError, OSError):
            self._forget(client)

    def _forget(self, client: Connection) -> None:
        self.clients.remove(client)
        client.close()
        for pid in [pid for pid, child in self.children.items() if child.client is client]:
            _kill(pid)

    def _fork(self, client: Connection, number: int, request: dict[str, Any], channel: Connection) -> None:
        pid = os.fork()
        if pid == 0:
            try:
                os.setpgid(0, 0)
                self._let_go()
                work(request, channel, self.alive_read)
            finally:
                os._exit(70)  # whatever happens, a child never goes on with the loop
        with contextlib.suppress(OSError):  # both do it, and whoever is first wins
            os.setpgid(pid, pid)
        channel.close()
        self.children[pid] = Child(client, number)
        self._tell(client, ("started", number, pid))

    def _let_go(self) -> None:
        """In a child: keep nothing open whose closing tells somebody that this process has ended."""
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGCHLD, signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        for connection in self.clients:
            connection.close()
        for end in (self.woken, self.waker, self.listener):
            if end is not None:
                end.close()
        os.close(self.alive_write)

    def _reap(self) -> None:
        for pid in list(self.children):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if not ended:
                continue
            _kill(pid)  # what it started and left behind
            child = self.children.pop(pid)
            self._tell(child.client, ("ended", child.number, os.waitstatus_to_exitcode(status)))

    def _tell(self, client: Connection, message: tuple[Any, ...]) -> None:
        with contextlib.suppress(OSError):  # one that went away is noticed by its silence
            client.send(message)


def _received(client: Connection) -> int:
    """The file descriptor that follows a message."""
    with socket.socket(fileno=os.dup(client.fileno())) as wire:
        _, (descriptor, *_), _, _ = socket.recv_fds(wire, 1, 1)
    os.set_inheritable(descriptor, False)
    return descriptor


def _kill(pid: int) -> None:
    """End a child and everything it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


# ---- in a child ----------------------------------------------------------------------------------


def work(request: dict[str, Any], channel: Connection, alive: int) -> None:
    """Do what *request* says, tell *channel* how it went, and end this process."""
    threading.Thread(target=_end_with_others, args=(channel, alive), daemon=True).start()
    try:
        _settle(request)
        result = _call(request, channel)
        answer: tuple[Any, ...] = ("result", pickle.dumps(result))
    except BaseException as error:
        answer = ("error", _pickled(error), traceback.format_exc())
    with contextlib.suppress(OSError, ValueError):
        sys.stdout.flush()
        sys.stderr.flush()
    with contextlib.suppress(OSError):
        channel.send(answer)
    os._exit(0)


def _end_with_others(channel: Connection, alive: int) -> None:
    # The client sends nothing more, so a sign of either is its end, or the server's.
    wait([channel, alive])
    os.killpg(0, signal.SIGKILL)


def _settle(request: dict[str, Any]) -> None:
    """Take on the client's environment and folders; output goes to a file, and chance begins anew."""
    output = os.open(request["output"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for stream in (1, 2):
        os.dup2(output, stream)
    os.close(output)
    for text in (sys.stdout, sys.stderr):
        if isinstance(text, io.TextIOWrapper):
            text.reconfigure(line_buffering=True)  # a killed child's words are not lost
    faulthandler.enable()
    sys.path.insert(0, request["root"])
    importlib.invalidate_caches()
    from film.job_environment import ENVIRONMENT

    os.environ.clear()
    os.environ.update(request["environment"] | ENVIRONMENT)
    os.chdir(request["cwd"])
    tempfile.tempdir = None
    random.seed(0)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(0)


def _call(request: dict[str, Any], channel: Connection) -> Any:
    from film.reporting import report_to

    report_to(lambda done, in_all: channel.send(("progress", done, in_all)))
    module, _, name = request["call"].partition(":")
    function = functools.reduce(getattr, name.split("."), importlib.import_module(module))
    return function(*pickle.loads(request["arguments"]))  # type: ignore[operator]


def _pickled(error: BaseException) -> bytes | None:
    """*error* for the client to raise, if it survives the way there."""
    try:
        data = pickle.dumps(error)
        pickle.loads(data)
    except Exception:
        return None
    return data


# ---- the process ---------------------------------------------------------------------------------


def main() -> None:
    """Serve the one client of a run, or everybody who can read the key in a folder."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", type=Path, required=True)
    parser.add_argument("--idle", type=float, default=float("inf"))
    parser.add_argument("--client", type=int)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    who = identity(options.root)
    if options.folder is None:
        loop = Loop(who, options.idle, None, b"")
        _import_heavy()
        loop.welcome(Connection(options.client))
        loop.serve()
        return
    if os.fork():
        os._exit(0)
    os.setsid()
    with _only_one(options.folder) as may:
        if may:
            _clear(options.folder)
            _import_heavy()
            _listen(options.folder, who, options.idle)


def _import_heavy() -> None:
    for name in HEAVY:
        with contextlib.suppress(Exception):  # the task that needs it will say what is wrong
            importlib.import_module(name)
    gc.collect()
    gc.freeze()  # so that a child's collections do not touch, and thereby copy, all of this


@contextlib.contextmanager
def _only_one(folder: Path) -> Iterator[bool]:
    """Hold the folder's lock while serving; whether it was free."""
    with (folder / LOCK).open("a") as lock:
        for _ in range(20):  # a client that looks whether there is a server holds it for a moment
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(0.05)
            else:
                yield True
                return
        yield False


def _clear(folder: Path) -> None:
    """Remove what a killed server left: nobody must take it for this one's."""
    for name in (ADDRESS, SOCKET, KEY):
        (folder / name).unlink(missing_ok=True)
    for left in folder.glob(".*.partial"):
        left.unlink(missing_ok=True)


def _listen(folder: Path, who: dict[str, str], idle: float) -> None:
    key, place = secrets.token_bytes(32), folder / SOCKET
    _write_whole(folder / KEY, key)  # before anybody can knock
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(place))
        listener.listen(64)
        loop = Loop(who, idle, listener, key)
        _write_whole(folder / ADDRESS, json.dumps({"pid": os.getpid()}).encode())
        try:
            loop.serve()
        finally:
            place.unlink(missing_ok=True)
            (folder / ADDRESS).unlink(missing_ok=True)


def _write_whole(target: Path, data: bytes) -> None:
    """Write a file that only this user can read; under its name there is all of it or nothing."""
    partial = target.with_name(f".{target.name}.partial")
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(target)


if __name__ == "__main__":
    main()
