"""How a die is narrowed down by yes-or-no questions."""

from __future__ import annotations

from manim import FadeIn

from scenes.stage.die import Die
from scenes.stage.examples.stage_example import StageExample


class DieExample(StageExample):
    """More than three? More than four? A six."""

    def construct(self) -> None:
        """Show the verb, and the whole die again."""
        die = Die(side=1.2)
        self.play(FadeIn(die))
        for left in ((4, 5, 6), (5, 6), (6,), ()):
            self.play(die.animate.highlight(*left))
        self.wait()
