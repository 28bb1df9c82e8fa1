"""``render.py storyboard``: what it takes, and which work it starts."""

from __future__ import annotations

from pathlib import Path

import click

from commands.completed import ADDRESS
from commands.json_option import json_option
from commands.options import clear_errors, debug_option, out_option, store_option
from film.document import Document


@click.command("storyboard")
@click.argument("addresses", nargs=-1, type=ADDRESS)
@out_option
@store_option
@click.option("--every", is_flag=True, help="a frame after every animation, not only after every beat")
@click.option("--against", metavar="REVISION", help="before and after: the same film at a git revision, and now")
@json_option
@debug_option
def command(
    addresses: tuple[str, ...],
    out: Path,
    store: Path,
    every: bool,
    against: str | None,
    debug: bool,
    document: Document,
) -> None:
    """One picture for a film: the last frame of each beat, with its words and times.

    Example: render.py storyboard kraft --against HEAD~1
    """
    with clear_errors(debug):
        from film import picture_work

        for made in picture_work.save_storyboards(addresses, out, store, every=every, against=against):
            document.product("storyboard", made.path, address=made.address)
