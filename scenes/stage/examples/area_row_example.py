"""How a row of areas grows: what it shows may change in place."""

from __future__ import annotations

from manim import FadeIn

from scenes.stage.area_row import AreaRow
from scenes.stage.examples.stage_example import StageExample


class AreaRowExample(StageExample):
    """Five boxes; then they are renormalised, so that the largest fills its cell."""

    def construct(self) -> None:
        """Show shares, then four times as much of each."""
        row = AreaRow([0.25, 0.05, 0.02, 0.1, 0.0], cell_width=1.4, cell_height=1.2)
        self.play(FadeIn(row))
        self.play(row.animate.set_values([1.0, 0.2, 0.08, 0.4, 0.0]))
        self.wait()
