"""Mobjects measured quickly have the measures that Manim finds, to the last bit."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from manim import ORIGIN, Circle, Dot, Mobject, Square, Star, VGroup, VMobject

from film.drawing.quick_measures import critical_point, quick_measures


class _Wide(Square):
    """A mobject whose anchors are its own affair."""

    def get_anchors(self) -> Any:
        return super().get_anchors() * 2


def _bare(points: list[list[float]]) -> VMobject:
    mobject = VMobject()
    mobject.points = np.array(points, float).reshape(-1, 3)
    return mobject


MAKERS: list[Callable[[], VMobject]] = [
    *(Square, Circle, Dot, Star, VMobject, VGroup, _Wide),
    *(lambda count=count: _bare([[i, -i, i * i] for i in range(1, count + 1)]) for count in (1, 2, 4, 5, 8)),
]
PARTS = st.builds(
    lambda make, x, y, angle: make().shift([x, y, 0]).rotate(angle, about_point=ORIGIN),
    st.sampled_from(MAKERS),
    st.floats(-5, 5),
    st.floats(-5, 5),
    st.floats(0, 6),
)
FAMILIES: SearchStrategy[VMobject] = st.recursive(
    PARTS, lambda parts: st.builds(lambda inside: VGroup(*inside), st.lists(parts, max_size=4)), max_leaves=8
)
DIRECTIONS = st.tuples(*[st.sampled_from([-1.0, 0.0, 1.0, 0.3])] * 3).map(np.array)


def _measures(mobject: Mobject, direction: Any) -> list[Any]:
    """Every measure, or what kind of error Manim has instead: of an empty family, or of half a curve."""
    asked: list[Callable[[], Any]] = [lambda: mobject.get_critical_point(direction).tolist()]
    for dim in range(3):
        asked.append(partial(mobject.get_extremum_along_dim, dim=dim, key=direction[dim]))
        asked.append(partial(mobject.length_over_dim, dim))
    return [_answer(ask) for ask in asked]


def _answer(ask: Callable[[], Any]) -> Any:
    try:
        return ask()
    except (IndexError, ValueError) as error:
        return type(error)


@given(mobject=FAMILIES, direction=DIRECTIONS)
def test_measures_are_manims(mobject: VMobject, direction: Any) -> None:
    expected = _measures(mobject, direction)
    with quick_measures():
        assert _measures(mobject, direction) == expected


def test_points_that_are_given_are_measured_by_themselves() -> None:
    points = np.array([[1.0, 2.0, 0.0], [3.0, 5.0, 0.0]])
    with quick_measures():
        assert Square().get_extremum_along_dim(points, dim=1, key=1) == 5.0


def test_nothing_is_replaced_outside_a_session() -> None:
    with quick_measures():
        assert Mobject.get_critical_point is critical_point
    assert Mobject.get_critical_point is not critical_point
