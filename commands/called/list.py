"""``render.py list``: what it takes, and which work it starts."""

from __future__ import annotations

import click

from scenes.programme import PROGRAMME


@click.command("list")
def command() -> None:
    """The programme: parts, films and their addresses.

    Example: render.py list
    """
    for each in PROGRAMME:
        click.echo(f"{each.number}  {each.name}: {each.title}. {each.subtitle}.")
        for film in each.concepts:
            click.echo(f"     {film.name}")
