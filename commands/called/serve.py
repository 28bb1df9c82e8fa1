"""``render.py serve``: what it takes, and which work it starts."""

from __future__ import annotations

from pathlib import Path

import click

from commands.options import clear_errors, debug_option, out_option


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), help="port on this machine (default: a free one from 8000 on)")
@click.option("--no-open", is_flag=True, help="do not open the browser")
@out_option
@debug_option
def command(port: int | None, no_open: bool, out: Path, debug: bool) -> None:
    """Show the site from a server on this machine, reachable from this machine only.

    Example: render.py serve --port 8080
    """
    with clear_errors(debug):
        from film import serve_work

        serve_work.serve_site(out, port, open_browser=not no_open)
