"""A renderer that draws on demand, and stops every animation at its middle for somebody to look."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from manim import Mobject, Scene, Wait
from manim.renderer.cairo_renderer import CairoRenderer
from numpy.typing import NDArray

MIDDLE = 0.5


class LayoutRenderer(CairoRenderer):
    """Skips all animations and draws no frame of its own; *at_middle* is called when an animation is half done."""

    def __init__(self, at_middle: Callable[[Scene], None], **kwargs: Any) -> None:
        super().__init__(skip_animations=True, **kwargs)
        self._at_middle = at_middle

    def render(self, scene: Scene, time: float, moving_mobjects: Iterable[Mobject] | None = None) -> None:
        """Skip the frame."""

    def update_frame(self, scene: Scene, mobjects: Iterable[Mobject] | None = None, *args: Any, **kwargs: Any) -> None:
        """Skip the frame; see :meth:`draw`."""

    def save_static_frame_data(self, scene: Scene, static_mobjects: Iterable[Mobject]) -> None:
        """Manim calls this when the animations have begun: here they are carried to their middle first."""
        assert scene.animations is not None
        if not all(isinstance(animation, Wait) for animation in scene.animations):
            scene.update_to_time(MIDDLE * scene.duration)
            self._at_middle(scene)

    def draw(self, leaves: Sequence[Mobject]) -> NDArray[np.uint8]:
        """A picture of *leaves* only, drawn in their order; shape (height, width, 3)."""
        self.camera.reset()
        if leaves:
            self.camera.capture_mobjects(leaves, include_submobjects=False)
        return np.array(self.camera.pixel_array[..., :3])
