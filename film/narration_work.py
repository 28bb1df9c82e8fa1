"""What the command `narrate` does with a machine's voice: make takes, and tell which are ready."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click
from rich.console import Console

from film.address import Address
from film.check_work import PLAIN_WIDTH
from film.recording_work import Failures, chosen_beats
from film.take_list import State, as_json, as_table, length, take_rows
from narration.narrate import TakeReport, make_takes
from narration.voices.choice import voice


def make_narration(wanted: Sequence[Address], voice_name: str, *, force: bool) -> None:
    """Make the takes that are missing or stale, and tell of each as it is done; one that fails keeps no other back."""
    speaker = voice(voice_name)
    failures = Failures()
    for chosen in [chosen_beats(address) for address in wanted]:

        def tell(report: TakeReport, film: str = chosen.film.name) -> None:
            click.echo(f"{film}@{report.beat}: {report.outcome}{f' ({report.why})' if report.why else ''}")

        beats = [beat.name for beat in chosen.beats]
        with failures.noted():
            make_takes(chosen.script, speaker, chosen.film.takes, beats=beats, force=force, tell=tell)
    failures.raise_all()


def list_takes(wanted: Sequence[Address], *, only_unready: bool, json: bool) -> None:
    """Print the state of every take, or of those that are not ready."""
    rows = take_rows(wanted)
    shown = [row for row in rows if row.state is not State.READY] if only_unready else rows
    if json:
        click.echo(as_json(shown))
        return
    if shown:
        Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH).print(as_table(shown))
    ready = sum(row.state is State.READY for row in rows)
    spoken, estimated = sum(row.seconds or 0.0 for row in rows), sum(row.estimate for row in rows)
    lengths = f"{length(spoken)} long (estimated from the scripts: {length(estimated)})"
    click.echo(f"{ready} of {len(rows)} takes are ready; {lengths}")
