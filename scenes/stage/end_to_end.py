"""Do two lengths, laid end to end, reach as far as a third? A rule for surprise is put to the test."""

from __future__ import annotations

from collections.abc import Sequence

from manim import DOWN, LEFT, RIGHT, UP, ManimColor, Rectangle, VGroup
from manim.typing import Point3D

from scenes.stage.theme import CODE, GROUND, PAPER, SMALL, WASTE
from scenes.stage.typeset import Maths, Source, Words

GAP = 0.1  # between the two rows
APART = 0.5  # between the parts before they are joined
TOLERANCE = 1e-9


class EndToEnd(VGroup):
    """Parts in a row, and under them the length that they should add up to; what differs is marked in red.

    Parameters
    ----------
    parts, whole
        Lengths in the rule's own unit.
    part_labels, sum_label, whole_label
        Typst math; the numbers as they are to be shown.
    whole_name
        What the lower row is, in words.
    width
        Length of the longer row in scene units.
    height
        Height of one row.
    """

    def __init__(
        self,
        parts: Sequence[float],
        whole: float,
        *,
        part_labels: Sequence[str],
        sum_label: str,
        whole_label: str,
        whole_name: str,
        width: float = 4.6,
        height: float = 0.46,
        color: ManimColor = CODE,
    ) -> None:
        super().__init__()
        total, self._height = sum(parts), height
        self.unit = width / max(total, whole)
        self.parts = VGroup(*(self._part(value, label, color) for value, label in zip(parts, part_labels, strict=True)))
        self.whole = self._bar(whole, color)
        self.adds = abs(total - whole) <= TOLERANCE * max(total, whole)
        self.parts.arrange(RIGHT, buff=0, center=False)
        self.whole.next_to(self.parts, DOWN, buff=GAP, aligned_edge=LEFT)
        self.whole_name = Words(whole_name, size=SMALL, color=GROUND).move_to(self.whole)
        self.gap = VGroup() if self.adds else self._gap(total, whole)
        self.sum_label = self._beside(self.parts, sum_label)
        self.sum_label.source = Source(f"{' + '.join(part_labels)} = {sum_label}", maths=True)
        self.whole_label = self._beside(self.whole, whole_label)
        self.add(self.parts, self.whole, self.whole_name, self.gap, self.sum_label, self.whole_label)

    def _bar(self, value: float, color: ManimColor) -> Rectangle:
        bar = Rectangle(width=value * self.unit, height=self._height, fill_color=color, fill_opacity=1)
        return bar.set_stroke(GROUND, width=1.5)

    def _part(self, value: float, label: str, color: ManimColor) -> VGroup:
        bar = self._bar(value, color)
        return VGroup(bar, Maths(label, size=SMALL, color=GROUND).move_to(bar))

    def _gap(self, total: float, whole: float) -> VGroup:
        shorter, missing = (self.parts, whole - total) if total < whole else (self.whole, total - whole)
        gap = self._bar(missing, WASTE).set_fill(opacity=0.35).set_stroke(WASTE, width=1.5)
        return VGroup(gap.next_to(shorter, RIGHT, buff=0))

    def _beside(self, row: VGroup | Rectangle, label: str) -> Maths:
        right_edge: Point3D = max(self.parts.get_right()[0], self.whole.get_right()[0]) * RIGHT
        color = PAPER if self.adds else WASTE
        text = Maths(label, color=color).move_to(right_edge + row.get_center()[1] * UP, aligned_edge=LEFT)
        return text.shift(0.25 * RIGHT)

    def separate(self) -> EndToEnd:
        """Hold the parts a little apart; arrange them to the right without a buffer to join them. Returns itself."""
        for part in self.parts[1:]:
            part.shift(APART * RIGHT)
        return self
