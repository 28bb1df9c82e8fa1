"""What is known of the watched film at one moment, for the page and for the terminal."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from film.watch.finding import Finding

_PICTURES_KEPT = 200  # of a film's beats, a few versions each


@dataclass
class BeatView:
    """A beat in the strip: its last frame, and whether that is still to be drawn again."""

    name: str
    title: str
    picture: str = ""
    changed: bool = False
    waiting: bool = True


@dataclass
class View:
    """The state that is shown. For the thread that changes it; others read through :class:`Board`."""

    film: str
    title: str = ""
    state: str = "starting"
    busy: bool = True
    watched: str = ""
    chosen: str = ""
    beats: list[BeatView] = field(default_factory=list)
    script: list[str] = field(default_factory=list)
    script_line: int = 0
    picture: str = ""
    picture_of: str = ""
    after: str = ""  # how long after the save it came
    drawn: int = 0  # how often the watched beat has been drawn
    clip: str = ""
    clip_of: str = ""
    whole: str = ""
    findings: list[Finding] = field(default_factory=list)

    def beat(self, name: str) -> BeatView | None:
        """The beat of that name."""
        return next((beat for beat in self.beats if beat.name == name), None)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return vars(self) | {
            "beats": [vars(beat).copy() for beat in self.beats],
            "script": list(self.script),
            "findings": [finding.as_dict() for finding in self.findings],
        }


class Board:
    """Where the state is put up for readers in other threads, with the pictures and videos that it names."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state: dict[str, Any] = {}
        self._version = 0
        self._pictures: dict[str, bytes] = {}
        self._videos: dict[str, Path] = {}
        self._listeners: list[Callable[[], None]] = []

    def show(self, view: View) -> None:
        """Put up *view*, and tell everybody who listens."""
        with self._lock:
            self._state, self._version = view.as_dict(), self._version + 1
            listeners = list(self._listeners)
        for listener in listeners:
            listener()

    def read(self) -> tuple[int, dict[str, Any]]:
        """The state and its number."""
        with self._lock:
            return self._version, self._state

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Have *listener* called, from any thread, when there is something new; returns what ends that."""
        with self._lock:
            self._listeners.append(listener)

        def end() -> None:
            with self._lock:
                self._listeners.remove(listener)

        return end

    def keep_picture(self, png: bytes) -> str:
        """Keep a picture; returns the name under which it is found."""
        name = hashlib.sha256(png).hexdigest()[:24]
        with self._lock:
            self._pictures.pop(name, None)
            self._pictures[name] = png  # the last to be forgotten
            while len(self._pictures) > _PICTURES_KEPT:
                self._pictures.pop(next(iter(self._pictures)))
        return name

    def picture(self, name: str) -> bytes | None:
        """A picture that was kept."""
        with self._lock:
            return self._pictures.get(name)

    def keep_video(self, path: Path) -> str:
        """Keep the place of a video; returns the name under which it is found, a new one for new bytes."""
        status = path.stat()
        told = f"{path} {status.st_ino} {status.st_size} {status.st_mtime_ns}"
        name = hashlib.sha256(told.encode()).hexdigest()[:24]
        with self._lock:
            self._videos[name] = path
        return name

    def video(self, name: str) -> Path | None:
        """The place of a video that was kept."""
        with self._lock:
            return self._videos.get(name)
