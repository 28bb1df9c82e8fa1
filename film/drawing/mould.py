"""Mobjects that differ in little more than their points, cast one after the other: Manim takes long to build each."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
from manim import Mobject
from manim.mobject.svg.svg_mobject import VMobjectFromSVGPath
from manim.typing import Point3D_Array


class Mould:
    """What mobjects have in common.

    Parameters
    ----------
    state
        What they consist of, by attribute. Arrays, lists and dictionaries are copied for each of them, anything else
        is shared.
    """

    def __init__(self, state: dict[str, Any]) -> None:
        self.state = state
        self._arrays = [(name, value) for name, value in state.items() if type(value) is np.ndarray]
        self._nested = [(name, value) for name, value in state.items() if type(value) in (list, dict)]

    def give(self, mobject: Mobject) -> None:
        """Give *mobject* what is common."""
        mine = mobject.__dict__
        mine.update(self.state)
        for name, array in self._arrays:
            mine[name] = array.copy()
        for name, value in self._nested:
            mine[name] = copy.deepcopy(value) if value else type(value)()

    def glyph(self, points: Point3D_Array) -> VMobjectFromSVGPath:
        """An imported glyph that owns *points*."""
        made = VMobjectFromSVGPath.__new__(VMobjectFromSVGPath)
        self.give(made)
        made.points = points
        return made
