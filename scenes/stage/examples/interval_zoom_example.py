"""How the unit interval zooms into a message, and how its binary digits settle."""

from __future__ import annotations

from manim import UP, FadeIn

from infotheory import shortest_codeword_within
from scenes.stage.examples.stage_example import StageExample
from scenes.stage.interval_zoom import IntervalZoom
from scenes.stage.theme import GROUND
from scenes.stage.typeset import Words

COIN = (0.7, 0.3)
MESSAGE = (1, 0, 1)


class IntervalZoomExample(StageExample):
    """Three flips of a coin, and the codeword that points at them."""

    def construct(self) -> None:
        """Zoom in flip by flip, settle what can be settled, and point at a codeword inside."""
        line = IntervalZoom(COIN, label=lambda side: Words("HT"[side], color=GROUND), ends=("0", "1")).shift(UP)
        self.play(FadeIn(line))
        for side in MESSAGE:
            self.play(line.choose(side))
            piece = line.interval.zoom(line.partition[side])
            self.play(line.zoom(side, (f"{float(piece.start):.3f}", f"{float(piece.end):.3f}")))
            self.play(line.settle())
            self.play(line.advance())
        self.play(line.point(shortest_codeword_within(line.interval)))
        self.wait()
