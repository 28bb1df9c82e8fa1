"""Typst's pictures read as Manim imports them, to the last bit, but ten times as fast.

Manim's import makes an object of every stroke of every glyph, time and again. Typst uses little of what SVG can say,
and draws the same few glyphs everywhere. Whatever else there is has to be left to Manim's import.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import numpy as np
from manim import ORIGIN, RIGHT, TAU, VGroup, VMobject
from manim.mobject.text.typst_mobject import Typst
from manim.utils.space_ops import rotation_matrix
from svgelements import Matrix, Path

from film.drawing.mould import Mould
from film.drawing.pen_strokes import UnknownSvg, outline

# What the import calls the parts of a text that nobody has named; `Typst.select` does not find them either.
_UNNAMED = re.compile(r"root|numbered_group_\d+|g[0-9A-Fa-f]+")
_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_STYLE = frozenset(("fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width"))
_NOT_READ = frozenset(("fill-rule", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit"))
_KNOWN = {
    "svg": frozenset(()),
    "g": _STYLE | {"transform", "id"},
    "use": _STYLE | _NOT_READ | {_LINK, "x", "y"},
    "path": _STYLE | _NOT_READ | {"transform", "d"},
}
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}|none|black")
_OUTSIDE = {"fill": "black", "stroke": "none"}
_NO_LINE = ("none", "0")
_MOULDS: dict[tuple[tuple[str, object], ...], Mould] = {}
_HALF_TURN = rotation_matrix(TAU / 2, RIGHT).T

Style = dict[str, str]


def read_glyphs(text: Typst) -> None:
    """What ``SVGMobject.generate_mobject`` does with *text*, but for parsed paths and groups without a label.

    Raises UnknownSvg, and leaves *text* as it was, if its picture holds something that is not known here.
    """
    picture: ElementTree.ElementTree[Any] = ElementTree.parse(text.get_file_path())
    root = text.modify_xml_tree(picture).getroot()
    assert root is not None
    reading = _Reading(text, root)
    try:
        reading.draw(root, Matrix(), _OUTSIDE, ())
    except UnknownSvg:
        text._stroke_width_tracked_submobjects.clear()
        raise
    text.flip(RIGHT)  # turns nothing but the direction of its sheen
    text.add(*reading.drawn)
    text.id_to_vgroup_dict = {name: VGroup(*glyphs) for name, glyphs in reading.groups.items()}
    center = text.get_critical_point(ORIGIN)
    for glyph in reading.drawn:
        glyph.points -= center
        glyph.points = np.dot(glyph.points, _HALF_TURN)
        glyph.points += center


class _Reading:
    """A picture that is being read: what was drawn, and which of it lies in which labelled group."""

    def __init__(self, text: Typst, root: Element) -> None:
        self._text = text
        self._symbols = {f"#{symbol.get('id')}": symbol for symbol in root.iter(f"{_SVG}symbol")}
        self.drawn: list[VMobject] = []
        self.groups: dict[str, list[VMobject]] = {}

    def draw(self, element: Element, matrix: Matrix, style: Style, groups: tuple[str, ...]) -> None:
        """Draw *element*, which lies under *matrix* and in *groups* and inherits *style*."""
        tag = element.tag.removeprefix(_SVG)
        if tag == "defs":
            return
        if not element.attrib.keys() <= _KNOWN.get(tag, frozenset()):
            raise UnknownSvg(tag)
        style = style | {name: value for name, value in element.items() if name in _STYLE}
        if "transform" in element.attrib:
            matrix = Matrix(matrix)
            matrix.parse(element.get("transform"))
        if tag == "path":
            self._add(element.get("d", ""), matrix, style, groups)
        elif tag == "use":
            placed = Matrix(matrix)
            placed.pre_translate(float(element.get("x", 0)), float(element.get("y", 0)))
            for part in self._symbol(element.get(_LINK, "")):
                self.draw(part, placed, style, groups)
        else:
            groups = self._opened(element.get("id"), groups)
            for part in element:
                self.draw(part, matrix, style, groups)

    def _symbol(self, link: str) -> Element:
        symbol = self._symbols.get(link)
        if symbol is None:
            raise UnknownSvg(link)
        return symbol

    def _opened(self, name: str | None, groups: tuple[str, ...]) -> tuple[str, ...]:
        if name is None or _UNNAMED.fullmatch(name):
            return groups
        if name in self.groups:
            raise UnknownSvg(name)
        self.groups[name] = []
        return (*groups, name)

    def _add(self, data: str, matrix: Matrix, style: Style, groups: tuple[str, ...]) -> None:
        glyph: VMobject | None
        if (style["stroke"], style.get("stroke-width")) == _NO_LINE:
            points = outline(data).points(matrix)
            glyph = self._mould(style).glyph(points) if len(points) else None
        else:
            glyph = _imported(self._text, data, matrix, style)
            if glyph is not None:
                glyph.rotate_sheen_direction(TAU / 2, RIGHT)
        if glyph is not None:
            self.drawn.append(glyph)
            for name in groups:
                self.groups[name].append(glyph)

    def _mould(self, style: Style) -> Mould:
        key = (*style.items(), *self._text.path_string_config.items())
        if key not in _MOULDS:
            model = _imported(self._text, "M 0 0h 1", Matrix(), style)
            assert model is not None
            model.flip(RIGHT)
            model.__dict__["path_obj"] = Path()
            _MOULDS[key] = Mould(model.__dict__)
        return _MOULDS[key]


def _imported(text: Typst, data: str, matrix: Matrix, style: Style) -> VMobject | None:
    """The path *data* as Manim imports it."""
    if not all(_COLOUR.fullmatch(style[name]) for name in ("fill", "stroke")):
        raise UnknownSvg(style)
    path = Path(style)
    path.parse(data)
    path.transform = matrix
    path.reify()
    return text.get_mob_from_shape_element(path)
