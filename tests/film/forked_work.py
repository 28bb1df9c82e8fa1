"""What tests have other processes do."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from film.reporting import report


class Unsendable(Exception):
    """An exception that no pickle holds."""

    def __init__(self, one: int, other: int) -> None:
        super().__init__(f"{one} and {other}")
        self.hold = lambda: one


def square(number: int) -> int:
    return number * number


def fail(message: str) -> None:
    raise ValueError(message)


def fail_unsendable() -> None:
    raise Unsendable(1, 2)


def return_unsendable() -> Any:
    return lambda: 1


def leave() -> None:
    sys.exit("gone")


def describe() -> dict[str, Any]:
    """Where and how this process runs."""
    import manim
    import numpy as np

    return {
        "pid": os.getpid(),
        "group": os.getpgid(0),
        "tempdir": tempfile.gettempdir(),
        "cwd": os.getcwd(),  # noqa: PTH109  as a string
        "seed": os.environ["PYTHONHASHSEED"],
        "hash": hash("entropy"),
        "random": float(np.random.random()),
        "variable": os.environ.get("ENTROPY_TRIAL"),
        "manim": manim.__file__,
    }


def count(frames: int) -> int:
    for frame in range(1, frames + 1):
        report(frame, frames)
    return frames


def say(text: str) -> None:
    print(text)
    print(text, file=sys.stderr)


def big(size: int) -> bytes:
    return bytes(size)


def span(log: str, name: str, meeting: int) -> None:
    """Note when this began, wait until *meeting* such calls have begun, and note when this ended."""
    with Path(log).open("a") as file:
        file.write(f"{name} begins\n")
    for _ in range(1000):
        if Path(log).read_text().count("begins") >= meeting:
            break
        time.sleep(0.01)
    time.sleep(0.03)
    with Path(log).open("a") as file:
        file.write(f"{name} ends\n")


def wait_for(note: str, path: str) -> str:
    """Wait until there is a file."""
    Path(note).touch()
    while not Path(path).exists():
        time.sleep(0.01)
    return "seen"


def die(log: str) -> None:
    with Path(log).open("a") as file:
        file.write("died\n")
    os.kill(os.getpid(), signal.SIGKILL)


def die_once(log: str) -> str:
    if not Path(log).exists():
        die(log)
    return "survived"


def crash() -> None:
    print("last words")
    ctypes.string_at(0)


def sleep_with_helper(note: str, seconds: float = 60.0) -> None:
    """Sleep beside a process of its own; *note* gets the numbers of both."""
    helper = subprocess.Popen([sys.executable, "-c", f"import time; time.sleep({seconds})"])
    Path(note).with_suffix(".partial").write_text(f"{os.getpid()} {helper.pid}")
    Path(note).with_suffix(".partial").rename(note)
    time.sleep(seconds)


def leave_helper(note: str) -> None:
    """End without ending what was started."""
    helper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    Path(note).write_text(f"{os.getpid()} {helper.pid}")
