"""How meters of entropy are read: the frame is the room, the bar is what a distribution makes of it."""

from __future__ import annotations

from manim import DOWN, LEFT, FadeIn, VGroup

from infotheory import entropy
from scenes.stage.entropy_meter import EntropyMeter
from scenes.stage.examples.stage_example import StageExample


class EntropyMeterExample(StageExample):
    """Two and three outcomes; the three have more room, and use less of it."""

    def construct(self) -> None:
        """Let both meters rise, and one fall again."""
        two, three = EntropyMeter(2, label="two outcomes", unit=3), EntropyMeter(3, label="three outcomes", unit=3)
        VGroup(two, three).arrange(DOWN, buff=0.8, aligned_edge=LEFT)
        self.play(FadeIn(two, three))
        self.play(two.rise(entropy([0.5, 0.5])), three.rise(entropy([1 / 3] * 3)))
        self.play(three.rise(entropy([0.01, 0.01, 0.98])))
        self.wait()
