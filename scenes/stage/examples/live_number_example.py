"""How a number follows a value."""

from __future__ import annotations

from manim import ORIGIN, RIGHT, FadeIn, ValueTracker, VGroup

from scenes.stage.examples.stage_example import StageExample
from scenes.stage.live_number import LiveNumber
from scenes.stage.theme import CODE, DISPLAY, PROBABILITY


class LiveNumberExample(StageExample):
    """A probability falls, and the surprise beside it grows; both keep their decimal places."""

    def construct(self) -> None:
        """Two numbers follow one tracker."""
        p = ValueTracker(1.0)
        chance = LiveNumber(p.get_value, ".2f", size=DISPLAY, color=PROBABILITY, edge=ORIGIN)
        halvings = LiveNumber(lambda: 4 * (1 - p.get_value()), ".2f", size=DISPLAY, color=CODE, edge=ORIGIN)
        VGroup(chance, halvings).arrange(RIGHT, buff=3)
        self.play(FadeIn(chance, halvings))
        self.play(p.animate.set_value(0.25))
        self.wait()
