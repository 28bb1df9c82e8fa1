"""``render.py new``: what it takes, and which work it starts."""

from __future__ import annotations

import click

from commands.json_option import json_option
from commands.options import clear_errors, debug_option
from film.document import Document
from scenes.programme import ROOT


@click.command("new")
@click.argument("address", metavar="PART/NAME")
@json_option
@debug_option
def command(address: str, debug: bool, document: Document) -> None:
    """Start a film: a script, a scene, its facts and their test, which render as they are, and its line in the
    programme.

    Example: render.py new entropy/one_flip
    """
    with clear_errors(debug):
        from film import new_work

        new_work.start_film(address, ROOT, document)
