"""``render.py gallery``: what it takes, and which work it starts."""

from __future__ import annotations

from pathlib import Path

import click

from commands.options import clear_errors, debug_option, out_option


@click.command("gallery")
@out_option
@debug_option
def command(out: Path, debug: bool) -> None:
    """One picture of all shared mobjects, drawn by their example scenes.

    Example: render.py gallery
    """
    with clear_errors(debug):
        from film import picture_work

        picture_work.save_gallery(out)
