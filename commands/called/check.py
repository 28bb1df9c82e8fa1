"""``render.py check``: what it takes, and which work it starts."""

from __future__ import annotations

from pathlib import Path

import click

from commands.completed import FILM
from commands.json_option import json_option
from commands.options import FOLDER, clear_errors, debug_option, store_option, workers_option
from film.document import Document


@click.command("check")
@click.argument("names", nargs=-1, type=FILM)
@click.option("--pictures", type=FOLDER, help="folder for a crop of every finding")
@click.option("--strict", is_flag=True, help="warnings fail too, and so does narration that is not ready")
@store_option
@json_option
@workers_option
@debug_option
def command(
    names: tuple[str, ...],
    pictures: Path | None,
    store: Path,
    strict: bool,
    workers: int | None,
    debug: bool,
    document: Document,
) -> None:
    """Find the mistakes of scripts and scenes, look at every picture, and list narration that is not ready.

    Exit code 1 for errors; with --strict for warnings and for narration that is not ready, too.

    Example: render.py check kraft --pictures findings
    """
    with clear_errors(debug):
        from film import check_work

        check_work.check_films(names, document, store=store, pictures=pictures, strict=strict, workers=workers)
