"""``render.py check``: what it takes, and which work it starts."""

from __future__ import annotations

from pathlib import Path

import click

from commands.options import FOLDER, clear_errors, debug_option, workers_option


@click.command("check")
@click.argument("names", nargs=-1)
@click.option("--pictures", type=FOLDER, help="folder for a crop of every finding")
@click.option("--json", "as_json", type=FOLDER, help="folder for the findings as JSON")
@click.option("--strict", is_flag=True, help="warnings fail too")
@workers_option
@debug_option
def command(
    names: tuple[str, ...],
    pictures: Path | None,
    as_json: Path | None,
    strict: bool,
    workers: int | None,
    debug: bool,
) -> None:
    """Find the mistakes of scripts and scenes, look at every picture, and list narration that is not ready.

    Example: render.py check kraft --pictures findings
    """
    with clear_errors(debug):
        from film import check_work

        check_work.check_films(names, pictures=pictures, as_json=as_json, strict=strict, workers=workers)
