"""The options that commands share, and how a failure is told."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import click

from film.errors import BadUsage
from film.look import THEMES, default_theme, wear
from film.settings import Settings
from narration.printable import printable
from scenes.programme import ROOT, UnknownName

theme_option = click.option(
    "--theme", type=click.Choice(THEMES), default=default_theme, help="the ground and its colours (default: dark)"
)
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
        theme_option,
        out_option,
        store_option,
        debug_option,
    )

    @wraps(command)
    def with_settings(*args: Any, **kwargs: Any) -> Any:
        names = ("quality", "fallback", "workers", "scheduler", "force", "preview", "out", "store", "debug", "theme")
        settings = Settings(**{name: kwargs.pop(name) for name in names})
        with clear_errors(settings.debug):
            wear(settings.theme)  # what this process draws itself: titles of decks, thumbnails, stills
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
    except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
        raise
    except UnknownName as error:
        raise click.UsageError(printable(str(error.args[0]))) from error
    except BadUsage as error:
        raise click.UsageError(printable(str(error))) from error
    except KeyboardInterrupt:
        click.echo("Stopped; finished clips are kept, and the next run goes on from there", err=True)
        sys.exit(130)
    except Exception as error:
        from film.failure import explained

        if debug:
            traceback.print_exc()
            click.echo(getattr(error, "details", ""), err=True)
        raise click.ClickException(printable(explained(error))) from error
