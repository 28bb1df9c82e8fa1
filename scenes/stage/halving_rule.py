"""The series' mark: a rule that is halved again and again, one piece for each bit."""

from __future__ import annotations

from manim import RIGHT, Rectangle, VGroup

from scenes.stage.theme import CODE


class HalvingRule(VGroup):
    """Pieces of 1/2, 1/4, 1/8, ... of *width*, left to right, *count* in all, parted by *gap*."""

    def __init__(self, width: float = 6.0, *, height: float = 0.09, count: int = 6, gap: float = 0.07) -> None:
        lengths = [width / 2**bits - gap for bits in range(1, count + 1)]
        if lengths[-1] <= 0:
            raise ValueError(f"{count} halvings of {width} leave no room for gaps of {gap}")
        pieces = [Rectangle(width=length, height=height, stroke_width=0).set_fill(CODE, 1) for length in lengths]
        super().__init__(*pieces)
        self.arrange(RIGHT, buff=gap)
