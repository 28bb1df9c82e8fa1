"""Transforms that move their whole family at once.

Manim interpolates each part of a mobject by itself: some twenty operations of NumPy on a few numbers each, for every
glyph on every frame. Here the numbers of all parts lie below each other in three arrays; one operation moves them all,
and each part looks at its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import is_
from typing import Any

import numpy as np
from manim import Animation, Mobject, Transform, VMobject
from manim.utils.bezier import interpolate
from numpy.typing import NDArray

from film.drawing.replaced import replaced

Numbers = NDArray[np.float64]

_PLAN = "_family_plan"
_COLOURS = ("fill_rgbas", "stroke_rgbas", "background_stroke_rgbas")
_WIDTHS = ("stroke_width", "background_stroke_width", "sheen_factor")
_FLOAT = np.dtype(np.float64)


class _Unlike(Exception):
    """What is to be interpolated is not of the usual kind or shape."""


class _Rows:
    """Arrays of the parts at the start and at the end, below each other."""

    def __init__(self, starts: Sequence[Any], ends: Sequence[Any]) -> None:
        for start, end in zip(starts, ends, strict=True):
            if not (_is_rows(start) and _is_rows(end) and start.shape == end.shape):
                raise _Unlike
        self._start, self._end = np.concatenate(starts), np.concatenate(ends)
        self._lengths = list(map(len, starts))
        self._bounds = list(pairwise(accumulate(self._lengths, initial=0)))

    def at(self, alpha: Any, *, exact_end: bool) -> Iterator[Numbers]:
        """What each array is now. *alpha* is one number, or one for each array.

        With *exact_end* an alpha of 1 gives the end itself, to the last bit, as Manim has it for colours.
        """
        if isinstance(alpha, list):
            alphas = np.repeat(np.array(alpha, float), self._lengths)[:, np.newaxis]
            now = interpolate(self._start, self._end, alphas)
            if exact_end:
                now = np.where(alphas == 1, self._end, now)
        elif exact_end and alpha == 1:
            now = self._end.copy()
        else:
            now = interpolate(self._start, self._end, alpha)
        return (now[start:end] for start, end in self._bounds)


def _is_rows(value: Any) -> bool:
    return type(value) is np.ndarray and value.dtype == _FLOAT and value.ndim == 2


class _Family:
    """The parts of a transform's mobject between their start and their target."""

    def __init__(self, parts: Sequence[Any], starts: Sequence[Any], ends: Sequence[Any]) -> None:
        if not len(parts) == len(starts) == len(ends) > 0:
            raise _Unlike
        if not all(map(_is_usual, (*parts, *starts, *ends))) or {*map(id, parts)} & {*map(id, (*starts, *ends))}:
            raise _Unlike
        self._parts = parts
        self._points = _Rows([part.points for part in starts], [part.points for part in ends])
        self._colours = _Rows(*([getattr(part, name) for part in all_ for name in _COLOURS] for all_ in (starts, ends)))
        self._others = _Rows(list(map(_widths_and_direction, starts)), list(map(_widths_and_direction, ends)))

    def __len__(self) -> int:
        return len(self._parts)

    def has(self, parts: Sequence[Any]) -> bool:
        """Whether these are its parts."""
        return len(parts) == len(self._parts) and all(map(is_, parts, self._parts))

    def bring_to(self, alpha: Any) -> None:
        """All parts to one *alpha*, or each to its own, as ``Mobject.interpolate`` does."""
        points = self._points.at(alpha, exact_end=False)
        each = [one for one in alpha for _ in _COLOURS] if isinstance(alpha, list) else alpha
        colours = self._colours.at(each, exact_end=True)
        others = self._others.at(alpha, exact_end=True)
        for part, place, other in zip(self._parts, points, others, strict=True):
            part.points = place
            part.fill_rgbas, part.stroke_rgbas = next(colours), next(colours)
            part.background_stroke_rgbas = next(colours)
            part.stroke_width, part.background_stroke_width, part.sheen_factor = other[0].tolist()
            part.sheen_direction = other[1]


def _is_usual(part: Any) -> bool:
    kind = type(part)
    return (
        issubclass(kind, VMobject)
        and kind.interpolate is Mobject.interpolate
        and kind.interpolate_color is VMobject.interpolate_color
    )


def _widths_and_direction(part: Any) -> Numbers:
    """An array (2, 3) of what is no array, and of the one array that has no rows."""
    widths = [getattr(part, name) for name in _WIDTHS]
    direction = part.sheen_direction
    if not all(isinstance(width, int | float) for width in widths):
        raise _Unlike
    if not (type(direction) is np.ndarray and direction.dtype == _FLOAT and direction.shape == (3,)):
        raise _Unlike
    return np.array([widths, direction])


@dataclass(frozen=True, slots=True, eq=False)
class _Plan:
    """What a transform moves; *family* is None where only Manim's own code can do so."""

    start: Mobject
    target: Mobject
    family: _Family | None


def _family_of(transform: Any) -> _Family | None:
    """What *transform* moves, if it can be moved at once."""
    kind = type(transform)
    if not (
        kind.get_all_families_zipped is Transform.get_all_families_zipped
        and kind.interpolate_submobject is Transform.interpolate_submobject
        and kind.get_sub_alpha is Animation.get_sub_alpha
        and transform.path_func is interpolate
    ):
        return None
    start, target = transform.starting_mobject, transform.target_copy
    plan: _Plan | None = getattr(transform, _PLAN, None)
    parts = transform.mobject.family_members_with_points()
    if plan is None or plan.start is not start or plan.target is not target:
        plan = _Plan(start, target, _made(parts, start, target))
        setattr(transform, _PLAN, plan)
    # What is moved may be changed in the meantime; the other two are the transform's own.
    return plan.family if plan.family is not None and plan.family.has(parts) else None


def _made(parts: Sequence[Mobject], start: Mobject, target: Mobject) -> _Family | None:
    if any(member.updaters for one in (start, target) for member in one.get_family()):
        return None  # which run at every frame
    try:
        return _Family(parts, start.family_members_with_points(), target.family_members_with_points())
    except _Unlike:
        return None


def _interpolate_mobject(self: Any, alpha: float) -> None:
    family = _family_of(self)
    if family is None:
        Animation.interpolate_mobject(self, alpha)
    elif self.lag_ratio == 0:
        family.bring_to(self.get_sub_alpha(alpha, 0, len(family)))
    else:
        family.bring_to([self.get_sub_alpha(alpha, place, len(family)) for place in range(len(family))])


def quick_transforms() -> AbstractContextManager[None]:
    """Let transforms do so until the ``with`` block ends."""
    return replaced((Transform, "interpolate_mobject", _interpolate_mobject))
