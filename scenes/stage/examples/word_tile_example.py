"""How a sentence falls apart into word tiles, and what a tile can do."""

from __future__ import annotations

from manim import DOWN, FadeIn, FadeOut, Transform

from scenes.stage.examples.stage_example import StageExample
from scenes.stage.theme import CODE, GROUND
from scenes.stage.word_tile import SentenceTiles, WordTile


class WordTileExample(StageExample):
    """A sentence is taken apart; one tile is coloured, covered, and stands upright."""

    def construct(self) -> None:
        """Show every verb once."""
        sentence = SentenceTiles("A message is a row of words, no more.", width=6)
        self.play(FadeIn(sentence))
        self.play(sentence.animate.apart())
        self.play(FadeOut(sentence))
        tile = WordTile("message")
        self.play(FadeIn(tile))
        self.play(Transform(tile, tile.copy().fill(CODE, GROUND)))
        self.play(Transform(tile, tile.copy().cover()))
        self.play(FadeIn(WordTile("message", width=1.6, upright=True).next_to(tile, DOWN)))
        self.wait()
