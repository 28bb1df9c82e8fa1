"""``render.py chapter``: what it takes, and which work it starts."""

from __future__ import annotations

import click

from commands.completed import PART
from commands.json_option import json_option
from commands.options import rendering_options
from film.document import Document
from film.settings import Settings
from scenes.programme import PROGRAMME, part


@click.command("chapter")
@click.argument("parts", nargs=-1, type=PART)
@json_option
@rendering_options
def command(parts: tuple[str, ...], settings: Settings, document: Document) -> None:
    """Render the chapters of PARTS (names or numbers; all of them without).

    Example: render.py chapter entropy -ql -p
    """
    chosen = [part(name) for name in parts] or PROGRAMME
    from film import video_work

    for made in video_work.render_chapters(chosen, settings):
        made.tell(document)
