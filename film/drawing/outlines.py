"""A text's imported glyphs as bytes, and back: reading points is much faster than reading SVG."""

from __future__ import annotations

import copy
import json
import re
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import svgelements
from manim import RIGHT, VGroup
from manim.mobject.svg.svg_mobject import VMobjectFromSVGPath
from manim.mobject.text.typst_mobject import Typst

# What the import calls the parts of a text that nobody has named; `Typst.select` does not find them either.
_UNNAMED = re.compile(r"root|numbered_group_\d+|g[0-9A-Fa-f]+")
_NOT_STATE = frozenset(("points", "path_obj", "original_id", "submobjects"))
State = dict[str, Any]


def imported(text: Typst) -> bytes | None:
    """The glyphs that *text* has just imported; None if something else than plain outlines is among them.

    The groups of *text* that bear no name are dropped: Manim would copy them with every copy of the text.
    """
    groups = {name: group for name, group in text.id_to_vgroup_dict.items() if not _UNNAMED.fullmatch(name)}
    text.id_to_vgroup_dict = groups
    glyphs = [glyph for glyph in text.submobjects if type(glyph) is VMobjectFromSVGPath and not glyph.submobjects]
    states = [_state(glyph, text.path_string_config) for glyph in glyphs]
    if len(glyphs) != len(text.submobjects) or None in states:
        return None
    place = {id(glyph): i for i, glyph in enumerate(glyphs)}
    distinct: list[State | None] = []
    for state in states:
        if state not in distinct:
            distinct.append(state)
    head = {
        "states": distinct,
        "glyphs": [[len(glyph.points), distinct.index(state)] for glyph, state in zip(glyphs, states, strict=True)],
        "tracked": [place[id(glyph)] for glyph in text._stroke_width_tracked_submobjects],
        "groups": {name: [place[id(glyph)] for glyph in group] for name, group in groups.items()},
    }
    points = np.concatenate([np.zeros((0, 3)), *(glyph.points for glyph in glyphs)])
    return json.dumps(head).encode() + b"\n" + points.astype("<f8").tobytes()


def rebuild(text: Typst, data: bytes) -> None:
    """Give *text* the glyphs of *data*, as the import would."""
    line, _, rest = data.partition(b"\n")
    head = json.loads(line)
    points = np.frombuffer(rest, "<f8").reshape(-1, 3)
    models = [_in_state(state, text.path_string_config) for state in head["states"]]
    glyphs: list[VMobjectFromSVGPath] = []
    ends = np.cumsum([0, *(length for length, _ in head["glyphs"])]).tolist()
    for (start, end), (_, model) in zip(pairwise(ends), head["glyphs"], strict=True):
        glyph = copy.deepcopy(models[model])
        glyph.points = points[start:end].copy()
        glyphs.append(glyph)
    text.flip(RIGHT)  # turns nothing but the direction of its sheen
    text.add(*glyphs)
    text._stroke_width_tracked_submobjects.extend(glyphs[i] for i in head["tracked"])
    text.id_to_vgroup_dict = {name: VGroup(*(glyphs[i] for i in group)) for name, group in head["groups"].items()}


@cache
def _plain(config: tuple[tuple[str, bool], ...]) -> VMobjectFromSVGPath:
    """A glyph without points and without style."""
    return VMobjectFromSVGPath(svgelements.Path(), **dict(config))


def _model(config: dict[str, bool]) -> VMobjectFromSVGPath:
    return _plain(tuple(sorted(config.items())))


def _state(glyph: VMobjectFromSVGPath, config: dict[str, bool]) -> State | None:
    """In what *glyph* differs from a plain one, as JSON can say it; None if JSON cannot."""
    plain, state = _model(config).__dict__, {}
    for name, value in glyph.__dict__.items():
        if name in _NOT_STATE:
            continue
        if isinstance(value, np.ndarray):
            if name not in plain or not np.array_equal(value, plain[name]):
                state[name] = {"array": value.tolist()}
        elif name not in plain or value != plain[name]:
            if not isinstance(value, int | float):
                return None
            state[name] = value if isinstance(value, int) else float(value)
    return state if plain.keys() - _NOT_STATE <= glyph.__dict__.keys() else None


def _in_state(state: State, config: dict[str, bool]) -> VMobjectFromSVGPath:
    model = copy.deepcopy(_model(config))
    for name, value in state.items():
        model.__dict__[name] = np.array(value["array"]) if isinstance(value, dict) else value
    return model
