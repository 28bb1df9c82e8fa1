"""Manim's Cairo renderer, drawing and encoding only what is new on a frame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, cast

import numpy as np
from manim import Camera, Mobject, MovingCamera, Scene, VMobject
from manim.renderer.cairo_renderer import CairoRenderer
from manim.typing import PixelArray
from manim.utils.iterables import list_update
from numpy.typing import NDArray

from film.drawing.canvas import Canvas
from film.drawing.display_list import in_drawing_order, is_understood
from film.drawing.picture_writer import PictureWriter
from film.drawing.tiles import Tiles

# What a camera must leave as Camera has it for its pictures to be drawn here.
_DRAWING = (
    "apply_fill",
    "apply_stroke",
    "display_vectorized",
    "get_fill_rgbas",
    "get_mobjects_to_display",
    "get_stroke_rgbas",
    "set_cairo_context_color",
    "set_cairo_context_path",
    "transform_points_pre_display",
)


class FrameRenderer(CairoRenderer):
    """Keeps two canvases: mobjects that stand still during an animation, and on top of them all the others.

    Frames are those of Manim, pixel by pixel. What is not understood (images, point clouds, cameras that draw in their
    own way) is drawn by Manim's own code.
    """

    def __init__(
        self,
        file_writer_class: type[PictureWriter] = PictureWriter,
        camera_class: type[Camera] | None = None,
        skip_animations: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(file_writer_class, camera_class, skip_animations, **kwargs)
        camera = type(self.camera)
        self._knows_camera = all(getattr(camera, name) is getattr(Camera, name) for name in _DRAWING) and (
            camera.capture_mobjects in (Camera.capture_mobjects, MovingCamera.capture_mobjects)
        )
        self._nothing = Tiles(self.camera.pixel_width, self.camera.pixel_height)
        self._geometry: tuple[Any, ...] = ()
        self._has_static = False  # whether the static mobjects lie below
        self._stands_on_static = False  # whether the canvas was last drawn over them

    # ---- what Manim calls ------------------------------------------------------------------------

    def play(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """As Manim's; an animation that is skipped leaves the stage as one that was played."""
        super().play(scene, *args, **kwargs)
        if self.skip_animations:
            scene.update_mobjects(0)

    def save_static_frame_data(self, scene: Scene, static_mobjects: Iterable[Mobject]) -> PixelArray | None:
        """Draw what stands still; the picture that the others are drawn on."""
        self.static_image = None
        self._has_static = False
        static = list(static_mobjects)
        if self.skip_animations or not static:
            return None
        self._check_geometry()
        mobjects = in_drawing_order(static, self.camera)
        if self._understands(mobjects):
            self._under.draw(cast(list[VMobject], mobjects), self._background, self._nothing)
        else:
            super().update_frame(scene, static)
            self._under.pixels[:] = self.camera.pixel_array
            self._under.forget()
            self._under.changed.mark_all()
            self._canvas.forget()
        self._has_static = True
        self.static_image = self._under.pixels
        return self.static_image

    def update_frame(
        self,
        scene: Scene,
        mobjects: Iterable[Mobject] | None = None,
        include_submobjects: bool = True,
        ignore_skipping: bool = True,
        **kwargs: Any,
    ) -> None:
        """Bring the camera's picture up to date."""
        if self.skip_animations and (mobjects is not None or not ignore_skipping):
            return  # nobody sees a frame that Manim draws for an animation it skips
        self._check_geometry()
        if self.static_image is None:
            self._has_static = False
        chosen = list(mobjects or ()) or list_update(scene.mobjects, scene.foreground_mobjects)
        shown = in_drawing_order(chosen, self.camera) if include_submobjects else chosen
        if self._understands(shown) and not kwargs:
            self._draw(cast(list[VMobject], shown))
        else:
            self._draw_as_manim(chosen, include_submobjects=include_submobjects, **kwargs)

    def render(self, scene: Scene, time: float, moving_mobjects: Iterable[Mobject] | None = None) -> None:
        """Draw and write the next frame."""
        if not self.skip_animations:
            self.update_frame(scene, moving_mobjects)
            self._write(1)

    def freeze_current_frame(self, duration: float) -> None:
        """Let the picture stand for *duration* seconds."""
        if not self.skip_animations:
            self._write(int(duration * self.camera.frame_rate))

    def frame_now(self, scene: Scene) -> NDArray[np.uint8]:
        """The scene as it stands, shape (height, width, 3); while animations are skipped, nothing else is drawn."""
        self.static_image = None
        self.update_frame(scene)
        return np.ascontiguousarray(self.camera.pixel_array[..., :3])

    # ---- drawing ---------------------------------------------------------------------------------

    def _check_geometry(self) -> None:
        """Set up the canvases anew if the camera looks elsewhere, has another ground or other pixels."""
        camera = self.camera
        pixels, ground = camera.pixel_array, camera.background
        geometry = (id(pixels), id(ground), *camera.frame_center, camera.frame_width, camera.frame_height)
        if geometry == self._geometry:
            return
        assert ground is not None
        self._background: PixelArray = ground
        if not self._geometry or geometry[:2] != self._geometry[:2]:
            self._canvas, self._under = Canvas(camera, pixels), Canvas(camera, pixels.copy())
        self._canvas.forget()
        self._under.forget()
        camera.pixel_array_to_cairo_context.clear()
        self._geometry = geometry

    def _understands(self, mobjects: Sequence[Mobject]) -> bool:
        return self._knows_camera and is_understood(mobjects)

    def _draw(self, mobjects: Sequence[VMobject]) -> None:
        if not self._has_static:
            self._canvas.draw(mobjects, self._background, None if self._stands_on_static else self._nothing)
            self._stands_on_static = False
            return
        changes = self._under.changed if self._stands_on_static else None
        self._canvas.draw(mobjects, self._under.pixels, changes)
        self._under.changed.clear()
        self._stands_on_static = True

    def _draw_as_manim(self, mobjects: Sequence[Mobject], **kwargs: Any) -> None:
        camera = self.camera
        camera.set_frame_to_background(self._under.pixels if self._has_static else self._background)
        camera.pixel_array_to_cairo_context.clear()
        camera.capture_mobjects(mobjects, **kwargs)
        self._canvas.forget()
        self._canvas.changed.mark_all()

    def _write(self, count: int) -> None:
        self.file_writer.show(self.camera.pixel_array, self._canvas.changed, count)
        self._canvas.changed.clear()
        self.time += count / self.camera.frame_rate
