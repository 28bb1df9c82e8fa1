"""Texts among themselves: none over another, none too small to read."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from film.layout.boxes import deepest_overlap, pixels
from film.layout.fault import Fault
from film.layout.staged import Staged
from film.layout.type_size import SCRIPT, is_too_small, measured_size
from scenes.stage.theme import SMALL

TOUCHING = 2.0  # pixels at 480 lines by which glyph boxes of two texts may overlap


def overlap_faults(staged: Staged, *, least_opacity: float = 0.0) -> Iterator[Fault]:
    """Pairs of texts with glyph boxes that reach into each other.

    *least_opacity* is what the product of their opacities must be: two texts that fade into each other are no overlap.
    """
    for first, second in combinations(staged.texts, 2):
        if first.opacity * second.opacity < least_opacity or not _meet(first.hull, second.hull):
            continue
        depth, box = deepest_overlap(first.boxes, second.boxes)
        if pixels(depth) > TOUCHING:
            yield Fault("text over text", (first, second), pixels(depth), TOUCHING, "px", box)


def _meet(first: NDArray[np.float64], second: NDArray[np.float64]) -> bool:
    return bool((first[:2] < second[2:]).all() and (second[:2] < first[2:]).all())


def size_faults(staged: Staged) -> Iterator[Fault]:
    """Texts, or scripts in a formula, that are set smaller than can be read at 480 lines; measured in x-heights."""
    for text in staged.texts:
        found = measured_size(text.glyphs)
        if found is None:
            continue
        if is_too_small(found.size):
            height, limit = found.x_height, found.x_height * SMALL / found.size
        elif found.script is not None and is_too_small(found.script, script=True):
            height, limit = found.script_x_height, found.script_x_height * SMALL * SCRIPT / found.script
        else:
            continue
        yield Fault("small type", (text,), pixels(height), pixels(limit), "px x-height", text.hull)
