"""What the commands of render.py do: a function for each, and the parts that several share."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import click
from PIL import Image

from film.atomic import replacing
from film.chapter import Composed, Video, chapter_jobs, compose
from film.errors import FilmError
from film.pool import render_all
from film.preflight import preflight
from film.scene_job import Clip, SceneFailed, SceneJob
from film.settings import Settings, quality_called
from film.still import Stills, stills
from film.store import Store
from narration.narrate import make_takes
from narration.recording import import_recording
from narration.speech import Fallback
from narration.voices.choice import voice
from scenes.programme import Concept, Part, UnknownName, concept, concepts

Address = tuple[Concept, tuple[str, ...] | None]


def address_of(text: str) -> Address:
    """``kraft`` or ``kraft@budget`` (or ``kraft@wall,budget``). Raises UnknownName."""
    name, at, beats = text.partition("@")
    return concept(name), tuple(beats.split(",")) if at else None


def addresses_of(texts: Sequence[str]) -> list[Address]:
    """The films and beats that *texts* name; every film without any."""
    return [address_of(text) for text in texts] or [(film, None) for film in concepts()]


def check_beats(film: Concept, beats: tuple[str, ...] | None, known: list[str]) -> None:
    """Raise UnknownName for a beat that the film does not have."""
    for beat in beats or ():
        if beat not in known:
            raise UnknownName(f"'{film.name}' has no beat '{beat}'; there are: {', '.join(known)}")


def report_stale(stale: dict[str, str], fallback: str) -> None:
    """Say which beats have no usable take, before anything renders; an error if nothing may stand in."""
    if stale and fallback == Fallback.ERROR:
        reasons = "\n".join(f"{address}: {why}" for address, why in stale.items())
        raise FilmError(f"{len(stale)} beats have no usable take:\n{reasons}\nor let --fallback draft stand in")
    stand_in = "a draft voice" if fallback == Fallback.DRAFT else "silence"
    for address, why in stale.items():
        click.echo(f"{address}: {why}; {stand_in} stands in", err=True)


def rendered(jobs: Sequence[SceneJob], store: Store, settings: Settings) -> list[Clip]:
    """The clips of *jobs*. Every failure is told; then the run ends, with what was finished kept in the store."""
    outcomes = render_all(jobs, store, workers=settings.workers, force=settings.force)
    failures = [outcome.failure for outcome in outcomes if outcome.failure is not None]
    clips = [outcome.clip for outcome in outcomes if outcome.clip is not None]
    if failures:
        message = "\n".join(str(failure) for failure in failures)
        raise SceneFailed(
            f"{message}\n{len(clips)} of {len(outcomes)} clips are finished and kept",
            "\n".join(failure.details for failure in failures),
        )
    return clips


def render_chapters(parts: Sequence[Part], settings: Settings) -> None:
    """Render and compose the chapters of *parts*; ends by saying which file to open."""
    store = Store(settings.store)
    checked = preflight([film for part in parts for film in part.concepts])
    report_stale(checked.stale, settings.fallback)
    fallback = Fallback(settings.fallback)
    jobs = {part.name: chapter_jobs(part, checked.scripts, settings.picture, fallback) for part in parts}
    clips = iter(rendered([job for group in jobs.values() for job in group], store, settings))
    for part in parts:
        video = Video(part.name, part.title, part.subtitle, tuple(next(clips) for _ in jobs[part.name]))
        finish(compose(video, settings.out, store), preview=settings.preview)


def render_films(texts: Sequence[str], settings: Settings) -> None:
    """Render films or single beats, each as a video of its own."""
    wanted = addresses_of(texts)
    checked = preflight([film for film, _ in wanted])
    for film, beats in wanted:
        check_beats(film, beats, [beat.name for beat in checked.scripts[film.name].beats])
    report_stale(checked.stale, settings.fallback)
    fallback = Fallback(settings.fallback)
    jobs = [SceneJob(settings.picture, concept=film.name, beats=beats, fallback=fallback) for film, beats in wanted]
    store = Store(settings.store)
    for (film, beats), clip in zip(wanted, rendered(jobs, store, settings), strict=True):
        title = checked.scripts[film.name].title
        video = Video("@".join([film.name, *(beats or ())]), title, title, (clip,))
        finish(compose(video, settings.out, store), preview=settings.preview)


def finish(composed: Composed, *, preview: bool) -> None:
    """Say which file to open, and open it if asked to."""
    minutes, seconds = divmod(round(composed.duration), 60)
    click.echo(f"Open {composed.video} ({minutes}:{seconds:02}, {composed.video.stat().st_size / 1e6:.1f} MB)")
    if preview:
        click.launch(str(composed.video))


def take_stills(
    film: Concept, beats: tuple[str, ...] | None, *, every: bool = False, quality: str | None = "l"
) -> Stills:
    """The stills of a film, timed by its takes where there are any."""
    known = [beat.name for beat in preflight([film]).scripts[film.name].beats]
    check_beats(film, beats, known)
    chosen_beats = frozenset(beats) if beats else None
    with tempfile.TemporaryDirectory() as media:
        return stills(film, Path(media), quality=quality_called(quality), beats=chosen_beats, every_animation=every)


def save_storyboards(texts: Sequence[str], out: Path, *, every: bool, against: str | None) -> None:
    """The storyboards of films; or, with a git revision, what each looked like there and looks like now."""
    from film.comparison import comparison, stills_at
    from film.storyboard import storyboard

    for film, beats in addresses_of(texts):
        if against is not None:
            sheet = comparison(against, stills_at(against, film), take_stills(film, None))
            save_picture(sheet, out / f"{film.name}.before-after.png")
            continue
        shots = take_stills(film, beats, every=every)
        save_picture(storyboard(shots, columns=4 if every else 2), out / f"{film.name}.storyboard.png")


def save_last_frame(address: str, out: Path, quality: str | None) -> None:
    """The last frame of what *address* names, as PNG in *out*."""
    film, beats = address_of(address)
    shots = take_stills(film, beats, quality=quality)
    save_picture(shots.frames[-1].image, out / f"{address}.png")


def save_gallery(out: Path) -> None:
    """One picture of all shared mobjects."""
    from film.gallery import gallery

    with tempfile.TemporaryDirectory() as media:
        save_picture(gallery(Path(media)), out / "gallery.png")


def save_picture(image: Image.Image, path: Path) -> None:
    """Write a PNG, whole or not at all."""
    with replacing(path) as partial:
        image.save(partial, format="PNG")
    click.echo(f"Open {path}")


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
