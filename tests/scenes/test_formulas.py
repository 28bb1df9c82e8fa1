"""Formulas look the same wherever they are set."""

from __future__ import annotations

from scenes.stage.theme import HEADING, SMALL
from scenes.stage.typeset import Maths


def strokes(formula: Maths) -> list[float]:
    """The widths of the lines of *formula* that are no glyphs: its fraction bars."""
    widths = [float(part.get_stroke_width()) for part in formula.family_members_with_points()]
    return [width for width in widths if width > 0]


def test_the_second_of_two_equal_formulas_has_the_same_bars() -> None:
    first, second, small = (Maths("1/2 + 1/4 = 3/4", size=size) for size in (HEADING, HEADING, SMALL))
    assert len(strokes(first)) == 3
    assert strokes(second) == strokes(first)
    assert max(strokes(small)) < min(strokes(first)), "a bar grows with its formula"
