"""How a mobject's outline is filled and stroked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import cairo
from manim import Camera, VMobject
from manim.camera.camera import CAP_STYLE_MAP, LINE_JOIN_MAP
from manim.constants import CapStyleType, LineJointType

Source = tuple[float, float, float, float]  # as Cairo is told; its surfaces have red and blue exchanged


class Style(NamedTuple):
    """Everything beside its points that ``Camera.display_vectorized`` reads from a mobject."""

    fill: list[list[float]]
    stroke: list[list[float]]
    width: float
    joint: LineJointType
    cap: CapStyleType
    behind: float  # the width of a line behind the fill
    rest: tuple[Any, ...] | None  # what gradients and that line depend on; None where there are none


def style_of(mobject: VMobject) -> Style:
    """The style of *mobject* as it is now."""
    fill, stroke = mobject.get_fill_rgbas().tolist(), mobject.get_stroke_rgbas().tolist()
    width, behind = mobject.get_stroke_width(), mobject.get_stroke_width(True)
    rest = None
    if len(fill) != 1 or len(stroke) != 1 or behind > 0:
        direction = tuple(mobject.get_sheen_direction())
        rest = mobject.get_stroke_rgbas(True).tobytes(), direction, mobject.shade_in_3d
    return Style(fill, stroke, width, mobject.joint_type, mobject.cap_style, behind, rest)


@dataclass(frozen=True, slots=True)
class Paint:
    """One colour inside and one line along the outline, either of them None where nobody sees it."""

    fill: Source | None
    stroke: Source | None
    width: float
    join: cairo.LineJoin
    cap: cairo.LineCap

    def put(self, context: cairo.Context[Any]) -> None:
        """Paint the context's path, as ``Camera.apply_fill`` and ``apply_stroke`` do."""
        if self.fill is not None:
            context.set_source_rgba(*self.fill)
            context.fill_preserve()
        if self.stroke is not None:
            context.set_source_rgba(*self.stroke)
            context.set_line_width(self.width)
            context.set_line_join(self.join)
            context.set_line_cap(self.cap)
            context.stroke_preserve()


def paint_of(style: Style, camera: Camera) -> Paint | None:
    """The paint of *style*; None for one with gradients or a line behind the fill, which Manim's own code paints."""
    if style.rest is not None:
        return None
    return Paint(
        _source(style.fill[0]),
        _source(style.stroke[0]) if style.width != 0 else None,
        style.width * camera.cairo_line_width_multiple,
        LINE_JOIN_MAP[style.joint],
        CAP_STYLE_MAP[style.cap],
    )


def _source(rgba: list[float]) -> Source | None:
    red, green, blue, opacity = rgba
    return (blue, green, red, opacity) if opacity > 0 else None
