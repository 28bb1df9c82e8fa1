"""Two sources that know each other, and the rates that are enough for both."""

from __future__ import annotations

from manim import FadeIn

from infotheory import slepian_wolf_region
from scenes.stage.examples.stage_example import StageExample
from scenes.stage.rate_chart import RateChart


class RateChartExample(StageExample):
    """A fair bit and a noisy copy of it."""

    def construct(self) -> None:
        """From the corner of two strangers to the edge, and along it."""
        region = slepian_wolf_region([[0.4, 0.1], [0.1, 0.4]])
        chart = RateChart(
            region, x_range=(0.5, 1.3), y_range=(0.5, 1.3), unit=6, x_name="bits for X", y_name="bits for Y"
        )
        self.play(FadeIn(chart.center()))
        left, right = region.corners
        self.play(chart.go(right))
        self.play(chart.go(left))
        self.wait()
