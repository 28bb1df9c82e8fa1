"""Fades that nobody sees: where animations are skipped, they only put mobjects on the stage or take them off it.

A fade leaves its mobject as it was; but to come to that, Manim copies it three times.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from manim import FadeIn, FadeOut, Scene, Transform

from film.drawing.frame_renderer import FrameRenderer
from film.drawing.replaced import replaced

_SKIPPED = "_is_skipped_fade"


def _setup_scene(self: Any, scene: Scene) -> None:
    Transform._setup_scene(self, scene)
    is_whole = self.rate_func(0) == 0 and self.rate_func(1) == 1
    # Others that skip may look at an animation half-way, as the layout check does.
    is_unseen = isinstance(scene.renderer, FrameRenderer) and scene.renderer.skip_animations
    setattr(self, _SKIPPED, is_whole and is_unseen)


def _begin(self: Any) -> None:
    if not getattr(self, _SKIPPED, False):
        Transform.begin(self)
        return
    self.starting_mobject = self.target_mobject = self.target_copy = self.mobject
    if self.suspend_mobject_updating:
        self.mobject.suspend_updating()


def _interpolate(self: Any, alpha: float) -> None:
    if not getattr(self, _SKIPPED, False):
        Transform.interpolate(self, alpha)


def skipped_fades() -> AbstractContextManager[None]:
    """Let fades do so until the ``with`` block ends."""
    methods = {"_setup_scene": _setup_scene, "begin": _begin, "interpolate": _interpolate}
    return replaced(*((fade, name, method) for fade in (FadeIn, FadeOut) for name, method in methods.items()))
