"""How pieces stand on the unit interval."""

from __future__ import annotations

from manim import FadeIn

from scenes.stage.examples.stage_example import StageExample
from scenes.stage.theme import PROBABILITY
from scenes.stage.unit_interval import UnitInterval


class UnitIntervalExample(StageExample):
    """Codewords as dyadic pieces, and a coin's pieces above them."""

    def construct(self) -> None:
        """Show marks and two rows of pieces."""
        line = UnitInterval(11.0, ends=("0", "1"))
        dyadic = line.pieces({"0": (0, 0.5), "10": (0.5, 0.75), "110": (0.75, 0.875), "111": (0.875, 1)}, above=0.6)
        coin = line.pieces({"H": (0, 0.9), "T": (0.9, 1)}, above=1.6, colors=(PROBABILITY,), fills=(1, 0.75))
        self.play(FadeIn(line))
        self.play(FadeIn(*dyadic))
        self.play(FadeIn(*coin), FadeIn(line.mark(0.9, "0.9")))
        self.wait()
