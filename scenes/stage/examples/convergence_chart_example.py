"""The share of heads settles, for a fair coin and for a loaded one."""

from __future__ import annotations

import numpy as np
from manim import Create, FadeIn

from scenes.stage.convergence_chart import ConvergenceChart
from scenes.stage.examples.stage_example import StageExample
from scenes.stage.theme import MODEL, PROBABILITY


class ConvergenceChartExample(StageExample):
    """Two curves that follow the same counts, and the band between them."""

    def construct(self) -> None:
        """Flip ten thousand times."""
        counts = np.unique(np.geomspace(10, 10_000, 200).astype(int))
        flips = np.random.default_rng(3).random(counts[-1])
        shares = [np.cumsum(flips < p)[counts - 1] / counts for p in (0.5, 0.7)]
        chart = ConvergenceChart(
            counts,
            shares,
            colors=(PROBABILITY, MODEL),
            y_range=(0.0, 1.0),
            y_ticks=(0, 1),
            counted="flips",
            unit="heads",
            band=MODEL,
        ).center()
        self.play(FadeIn(chart))
        self.play(chart.run(lambda _: None))
        self.play(Create(chart.truth(0.5)), Create(chart.truth(0.7)))
        self.wait()
