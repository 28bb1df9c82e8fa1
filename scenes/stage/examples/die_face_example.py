"""How a four-sided die is rolled, and how a row of rolls stays open."""

from __future__ import annotations

from manim import RIGHT, FadeIn, VGroup

from scenes.stage.die_face import DieFace
from scenes.stage.examples.stage_example import StageExample


class DieFaceExample(StageExample):
    """One die turns up a 3; the other one has not been rolled."""

    def construct(self) -> None:
        """Roll the first of two faces."""
        faces = [DieFace(1, height=2), DieFace(height=2).blank()]
        self.play(FadeIn(VGroup(*faces).arrange(RIGHT)))
        self.play(faces[0].roll([2, 4, 1, 3]), run_time=1.5)
        self.wait()
