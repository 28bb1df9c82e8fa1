"""Faults of most kinds, one of each; all of them and many more: ``python -m tests.faults``."""

from __future__ import annotations

import itertools
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from .events import KINDS, attempts, disturbances, possible
from .trial import trial_in

FEW = frozenset(
    (
        *("the run killed", "a worker killed, while it draws and encodes", "the fork server killed", "the disk full"),
        *("a folder only read", "stored: clip.mp4 damaged", "stored: sound damaged", "stored: product damaged"),
        *("a piece damaged while it is used", "a take damaged", "a scene edited while it is rendered"),
        "three runs at once",
    )
)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_plain_run_recovers_from_every_fault(tmp_path: Path) -> None:
    with trial_in(tmp_path / "trial") as trial:
        kinds = tuple(replace(kind, weight=1) for kind in possible(trial) if kind.name in FEW)
        events = list(itertools.islice(disturbances(trial, 0, kinds), len(kinds)))
    assert [(event.kind, event.what, event.wrong) for event in events if event.wrong] == []
    assert {kind.name for kind in KINDS} >= FEW


def test_a_seed_gives_a_sequence_that_holds_every_kind() -> None:
    length = sum(kind.weight for kind in KINDS)
    rounds = [list(itertools.islice(attempts(seed), length)) for seed in (0, 0, 1)]
    names = [[kind.name for kind, _ in round_] for round_ in rounds]
    assert names[0] == names[1] != names[2]
    assert [random.random() for _, random in rounds[0]] == [random.random() for _, random in rounds[1]]
    assert sorted(names[0]) == sorted(kind.name for kind in KINDS for _ in range(kind.weight))
