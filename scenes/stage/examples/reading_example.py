"""How a row of bits is cut into codewords."""

from __future__ import annotations

from manim import DOWN, RIGHT, FadeIn, TransformFromCopy, VGroup

from scenes.stage.examples.stage_example import StageExample
from scenes.stage.reading import Reading
from scenes.stage.theme import HEADING


class ReadingExample(StageExample):
    """A message without gaps, and two of its readings."""

    def construct(self) -> None:
        """Close the gaps, then read the row in two ways."""
        message = Reading(("0", "1", "01", "11"), bit_width=0.7, height=0.8, gap=0.6, size=HEADING)
        readings = VGroup(
            *(
                Reading(cut, bit_width=0.7, height=0.8, size=HEADING)
                for cut in (("0", "1", "01", "11"), ("01", "01", "11"))
            )
        )
        VGroup(message, readings.arrange(DOWN, buff=0.5)).arrange(DOWN, buff=1.0)
        self.play(FadeIn(message))
        self.play(message.animate.arrange(RIGHT, buff=0).move_to(message))
        for reading in readings:
            self.play(TransformFromCopy(message, reading))
        self.wait()
