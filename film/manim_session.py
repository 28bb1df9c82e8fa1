"""Manim configured for work behind the scenes: its own folders, no progress bars, no files but those asked for."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from manim import tempconfig

from film.quality import Quality


def manim_session(media: Path, quality: Quality, **more: Any) -> AbstractContextManager[Any]:
    """A Manim configuration that ends with the ``with`` block; its working files go to *media*."""
    settings: dict[str, Any] = {
        "media_dir": str(media),
        "pixel_height": quality.height,
        "pixel_width": quality.width,
        "frame_rate": quality.frame_rate,
        "progress_bar": "none",
        "verbosity": "ERROR",
        "disable_caching": True,
        "notify_outdated_version": False,
    }
    context: AbstractContextManager[Any] = tempconfig(settings | more)
    return context
