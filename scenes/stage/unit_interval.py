"""The unit interval: codewords and messages are pieces of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from manim import DOWN, UP, Line, Rectangle, VGroup, interpolate_color
from manim.typing import Point3D
from manim.utils.color import ManimColor

from scenes.stage.theme import CODE, GROUND, PAPER, QUIET, SMALL, THIN, ink_on
from scenes.stage.typeset import Words


class IntervalPiece(VGroup):
    """A half-open piece of the interval, drawn as a strip with its name where it fits."""

    def __init__(
        self,
        name: str,
        left: Point3D,
        width: float,
        height: float,
        color: ManimColor,
        *,
        size: float,
        fill: float,
    ) -> None:
        self.symbols = name
        self.strip = Rectangle(width=width, height=height, stroke_width=THIN, stroke_color=GROUND).set_fill(color, fill)
        self.strip.move_to(left + np.array([width / 2, 0, 0]))
        label = Words(name, size=size, color=ink_on(interpolate_color(GROUND, color, fill)), weight="medium")
        self.fits = bool(label.width < width - 0.1)
        self.label = VGroup(label.move_to(self.strip)) if self.fits else VGroup()
        super().__init__(self.strip, self.label)


class UnitInterval(VGroup):
    """A line from 0 to 1 with an end mark at each side.

    Parameters
    ----------
    width
        Length of the line in frame units.
    ends
        What stands at its two ends, as shown facts.
    """

    def __init__(self, width: float = 12.0, *, ends: tuple[str, str], size: float = SMALL) -> None:
        self.length = width
        self.line = Line(
            width / 2 * np.array([-1.0, 0, 0]), width / 2 * np.array([1.0, 0, 0]), color=PAPER, stroke_width=3
        )
        self.ticks = VGroup(
            *(Line(UP * 0.14, DOWN * 0.14, color=PAPER, stroke_width=3).move_to(self.at(x)) for x in (0, 1))
        )
        self.ends = VGroup(*(Words(text, size=size, color=QUIET) for text in ends))
        for end, tick in zip(self.ends, self.ticks, strict=True):
            end.next_to(tick, DOWN, buff=0.12)
        super().__init__(self.line, self.ticks, self.ends)

    def at(self, x: float) -> Point3D:
        """The point of the line for *x* in [0, 1]."""
        start, end = self.line.get_start(), self.line.get_end()
        return np.asarray(start + (end - start) * x)

    def mark(self, x: float, text: str, *, size: float = SMALL) -> VGroup:
        """A tick at *x* with *text* below it."""
        tick = Line(UP * 0.1, DOWN * 0.1, color=QUIET, stroke_width=2).move_to(self.at(x))
        return VGroup(tick, Words(text, size=size, color=QUIET).next_to(tick, DOWN, buff=0.14))

    def pieces(
        self,
        partition: Mapping[str, tuple[float, float]],
        *,
        height: float = 0.7,
        above: float = 0.5,
        colors: Sequence[ManimColor] = (CODE,),
        fills: Sequence[float] = (1.0,),
        size: float = SMALL,
    ) -> list[IntervalPiece]:
        """Strips for the pieces [start, end) of *partition*, *above* the line; colours and fills repeat in turn."""
        return [
            IntervalPiece(
                name,
                self.at(start) + above * UP,
                float(end - start) * self.length,
                height,
                colors[i % len(colors)],
                size=size,
                fill=fills[i % len(fills)],
            )
            for i, (name, (start, end)) in enumerate(partition.items())
        ]
