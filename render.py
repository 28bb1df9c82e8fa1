#!/usr/bin/env python3
"""The door of the project: renders chapters, films, stills and storyboards, and makes the narration."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

try:
    import click
    from click.core import ParameterSource
except ImportError:
    sys.exit("render.py: Python packages are missing here; run `make setup`, then .venv/bin/python render.py")

from film.settings import Settings
from scenes.programme import PROGRAMME, ROOT, UnknownName, part

STORE, OUT = ROOT / ".store", ROOT / "films"
QUALITY_HELP = "480p15, 720p30, 1080p60, 1440p60, 2160p60 (default: 1080p30)"
quality_option = click.option("-q", "quality", type=click.Choice(list("lmhpk")), help=QUALITY_HELP)
FOLDER = click.Path(path_type=Path, file_okay=False)
out_option = click.option("-o", "--out", type=FOLDER, default=OUT, help="folder of what is made (default: films)")
WORKERS_HELP = "processes at a time (default: one for each core)"
workers_option = click.option("-j", "--workers", type=click.IntRange(1), help=WORKERS_HELP)
store_option = click.option("--store", type=FOLDER, default=STORE, help="folder of finished work (default: .store)")
debug_option = click.option("--debug", is_flag=True, help="show the traceback of an error")


def rendering_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Manim's habits: -ql -qm -qh -qp -qk, -p; and what our renderer adds."""
    options = (
        quality_option,
        click.option(
            "--fallback",
            type=click.Choice(["draft", "silence", "error"]),
            default="draft",
            show_default=True,
            help="what stands in for narration that has no take",
        ),
        workers_option,
        click.option("--scheduler", metavar="TCP://HOST:8786", help="render on a Dask cluster, see docs/cluster.md"),
        click.option("--force", is_flag=True, help="render again what the store has"),
        click.option("-p", "--preview", is_flag=True, help="open the video when it is done"),
        out_option,
        store_option,
        debug_option,
    )

    @wraps(command)
    def with_settings(*args: Any, **kwargs: Any) -> Any:
        names = ("quality", "fallback", "workers", "scheduler", "force", "preview", "out", "store", "debug")
        settings = Settings(**{name: kwargs.pop(name) for name in names})
        with clear_errors(settings.debug):
            return command(*args, settings=settings, **kwargs)

    wrapped: Callable[..., Any] = with_settings
    for option in reversed(options):
        wrapped = option(wrapped)
    return wrapped


@contextmanager
def clear_errors(debug: bool) -> Iterator[None]:
    """Every failure ends in a message for people: exit code 2 for bad usage, 1 for failed work, 130 for Ctrl-C."""
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except UnknownName as error:
        raise click.UsageError(str(error.args[0])) from error
    except KeyboardInterrupt:
        click.echo("Stopped; finished clips are kept, and the next run goes on from there", err=True)
        sys.exit(130)
    except Exception as error:
        from film.failure import explained

        if debug:
            traceback.print_exc()
            click.echo(getattr(error, "details", ""), err=True)
        raise click.ClickException(explained(error)) from error


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
@rendering_options
def main(context: click.Context, settings: Settings) -> None:
    """Entropy from First Principles: render the series.

    Without a command, every chapter is rendered. Finished scenes are stored and not rendered again.

    Example: render.py -ql
    """
    if context.invoked_subcommand is not None:
        given = [p for p in context.params if context.get_parameter_source(p) is ParameterSource.COMMANDLINE]
        if given:
            raise click.UsageError(f"write options after '{context.invoked_subcommand}', not before it")
        return
    from film import video_work

    video_work.render_chapters(PROGRAMME, settings)


@main.command()
@click.argument("parts", nargs=-1)
@rendering_options
def chapter(parts: tuple[str, ...], settings: Settings) -> None:
    """Render the chapters of PARTS (names or numbers; all of them without).

    Example: render.py chapter entropy -ql -p
    """
    chosen = [part(name) for name in parts] or PROGRAMME
    from film import video_work

    video_work.render_chapters(chosen, settings)


@main.command()
@click.argument("addresses", nargs=-1, required=True)
@click.option("-s", "last_frame", is_flag=True, help="save the last frame instead, as `still` does")
@rendering_options
def scene(addresses: tuple[str, ...], last_frame: bool, settings: Settings) -> None:
    """Render single films, or single beats of them (kraft, kraft@budget), with narration.

    Example: render.py scene kraft@budget -ql -p
    """
    from film import picture_work, video_work

    if last_frame:
        for address in addresses:
            picture_work.save_last_frame(address, settings.out, settings.quality, settings.store)
    else:
        video_work.render_films(addresses, settings)


@main.command()
@click.argument("addresses", nargs=-1)
@out_option
@store_option
@click.option("--every", is_flag=True, help="a frame after every animation, not only after every beat")
@click.option("--against", metavar="REVISION", help="before and after: the same film at a git revision, and now")
@debug_option
def storyboard(
    addresses: tuple[str, ...], out: Path, store: Path, every: bool, against: str | None, debug: bool
) -> None:
    """One picture for a film: the last frame of each beat, with its words and times.

    Example: render.py storyboard kraft --against HEAD~1
    """
    with clear_errors(debug):
        from film import picture_work

        picture_work.save_storyboards(addresses, out, store, every=every, against=against)


@main.command()
@click.argument("address")
@out_option
@store_option
@quality_option
@debug_option
def still(address: str, out: Path, store: Path, quality: str | None, debug: bool) -> None:
    """The last frame of a beat, or of a film, as PNG.

    Example: render.py still kraft@budget
    """
    with clear_errors(debug):
        from film import picture_work

        picture_work.save_last_frame(address, out, quality, store)


@main.command()
@out_option
@debug_option
def gallery(out: Path, debug: bool) -> None:
    """One picture of all shared mobjects, drawn by their example scenes.

    Example: render.py gallery
    """
    with clear_errors(debug):
        from film import picture_work

        picture_work.save_gallery(out)


@main.command()
@click.argument("names", nargs=-1)
@click.option("--pictures", type=FOLDER, help="folder for a crop of every finding")
@click.option("--json", "as_json", type=FOLDER, help="folder for the findings as JSON")
@click.option("--strict", is_flag=True, help="warnings fail too")
@workers_option
@debug_option
def check(
    names: tuple[str, ...],
    pictures: Path | None,
    as_json: Path | None,
    strict: bool,
    workers: int | None,
    debug: bool,
) -> None:
    """Find the mistakes of scripts and scenes, look at every picture, and list narration that is not ready.

    Example: render.py check kraft --pictures findings
    """
    with clear_errors(debug):
        from film import check_work

        check_work.check_films(names, pictures=pictures, as_json=as_json, strict=strict, workers=workers)


@main.command()
@click.argument("names", nargs=-1)
@click.option("--json", "form", flag_value="json", help="JSON instead of a table")
@click.option("--markdown", "form", flag_value="markdown", help="Markdown instead of a table")
@workers_option
@debug_option
def facts(names: tuple[str, ...], form: str | None, workers: int | None, debug: bool) -> None:
    """Every number of the series, where it is shown, spoken and drawn; and every number that is wrong.

    Example: render.py facts kraft
    """
    with clear_errors(debug):
        from film import check_work

        check_work.print_ledger(names, form or "table", workers)


@main.command()
@click.argument("addresses", nargs=-1)
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
def narrate(addresses: tuple[str, ...], voice: str, recording: Path | None, force: bool, debug: bool) -> None:
    """Make the takes whose text changed, or take a recording of your own for a beat.

    Example: render.py narrate kraft@budget --recording budget.wav
    """
    with clear_errors(debug):
        from film import narration_work

        if recording is not None:
            narration_work.take_recording(addresses, recording)
        else:
            narration_work.make_narration(addresses, voice, force=force)


@main.command("store")
@click.option("--prune", metavar="SIZE", help="remove what was not used for longest until SIZE (such as 2GB) is left")
@click.option("--store", "folder", type=FOLDER, default=STORE, help="folder of finished work (default: .store)")
@debug_option
def store_command(prune: str | None, folder: Path, debug: bool) -> None:
    """What the store holds, by film and kind; or make it smaller.

    Example: render.py store --prune 2GB
    """
    with clear_errors(debug):
        from film import store_work

        if prune is None:
            store_work.show_store(folder)
        else:
            store_work.prune_store(folder, prune)


@main.command()
@click.argument("what", type=click.Choice(["start", "stop", "status"]), default="status")
@click.option(
    "--minutes", type=click.FloatRange(min=0.01), default=30.0, show_default=True, help="idle time to end after"
)
@debug_option
def server(what: str, minutes: float, debug: bool) -> None:
    """Keep a process ready that has imported Manim: stills and short renders then start at once.

    Example: render.py server start
    """
    with clear_errors(debug):
        from film import server_work

        if what == "start":
            server_work.start(minutes)
        elif what == "stop":
            server_work.stop()
        else:
            server_work.tell()


@main.command("list")
def list_films() -> None:
    """The programme: parts, films and their addresses.

    Example: render.py list
    """
    for each in PROGRAMME:
        click.echo(f"{each.number}  {each.name}: {each.title}. {each.subtitle}.")
        for film in each.concepts:
            click.echo(f"     {film.name}")


if __name__ == "__main__":
    main()
