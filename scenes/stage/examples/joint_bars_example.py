"""How joint entropy is read: two costs end to end, one together, and what is saved."""

from __future__ import annotations

from manim import FadeIn

from scenes.stage.examples.stage_example import StageExample
from scenes.stage.joint_bars import JointBars


class JointBarsExample(StageExample):
    """Two strangers cost the sum; two that know each other cost less."""

    def construct(self) -> None:
        """Start without a saving, then save most of Y."""
        bars = JointBars(2, 2, 4, unit=2.2).center()
        self.play(FadeIn(bars))
        self.play(bars.animate.set_entropies(2, 2, 2.75))
        self.wait()
