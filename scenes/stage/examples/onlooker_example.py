"""Two people."""

from __future__ import annotations

from manim import RIGHT, FadeIn, VGroup

from scenes.stage.examples.stage_example import StageExample
from scenes.stage.onlooker import Onlooker
from scenes.stage.theme import PROBABILITY, SECOND


class OnlookerExample(StageExample):
    """One after the other comes in."""

    def construct(self) -> None:
        """Two of them, in their colours."""
        people = VGroup(Onlooker(PROBABILITY, height=2.5), Onlooker(SECOND, height=2.5)).arrange(RIGHT, buff=1.5)
        for person in people.center():
            self.play(FadeIn(person))
        self.wait()
