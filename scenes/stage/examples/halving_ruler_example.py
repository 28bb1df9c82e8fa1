"""How lengths in bits are laid along an upright and a level ruler."""

from __future__ import annotations

from manim import DOWN, LEFT, RIGHT, FadeIn, GrowFromEdge

from infotheory import surprise
from scenes.stage.examples.stage_example import StageExample
from scenes.stage.halving_ruler import HalvingRuler


class HalvingRulerExample(StageExample):
    """The surprise of one outcome upright, of two outcomes end to end on the level ruler."""

    def construct(self) -> None:
        """Show both directions and :meth:`HalvingRuler.span`."""
        first, second = surprise(0.4), surprise(0.2)
        upright = HalvingRuler(4).move_to(4 * LEFT)
        level = HalvingRuler(5, direction=RIGHT).move_to(2 * RIGHT)
        self.play(FadeIn(upright, level))
        self.play(GrowFromEdge(upright.span(0, first), DOWN))
        self.play(GrowFromEdge(level.span(0, first), LEFT))
        self.play(GrowFromEdge(level.span(first, second), LEFT))
        self.wait()
