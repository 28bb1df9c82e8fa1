"""A number that follows a value, frame by frame, without TeX and without being rebuilt."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
from manim import LEFT, VectorizedPoint, VGroup, VMobject
from manim.typing import Point3D, Point3D_Array, Vector3D
from manim.utils.color import ParsableManimColor

from scenes.stage.theme import BODY, PAPER
from scenes.stage.typeset import Maths

GAP = 0.09  # between characters, in widths of a nought
NARROWEST = 0.45  # of a character, in widths of a nought


@cache
def _glyph(character: str, size: float) -> tuple[Point3D_Array, float]:
    """Outline of a character standing on y = 0 from x = 0, and its width. Points on the mathematics font."""
    nought = Maths("0", size=size)
    if character == "0":
        return _placed(nought), float(nought.width)
    source = {"%": "percent", "−": "minus", "∞": "infinity"}.get(character, character)
    pair = Maths(
        f"0 {source}" if character in "−∞" else f"0{source}" if character.isdigit() else f'"0{character}"',
        size=size,
    )
    foot, glyph = pair.submobjects[0].get_bottom()[1], VGroup(*pair.submobjects[1:])
    points = np.concatenate([part.points for part in glyph.family_members_with_points()])
    left = points[:, 0].min()
    # A point is all but as narrow as a gap; without room of its own it would touch its neighbours.
    width = (
        float(nought.width)
        if character.isdigit()
        else max(float(np.ptp(points[:, 0])), NARROWEST * float(nought.width))
    )
    slack = (width - float(np.ptp(points[:, 0]))) / 2
    return points - np.array([left - slack, foot, 0.0]), width


def _placed(glyph: VMobject) -> Point3D_Array:
    points = np.concatenate([part.points for part in glyph.family_members_with_points()])
    return np.asarray(points - np.array([points[:, 0].min(), points[:, 1].min(), 0.0]))


class LiveNumber(VGroup):
    """A number set in mathematics type, updated in place.

    Parameters
    ----------
    value
        The number to show, or a function that gives it anew in every frame.
    spec
        A format specification such as ``.4f``.
    edge
        ``LEFT``, ``RIGHT`` or the zero vector: the side that stays where it is while the number changes.
    """

    def __init__(
        self,
        value: float | Callable[[], float],
        spec: str = ".2f",
        *,
        size: float = BODY,
        color: ParsableManimColor = PAPER,
        edge: Vector3D = LEFT,
        suffix: str = "",
    ) -> None:
        super().__init__()
        self._spec, self._size, self._suffix, self._edge = spec, size, suffix, float(np.sign(edge[0]))
        self._anchor = VectorizedPoint()
        self._color = color
        self.add(self._anchor)
        self.set_value(value() if callable(value) else value)
        if callable(value):
            self.add_updater(lambda number: number.set_value(value()))

    @property
    def shown(self) -> str:
        """What stands on screen now."""
        return self._shown

    @property
    def baseline(self) -> float:
        """Height of the line that the digits stand on; a comma hangs below it."""
        return float(self._anchor.get_location()[1])

    def set_value(self, value: float) -> LiveNumber:
        """Show *value*; the glyphs change in place. Returns itself."""
        self._shown = (format(value, self._spec) + self._suffix).replace("-", "−").replace("inf", "∞")
        outlines = [_glyph(character, self._size) for character in self._shown]
        gap = GAP * _glyph("0", self._size)[1]
        total = sum(width for _, width in outlines) + gap * (len(outlines) - 1)
        pen = self._anchor.get_location() + np.array([-total * (1 + self._edge) / 2, 0.0, 0.0])
        slots = self.submobjects[1:]
        while len(slots) < len(outlines):
            slot = VMobject(stroke_width=0, fill_opacity=1, fill_color=self._color)
            if slots:
                slot.match_style(slots[0])
            self.add(slot)
            slots.append(slot)
        for slot, (points, width) in zip(slots, outlines, strict=False):
            slot.set_points(points + pen)
            pen = pen + np.array([width + gap, 0.0, 0.0])
        for slot in slots[len(outlines) :]:
            slot.clear_points()
        return self

    def anchor_at(self, point: Point3D) -> LiveNumber:
        """Put the fixed side's foot at *point*. Returns itself."""
        self.shift(point - self._anchor.get_location())
        return self
