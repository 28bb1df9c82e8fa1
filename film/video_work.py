"""What the commands do that make videos: render what is missing, compose what is not there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from film.address import address_text, addresses_of, check_beats
from film.atomic import sweep_folder
from film.beat_key import made_key
from film.document import Document
from film.errors import FilmError
from film.inputs.closure import Sources
from film.inputs.records import Records
from film.look import Look
from film.own_server import server_of
from film.piece import Clip
from film.preflight_cache import CheckedFilm, checked_films
from film.products import record, recorded
from film.rendering import Keys, Means, clips_of, keys_of
from film.scene_job import SceneJob
from film.schedule import done_elsewhere
from film.settings import Settings
from film.store import Store
from film.task import Task
from film.transcript import clock
from film.video import Composed, Video, chapter_jobs, targets_of, themed
from narration.fallback import Fallback
from scenes.programme import ROOT, Concept, Part


@dataclass(frozen=True)
class Maker:
    """How clips become finished files: which files, the modules that make them, and the work itself.

    *call* names a function ``module:function`` of a Video, the folder to write to, the Store, and what else
    :class:`Wanted` gives; it returns a :class:`film.video.Composed`. A process of its own does the work: it has what
    mixes sound already imported, and its memory is given back.
    """

    targets: Callable[[str, Path], tuple[Path, ...]]
    code: tuple[str, ...]
    call: str


VIDEOS = Maker(targets_of, ("film/chapter.py",), "film.chapter:compose")


def report_stale(jobs: Iterable[SceneJob], checked: Mapping[str, CheckedFilm], fallback: str) -> None:
    """Say which beats of *jobs* have no usable take, before anything renders; an error if nothing may stand in."""
    stale = _stale(jobs, checked)
    if stale and fallback == Fallback.ERROR:
        reasons = "\n".join(f"{address}: {why}" for address, why in stale.items())
        raise FilmError(f"{len(stale)} beats have no usable take:\n{reasons}\nor let --fallback draft stand in")
    stand_in = "a draft voice" if fallback == Fallback.DRAFT else "silence"
    for address, why in stale.items():
        click.echo(f"{address}: {why}; {stand_in} stands in", err=True)


def _stale(jobs: Iterable[SceneJob], checked: Mapping[str, CheckedFilm]) -> dict[str, str]:
    """Why takes are not usable, by the address of the beat."""
    films = [(checked[job.concept], job.beats) for job in jobs if job.concept is not None]
    return {
        address: why
        for film, beats in films
        for address, why in film.stale.items()
        if beats is None or address.partition("@")[2] in beats
    }


@dataclass(frozen=True)
class Wanted:
    """A video to make: what it is called, the jobs of its clips, and what else its files are made from.

    That is *beside* (as JSON, for the key) and *given* (for the maker's call).
    """

    name: str
    title: str
    description: str
    jobs: tuple[SceneJob, ...]
    beside: object = None
    given: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Made:
    """A video that is there now: the key that it was made under, its clips' jobs and their keys, its files, its length.

    *reused*: it was there before, made from the same. The files are in the order of the maker's targets, the video
    first; *duration* is in seconds.
    """

    name: str
    title: str
    product: str
    clips: tuple[tuple[SceneJob, Keys], ...]
    files: tuple[Path, ...]
    duration: float
    reused: bool

    def tell(self, document: Document) -> None:
        """Put it into the document of a command."""
        beside = [str(path.absolute()) for path in self.files[1:]]
        details = {"title": self.title, "duration": self.duration, "reused": self.reused, "files": beside}
        document.product("video", self.files[0], address=self.name, **details)


def render_chapters(parts: Sequence[Part], settings: Settings) -> list[Made]:
    """Render and compose the chapters of *parts*; says of each which file to open."""

    def wanted(checked: Mapping[str, CheckedFilm]) -> list[Wanted]:
        return [chapter_wanted(part, checked, settings) for part in parts]

    return make_videos([film for part in parts for film in part.concepts], wanted, settings)


def chapter_wanted(part: Part, checked: Mapping[str, CheckedFilm], settings: Settings) -> Wanted:
    """The chapter of *part* as a video to make; *checked* are its films."""
    titles = {name: film.title for name, film in checked.items()}
    jobs = chapter_jobs(part, titles, settings.picture, Fallback(settings.fallback), Look(settings.theme))
    return Wanted(themed(part.name, settings.theme), part.title, part.subtitle, tuple(jobs))


def render_films(texts: Sequence[str], settings: Settings) -> list[Made]:
    """Render films or single beats, each as a video of its own."""
    addresses = addresses_of(texts)

    def wanted(checked: Mapping[str, CheckedFilm]) -> list[Wanted]:
        videos = []
        for film, beats in addresses:
            title = checked[film.name].title
            check_beats(film, beats, list(checked[film.name].beats))
            fallback, look = Fallback(settings.fallback), Look(settings.theme)
            job = SceneJob(settings.picture, concept=film.name, beats=beats, fallback=fallback, look=look)
            name = themed(address_text((film, beats)), settings.theme)
            videos.append(Wanted(name, title, title, (job,)))
        return videos

    return make_videos([film for film, _ in addresses], wanted, settings)


def make_videos(
    films: Sequence[Concept],
    wanted: Callable[[Mapping[str, CheckedFilm]], list[Wanted]],
    settings: Settings,
    maker: Maker = VIDEOS,
) -> list[Made]:
    """Render what is missing of the *wanted* videos and have *maker* make those that are not there already.

    *wanted* is asked once all *films* have been checked. Every failure is told; then the run ends, with what was
    finished kept in the store.
    """
    store = Store(settings.store)
    store.sweep()
    sweep_folder(settings.out)
    sources = Sources(ROOT, Records.beside(store.folder))
    if sources.records.is_empty:
        server_of(ROOT)  # there is everything to do, and it imports Manim while sources are read
    checked = checked_films(list(dict.fromkeys(films)), store, sources)
    videos = wanted(checked)
    report_stale((job for video in videos for job in video.jobs), checked, settings.fallback)
    keys = [[keys_of(job, sources) for job in video.jobs] for video in videos]
    sources.records.save()
    products = [
        product_key(video.name, video.title, video.description, of_video, maker, sources, video.beside)
        for video, of_video in zip(videos, keys, strict=True)
    ]
    made = [
        None if settings.force else recorded(store, product, maker.targets(video.name, settings.out))
        for video, product in zip(videos, products, strict=True)
    ]
    todo = [i for i, found in enumerate(made) if found is None]
    jobs = [job for i in todo for job in videos[i].jobs]
    means = Means(settings.workers, settings.force, settings.scheduler)
    clips = iter(clips_of(jobs, [of_job for i in todo for of_job in keys[i]], store, means) if jobs else ())
    there: list[Made] = []
    for video, product, of_video, found in zip(videos, products, keys, made, strict=True):
        targets, reused = maker.targets(video.name, settings.out), found is not None
        if found is None:
            pieces = tuple(next(clips) for _ in video.jobs)
            composed = _composed(maker, video, pieces, settings.out, store)
            found = {"duration": composed.duration}
            record(store, product, targets, video.name, **found)
        finish(targets[0], found["duration"], preview=settings.preview)
        clips_made = tuple(zip(video.jobs, of_video, strict=True))
        there.append(Made(video.name, video.title, product, clips_made, targets, found["duration"], reused))
    return there


def _composed(maker: Maker, video: Wanted, clips: tuple[Clip, ...], out: Path, store: Store) -> Composed:
    arguments = (Video(video.name, video.title, video.description, clips), out, store, *video.given)
    try:
        composed: Composed = done_elsewhere(
            Task(video.name, maker.call, arguments), working_folder=store.working_folder
        )
    except BaseException:
        sweep_folder(out)  # who is stopped leaves what was not whole yet
        store.sweep()
        raise
    return composed


def product_key(
    name: str,
    title: str,
    description: str,
    clips: Sequence[Keys],
    maker: Maker,
    sources: Sources,
    beside: object = None,
) -> str:
    """The key of a finished video: what it is called, the keys of its *clips*, and what makes it of them."""
    return made_key([name, title, description, beside, clips], maker.code, {}, sources)


def finish(video: Path, duration: float, *, preview: bool) -> None:
    """Say which file to open, and open it if asked to."""
    click.echo(f"Open {video} ({clock(round(duration))}, {video.stat().st_size / 1e6:.1f} MB)")
    if preview:
        click.launch(str(video))
