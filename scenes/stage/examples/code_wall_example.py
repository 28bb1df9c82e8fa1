"""How codewords are chosen on the wall, what they spend, and how a clash shows."""

from __future__ import annotations

from manim import FadeIn

from scenes.stage.code_wall import CodeWall
from scenes.stage.examples.stage_example import StageExample


class CodeWallExample(StageExample):
    """Three codewords are chosen; a fourth string is spent already."""

    def construct(self) -> None:
        """Show every verb once."""
        wall = CodeWall(4, width=11).center()
        self.play(FadeIn(wall))
        for word in ("0", "10", "110"):
            self.play(wall.choose(word))
            self.play(wall.spend(word))
        self.play(wall.reject("01"))
        self.wait()
