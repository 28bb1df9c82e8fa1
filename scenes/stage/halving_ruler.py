"""A ruler whose unit is one halving: one bit."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Line, Rectangle, VGroup
from manim.typing import Point3D, Vector3D

from scenes.stage.theme import CODE, QUIET, SMALL, THIN
from scenes.stage.typeset import Maths

TICK = 0.16


class HalvingRuler(VGroup):
    """A straight edge with a numbered tick at every whole bit, counted from its zero.

    Parameters
    ----------
    bits
        The last tick.
    unit
        Length of one bit in scene units.
    direction
        ``UP`` or ``RIGHT``: where the numbers grow to. Numbers stand to the left of, or below, the edge.
    step
        A tick and a number at every *step* bits.
    """

    def __init__(self, bits: int = 4, *, unit: float = 1.0, direction: Vector3D = UP, step: int = 1) -> None:
        super().__init__()
        self.bits, self.direction = bits, np.array(direction, dtype=float)
        self._side = LEFT if self.direction[1] else DOWN
        self.edge = Line(0 * self.direction, bits * unit * self.direction, color=QUIET, stroke_width=THIN)
        self.ticks, self.numbers = VGroup(), VGroup()
        self.add(self.edge, self.ticks, self.numbers)
        for k in range(0, bits + 1, step):
            foot = self.point(k)
            self.ticks.add(Line(foot, foot + TICK * self._side, color=QUIET, stroke_width=THIN))
            self.numbers.add(Maths(str(k), size=SMALL, color=CODE).next_to(self.ticks[-1], self._side, buff=0.12))

    @property
    def unit(self) -> float:
        """Length of one bit in scene units, as the ruler is drawn now."""
        return float(np.linalg.norm(self.edge.get_end() - self.edge.get_start())) / self.bits

    def point(self, bits: float) -> Point3D:
        """Where so many bits lie on the edge; beyond the last tick as well."""
        start: Point3D = self.edge.get_start()
        return start + bits * (self.edge.get_end() - start) / self.bits

    def mark(self, k: int) -> VGroup:
        """The *k*-th tick with its number, counted from 0."""
        return VGroup(self.ticks[k], self.numbers[k])

    def span(self, start: float, length: float, *, thickness: float = 0.3) -> Rectangle:
        """A new bar that lies along the edge from *start* bits, *length* bits long, on the side without numbers."""
        along, across = length * self.unit, thickness
        upright = bool(self.direction[1])
        bar = Rectangle(width=across if upright else along, height=along if upright else across)
        bar.set_fill(CODE, opacity=1).set_stroke(width=0)
        return bar.move_to(self.point(start + length / 2)).shift((RIGHT if upright else UP) * thickness / 2)
