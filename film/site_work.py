"""What makes the viewer's site: the chapters, and from them the folder of pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from film.beat_key import made_key
from film.inputs.closure import Sources
from film.inputs.records import Records
from film.inputs.script_sections import script_sections
from film.products import record, recorded
from film.rendering import Means
from film.settings import Settings
from film.store import Store
from film.video_work import Made, render_chapters
from scenes.programme import PROGRAMME, ROOT, Concept, Part, concepts

SITE = "site"
BUILDERS = ("film/site/build.py", "film/site/posters.py")
DATA = ("film/site/templates", "film/site/static", "assets/fonts/inter")


def site_folder(out: Path) -> Path:
    """Where the site is in the folder of products."""
    return out / SITE


def make_site(parts: Sequence[Part], settings: Settings) -> None:
    """Render what is missing of the chapters of *parts*, build the site, and say which page to open."""
    made = render_chapters(parts, replace(settings, preview=False))
    front = build_site(parts, made, settings)
    click.echo(f"Open {front}")
    if settings.preview:
        click.launch(str(front))


def build_site(parts: Sequence[Part], made: Sequence[Made], settings: Settings) -> Path:
    """The front page of the site that shows these chapters; the folder is left alone if it is that site already."""
    # What these load, a run that renders one film does not need.
    from film.site.build import FRONT, Chapter, Material, holds_chapters, site_files, write_site
    from film.site.citations import citations
    from film.site.facts import facts_key, facts_of
    from film.site.posters import posters

    store, sources = Store(settings.store), Sources(ROOT, Records.beside(settings.store))
    folder = site_folder(settings.out)
    films = [film for part in parts for film in part.concepts]
    chapters = [Chapter(part, video.files) for part, video in zip(parts, made, strict=True)]
    titles = {film.name: _title(film, sources) for film in concepts()}
    keys = {film.name: facts_key(film, sources) for film in films}
    cited = {film.name: citations(film, sources) for film in films}
    shown = [[part.name, video.product] for part, video in zip(parts, made, strict=True)]
    inputs = [shown, repr(PROGRAMME), titles, keys, cited, _data(sources)]
    product = made_key(inputs, BUILDERS, {}, sources)
    sources.records.save()
    targets = site_files(folder, parts)
    current = not settings.force and recorded(store, product, targets) is not None
    if not (current and holds_chapters(folder, chapters)):
        means = Means(settings.workers, scheduler=settings.scheduler)
        facts = facts_of(films, keys, store, settings.workers)
        pictures = posters([clip for video in made for clip in video.clips], store, means, sources)
        write_site(folder, chapters, Material(titles, facts, cited, pictures))
        record(store, product, targets, SITE)
    return folder / FRONT


def _data(sources: Sources) -> dict[str, str]:
    """Hashes of what the pages are made of besides films: modules of other floors, templates, styles, fonts."""
    files = {file: sources.bytes_digest(file) for folder in DATA for file in sources.files_in(folder)}
    return files | sources.fingerprint(sources.closure("film/site/build.py"))


def _title(film: Concept, sources: Sources) -> str:
    """The title as the script has it; the video knows it with its values filled in."""
    typed = script_sections(sources, film.script_path.relative_to(film.root).as_posix()).title
    return typed.strip("# ")
