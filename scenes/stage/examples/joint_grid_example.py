"""How a grid of pairs goes from strangers to partners, its margins standing still."""

from __future__ import annotations

from manim import FadeIn

from infotheory import independent_joint, mixed_joint, partnered_joint
from scenes.stage.examples.stage_example import StageExample
from scenes.stage.joint_grid import JointGrid


class JointGridExample(StageExample):
    """Letters of DNA: a pair is singled out, then most of the letters meet their partners."""

    def construct(self) -> None:
        """Show every verb once."""
        p = [0.3, 0.2, 0.2, 0.3]
        strangers, partners = independent_joint(p, p), partnered_joint(p, [3, 2, 1, 0])
        grid = JointGrid(strangers, x_labels="ACGT", y_labels="ACGT", width=5.5, height=5.5).center()
        self.play(FadeIn(grid))
        self.play(grid.animate.highlight((0, 1)))
        self.play(grid.animate.highlight())
        self.play(grid.slide(lambda share: mixed_joint(strangers, partners, 0.6 * share)))
        self.wait()
