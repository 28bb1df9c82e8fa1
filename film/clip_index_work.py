"""What the command `clips` does: the page of all clips, and a picture of each beside it."""

from __future__ import annotations

from pathlib import Path

import click

from film.atomic import replacing_all
from film.clip_index.catalogue import beat_texts, film_entry
from film.clip_index.page_file import page_text
from film.clip_index.posters import posters_of
from film.inputs.closure import Sources
from film.inputs.records import Records
from film.store import Store
from scenes.programme import PROGRAMME, ROOT, concepts
from scenes.stage.theme import FONT_FOLDER

FOLDER, PAGE, POSTERS, FONTS = "clips", "index.html", "posters", "fonts"


def save_clip_index(out: Path, store_folder: Path, *, workers: int | None, draw: bool, preview: bool) -> None:
    """Write *out*/clips/index.html, its pictures and its fonts: all of them, or none.

    With *draw*, what has not been rendered is drawn as a still; without, its place says so.
    """
    store = Store(store_folder)
    store.sweep()
    sources = Sources(ROOT, Records.beside(store.folder))
    texts = beat_texts(concepts(), store, sources)
    posters = posters_of(concepts(), store, sources, workers=workers, draw=draw)
    sources.records.save()
    folder, pictures, films = out / FOLDER, dict[str, Path](), []
    for part in PROGRAMME:
        for film in part.concepts:
            found = posters[film.name]
            names = {beat: f"{POSTERS}/{film.name}-{beat}.jpg" for beat in found}
            pictures |= {names[beat]: poster.picture for beat, poster in found.items()}
            title, beats = texts[film.name]
            seconds = {beat: poster.seconds for beat, poster in found.items()}
            films.append(film_entry(film, part, title, beats, names, seconds))
    beside = pictures | {f"{FONTS}/{font.name}": font for font in sorted((FONT_FOLDER / "inter").iterdir())}
    targets = [folder / PAGE, *(folder / name for name in beside)]
    with replacing_all(targets) as (page, *copies):
        page.write_text(page_text(films), encoding="utf-8")
        for copy, source in zip(copies, beside.values(), strict=True):
            copy.write_bytes(source.read_bytes())
    _remove_others(folder / POSTERS, set(targets))
    beats_in_all = sum(len(film.clips) for film in films)
    click.echo(f"Open {targets[0]} ({beats_in_all} clips, {len(pictures)} with a picture)")
    if preview:
        click.launch(str(targets[0]))


def _remove_others(folder: Path, kept: set[Path]) -> None:
    """Remove the pictures of beats that are no more."""
    for path in folder.glob("*.jpg"):
        if path not in kept:
            path.unlink(missing_ok=True)
