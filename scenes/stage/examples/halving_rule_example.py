"""The series' mark."""

from __future__ import annotations

from manim import DOWN, FadeIn, LaggedStart

from scenes.stage.examples.stage_example import StageExample
from scenes.stage.halving_rule import HalvingRule


class HalvingRuleExample(StageExample):
    """Pieces come in one by one, each half as long as the one before."""

    def construct(self) -> None:
        """Draw the rule large."""
        rule = HalvingRule(11.0, height=0.3, count=6)
        self.play(LaggedStart(*(FadeIn(piece, shift=0.2 * DOWN) for piece in rule), lag_ratio=0.3))
        self.wait()
