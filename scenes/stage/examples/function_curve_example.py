"""How a live point slides along a curve while something follows it."""

from __future__ import annotations

from manim import RIGHT, Create, FadeIn

from infotheory import binary_entropy
from scenes.stage.examples.stage_example import StageExample
from scenes.stage.function_curve import FunctionCurve
from scenes.stage.live_number import LiveNumber


class FunctionCurveExample(StageExample):
    """The entropy of a coin, and a number that keeps up with the point."""

    def construct(self) -> None:
        """Draw the curve, slide evenly, then evenly in ratios."""
        graph = FunctionCurve(binary_entropy, x_ticks={0: "0", 0.5: "1\\/2", 1: "1"}, y_ticks={1: "1"}).center()
        number = LiveNumber(binary_entropy(0.1), ".4f").next_to(graph, RIGHT)
        self.play(FadeIn(graph.axes), Create(graph.curve))
        self.play(FadeIn(graph.place(0.1).dot, number))
        for x, by_ratio in ((0.5, False), (0.01, True)):

            def follow(p: float) -> None:
                number.set_value(binary_entropy(p))

            self.play(graph.slide(x, follow, followers=[number], by_ratio=by_ratio))
        self.wait()
