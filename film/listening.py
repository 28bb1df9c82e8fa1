"""The narration of a beat as a sound file, as the film has it."""

from __future__ import annotations

import dataclasses
import tempfile
from pathlib import Path

import click

from film.address import Address, check_beats
from film.atomic import replacing
from narration.audio import SAMPLE_RATE
from narration.sound_file import wav_bytes
from narration.speech import Fallback, Source, speeches


def listen(wanted: list[Address], out: Path | None, *, play: bool) -> Path:
    """Write the take of the one beat that is addressed as a WAV (or what stands in for it), and *play* it."""
    if len(wanted) != 1 or not wanted[0][1] or len(wanted[0][1]) != 1:
        raise click.UsageError("listen to one beat at a time: render.py narrate kraft@budget --listen")
    film, (beat,) = wanted[0][0], wanted[0][1]
    script = film.scene_class().read_script()
    check_beats(film, (beat,), [known.name for known in script.beats])
    found = speeches(dataclasses.replace(script, beats=(script.beat(beat),)), takes=film.takes, fallback=Fallback.DRAFT)
    speech = found.beats[beat]
    for stale in found.stale:
        click.echo(f"{stale.why}\nthis is the draft voice that stands in", err=True)
    target = out or Path(tempfile.gettempdir()) / f"{film.name}@{beat}.wav"
    with replacing(target) as partial:
        partial.write_bytes(wav_bytes(speech.samples))
    by = {Source.RECORDING: "a recording", Source.DRAFT: "a draft"}.get(speech.source, "a take")
    click.echo(f"Open {target} ({len(speech.samples) / SAMPLE_RATE:.1f} s, {by})")
    if play:
        click.launch(str(target))
    return target
