"""``render.py server``: what it takes, and which work it starts."""

from __future__ import annotations

import click

from commands.options import clear_errors, debug_option


@click.command("server")
@click.argument("what", type=click.Choice(["start", "stop", "status"]), default="status")
@click.option(
    "--minutes", type=click.FloatRange(min=0.01), default=30.0, show_default=True, help="idle time to end after"
)
@debug_option
def command(what: str, minutes: float, debug: bool) -> None:
    """Keep a process ready that has imported Manim: stills and short renders then start at once.

    Example: render.py server start
    """
    with clear_errors(debug):
        from film import server_work

        if what == "start":
            server_work.start(minutes)
        elif what == "stop":
            server_work.stop()
        else:
            server_work.tell()
