"""Where things stand: inside the safe margin, above the captions, and only as long as they are seen."""

from __future__ import annotations

from collections.abc import Iterator, Set

import numpy as np
from manim import Scene, config
from numpy.typing import NDArray

from film.layout.boxes import pixels
from film.layout.fault import Fault, Leftover, Subject
from film.layout.staged import SEEN, Staged, is_seen
from scenes.stage.exceptions import LayoutFault
from scenes.stage.theme import SAFE_BOTTOM, SAFE_LEFT, SAFE_RIGHT, SAFE_TOP

SLACK = 2.0  # pixels at 480 lines by which a border may stand out


def place_faults(staged: Staged) -> Iterator[Fault]:
    """Texts and marks that reach beyond the frame, the safe margin, or into the caption band; each told once."""
    subjects: list[Subject] = [*staged.texts, *staged.marks]
    for subject in subjects:
        fault = _place_fault(subject, subject.hull)
        if fault is not None:
            yield fault


def _place_fault(subject: Subject, box: NDArray[np.float64]) -> Fault | None:
    half_width, half_height = float(config.frame_width) / 2, float(config.frame_height) / 2
    sides = (
        (
            "outside the frame",
            max(-half_width - box[0], box[2] - half_width, -half_height - box[1], box[3] - half_height),
        ),
        ("outside the safe margin", max(SAFE_LEFT - box[0], box[2] - SAFE_RIGHT, box[3] - SAFE_TOP)),
        ("inside the caption band", SAFE_BOTTOM - box[1]),
    )
    kind: LayoutFault
    for kind, beyond in sides:  # type: ignore[assignment]
        if pixels(beyond) > SLACK:
            return Fault(kind, (subject,), pixels(beyond), SLACK, "px", box)
    return None


def leftover_faults(scene: Scene, seen: Set[int]) -> Iterator[Fault]:
    """Mobjects of the scene that are fully transparent: faded, but never removed.

    *seen* are the ids of what was seen before; what never was, such as the frame that a bar measures by, is no fault.
    """
    for root in scene.mobjects:
        drawn = [part for part in root.get_family() if len(part.points) > 1]
        if any(id(part) in seen for part in drawn) and not any(is_seen(part) for part in drawn):
            yield Fault("never removed", (Leftover(root, root),), 0.0, SEEN, "opacity", None)
