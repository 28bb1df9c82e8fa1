"""What every example scene starts from: the ground in its own colour."""

from __future__ import annotations

from manim import Camera, Scene

from scenes.stage.theme import GROUND


class StageExample(Scene):
    """A scene on the series' ground."""

    def setup(self) -> None:
        """Colour the ground before anything is drawn."""
        assert isinstance(self.camera, Camera)
        self.camera.background_color = GROUND
