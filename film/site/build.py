"""The folder of the site: pages, pictures and fonts written anew, the chapters' files linked in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from film.atomic import replacing_folder
from film.errors import FilmError
from film.site.content import ChapterText, FilmText, chapter_text
from film.site.facts import Entries, fact_lines
from film.site.formulas import formulas
from film.site.map import Shown, Station, series_map
from film.site.pages import GENERATOR, FilmOnPage, chapter_page, front_page
from scenes.programme import PROGRAMME, ROOT, Part

STATIC = Path(__file__).with_name("static")
FONTS = ROOT / "assets" / "fonts" / "inter"
FRONT = "index.html"


@dataclass(frozen=True)
class Chapter:
    """A chapter to show: its part, and its files, in the order of :func:`film.video.targets_of`."""

    part: Part
    files: tuple[Path, ...]


@dataclass(frozen=True)
class Material:
    """What the pages are made of besides the chapters, all by the film's name: titles, facts, sources, posters."""

    titles: Mapping[str, str]
    facts: Mapping[str, Entries]
    sources: Mapping[str, Mapping[str, str]]
    posters: Mapping[str, Path]


def site_files(folder: Path, parts: Sequence[Part]) -> list[Path]:
    """The files of a site that are written for it; those of the chapters come beside them."""
    names = [FRONT, *(f"{part.name}.html" for part in parts)]
    names += [path.name for path in sorted(STATIC.iterdir()) if path.is_file()]
    names += [f"fonts/{path.name}" for path in sorted(FONTS.iterdir())]
    names += [f"posters/{film}.jpg" for part in parts for film in part.concept_names]
    return [folder / name for name in names]


def holds_chapters(folder: Path, chapters: Sequence[Chapter]) -> bool:
    """Whether *folder* has the chapters' files, as they are now, and nothing besides what belongs to the site."""
    linked = {folder / file.name: file for chapter in chapters for file in chapter.files}
    expected = {*site_files(folder, [chapter.part for chapter in chapters]), *linked}
    try:
        there = {path for path in folder.rglob("*") if not path.is_dir()}
        return there == expected and all(_is_same(file, link) for link, file in linked.items())
    except OSError:
        return False


def write_site(folder: Path, chapters: Sequence[Chapter], material: Material) -> None:
    """Write the whole site in place of *folder*. Raises FilmError where *folder* holds what is no site of ours."""
    _check_ours(folder)
    texts = [chapter_text(chapter.files[-1]) for chapter in chapters]
    with replacing_folder(folder) as new:
        for path in STATIC.iterdir():
            if path.is_file():
                shutil.copyfile(path, new / path.name)
        shutil.copytree(FONTS, new / "fonts")
        (new / "posters").mkdir()
        for film, poster in material.posters.items():
            shutil.copyfile(poster, new / "posters" / f"{film}.jpg")
        for chapter in chapters:
            for file in chapter.files:
                _link(file, new / file.name)
        _write_pages(new, chapters, texts, material)


def _write_pages(folder: Path, chapters: Sequence[Chapter], texts: Sequence[ChapterText], material: Material) -> None:
    films = [film for text in texts for film in text.films]
    shown = {film.name: Shown(film.end - film.start, film.beats[0].title) for film in films}
    durations = {chapter.part.name: text.duration for chapter, text in zip(chapters, texts, strict=True)}
    titles = {**material.titles, **{film.name: film.title for film in films}}
    series = series_map(titles, shown, durations, PROGRAMME)
    stations = {station.name: station for section in series.sections for station in section.stations}
    (folder / FRONT).write_text(front_page(series), encoding="utf-8")
    parts = [None, *(chapter.part for chapter in chapters), None]
    for number, (chapter, text) in enumerate(zip(chapters, texts, strict=True), 1):
        on_page = [_film(film, stations[film.name], material) for film in text.films]
        page = chapter_page(
            chapter.part,
            text,
            on_page,
            formulas(fact.formula for film in on_page for fact in film.facts),
            (parts[number - 1], parts[number + 1]),
            chapter.files[0].stat().st_size / 1e6,
        )
        (folder / f"{chapter.part.name}.html").write_text(page, encoding="utf-8")


def _film(film: FilmText, station: Station, material: Material) -> FilmOnPage:
    facts = fact_lines(material.facts[film.name], film)
    return FilmOnPage(station.number, station.question, film, facts, material.sources[film.name])


def _check_ours(folder: Path) -> None:
    """A folder that this would remove must have been made by it."""
    if not folder.is_dir() or not any(folder.iterdir()):
        return
    try:
        ours = f'<meta name="generator" content="{GENERATOR}">' in (folder / FRONT).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        ours = False
    if not ours:
        raise FilmError(
            f"{folder}: holds files that are no site of `{GENERATOR}`, which would remove them;"
            " move them away, or choose another folder with -o"
        )


def _link(file: Path, target: Path) -> None:
    try:
        os.link(file, target)
    except OSError:  # another file system
        shutil.copy2(file, target)


def _is_same(file: Path, link: Path) -> bool:
    one, other = file.stat(), link.stat()
    return os.path.samestat(one, other) or (one.st_size, one.st_mtime_ns) == (other.st_size, other.st_mtime_ns)
