"""Pages from templates: everything that comes from scripts is text in them, never markup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2

from film.site.content import ChapterText, FilmText
from film.site.facts import FactLine
from film.site.formulas import Formula
from film.site.map import SeriesMap
from film.transcript import clock
from scenes.programme import LANGUAGE, SERIES_TITLE, Part

TEMPLATES = Path(__file__).with_name("templates")
GENERATOR = "render.py site"
# Nothing from elsewhere, nothing written into the page. Under file:// not every browser takes the page's folder for
# 'self', so files are named too; a page from a server cannot load them.
_OURS = "'self' file:"
POLICY = "; ".join(
    (
        "default-src 'none'",
        f"script-src {_OURS}",
        f"style-src {_OURS}",
        f"img-src {_OURS}",
        f"media-src {_OURS}",
        f"font-src {_OURS}",
        "base-uri 'none'",
        "form-action 'none'",
    )
)


@dataclass(frozen=True)
class FilmOnPage:
    """A film of a chapter as its page shows it: number, question, facts, and sources by module."""

    number: int
    question: str
    text: FilmText
    facts: Sequence[FactLine]
    sources: Mapping[str, str]


def chapter_page(
    part: Part,
    chapter: ChapterText,
    films: Sequence[FilmOnPage],
    formulas: Mapping[str, Formula],
    neighbours: tuple[Part | None, Part | None],
    megabytes: float,
) -> str:
    """The page of a chapter; *neighbours* are the parts before and after it that have pages."""
    glyphs = {name: glyph for formula in formulas.values() for name, glyph in formula.glyphs.items()}
    return _template("chapter.html").render(
        part=part,
        chapter=chapter,
        films=films,
        formulas=formulas,
        glyphs=glyphs,
        before=neighbours[0],
        after=neighbours[1],
        megabytes=megabytes,
    )


def front_page(series: SeriesMap) -> str:
    """The page that opens the site: the map."""
    return _template("index.html").render(series=series, is_front=True)


def length(seconds: float) -> str:
    """*seconds*, rounded, as m:ss or h:mm:ss."""
    return clock(float(round(seconds)))


def _template(name: str) -> jinja2.Template:
    loader = jinja2.FileSystemLoader(TEMPLATES)
    environment = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    shared: dict[str, Any] = {
        "series_title": SERIES_TITLE,
        "language": LANGUAGE,
        "policy": POLICY,
        "generator": GENERATOR,
        "is_front": False,
    }
    environment.globals.update(shared)
    environment.filters.update(clock=clock, length=length)
    return environment.get_template(f"{name}.j2")
