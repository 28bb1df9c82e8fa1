"""Manim configured for work behind the scenes: its own folders, no progress bars, one encoder setting for all."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from manim import tempconfig

from film.quality import Quality

# Equal settings in every clip, so that clips join by stream copy. One thread: there is a process for every core.
ENCODER_OPTIONS = {"preset": "fast", "crf": "18", "threads": "1"}


def manim_session(media: Path, quality: Quality, **more: Any) -> AbstractContextManager[Any]:
    """A Manim configuration that ends with the ``with`` block; its working files go to *media*."""
    settings: dict[str, Any] = {
        "media_dir": str(media),
        "pixel_height": quality.height,
        "pixel_width": quality.width,
        "frame_rate": quality.frame_rate,
        "video_encoder_options": ENCODER_OPTIONS,
        "progress_bar": "none",
        "verbosity": "ERROR",
        "disable_caching": True,
        "notify_outdated_version": False,
    }
    context: AbstractContextManager[Any] = tempconfig(settings | more)
    return context
