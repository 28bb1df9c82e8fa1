"""Manim configured for work behind the scenes: its own folders, no progress bars, no files but those asked for."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from configparser import ConfigParser
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from manim import config, tempconfig
from manim._config.utils import ManimConfig, config_file_paths

from film.drawing.quick_measures import quick_measures
from film.drawing.quick_mobjects import quick_mobjects
from film.drawing.quick_transforms import quick_transforms
from film.drawing.skipped_fades import skipped_fades
from film.drawing.typesetting import kept_texts
from film.quality import Quality

_COLLECT_AFTER = 100_000


@contextmanager
def manim_session(media: Path, quality: Quality, *, kept: Path | None = None, **more: Any) -> Iterator[None]:
    """A Manim that works quickly until the ``with`` block ends; its working files go to *media*.

    *kept* is a folder in which texts that were set stay for later sessions.
    """
    with (
        _seldom_collected(),
        _no_wishes(),
        tempconfig(settings(media, quality) | more),
        kept_texts(kept),
        quick_mobjects(),
        quick_measures(),
        quick_transforms(),
        skipped_fades(),
    ):
        yield


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Mobjects refer to each other in circles, but few die young: looking for those costs more than it frees."""
    threshold = gc.get_threshold()
    gc.set_threshold(_COLLECT_AFTER, *threshold[1:])
    try:
        yield
    finally:
        gc.set_threshold(*threshold)


@contextmanager
def _no_wishes() -> Iterator[None]:
    """Manim as it comes: a manim.cfg in somebody's home or current folder is for films of their own."""
    with tempconfig({}):
        config.update(_own_defaults())
        yield


@cache
def _own_defaults() -> ManimConfig:
    library_wide, *_ = config_file_paths()
    parser = ConfigParser()
    parser.read(library_wide, encoding="utf-8")
    return ManimConfig().digest_parser(parser)


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
