"""One length, cut in two ways."""

from __future__ import annotations

from manim import DOWN, UP, Create, FadeIn

from scenes.stage.cut_bar import CutBar
from scenes.stage.examples.stage_example import StageExample


class CutBarExample(StageExample):
    """A bar of four bits is cut after one bit; then the cut moves, and the length stays."""

    def construct(self) -> None:
        """Cut it twice."""
        bar = CutBar([1.0, 3.0], unit=2.4, height=0.9)
        self.play(FadeIn(bar.center()))
        self.play(Create(bar.span(0.0, 1.0, "H(X)")), Create(bar.span(1.0, 4.0, "H(Y | X)")))
        self.play(bar.recut([0.5, 3.5]))
        bar.numbers.set_opacity(0)
        self.play(Create(bar.span(0.0, 0.5, "H(X | Y)", side=DOWN)), Create(bar.span(0.5, 4.0, "H(Y)", side=DOWN)))
        self.play(Create(bar.span(0.0, 4.0, "H(X, Y)", side=UP).shift(0.8 * UP)))
        self.wait()
