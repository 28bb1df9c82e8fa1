"""``render.py narrate``: what it takes, and which work it starts."""

from __future__ import annotations

from pathlib import Path

import click

from commands.completed import ADDRESS
from commands.options import clear_errors, debug_option


@click.command("narrate")
@click.argument("addresses", nargs=-1, type=ADDRESS)
@click.option(
    "--voice",
    default="rhvoice:bdl",
    show_default=True,
    help="rhvoice:bdl, flite:rms, espeak:en-us or piper:PATH.onnx",
)
@click.option(
    "--recording",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="use this audio file as the take of one beat",
)
@click.option("--force", is_flag=True, help="make takes anew, recordings included")
@debug_option
def command(addresses: tuple[str, ...], voice: str, recording: Path | None, force: bool, debug: bool) -> None:
    """Make the takes whose text changed, or take a recording of your own for a beat.

    Example: render.py narrate kraft@budget --recording budget.wav
    """
    with clear_errors(debug):
        from film import narration_work

        if recording is not None:
            narration_work.take_recording(addresses, recording)
        else:
            narration_work.make_narration(addresses, voice, force=force)
