"""The part of the plane that a camera shows: the 16 : 9 stage, or the stage in the middle of another frame."""

from __future__ import annotations

import numpy as np
from manim import BLACK, Camera

from film.look import WIDE, Look
from scenes.stage.theme import STAGE_CENTER


def set_up(camera: Camera, look: Look) -> None:
    """Let *camera*, whose pixels have the look's shape already, show the stage as *look* asks for.

    The picture is as wide as ever, so a scene need not know; in a taller frame what is above and below is ground.
    """
    camera.frame_height = camera.frame_width * camera.pixel_height / camera.pixel_width
    if look.aspect != WIDE:
        camera.frame_center = np.array(STAGE_CENTER)
    if look.lossless:
        camera.background_color = BLACK  # of which nothing is seen: colours are kept multiplied by opacity
        camera.background_opacity = 0.0
    camera.reset()
