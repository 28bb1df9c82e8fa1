"""What ``serve`` does: the site, from a server on this machine."""

from __future__ import annotations

from pathlib import Path

import click

from film.errors import FilmError
from film.local_server import folder_route, local_application, serve
from film.site_work import site_folder


def serve_site(out: Path, port: int | None, *, open_browser: bool) -> None:
    """Serve the site in the folder of products until Ctrl-C. Raises FilmError if there is none."""
    folder = site_folder(out)
    if not (folder / "index.html").is_file():
        raise FilmError(f"{folder}: there is no site yet; build it with `render.py site`, then serve it")

    def opened(address: str) -> None:
        click.echo(f"Serving {folder}\nOpen {address} (Ctrl-C ends the server)")
        if open_browser:
            click.launch(address)

    serve(local_application([folder_route(folder)]), port, opened)
