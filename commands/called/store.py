"""``render.py store``: what it takes, and which work it starts."""

from __future__ import annotations

from pathlib import Path

import click

from commands.json_option import json_option
from commands.options import FOLDER, STORE, clear_errors, debug_option
from film.document import Document


@click.command("store")
@click.option("--prune", metavar="SIZE", help="remove what was not used for longest until SIZE (such as 2GB) is left")
@click.option("--store", "folder", type=FOLDER, default=STORE, help="folder of finished work (default: .store)")
@json_option
@debug_option
def command(prune: str | None, folder: Path, debug: bool, document: Document) -> None:
    """What the store holds, by film and kind; or make it smaller.

    Example: render.py store --prune 2GB
    """
    with clear_errors(debug):
        from film import store_work

        if prune is None:
            store_work.show_store(folder, document)
        else:
            store_work.prune_store(folder, prune, document)
