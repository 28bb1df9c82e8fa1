"""Copies of mobjects without a detour: every animation copies what it moves, and that was a third of all work.

``copy.deepcopy`` asks each value of each mobject how it wants to be copied. Most of them are numbers, colours and
arrays of numbers; here those are shared or copied at once, and only the rest goes the long way. The copies are
the same.
"""

from __future__ import annotations

import copy
import enum
from pathlib import Path
from types import FunctionType
from typing import Any

import numpy as np
import svgelements
from manim import ManimColor, Mobject

# What nobody changes is shared. A colour holds an array, but Manim never writes into it: every verb makes a new one;
# an imported glyph keeps the SVG path that it was made from.
_ATOMS = (int, float, complex, str, bytes, type(None), type, FunctionType, np.generic)
_SHARED = (*_ATOMS, ManimColor, Path, enum.Enum, svgelements.Path)

_CONSTANT = frozenset(("_bezier_t_values", "sheen_direction"))  # arrays that are replaced, never written into
_FLOAT = np.dtype(np.float64)

_KNOWN: set[type] = set()  # types that were found to be shared
_OTHERS: set[type] = set()  # and those that were not


def _copied(value: Any, memo: dict[int, Any]) -> Any:
    kind = type(value)
    if kind in _KNOWN:
        return value
    if kind not in _OTHERS:
        if issubclass(kind, _SHARED):
            _KNOWN.add(kind)
            return value
        _OTHERS.add(kind)
    if issubclass(kind, tuple) and all(type(item) in _KNOWN for item in value):
        return value
    known = memo.get(id(value))
    if known is not None:
        return known
    if kind is np.ndarray and value.dtype != object:
        made = value.copy()
    elif kind is list:
        made = memo[id(value)] = []
        made.extend([_copied(item, memo) for item in value])
    elif kind is dict:
        made = memo[id(value)] = {}
        made.update({_copied(key, memo): _copied(item, memo) for key, item in value.items()})
    else:
        return copy.deepcopy(value, memo)
    memo[id(value)] = made
    return made


def deep_copy(self: Mobject, memo: dict[int, Any]) -> Mobject:
    """What ``Mobject.__deepcopy__`` makes."""
    made = type(self).__new__(type(self))
    memo[id(self)] = made
    state = made.__dict__
    state.update(self.__dict__)
    for name, value in self.__dict__.items():
        kind = type(value)
        if kind in _KNOWN or name in _CONSTANT:
            continue
        if kind is np.ndarray and value.dtype == _FLOAT and id(value) not in memo:  # most often
            state[name] = memo[id(value)] = value.copy()
        elif kind is list and not value and id(value) not in memo:
            state[name] = memo[id(value)] = []
        else:
            state[name] = _copied(value, memo)
    made.original_id = str(id(self))
    return made
