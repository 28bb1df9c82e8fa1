"""What the command `server` does: keep a process ready that has imported Manim, or end it."""

from __future__ import annotations

import click

from film.warm_server import server_folder, start_server, stop_server, warm_server
from scenes.programme import ROOT


def start(minutes: float) -> None:
    """Start the server in the background; it ends after so many idle minutes."""
    folder = server_folder(ROOT)
    was_there = warm_server(folder, ROOT) is not None
    start_server(folder, ROOT, idle=60 * minutes).close()
    click.echo(
        "The server is running already" if was_there else f"The server runs; it ends after {minutes:g} idle minutes"
    )


def stop() -> None:
    """End the server, if there is one."""
    click.echo("The server has ended" if stop_server(server_folder(ROOT)) else "No server runs")


def tell() -> None:
    """Say whether a server runs."""
    runs = warm_server(server_folder(ROOT), ROOT) is not None
    click.echo("The server runs" if runs else "No server runs; start one with `render.py server start`")
