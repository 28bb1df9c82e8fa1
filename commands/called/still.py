"""``render.py still``: what it takes, and which work it starts."""

from __future__ import annotations

from pathlib import Path

import click

from commands.completed import ADDRESS
from commands.json_option import json_option
from commands.options import clear_errors, debug_option, out_option, quality_option, store_option
from film.document import Document


@click.command("still")
@click.argument("addresses", nargs=-1, required=True, type=ADDRESS)
@out_option
@store_option
@quality_option
@json_option
@debug_option
def command(
    addresses: tuple[str, ...], out: Path, store: Path, quality: str | None, debug: bool, document: Document
) -> None:
    """The last frame of a beat, or of a film, as PNG; a pattern such as 'kraft@*' is every beat that fits it.

    Example: render.py still kraft@budget
    """
    with clear_errors(debug):
        from film import picture_work

        for made in picture_work.save_last_frames(addresses, out, quality, store):
            document.product("still", made.path, address=made.address)
