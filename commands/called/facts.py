"""``render.py facts``: what it takes, and which work it starts."""

from __future__ import annotations

import click

from commands.completed import FILM
from commands.json_option import json_option
from commands.options import clear_errors, debug_option, workers_option
from film.document import Document


@click.command("facts")
@click.argument("names", nargs=-1, type=FILM)
@click.option("--markdown", is_flag=True, help="Markdown instead of a table")
@json_option
@workers_option
@debug_option
def command(names: tuple[str, ...], markdown: bool, workers: int | None, debug: bool, document: Document) -> None:
    """Every number of the series, where it is shown, spoken and drawn; and every number that is wrong.

    Example: render.py facts kraft
    """
    with clear_errors(debug):
        from film import check_work

        check_work.print_ledger(names, document, markdown=markdown, workers=workers)
