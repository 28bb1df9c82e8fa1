"""Many small dots as one mobject, which come one after the other."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import Animation, Circle, ManimColor, UpdateFromAlphaFunc, VMobject
from manim.typing import Point3D_Array

from scenes.stage.theme import PROBABILITY, STEADY


class DotCloud(VMobject):
    """Dots at *places*, an array of shape (dots, 3); as quick to draw as a single shape.

    :meth:`reveal` leaves only the first of them; :meth:`fall` is the animation in which they come, in their order.
    """

    def __init__(self, places: Point3D_Array, *, radius: float = 0.04, color: ManimColor = PROBABILITY) -> None:
        super().__init__(fill_color=color, fill_opacity=1, stroke_width=0)
        outline = Circle(radius=radius).points
        self._outlines = (np.asarray(places)[:, None, :] + outline[None, :, :]).reshape(-1, 3)
        self._each, self.count = len(outline), len(places)
        self.reveal(self.count)

    def reveal(self, dots: int) -> DotCloud:
        """Show the first *dots* only. Returns itself."""
        self.set_points(self._outlines[: dots * self._each])
        return self

    def fall(self, **kwargs: Any) -> Animation:
        """Dots come one after the other until all are there."""
        return UpdateFromAlphaFunc(
            self, lambda _, alpha: self.reveal(round(alpha * self.count)), **{"run_time": STEADY, **kwargs}
        )
