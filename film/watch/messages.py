"""What the watcher and the processes that play a film say to each other."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from film.quality import Quality
from film.watch.finding import Finding
from film.watch.patch import Patch


@dataclass(frozen=True)
class Surroundings:
    """What all processes of a film need: its name, how large pictures are, where the watcher listens, working files."""

    film: str
    quality: Quality
    address: str
    folder: Path
    kept: Path


@dataclass(frozen=True)
class Go:
    """To a process that waits: go on with the film as it is now.

    *digests* are those of the files that *patch* leads to; who finds others on the disk has come too late.
    """

    generation: int
    patch: Patch
    digests: dict[str, str]


@dataclass(frozen=True)
class Ready:
    """From a process that waits: it has played so many beats; None for the one that has only imported the film."""

    generation: int
    played: int | None


@dataclass(frozen=True)
class Begun:
    """From a process that plays: here are messages of this generation."""

    generation: int


@dataclass(frozen=True)
class BeatText:
    """A beat of the script: its name and its title."""

    name: str
    title: str


@dataclass(frozen=True)
class Passed:
    """Script and scene agree; *stale* says why takes are not usable, by address."""

    title: str
    beats: tuple[BeatText, ...]
    stale: dict[str, str]


@dataclass(frozen=True)
class Refused:
    """The check, or a beat, has failed."""

    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Outdated:
    """The files have changed again while they were read."""


@dataclass(frozen=True)
class Picture:
    """The last frame of a beat, as PNG."""

    beat: str
    png: bytes


@dataclass(frozen=True)
class Played:
    """The film has been played to its end."""


Message = Ready | Begun | Passed | Refused | Outdated | Picture | Played


def connect(address: str) -> Connection:
    """A connection to the watcher that listens at *address*."""
    wire = socket.socket(socket.AF_UNIX)
    wire.connect(address)
    return Connection(wire.detach())
