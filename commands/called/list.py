"""``render.py list``: what it takes, and which work it starts."""

from __future__ import annotations

from pathlib import Path

import click

from commands.completed import ADDRESS
from commands.json_option import json_option
from commands.options import clear_errors, debug_option, store_option
from film.document import Document


@click.command("list")
@click.argument("addresses", nargs=-1, type=ADDRESS)
@store_option
@json_option
@debug_option
def command(addresses: tuple[str, ...], store: Path, debug: bool, document: Document) -> None:
    """The programme: parts, films, their questions and how they stand; of single films, the beats.

    Example: render.py list kraft
    """
    with clear_errors(debug):
        from film import list_work

        list_work.show_list(addresses, store, document)
