"""What is done quickly in a session gives what Manim gives."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from manim import BLUE, RED, Circle, ManimColor, Mobject, Square, VGroup, VMobject

from film.drawing.quick_mobjects import family, quick_mobjects, rgbas

# A copy is told apart by these.
IDENTITY = frozenset(("original_id", "submobjects", "updaters", "note"))


def state(mobject: Mobject) -> dict[str, Any]:
    """What a mobject consists of, but for what tells it from its copy and for other mobjects."""
    return {
        name: value.tolist() if isinstance(value, np.ndarray) else value
        for name, value in mobject.__dict__.items()
        if name not in IDENTITY and not _holds_mobjects(value)
    }


def _holds_mobjects(value: Any) -> bool:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else [value]
    return any(isinstance(part, Mobject) for part in parts)


def states(mobject: Mobject) -> list[dict[str, Any]]:
    return [state(part) for part in mobject.get_family()]


COLORS = st.one_of(
    st.none(), st.sampled_from(["#FF0000", RED, ManimColor((0.1, 0.2, 0.3, 0.4))]), st.lists(st.just(RED), min_size=1)
)
OPACITIES = st.one_of(st.none(), st.floats(0, 1), st.integers(0, 1), st.lists(st.floats(0, 1), min_size=1, max_size=3))


@given(color=COLORS, opacity=OPACITIES, sheen=st.sampled_from([0.0, 0.2]))
def test_colours_are_manims(color: Any, opacity: Any, sheen: float) -> None:
    mobject = VMobject()
    mobject.sheen_factor = sheen
    expected = mobject.generate_rgbas_array(color, opacity)
    found = rgbas(mobject, color, opacity)
    assert found.dtype == expected.dtype
    assert found.tolist() == expected.tolist()


def _shared() -> Mobject:
    leaf, group = Square(), VGroup(Circle())
    return VGroup(leaf, VGroup(leaf, group), group, Circle())


def _circle() -> Mobject:
    inner = VGroup(Square())
    outer = VGroup(inner)
    inner.submobjects.append(outer)
    return outer


@pytest.mark.parametrize("make", [Square, VGroup, _shared, _circle, lambda: VGroup(*(Square() for _ in range(5)))])
def test_a_family_is_manims(make: Any) -> None:
    mobject = make()
    assert list(map(id, family(mobject))) == list(map(id, mobject.get_family()))


def test_copies_are_manims() -> None:
    square = Square()
    group: Any = VGroup(square, Circle().set_fill(RED, 0.5), VGroup(square))
    group.note = {"of": [square, (1, 2), (square,)], "array": np.array([1.0, 2.0])}
    group.add_updater(lambda mobject: None)
    manims = copy.deepcopy(group)
    with quick_mobjects():
        ours = copy.deepcopy(group)
    assert states(ours) == states(manims)
    assert ours.submobjects[2].submobjects[0] is ours.submobjects[0] is ours.note["of"][0] is ours.note["of"][2][0]
    assert ours.note["array"] is not group.note["array"]
    ours.submobjects[0].points[:] = 0
    assert np.any(square.points)


def _faded(darkness: float, **style: Any) -> list[dict[str, Any]]:
    mobject = VGroup(Square(**style), VGroup(Circle(fill_opacity=0.4), Square().set_stroke(RED, 6, background=True)))
    return states(mobject.fade(darkness))


@pytest.mark.parametrize("darkness", [0.0, 0.3, 1.0])
@pytest.mark.parametrize(
    "style",
    [
        {},
        {"fill_opacity": 0.7, "stroke_opacity": 0.2},
        {"fill_color": [RED, BLUE], "fill_opacity": 0.5},
        {"sheen_factor": 0.3},
    ],
)
def test_fading_is_manims(darkness: float, style: dict[str, Any]) -> None:
    expected = _faded(darkness, **style)
    with quick_mobjects():
        assert _faded(darkness, **style) == expected


class _Counting(Square):
    """A mobject with an update of its own."""

    updates = 0

    def update(self, dt: float = 0, recursive: bool = True) -> Any:
        self.updates += 1
        return super().update(dt, recursive)


def _updated() -> list[Any]:
    told: list[Any] = []
    own, asleep = _Counting(), Square().add_updater(lambda mobject: told.append("asleep"))
    timed = Square().add_updater(lambda mobject, dt: told.append(dt))
    inside = VGroup(VGroup(timed), Circle())
    group = VGroup(Square(), own, inside, asleep.suspend_updating())
    group.add_updater(lambda mobject: told.append("group"))
    group.update(0.25)
    group.update(0.5, recursive=False)
    inside.suspend_updating()
    group.update(1.0)
    return [*told, own.updates]


def test_updates_are_manims() -> None:
    expected = _updated()
    assert expected == ["group", 0.25, "group", "group", 2]
    with quick_mobjects():
        assert _updated() == expected
