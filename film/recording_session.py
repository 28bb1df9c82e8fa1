"""Beats read into a microphone, one after the other: shown, counted down, recorded, kept, made takes."""

from __future__ import annotations

import itertools
import math
import select
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click

from film.address import Address
from film.atomic import replacing
from film.reading_text import reading_text
from film.recording_work import ChosenBeats, chosen_beats, tell
from narration import microphone
from narration.errors import NarrationError
from narration.recording import import_recording
from narration.script import ScriptBeat
from narration.sound_faults import FULL_SCALE, is_silent
from narration.sound_file import wav_bytes

COUNTDOWN = 3  # seconds
QUIETEST = -60.0  # dBFS at the left end of the meter
BAR = 30  # characters of the meter


def record_beats(wanted: Sequence[Address], folder: Path, device: str | None, *, trust: bool) -> None:
    """Record the addressed beats. What was heard is kept in *folder*, whatever becomes of it."""
    if len(wanted) != 1:
        raise click.UsageError("record one film or beat at a time: render.py narrate kraft@budget --record")
    chosen = chosen_beats(wanted[0])
    failures: list[str] = []
    for beat in chosen.beats:
        failure = _until_content(chosen, beat, folder, device, trust=trust)
        failures += [failure] if failure else []
    if failures:
        raise NarrationError("\n".join(failures))


def _until_content(chosen: ChosenBeats, beat: ScriptBeat, folder: Path, device: str | None, *, trust: bool) -> str:
    """Record a beat as often as its author wants; what is wrong with the last one, or nothing."""
    while True:
        failure = ""
        try:
            path = _performed(chosen, beat, folder, microphone.Device(device))
            tell(chosen.film, beat, import_recording(chosen.script, beat, path, chosen.film.takes, trust=trust))
        except microphone.MicrophoneMissing:
            raise
        except NarrationError as error:
            failure = str(error)
            click.echo(failure, err=True)
        if _line("Enter: go on; r and Enter: once more ").strip().lower() != "r":
            return failure


def _performed(chosen: ChosenBeats, beat: ScriptBeat, folder: Path, source: microphone.Microphone) -> Path:
    """Show the text, count down and record it: the file in which it is kept. Raises :class:`NarrationError`."""
    click.echo(f"\n{chosen.film.name}@{beat.name}: {beat.title}\n\n{reading_text(beat)}\n")
    if not _line("Enter: begin "):
        raise click.UsageError("there is nobody to press Enter; record in a terminal")
    for left in range(COUNTDOWN, 0, -1):
        click.echo(f"{left} ", nl=False)
        time.sleep(1)
    click.echo("Speak. Enter: stop")
    samples, lost = microphone.record(source, _enter_pressed, _meter)
    click.echo()
    if is_silent(samples):
        raise NarrationError(
            f"{chosen.film.name}@{beat.name}: nothing was heard; is the microphone on, and the right one? (--device)"
        )
    path = _free(folder, f"{chosen.film.name}@{beat.name}")
    with replacing(path) as partial:
        partial.write_bytes(wav_bytes(samples, source.rate))
    click.echo(f"kept as {path}")
    if lost:
        click.echo(f"  warning: this machine was too busy and lost sound at {lost[0]:.1f} s; record it again", err=True)
    return path


def _line(prompt: str) -> str:
    """What is typed, with its end of line; "" where nobody can type."""
    click.echo(prompt, nl=False)
    return sys.stdin.readline()


def _enter_pressed() -> bool:
    """Whether a line was typed; takes it."""
    if not select.select([sys.stdin], [], [], 0)[0]:
        return False
    sys.stdin.readline()
    return True


def _meter(seconds: float, peak: float) -> None:
    """The level, where somebody sees it."""
    if sys.stdout.isatty():
        level = max(QUIETEST, 20 * math.log10(max(peak, 1e-9)))
        filled = round(BAR * (1 - level / QUIETEST))
        note = "TOO LOUD" if peak >= FULL_SCALE else "        "
        click.echo(f"\r{seconds:6.1f} s {'▮' * filled}{'▯' * (BAR - filled)} {note}", nl=False)


def _free(folder: Path, name: str) -> Path:
    """The first of ``name.wav``, ``name.2.wav`` ... that is not there yet."""
    names = itertools.chain([f"{name}.wav"], (f"{name}.{number}.wav" for number in itertools.count(2)))
    return next(path for path in map(folder.__truediv__, names) if not path.exists())
