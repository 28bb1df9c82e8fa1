"""Files appear whole or not at all: written beside their target under another name, then renamed into place.

A run that is killed leaves at most a hidden ``.partial`` file, which the next run for the same target
removes.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from film.errors import FilmError
from film.no_space import free_space, is_disk_full

_HOST = socket.gethostname()
# As partial_beside makes them; other machines may share a folder.
_PARTIAL = re.compile(
    rf"\.(?P<stem>.+)\.{re.escape(_HOST)}-(?P<process>\d+)-[0-9a-f]+\.partial(?P<suffix>.*)", re.DOTALL
)


@contextmanager
def replacing(target: Path) -> Iterator[Path]:
    """Yield a path to write; it becomes *target* when the block ends well and is removed when it does not.

    The yielded path has the suffix of *target* and lies in the same folder, which is made if it is missing.
    Raises :class:`FilmError` for a full disk or a folder that cannot be written; other errors pass through.
    """
    if _final(target) != target:  # already the partial file of a caller, who renames and explains
        yield target
        return
    with replacing_all([target]) as (partial,):
        yield partial


@contextmanager
def replacing_all(targets: Sequence[Path]) -> Iterator[tuple[Path, ...]]:
    """Like :func:`replacing` for files that belong together: none is renamed before all are written.

    The renames follow each other, so a crash between them leaves old and new files, each of them whole.
    """
    with _explained(targets):
        for target in targets:
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.is_dir():
                raise FilmError(f"{target}: is a folder, and a file should go there; move it away")
            sweep_folder(target.parent, target)
        partials = tuple(partial_beside(target) for target in targets)
        try:
            yield partials
            for partial in partials:
                _flush(partial)
            for partial, target in zip(partials, targets, strict=True):
                partial.replace(target)
        finally:
            for partial in partials:
                partial.unlink(missing_ok=True)


@contextmanager
def replacing_folder(target: Path, *, known_by: str = "*") -> Iterator[Path]:
    """Yield an empty folder; it takes the place of the folder *target*, and of all in it, when the block ends well.

    The old folder goes aside in one rename and the new one comes in another, so nobody ever sees half of either. When
    the block raises, the old one stays. Raises :class:`FilmError` as :func:`replacing` does, and for a folder in which
    nothing has a name like *known_by*: it is somebody's own.
    """
    target = target.resolve()
    with _explained([target]):
        target.parent.mkdir(parents=True, exist_ok=True)
        if target.exists() and not target.is_dir():
            raise FilmError(f"{target}: is a file, and a folder should go there; move it away")
        if target.exists() and any(target.iterdir()) and not any(target.glob(known_by)):
            raise FilmError(
                f"{target}: is not what was made here before, and a new folder should go there; move it away"
            )
        sweep_folder(target.parent, target)
        partial, aside = partial_beside(target), partial_beside(target)
        try:
            partial.mkdir()
            yield partial
            for path in partial.rglob("*"):
                if path.is_file():
                    _flush(path)
            if target.exists():
                target.rename(aside)
            try:
                partial.rename(target)
            except OSError:
                if aside.exists():
                    aside.rename(target)
                raise
        finally:
            for left in (partial, aside):
                shutil.rmtree(left, ignore_errors=True)


def ensure_space(target: Path, size: int) -> None:
    """Raise :class:`FilmError` now if *size* bytes will not fit, rather than after minutes of work."""
    folder = next(p for p in target.absolute().parents if p.exists())
    if shutil.disk_usage(folder).free < size:
        raise FilmError(f"{_no_space(target, folder)} (about {size / 1e6:.1f} MB are needed)")


@contextmanager
def _explained(targets: Sequence[Path]) -> Iterator[None]:
    """Turn a full disk or a closed folder into a message for people (PyAV's errors carry an errno, too)."""
    try:
        yield
    except FilmError:
        raise
    except Exception as error:
        if is_disk_full(error):
            raise FilmError(_no_space(targets[0], targets[0].parent)) from error
        read_only = getattr(error, "errno", None) == errno.EROFS
        if read_only or isinstance(error, (PermissionError, NotADirectoryError, FileExistsError)):
            where = getattr(error, "filename", None) or targets[0]
            raise FilmError(
                f"{where}: cannot be written ({error}); change its rights or choose another folder"
            ) from error
        raise


def _no_space(target: Path, folder: Path) -> str:
    return f"{_final(target)}: no space left on the disk, {free_space(folder)}; make room and run again"


def _final(path: Path) -> Path:
    """What *path* will be called if it is a partial file of this machine, else *path*."""
    partial = _PARTIAL.fullmatch(path.name)
    return path.with_name(partial["stem"] + partial["suffix"]) if partial else path


def partial_beside(target: Path) -> Path:
    """A hidden name in the folder of *target* for what is not whole yet; it says which machine and process writes."""
    mark = f"{_HOST}-{os.getpid()}-{secrets.token_hex(4)}"
    return target.with_name(f".{target.stem}.{mark}.partial{target.suffix}")


def sweep_folder(folder: Path, *targets: Path) -> None:
    """Remove what killed runs on this machine left half-written in *folder*: of *targets*, or of everything.

    What cannot be removed stays.
    """
    names = {target.name for target in targets}
    for left in folder.glob(".*.partial*"):
        partial = _PARTIAL.fullmatch(left.name)
        if partial and not is_alive(int(partial["process"])) and (not names or _final(left).name in names):
            with suppress(OSError):
                shutil.rmtree(left) if left.is_dir() else left.unlink()


def is_alive(process: int) -> bool:
    """Whether a process of this machine runs."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        # A killed process stays listed until its parent asks for it; it runs no more.
        state = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return True
    return state[:1] != ["Z"]


def _flush(path: Path) -> None:
    """Have the bytes on the disk before the name changes; a disk may be full only now."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
