"""Columns above and below a line level out: what is left is their weighted sum."""

from __future__ import annotations

from manim import FadeIn

from scenes.stage.examples.stage_example import StageExample
from scenes.stage.signed_columns import SignedColumns
from scenes.stage.theme import MODEL, PROBABILITY, SHARED


class SignedColumnsExample(StageExample):
    """Four columns, two of them negative, run into one block."""

    def construct(self) -> None:
        """Show them, and level them half of the way for the last frame."""
        columns = SignedColumns(
            [0.35, 0.15, 0.05, 0.45], [0.81, -1.0, -2.0, 0.58], colors=[PROBABILITY, MODEL, MODEL, PROBABILITY]
        )
        self.play(FadeIn(columns))
        self.play(columns.level(SHARED, rate_func=lambda t: t / 2))
        self.wait()
