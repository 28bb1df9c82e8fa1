"""``render.py gallery``: what it takes, and which work it starts."""

from __future__ import annotations

from pathlib import Path

import click

from commands.options import clear_errors, debug_option, out_option


@click.command("gallery")
@click.option(
    "--page",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="draw the examples of a page of documentation instead, each where the page shows it",
)
@out_option
@debug_option
def command(page: Path | None, out: Path, debug: bool) -> None:
    """One picture of all shared mobjects, drawn by their example scenes.

    Example: render.py gallery --page docs/stage.md
    """
    with clear_errors(debug):
        from film import picture_work

        if page is not None:
            picture_work.save_page_pictures(page)
        else:
            picture_work.save_gallery(out)
