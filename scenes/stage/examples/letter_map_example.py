"""How a table of letter pairs is read: rows came, columns follow, areas are shares."""

from __future__ import annotations

from manim import Create, FadeIn, LaggedStart

from infotheory import ngram_pmf
from scenes.novel import ALPHABET, novel_letters
from scenes.stage.examples.stage_example import StageExample
from scenes.stage.letter_map import LetterMap


class LetterMapExample(StageExample):
    """The letter pairs of the novel; a row is lit, and a pair."""

    def construct(self) -> None:
        """Let the rows come one after the other, then point at Q and at T followed by H."""
        table = LetterMap(ngram_pmf(novel_letters(), 2, ALPHABET), ALPHABET).center()
        self.play(FadeIn(table.ground, *table.row_labels, *table.column_labels))
        self.play(LaggedStart(*(FadeIn(row) for row in table.rows), lag_ratio=0.1))
        self.play(Create(table.around_row("q")), Create(table.around("th")))
        self.wait()
