"""How far a task has come, told to whoever runs it; nobody listens when it is run by itself."""

from __future__ import annotations

from collections.abc import Callable

Listener = Callable[[int, int], None]

_listener: Listener | None = None


def report(done: int, in_all: int) -> None:
    """Say that *done* frames of *in_all* are finished."""
    if _listener is not None:
        _listener(done, in_all)


def report_to(listener: Listener | None) -> None:
    """Have every later :func:`report` of this process go to *listener*."""
    global _listener
    _listener = listener
