"""Clips by address: what is missing is rendered, then encoded; what is there already is left alone."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from film.address import address_text, addresses_of, check_beats
from film.beat_key import made_key
from film.clip.style import ClipStyle
from film.errors import FilmError
from film.inputs.closure import Sources
from film.inputs.records import Records
from film.look import WIDE, Look
from film.preflight_cache import CheckedFilm, checked_films
from film.products import record, recorded
from film.rendering import Keys, Means, clips_of, keys_of, watched
from film.scene_job import SceneJob
from film.settings import Settings, quality_called
from film.store import Store
from film.task import Task
from narration.fallback import Fallback
from scenes.programme import ROOT

FOLDER = "clips"
ENCODERS = ("film/clip/encoding.py",)


@dataclass(frozen=True)
class MadeClip:
    """A finished clip: *path* is a file, or a folder of frames; *poster* the last picture of one that moves."""

    address: str
    title: str
    path: Path
    poster: Path | None
    frames: int
    frame_rate: int

    @property
    def seconds(self) -> float:
        """How long it plays."""
        return self.frames / self.frame_rate


@dataclass(frozen=True)
class _Wanted:
    """A clip to make, and the key of what it is made from."""

    address: str
    title: str
    job: SceneJob
    keys: Keys
    path: Path
    poster: Path | None
    product: str

    @property
    def targets(self) -> list[Path]:
        return [self.path, *([self.poster] if self.poster else [])]


def make_clips(addresses: Sequence[str], style: ClipStyle, settings: Settings) -> list[MadeClip]:
    """The clips of *addresses* (see :mod:`film.address`), in their order, in *settings.out*/clips.

    Raises UnknownName or BadUsage for what cannot be had, before anything is rendered; FilmError for work that failed.
    """
    from film.video_work import report_stale

    store = Store(settings.store)
    store.sweep()
    sources = Sources(ROOT, Records.beside(store.folder))
    chosen = addresses_of(addresses)
    checked = checked_films(list(dict.fromkeys(film for film, _ in chosen)), store, sources)
    for film, beats in chosen:
        check_beats(film, beats, list(checked[film.name].beats))
    quality = quality_called(settings.quality or style.quality)
    if style.aspect != WIDE:
        from film.clip.fitting import check_fit

        check_fit(chosen, style, quality, store, sources)
    fallback, look = Fallback(settings.fallback), Look(settings.theme, style.aspect, style.lossless)
    jobs = [
        SceneJob(quality, film.name, beats=_in_order(beats, checked[film.name]), fallback=fallback, look=look)
        for film, beats in chosen
    ]
    report_stale(jobs, checked, settings.fallback)
    wanted = [
        _wanted(address_text(address), job, checked[address[0].name], style, settings, sources)
        for address, job in zip(chosen, jobs, strict=True)
    ]
    sources.records.save()
    return _made(list({each.path: each for each in wanted}.values()), style, settings, store)


def _in_order(beats: tuple[str, ...] | None, film: CheckedFilm) -> tuple[str, ...] | None:
    return None if beats is None else tuple(beat for beat in film.beats if beat in beats)


def _wanted(
    address: str, job: SceneJob, film: CheckedFilm, style: ClipStyle, settings: Settings, sources: Sources
) -> _Wanted:
    keys = keys_of(job, sources)
    name = style.file_name(job.name, settings.theme)
    path = settings.out / FOLDER / name
    title = film.title if job.beats is None else f"{film.title}: {', '.join(film.beats[beat] for beat in job.beats)}"
    poster = path.with_name(f"{name}.png") if style.has_poster else None
    product = made_key([name, title, keys, asdict(style), settings.theme], ENCODERS, {}, sources)
    return _Wanted(address, title, job, keys, path, poster, product)


def _made(wanted: Sequence[_Wanted], style: ClipStyle, settings: Settings, store: Store) -> list[MadeClip]:
    known = [None if settings.force else recorded(store, each.product, each.targets) for each in wanted]
    todo = [each for each, found in zip(wanted, known, strict=True) if found is None]
    new = iter(_encoded(todo, style, settings, store)) if todo else iter(())
    made = []
    for each, found in zip(wanted, known, strict=True):
        length = found or next(new)
        made.append(MadeClip(each.address, each.title, each.path, each.poster, length["frames"], length["frame_rate"]))
    return made


def _encoded(todo: Sequence[_Wanted], style: ClipStyle, settings: Settings, store: Store) -> list[dict[str, int]]:
    """Render what the store lacks, then encode the clips, several at a time; frames and rate of each."""
    from film.clip.encoding import CALL, Encoded, Order  # loads what encodes

    means = Means(settings.workers, settings.force, settings.scheduler)
    clips = clips_of([each.job for each in todo], [each.keys for each in todo], store, means)
    tasks = []
    for each, clip in zip(todo, clips, strict=True):
        folders = tuple(piece.folder.absolute() for piece in clip.pieces)
        frames = clip.timetable().frames
        order = Order(
            folders,
            each.title,
            style,
            settings.theme,
            each.path.absolute(),
            each.poster.absolute() if each.poster else None,
            store.folder.absolute(),
        )
        tasks.append(Task(each.path.name, CALL, (order,), weight=frames))
    lengths: dict[str, Encoded] = {}
    failures = []
    with watched(tasks, settings.workers or os.cpu_count() or 1, store, Means()) as (outcomes, view):
        for outcome in outcomes:
            if outcome.error is not None:
                failures.append(f"{outcome.task.name}: {outcome.error}")
            else:
                lengths[outcome.task.name] = outcome.result
            view.finished(outcome)
    for each in todo:
        if each.path.name in lengths:
            record(store, each.product, each.targets, each.path.name, **asdict(lengths[each.path.name]))
    if failures:
        raise FilmError("\n".join(failures))
    return [asdict(lengths[each.path.name]) for each in todo]
