"""Finished pieces of work, stored under a hash of everything that went into them.

A store is a folder with a folder for each entry: its files, and ``done.json`` with their checksums and what the entry
is. ``done.json`` is written last, and touched with every use.
"""

from __future__ import annotations

import contextlib
import errno
import glob
import hashlib
import json
import os
import secrets
import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from film.atomic import is_alive, sweep_folder
from film.errors import FilmError
from film.store_use import forget_ended, pruning, using

DONE, VALUE = "done.json", "value.json"
_TRIES = 10
_WORK = f"work-{socket.gethostname()}-"
_NO_ENTRY = ("work-", ".")
_DAMAGED = (
    OSError,
    ValueError,
    AttributeError,
    LookupError,
    TypeError,
)  # what reading an entry that is not whole raises


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class About:
    """What an entry is, for whoever looks at a store: a film (or chapter), and a kind of thing made for it."""

    film: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it lies there. *size* is in bytes, *used* is when it was last used, in ns since 1970."""

    folder: Path
    about: About
    size: int
    used: int


@dataclass(frozen=True, slots=True)
class Pruned:
    """What pruning did: entries and bytes removed, bytes left, and bytes among these that runs are using."""

    entries: int
    removed: int
    left: int
    in_use: int


class Store:
    """A folder of results; each is a folder that appears whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> Path | None:
        """The result stored under *key*, if it is there and not a byte of it has changed.

        It stays there for as long as this process runs.
        """
        place = self.folder / key
        return place if self._mark(place) and is_whole(place) else None

    def put(self, key: str, make: Callable[[Path], None], about: About | None = None) -> Path:
        """Let *make* fill an empty folder and store that under *key*; if it raises, nothing remains.

        Raises :class:`FilmError` when the disk is full or the folder cannot be written.
        """
        about = about or About()
        with self.working_folder() as work:
            result = work / "result"
            result.mkdir()
            make(result)
            files = {path.name: file_digest(path) for path in sorted(result.iterdir())}
            contents = {"film": about.film, "kind": about.kind, "files": files}
            (result / DONE).write_text(json.dumps(contents), encoding="utf-8")
            place = self.folder / key
            same = self._mark(place) and is_whole(place)
            if not (same and (place / DONE).read_bytes() == (result / DONE).read_bytes()):
                _move(result, place, aside=work)
            return place

    def remember(self, key: str, value: Any, about: About) -> None:
        """Store something that JSON can hold. Raises :class:`FilmError` as :meth:`put`."""
        self.write(key, VALUE, json.dumps(value, ensure_ascii=False).encode(), about)

    def recall(self, key: str) -> Any:
        """What was remembered under *key*; None if there is nothing."""
        data = self.read(key, VALUE)
        return None if data is None else json.loads(data)

    def write(self, key: str, name: str, data: bytes, about: About) -> None:
        """Store one file called *name*. Raises :class:`FilmError` as :meth:`put`."""

        def make(folder: Path) -> None:
            (folder / name).write_bytes(data)

        self.put(key, make, about)

    def read(self, key: str, name: str) -> bytes | None:
        """A file of the result under *key*, if the very bytes that are returned are those that were stored."""
        place = self.get(key)
        if place is None:
            return None
        try:
            data = (place / name).read_bytes()
            return data if hashlib.sha256(data).hexdigest() == _digests(place)[name] else None
        except _DAMAGED:
            return None

    @contextlib.contextmanager
    def working_folder(self) -> Iterator[Path]:
        """A temporary folder inside the store, removed in the end."""
        # Named before it is made, so that Ctrl-C leaves it behind at no moment.
        work = self.folder.absolute() / f"{_WORK}{os.getpid()}-{secrets.token_hex(4)}"
        try:
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                with using(self.folder):
                    work.mkdir(mode=0o700)
            except OSError as error:
                raise FilmError(
                    f"{self.folder}: cannot be written ({error.strerror}); make room or mend its rights"
                ) from error
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def sweep(self) -> None:
        """Remove what killed runs on this machine left behind."""
        for work in self.leftovers():
            shutil.rmtree(work, ignore_errors=True)
        for folder in (self.folder, *self.folder.glob(".*/")):
            sweep_folder(folder)
        forget_ended(self.folder)

    def leftovers(self) -> list[Path]:
        """The folders of killed runs on this machine; other machines may share the store."""

        def is_left(work: Path) -> bool:
            process = work.name.removeprefix(_WORK).partition("-")[0]
            return process.isdecimal() and not is_alive(int(process))

        return [work for work in self.folder.glob(f"{glob.escape(_WORK)}*") if is_left(work)]

    def entries(self) -> list[Entry]:
        """Everything that is stored, damaged entries included; least recently used first."""
        places = [path for path in self.folder.glob("*") if path.is_dir() and not path.name.startswith(_NO_ENTRY)]
        entries = [entry for place in places if (entry := _entry(place)) is not None]
        return sorted(entries, key=lambda entry: (entry.used, entry.folder.name))

    def prune(self, most: int) -> Pruned:
        """Remove the entries that were not used for longest until at most *most* bytes are left.

        What a running process has used is not removed, however much is left. Raises :class:`FilmError`.
        """
        if not self.folder.is_dir():
            return Pruned(0, 0, 0, 0)
        self.sweep()
        removed: list[Path] = []
        try:
            with pruning(self.folder) as begun:
                entries = self.entries()
                left = total = sum(entry.size for entry in entries)
                for entry in entries:
                    if left <= most or (begun is not None and entry.used >= begun):
                        break
                    # A rename is quick and asks for no room on the disk; what is called so, a sweep removes too.
                    removed.append(entry.folder.rename(self.folder / f"{_WORK}{os.getpid()}-{entry.folder.name}"))
                    left -= entry.size
        except OSError as error:
            raise FilmError(f"{self.folder}: cannot be pruned ({error.strerror}); mend its rights") from error
        for place in removed:
            shutil.rmtree(place, ignore_errors=True)
        in_use = sum(entry.size for entry in entries if begun is not None and entry.used >= begun)
        return Pruned(len(removed), total - left, left, in_use)

    def _mark(self, place: Path) -> bool:
        """Mark an entry as used now; whether it is there."""
        if not (place / DONE).exists():
            return False
        with using(self.folder):
            try:
                os.utime(place / DONE)
            except FileNotFoundError:
                return False
            except OSError:
                return True  # in a store that is only read
            return True


def _move(result: Path, place: Path, aside: Path) -> None:
    """Put *result* where it belongs; what is there goes *aside*, as often as other runs put theirs there."""
    for number in range(_TRIES):
        try:
            with contextlib.suppress(FileNotFoundError):
                place.rename(aside / f"old{number}")
            result.rename(place)
        except OSError as error:
            if error.errno not in (errno.ENOTEMPTY, errno.EEXIST) or number == _TRIES - 1:
                raise FilmError(
                    f"{place}: could not be stored ({error.strerror}); make room or mend its rights, and run again"
                ) from error
        else:
            return


def is_whole(place: Path) -> bool:
    """Whether the entry in a folder holds what was stored, byte by byte."""
    try:
        return all(file_digest(place / name) == digest for name, digest in _digests(place).items())
    except _DAMAGED:
        return False


def _digests(place: Path) -> dict[str, str]:
    """What the files of an entry must be; raises one of _DAMAGED."""
    files: dict[str, str] = json.loads((place / DONE).read_text(encoding="utf-8"))["files"]
    return files


def _entry(place: Path) -> Entry | None:
    """The entry in a folder; None if somebody has just removed it."""
    try:
        size = sum(path.stat().st_size for path in place.iterdir())
        done = place / DONE
        used = (done if done.exists() else place).stat().st_mtime_ns
    except OSError:
        return None
    return Entry(place, _about(done), size, used)


def _about(done: Path) -> About:
    try:
        contents = json.loads(done.read_text(encoding="utf-8"))
        return About(str(contents["film"]), str(contents["kind"]))
    except (OSError, ValueError, LookupError, TypeError):
        return About(kind="damaged")
