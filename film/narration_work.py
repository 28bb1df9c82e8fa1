"""What the command `narrate` does: make takes, or take a recording."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from film.address import addresses_of, check_beats
from narration.narrate import make_takes
from narration.recording import import_recording
from narration.voices.choice import voice


def take_recording(texts: Sequence[str], recording: Path) -> None:
    """Make *recording* the take of the one beat that is addressed."""
    wanted = addresses_of(texts)
    if len(wanted) != 1 or not wanted[0][1] or len(wanted[0][1]) != 1:
        raise click.UsageError("a recording belongs to one beat: render.py narrate kraft@budget --recording budget.wav")
    film, beats = wanted[0]
    assert beats is not None
    script = film.scene_class().read_script()
    check_beats(film, beats, [beat.name for beat in script.beats])
    take = import_recording(script, script.beat(beats[0]), recording, film.takes)
    click.echo(f"{film.name}@{beats[0]}: {len(take.data.words)} words aligned; this recording is the take now")


def make_narration(texts: Sequence[str], voice_name: str, *, force: bool) -> None:
    """Make the takes that are missing or stale, and report on each."""
    speaker = voice(voice_name)
    for film, beats in addresses_of(texts):
        script = film.scene_class().read_script()
        check_beats(film, beats, [beat.name for beat in script.beats])
        for report in make_takes(script, speaker, film.takes, beats=beats, force=force):
            click.echo(f"{film.name}@{report.beat}: {report.outcome}{f' ({report.why})' if report.why else ''}")
