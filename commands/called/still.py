"""``render.py still``: what it takes, and which work it starts."""

from __future__ import annotations

from pathlib import Path

import click

from commands.options import clear_errors, debug_option, out_option, quality_option, store_option


@click.command("still")
@click.argument("address")
@out_option
@store_option
@quality_option
@debug_option
def command(address: str, out: Path, store: Path, quality: str | None, debug: bool) -> None:
    """The last frame of a beat, or of a film, as PNG.

    Example: render.py still kraft@budget
    """
    with clear_errors(debug):
        from film import picture_work

        picture_work.save_last_frame(address, out, quality, store)
