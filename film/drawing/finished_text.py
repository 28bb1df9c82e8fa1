"""A finished text as bytes, and back: what its constructor made of it, kept so that it need not be made again."""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from manim import ManimColor, VGroup, VMobject
from manim.mobject.svg.svg_mobject import VMobjectFromSVGPath
from manim.mobject.text.typst_mobject import Typst
from numpy.typing import NDArray
from svgelements import Path as SvgPath

from film.drawing.mould import Mould

_OF_GLYPHS = frozenset(("points", "path_obj", "original_id", "submobjects"))
_OF_TEXTS = frozenset(("submobjects", "_stroke_width_tracked_submobjects", "id_to_vgroup_dict", "file_name"))
State = dict[str, Any]


class FinishedText:
    """A text that can be given to any number of mobjects.

    Parameters
    ----------
    head
        What JSON can say of it: states, and who has which.
    points
        Of all its glyphs, shape (any, 3).
    """

    def __init__(self, head: dict[str, Any], points: NDArray[np.float64]) -> None:
        self._text = Mould(_plain_text() | _state(head["text"]))
        moulds = [Mould(_plain_glyph() | _state(state)) for state in head["states"]]
        ends = np.cumsum([0, *(length for length, _ in head["glyphs"])]).tolist()
        self._glyphs = [
            (moulds[state], points[start:end])
            for (start, end), (_, state) in zip(pairwise(ends), head["glyphs"], strict=True)
        ]
        self._tracked, self._groups, self._file = head["tracked"], head["groups"], head["file"]

    @classmethod
    def of(cls, data: bytes) -> FinishedText:
        """What :func:`finished` made."""
        line, _, rest = data.partition(b"\n")
        return cls(json.loads(line), np.frombuffer(rest, "<f8").reshape(-1, 3))

    def give(self, text: Typst) -> None:
        """Do to *text* what its constructor would."""
        self._text.give(text)
        glyphs: list[VMobject] = [mould.glyph(points.copy()) for mould, points in self._glyphs]
        text.submobjects = glyphs
        text.file_name = Path(self._file)
        text.id_to_vgroup_dict = {name: VGroup(*(glyphs[i] for i in group)) for name, group in self._groups.items()}
        text._stroke_width_tracked_submobjects = [glyphs[i] for i in self._tracked]
        text._refresh_svg_stroke_widths()  # they depend on the picture's width


def finished(text: Typst, before: State) -> bytes | None:
    """*text* as it is, but for what it was *before* its construction; None if there is more to it than outlines."""
    glyphs = text.submobjects
    if any(type(glyph) is not VMobjectFromSVGPath or glyph.submobjects for glyph in glyphs):
        return None
    try:
        states = [_difference(glyph.__dict__, _plain_glyph(), _OF_GLYPHS) for glyph in glyphs]
        own = _difference(text.__dict__, _plain_text(), _OF_TEXTS.union(before))
    except TypeError:
        return None
    place = {id(glyph): i for i, glyph in enumerate(glyphs)}
    distinct: list[State] = []
    for state in states:
        if state not in distinct:
            distinct.append(state)
    head = {
        "text": own,
        "states": distinct,
        "glyphs": [[len(glyph.points), distinct.index(state)] for glyph, state in zip(glyphs, states, strict=True)],
        "tracked": [place[id(glyph)] for glyph in text._stroke_width_tracked_submobjects],
        "groups": {name: [place[id(glyph)] for glyph in group] for name, group in text.id_to_vgroup_dict.items()},
        "file": text.get_file_path().name,
    }
    points = np.concatenate([np.zeros((0, 3)), *(glyph.points for glyph in glyphs)])
    return json.dumps(head).encode() + b"\n" + points.astype("<f8").tobytes()


@cache
def _plain_glyph() -> State:
    return VMobjectFromSVGPath(SvgPath()).__dict__


@cache
def _plain_text() -> State:
    return VMobject().__dict__


def _difference(state: State, plain: State, left_out: Collection[str]) -> State:
    """What *state* has other than *plain*, in a form for JSON. Raises TypeError for what has no such form."""
    if not plain.keys() <= state.keys():
        raise TypeError("something is missing")
    return {
        name: _encoded(value)
        for name, value in state.items()
        if name not in left_out and not (name in plain and _same(value, plain[name]))
    }


def _same(one: Any, other: Any) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, ManimColor):  # to compare two of them takes Manim long
        one, other = one._internal_value, other._internal_value
    if isinstance(one, np.ndarray):
        return (one.shape, one.dtype.str, one.tobytes()) == (other.shape, other.dtype.str, other.tobytes())
    return bool(one == other)


def _state(head: dict[str, Any]) -> State:
    return {name: _decoded(value) for name, value in head.items()}


def _encoded(value: Any) -> Any:
    if type(value) in (type(None), bool, int, float, str):
        return value
    if type(value) is np.float64:
        return {"float64": float(value)}
    if type(value) is np.ndarray and value.dtype == np.float64:
        return {"array": value.tolist(), "shape": value.shape}
    if type(value) is list:
        return [_encoded(item) for item in value]
    if type(value) is dict:
        return {"dict": [[_encoded(key), _encoded(item)] for key, item in value.items()]}
    raise TypeError(f"{type(value).__name__} is not kept")


def _decoded(value: Any) -> Any:
    if type(value) is list:
        return [_decoded(item) for item in value]
    if type(value) is not dict:
        return value
    if "array" in value:
        return np.array(value["array"], dtype=np.float64).reshape(value["shape"])
    if "dict" in value:
        return {_decoded(key): _decoded(item) for key, item in value["dict"]}
    return np.float64(value["float64"])
