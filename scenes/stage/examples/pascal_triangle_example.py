"""How Pascal's triangle grows, how a path is followed, and how a row takes on mass."""

from __future__ import annotations

from manim import UP, FadeIn

from infotheory import log2_binomial_pmf
from scenes.stage.examples.stage_example import StageExample
from scenes.stage.pascal_triangle import PascalTriangle

LAST = 6
HEADS = 0.7


class PascalTriangleExample(StageExample):
    """Six rows, one path of flips, and the masses of a heavy coin."""

    def construct(self) -> None:
        """Show every verb once."""
        triangle = PascalTriangle(LAST, row_height=0.8).shift(2.6 * UP)
        self.play(FadeIn(triangle.entry(0, 0)))
        self.play(triangle.reveal(1))
        self.play(*(FadeIn(line) for line in triangle.branches_to(2)))
        self.play(triangle.add_up(2, 1), FadeIn(triangle.entry(2, 0), triangle.entry(2, 2)))
        for n in range(3, LAST + 1):
            self.play(triangle.reveal(n))
        for step in triangle.follow([1, 1, 0, 1, 0, 1]):
            self.play(step, run_time=0.3)
        self.play(triangle.highlight(LAST, 4))
        self.play(triangle.shade(LAST, [2 ** log2_binomial_pmf(k, LAST, HEADS) for k in range(LAST + 1)]))
        self.wait()
