"""Every duration is a whole number of frames, so the clock of a scene is that of its video."""

from __future__ import annotations

from typing import Any

import pytest
from manim import RIGHT, UP, AnimationGroup, Dot, FadeIn, LaggedStart, Rotate, Scene, Succession

from scenes.stage.timed_scene import TimedScene

from .conftest import Render

RATES = (15, 24, 30, 60)


def odd_durations(scene: Scene, fps: int) -> None:
    """Plays and waits, still and moving, whose durations are off the frame grid or awkward on it."""
    dot = Dot()
    scene.play(FadeIn(dot), run_time=0.37)
    scene.wait(1 / 3)
    scene.wait(23 / fps)
    scene.play(dot.animate.shift(RIGHT), run_time=31 / fps)
    scene.play(LaggedStart(Rotate(dot), FadeIn(Dot(UP)), lag_ratio=0.3), run_time=7 / fps)
    dot.add_updater(lambda mobject: mobject.shift(0.01 * UP))
    scene.wait(11 / fps)
    scene.wait(0.2371)
    dot.clear_updaters()
    scene.wait(0.001)
    scene.play(Succession(Rotate(dot, run_time=0.11), AnimationGroup(Rotate(dot, run_time=0.13))))


class Odd(TimedScene):
    """The odd durations, on the project's clock."""

    def construct(self) -> None:
        odd_durations(self, self.frame_rate)


class StockOdd(Scene):
    """The same, on Manim's."""

    def construct(self) -> None:
        from manim import config

        odd_durations(self, round(config.frame_rate))


def expected_frames(fps: int) -> int:
    seconds = (0.37, 1 / 3, 23 / fps, 31 / fps, 7 / fps, 11 / fps, 0.2371, 0.001, 0.24)
    return sum(max(1, round(time * fps)) for time in seconds)


@pytest.mark.parametrize("fps", RATES)
def test_the_video_has_the_frames_that_the_clock_counts(render: Render, fps: int) -> None:
    odd = render(Odd, fps)
    assert odd.scene.frame == expected_frames(fps)
    assert len(odd.pictures()) == odd.scene.frame
    played = list(odd.scene.played_since(0))
    assert [animation.name for animation in played][:4] == ["FadeIn", "Wait", "Wait", "MethodAnimation"]
    ends = [round(animation.end * fps) for animation in played]
    assert [round(animation.start * fps) for animation in played] == [0, *ends[:-1]]
    assert ends[-1] == odd.scene.frame


def test_stock_manim_gains_or_loses_frames(render: Render) -> None:
    """Why the clock is needed: without it the same scene has another number of frames."""
    assert any(len(render(StockOdd, fps).pictures()) != expected_frames(fps) for fps in RATES[:2])


@pytest.mark.parametrize("fps", RATES)
def test_no_whole_number_of_frames_is_miscounted(fps: int) -> None:
    """What Manim makes of the nudged run times, for every duration up to 20 s."""
    import numpy as np

    for frames in range(1, 20 * fps):
        assert int((frames + 0.5) / fps / (1 / fps)) == frames  # a still wait
        assert len(np.arange(0, (frames - 0.5) / fps, 1 / fps)) == frames  # motion


class Pieces(TimedScene):
    """Two plays, the first of which is taken back."""

    def construct(self) -> None:
        self.wait(0.4)
        kept: Any = self.frame
        self.wait(0.6)
        self.turn_back(kept)
        self.wait(0.2)


def test_turning_back_forgets_what_was_played_since(render: Render) -> None:
    scene = render(Pieces, 15).scene
    assert [(round(p.start * 15), round(p.end * 15)) for p in scene.played_since(0)] == [(0, 6), (6, 9)]
