"""``render.py site``: what it takes, and which work it starts."""

from __future__ import annotations

import click

from commands.completed import PART
from commands.options import rendering_options
from film.settings import Settings
from scenes.programme import PROGRAMME, part


@click.command("site")
@click.argument("parts", nargs=-1, type=PART)
@rendering_options
def command(parts: tuple[str, ...], settings: Settings) -> None:
    """Build the viewer's site, films/site, with the chapters of PARTS (names or numbers; all of them without).

    Example: render.py site -p
    """
    chosen = [part(name) for name in parts]
    from film import site_work

    site_work.make_site([each for each in PROGRAMME if each in chosen] or PROGRAMME, settings)
