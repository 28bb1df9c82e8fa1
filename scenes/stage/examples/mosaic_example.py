"""How a mosaic is cut, roll by roll, and what a first roll leaves of it."""

from __future__ import annotations

from manim import Create, FadeIn

from scenes.stage.examples.stage_example import StageExample
from scenes.stage.mosaic import Mosaic


class MosaicExample(StageExample):
    """A heavy coin thrown twice across and twice down; then the first throw is known."""

    def construct(self) -> None:
        """Show the cuts one after the other, keep what begins with outcome 0, then with 0 1."""
        mosaic = Mosaic([0.7, 0.3]).center()
        self.play(FadeIn(mosaic.tiles))
        for cuts in mosaic.cuts:
            self.play(Create(cuts))
        self.play(mosaic.animate.keep(0))
        self.play(mosaic.animate.keep(0, 1))
        self.wait()
