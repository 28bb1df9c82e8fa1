"""Finished pieces of work, stored under a hash of everything that went into them."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from film.errors import FilmError
from scenes.programme import ROOT, Concept

VERSIONED = (
    "manim",
    "av",
    "numpy",
    "scipy",
    "typst",
    "pycairo",
    "pocketsphinx",
    "markdown-it-py",
    "num2words",
)
DONE = "done.json"


def sources(concept: Concept | None) -> list[Path]:
    """Every file of the project that the pictures and the speech of *concept* can reach; of a card, with None."""
    folders = ["infotheory", "narration", "scenes/stage"]
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    found += (ROOT / "assets").rglob("*.*")
    found += [
        ROOT / "scenes" / "cards.py",
        ROOT / "scenes" / "programme.py",
        ROOT / "narration" / "lexicon.txt",
    ]
    found += (ROOT / "film" / name for name in ("scene_job.py", "manim_session.py", "clip_writer.py", "join.py"))
    if concept is not None:
        found += concept.scene_path.parent.glob(f"{concept.name}*.py")
        found += concept.takes_path.glob("*.*")
        found.append(concept.script_path)
    return sorted(path for path in set(found) if path.is_file())


def key_of(inputs: Mapping[str, Any], files: list[Path]) -> str:
    """A hash of *inputs*, the bytes and names of *files*, and the versions of what renders."""
    digest = hashlib.sha256()
    versions = {name: version(name) for name in VERSIONED} | {"python": platform.python_version()}
    digest.update(json.dumps([inputs, versions], sort_keys=True, default=str).encode())
    for path in files:
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(ROOT)} {content}\n".encode())
    return digest.hexdigest()[:32]


class Store:
    """A folder of results; each is a folder that appears whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> Path | None:
        """The result stored under *key*, if it is there and whole."""
        place = self.folder / key
        return place if _is_whole(place) else None

    def put(self, key: str, make: Callable[[Path], None]) -> Path:
        """Let *make* fill an empty folder and store that under *key*; if it raises, nothing remains.

        Raises :class:`FilmError` when the disk is full or the folder cannot be written.
        """
        with self.working_folder() as work:
            result = work / "result"
            result.mkdir()
            make(result)
            sizes = {path.name: path.stat().st_size for path in sorted(result.iterdir())}
            (result / DONE).write_text(json.dumps(sizes), encoding="utf-8")
            place = self.folder / key
            with contextlib.suppress(OSError):
                place.rename(work / "old")
            with contextlib.suppress(OSError):  # another run was first, with the same bytes
                result.rename(place)
            if not _is_whole(place):
                raise FilmError(f"{place}: could not be stored; make room or mend its rights, and run again")
            return place

    @contextlib.contextmanager
    def working_folder(self) -> Iterator[Path]:
        """A temporary folder inside the store, removed in the end."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            work = Path(tempfile.mkdtemp(prefix="work-", dir=self.folder))
        except OSError as error:
            raise FilmError(
                f"{self.folder}: cannot be written ({error.strerror}); make room or mend its rights"
            ) from error
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def sweep(self) -> None:
        """Remove what killed runs left behind."""
        for work in self.folder.glob("work-*"):
            if not os.access(work, os.W_OK) or _is_young(work):
                continue
            shutil.rmtree(work, ignore_errors=True)


def _is_whole(place: Path) -> bool:
    try:
        sizes: dict[str, int] = json.loads((place / DONE).read_text(encoding="utf-8"))
        return all((place / name).stat().st_size == size for name, size in sizes.items())
    except (OSError, ValueError, AttributeError):
        return False


def _is_young(work: Path) -> bool:
    # A folder that another run is using right now has changed within the last hours.
    import time

    return time.time() - work.stat().st_mtime < 6 * 3600
