"""What the command `watch` does."""

from __future__ import annotations

import contextlib
from pathlib import Path

import click

from film.stopping import terminated_like_interrupted, undisturbed
from film.store import Store
from film.watch.desk import Desk, Options
from film.watch.page_server import PageServer, application
from film.watch.saves import Saves
from film.watch.view import Board


def watch_film(options: Options, port: int | None, *, preview: bool) -> None:
    """Watch a film until Ctrl-C. Raises FilmError for a port or a store that cannot be had."""
    store = Store(options.store)
    store.sweep()
    board = Board()
    with terminated_like_interrupted(), store.working_folder() as work, contextlib.ExitStack() as closing:
        try:
            desk = Desk(options, Path(work).absolute(), board)
            closing.callback(desk.close)
            page = PageServer(application(board, desk.choose), port)
            closing.callback(page.close)
            saves = Saves(options.film.root, desk.saved)
            closing.callback(saves.close)
            click.echo(f"Open {page.address} (Ctrl-C ends)", err=True)
            if preview:
                click.launch(page.address)
            desk.work()
        except KeyboardInterrupt:
            click.echo("Stopped watching", err=True)
        finally:
            with undisturbed():
                closing.close()
                store.sweep()
