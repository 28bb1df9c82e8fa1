"""What is on a frame, in drawing order, so that two frames can be compared without drawing them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, cast

from manim import Camera, Mobject, VMobject
from manim.constants import LineJointType

from film.drawing.cairo_path import Outline, outlines_of
from film.drawing.paint import Paint, paint_of, style_of

# A mitred corner reaches out ten line widths at most (Cairo's default limit), any other half the square root of two.
_MITRE, _ROUND = 10.0, 1.5
_MITRED = (LineJointType.AUTO, LineJointType.MITER)

Box = tuple[int, int, int, int]  # left, top, right, bottom in pixels; right and bottom are outside


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A mobject as it is drawn: everything that its picture depends on, and the pixels that it can touch."""

    mobject: VMobject
    points: bytes
    style: tuple[Any, ...]
    outline: Outline
    paint: Paint | None  # None where only Manim's own code can paint it
    box: Box


def in_drawing_order(mobjects: Sequence[Mobject], camera: Camera) -> list[Mobject]:
    """The parts with points of *mobjects*, as ``Camera.get_mobjects_to_display`` has them, without its detours.

    Manim walks through the family of every mobject, and keeps a part's last place. Walking backwards finds that place
    first, and a family that was walked through need not be walked through again.
    """
    found: list[Mobject] = []
    done: set[int] = set()
    for mobject in reversed(mobjects):
        _collect(mobject, found, done)
    found.reverse()
    if camera.use_z_index and any(mobject.z_index != found[0].z_index for mobject in found):
        found.sort(key=attrgetter("z_index"))
    return found


def _collect(mobject: Mobject, found: list[Mobject], done: set[int]) -> None:
    if id(mobject) in done:
        return
    done.add(id(mobject))
    for part in reversed(mobject.submobjects):
        _collect(part, found, done)
    if len(mobject.points):
        found.append(mobject)


def is_understood(mobjects: Iterable[Mobject]) -> bool:
    """Whether all of *mobjects* are drawn from what an :class:`Entry` holds: no images, point clouds or textures."""
    return all(isinstance(mobject, VMobject) and not mobject.background_image for mobject in mobjects)


def _box(outline: Outline, mobject: VMobject, camera: Camera) -> Box:
    """The pixels that *mobject* can touch, within the frame."""
    left, low, right, high = outline.bounds
    width = max(mobject.get_stroke_width(), mobject.get_stroke_width(True)) * camera.cairo_line_width_multiple / 2
    reach = width * (_MITRE if mobject.joint_type in _MITRED else _ROUND)
    across, down = camera.pixel_width / camera.frame_width, camera.pixel_height / camera.frame_height
    x, y = camera.frame_center[:2].tolist()
    edges = (
        (left - reach - x) * across + camera.pixel_width / 2 - 2,
        camera.pixel_height / 2 - (high + reach - y) * down - 2,
        (right + reach - x) * across + camera.pixel_width / 2 + 3,
        camera.pixel_height / 2 - (low - reach - y) * down + 3,
    )
    if not all(map(math.isfinite, edges)):
        return (0, 0, camera.pixel_width, camera.pixel_height)
    return (
        max(0, int(edges[0])),
        max(0, int(edges[1])),
        min(camera.pixel_width, int(edges[2])),
        min(camera.pixel_height, int(edges[3])),
    )


def entries_of(mobjects: Sequence[VMobject], camera: Camera, before: dict[int, Entry]) -> list[Entry]:
    """An entry for each of *mobjects*; those of *before* are used again where nothing has changed."""
    entries: list[Entry | None] = []
    changed: list[tuple[int, bytes, tuple[Any, ...]]] = []
    outlines: dict[int, Outline] = {}
    for place, mobject in enumerate(mobjects):
        points, style, known = mobject.points.tobytes(), style_of(mobject), before.get(id(mobject))
        if known is not None and known.mobject is mobject and known.points == points:
            if known.style == style:
                entries.append(known)
                continue
            outlines[place] = known.outline
        entries.append(None)
        changed.append((place, points, style))
    moved = [place for place, _, _ in changed if place not in outlines]
    outlines.update(zip(moved, outlines_of([mobjects[place] for place in moved]), strict=True))
    for place, points, style in changed:
        mobject, outline = mobjects[place], outlines[place]
        box = _box(outline, mobject, camera)
        entries[place] = Entry(mobject, points, style, outline, paint_of(mobject, camera), box)
    return cast(list[Entry], entries)


def changed_boxes(before: Sequence[Entry], after: Sequence[Entry]) -> list[Box]:
    """Where a frame that shows *after* can differ from one that shows *before*."""
    if len(before) == len(after) and all(map(_same, before, after)):
        return []
    places = {id(entry): place for place, entry in enumerate(before)}
    boxes: list[Box] = []
    kept: set[int] = set()
    reached = -1
    for entry in after:
        place = places.get(id(entry))
        if place is None:
            boxes.append(entry.box)
            continue
        kept.add(id(entry))
        if place < reached:  # it was drawn before something that it is drawn after now
            boxes.append(entry.box)
        reached = max(reached, place)
    boxes += [entry.box for entry in before if id(entry) not in kept]
    return boxes


def _same(one: Entry, other: Entry) -> bool:
    return one is other
