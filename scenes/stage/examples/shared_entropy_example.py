"""Two bars overlap, become two circles of the same areas, and go through what two variables can share."""

from __future__ import annotations

from manim import LEFT, ORIGIN, FadeIn

from scenes.stage.examples.stage_example import StageExample
from scenes.stage.shared_entropy import SharedEntropy


class SharedEntropyExample(StageExample):
    """End to end, overlapping, round; all of the smaller one shared, then some of it."""

    def construct(self) -> None:
        """Show every verb once."""
        picture = SharedEntropy(1.0, 3.3, 0.0).as_bars(6 * LEFT)
        self.play(FadeIn(picture))
        self.play(picture.vary(1.0, 3.3, 0.3))
        self.play(picture.animate.as_circles(ORIGIN))
        self.play(picture.vary(1.2, 3.3, 1.2))
        self.play(picture.vary(1.2, 3.3, 0.4))
        self.wait()
