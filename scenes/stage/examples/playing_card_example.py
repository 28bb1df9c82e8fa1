"""Cards that are known wholly, by colour, by number, or not at all."""

from __future__ import annotations

from manim import RIGHT, FadeIn, ReplacementTransform, VGroup

from scenes.stage.examples.stage_example import StageExample
from scenes.stage.playing_card import BLACK, RED, PlayingCard


class PlayingCardExample(StageExample):
    """A row of cards; then the last one is turned up."""

    def construct(self) -> None:
        """What is not known is left empty."""
        cards = [PlayingCard(BLACK, 3), PlayingCard(RED, 10), PlayingCard(RED, None), PlayingCard(None, 7)]
        row = VGroup(*cards).arrange(RIGHT, buff=0.5)
        self.play(FadeIn(row))
        self.play(ReplacementTransform(cards[-1], PlayingCard(BLACK, 7).move_to(cards[-1])))
        self.wait()
