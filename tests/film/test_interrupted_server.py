"""A warm server killed at any moment of its start or its end: half a file is never taken for whole, the next starts."""

from __future__ import annotations

import json
import os
import pathlib
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from film import fork_loop
from film.warm_server import warm_server
from scenes.programme import ROOT

from .waiting import wait_until

TRACED = (fork_loop.__file__, pathlib.__file__)
WHO = fork_loop.identity(ROOT)


@pytest.fixture
def folder() -> Iterator[Path]:
    """A short path, as sockets need."""
    with tempfile.TemporaryDirectory(dir="/tmp") as made:
        place = Path(made) / "server"
        place.mkdir(mode=0o700)
        yield place


def served(folder: Path, idle: float, last_line: int = 0) -> int:
    """Serve in a process of its own, which is killed when so many lines of code have begun; which process."""
    pid = os.fork()
    if pid == 0:
        with suppress(BaseException):
            if last_line:
                sys.settrace(_killer(last_line))
            with fork_loop._only_one(folder) as may:
                assert may
                fork_loop._clear(folder)
                fork_loop._listen(folder, WHO, idle)
            os._exit(0)
        os._exit(1)
    return pid


def _killer(last_line: int) -> Any:
    lines = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal lines
        if frame.f_code.co_filename not in TRACED:
            return None
        lines += event == "line"
        if lines == last_line:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    return trace


def ending(pid: int) -> int:
    """Wait for a process; how it ended."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def check_whole(folder: Path) -> frozenset[str]:
    """Assert that under each name there is all of a file; what is there."""
    names = frozenset(path.name for path in folder.iterdir())
    if "authkey" in names:
        assert len((folder / "authkey").read_bytes()) == 32
        assert (folder / "authkey").stat().st_mode & 0o077 == 0
    if "server.json" in names:
        assert json.loads((folder / "server.json").read_text(encoding="utf-8")).keys() == {"pid"}
    return names


def check_starts(folder: Path) -> None:
    """Assert that the next server is found and lets this process in, and that nothing half-written is left."""
    pid = served(folder, 20.0)
    found = wait_until(lambda: warm_server(folder, ROOT))
    found.close()
    assert {path.name for path in folder.iterdir()} == {"authkey", "lock", "server.json", "socket"}
    os.kill(pid, signal.SIGTERM)
    assert ending(pid) == 0


def test_a_server_killed_at_any_line_leaves_whole_files_and_the_next_one_starts(folder: Path) -> None:
    seen: set[frozenset[str]] = set()
    line = 0
    while True:
        line += 1
        ended = ending(served(folder, 0.0, line))
        names = check_whole(folder)
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
        assert warm_server(folder, ROOT) is None
        if names not in seen:  # the same files as before are the same start
            check_starts(folder)
        seen.add(names)
    assert line > 50
    key, address, place = "authkey", "server.json", "socket"
    moments = ({"lock"}, {"lock", ".authkey.partial"}, {"lock", key, place}, {"lock", key, place, address})
    assert {frozenset(names) for names in moments} <= seen
