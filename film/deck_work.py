"""What ``deck`` does: render what is missing of the beats of a talk, and write its slides in the formats asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import click

from film.address import Address, address_text, addresses_of, check_beats
from film.atomic import replacing, replacing_folder
from film.beat_key import made_key
from film.deck.page_files import INDEX, files_of
from film.errors import FilmError
from film.inputs.closure import Sources
from film.inputs.records import Records
from film.look import Look
from film.preflight_cache import checked_films
from film.products import record, recorded
from film.rendering import Keys, Means, clips_of, keys_of
from film.scene_job import SceneJob
from film.settings import Settings
from film.store import About, Store
from film.video import themed
from film.video_work import report_stale
from narration.fallback import Fallback
from scenes.programme import ROOT, part

if TYPE_CHECKING:
    from film.deck.slides import Deck, FilmSlides
    from film.piece import Clip

WRITERS = {
    "html": ("film/deck/page.py",),
    "pptx": ("film/deck/powerpoint.py",),
    "pdf": ("film/deck/handout.py",),
}
CLIP_WRITERS = ("film/deck/clips.py",)
LIBRARIES = ("jinja2", "lxml", "python-pptx")
LONGEST_NAME = 150


@dataclass(frozen=True)
class Talk:
    """A deck before it is made: the name of its files, its films and beats, their keys in the store, how it runs."""

    name: str
    addresses: tuple[Address, ...]
    keys: tuple[Keys, ...]
    silent: bool
    auto_advance: bool

    @property
    def beats(self) -> list[tuple[str, str]]:
        """Film and beat of every slide."""
        films = (film.name for film, _ in self.addresses)
        return [(film, beat) for film, keys in zip(films, self.keys, strict=True) for beat in keys]


def make_decks(
    texts: Sequence[str], formats: Sequence[str], settings: Settings, *, silent: bool, auto_advance: bool
) -> None:
    """Write the deck of the films and beats that *texts* name in all *formats*; what is there already stays.

    Raises UnknownName before anything renders, and what rendering raises.
    """
    addresses = tuple(addresses_of(texts))
    name = themed(_name(addresses), settings.theme)
    store = Store(settings.store)
    store.sweep()
    sources = Sources(ROOT, Records.beside(store.folder))
    jobs = _checked_jobs(addresses, settings, store, sources)
    talk = Talk(name, addresses, tuple(keys_of(job, sources) for job in jobs), silent, auto_advance)
    sources.records.save()
    products = {kind: _product(talk, kind, sources) for kind in dict.fromkeys(formats)}
    made = {
        kind: None if settings.force else recorded(store, key, _targets(talk, kind, settings.out))
        for kind, key in products.items()
    }
    missing = [kind for kind, found in made.items() if found is None]
    if missing:
        clips = clips_of(jobs, talk.keys, store, Means(settings.workers, settings.force, settings.scheduler))
        deck = _deck(talk, clips)
        for kind in missing:
            slides = _write(deck, talk, kind, settings.out, store, sources)
            made[kind] = {"slides": slides}
            record(store, products[kind], _targets(talk, kind, settings.out), name, slides=slides)
    _finish(talk, {kind: found["slides"] for kind, found in made.items() if found}, settings)


def _checked_jobs(addresses: Sequence[Address], settings: Settings, store: Store, sources: Sources) -> list[SceneJob]:
    """What is to be rendered, once the films have been checked; says which beats have no usable take."""
    checked = checked_films(list(dict.fromkeys(film for film, _ in addresses)), store, sources)
    for film, beats in addresses:
        check_beats(film, beats, list(checked[film.name].beats))
    fallback, look = Fallback(settings.fallback), Look(settings.theme)
    jobs = [
        SceneJob(settings.picture, concept=film.name, beats=beats, fallback=fallback, look=look)
        for film, beats in addresses
    ]
    report_stale(jobs, checked, settings.fallback)
    return jobs


def _deck(talk: Talk, clips: Sequence[Clip]) -> Deck:
    from film.deck.slides import Deck, deck_title, film_slides

    films = tuple(
        film_slides(film, clip, silent=talk.silent) for (film, _), clip in zip(talk.addresses, clips, strict=True)
    )
    return Deck(deck_title(films), films, talk.silent, talk.auto_advance)


def _name(addresses: Sequence[Address]) -> str:
    """What the files are called: the addresses, joined."""
    name = "+".join(map(address_text, addresses))
    if len(name) > LONGEST_NAME:
        raise FilmError(f"a deck of {len(addresses)} films would have too long a name; make several decks")
    return name


def _product(talk: Talk, kind: str, sources: Sources) -> str:
    versions = {library: version(library) for library in LIBRARIES}
    titles = [(its.number, its.title) for its in (part(film.part) for film, _ in talk.addresses)]
    runs = None if kind == "pdf" else (talk.silent, talk.auto_advance)  # paper does neither
    return made_key([kind, talk.name, talk.keys, titles, runs, versions], WRITERS[kind], {}, sources)


def _target(talk: Talk, kind: str, out: Path) -> Path:
    """The file, or the folder, of a deck; a handout is the same with and without narration."""
    stem = talk.name + (".silent" if talk.silent and kind != "pdf" else "")
    return out / f"{stem}.{'deck' if kind == 'html' else kind}"


def _targets(talk: Talk, kind: str, out: Path) -> tuple[Path, ...]:
    target = _target(talk, kind, out)
    if kind != "html":
        return (target,)
    return tuple(target / file for file in files_of(talk.beats))


def _write(deck: Deck, talk: Talk, kind: str, out: Path, store: Store, sources: Sources) -> int:
    """Write one format, whole or not at all; return the number of its slides or pages."""
    target = _target(talk, kind, out)

    def clips_of_film(film: FilmSlides) -> Path:
        return _stored_clips(film, talk, store, sources)

    if kind == "pdf":
        from film.deck.handout import write_handout

        with store.working_folder() as work, replacing(target) as partial:
            return write_handout(deck, work, partial)
    if kind == "pptx":
        from film.deck.powerpoint import write_presentation

        with replacing(target) as partial:
            return write_presentation(deck, clips_of_film, partial)
    from film.deck.page import write_page

    with replacing_folder(target, known_by=INDEX) as folder:
        return write_page(deck, clips_of_film, folder)


def _stored_clips(film: FilmSlides, talk: Talk, store: Store, sources: Sources) -> Path:
    """The folder of a film's clips in the store, made now if they are not there: every format shows the same."""
    from film.deck.clips import write_spoken, write_steps

    keys = [piece.folder.name for piece in film.clip.pieces]
    key = f"clips-{made_key([keys, talk.silent], CLIP_WRITERS, {}, sources)}"
    write = write_steps if talk.silent else write_spoken
    return store.get(key) or store.put(key, lambda folder: write(film, folder), About(film.concept.name, "clips"))


def _finish(talk: Talk, slides: Mapping[str, int], settings: Settings) -> None:
    """Say which files to open, and open the first if asked to."""
    opened = []
    for kind, count in slides.items():
        target = _target(talk, kind, settings.out)
        opened.append(target / INDEX if kind == "html" else target)
        files = target.rglob("*") if kind == "html" else [target]
        size = sum(file.stat().st_size for file in files if file.is_file())
        what = ("page" if kind == "pdf" else "slide") + ("" if count == 1 else "s")
        click.echo(f"Open {opened[-1]} ({count} {what}, {size / 1e6:.1f} MB)")
    if settings.preview:
        click.launch(str(opened[0]))
