"""Which runs use a store, so that pruning takes nothing from under them.

Every run holds a lock on a file of its own in ``<store>/.uses``, made before it first uses the store; the system lets
go of the lock when the run ends, however it ends. What was used since the oldest of these files was made may be in use;
what was not, is not. A second lock, ``<store>/.lock``, makes marking an entry as used and taking one away exclude each
other: it is shared and held for microseconds by runs, and exclusive to whoever prunes.
"""

from __future__ import annotations

import atexit
import contextlib
import fcntl
import glob
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path

LOCK, USES = ".lock", ".uses"

_HELD: dict[tuple[str, int], int] = {}  # locks of this process by store; they are held until it ends


@contextlib.contextmanager
def using(folder: Path) -> Iterator[None]:
    """Within the block nothing is pruned, and after it nothing that was marked as used since: not while this runs.

    A store that cannot be written has no locks; it cannot be pruned either.
    """
    with contextlib.ExitStack() as stack:
        with contextlib.suppress(OSError):
            stack.enter_context(_locked(folder / LOCK, fcntl.LOCK_SH))
            _hold(folder / USES)
        yield


@contextlib.contextmanager
def pruning(folder: Path) -> Iterator[int | None]:
    """Within the block no entry is marked as used. Yields when the oldest run began that is using the store (ns), or
    None if none is. Raises OSError.
    """
    with _locked(folder / LOCK, fcntl.LOCK_EX):
        begun = [run.stat().st_mtime_ns for run in sorted((folder / USES).glob("*")) if _is_running(run)]
        yield min(begun, default=None)


def forget_ended(folder: Path) -> None:
    """Remove the files of this machine's runs and workers that have ended; a worker, or who is killed, leaves its own.

    Nothing happens in a store that cannot be written.
    """
    mine = f"{glob.escape(socket.gethostname())}-*"
    with contextlib.suppress(OSError):
        if next((folder / USES).glob(mine), None) is None:
            return
        with _locked(folder / LOCK, fcntl.LOCK_EX):  # nobody is between making a file and locking it
            for run in (folder / USES).glob(mine):
                _is_running(run)


@contextlib.contextmanager
def _locked(path: Path, kind: int) -> Iterator[None]:
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        fcntl.flock(handle, kind)
        yield
    finally:
        os.close(handle)


def _hold(folder: Path) -> None:
    """Hold a lock for as long as this process runs."""
    held = str(folder.absolute()), os.getpid()
    if held in _HELD:
        return
    folder.mkdir(exist_ok=True)
    path = folder / f"{socket.gethostname()}-{os.getpid()}-{time.time_ns()}"
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
    fcntl.flock(handle, fcntl.LOCK_EX)
    _HELD[held] = handle
    atexit.register(_let_go, path, os.getpid())


def _let_go(path: Path, process: int) -> None:
    if process == os.getpid():  # not in a fork of it
        path.unlink(missing_ok=True)
        with contextlib.suppress(OSError), pruning(path.parents[1]):
            pass  # which removes the files of forks, as these end without a word


def _is_running(run: Path) -> bool:
    """Whether the process that made this file runs; if not, the file is removed."""
    handle = os.open(run, os.O_RDWR)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        run.unlink()
        return False
    finally:
        os.close(handle)
