"""``render.py doctor``: what it takes, and which work it starts."""

from __future__ import annotations

from pathlib import Path

import click

from commands.json_option import json_option
from commands.options import clear_errors, debug_option, store_option
from film.document import Document


@click.command("doctor")
@store_option
@json_option
@debug_option
def command(store: Path, debug: bool, document: Document) -> None:
    """What this machine has and lacks: packages, encoder, fonts, voices, room, the store; and how to mend it.

    Exit code 1 if something is missing that rendering needs.

    Example: render.py doctor
    """
    with clear_errors(debug):
        from film import doctor_work

        doctor_work.examine(store, document)
