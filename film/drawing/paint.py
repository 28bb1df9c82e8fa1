"""How a mobject's outline is filled and stroked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cairo
from manim import Camera, VMobject
from manim.camera.camera import CAP_STYLE_MAP, LINE_JOIN_MAP
from numpy.typing import NDArray

Source = tuple[float, float, float, float]  # as Cairo is told; its surfaces have red and blue exchanged


def style_of(mobject: VMobject) -> tuple[Any, ...]:
    """Everything beside its points that ``Camera.display_vectorized`` reads from *mobject*."""
    fill, stroke = mobject.get_fill_rgbas(), mobject.get_stroke_rgbas()
    behind = mobject.get_stroke_width(True)
    gradient = len(fill) > 1 or len(stroke) > 1 or behind > 0
    return (
        fill.tobytes(),
        stroke.tobytes(),
        mobject.get_stroke_width(),
        mobject.joint_type,
        mobject.cap_style,
        (
            behind,
            mobject.get_stroke_rgbas(True).tobytes(),
            tuple(mobject.get_sheen_direction()),
            mobject.shade_in_3d,
        )
        if gradient
        else None,
    )


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


def paint_of(mobject: VMobject, camera: Camera) -> Paint | None:
    """The paint of *mobject*; None for one with gradients or a line behind its fill, which Manim's own code paints."""
    fill, stroke = mobject.get_fill_rgbas(), mobject.get_stroke_rgbas()
    if len(fill) != 1 or len(stroke) != 1 or mobject.get_stroke_width(True) > 0:
        return None
    width = mobject.get_stroke_width()
    return Paint(
        _source(fill),
        _source(stroke) if width != 0 else None,
        width * camera.cairo_line_width_multiple,
        LINE_JOIN_MAP[mobject.joint_type],
        CAP_STYLE_MAP[mobject.cap_style],
    )


def _source(rgbas: NDArray[Any]) -> Source | None:
    red, green, blue, opacity = rgbas[0].tolist()
    return (blue, green, red, opacity) if opacity > 0 else None
