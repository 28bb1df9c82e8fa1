"""A hatched bar beside a plain one."""

from __future__ import annotations

from manim import RIGHT, FadeIn, Rectangle, VGroup

from scenes.stage.examples.stage_example import StageExample
from scenes.stage.hatching import Hatching
from scenes.stage.theme import MODEL, PROBABILITY


class HatchingExample(StageExample):
    """Two bars that differ in colour, and in pattern."""

    def construct(self) -> None:
        """Hatch one of them."""
        bars = VGroup(
            *(Rectangle(width=2.4, height=3).set_fill(color, 1).set_stroke(width=0) for color in (PROBABILITY, MODEL))
        ).arrange(RIGHT, buff=0.8)
        self.add(bars)
        self.play(FadeIn(Hatching(bars[1])))
        self.wait()
