"""Manim configured for work behind the scenes: its own folders, no progress bars, no files but those asked for."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from manim import tempconfig

from film.drawing.quick_mobjects import quick_mobjects
from film.drawing.skipped_fades import skipped_fades
from film.drawing.typesetting import kept_texts
from film.quality import Quality

# Mobjects refer to each other in circles, but few of them die young: looking for those costs more than it frees.
_COLLECT_AFTER = 100_000


@contextmanager
def manim_session(media: Path, quality: Quality, *, kept: Path | None = None, **more: Any) -> Iterator[None]:
    """A Manim that works quickly until the ``with`` block ends; its working files go to *media*.

    *kept* is a folder in which texts that were set stay for later sessions.
    """
    threshold = gc.get_threshold()
    gc.set_threshold(_COLLECT_AFTER, *threshold[1:])
    try:
        with tempconfig(settings(media, quality) | more), kept_texts(kept), quick_mobjects(), skipped_fades():
            yield
    finally:
        gc.set_threshold(*threshold)


def settings(media: Path, quality: Quality) -> dict[str, Any]:
    """Manim's configuration."""
    return {
        "media_dir": str(media),
        "tex_dir": str(media / "texts"),
        "pixel_height": quality.height,
        "pixel_width": quality.width,
        "frame_rate": quality.frame_rate,
        "progress_bar": "none",
        "verbosity": "ERROR",
        "disable_caching": True,
        "notify_outdated_version": False,
    }
