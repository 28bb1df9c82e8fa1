"""What the commands do that make videos: render what is missing, compose what is not there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from film.address import addresses_of, check_beats
from film.atomic import sweep_folder
from film.beat_key import made_key
from film.errors import FilmError
from film.inputs.closure import Sources
from film.inputs.records import Records
from film.preflight_cache import CheckedFilm, checked_films
from film.products import record, recorded
from film.rendering import Means, clips_of, keys_of
from film.scene_job import SceneJob
from film.settings import Settings
from film.store import Store
from film.video import Video, chapter_jobs, targets_of
from narration.fallback import Fallback
from scenes.programme import ROOT, Concept, Part

COMPOSERS = ("film/chapter.py",)


def report_stale(stale: Mapping[str, str], fallback: str) -> None:
    """Say which beats have no usable take, before anything renders; an error if nothing may stand in."""
    if stale and fallback == Fallback.ERROR:
        reasons = "\n".join(f"{address}: {why}" for address, why in stale.items())
        raise FilmError(f"{len(stale)} beats have no usable take:\n{reasons}\nor let --fallback draft stand in")
    stand_in = "a draft voice" if fallback == Fallback.DRAFT else "silence"
    for address, why in stale.items():
        click.echo(f"{address}: {why}; {stand_in} stands in", err=True)


@dataclass(frozen=True)
class Wanted:
    """A video to make: what it is called, and the jobs of its clips."""

    name: str
    title: str
    description: str
    jobs: tuple[SceneJob, ...]


def render_chapters(parts: Sequence[Part], settings: Settings) -> None:
    """Render and compose the chapters of *parts*; ends by saying which file to open."""

    def wanted(checked: Mapping[str, CheckedFilm]) -> list[Wanted]:
        titles = {name: film.title for name, film in checked.items()}
        fallback = Fallback(settings.fallback)
        return [
            Wanted(part.name, part.title, part.subtitle, tuple(chapter_jobs(part, titles, settings.picture, fallback)))
            for part in parts
        ]

    make_videos([film for part in parts for film in part.concepts], wanted, settings)


def render_films(texts: Sequence[str], settings: Settings) -> None:
    """Render films or single beats, each as a video of its own."""
    addresses = addresses_of(texts)

    def wanted(checked: Mapping[str, CheckedFilm]) -> list[Wanted]:
        videos = []
        for film, beats in addresses:
            title = checked[film.name].title
            check_beats(film, beats, list(checked[film.name].beats))
            job = SceneJob(settings.picture, concept=film.name, beats=beats, fallback=Fallback(settings.fallback))
            videos.append(Wanted("@".join([film.name, *(beats or ())]), title, title, (job,)))
        return videos

    make_videos([film for film, _ in addresses], wanted, settings)


def make_videos(
    films: Sequence[Concept], wanted: Callable[[Mapping[str, CheckedFilm]], list[Wanted]], settings: Settings
) -> None:
    """Render what is missing of the *wanted* videos and compose those that are not there already.

    *wanted* is asked once all *films* have been checked. Every failure is told; then the run ends, with what was
    finished kept in the store.
    """
    store = Store(settings.store)
    store.sweep()
    sweep_folder(settings.out)
    sources = Sources(ROOT, Records.beside(store.folder))
    checked = checked_films(list(dict.fromkeys(films)), store, sources)
    videos = wanted(checked)
    report_stale({address: why for film in checked.values() for address, why in film.stale.items()}, settings.fallback)
    keys = [[keys_of(job, sources) for job in video.jobs] for video in videos]
    sources.records.save()
    products = [
        made_key([video.name, video.title, video.description, of_video], COMPOSERS, {}, sources)
        for video, of_video in zip(videos, keys, strict=True)
    ]
    made = [
        None if settings.force else recorded(store, product, targets_of(video.name, settings.out))
        for video, product in zip(videos, products, strict=True)
    ]
    todo = [i for i, found in enumerate(made) if found is None]
    jobs = [job for i in todo for job in videos[i].jobs]
    means = Means(settings.workers, settings.force, settings.scheduler)
    clips = iter(clips_of(jobs, [of_job for i in todo for of_job in keys[i]], store, means) if jobs else ())
    for video, product, found in zip(videos, products, made, strict=True):
        targets = targets_of(video.name, settings.out)
        if found is None:
            from film.chapter import compose  # loads what mixes sound, which a run that changes nothing does not need

            pieces = tuple(next(clips) for _ in video.jobs)
            composed = compose(Video(video.name, video.title, video.description, pieces), settings.out, store)
            found = {"duration": composed.duration}
            record(store, product, targets, video.name, **found)
        finish(targets[0], found["duration"], preview=settings.preview)


def finish(video: Path, duration: float, *, preview: bool) -> None:
    """Say which file to open, and open it if asked to."""
    minutes, seconds = divmod(round(duration), 60)
    click.echo(f"Open {video} ({minutes}:{seconds:02}, {video.stat().st_size / 1e6:.1f} MB)")
    if preview:
        click.launch(str(video))
