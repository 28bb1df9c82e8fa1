"""All kinds of faults, and a row of them drawn by a seed: a plain run must recover from each."""

from __future__ import annotations

import functools
import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from .crowds import three_at_once
from .damaging import (
    STORED,
    damage_stored,
    damage_take,
    damage_take_while_running,
    damage_video,
    damage_warm_server,
    damage_while_running,
    edit_while_running,
)
from .dask_faults import kill_dask
from .disks import fill_disk, read_only
from .killing import kill_fork_server, kill_run, kill_warm_server, kill_warm_worker, kill_worker
from .trial import FILMS, Trial, Unrecovered

Fault = Callable[[Trial, Random], str | None]


@dataclass(frozen=True)
class Kind:
    """Faults of a kind: what they are called, how often they come, and what does one. None: it came too late."""

    name: str
    weight: int
    strike: Fault


KINDS = (
    Kind("the run killed", 8, kill_run),
    Kind("a worker killed, while it draws and encodes", 6, kill_worker),
    Kind("the fork server killed", 4, kill_fork_server),
    Kind("the warm server killed", 2, kill_warm_server),
    Kind("a worker of the warm server killed", 2, kill_warm_worker),
    Kind("a file of the warm server damaged", 2, damage_warm_server),
    Kind("a Dask worker killed", 2, functools.partial(kill_dask, what="worker")),
    Kind("the Dask scheduler killed", 1, functools.partial(kill_dask, what="scheduler")),
    Kind("the disk full", 6, fill_disk),
    Kind("a folder only read", 5, read_only),
    *(Kind(f"stored: {name} damaged", 4, functools.partial(damage_stored, name=name)) for name in STORED),
    Kind("a piece damaged while it is used", 5, damage_while_running),
    Kind("a finished video or its companion damaged", 4, damage_video),
    Kind("a take damaged", 5, damage_take),
    Kind("a take damaged while it is read", 4, damage_take_while_running),
    Kind("a scene edited while it is rendered", 4, edit_while_running),
    Kind("three runs at once", 5, three_at_once),
)


@dataclass(frozen=True)
class Event:
    """A fault and what came of it: *wrong* says what was not as without it after a plain run; empty if all was."""

    number: int
    kind: str
    what: str
    seconds: float
    wrong: str


def attempts(seed: int, kinds: tuple[Kind, ...] = KINDS) -> Iterator[tuple[Kind, Random]]:
    """Kinds in an order that *seed* decides, in rounds that hold each as often as its weight, without an end."""
    numbers = itertools.count()
    while True:
        first = next(numbers)
        round_ = [kind for kind in kinds for _ in range(kind.weight)]
        Random(f"{seed}:{first}").shuffle(round_)
        for kind in round_:
            yield kind, Random(f"{seed}:{next(numbers)}:{kind.name}")


def disturbances(trial: Trial, seed: int, kinds: tuple[Kind, ...] = KINDS) -> Iterator[Event]:
    """Let faults happen without an end, a plain run after each; yields what came of it."""
    number = 0
    for kind, random in attempts(seed, kinds):
        began = time.monotonic()
        what, wrong = None, ""
        try:
            what = kind.strike(trial, random)
            trial.recover(FILMS)
        except Unrecovered as error:
            wrong = str(error)
            trial.begin_anew()
        if what is None and not wrong:
            continue  # the run was over before it came
        number += 1
        yield Event(number, kind.name, what or kind.name, time.monotonic() - began, wrong)


def possible(trial: Trial) -> tuple[Kind, ...]:
    """The kinds of faults that can happen on this machine."""
    unmountable = () if trial.mounted else ("the disk full", "a folder only read")
    return tuple(kind for kind in KINDS if kind.name not in unmountable)
