"""Formulas as pictures inside a page: set by Typst in New Computer Modern, in the colour of the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import typst

_SIZE = 16  # points that are one em on the page
_PAGE = f"#set page(width: auto, height: auto, margin: 1pt, fill: none)\n#set text(size: {_SIZE}pt)\n"
_BREAK = "\n#pagebreak()\n"
_BOX = re.compile(r'<svg viewBox="([^"]+)" width="([\d.]+)pt" height="([\d.]+)pt"[^>]*>(.*)</svg>\s*$', re.DOTALL)
_DEFINITIONS = re.compile(r"<defs>(.*?)</defs>", re.DOTALL)
_SYMBOL = re.compile(r'<symbol id="([^"]+)".*?</symbol>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula's drawing: a view box, width and height in em, what is drawn, and the glyphs that it uses by name."""

    box: str
    width: str
    height: str
    drawing: str
    glyphs: Mapping[str, str]


def formulas(sources: Iterable[str]) -> dict[str, Formula]:
    """Each of these pieces of Typst mathematics that Typst can set."""
    wanted = list(dict.fromkeys(source for source in sources if source))
    if not wanted:
        return {}
    try:
        return dict(zip(wanted, _set(wanted), strict=True))
    except (typst.TypstError, ValueError):
        return {source: formula for source in wanted for formula in _set_if_possible(source)}


def _set_if_possible(source: str) -> list[Formula]:
    try:
        return _set([source])
    except (typst.TypstError, ValueError):
        return []


def _set(sources: list[str]) -> list[Formula]:
    document = _PAGE + _BREAK.join(f"$ {source} $" for source in sources)
    pages = typst.compile(document.encode(), format="svg", ignore_system_fonts=True)
    return [_formula(page.decode()) for page in (pages if isinstance(pages, list) else [pages]) if page is not None]


def _formula(svg: str) -> Formula:
    found = _BOX.match(svg)
    if found is None:
        raise ValueError("Typst's picture is not of the form that is known")
    box, width, height, inside = found.groups()
    glyphs = {
        symbol[1]: symbol[0] for definitions in _DEFINITIONS.findall(inside) for symbol in _SYMBOL.finditer(definitions)
    }
    drawing = _DEFINITIONS.sub("", inside).replace("xlink:href", "href").replace("#000000", "currentColor")
    return Formula(box, _em(width), _em(height), drawing, glyphs)


def _em(points: str) -> str:
    return f"{float(points) / _SIZE:.3f}em"
