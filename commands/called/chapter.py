"""``render.py chapter``: what it takes, and which work it starts."""

from __future__ import annotations

import click

from commands.options import rendering_options
from film.settings import Settings
from scenes.programme import PROGRAMME, part


@click.command("chapter")
@click.argument("parts", nargs=-1)
@rendering_options
def command(parts: tuple[str, ...], settings: Settings) -> None:
    """Render the chapters of PARTS (names or numbers; all of them without).

    Example: render.py chapter entropy -ql -p
    """
    chosen = [part(name) for name in parts] or PROGRAMME
    from film import video_work

    video_work.render_chapters(chosen, settings)
