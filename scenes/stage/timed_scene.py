"""A Manim scene that counts whole frames, so that its times are exact at every frame rate."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from manim import Animation, Camera, Mobject, Scene, Wait, config, tempconfig

from narration.timetable import TimedAnimation
from scenes.stage.theme import GROUND


class TimedScene(Scene):
    """Snaps every duration to whole frames and notes what was played when. :attr:`frame` is the clock."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        assert isinstance(self.camera, Camera), "the series is drawn with Cairo, not OpenGL"
        self.camera.background_color = GROUND
        self.frame = 0
        self._frame_rate = round(config.frame_rate)
        self._played: list[tuple[str, int, int]] = []

    @property
    def frame_rate(self) -> int:
        """Frames a second of the video."""
        return self._frame_rate

    def get_run_time(self, animations: list[Animation]) -> float:
        """The run time in whole frames, nudged off the grid by half a frame: rounding cannot gain or lose one.

        Manim counts ``int(t / dt)`` frames for a still and ``len(arange(0, t, dt))`` for motion; both are off by one
        for about a tenth of all durations that are whole numbers of frames.
        """
        still = len(animations) == 1 and isinstance(animations[0], Wait) and not self.should_update_mobjects()
        return (self._frames(animations) + (0.5 if still else -0.5)) / self.frame_rate

    def _frames(self, animations: list[Animation]) -> int:
        return max(1, round(super().get_run_time(animations) * self.frame_rate))

    def get_moving_and_static_mobjects(self, animations: Iterable[Animation]) -> tuple[list[Mobject], list[Mobject]]:
        """As Manim's; nobody asks for them while animations are skipped."""
        if self.renderer.skip_animations:
            return [], []
        return super().get_moving_and_static_mobjects(animations)

    def play(self, *args: Any, **kwargs: Any) -> None:
        """As Manim's, with the run time snapped to whole frames and noted."""
        super().play(*args, **kwargs)
        assert self.animations is not None
        frames = self._frames(self.animations)
        names = dict.fromkeys(type(animation).__name__.lstrip("_") for animation in self.animations)
        self._played.append((", ".join(names), self.frame, self.frame + frames))
        self.frame += frames

    def turn_back(self, frame: int) -> None:
        """Set the clock back to *frame*: what was played since was fast-forwarded and is not in the video."""
        self.frame = frame
        self._played = [played for played in self._played if played[1] < frame]

    def played_since(self, frame: int) -> Iterator[TimedAnimation]:
        """The animations that began at *frame* or later."""
        for name, start, end in self._played:
            if start >= frame:
                yield TimedAnimation(name, start / self.frame_rate, end / self.frame_rate)

    def render(self, preview: bool = False) -> bool:
        """Render the scene, without Manim's cache of animations: it loses the sound of what it does not play again."""
        with tempconfig({"disable_caching": True}):
            return super().render(preview)
