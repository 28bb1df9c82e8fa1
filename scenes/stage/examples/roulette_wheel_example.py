"""How a roulette wheel is narrowed down to a pocket, and rigged towards it."""

from __future__ import annotations

import numpy as np
from manim import FadeIn, UpdateFromAlphaFunc

from scenes.stage.examples.stage_example import StageExample
from scenes.stage.roulette_wheel import RouletteWheel


class RouletteWheelExample(StageExample):
    """Three pockets are singled out; then pocket 15 takes nearly everything, its middle staying at the top."""

    def construct(self) -> None:
        """Show every verb once."""
        wheel = RouletteWheel(top=15)
        fair, rigged = wheel.distribution, np.where(np.arange(37) == 15, 0.91, 0.0025)
        self.play(FadeIn(wheel))
        self.play(wheel.animate.highlight(32, 15, 19))
        self.play(wheel.animate.highlight())
        share = UpdateFromAlphaFunc(wheel, lambda _, a: wheel.set_distribution((1 - a) * fair + a * rigged))
        self.play(share, run_time=3)
        self.wait()
