"""How columns of 0/1 sequences stand side by side, and how their tiles change weight."""

from __future__ import annotations

from manim import DOWN, RIGHT, FadeIn, Transform

from scenes.stage.bit_column import BitColumn
from scenes.stage.examples.stage_example import StageExample

FLIPS = 3
HEADS = 0.7
SCALE = 5.0  # scene units for a probability of one


class BitColumnExample(StageExample):
    """Three flips of a fair coin, and then of a heavy one."""

    def construct(self) -> None:
        """Show every verb once."""
        columns = [BitColumn(FLIPS, k, tile_height=0.6) for k in range(FLIPS + 1)]
        for k, column in enumerate(columns):
            column.stand_at(2 * DOWN + (2 * k - FLIPS) * 1.2 * RIGHT)
            self.play(FadeIn(column), run_time=0.4)
        for heads in (0.5, HEADS):
            weights = [heads**k * (1 - heads) ** (FLIPS - k) for k in range(FLIPS + 1)]
            pairs = zip(columns, weights, strict=True)
            self.play(*(Transform(column, column.copy().weigh(SCALE * weight)) for column, weight in pairs))
        self.wait()
