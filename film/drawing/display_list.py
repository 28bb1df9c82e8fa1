"""What is on a frame, in drawing order, so that two frames can be compared without drawing them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import cast

from manim import Camera, Mobject, VMobject
from manim.constants import LineJointType

from film.drawing.cairo_path import Outline, outlines_of
from film.drawing.paint import Paint, Style, paint_of, style_of

# A mitred corner reaches out ten line widths at most (Cairo's default limit), any other half the square root of two.
_MITRE, _ROUND = 10.0, 1.5
_MITRED = (LineJointType.AUTO, LineJointType.MITER)

Box = tuple[int, int, int, int]  # left, top, right, bottom in pixels; right and bottom are outside


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """A mobject as it is drawn: everything that its picture depends on, and the pixels that it can touch."""

    mobject: VMobject
    points: bytes
    style: Style
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
        if mobject.submobjects:
            _collect(mobject, found, done)
        elif id(mobject) not in done and len(mobject.points):
            done.add(id(mobject))
            found.append(mobject)
    found.reverse()
    if camera.use_z_index and any(mobject.z_index != found[0].z_index for mobject in found):
        found.sort(key=attrgetter("z_index"))
    return found


def _collect(mobject: Mobject, found: list[Mobject], done: set[int]) -> None:
    if id(mobject) in done:
        return
    done.add(id(mobject))
    for part in reversed(mobject.submobjects):
        if part.submobjects:
            _collect(part, found, done)
        elif id(part) not in done and len(part.points):
            done.add(id(part))
            found.append(part)
    if len(mobject.points):
        found.append(mobject)


def is_understood(mobjects: Iterable[Mobject]) -> bool:
    """Whether all of *mobjects* are drawn from what an :class:`Entry` holds: no images, point clouds or textures."""
    return all(isinstance(mobject, VMobject) and not mobject.background_image for mobject in mobjects)


class _View:
    """Where a camera's picture is on the plane, and how large in pixels."""

    def __init__(self, camera: Camera) -> None:
        self.width, self.height = camera.pixel_width, camera.pixel_height
        self.x, self.y = camera.frame_center[:2].tolist()
        self.across, self.down = camera.pixel_width / camera.frame_width, camera.pixel_height / camera.frame_height
        self.line_width = camera.cairo_line_width_multiple

    def box_of(self, outline: Outline, style: Style) -> Box:
        """The pixels that an outline can touch, within the frame."""
        left, low, right, high = outline.bounds
        reach = max(style.width, style.behind) * self.line_width / 2 * (_MITRE if style.joint in _MITRED else _ROUND)
        edges = (
            (left - reach - self.x) * self.across + self.width / 2 - 2,
            self.height / 2 - (high + reach - self.y) * self.down - 2,
            (right + reach - self.x) * self.across + self.width / 2 + 3,
            self.height / 2 - (low - reach - self.y) * self.down + 3,
        )
        if not all(map(math.isfinite, edges)):
            return (0, 0, self.width, self.height)
        return (
            max(0, int(edges[0])),
            max(0, int(edges[1])),
            min(self.width, int(edges[2])),
            min(self.height, int(edges[3])),
        )


def entries_of(mobjects: Sequence[VMobject], camera: Camera, before: dict[int, Entry]) -> list[Entry]:
    """An entry for each of *mobjects*; those of *before* are used again where nothing has changed."""
    entries: list[Entry | None] = []
    changed: list[tuple[int, bytes, Style]] = []
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
    view = _View(camera)
    for place, points, style in changed:
        outline = outlines[place]
        paint, box = paint_of(style, camera), view.box_of(outline, style)
        entries[place] = Entry(mobjects[place], points, style, outline, paint, box)
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
