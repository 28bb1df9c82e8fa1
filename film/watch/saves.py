"""Tells when files of the project are saved."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from watchfiles import watch

FOLDERS = ("scenes", "narration", "infotheory", "assets", "film")
_STEP, _LONGEST = 25, 400  # milliseconds: of quiet before a save is told, and until it is told anyway
_POLL = 200  # milliseconds between looks where the system does not tell


class Saves:
    """Calls *told* from a thread of its own after each save in the folders of *root*, until closed."""

    def __init__(self, root: Path, told: Callable[[], None], folders: Sequence[str] = FOLDERS) -> None:
        self._folders = [root / folder for folder in folders if (root / folder).is_dir()]
        self._told, self._stop = told, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True, name="saves")
        self._thread.start()

    def close(self) -> None:
        """Watch no more."""
        self._stop.set()
        self._thread.join(2)

    def _watch(self) -> None:
        try:
            self._follow(force_polling=None)
        except OSError:  # the system tells nothing here, or has too many others to tell
            self._follow(force_polling=True)

    def _follow(self, *, force_polling: bool | None) -> None:
        for _ in watch(
            *self._folders,
            stop_event=self._stop,
            step=_STEP,
            debounce=_LONGEST,
            force_polling=force_polling,
            poll_delay_ms=_POLL,
            rust_timeout=500,
            raise_interrupt=False,
        ):
            self._told()
