"""How a probability bar is filled, highlighted and renormalised, and how a budget overflows."""

from __future__ import annotations

from manim import DOWN, FadeIn, FadeOut, Rectangle

from scenes.stage.examples.stage_example import StageExample
from scenes.stage.probability_bar import ProbabilityBar
from scenes.stage.theme import CODE, WASTE


class ProbabilityBarExample(StageExample):
    """A distribution is poured in, one outcome is singled out; then a budget overflows its frame."""

    def construct(self) -> None:
        """Show every verb once."""
        bar = ProbabilityBar([0.4, 0.2, 0.2, 0.2], labels=["a", "b", "c", "d"])
        self.play(FadeIn(bar.frame))
        for i in range(len(bar.segments)):
            self.play(bar.pour(i))
        self.play(bar.animate.highlight(0))
        self.play(bar.animate.fit(Rectangle(width=10, height=2)))
        self.play(bar.animate.renormalise(0))
        self.play(FadeOut(bar))
        colors = [CODE, CODE, WASTE]
        budget = ProbabilityBar([1 / 2, 1 / 2, 1 / 4], labels=["0", "1", "01"], colors=colors, label_side=DOWN)
        self.play(FadeIn(budget.frame))
        for i in range(len(budget.segments)):
            self.play(budget.pour(i))
        self.wait()
