"""Finished pieces of work, stored under a hash of everything that went into them."""

from __future__ import annotations

import contextlib
import errno
import glob
import hashlib
import json
import os
import platform
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from film.atomic import is_alive
from film.errors import FilmError
from scenes.programme import ROOT, Concept

VERSIONED = (
    "manim",
    "av",
    "espeakng-loader",
    "numpy",
    "scipy",
    "typst",
    "pycairo",
    "pocketsphinx",
    "markdown-it-py",
    "num2words",
)
DONE = "done.json"
_TRIES = 10
_WORK = f"work-{socket.gethostname()}-"


def sources(concept: Concept | None) -> dict[str, Path]:
    """Every file that the pictures and the speech of *concept* can reach, by its name in the project; of a card,
    with None.
    """
    folders = ["infotheory", "narration", "scenes/stage"]
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    found += (ROOT / "assets").rglob("*.*")
    found += (ROOT / "scenes" / "cards.py", ROOT / "narration" / "lexicon.txt")
    found += (ROOT / "film" / name for name in ("scene_job.py", "manim_session.py", "clip_writer.py", "join.py"))
    files = {path.relative_to(ROOT).as_posix(): path for path in found}
    if concept is not None:
        own = [concept.scene_path, concept.script_path, *concept.takes_path.glob("*.*")]
        own += concept.scene_path.parent.glob(f"{concept.name}_*.py")
        files |= {path.relative_to(concept.root).as_posix(): path for path in own}
    return {name: path for name, path in files.items() if path.is_file()}


def key_of(inputs: Mapping[str, Any], files: Mapping[str, Path]) -> str:
    """A hash of *inputs*, the names and bytes of *files*, the theme, and the versions of what renders."""
    versions = {name: version(name) for name in VERSIONED} | {"python": platform.python_version()}
    theme = os.environ.get("ENTROPY_THEME", "")
    contents = {name: file_digest(path) for name, path in files.items()}
    everything = json.dumps([inputs, versions, theme, contents], sort_keys=True, default=str)
    return hashlib.sha256(everything.encode()).hexdigest()[:32]


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Store:
    """A folder of results; each is a folder that appears whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> Path | None:
        """The result stored under *key*, if it is there and not a byte of it has changed."""
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
            contents = {path.name: file_digest(path) for path in sorted(result.iterdir())}
            (result / DONE).write_text(json.dumps(contents), encoding="utf-8")
            place = self.folder / key
            if not (_is_whole(place) and (place / DONE).read_bytes() == (result / DONE).read_bytes()):
                _move(result, place, aside=work)
            return place

    @contextlib.contextmanager
    def working_folder(self) -> Iterator[Path]:
        """A temporary folder inside the store, removed in the end."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            work = Path(tempfile.mkdtemp(prefix=f"{_WORK}{os.getpid()}-", dir=self.folder))
        except OSError as error:
            raise FilmError(
                f"{self.folder}: cannot be written ({error.strerror}); make room or mend its rights"
            ) from error
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def sweep(self) -> None:
        """Remove what killed runs on this machine left behind; other machines may share the folder."""
        for work in self.folder.glob(f"{glob.escape(_WORK)}*"):
            process = work.name.removeprefix(_WORK).partition("-")[0]
            if process.isdecimal() and not is_alive(int(process)):
                shutil.rmtree(work, ignore_errors=True)


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


def _is_whole(place: Path) -> bool:
    try:
        contents: dict[str, str] = json.loads((place / DONE).read_text(encoding="utf-8"))
        return all(file_digest(place / name) == digest for name, digest in contents.items())
    except (OSError, ValueError, AttributeError):
        return False
