"""Somebody who looks at something: a head and shoulders."""

from __future__ import annotations

from manim import RIGHT, UP, Circle, ManimColor, VGroup, VMobject

from scenes.stage.theme import PAPER


class Onlooker(VGroup):
    """A person in one colour, *height* high without the head's gap; their seat is the middle of the lower edge."""

    def __init__(self, color: ManimColor = PAPER, *, height: float = 1.5) -> None:
        head = Circle(radius=0.2 * height, color=color, fill_opacity=1, stroke_width=0)
        body = VMobject(fill_color=color, fill_opacity=1, stroke_width=0)
        side, up = 0.38 * height * RIGHT, 0.5 * height * UP
        body.start_new_path(-side)
        body.add_cubic_bezier_curve_to(-side + 0.9 * up, -0.5 * side + up, up)
        body.add_cubic_bezier_curve_to(0.5 * side + up, side + 0.9 * up, side)
        body.add_line_to(-side)
        super().__init__(head.next_to(body, UP, buff=0.06 * height), body)
