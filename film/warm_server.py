"""A server that stays: started in the background, it serves later runs of the same project.

It answers only to processes of the same user that can read the key in its folder.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from multiprocessing.connection import Connection, answer_challenge, deliver_challenge
from pathlib import Path

from film.errors import FilmError
from film.fork_loop import ADDRESS, KEY, LOCK, SOCKET, identity
from film.fork_server import LOOP, ForkServer, ServerGone
from film.job_environment import ENVIRONMENT

LONGEST_ADDRESS = 100  # bytes; what every system's socket addresses hold
_PATIENCE = 5.0  # seconds for an answer
_START = 60.0  # seconds for a start


class ServerRefused(FilmError):
    """A server cannot be started; the message names the remedy."""


def server_folder(root: Path) -> Path:
    """Where the warm server of the project in *root* is found, unless another folder is asked for."""
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    place = Path(runtime) if runtime and Path(runtime).is_dir() else Path(tempfile.gettempdir())
    return place / f"entropy-{os.getuid()}-{hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:12]}"


def start_server(folder: Path, root: Path, *, idle: float = 1800.0) -> ForkServer:
    """A server in the background, the one that runs there if it fits; it ends after *idle* seconds without work.

    Raises :class:`ServerRefused`.
    """
    _make_private(folder)
    _wait_for_start(folder)
    found = warm_server(folder, root)
    if found is not None:
        return found
    stop_server(folder)  # it has other packages than this run
    with (folder / "log.txt").open("w", encoding="utf-8") as log:
        subprocess.run(
            [sys.executable, "-P", LOOP, "--root", root, "--folder", folder, "--idle", str(idle)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
            env=os.environ | ENVIRONMENT,
            cwd=root,
            check=False,
        )
    deadline = time.monotonic() + _START
    while time.monotonic() < deadline:
        found = warm_server(folder, root)
        if found is not None:
            return found
        time.sleep(0.05)
    raise ServerRefused(f"the server in {folder} did not start; {folder / 'log.txt'} may say why")


def warm_server(folder: Path, root: Path) -> ForkServer | None:
    """The server that waits in *folder*, if it has this interpreter, these packages and this project."""
    if not (folder / ADDRESS).exists():
        return None
    if not _is_locked(folder):  # killed before it could clean up
        for name in (ADDRESS, SOCKET):
            (folder / name).unlink(missing_ok=True)
        return None
    server = _knock(folder)
    if server is not None and server.identity != identity(root):
        server.close()
        return None
    return server


def stop_server(folder: Path) -> bool:
    """End the server in *folder* and what it runs; whether there was one."""
    if not _is_locked(folder):
        return False
    _wait_for_start(folder)
    server = _knock(folder)
    if server is not None:
        with server, contextlib.suppress(ServerGone):
            server.send_message(("stop",))
            _wait_for_end(folder)
    if _is_locked(folder):
        with contextlib.suppress(ProcessLookupError):
            os.kill(_pid(folder), signal.SIGKILL)  # its children end with it
        _wait_for_end(folder)
    return True


def _wait_for_start(folder: Path) -> None:
    """If a server is about to start in *folder*, wait until it can be found."""
    deadline = time.monotonic() + _PATIENCE
    while _is_locked(folder) and not (folder / ADDRESS).exists() and time.monotonic() < deadline:
        time.sleep(0.02)


def _wait_for_end(folder: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while _is_locked(folder) and time.monotonic() < deadline:
        time.sleep(0.02)


def _pid(folder: Path) -> int:
    try:
        return int(json.loads((folder / ADDRESS).read_text(encoding="utf-8"))["pid"])
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise ServerRefused(
            f"{folder}: a server runs that neither answers nor says which process it is; find it with "
            f"`fuser {folder / LOCK}` and end it"
        ) from error


def _make_private(folder: Path) -> None:
    if len(os.fsencode(folder / SOCKET)) > LONGEST_ADDRESS:
        raise ServerRefused(f"{folder}: too long a path for a socket; choose a shorter one")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = folder.lstat()
    if not folder.is_dir() or folder.is_symlink() or status.st_uid != os.getuid():
        raise ServerRefused(f"{folder}: is not a folder of yours; move it away or choose another")
    folder.chmod(0o700)


def _is_locked(folder: Path) -> bool:
    try:
        with (folder / LOCK).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _knock(folder: Path) -> ForkServer | None:
    """A client of the server in *folder*; None if it does not let this process in."""
    status = folder.stat()
    if status.st_uid != os.getuid() or status.st_mode & 0o077:
        return None
    wire = socket.socket(socket.AF_UNIX)
    try:
        wire.connect(str(folder / SOCKET))
    except OSError:
        wire.close()
        return None
    server = ForkServer(Connection(wire.detach()))
    try:
        if not server.control.poll(_PATIENCE):
            raise ServerGone("the server does not answer")
        key = (folder / KEY).read_bytes()
        answer_challenge(server.control, key)
        deliver_challenge(server.control, key)
        server.greet()
    except Exception:
        server.close()
        return None
    return server
