"""What the command ``clip`` does beside making clips: it says what was made, and what a player must be told."""

from __future__ import annotations

from collections.abc import Sequence

import click

from film.clip.clips import MadeClip, make_clips
from film.clip.style import SOUNDING, ClipStyle
from film.settings import Settings
from film.transcript import clock

HOW_TO_LOOP = (
    "A video file cannot say that it loops. Keynote: Movie > Repeat: Loop; PowerPoint: Playback > Loop until Stopped;"
    " a page: <video loop>; OBS: Loop"
)


def save_clips(addresses: Sequence[str], style: ClipStyle, settings: Settings) -> None:
    """Make clips, say which files to open, and open them if asked to."""
    for clip in make_clips(addresses, style, settings):
        click.echo(f"Open {clip.path} ({_size(clip)})")
        if settings.preview:
            click.launch(str(clip.path))
    if style.loop and style.format in SOUNDING:
        click.echo(HOW_TO_LOOP, err=True)


def _size(clip: MadeClip) -> str:
    files = list(clip.path.iterdir()) if clip.path.is_dir() else [clip.path]
    megabytes = sum(file.stat().st_size for file in files) / 1e6
    if clip.frames == 1:
        return f"{megabytes:.1f} MB"
    return f"{clock(round(clip.seconds))}, {megabytes:.1f} MB"
