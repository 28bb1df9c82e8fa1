"""``render.py deck``: what it takes, and which work it starts."""

from __future__ import annotations

import click

from commands.completed import ADDRESS
from commands.options import rendering_options
from film.settings import Settings


@click.command("deck")
@click.argument("addresses", nargs=-1, required=True, type=ADDRESS)
@click.option(
    "--to",
    "formats",
    type=click.Choice(["html", "pptx", "pdf"]),
    multiple=True,
    default=["html"],
    show_default=True,
    help="a page for a browser, PowerPoint, or a handout; several are allowed",
)
@click.option(
    "--silent", is_flag=True, help="for a live talk: no narration, and each press of a key goes to the next cue"
)
@click.option("--auto-advance", is_flag=True, help="a slide whose clip has ended goes on by itself")
@rendering_options
def command(
    addresses: tuple[str, ...], formats: tuple[str, ...], silent: bool, auto_advance: bool, settings: Settings
) -> None:
    """Make slides for a talk: one for each beat of films, or of the beats that you name (kraft@wall,budget).

    Example: render.py deck kraft mutual_information --to pptx --to pdf
    """
    if silent and auto_advance:
        raise click.UsageError("--silent waits for the speaker at each cue, so it does not go with --auto-advance")
    from film import deck_work

    deck_work.make_decks(addresses, formats, settings, silent=silent, auto_advance=auto_advance)
