"""A limit on the time of an input: what hangs fails, rather than keeping everybody waiting."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

#: Far beyond what any input needs, however busy the machine is.
SECONDS = 60


class Hang(BaseException):
    """The input takes for ever; no reader's own handling of errors may swallow this."""


@contextmanager
def limited() -> Iterator[None]:
    """Raise :class:`Hang` in the block after a minute of it (in the main thread of a process)."""

    def stop(*_: object) -> None:
        raise Hang(f"not finished after {SECONDS} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
