"""``render.py watch``: what it takes, and which work it starts."""

from __future__ import annotations

import os
from pathlib import Path

import click

from commands.completed import FILM
from commands.options import (
    clear_errors,
    debug_option,
    out_option,
    quality_option,
    store_option,
    workers_option,
)


@click.command("watch")
@click.argument("film", type=FILM)
@click.option("--port", type=click.IntRange(1, 65535), help="of the page (default: the first free one from 8000 on)")
@click.option(
    "--fallback",
    type=click.Choice(["draft", "silence"]),
    default="draft",
    show_default=True,
    help="what stands in for narration that has no take",
)
@click.option("-p", "--preview", is_flag=True, help="open the page in a browser")
@workers_option
@quality_option
@out_option
@store_option
@debug_option
def command(
    film: str,
    port: int | None,
    fallback: str,
    preview: bool,
    workers: int | None,
    quality: str | None,
    out: Path,
    store: Path,
    debug: bool,
) -> None:
    """Draw a film again while you write it: a save is checked, and its last frame shown in a page, then its clip.

    Example: render.py watch kraft
    """
    with clear_errors(debug):
        from film.settings import quality_called
        from film.watch.desk import Options
        from film.watch.work import watch_film
        from narration.fallback import Fallback
        from scenes.programme import concept

        options = Options(
            concept(film),
            quality_called(quality or "l"),
            Fallback(fallback),
            workers or os.cpu_count() or 1,
            out.absolute(),
            store.absolute(),
        )
        watch_film(options, port, preview=preview)
