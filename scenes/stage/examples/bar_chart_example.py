"""How a bar chart goes from ten bars to a thousand, and how some of them are lit."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, FadeIn, UpdateFromAlphaFunc

from infotheory import counts_near, log2_binomial_pmf
from scenes.stage.bar_chart import BarChart
from scenes.stage.examples.stage_example import StageExample

HEADS = 0.7


class BarChartExample(StageExample):
    """The heads of ever more flips, and those within a tenth of their share."""

    def construct(self) -> None:
        """Show every verb once."""
        chart = BarChart(ticks={0: "0", HEADS: "0.7", 1: "1"}).shift(2 * DOWN + 5 * LEFT)

        def flip(n: int, *, near: bool) -> BarChart:
            heads = np.arange(n + 1)
            masses = 2.0 ** np.asarray(log2_binomial_pmf(heads, n, HEADS))
            return chart.set_bars(heads / n, masses, pitch=1 / n, lit=counts_near(n, HEADS, 0.1) if near else None)

        self.play(FadeIn(flip(10, near=False)))
        self.play(flip(10, near=True).darken_unlit())
        self.play(UpdateFromAlphaFunc(chart, lambda _, alpha: flip(round(10 * 100**alpha), near=True)), run_time=2)
        self.wait()
