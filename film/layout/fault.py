"""A fault of the picture at one moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from manim import Mobject
from numpy.typing import NDArray

from film.layout.staged import Mark, StagedText
from scenes.stage.exceptions import LayoutFault

Subject = StagedText | Mark


@dataclass(frozen=True)
class Leftover:
    """A mobject of the scene of which nothing is seen."""

    owner: Mobject
    root: Mobject
    ancestors: tuple[Mobject, ...] = ()


@dataclass(frozen=True)
class Fault:
    """What is wrong with one mobject, or between two.

    *measure* is on the wrong side of *limit*, both in *unit*; *box* is where, in frame units, None when it is nowhere.
    """

    kind: LayoutFault
    subjects: tuple[Subject | Leftover, ...]
    measure: float
    limit: float
    unit: str
    box: NDArray[np.float64] | None

    @property
    def badness(self) -> float:
        """How far beyond the limit, as a factor."""
        low, high = sorted((abs(self.measure), abs(self.limit)))
        return high / max(low, 1e-6)


def worst_by_root(faults: Iterable[Fault]) -> list[tuple[Fault, int]]:
    """Of all faults of a kind at the parts of one mobject, the worst, and how many others there are."""
    groups: dict[tuple[object, ...], list[Fault]] = {}
    for fault in faults:
        groups.setdefault((fault.kind, *(id(subject.root) for subject in fault.subjects)), []).append(fault)
    return [(max(group, key=lambda fault: fault.badness), len(group) - 1) for group in groups.values()]
