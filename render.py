#!/usr/bin/env python3
"""The door of the project: renders chapters, films, stills and storyboards, and makes the narration."""

from __future__ import annotations

import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from scenes.programme import PROGRAMME, ROOT, Concept, UnknownName, concept, concepts, part

STORE, OUT = ROOT / ".store", ROOT / "films"


@dataclass(frozen=True)
class Settings:
    """The options that every rendering command has."""

    quality: str | None
    fallback: str
    workers: int | None
    force: bool
    preview: bool
    out: Path
    debug: bool


def rendering_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Manim's habits: -ql -qm -qh -qp -qk, -p; and what our renderer adds."""
    options = (
        click.option(
            "-q",
            "quality",
            type=click.Choice(list("lmhpk")),
            help="480p15, 720p30, 1080p60, 1440p60, 2160p60 (default: 1080p30)",
        ),
        click.option(
            "--fallback",
            type=click.Choice(["draft", "silence", "error"]),
            default="draft",
            show_default=True,
            help="what stands in for narration that has no take",
        ),
        click.option(
            "-j", "--workers", type=click.IntRange(1), help="processes at a time (default: one for each core)"
        ),
        click.option("--force", is_flag=True, help="render again what the store has"),
        click.option("-p", "--preview", is_flag=True, help="open the video when it is done"),
        click.option(
            "-o",
            "--out",
            type=click.Path(path_type=Path, file_okay=False),
            default=OUT,
            help="folder of the videos (default: films)",
        ),
        click.option("--debug", is_flag=True, help="show the traceback of an error"),
    )

    @wraps(command)
    def with_settings(*args: Any, **kwargs: Any) -> Any:
        names = ("quality", "fallback", "workers", "force", "preview", "out", "debug")
        settings = Settings(**{name: kwargs.pop(name) for name in names})
        with clear_errors(settings.debug):
            return command(*args, settings=settings, **kwargs)

    wrapped: Callable[..., Any] = with_settings
    for option in reversed(options):
        wrapped = option(wrapped)
    return wrapped


@contextmanager
def clear_errors(debug: bool) -> Iterator[None]:
    """Every failure ends in a message for people: exit code 2 for bad usage, 1 for failed work."""
    from film.scene_job import PEOPLE_ERRORS

    try:
        yield
    except UnknownName as error:
        raise click.UsageError(str(error.args[0])) from error
    except PEOPLE_ERRORS as error:
        if debug:
            traceback.print_exc()
            click.echo(getattr(error, "details", ""), err=True)
        raise click.ClickException(str(error)) from error


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
@rendering_options
def main(context: click.Context, settings: Settings) -> None:
    """Entropy from First Principles: render the series.

    Without a command, every chapter is rendered. Finished scenes are stored and not rendered again.

    Example: render.py -ql
    """
    if context.invoked_subcommand is None:
        render_chapters(PROGRAMME, settings)


@main.command()
@click.argument("parts", nargs=-1)
@rendering_options
def chapter(parts: tuple[str, ...], settings: Settings) -> None:
    """Render the chapters of PARTS (names or numbers; all of them without).

    Example: render.py chapter entropy -ql -p
    """
    render_chapters([part(name) for name in parts] or PROGRAMME, settings)


@main.command()
@click.argument("addresses", nargs=-1, required=True)
@rendering_options
def scene(addresses: tuple[str, ...], settings: Settings) -> None:
    """Render single films, or single beats of them (kraft, kraft@budget), with narration.

    Example: render.py scene kraft@budget -ql -p
    """
    from film.chapter import Video, compose
    from film.preflight import preflight
    from film.scene_job import SceneJob
    from film.store import Store

    wanted = [address_of(text) for text in addresses]
    checked = preflight([film for film, _ in wanted])
    report_stale(checked.stale, settings)
    jobs = []
    for film, beats in wanted:
        check_beats(film, beats, [beat.name for beat in checked.scripts[film.name].beats])
        jobs.append(SceneJob(quality_of(settings), concept=film.name, beats=beats, fallback=fallback_of(settings)))
    store = Store(STORE)
    for job, clip in zip(jobs, rendered(jobs, store, settings), strict=True):
        name = "@".join([str(job.concept), *(job.beats or ())])
        title = checked.scripts[str(job.concept)].title
        finish(compose(Video(name, title, title, (clip,)), settings.out, store), settings)


@main.command()
@click.argument("addresses", nargs=-1)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=OUT,
    help="folder of the pictures (default: films)",
)
@click.option("--every", is_flag=True, help="a frame after every animation, not only after every beat")
@click.option("--debug", is_flag=True, help="show the traceback of an error")
def storyboard(addresses: tuple[str, ...], out: Path, every: bool, debug: bool) -> None:
    """One picture for a film: the last frame of each beat, with its words and times.

    Example: render.py storyboard kraft
    """
    from film.storyboard import storyboard as picture

    with clear_errors(debug):
        for text in addresses or [c.name for c in concepts()]:
            film, beats = address_of(text)
            shots = take_stills(film, beats, every=every)
            save_picture(picture(shots, columns=4 if every else 2), out / f"{film.name}.storyboard.png")


@main.command()
@click.argument("address")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=OUT,
    help="folder of the picture (default: films)",
)
@click.option("-q", "quality", type=click.Choice(list("lmhpk")), help="size of the picture (default: 1080 lines)")
@click.option("--debug", is_flag=True, help="show the traceback of an error")
def still(address: str, out: Path, quality: str | None, debug: bool) -> None:
    """The last frame of a beat, or of a film, as PNG.

    Example: render.py still kraft@budget
    """
    with clear_errors(debug):
        film, beats = address_of(address)
        shots = take_stills(film, beats, quality=quality)
        save_picture(shots.frames[-1].image, out / f"{address}.png")


@main.command()
@click.argument("names", nargs=-1)
@click.option("--debug", is_flag=True, help="show the traceback of an error")
def check(names: tuple[str, ...], debug: bool) -> None:
    """Find every mistake of scripts and scenes that can be found without rendering, and list narration that is not ready.

    Example: render.py check kraft
    """
    from film.preflight import preflight

    with clear_errors(debug):
        chosen = [concept(name) for name in names] or list(concepts())
        checked = preflight(chosen)
        for address, why in checked.stale.items():
            click.echo(f"{address}: {why}")
        beats = sum(len(script.beats) for script in checked.scripts.values())
        click.echo(
            f"{len(chosen)} films, {beats} beats: scripts and scenes agree; {beats - len(checked.stale)} takes are ready"
        )
        if checked.stale:
            sys.exit(1)


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
@click.option("--debug", is_flag=True, help="show the traceback of an error")
def narrate(addresses: tuple[str, ...], voice: str, recording: Path | None, force: bool, debug: bool) -> None:
    """Make the takes whose text changed, or take a recording of your own for a beat.

    Example: render.py narrate kraft@budget --recording budget.wav
    """
    with clear_errors(debug):
        wanted = [address_of(text) for text in addresses] or [(c, None) for c in concepts()]
        if recording is not None:
            take_recording(wanted, recording)
            return
        make_narration(wanted, voice, force)


@main.command("list")
def list_films() -> None:
    """The programme: parts, films and their addresses.

    Example: render.py list
    """
    for each in PROGRAMME:
        click.echo(f"{each.number}  {each.name}: {each.title}. {each.subtitle}.")
        for film in each.concepts:
            click.echo(f"     {film.name}")


# ---- what the commands share ---------------------------------------------------------------------


def address_of(text: str) -> tuple[Concept, tuple[str, ...] | None]:
    """``kraft`` or ``kraft@budget`` (or ``kraft@wall,budget``). Raises UnknownName."""
    name, at, beats = text.partition("@")
    return concept(name), tuple(beats.split(",")) if at else None


def check_beats(film: Concept, beats: tuple[str, ...] | None, known: list[str]) -> None:
    """Raise UnknownName for a beat that the film does not have."""
    for beat in beats or ():
        if beat not in known:
            raise UnknownName(f"'{film.name}' has no beat '{beat}'; there are: {', '.join(known)}")


def quality_of(settings: Settings) -> Any:
    """The chosen quality, or that of a release."""
    from film.quality import QUALITIES, RELEASE

    return QUALITIES[settings.quality] if settings.quality else RELEASE


def fallback_of(settings: Settings) -> Any:
    """What stands in for missing takes."""
    from narration.speech import Fallback

    return Fallback(settings.fallback)


def report_stale(stale: dict[str, str], settings: Settings) -> None:
    """Say which beats have no usable take, before anything renders."""
    for address, why in stale.items():
        click.echo(
            f"{address}: {why}; {'a draft voice' if settings.fallback == 'draft' else settings.fallback} stands in",
            err=True,
        )


def rendered(jobs: list[Any], store: Any, settings: Settings) -> list[Any]:
    """The clips of *jobs*. Every failure is told; then the run ends, with what was finished kept in the store."""
    from film.pool import render_all
    from film.scene_job import SceneFailed

    outcomes = render_all(jobs, store, workers=settings.workers, force=settings.force)
    failures = [outcome.failure for outcome in outcomes if outcome.failure is not None]
    if failures:
        kept = sum(outcome.clip is not None for outcome in outcomes)
        message = "\n".join(str(failure) for failure in failures)
        raise SceneFailed(
            f"{message}\n{kept} of {len(outcomes)} clips are finished and kept",
            "\n".join(f.details for f in failures),
        )
    return [outcome.clip for outcome in outcomes]


def render_chapters(parts: Any, settings: Settings) -> None:
    """Render and compose the chapters of *parts*; ends by saying which file to open."""
    from film.chapter import Video, chapter_jobs, compose
    from film.preflight import preflight
    from film.store import Store

    store = Store(STORE)
    checked = preflight([film for each in parts for film in each.concepts])
    report_stale(checked.stale, settings)
    jobs = {
        each.name: chapter_jobs(each, checked.scripts, quality_of(settings), fallback_of(settings)) for each in parts
    }
    clips = iter(rendered([job for group in jobs.values() for job in group], store, settings))
    for each in parts:
        video = Video(each.name, each.title, each.subtitle, tuple(next(clips) for _ in jobs[each.name]))
        finish(compose(video, settings.out, store), settings)


def finish(composed: Any, settings: Settings) -> None:
    """Say which file to open, and open it if asked to."""
    minutes, seconds = divmod(round(composed.duration), 60)
    click.echo(f"Open {composed.video} ({minutes}:{seconds:02}, {composed.video.stat().st_size / 1e6:.1f} MB)")
    if settings.preview:
        click.launch(str(composed.video))


def take_stills(film: Concept, beats: tuple[str, ...] | None, *, every: bool = False, quality: str | None = "l") -> Any:
    """The stills of a film, timed by its takes where there are any."""
    from film.preflight import preflight
    from film.quality import QUALITIES, RELEASE
    from film.still import stills

    known = [beat.name for beat in preflight([film]).scripts[film.name].beats]
    check_beats(film, beats, known)
    chosen = QUALITIES[quality] if quality else RELEASE
    with tempfile.TemporaryDirectory() as media:
        return stills(
            film,
            Path(media),
            quality=chosen,
            beats=frozenset(beats) if beats else None,
            every_animation=every,
        )


def save_picture(image: Any, path: Path) -> None:
    """Write a PNG, whole or not at all."""
    from film.atomic import replacing

    with replacing(path) as partial:
        image.save(partial, format="PNG")
    click.echo(f"Open {path}")


def take_recording(wanted: list[tuple[Concept, tuple[str, ...] | None]], recording: Path) -> None:
    """Make *recording* the take of the one beat that is addressed."""
    from narration.recording import import_recording

    if len(wanted) != 1 or not wanted[0][1] or len(wanted[0][1]) != 1:
        raise click.UsageError("a recording belongs to one beat: render.py narrate kraft@budget --recording budget.wav")
    film, beats = wanted[0]
    assert beats is not None
    script = film.scene_class().read_script()
    check_beats(film, beats, [beat.name for beat in script.beats])
    take = import_recording(script, script.beat(beats[0]), recording, film.takes)
    click.echo(f"{film.name}@{beats[0]}: {len(take.data.words)} words aligned; this recording is the take now")


def make_narration(wanted: list[tuple[Concept, tuple[str, ...] | None]], voice_name: str, force: bool) -> None:
    """Make the takes that are missing or stale, and report on each."""
    from narration.narrate import make_takes
    from narration.voices.choice import voice

    speaker = voice(voice_name)
    for film, beats in wanted:
        script = film.scene_class().read_script()
        check_beats(film, beats, [beat.name for beat in script.beats])
        for report in make_takes(script, speaker, film.takes, beats=beats, force=force):
            click.echo(f"{film.name}@{report.beat}: {report.outcome}{f' ({report.why})' if report.why else ''}")


if __name__ == "__main__":
    main()
