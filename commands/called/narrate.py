"""``render.py narrate``: what it takes, and which work it starts."""

from __future__ import annotations

from pathlib import Path

import click

from commands.completed import ADDRESS
from commands.options import clear_errors, debug_option
from scenes.programme import ROOT

FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
RECORDINGS = ROOT / "recordings"


@click.command("narrate")
@click.argument("addresses", nargs=-1, type=ADDRESS)
@click.option(
    "--voice",
    default="rhvoice:bdl",
    show_default=True,
    help="rhvoice:bdl, flite:rms, espeak:en-us or piper:PATH.onnx",
)
@click.option("--force", is_flag=True, help="make takes anew, recordings included")
@click.option("--list", "list_all", is_flag=True, help="only tell which takes are ready, by whom, how long")
@click.option("--stale", is_flag=True, help="only tell which takes are not ready, and why")
@click.option("--json", is_flag=True, help="with --list or --stale: as JSON")
@click.option("--listen", is_flag=True, help="write the take of one beat as a WAV and open it")
@click.option("--no-open", is_flag=True, help="with --listen: only write the WAV")
@click.option("--record", is_flag=True, help="record the beats from the microphone")
@click.option("--device", help="with --record: the number of the microphone, or a part of its name")
@click.option("--recording", type=FILE, help="use this sound file as the take of one beat, or cut it at a film's beats")
@click.option(
    "--recordings",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="use the sound files of this folder, named after beats (budget.wav, kraft@budget.wav)",
)
@click.option("--trust", is_flag=True, help="take a recording though the aligner doubts that it says the text")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    help="with --listen: the WAV; with --record: the folder of what is heard (default: recordings)",
)
@debug_option
def command(
    addresses: tuple[str, ...],
    voice: str,
    force: bool,
    list_all: bool,
    stale: bool,
    json: bool,
    listen: bool,
    no_open: bool,
    record: bool,
    device: str | None,
    recording: Path | None,
    recordings: Path | None,
    trust: bool,
    out: Path | None,
    debug: bool,
) -> None:
    """Make the takes whose text changed; list them, listen to one, or record your own.

    Example: render.py narrate kraft@budget --record
    """
    with clear_errors(debug):
        if sum(map(bool, (list_all, stale, listen, record, recording, recordings))) > 1:
            raise click.UsageError("choose one of --list, --stale, --listen, --record, --recording and --recordings")
        from film import listening, narration_work, recording_session, recording_work
        from film.address import addresses_of

        wanted = addresses_of(addresses)
        if list_all or stale:
            narration_work.list_takes(wanted, only_unready=stale, json=json)
        elif listen:
            listening.listen(wanted, out, play=not no_open)
        elif record:
            recording_session.record_beats(wanted, out or RECORDINGS, device, trust=trust)
        elif recording is not None:
            recording_work.take_file(wanted, recording, trust=trust)
        elif recordings is not None:
            recording_work.take_folder(wanted, recordings, trust=trust)
        else:
            narration_work.make_narration(wanted, voice, force=force)
