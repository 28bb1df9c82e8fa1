"""The page itself: one HTML file that asks nothing of a server, with a folder of pictures beside it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from film.clip.style import FORMATS, USES, Format
from film.clip_index.catalogue import FilmEntry
from film.theme_css import css_colours
from film.video import LICENCE
from scenes.programme import SERIES_TITLE
from scenes.stage.theme import DARK, LIGHT

COMMAND = ".venv/bin/python render.py clip"
FIRST: Format = "webm"  # what the page offers until another format is chosen
PAGE = Path(__file__).with_name("page")
# A control's border needs a contrast of 3 : 1 to its ground; the film's own rules are thinner than that.
_DARK_EDGE, _LIGHT_EDGE = "#66738F", "#7D8492"


def page_text(films: Sequence[FilmEntry]) -> str:
    """The page of all *films*, in their order."""
    environment = Environment(
        loader=FileSystemLoader(PAGE), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    parts = list({film.part.name: film.part for film in films}.values())
    return environment.get_template("clips.html").render(
        series=SERIES_TITLE,
        films=films,
        parts=parts,
        formats={format_: USES[format_] for format_ in sorted(FORMATS, key=lambda each: each != FIRST)},
        command=COMMAND,
        licence=LICENCE,
        theme=Markup(_theme()),
        style=Markup(_read("clips.css")),
        script=Markup(_read("clips.js")),
    )


def _theme() -> str:
    dark = f":root {{ color-scheme: dark; {css_colours(DARK)} --edge: {_DARK_EDGE}; }}"
    light = f":root {{ color-scheme: light; {css_colours(LIGHT)} --edge: {_LIGHT_EDGE}; }}"
    return f"{dark}\n@media (prefers-color-scheme: light) {{ {light} }}"


def _read(name: str) -> str:
    return (PAGE / name).read_text(encoding="utf-8")
