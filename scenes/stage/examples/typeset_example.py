"""How words and formulas are set."""

from __future__ import annotations

from manim import DOWN, LEFT, FadeIn, VGroup

from scenes.stage.examples.stage_example import StageExample
from scenes.stage.theme import BODY, CODE, HEADING, QUIET, SMALL, TITLE
from scenes.stage.typeset import Maths, Words


class TypesetExample(StageExample):
    """The type scale, and a formula with one part in its quantity's colour."""

    def construct(self) -> None:
        """Show a line in each size."""
        lines = [
            Words("A title asks a question?", size=TITLE, weight="medium"),
            Words("A heading says what matters", size=HEADING),
            Words("Body text names what stands beside it", size=BODY),
            Words("Small and quiet: what may be overlooked", size=SMALL, color=QUIET),
        ]
        formula = Maths("s(p) = {{ log_2 1/p : halvings }}", size=TITLE)
        formula.select("halvings").set_color(CODE)
        self.play(FadeIn(VGroup(*lines, formula).arrange(DOWN, buff=0.5, aligned_edge=LEFT)))
        self.wait()
