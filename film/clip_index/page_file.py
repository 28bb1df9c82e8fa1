"""The page itself: one HTML file that asks nothing of a server, with a folder of pictures beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from film.clip_index.catalogue import FilmEntry
from film.video import LICENCE
from scenes.programme import SERIES_TITLE
from scenes.stage.theme import DARK, LIGHT, Theme

COMMAND = ".venv/bin/python render.py clip"
FORMATS = {
    "webm": "browsers and OBS",
    "mp4": "any player",
    "mov": "Keynote and editors",
    "webp": "pages",
    "gif": "chats",
    "png": "the last picture alone",
}
PAGE = Path(__file__).with_name("page")
# A control's border needs a contrast of 3 : 1 to its ground; the film's own rules are thinner than that.
_EDGES = {"dark": "#66738F", "light": "#7D8492"}


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
        formats=FORMATS,
        command=COMMAND,
        licence=LICENCE,
        theme=Markup(_theme()),
        style=Markup(_read("clips.css")),
        script=Markup(_read("clips.js")),
    )


def _theme() -> str:
    dark = f":root {{ color-scheme: dark; {_variables(DARK, 'dark')} }}"
    light = f":root {{ color-scheme: light; {_variables(LIGHT, 'light')} }}"
    return f"{dark}\n@media (prefers-color-scheme: light) {{ {light} }}"


def _variables(theme: Theme, name: str) -> str:
    colors = {role.replace("_", "-"): color for role, color in asdict(theme).items()}
    return " ".join(f"--{role}: {color};" for role, color in {**colors, "edge": _EDGES[name]}.items())


def _read(name: str) -> str:
    return (PAGE / name).read_text(encoding="utf-8")
