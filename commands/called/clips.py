"""``render.py clips``: what it takes, and which work it starts."""

from __future__ import annotations

from pathlib import Path

import click

from commands.options import clear_errors, debug_option, out_option, store_option, workers_option


@click.command("clips")
@click.option("--rendered", is_flag=True, help="draw nothing: pictures only of what has been rendered already")
@click.option("-p", "--preview", is_flag=True, help="open the page when it is done")
@out_option
@store_option
@workers_option
@debug_option
def command(rendered: bool, preview: bool, out: Path, store: Path, workers: int | None, debug: bool) -> None:
    """A page of every clip of the series: its picture, length and words, and the command that makes it.

    Beats that have not been rendered are drawn as stills, without encoding video.

    Example: render.py clips -p
    """
    with clear_errors(debug):
        from film import clip_index_work

        clip_index_work.save_clip_index(out, store, workers=workers, draw=not rendered, preview=preview)
