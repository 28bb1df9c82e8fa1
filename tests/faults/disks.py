"""Disks that are full or only read."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from .spoiling import pieces, spoil
from .trial import FILMS, Ran, Trial, Unrecovered

_BLOCK = 4096


def fill_disk(trial: Trial, random: Random) -> str | None:
    """A disk with next to no room left, while things are rendered and composed."""
    if not trial.mounted:
        return None
    spoil(trial, random)
    ballast = trial.root / "ballast"
    status = os.statvfs(trial.root)
    keep = random.choice((0, random.randrange(16), random.randrange(160)))  # blocks
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(1, status.f_bavail - keep) * _BLOCK)
    try:
        ran = trial.run(*FILMS)
    finally:
        ballast.unlink()
    if ran.status and "no space left on the disk" not in ran.told and "make room" not in ran.told:
        raise Unrecovered(f"a full disk is not told of:\n{ran.told}")
    _check_end(trial, ran)
    return "disk full"


def read_only(trial: Trial, random: Random) -> str | None:
    """The store, the folder of films, the temporary folder or an entry that cannot be written."""
    if not trial.mounted:
        return None
    spoil(trial, random)
    entries = pieces(trial)
    places = {"store": trial.store, "out": trial.out, "temporary folder": trial.temporary}
    if entries:
        places["entry"] = random.choice(entries)
    name = random.choice(sorted(places))
    place = places[name]
    if name == "entry" and random.random() < 0.7:
        (place / "clip.mp4").write_bytes(b"")  # it cannot be replaced
    with _only_read(place):
        ran = trial.run(*FILMS)
    if ran.status and "rights" not in ran.told and "cannot be written" not in ran.told and "ead-only" not in ran.told:
        raise Unrecovered(f"{name}: that it is only read is not told of:\n{ran.told}")
    _check_end(trial, ran)
    return f"read-only {name}"


def _check_end(trial: Trial, ran: Ran) -> None:
    if ran.status not in (0, 1) or "Traceback" in ran.told or "not foreseen" in ran.told:
        raise Unrecovered(f"no clear error ({ran.status}):\n{ran.told}")
    if not ran.status:
        trial.check_made(FILMS)


@contextmanager
def _only_read(place: Path) -> Iterator[None]:
    subprocess.run(["mount", "--bind", place, place], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", place], check=True)
        yield
    finally:
        subprocess.run(["umount", "-l", place], check=True)
