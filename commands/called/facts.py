"""``render.py facts``: what it takes, and which work it starts."""

from __future__ import annotations

import click

from commands.options import clear_errors, debug_option, workers_option


@click.command("facts")
@click.argument("names", nargs=-1)
@click.option("--json", "form", flag_value="json", help="JSON instead of a table")
@click.option("--markdown", "form", flag_value="markdown", help="Markdown instead of a table")
@workers_option
@debug_option
def command(names: tuple[str, ...], form: str | None, workers: int | None, debug: bool) -> None:
    """Every number of the series, where it is shown, spoken and drawn; and every number that is wrong.

    Example: render.py facts kraft
    """
    with clear_errors(debug):
        from film import check_work

        check_work.print_ledger(names, form or "table", workers)
