"""Waiting for other processes: until something is so, or long enough."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from film.atomic import is_alive


def wait_until(condition: Callable[[], Any], seconds: float = 30.0) -> Any:
    """What *condition* says as soon as it says something."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        found = condition()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError("waited in vain")


def processes_noted(note: Path) -> list[int]:
    """The processes of a task that notes them."""
    wait_until(note.exists)
    return [int(word) for word in note.read_text().split()]


def all_gone(processes: list[int]) -> bool:
    """Whether none of them runs any more."""
    return not any(is_alive(process) for process in processes)
