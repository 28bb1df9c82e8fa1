"""``render.py publish``: what it takes, and which work it starts."""

from __future__ import annotations

import click

from commands.completed import PART
from commands.options import rendering_options
from film.settings import Settings
from scenes.programme import PROGRAMME, part


@click.command("publish")
@click.argument("parts", nargs=-1, type=PART)
@rendering_options
def command(parts: tuple[str, ...], settings: Settings) -> None:
    """Make the chapters of PARTS (names or numbers; all of them without) ready for YouTube.

    Each gets a folder, films/publish/<part>: the video at -14 LUFS, captions, thumbnail, title, description with
    chapter times, and tags.

    Example: render.py publish entropy
    """
    chosen = [part(name) for name in parts] or PROGRAMME
    from film import publish_work

    publish_work.publish_chapters(chosen, settings)
